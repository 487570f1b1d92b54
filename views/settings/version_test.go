package settings

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/views/shell"
)

// versioned is a tab in which Meta's version is chosen, with everything done at once.
func versioned(t *testing.T, p Params) (*View, *[]string) {
	t.Helper()
	t.Setenv("LANG", "C")
	said := &[]string{}
	sh := &shell.Shell{App: test.NewTempApp(t), Base: t.Context(), Now: time.Now, Toasts: func(s shell.Toast) { *said = append(*said, s.Text) }}
	sh.Async = func(ctx context.Context, work func(context.Context) (func(), error), _ func(error)) {
		if done, err := work(ctx); err == nil {
			done()
		}
	}
	sh.Keep = shell.NewKeep(sh, noStore{}, shell.State{}, nil)
	return New(sh, p), said
}

func TestVersionOfMetasAPI(t *testing.T) {
	kept := ""
	v, said := versioned(t, Params{
		GraphVersion: func() (string, string, bool) { return kept, "v26.0", false },
		SetGraphVersion: func(_ context.Context, s string) error {
			if s == "latest" {
				return &app.Error{Code: app.CodeInvalid, Message: "“latest” is not a version of Meta's API.", Mend: "Write it as Meta does."}
			}
			kept = s
			return nil
		},
	})
	f := &v.version
	if f.field.Text() != "" || !f.apply.Disabled() || f.field.Disabled() {
		t.Errorf("at first %q, button %v, field %v", f.field.Text(), f.apply.Disabled(), f.field.Disabled())
	}
	f.field.SetText("latest")
	f.apply.Tapped(nil)
	if got := f.field.Wrong(); got != "“latest” is not a version of Meta's API. Write it as Meta does." || kept != "" || len(*said) != 0 {
		t.Errorf("wrong: %q, kept %q, said %v", got, kept, *said)
	}
	f.field.SetText("v27.0")
	f.apply.Tapped(nil)
	if kept != "v27.0" || f.field.Wrong() != "" || len(*said) != 1 || !f.apply.Disabled() {
		t.Errorf("kept %q, wrong %q, said %v", kept, f.field.Wrong(), *said)
	}

	kept = "v28.0" // another window
	v.Changed(app.Changes{IDs: map[app.Topic][]app.ID{app.TopicSettings: nil}})
	if f.field.Text() != "v28.0" {
		t.Errorf("another window's choice shows as %q", f.field.Text())
	}
	f.field.SetText("v2")
	kept = "v29.0"
	v.Shown()
	if f.field.Text() != "v2" {
		t.Errorf("what was being written became %q", f.field.Text())
	}
}

func TestVersionUnderAFlagIsNotForChange(t *testing.T) {
	v, _ := versioned(t, Params{
		GraphVersion:    func() (string, string, bool) { return "", "v26.0", true },
		SetGraphVersion: func(context.Context, string) error { t.Error("it was changed"); return nil },
	})
	if !v.version.field.Disabled() {
		t.Error("the field can be written in")
	}
	v.setVersion()
}
