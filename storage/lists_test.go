package storage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/app"
)

func TestListsPageByKeyWithoutHolesOrRepeats(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		var facts []app.Fact
		for i := range 45 { // many of the same moment
			facts = append(facts, said(fmt.Sprint("w", i), phone(fmt.Sprintf("346%08d", i)), fmt.Sprint("text ", i), noon.Add(time.Duration(i/7)*time.Second)))
		}
		for i := range 45 {
			facts = append(facts, said(fmt.Sprint("x", i), phone("34700000000"), fmt.Sprint("line ", i), noon.Add(time.Duration(i/7)*time.Second)))
		}
		apply(t, s, facts...)
		seen := map[app.ID]bool{}
		var after *app.ConversationKey
		var last time.Time
		for {
			page := ok[[]app.Conversation](t)(s.Conversations(bg, app.ConversationFilter{}, after, 10))
			if len(page) == 0 {
				break
			}
			for _, c := range page {
				if seen[c.ID] || !last.IsZero() && c.LastAt.After(last) {
					t.Fatalf("%d is out of place", c.ID)
				}
				seen[c.ID], last = true, c.LastAt
				after = &app.ConversationKey{LastAt: c.LastAt, ID: c.ID}
			}
		}
		if len(seen) != 46 {
			t.Errorf("%d conversations, want 46", len(seen))
		}
		busy := ok[[]app.Conversation](t)(s.SearchConversations(bg, "347 000", 10))
		if len(busy) != 1 {
			t.Fatalf("%d found", len(busy))
		}
		var up []app.Message
		var before *app.MessageKey
		for {
			page := ok[[]app.Message](t)(s.MessagesBefore(bg, busy[0].ID, before, 10))
			if len(page) == 0 {
				break
			}
			up = append(slices.Clone(page), up...)
			key := page[0].Key()
			before = &key
		}
		var down []app.Message
		key := app.MessageKey{}
		for {
			page := ok[[]app.Message](t)(s.MessagesAfter(bg, busy[0].ID, key, 10))
			if len(page) == 0 {
				break
			}
			down = append(down, page...)
			key = page[len(page)-1].Key()
		}
		if len(up) != 45 || texts(up) != texts(down) {
			t.Errorf("up %d, down %d", len(up), len(down))
		}
	})
}

func TestFilters(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		b := ok[app.Account](t)(s.SaveAccount(bg, app.Account{Name: "Other", PhoneNumberID: "number2", WABAID: "waba2"}))
		other := said("2", phone("34611111111"), "two", noon)
		other.PhoneNumberID = "number2"
		apply(t, s, said("1", phone("34611111111"), "one", noon), other)
		for id, want := range map[app.ID]string{a.ID: "one", b.ID: "two"} {
			list := ok[[]app.Conversation](t)(s.Conversations(bg, app.ConversationFilter{AccountID: id}, nil, 10))
			if len(list) != 1 || list[0].LastText != want {
				t.Errorf("%+v", list)
			}
		}
		if list := ok[[]app.Conversation](t)(s.Conversations(bg, app.ConversationFilter{Unassigned: true, Unread: true}, nil, 10)); len(list) != 2 {
			t.Errorf("%d unassigned", len(list))
		}
		if list := ok[[]app.Conversation](t)(s.Conversations(bg, app.ConversationFilter{AssigneeID: 5}, nil, 10)); len(list) != 0 {
			t.Errorf("%d assigned", len(list))
		}
		all := conversations(t, s)
		if list := ok[[]app.Conversation](t)(s.ConversationsByID(bg, []app.ID{all[0].ID, 1, all[1].ID})); len(list) != 2 {
			t.Errorf("%d by id", len(list))
		}
	})
}

