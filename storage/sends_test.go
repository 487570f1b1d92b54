package storage

import (
	"testing"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// templated is a template message as app/sending makes it.
func templated(a app.Account, to, category string) app.Outgoing {
	return app.Outgoing{
		AccountID: a.ID, To: to, Type: "template", Text: "Hello Mai", Payload: `{"type":"template","template":{"name":"invoice","language":{"code":"en"}}}`,
		Raw:        app.SentTemplate{TemplateID: 7, Document: template.Document{Name: "invoice", Language: "en"}, Values: map[string]string{"body:1": "Mai"}}.String(),
		Files:      []app.SendFile{{Name: "INV7.pdf", MIME: "application/pdf", Size: 9, SHA256: "ab"}},
		TemplateID: 7, Category: category, Record: app.RecordRef{Type: "invoice", ID: "17", Title: "INV/7"}, StaffID: 3,
	}
}

func TestATemplateMessageKeepsWhatItWasMadeOf(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		m := ok[app.Message](t)(s.Queue(bg, templated(a, "34612345678", "UTILITY")))
		got, isTemplate := ok[app.Message](t)(s.Message(bg, m.ID)).SentTemplate()
		if !isTemplate || got.TemplateID != 7 || got.Value(template.BodySlot("1")) != "Mai" {
			t.Errorf("%+v", got)
		}
		if c := theOnly(t, s); c.LastType != "template" || c.LastText != "Hello Mai" || c.Contact.Phone() != "34612345678" {
			t.Errorf("%+v", c)
		}
		for what, row := range map[string]app.Send{"listed": ok[[]app.Send](t)(s.Sends(bg, nil, 0, 9))[0], "claimed": claimed(t, s, "me")[0]} {
			if row.TemplateID != 7 || row.Record.Title != "INV/7" || row.Record.ID != "17" || row.StaffID != 3 || row.Category != "UTILITY" ||
				len(row.Files) != 1 || row.Files[0].Name != "INV7.pdf" {
				t.Errorf("%s: %+v", what, row)
			}
		}
		row := ok[[]app.Send](t)(s.Sends(bg, nil, 0, 9))[0]
		must(t, s.Failed(bg, row.ID, app.Failure{Code: 132015, Title: "paused"}))
		again := ok[app.Send](t)(s.Resend(bg, row.ID))
		if len(again.Files) != 1 || again.Record.ID != "17" || again.Category != "UTILITY" || again.TemplateID != 7 {
			t.Errorf("sent again, it lost something: %+v", again)
		}
	})
}

// A contact whose number is hidden is written to by its user id.
func TestATemplateGoesToAContactWithoutANumber(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		apply(t, s, said("wamid.1", app.Person{UserID: "ES.123", Name: "Mai"}, "hello", noon))
		who := theOnly(t, s).Contact.ID
		out := templated(a, "", "UTILITY")
		out.ContactID = who
		ok[app.Message](t)(s.Queue(bg, out))
		if c := claimed(t, s, "me"); len(c) != 1 || c[0].To != "" || c[0].Recipient != "ES.123" {
			t.Errorf("%+v", c)
		}
		if reach := ok[map[app.ID]app.Reach](t)(s.ReachContacts(bg, a.ID, []app.ID{who, 99})); len(reach) != 1 || reach[who].UserID != "ES.123" ||
			!reach[who].LastInbound.Equal(noon) {
			t.Errorf("%+v", reach)
		}
		out.ContactID = 99
		if _, err := s.Queue(bg, out); app.ErrorCode(err) != app.CodeNotFound {
			t.Error(err)
		}
	})
}

