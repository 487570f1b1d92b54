package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/app"
)

func TestVariantsOfANumberAreOnePerson(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		apply(t, s,
			said("1", app.Person{Phone: "5511912345678", Name: "Ana"}, "one", noon),
			said("2", phone("551191234 5678"), "two", noon.Add(time.Second)),
			said("3", phone("+55 11 9123-45678"), "three", noon.Add(2*time.Second)))
		c := theOnly(t, s)
		if c.Contact.Title() != "Ana" || c.Unread != 3 || texts(messages(t, s, c.ID)) != "one|two|three" {
			t.Errorf("%+v, %s", c, texts(messages(t, s, c.ID)))
		}
	})
}

func TestPhoneAndUserIDTogetherMergeTwoContacts(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		apply(t, s, said("1", phone("34612345678"), "by phone", noon), said("2", app.Person{UserID: "US.1"}, "by user id", noon.Add(time.Second)))
		list := conversations(t, s)
		if len(list) != 2 {
			t.Fatalf("two strangers are %d conversations", len(list))
		}
		must(t, s.SetDraft(bg, list[0].ID, "draft"))
		apply(t, s, said("3", app.Person{Phone: "34612345678", UserID: "US.1", Name: "Mai"}, "both", noon.Add(2*time.Second)))
		c := ok[app.Conversation](t)(s.Conversation(bg, theOnly(t, s).ID))
		if c.Unread != 3 || c.Draft != "draft" || c.Contact.Phone() != "34612345678" || c.Contact.UserID() != "US.1" || c.Contact.Title() != "Mai" {
			t.Errorf("%+v", c)
		}
		if got := texts(messages(t, s, c.ID)); got != "by phone|by user id|both" {
			t.Error(got)
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Unread != 3 || n.UnreadThreads != 1 {
			t.Errorf("%+v", n)
		}
	})
}

func TestANumberMovesToAnotherPerson(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		apply(t, s, said("1", app.Person{Phone: "34612345678", UserID: "US.1"}, "old owner", noon))
		apply(t, s, said("2", app.Person{Phone: "34612345678", UserID: "US.2"}, "new owner", noon.Add(time.Hour)))
		list := conversations(t, s)
		if len(list) != 2 || list[0].Contact.Phone() != "34612345678" || list[0].Contact.UserID() != "US.2" || list[1].Contact.Phone() != "" || list[1].LastText != "old owner" {
			t.Fatalf("%+v", list)
		}
		// Late news of the old owner does not take the number back.
		apply(t, s, said("0", app.Person{Phone: "34612345678", UserID: "US.1"}, "late", noon.Add(-time.Hour)))
		if list = conversations(t, s); list[0].Contact.Phone() != "34612345678" || list[1].Contact.Phone() != "" {
			t.Errorf("%+v", list)
		}
	})
}

func TestAChangedNumberKeepsTheConversation(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		apply(t, s, said("1", phone("34612345678"), "before", noon))
		apply(t, s, app.Fact{Person: &app.PersonFact{Person: phone("34699999999"), Before: phone("34612345678"), At: noon.Add(time.Minute)}})
		apply(t, s, said("2", phone("34699999999"), "after", noon.Add(time.Hour)))
		c := theOnly(t, s)
		if c.Contact.Phone() != "34699999999" || texts(messages(t, s, c.ID)) != "before|after" {
			t.Errorf("%+v", c)
		}
	})
}

func TestOptOutAndReturn(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		yes, no := true, false
		apply(t, s, said("1", phone("34612345678"), "hi", noon), app.Fact{Person: &app.PersonFact{Person: phone("34612345678"), OptOut: &yes, At: noon}})
		if !theOnly(t, s).Contact.OptOut {
			t.Error("the opt-out is lost")
		}
		apply(t, s, app.Fact{Person: &app.PersonFact{Person: phone("34612345678"), OptOut: &no, At: noon.Add(time.Hour)}})
		if theOnly(t, s).Contact.OptOut {
			t.Error("who came back is still out")
		}
	})
}

func TestManyAtOnceMakeOne(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		together(64, func(int) {
			apply(t, s, said("same", phone("34612345678"), "once", noon))
		})
		together(10, func(i int) {
			f := said(fmt.Sprint("image", i), phone("34688888888"), "", noon)
			f.Message.Type, f.Message.Media = "image", &app.Media{MediaID: fmt.Sprint(i), MIME: "image/jpeg"}
			apply(t, s, f)
		})
		list := conversations(t, s)
		if len(list) != 2 {
			t.Fatalf("%d conversations, want 2", len(list))
		}
		for _, c := range list {
			want := map[string]int{"34612345678": 1, "34688888888": 10}[c.Contact.Phone()]
			if got := len(messages(t, s, c.ID)); got != want || c.Unread != want {
				t.Errorf("%s: %d messages, %d unread, want %d", c.Contact.Phone(), got, c.Unread, want)
			}
		}
		files := ok[[]app.Message](t)(s.MediaToFetch(bg, noon, 100))
		if len(files) != 10 || files[0].Media == nil || files[0].Media.State != "remote" {
			t.Errorf("%d files to fetch: %+v", len(files), files)
		}
	})
}