func TestSearch(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		lines := []string{
			"Nguyễn Thị Mai đặt hàng", "ÀÉÎÕÜ straße Łódź Ærø", "你好，我的订单在哪里？", "สวัสดีครับ", "o'clock e-mail: a.b@c.de",
			"one two three", "ONE more", "42nd street 1e5 12abc 3.14", "안녕하세요 고객님", "tree onerous",
		}
		var facts []app.Fact
		for i, line := range lines {
			facts = append(facts, said(fmt.Sprint("w", i), app.Person{Phone: fmt.Sprintf("3461234567%d", i), Name: line}, line, noon))
		}
		apply(t, s, facts...)
		for query, want := range map[string]string{
			"nguyen mai": "0", "ĐẶT": "0", "strasse lodz": "1", "aero": "1", "订单": "2", "好": "2", "单在": "2", "单订": "", "สวัส": "3", "mail c": "4",
			"one": "9|6|5", "two one": "5", "on thr": "5", "1e5": "7", "12a": "7", "3 14": "7", "42": "7", "안녕": "8", "xyz": "", "": "", "!?": "",
		} {
			var got []string
			for _, m := range ok[[]app.Message](t)(s.SearchMessages(bg, query, 0, 10)) {
				got = append(got, strings.TrimPrefix(m.Wamid, "w"))
			}
			if strings.Join(got, "|") != want {
				t.Errorf("%q finds %v, want %s", query, got, want)
			}
		}
		first := ok[[]app.Message](t)(s.SearchMessages(bg, "one", 0, 2))
		rest := ok[[]app.Message](t)(s.SearchMessages(bg, "one", first[1].ID, 2))
		if len(rest) != 1 || rest[0].Wamid != "w5" {
			t.Errorf("the next page is %+v", rest)
		}
		for query, want := range map[string]int{"mai": 2, "+34 612 345 67": 10, "345677": 1, "thi ngu": 1, "nobody": 0, "one": 3, "订": 1} {
			if list := ok[[]app.Conversation](t)(s.SearchConversations(bg, query, 50)); len(list) != want {
				t.Errorf("%q finds %d people, want %d", query, len(list), want)
			}
		}
	})
}

func TestFoldIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		once := Fold(s)
		if Fold(once) != once {
			t.Fatalf("%q folds to %q, and that to %q", s, once, Fold(once))
		}
		if Fold(strings.ToUpper(s)) != Fold(strings.ToLower(strings.ToUpper(s))) {
			t.Fatalf("case matters in %q", s)
		}
	})
}

