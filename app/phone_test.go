package app_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/app"
)

func TestPhoneKeyJoinsTheVariantsOfOneUser(t *testing.T) {
	for _, same := range [][]string{
		{"+55 11 91234-5678", "551191234 5678", "5511912345678", "5511 9 1234 5678"},
		{"5511 8765 4321", "55 11 9 8765 4321"},
		{"521 55 1234 5678", "+52 55 1234 5678"},
		{"549 11 2345 6789", "+54 11 2345 6789"},
		{"+34 612 345 678", "34612345678"},
	} {
		for _, s := range same[1:] {
			if app.PhoneKey(s) != app.PhoneKey(same[0]) {
				t.Errorf("%q and %q are two people: %q, %q", same[0], s, app.PhoneKey(same[0]), app.PhoneKey(s))
			}
		}
	}
	// A Brazilian landline has no ninth digit and must not get one.
	if got := app.PhoneKey("+55 11 3456-7890"); got != "551134567890" {
		t.Errorf("a landline was rewritten to %s", got)
	}
}

func TestPhoneKeyIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`\+?(55|52|521|54|549|34|84)[0-9 ()-]{6,14}`).Draw(t, "phone")
		if k := app.PhoneKey(s); app.PhoneKey(k) != k {
			t.Fatalf("the key of %q is %q, and its key %q", s, k, app.PhoneKey(k))
		}
	})
}

func TestParsePhone(t *testing.T) {
	for in, want := range map[string]string{
		"+34 612 345 678": "34612345678", "0034612345678": "34612345678", "34612345678": "34612345678", " +84 90 555 0122 ": "84905550122",
	} {
		if got, err := app.ParsePhone(in, ""); err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", in, got, err, want)
		}
	}
	if got, err := app.ParsePhone("612 345 678", "ES"); err != nil || got != "34612345678" {
		t.Errorf("a national number: %q %v", got, err)
	}
	for _, in := range []string{"", "abc", "+1", "12", "+99999999999999999999", "tel:", "\x00"} {
		_, err := app.ParsePhone(in, "")
		var e *app.Error
		if !errors.As(err, &e) || e.Code != app.CodeInvalid || e.Mend == "" {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"+34 612 345 678", "55119", "00", "+", "٣٤", "+1;ext=2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		digits, err := app.ParsePhone(s, "")
		if err == nil && (digits == "" || app.Digits(digits) != digits) {
			t.Fatalf("%q gave %q", s, digits)
		}
		_, _ = app.FormatPhone(s), app.PhoneKey(s) // neither panics
	})
}

func TestIDsRiseWhateverTheClockDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		ids := app.NewIDs(rapid.IntRange(0, 5000).Draw(t, "desk"), func() time.Time { return now })
		var all []app.ID
		for range rapid.IntRange(1, 200).Draw(t, "n") {
			now = now.Add(time.Duration(rapid.IntRange(-5000, 5000).Draw(t, "step")) * time.Microsecond)
			for range rapid.IntRange(1, 60).Draw(t, "burst") {
				all = append(all, ids.Next())
			}
		}
		for i, id := range all {
			if id <= 0 || (i > 0 && id <= all[i-1]) {
				t.Fatalf("id %d follows %v", id, all[max(i-1, 0)])
			}
		}
		if len(slices.Compact(slices.Clone(all))) != len(all) {
			t.Fatal("an id was given twice")
		}
	})
}