func together(n int, f func(i int)) {
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { f(i) })
	}
	wait.Wait()
}

func TestStatusesBeforeAndAfterTheirMessage(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		out := said("w", phone("34612345678"), "from the phone", noon)
		out.Message.Direction = app.Out
		apply(t, s, reported("w", app.StatusRead, noon.Add(2*time.Second)), reported("w", app.StatusDelivered, noon.Add(time.Second)))
		apply(t, s, out)
		if m := ok[app.Message](t)(s.MessageByWamid(bg, "w")); m.Status != app.StatusRead {
			t.Errorf("status %s", m.Status)
		}
		apply(t, s, reported("w", app.StatusFailed, noon.Add(time.Hour)), reported("w", app.StatusSent, noon))
		if c := theOnly(t, s); c.LastStatus != app.StatusRead {
			t.Errorf("the list says %s", c.LastStatus)
		}
	})
}

func TestUnreadReadAndReopened(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		apply(t, s, said("1", phone("34612345678"), "one", noon), said("2", phone("34612345678"), "two", noon.Add(time.Minute)))
		id := theOnly(t, s).ID
		must(t, s.MarkRead(bg, id, noon))
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Unread != 1 || n.UnreadThreads != 1 {
			t.Errorf("after reading one of two: %+v", n)
		}
		must(t, s.MarkRead(bg, id, noon.Add(time.Minute)))
		must(t, s.SetClosed(bg, id, true))
		if len(conversations(t, s)) != 0 {
			t.Error("a done conversation is still in the list")
		}
		quiet := said("0", phone("34612345678"), "history", noon.Add(2*time.Minute))
		quiet.Message.Quiet = true
		apply(t, s, quiet)
		if len(conversations(t, s)) != 0 {
			t.Error("history reopened it")
		}
		apply(t, s, said("3", phone("34612345678"), "again", noon.Add(3*time.Minute)))
		if c := theOnly(t, s); c.Unread != 1 || c.LastText != "again" {
			t.Errorf("%+v", c)
		}
		must(t, s.MarkRead(bg, id, noon.Add(time.Hour)))
		must(t, s.MarkUnread(bg, id))
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Unread != 1 || n.UnreadThreads != 1 {
			t.Errorf("marked unread: %+v", n)
		}
		if list := ok[[]app.Conversation](t)(s.Conversations(bg, app.ConversationFilter{Unread: true}, nil, 10)); len(list) != 1 {
			t.Errorf("%d unread in the list", len(list))
		}
	})
}

func TestFreeEntryPoint(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		ad := said("ad", phone("34612345678"), "from an ad", noon)
		ad.Message.FreeEntry = true
		answer := said("answer", phone("34612345678"), "welcome", noon.Add(23*time.Hour))
		answer.Message.Direction = app.Out
		apply(t, s, answer)
		apply(t, s, ad)
		if got, want := theOnly(t, s).FreeEntry, noon.Add(95*time.Hour); !got.Equal(want) {
			t.Errorf("ends %v, want %v", got, want)
		}
		apply(t, s, reported("answer", app.StatusFailed, noon))
		if got := theOnly(t, s).FreeEntry; !got.IsZero() {
			t.Errorf("an answer that failed opened it until %v", got)
		}
	})
}