func TestAccountsNamesAndConflicts(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		for what, bad := range map[string]app.Account{
			"name": {Name: "Shop", PhoneNumberID: "another"}, "Phone Number ID": {Name: "Another", PhoneNumberID: "number"},
		} {
			_, err := s.SaveAccount(bg, bad)
			var told *app.Error
			if !errors.Is(err, app.ErrConflict) || !errors.As(err, &told) || !strings.Contains(told.Message, what) {
				t.Errorf("%s: %v", what, err)
			}
		}
		a.Name, a.Practice = "Renamed", true
		ok[app.Account](t)(s.SaveAccount(bg, a))
		a.LastTest, a.LastTestAt, a.Quality = []app.Check{{ID: "token", OK: true, What: "Access token"}}, noon, "GREEN"
		must(t, s.SetTest(bg, a))
		got := ok[app.Account](t)(s.AccountByName(bg, "Renamed"))
		if got.ID != a.ID || !got.Practice || got.Quality != "GREEN" || len(got.LastTest) != 1 || got.LastTest[0] != a.LastTest[0] || !got.LastTestAt.Equal(noon) {
			t.Errorf("%+v", got)
		}
		if _, err := s.Account(bg, 7); !errors.Is(err, app.ErrNotFound) {
			t.Error(err)
		}
		if err := s.SetTest(bg, app.Account{ID: 7}); !errors.Is(err, app.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestSettingsStaffNotesAndLease(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		if v := ok[string](t)(s.Setting(bg, "theme")); v != "" {
			t.Error(v)
		}
		must(t, s.SetSetting(bg, "theme", "dark"))
		must(t, s.SetSetting(bg, "theme", "light"))
		if v := ok[string](t)(s.Setting(bg, "theme")); v != "light" {
			t.Error(v)
		}
		mai := ok[app.Staff](t)(s.SaveStaff(bg, app.Staff{Name: "Mai", Role: app.RoleAdmin}))
		if _, err := s.SaveStaff(bg, app.Staff{Name: "Mai", Role: app.RoleStaff}); !errors.Is(err, app.ErrConflict) {
			t.Error(err)
		}
		mai.Role, mai.Phone = app.RoleStaff, "34612345678"
		ok[app.Staff](t)(s.SaveStaff(bg, mai))
		if list := ok[[]app.Staff](t)(s.StaffList(bg)); len(list) != 1 || list[0].Role != app.RoleStaff || list[0].Phone != "34612345678" {
			t.Errorf("%+v", list)
		}
		apply(t, s, said("1", phone("34612345678"), "hi", noon))
		note := ok[app.Message](t)(s.AddNote(bg, theOnly(t, s).ID, mai.ID, "call her"))
		if got := ok[app.Message](t)(s.Message(bg, note.ID)); got.Direction != app.Note || got.StaffID != mai.ID || got.Status != app.StatusNoted {
			t.Errorf("%+v", got)
		}
		for _, step := range []struct {
			do   func() (bool, error)
			want bool
		}{
			{func() (bool, error) { return s.AcquireStation(bg, "one", time.Hour) }, true},
			{func() (bool, error) { return s.AcquireStation(bg, "two", time.Hour) }, false},
			{func() (bool, error) { return s.AcquireStation(bg, "one", time.Hour) }, true},
			{func() (bool, error) { return s.RenewStation(bg, "two", time.Hour) }, false},
			{func() (bool, error) { return s.RenewStation(bg, "one", -time.Second) }, true},
			{func() (bool, error) { return s.RenewStation(bg, "one", time.Hour) }, false},
			{func() (bool, error) { return s.AcquireStation(bg, "two", time.Hour) }, true},
			{func() (bool, error) { return true, s.ReleaseStation(bg, "two") }, true},
			{func() (bool, error) { return s.AcquireStation(bg, "one", time.Hour) }, true},
		} {
			if got := ok[bool](t)(step.do()); got != step.want {
				t.Errorf("%v, want %v", got, step.want)
			}
		}
	})
}

func TestMedia(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		f := said("1", phone("34612345678"), "", noon)
		f.Message.Media = &app.Media{MediaID: "m", MIME: "image/jpeg", Filename: "a.jpg", Voice: true}
		apply(t, s, f)
		id := ok[[]app.Message](t)(s.MediaToFetch(bg, noon, 10))[0].ID
		must(t, s.MediaFailed(bg, id, "no answer", noon.Add(time.Hour)))
		if list := ok[[]app.Message](t)(s.MediaToFetch(bg, noon, 10)); len(list) != 0 {
			t.Error("it is tried again too soon")
		}
		if list := ok[[]app.Message](t)(s.MediaToFetch(bg, noon.Add(time.Hour), 10)); len(list) != 1 {
			t.Error("it is not tried again")
		}
		must(t, s.MediaFetched(bg, id, "abc", "image/png", 42))
		m := ok[app.Message](t)(s.Message(bg, id))
		if m.Media == nil || m.Media.State != "stored" || m.Media.SHA256 != "abc" || m.Media.Size != 42 || m.Media.MIME != "image/png" || !m.Media.Voice {
			t.Errorf("%+v", m.Media)
		}
		must(t, s.MediaFailed(bg, id, "gone", time.Time{}))
		if list := ok[[]app.Message](t)(s.MediaToFetch(bg, noon.Add(time.Hour), 10)); len(list) != 0 {
			t.Error("what can't be had is tried again")
		}
	})
}

