package main

import (
	"testing"

	"shopbell/app"
	"shopbell/storage"
)

// Who sits at a desk stays the same person under another name; on another computer the same name is the same person.
func TestWhoSitsHere(t *testing.T) {
	s, err := storage.Open(t.Context(), storage.Options{Home: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d := &desk{store: s}
	sit := func(key, name string) app.Staff {
		p, err := seated(t.Context(), d, key, name)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	mai := sit("me.front.mai", "mai")
	if mai.Role != app.RoleAdmin || mai.Name != "mai" {
		t.Errorf("the first: %+v", mai)
	}
	mai.Name, mai.Phone = "Mai Nguyễn", "34612345678"
	if mai, err = s.SaveStaff(t.Context(), mai); err != nil {
		t.Fatal(err)
	}
	if again := sit("me.front.mai", "mai"); again.ID != mai.ID || again.Name != "Mai Nguyễn" || again.Phone != "34612345678" {
		t.Errorf("after a change of name: %+v", again)
	}
	if back := sit("me.back.m", "Mai Nguyễn"); back.ID != mai.ID {
		t.Errorf("at another computer: %+v", back)
	}
	if jose := sit("me.back.jose", "jose"); jose.ID == mai.ID || jose.Role != app.RoleStaff {
		t.Errorf("somebody new: %+v", jose)
	}
}
