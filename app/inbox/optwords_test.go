package inbox

import (
	"context"
	"testing"

	"shopbell/app"
)

type settings map[string]string

func (s settings) Setting(_ context.Context, key string) (string, error) { return s[key], nil }

func (s settings) SetSetting(_ context.Context, key, value string) error {
	s[key] = value
	return nil
}

// The shop's own words stand in the place of the program's, at once, and can be taken away again.
func TestAShopHasItsOwnWords(t *testing.T) {
	ctx := t.Context()
	s := New(Config{Settings: settings{}})
	means := func(text string) string {
		t.Helper()
		words, err := s.wishesNow(ctx)
		if err != nil {
			t.Fatal(err)
		}
		switch out, scope, ok := words.of(text); {
		case !ok:
			return ""
		case out:
			return scope
		}
		return "in"
	}
	if means("STOP") != app.OptOutMarketing || means("basta") != "" {
		t.Error("the program's words do not count")
	}
	own, changed, err := s.OptWords(ctx)
	if err != nil || changed {
		t.Fatal(changed, err)
	}
	own.Stop["en"] = []string{"no ads"}
	own.StopAll["it"] = []string{"Basta"}
	if err := s.SetOptWords(ctx, &own); err != nil {
		t.Fatal(err)
	}
	if means("STOP") != "" || means(" No Ads ") != app.OptOutMarketing || means("BASTA") != app.OptOutAll || means("start") != "in" {
		t.Errorf("%q %q %q %q", means("STOP"), means(" No Ads "), means("BASTA"), means("start"))
	}
	own.Start["en"] = []string{"NO ADS"}
	if err := s.SetOptWords(ctx, &own); app.ErrorCode(err) != app.CodeInvalid {
		t.Errorf("a word that means two things was kept: %v", err)
	}
	if err := s.SetOptWords(ctx, nil); err != nil || means("STOP") != app.OptOutMarketing {
		t.Errorf("%v, %q", err, means("STOP"))
	}
	if shipped := ShippedOptWords(); shipped.Check() != nil || len(shipped.Stop["en"]) < 2 {
		t.Errorf("the program's own: %v", shipped.Check())
	}
}