func TestJournal(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		together(64, func(int) { must(t, s.Receive(bg, []byte("same"), noon)) })
		must(t, s.Receive(bg, []byte("two\x00\xff"), noon))
		must(t, s.Receive(bg, nil, noon))
		select {
		case <-s.Journal().Arrivals():
		default:
			t.Error("nobody was told of the arrival")
		}
		list := ok[[]app.JournalEntry](t)(s.Journal().Pending(bg, 10))
		if len(list) != 3 || string(list[0].Body) != "same" || string(list[1].Body) != "two\x00\xff" || !list[0].ReceivedAt.Equal(noon) {
			t.Fatalf("%+v", list)
		}
		marks := []app.JournalMark{{ID: list[0].ID, State: app.JournalApplied}, {ID: list[1].ID, State: app.JournalIgnored, Error: "no account"}, {ID: list[2].ID, State: app.JournalFailed, Error: "bad\x00"}}
		must(t, s.Journal().Mark(bg, marks))
		must(t, s.Journal().Mark(bg, marks))
		want := map[app.JournalState]int{app.JournalPending: 0, app.JournalApplied: 1, app.JournalIgnored: 1, app.JournalFailed: 1}
		for state, n := range ok[map[app.JournalState]int](t)(s.JournalCounts(bg)) {
			if want[state] != n {
				t.Errorf("%d are %s", n, state)
			}
		}
		if n := ok[int](t)(s.ReplayIgnored(bg)); n != 1 {
			t.Errorf("%d replayed", n)
		}
		if n := ok[int](t)(s.Journal().Replay(bg, app.JournalApplied, app.JournalFailed)); n != 2 {
			t.Errorf("%d replayed", n)
		}
		if list := ok[[]app.JournalEntry](t)(s.Journal().Pending(bg, 10)); len(list) != 3 {
			t.Errorf("%d wait", len(list))
		}
		must(t, s.Receive(bg, []byte("same"), noon))
		n := 0
		must(t, s.EachJournal(bg, func(app.JournalEntry) error { n++; return nil }))
		if n != 3 {
			t.Errorf("%d entries", n)
		}
	})
}

func TestExportIsInTheOrderOfTime(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		apply(t, s, said("3", app.Person{Phone: "34612345678", Name: "Mai"}, "three", noon.Add(3*time.Second)), said("1", phone("34699999999"), "one", noon),
			said("2", phone("34612345678"), "two", noon.Add(time.Second)))
		var got []string
		must(t, s.EachMessage(bg, func(a app.Account, c app.Conversation, m app.Message) error {
			got = append(got, a.Name+" "+c.Contact.Title()+" "+m.Text)
			return nil
		}))
		if strings.Join(got, "|") != "Shop +34 699 99 99 99 one|Shop Mai two|Shop Mai three" {
			t.Error(got)
		}
		stop := errors.New("stop")
		if err := s.EachMessage(bg, func(app.Account, app.Conversation, app.Message) error { return stop }); !errors.Is(err, stop) {
			t.Error(err)
		}
	})
}

func TestBackupIsWhole(t *testing.T) {
	s := open(t, Options{Home: t.TempDir()})
	shop(t, s)
	apply(t, s, said("1", phone("34612345678"), "hi", noon))
	must(t, s.Receive(bg, []byte("x"), noon))
	home := t.TempDir()
	must(t, s.Backup(bg, filepath.Join(home, "desk.db")))
	if err := s.Backup(bg, filepath.Join(home, "desk.db")); !errors.Is(err, app.ErrConflict) {
		t.Errorf("a backup was overwritten: %v", err)
	}
	must(t, os.Rename(filepath.Join(home, "desk-journal.db"), filepath.Join(home, journalFile)))
	copied := open(t, Options{Home: home})
	if got := theOnly(t, copied).LastText; got != "hi" {
		t.Error(got)
	}
	if n := ok[map[app.JournalState]int](t)(copied.JournalCounts(bg)); n[app.JournalPending] != 1 {
		t.Error(n)
	}
	for _, c := range copied.Health(bg) {
		if !c.OK || c.ID == "" {
			t.Errorf("%+v", c)
		}
	}
}
