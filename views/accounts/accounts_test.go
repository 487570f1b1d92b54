package accounts

import (
	"strings"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/views/widget"
)

func whole() accounts.Draft {
	return accounts.Draft{Name: "Madrid shop", PhoneNumberID: "104512345678901", WABAID: "102290129340398", AppID: "671230084412", AccessToken: "EAAG", AppSecret: "abc"}
}

func TestWrong(t *testing.T) {
	if got := wrong(whole()); len(got) != 0 {
		t.Errorf("a draft that is right has problems: %v", got)
	}
	for name, c := range map[string]struct {
		change func(*accounts.Draft)
		field  string
	}{
		"no name":           {func(d *accounts.Draft) { d.Name = "" }, fieldName},
		"a phone number":    {func(d *accounts.Draft) { d.PhoneNumberID = "+34 919 01 00 22" }, fieldPhone},
		"no account":        {func(d *accounts.Draft) { d.WABAID = "" }, fieldWABA},
		"letters":           {func(d *accounts.Draft) { d.AppID = "app" }, fieldApp},
		"the same twice":    {func(d *accounts.Draft) { d.PhoneNumberID = d.WABAID }, fieldPhone},
		"no token":          {func(d *accounts.Draft) { d.AccessToken = "" }, fieldToken},
		"a broken token":    {func(d *accounts.Draft) { d.AccessToken = "EA AG" }, fieldToken},
		"no secret":         {func(d *accounts.Draft) { d.AppSecret = "" }, fieldSecret},
		"a secret in lines": {func(d *accounts.Draft) { d.AppSecret = "a\nb" }, fieldSecret},
	} {
		d := whole()
		c.change(&d)
		if got := wrong(d); len(got) != 1 || got[c.field] == "" {
			t.Errorf("%s: %v", name, got)
		}
	}
	d := whole()
	d.ID, d.AccessToken, d.AppSecret = 7, "", ""
	if got := wrong(d); len(got) != 0 {
		t.Errorf("secrets that are in the keyring are asked for again: %v", got)
	}
	d = whole()
	d.AppID = " 671230084412\n"
	if !same(d, whole()) {
		t.Error("what copying adds counts as a change")
	}
}

func TestStanding(t *testing.T) {
	bad, warned, fine := app.Check{ID: "token"}, app.Check{ID: "webhook", OK: true, Warning: true}, app.Check{ID: "app", OK: true}
	for _, c := range []struct {
		a     app.Account
		words string
		tone  widget.Tone
	}{
		{app.Account{}, "Not tested", widget.Quiet},
		{app.Account{LastTest: []app.Check{fine}}, "Working", widget.Ok},
		{app.Account{LastTest: []app.Check{fine, warned}}, "1 to look at", widget.Warn},
		{app.Account{LastTest: []app.Check{bad, warned, bad}}, "2 to mend", widget.Bad},
		{app.Account{Practice: true, LastTest: []app.Check{fine}}, "Practice", widget.Quiet},
		{app.Account{Archived: true, LastTest: []app.Check{bad}}, "Archived", widget.Quiet},
	} {
		if words, _, tone := standing(c.a); words != c.words || tone != c.tone {
			t.Errorf("%+v is %q", c.a, words)
		}
	}
	list := []app.Account{{LastTest: []app.Check{bad}}, {LastTest: []app.Check{warned}}, {Archived: true, LastTest: []app.Check{bad}}}
	if n := ToMend(list); n != 1 {
		t.Errorf("%d to mend", n)
	}
}

func TestWordsOfTheCard(t *testing.T) {
	t.Setenv("LANG", "C")
	for tier, want := range map[string]string{"TIER_250": "250 people", "TIER_1K": "1,000 people", "TIER_UNLIMITED": "no limit", "": "not known", "TIER_5K": "5k"} {
		if got := limitWords(tier); got != want {
			t.Errorf("%q is %q, want %q", tier, got, want)
		}
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	a := app.Account{LastTest: []app.Check{{OK: true}, {OK: true, Warning: true}, {}}, LastTestAt: now.Add(-20 * time.Second)}
	if got := tested(a, now); got != "3 checks, 1 are fine · last run 20 s ago" {
		t.Errorf("%q", got)
	}
	if got := beside([]app.Account{{}, {Practice: true}, {Archived: true}}); got != "1 connected, 1 practice" {
		t.Errorf("%q", got)
	}
}

func TestReportHasEveryLineAndItsMend(t *testing.T) {
	got := report(app.Account{Name: "Madrid"}, []app.Check{
		{OK: true, What: "App", Why: "live"}, {OK: true, Warning: true, What: "Webhook", Why: "off", Mend: "Turn it on."}, {What: "Token", Why: "It ended.", Mend: "Make one.", Code: "190"},
	})
	for _, want := range []string{"Madrid\n", "ok    App: live\n", "warn  Webhook: off Turn it on.\n", "FAIL  Token: It ended. Make one. (190)\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if s := finding(app.Check{Why: "It ended.", Mend: "Make one."}); s != "It ended. Make one." {
		t.Errorf("%q", s)
	}
}
