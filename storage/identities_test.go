package storage

import (
	"testing"
	"time"

	"shopbell/app"
)

// Of two people seen with one number at the same moment the number goes to one; seen again with the other, it changes hands.
func TestANumberOfTwoEqualsChangesHands(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		one, two := app.Person{Phone: "34612345678", UserID: "US.1"}, app.Person{Phone: "34612345678", UserID: "US.2"}
		holder := func() string {
			t.Helper()
			who := ""
			for _, c := range conversations(t, s) {
				if c.Contact.Phone() != "" {
					who += c.Contact.UserID()
				}
			}
			return who
		}
		apply(t, s, said("w1", one, "a", noon))
		apply(t, s, said("w2", two, "b", noon))
		first, next := holder(), one
		if first == "US.1" {
			next = two
		} else if first != "US.2" {
			t.Fatalf("the number is with %q", first)
		}
		apply(t, s, said("w3", next, "c", noon.Add(time.Second)))
		if got := holder(); got != next.UserID {
			t.Errorf("the number was last seen with %s and is with %q", next.UserID, got)
		}
		apply(t, s, said("w4", app.Person{Phone: "34612345678"}, "d", noon.Add(2*time.Second))) // only the number is named
		for _, c := range conversations(t, s) {
			if (c.LastText == "d") != (c.Contact.UserID() == next.UserID) {
				t.Errorf("%s says %q", c.Contact.UserID(), c.LastText)
			}
		}
	})
}

// A contact with two numbers is reached by the one seen last, also when that one was known before.
func TestAContactIsReachedByTheNumberSeenLast(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		old, next := "34612345678", "34699999999"
		seen := func(wamid, number string, at time.Duration) {
			t.Helper()
			apply(t, s, said(wamid, app.Person{Phone: number, UserID: "US.1"}, "x", noon.Add(at)))
			c := theOnly(t, s)
			if c.Contact.Phone() != number || c.Contact.Title() != app.FormatPhone(number) {
				t.Errorf("after %s: the list shows %s (%s)", wamid, c.Contact.Phone(), c.Contact.Title())
			}
		}
		seen("w1", old, 0)
		seen("w2", next, time.Second)
		seen("w3", old, 2*time.Second) // nothing is new but the moment
		seen("w4", next, 3*time.Second)
		apply(t, s, said("w5", app.Person{Phone: old, UserID: "US.1"}, "told late", noon.Add(time.Second)))
		if got := theOnly(t, s).Contact.Phone(); got != next {
			t.Errorf("what was told late made it %s", got)
		}
	})
}

// Who is new joins the contact that the others are in; who is known with somebody else does not take that one along.
func TestWhoIsNewJoins(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		who := func() map[string]string {
			t.Helper()
			out := map[string]string{}
			for _, c := range conversations(t, s) {
				out[c.Contact.UserID()] += c.Contact.Name + " " + c.Contact.Phone() + " " + c.Contact.Username()
			}
			return out
		}
		apply(t, s, said("w1", app.Person{Phone: "34612345678", Name: "Mai"}, "a", noon))
		apply(t, s, said("w2", app.Person{Phone: "34612345678", UserID: "US.1", Username: "mai", Name: "Mai T."}, "b", noon.Add(time.Second)))
		if got := who(); len(got) != 1 || got["US.1"] != "Mai T. 34612345678 mai" {
			t.Errorf("%q", got)
		}
		apply(t, s, said("w3", app.Person{Phone: "34612345678", UserID: "US.2", Name: "José"}, "c", noon.Add(2*time.Second)))
		if got := who(); len(got) != 2 || got["US.1"] != "Mai T.  mai" || got["US.2"] != "José 34612345678 " {
			t.Errorf("%q", got)
		}
		apply(t, s, said("w4", app.Person{UserID: "US.3", Username: "mai", Name: "Ada"}, "d", noon.Add(3*time.Second)))
		if got := who(); len(got) != 3 || got["US.1"] != "Mai T.  " || got["US.3"] != "Ada  mai" {
			t.Errorf("%q", got)
		}
	})
}
