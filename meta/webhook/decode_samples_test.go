package webhook

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/golden.tsv; check every changed line by hand")

// TestSamples decodes every payload of Meta's documentation and compares with a table that was checked by hand.
func TestSamples(t *testing.T) {
	files, err := filepath.Glob("testdata/samples/*.json")
	if err != nil || len(files) < 130 {
		t.Fatalf("only %d samples (%v)", len(files), err)
	}
	var out bytes.Buffer
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Decode(raw)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		for i, ev := range p.Events {
			fmt.Fprintf(&out, "%s\t%d\t%s\n", strings.TrimSuffix(filepath.Base(f), ".json"), i, summary(ev))
		}
	}
	const golden = "testdata/golden.tsv"
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got, exp := strings.Split(out.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(exp)) {
		g, w := line(got, i), line(exp, i)
		if g != w {
			t.Errorf("line %d\n got %s\nwant %s", i+1, g, w)
		}
	}
}

func line(s []string, i int) string {
	if i < len(s) {
		return s[i]
	}
	return "(none)"
}

// summary is one event on one line: field, kind, phone, then what matters of the kind.
func summary(ev Event) string {
	cols := []string{ev.Field, ev.Kind.String(), ev.PhoneNumberID}
	add := func(k string, v any) {
		if s := fmt.Sprint(v); s != "" && s != "0" && s != "false" {
			cols = append(cols, k+"="+strings.Trim(strconv.QuoteToGraphic(s), `"`))
		}
	}
	who := func(c Contact) {
		add("name", c.Name)
		add("wa", c.WaID)
		add("user", c.UserID)
		add("parent", c.ParentUserID)
		add("handle", c.Username)
	}
	switch ev.Kind {
	case KindMessage:
		m := ev.Message
		add("type", m.Type)
		add("id", m.ID)
		add("from", m.From)
		add("from_user", m.FromUserID)
		add("to", m.To)
		add("echo", m.Echo)
		add("group", m.GroupID)
		add("at", m.Timestamp.Unix())
		who(m.Contact)
		add("text", m.Text)
		add("payload", m.Payload)
		add("context", m.ContextID)
		add("forwarded", m.Forwarded)
		if m.Media != nil {
			add("media", m.Media.ID+" "+m.Media.MIME+" "+m.Media.Filename)
		}
		if m.Location != nil {
			add("place", fmt.Sprint(m.Location.Latitude, m.Location.Longitude))
		}
		if m.Reaction != nil {
			add("reaction", m.Reaction.Emoji+" "+m.Reaction.MessageID)
		}
		if m.Edit != nil {
			add("edits", m.Edit.OriginalID)
			add("into", m.Edit.Type)
		}
		if m.Revoke != nil {
			add("revokes", m.Revoke.OriginalID)
		}
		if m.System != nil {
			add("system", m.System.Type)
			add("new", first(m.System.WaID, m.System.NewWaID, m.System.UserID))
			add("was", m.System.PreviousUserID)
		}
		if m.History != nil {
			add("history", m.History.ThreadID+":"+m.History.Status)
		}
		add("referral", len(m.Referral) > 0)
		for _, e := range m.Errors {
			add("error", e.Code)
		}
	case KindStatus:
		s := ev.Status
		add("status", s.Status)
		add("id", s.ID)
		add("to", s.RecipientID)
		add("to_user", s.RecipientUserID)
		add("to_parent", s.RecipientParentUserID)
		add("at", s.Timestamp.Unix())
		who(s.Contact)
		add("biz", s.BizOpaque)
		add("pricing", len(s.Pricing) > 0)
		if s.Conversation != nil {
			add("conv", s.Conversation.Origin)
		}
		for _, e := range s.Errors {
			add("error", fmt.Sprintf("%d %s", e.Code, e.Details))
		}
	case KindTemplate:
		v := ev.Template
		add("event", v.Event)
		add("id", v.ID)
		add("name", v.Name)
		add("lang", v.Language)
		add("reason", v.Reason)
		add("cat", v.Category)
		add("was", v.PreviousCat)
		add("right", v.CorrectCat)
		add("quality", v.Quality)
		add("other", v.OtherTitle)
		add("disable", v.DisableDate)
		add("advice", v.Recommendation != "")
	case KindAccount:
		add("event", ev.Account.Event)
		add("phone", ev.Account.DisplayPhone)
		add("waba", ev.Account.WABAID)
	case KindPreference:
		who(ev.Preference.Contact)
		add("category", ev.Preference.Category)
		add("value", ev.Preference.Value)
		add("at", ev.Preference.Timestamp.Unix())
	case KindContactSync:
		add("action", ev.ContactSync.Action)
		add("phone", ev.ContactSync.Phone)
		add("name", ev.ContactSync.FullName)
		add("at", ev.ContactSync.Timestamp.Unix())
	case KindErrors:
		for _, e := range ev.Errors {
			add("error", fmt.Sprintf("%d %s", e.Code, e.Details))
		}
	case KindUnknown:
		add("problem", ev.Problem)
	}
	return strings.Join(cols, "\t")
}