// Who opts out while a message waits does not get it; an answer to their own message goes all the same.
func TestAnOptOutHoldsBackWhatWaits(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		out := true
		for k, c := range []struct {
			category string
			scope    string
			goes     bool
		}{{"MARKETING", "marketing", false}, {"UTILITY", "marketing", true}, {"UTILITY", "all", false}, {"", "all", true}} {
			to := "3461234567" + itoa(k)
			ok[app.Message](t)(s.Queue(bg, templated(a, to, c.category)))
			apply(t, s, app.Fact{Person: &app.PersonFact{Person: phone(to), OptOut: &out, Scope: c.scope, How: "STOP", At: noon}})
			row := claimed(t, s, "me")[0]
			if mine := ok[bool](t)(s.Sending(bg, row.ID, "me")); mine != c.goes {
				t.Errorf("%+v: goes %v", c, mine)
			}
			if !c.goes {
				if got := ok[app.Send](t)(s.Send(bg, row.ID)); got.State != app.SendFailed || got.Failure == nil || got.Failure.Code != 131050 || got.Attempts != 0 {
					t.Errorf("%+v: %+v", c, got)
				}
			}
			r := ok[map[string]app.Reach](t)(s.ReachPhones(bg, a.ID, []string{app.PhoneKey(to)}))[app.PhoneKey(to)]
			if r.OptOut != c.scope {
				t.Errorf("%+v: %+v", c, r)
			}
		}
	})
}

func TestMarketingWaitsADayAfterMetaHeldItBack(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		ok[app.Message](t)(s.Queue(bg, templated(a, "34612345678", "MARKETING")))
		reach := func() app.Reach {
			return ok[map[string]app.Reach](t)(s.ReachPhones(bg, a.ID, []string{"34612345678", "34000000000"}))["34612345678"]
		}
		if r := reach(); !r.CappedUntil.IsZero() {
			t.Errorf("%+v", r)
		}
		must(t, s.Failed(bg, claimed(t, s, "me")[0].ID, app.Failure{Code: 131049, Title: "ecosystem"}))
		if r := reach(); time.Until(r.CappedUntil) < 23*time.Hour {
			t.Errorf("%+v", r)
		}
	})
}

func TestMediaIDsAgeAndGo(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		must(t, s.SaveMediaID(bg, "number", "ab", "1"))
		must(t, s.SaveMediaID(bg, "number", "ab", "2"))
		if id := ok[string](t)(s.MediaID(bg, "number", "ab", time.Hour)); id != "2" {
			t.Errorf("%q", id)
		}
		for what, id := range map[string]string{
			"another number": ok[string](t)(s.MediaID(bg, "other", "ab", time.Hour)), "too old": ok[string](t)(s.MediaID(bg, "number", "ab", -time.Minute)),
		} {
			if id != "" {
				t.Errorf("%s: %q", what, id)
			}
		}
		must(t, s.DropMediaID(bg, "number", "ab", "1"))
		if id := ok[string](t)(s.MediaID(bg, "number", "ab", time.Hour)); id != "2" {
			t.Errorf("a newer id went: %q", id)
		}
		must(t, s.DropMediaID(bg, "number", "ab", "2"))
		if id := ok[string](t)(s.MediaID(bg, "number", "ab", time.Hour)); id != "" {
			t.Errorf("%q", id)
		}
	})
}

// An opt-out is noted once, whoever tells of it and however often, and START takes it back.
func TestOptOutsAreNotedAndTakenBack(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		ok[app.Message](t)(s.Queue(bg, templated(a, "34612345678", "MARKETING")))
		row := claimed(t, s, "me")[0]
		if mine := ok[bool](t)(s.Sending(bg, row.ID, "me")); !mine {
			t.Fatal("it does not go")
		}
		must(t, s.Failed(bg, row.ID, app.Failure{Code: 131050, Title: "opted out"}))
		who := theOnly(t, s).Contact
		if !who.OptOut {
			t.Fatal("Meta's refusal was not heard")
		}
		in, out := false, true
		start := app.Fact{Person: &app.PersonFact{Person: phone("34612345678"), OptOut: &in, How: "wrote “START”", At: time.Now().Add(time.Second)}}
		all := app.Fact{Person: &app.PersonFact{Person: phone("34612345678"), OptOut: &out, Scope: app.OptOutAll, How: "wrote “STOP ALL”", At: time.Now().Add(time.Minute)}}
		apply(t, s, start, start)
		if theOnly(t, s).Contact.OptOut {
			t.Error("START does not take it back")
		}
		apply(t, s, all, start, all)
		if r := ok[map[app.ID]app.Reach](t)(s.ReachContacts(bg, a.ID, []app.ID{who.ID}))[who.ID]; r.OptOut != app.OptOutAll {
			t.Errorf("%+v", r)
		}
		list := ok[[]app.Consent](t)(s.Consents(bg, who.ID))
		if len(list) != 3 {
			t.Errorf("%+v", list)
		}
	})
}
