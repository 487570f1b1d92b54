package app

import (
	"errors"
	"strings"
	"testing"
)

func TestStaffCheck(t *testing.T) {
	for _, c := range []struct{ name, phone, wantName, wantPhone string }{
		{"  Mai  Nguyễn ", "+34 612 345 678", "Mai Nguyễn", "34612345678"},
		{"Mai", "", "Mai", ""},
		{"Mai", "  ", "Mai", ""},
		{strings.Repeat("ệ", 80), "0034612345678", strings.Repeat("ệ", 80), "34612345678"},
	} {
		got, err := Staff{ID: 7, Role: RoleAdmin, Name: c.name, Phone: c.phone}.Check("")
		if err != nil || got.Name != c.wantName || got.Phone != c.wantPhone || got.ID != 7 || got.Role != RoleAdmin {
			t.Errorf("%q %q: %+v, %v", c.name, c.phone, got, err)
		}
	}
	for _, c := range []struct{ name, phone string }{{" ", ""}, {strings.Repeat("a", 81), ""}, {"Mai", "12"}, {"Mai", "call me"}} {
		if _, err := (Staff{Name: c.name, Phone: c.phone}).Check(""); ErrorCode(err) != CodeInvalid || !errors.As(err, new(*Error)) {
			t.Errorf("%q %q: %v", c.name, c.phone, err)
		}
	}
}