func TestReactionsEditsAndRevocations(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		mai := app.Person{Phone: "34612345678", UserID: "US.1"}
		react := func(who app.Person, emoji string, at time.Time, me bool) app.Fact {
			return app.Fact{Reaction: &app.ReactionFact{Wamid: "w", From: who, Emoji: emoji, At: at, FromMe: me}}
		}
		apply(t, s, react(mai, "👍", noon, false), react(phone("34612345678"), "❤", noon.Add(time.Second), false), react(mai, "🎉", noon, true))
		apply(t, s, said("w", mai, "helo", noon))
		m := ok[app.Message](t)(s.MessageByWamid(bg, "w"))
		if len(m.Reactions) != 2 || m.Reactions[1].Emoji != "❤" || m.Reactions[0].Actor != "" {
			t.Errorf("%+v", m.Reactions)
		}
		apply(t, s, react(mai, "", noon.Add(time.Minute), false))
		apply(t, s, app.Fact{Amend: &app.AmendFact{Wamid: "w", From: mai, Text: "hello", At: noon.Add(time.Minute)}})
		m = ok[app.Message](t)(s.MessageByWamid(bg, "w"))
		if len(m.Reactions) != 1 || m.Text != "hello" || !m.Edited {
			t.Errorf("%+v", m)
		}
		if found := ok[[]app.Message](t)(s.SearchMessages(bg, "hello", 0, 10)); len(found) != 1 {
			t.Error("the new text is not found")
		}
		apply(t, s, app.Fact{Amend: &app.AmendFact{Wamid: "w", From: mai, Revoke: true, At: noon.Add(time.Hour)}})
		if m = ok[app.Message](t)(s.MessageByWamid(bg, "w")); !m.Revoked || theOnly(t, s).LastText != "" {
			t.Errorf("%+v", m)
		}
		if found := ok[[]app.Message](t)(s.SearchMessages(bg, "hello", 0, 10)); len(found) != 0 {
			t.Error("what was taken back is still found")
		}
	})
}

func TestUnknownAccountsHurtNobodyElse(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		f := said("1", phone("34612345678"), "hi", noon)
		f.PhoneNumberID = "number"
		stray := f
		stray.PhoneNumberID = "elsewhere"
		errs := ok[[]error](t)(s.ApplyFacts(bg, []app.Fact{stray, f, {WABAID: "waba", Event: &app.EventFact{Field: "account_update", Kind: "x", At: noon, Raw: "{}"}}}))
		if !errors.Is(errs[0], app.ErrNotFound) || errs[1] != nil || errs[2] != nil {
			t.Error(errs)
		}
		a := ok[app.Account](t)(s.AccountByName(bg, "Shop"))
		if a.LastWebhook.IsZero() {
			t.Error("the time of the last webhook is not kept")
		}
		for range 2 {
			apply(t, s, app.Fact{Event: &app.EventFact{Field: "account_update", Kind: "x", At: noon, Raw: "{}"}})
		}
		if events := ok[[]app.EventFact](t)(s.AccountEvents(bg, a.ID, 10)); len(events) != 1 || events[0].Raw != "{}" {
			t.Errorf("%+v", events)
		}
		a.Archived = true
		ok[app.Account](t)(s.SaveAccount(bg, a))
		apply(t, s, said("2", phone("34612345678"), "to an archived account", noon))
	})
}

func TestPoisonIsTakenIn(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		bad := "nul\x00 bad\xff\xfe \x1f\x1e\t 'quote\" 👍🏽 " + strings.Repeat("x", 70_000)
		f := said("w\x00", app.Person{Phone: "34612345678", Name: bad, UserID: "US.\x00", Username: "u\xff"}, bad, noon)
		f.Message.Raw, f.Message.ContextID, f.Message.Type = bad, bad, "t\x00"
		f.Message.Media = &app.Media{MediaID: "m\x00", Filename: bad, Caption: bad}
		apply(t, s, f, app.Fact{Reaction: &app.ReactionFact{Wamid: "w\x00", From: phone("1\x00"), Emoji: bad, At: noon}},
			app.Fact{Status: &app.StatusFact{Wamid: "w\x00", Status: "s\x00", At: noon, Failure: &app.Failure{Title: bad}, Raw: bad}},
			app.Fact{Event: &app.EventFact{Field: bad, Kind: bad, Raw: bad, At: noon}})
		m := ok[app.Message](t)(s.MessageByWamid(bg, "w\x00"))
		if !strings.HasPrefix(m.Text, "nul\uFFFD bad\uFFFD") || len(m.Reactions) != 1 {
			t.Errorf("%.60q %d reactions", m.Text, len(m.Reactions))
		}
		for _, q := range []string{"' OR 1", `"`, "*", "a\x00b", "NEAR(", "-", "quote 👍", "& | ! <->", ":*", "\\"} {
			if _, err := s.SearchMessages(bg, q, 0, 10); err != nil {
				t.Errorf("search %q: %v", q, err)
			}
			if _, err := s.SearchConversations(bg, q, 10); err != nil {
				t.Errorf("search %q: %v", q, err)
			}
		}
		must(t, s.Receive(bg, []byte(bad), noon))
	})
}

func TestACancelledCallerChangesNothing(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		ctx, cancel := context.WithCancel(bg)
		cancel()
		if err := s.Receive(ctx, []byte("x"), noon); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if n := ok[map[app.JournalState]int](t)(s.JournalCounts(bg)); n[app.JournalPending] != 0 {
			t.Error(n)
		}
	})
}
