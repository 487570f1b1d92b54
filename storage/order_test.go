package storage

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/app"
)

// TestOrderOfFactsMakesNoDifference applies the same facts in random orders, some of them twice and cut into random transactions, and wants the
// same tables each time.
func TestOrderOfFactsMakesNoDifference(t *testing.T) {
	// Each case makes three databases; -rapid.checks asks for more.
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() == f.DefValue {
		must(t, flag.Set("rapid.checks", "40"))
		defer func() { must(t, flag.Set("rapid.checks", f.DefValue)) }()
	}
	dir := memory(t)
	n := 0
	fresh := func(t *rapid.T) *Store {
		n++
		s, err := Open(bg, Options{Home: fmt.Sprintf("%s/%d", dir, n)})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	rapid.Check(t, func(t *rapid.T) {
		facts := drawFacts(t)
		var want string
		for round := range 3 {
			list := facts
			if round > 0 {
				list = rapid.Permutation(facts).Draw(t, "order")
				for _, again := range rapid.SliceOfN(rapid.IntRange(0, len(facts)-1), 0, 5).Draw(t, "twice") {
					list = slices.Insert(slices.Clone(list), rapid.IntRange(0, len(list)).Draw(t, "where"), facts[again])
				}
			}
			s := fresh(t)
			got := outcome(t, s, list)
			_ = s.Close()
			_ = os.RemoveAll(s.opts.Home)
			if round == 0 {
				want = got
			} else if got != want {
				t.Fatalf("another order, another outcome.\nfirst:\n%s\nthen:\n%s\norder:\n%s", want, got, describe(list))
			}
		}
	})
}

func outcome(t *rapid.T, s *Store, facts []app.Fact) string {
	if _, err := s.SaveAccount(bg, app.Account{Name: "Shop", WABAID: "waba", PhoneNumberID: "number"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveAccount(bg, app.Account{Name: "Other", WABAID: "waba2", PhoneNumberID: "number2"}); err != nil {
		t.Fatal(err)
	}
	for len(facts) > 0 {
		k := rapid.IntRange(1, len(facts)).Draw(t, "cut")
		if _, err := s.ApplyFacts(bg, facts[:k]); err != nil {
			t.Fatal(err)
		}
		facts = facts[k:]
	}
	out, err := dump(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// drawFacts makes facts of a few people who have phone numbers with variants, user ids, usernames, and change them.
func drawFacts(t *rapid.T) []app.Fact {
	phones := []string{"5511912345678", "551112345678", "551191234567", "5215512345678", "525512345678", "34612345678", "34699999999"}
	last := rapid.SampledFrom([]int{1, 3, 12}).Draw(t, "last") // few moments: much is told of the same one
	at := func() time.Time { return noon.Add(time.Duration(rapid.IntRange(0, last).Draw(t, "at")) * time.Second) }
	person := func() app.Person {
		p := app.Person{}
		kind := rapid.IntRange(0, 5).Draw(t, "person")
		if kind != 1 && kind != 2 {
			p.Phone = rapid.SampledFrom(phones).Draw(t, "phone")
		}
		if kind != 0 {
			p.UserID = rapid.SampledFrom([]string{"US.1", "US.2", "US.3"}).Draw(t, "user")
		}
		if rapid.IntRange(0, 3).Draw(t, "named") == 0 {
			p.Name = rapid.SampledFrom([]string{"Mai", "José", "Ada"}).Draw(t, "name")
		}
		if rapid.IntRange(0, 4).Draw(t, "username") == 0 {
			p.Username = rapid.SampledFrom([]string{"mai", "jose"}).Draw(t, "username")
		}
		if rapid.IntRange(0, 14).Draw(t, "group") == 0 {
			p.Group = "G1"
		}
		return p
	}
	statuses := []app.Status{app.StatusSent, app.StatusDelivered, app.StatusRead, app.StatusFailed, "warmed"}
	var out []app.Fact
	told := map[string]app.Fact{} // a message is told once, however often its webhook comes
	for range rapid.IntRange(2, 14).Draw(t, "facts") {
		f := app.Fact{PhoneNumberID: "number", WABAID: "waba"}
		if rapid.IntRange(0, 4).Draw(t, "account") == 0 {
			f = app.Fact{PhoneNumberID: "number2", WABAID: "waba2"}
		}
		wamid := fmt.Sprintf("w%d", rapid.IntRange(0, 5).Draw(t, "wamid"))
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0, 1, 2, 3:
			f.Message = &app.MessageFact{
				Wamid: wamid, From: person(), Direction: rapid.SampledFrom([]app.Direction{app.In, app.In, app.Out}).Draw(t, "direction"), Type: "text",
				Text: rapid.SampledFrom([]string{"hello", "another", ""}).Draw(t, "text"), At: at(), Quiet: rapid.Bool().Draw(t, "quiet"),
				FreeEntry: rapid.IntRange(0, 3).Draw(t, "ad") == 0,
			}
			if was, ok := told[f.PhoneNumberID+wamid]; ok {
				f = was
			}
			told[f.PhoneNumberID+wamid] = f
		case 4, 5:
			f.Status = &app.StatusFact{Wamid: wamid, Status: rapid.SampledFrom(statuses).Draw(t, "status"), At: at(), Recipient: person()}
			if f.Status.Status == app.StatusFailed {
				f.Status.Failure = &app.Failure{Code: rapid.IntRange(1, 2).Draw(t, "code"), Title: "no"}
			}
		case 6, 7:
			f.Reaction = &app.ReactionFact{Wamid: wamid, From: person(), Emoji: rapid.SampledFrom([]string{"👍", "❤", ""}).Draw(t, "emoji"), At: at(), FromMe: rapid.IntRange(0, 4).Draw(t, "me") == 0}
		case 8:
			f.Amend = &app.AmendFact{Wamid: wamid, From: person(), Revoke: rapid.IntRange(0, 2).Draw(t, "revoke") == 0, Text: rapid.SampledFrom([]string{"mended", "better"}).Draw(t, "new"), At: at()}
		case 9:
			f.Person = &app.PersonFact{Person: person(), At: at()}
			if rapid.Bool().Draw(t, "before") {
				f.Person.Before = person()
			}
			if rapid.Bool().Draw(t, "preference") {
				yes := rapid.Bool().Draw(t, "optout")
				f.Person.OptOut = &yes
			}
		}
		out = append(out, f)
	}
	return out
}

// dump writes what the desk shows and the evidence it keeps, without ids, revisions and the times of this computer.
func dump(s *Store) (string, error) {
	var lines []string
	names := map[app.ID]string{}
	rows, err := s.read.query(bg, `SELECT id, contact_id, kind, scope, key, value, seen_at FROM contact_identities`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	people := map[app.ID][]string{}
	for rows.Next() {
		var id, contact app.ID
		var kind, scope, key, value string
		var seen int64
		if err := rows.Scan(&id, &contact, &kind, &scope, &key, &value, &seen); err != nil {
			return "", err
		}
		people[contact] = append(people[contact], fmt.Sprintf("%s/%s/%s=%s@%d", kind, scope, key, value, seen))
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	for id, list := range people {
		slices.Sort(list)
		names[id] = strings.Join(list, " ")
		c, err := s.contact(bg, s.read, id)
		if err != nil {
			return "", err
		}
		lines = append(lines, fmt.Sprintf("contact %s name=%q optout=%v phone=%s user=%s username=%s", names[id], c.Name, c.OptOut, c.Phone(), c.UserID(), c.Username()))
	}
	var bare int
	if _, err := s.read.one(bg, `SELECT count(*) FROM contacts WHERE id NOT IN (SELECT contact_id FROM contact_identities)`, nil, &bare); err != nil {
		return "", err
	}
	lines = append(lines, fmt.Sprintf("contacts without identity: %d", bare))
	for _, closed := range []bool{false, true} {
		list, err := s.Conversations(bg, app.ConversationFilter{Closed: closed}, nil, 1000)
		if err != nil {
			return "", err
		}
		for _, c := range list {
			a, err := s.Account(bg, c.AccountID)
			if err != nil {
				return "", err
			}
			lines = append(lines, fmt.Sprintf("conversation %s with %s: last %d %s %s %q %s; inbound %d free %d unread %d read %d closed %v title %q", a.Name, names[c.Contact.ID],
				millis(c.LastAt), c.LastDirection, c.LastType, c.LastText, c.LastStatus, millis(c.LastInbound), millis(c.FreeEntry), c.Unread, millis(c.ReadAt), c.Closed, c.Contact.Title()))
			ms, err := s.MessagesBefore(bg, c.ID, nil, 1000)
			if err != nil {
				return "", err
			}
			slices.SortFunc(ms, func(x, y app.Message) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Wamid, y.Wamid)) })
			for _, m := range ms {
				failure := app.Failure{}
				if m.Error != nil {
					failure = *m.Error
				}
				lines = append(lines, fmt.Sprintf("message %s %s of %s: %d %s %q %s %v edited %v revoked %v reactions %v contact right %v", a.Name, m.Wamid, names[c.Contact.ID], millis(m.At), m.Direction,
					m.Text, m.Status, failure, m.Edited, m.Revoked, m.Reactions, m.ContactID == c.Contact.ID))
				found, err := s.SearchMessages(bg, m.Text, 0, 100)
				if err != nil {
					return "", err
				}
				lines = append(lines, fmt.Sprintf("  found %v", slices.ContainsFunc(found, func(f app.Message) bool { return f.ID == m.ID })))
			}
		}
	}
	counts, err := s.Counts(bg)
	if err != nil {
		return "", err
	}
	lines = append(lines, fmt.Sprintf("counts %+v", counts))
	slices.Sort(lines)
	return strings.Join(lines, "\n"), nil
}

func describe(facts []app.Fact) string {
	var b strings.Builder
	for _, f := range facts {
		fmt.Fprintf(&b, "%s ", f.PhoneNumberID)
		switch {
		case f.Message != nil:
			fmt.Fprintf(&b, "message %+v\n", *f.Message)
		case f.Status != nil:
			fmt.Fprintf(&b, "status %+v\n", *f.Status)
		case f.Reaction != nil:
			fmt.Fprintf(&b, "reaction %+v\n", *f.Reaction)
		case f.Amend != nil:
			fmt.Fprintf(&b, "amend %+v\n", *f.Amend)
		case f.Person != nil:
			fmt.Fprintf(&b, "person %+v\n", *f.Person)
		}
	}
	return b.String()
}
