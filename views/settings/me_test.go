package settings

import (
	"context"
	"strings"
	"testing"

	"shopbell/app"
)

func TestNameAndPhoneAreKept(t *testing.T) {
	me := app.Staff{ID: 7, Name: "Mai", Role: app.RoleAdmin}
	taken := ""
	v, said := versioned(t, Params{
		Me: func() app.Staff { return me },
		SaveMe: func(_ context.Context, s app.Staff) error {
			if s.Name == taken {
				return &app.Error{Code: app.CodeConflict, Message: "Somebody at the desk has this name.", Mend: "Choose another name."}
			}
			me = s
			return nil
		},
	})
	f := &v.me
	if f.name.Text() != "Mai" || f.phone.Text() != "" || !f.save.Disabled() {
		t.Fatalf("%q %q %v", f.name.Text(), f.phone.Text(), f.save.Disabled())
	}
	f.phone.SetText("call me")
	f.save.Tapped(nil)
	if !strings.Contains(f.phone.Wrong(), "country code") || me.Phone != "" {
		t.Errorf("wrong: %q, kept %q", f.phone.Wrong(), me.Phone)
	}
	f.name.SetText("  Mai   Nguyễn ")
	f.phone.SetText("+34 612 345 678")
	f.save.Tapped(nil)
	if me.Name != "Mai Nguyễn" || me.Phone != "34612345678" || me.ID != 7 || me.Role != app.RoleAdmin || len(*said) != 1 {
		t.Errorf("%+v, said %v", me, *said)
	}
	if f.phone.Text() != "+34 612 34 56 78" || !f.save.Disabled() {
		t.Errorf("shows %q, button %v", f.phone.Text(), f.save.Disabled())
	}
	taken = "Ana"
	f.name.SetText("Ana")
	f.save.Tapped(nil)
	if !strings.Contains(f.name.Wrong(), "has this name") || f.save.Disabled() {
		t.Errorf("wrong: %q", f.name.Wrong())
	}
	f.name.SetText(" ")
	f.save.Tapped(nil)
	if !strings.Contains(f.name.Wrong(), "needs a name") {
		t.Errorf("wrong: %q", f.name.Wrong())
	}
}

func TestWhatIsBeingWrittenOutlivesAChangeElsewhere(t *testing.T) {
	me := app.Staff{ID: 7, Name: "Mai"}
	v, _ := versioned(t, Params{
		Me:     func() app.Staff { return me },
		SaveMe: func(_ context.Context, s app.Staff) error { me = s; return nil },
	})
	f, settingsChanged := &v.me, app.Changes{IDs: map[app.Topic][]app.ID{app.TopicSettings: nil}}
	f.name.SetText("Ana")
	v.Changed(settingsChanged)
	if f.name.Text() != "Ana" || f.save.Disabled() {
		t.Errorf("shows %q, button %v", f.name.Text(), f.save.Disabled())
	}
	f.save.Tapped(nil)
	me.Phone = "34612345678" // by another desk
	v.Changed(settingsChanged)
	if f.name.Text() != "Ana" || f.phone.Text() != "+34 612 34 56 78" {
		t.Errorf("shows %q %q", f.name.Text(), f.phone.Text())
	}
}
