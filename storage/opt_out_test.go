package storage

import (
	"errors"
	"testing"
	"time"

	"shopbell/app"
)

func TestTheDeskNotesWhatACustomerWishes(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		apply(t, s, said("wamid.1", phone("34612345678"), "hello", noon))
		who := theOnly(t, s).Contact.ID
		reach := func() string {
			return ok[map[app.ID]app.Reach](t)(s.ReachContacts(bg, a.ID, []app.ID{who}))[who].OptOut
		}
		set := func(out bool, scope string) {
			t.Helper()
			must(t, s.SetOptOut(bg, who, app.Consent{OptOut: out, Scope: scope, Staff: 7, How: "by hand"}))
		}
		history := func() []app.Consent { return ok[[]app.Consent](t)(s.Consents(bg, who)) }

		rev := theOnly(t, s).Rev
		set(true, app.OptOutMarketing)
		if c := theOnly(t, s); !c.Contact.OptOut || c.Rev <= rev || reach() != app.OptOutMarketing {
			t.Fatalf("%+v, %q", c.Contact, reach())
		}
		set(true, app.OptOutMarketing) // nothing new
		if list := history(); len(list) != 1 || list[0].Staff != 7 || list[0].How != "by hand" || list[0].At.IsZero() {
			t.Fatalf("%+v", list)
		}
		set(true, app.OptOutAll)
		if reach() != app.OptOutAll || len(history()) != 2 {
			t.Fatalf("%q, %+v", reach(), history())
		}

		// The customer can still write in; an ordinary message changes nothing.
		apply(t, s, said("wamid.2", phone("34612345678"), "is it ready?", noon.Add(time.Minute)))
		if c := theOnly(t, s); c.Unread != 2 || !c.Contact.OptOut || reach() != app.OptOutAll {
			t.Errorf("%+v", c)
		}
		set(false, "")
		if c := theOnly(t, s); c.Contact.OptOut || reach() != "" || len(history()) != 3 {
			t.Errorf("%+v", c.Contact)
		}

		// A word of the customer that comes later stands above it.
		out := true
		apply(t, s, app.Fact{PhoneNumberID: a.PhoneNumberID, WABAID: a.WABAID, Person: &app.PersonFact{
			Person: phone("34612345678"), OptOut: &out, Scope: app.OptOutMarketing, How: "wrote “stop”", At: time.Now().Add(time.Hour),
		}})
		if !theOnly(t, s).Contact.OptOut || reach() != app.OptOutMarketing {
			t.Error("the customer was not heard")
		}
		set(false, "") // and what the desk says after that stands above the word, though its clock is behind
		if theOnly(t, s).Contact.OptOut {
			t.Error("the desk was not heard")
		}
		if err := s.SetOptOut(bg, 99, app.Consent{OptOut: true}); !errors.Is(err, app.ErrNotFound) {
			t.Errorf("nobody opted out: %v", err)
		}
	})
}

func TestTheTemplateBeforeAnAnswer(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		m := ok[app.Message](t)(s.Queue(bg, templated(a, "34612345678", "UTILITY")))
		sent := m.At
		find := func(at time.Time) (app.Message, error) {
			return s.TemplateBefore(bg, m.ConversationID, at, at.Add(-15*24*time.Hour))
		}
		for name, c := range map[string]struct {
			at    time.Time
			found bool
		}{"soon": {sent.Add(time.Minute), true}, "in the same second": {sent.Truncate(time.Second), true}, "after 14 days": {sent.Add(14 * 24 * time.Hour), true}, "after 16": {sent.Add(16 * 24 * time.Hour), false}, "before": {sent.Add(-time.Hour), false}} {
			got, err := find(c.at)
			if c.found && (err != nil || got.ID != m.ID || got.StaffID != 3) || !c.found && !errors.Is(err, app.ErrNotFound) {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
		row := claimed(t, s, "me")[0]
		must(t, s.Failed(bg, row.ID, app.Failure{Code: 131026}))
		if _, err := find(sent.Add(time.Minute)); !errors.Is(err, app.ErrNotFound) {
			t.Errorf("one that failed is answered: %v", err)
		}
	})
}
