package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/meta/webhook"
)

// samples are Meta's webhooks as they really look.
func samples(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("../../meta/webhook/testdata/samples/*.json")
	if err != nil || len(files) < 130 {
		t.Fatalf("%d sample webhooks (%v)", len(files), err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		if out[filepath.Base(f)], err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// openTestDesk opens a desk in this process with an account for every number that the samples speak of.
func openTestDesk(t *testing.T, bodies map[string][]byte) *desk {
	t.Helper()
	t.Setenv("SHOPBELL_KEYRING", "file")
	opt := options{home: t.TempDir(), graph: "http://127.0.0.1:1/v26.0", listen: "127.0.0.1:0"}
	d, err := openDesk(t.Context(), opt, func(context.Context) (string, error) { return "test", nil }, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	numbers := map[string]string{}
	for _, raw := range bodies {
		p, _ := webhook.Decode(raw)
		for _, e := range p.Events {
			if e.PhoneNumberID != "" {
				numbers[e.PhoneNumberID] = e.WABAID
			}
		}
	}
	for number, waba := range numbers {
		if _, err := d.store.SaveAccount(t.Context(), app.Account{
			Name: "n" + number, AppID: "1", WABAID: waba, PhoneNumberID: number, CreatedAt: time.Unix(1, 0),
		}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// take stores bodies as the listener would and applies them.
func take(t *testing.T, d *desk, bodies [][]byte) {
	t.Helper()
	for _, raw := range bodies {
		if err := d.store.Journal().Receive(t.Context(), raw, time.Unix(1_790_000_000, 0)); err != nil {
			t.Fatal(err)
		}
	}
	for {
		n, err := d.inbox.Project(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// canon is everything that the samples left behind, without the ids and times of this desk.
func canon(t *testing.T, d *desk) string {
	t.Helper()
	var lines []string
	add := func(kind string, v any) {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, kind+" "+string(raw))
	}
	err := d.store.EachMessage(t.Context(), func(a app.Account, conv app.Conversation, m app.Message) error {
		c := conv.Contact
		add("message", []any{
			a.PhoneNumberID, c.Phone(), c.UserID(), c.Username(), c.Name, c.OptOut, m.Wamid, m.Direction, m.Type, m.Text, m.Status, m.Error,
			m.At.UnixMilli(), m.ContextID, m.Media, m.Edited, m.Revoked, m.Reactions,
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, closed := range []bool{false, true} {
		convs, err := d.store.Conversations(t.Context(), app.ConversationFilter{Closed: closed}, nil, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range convs {
			add("conversation", []any{
				c.Contact.Phone(), c.Contact.UserID(), c.LastAt.UnixMilli(), c.LastDirection, c.LastType, c.LastText, c.LastStatus,
				c.LastInbound.UnixMilli(), c.FreeEntry.UnixMilli(), c.Unread, c.Closed,
			})
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Every sample, in any order, twice: the same tables, nothing failed, nothing lost.
func TestTheSamplesInAnyOrderTwiceLeaveTheSameTables(t *testing.T) {
	bodies := samples(t)
	var order [][]byte
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for n := range bodies {
			if !yield(n) {
				return
			}
		}
	}) {
		order = append(order, bodies[name])
	}
	var want string
	for round := range 6 {
		d := openTestDesk(t, bodies)
		r := rand.New(rand.NewPCG(uint64(round), 7))
		if round > 0 {
			r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		}
		take(t, d, order)
		if _, err := d.store.Journal().Replay(t.Context(), app.JournalApplied, app.JournalIgnored); err != nil {
			t.Fatal(err)
		}
		take(t, d, nil) // the second time
		counts, err := d.store.JournalCounts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if counts[app.JournalFailed] != 0 || counts[app.JournalPending] != 0 {
			t.Errorf("journal: %v", counts)
			_ = d.store.EachJournal(t.Context(), func(e app.JournalEntry) error {
				if e.State == app.JournalFailed {
					t.Errorf("%s: %.300s", e.Error, e.Body)
				}
				return nil
			})
		}
		got := canon(t, d)
		if round == 0 {
			want = got
			continue
		}
		if got != want {
			t.Fatalf("order %d left other tables:\n%s", round, difference(want, got))
		}
	}
	told := map[string]bool{}
	for _, raw := range bodies {
		p, _ := webhook.Decode(raw)
		for _, e := range p.Events {
			if m := e.Message; m != nil && m.Reaction == nil && m.Edit == nil && m.Revoke == nil {
				told[e.PhoneNumberID+" "+m.ID] = true
			}
		}
	}
	n := 0
	for _, line := range strings.Split(want, "\n") {
		if strings.HasPrefix(line, "message ") {
			n++
		}
	}
	if n != len(told) || n < 25 {
		t.Errorf("the samples tell of %d messages, %d are here", len(told), n)
	}
}

func difference(want, got string) string {
	in := func(s string) map[string]bool {
		m := map[string]bool{}
		for _, l := range strings.Split(s, "\n") {
			m[l] = true
		}
		return m
	}
	w, g := in(want), in(got)
	var out []string
	for l := range w {
		if !g[l] {
			out = append(out, "- "+l)
		}
	}
	for l := range g {
		if !w[l] {
			out = append(out, "+ "+l)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// A webhook of an account that is not here is kept, and applied when the account is added.
func TestWebhooksOfAnAccountAddedLaterAreApplied(t *testing.T) {
	d := openTestDesk(t, nil)
	body := fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":"555","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",`+
		`"metadata":{"display_phone_number":"1555","phone_number_id":"777"},"contacts":[{"profile":{"name":"Ana"},"wa_id":"34612345678"}],`+
		`"messages":[{"from":"34612345678","id":"wamid.early","timestamp":"1790000000","type":"text","text":{"body":"early"}}]}}]}]}`)
	take(t, d, [][]byte{body})
	counts, err := d.store.JournalCounts(t.Context())
	if err != nil || counts[app.JournalIgnored] != 1 {
		t.Fatalf("%v %v", counts, err)
	}
	if _, _, err := d.accounts.Save(t.Context(), draft("Late", "555", "777")); err != nil {
		t.Fatal(err)
	}
	take(t, d, nil)
	if m, err := d.store.MessageByWamid(t.Context(), "wamid.early"); err != nil || m.Text != "early" {
		t.Fatalf("%+v %v", m, err)
	}
}

func draft(name, waba, number string) accounts.Draft {
	return accounts.Draft{Name: name, AppID: "111", WABAID: waba, PhoneNumberID: number, AccessToken: "EAAtoken", AppSecret: "secret"}
}
