package webhook

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func value(field, v string) string {
	return fmt.Sprintf(`{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":%q,"value":%s}]}]}`, field, v)
}

func decode(t *testing.T, raw string) []Event {
	t.Helper()
	p, err := Decode([]byte(raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	return p.Events
}

const meta1 = `"metadata":{"display_phone_number":"+1 555-078-3881","phone_number_id":"9"}`

// Nothing but the first element of a list is the classic way to lose messages.
func TestEverythingInABigBodyComesOut(t *testing.T) {
	const entries, changes, items = 10, 100, 3
	var sb strings.Builder
	n := 0
	for e := range entries {
		var cs []string
		for range changes {
			var ms, ss []string
			for range items {
				ms = append(ms, fmt.Sprintf(`{"id":"m%d","type":"text","from":"1%d","timestamp":"1","text":{"body":"b%d"}}`, n, n, n))
				ss = append(ss, fmt.Sprintf(`{"id":"s%d","status":"sent","timestamp":"1","recipient_id":"1%d"}`, n, n))
				n++
			}
			cs = append(cs, fmt.Sprintf(`{"field":"messages","value":{%s,"messages":[%s],"statuses":[%s]}}`, meta1, strings.Join(ms, ","), strings.Join(ss, ",")))
		}
		if e > 0 {
			sb.WriteByte(',')
		}
		fmt.Fprintf(&sb, `{"id":"%d","changes":[%s]}`, e, strings.Join(cs, ","))
	}
	evs := decode(t, `{"object":"whatsapp_business_account","entry":[`+sb.String()+`]}`)
	if len(evs) != 2*n {
		t.Fatalf("%d events, want %d", len(evs), 2*n)
	}
	nextM, nextS := 0, 0
	for i, ev := range evs {
		if want := fmt.Sprint(i / (2 * changes * items)); ev.WABAID != want || ev.PhoneNumberID != "9" || ev.DisplayPhone != "15550783881" {
			t.Fatalf("event %d belongs to %q/%q/%q, want entry %s", i, ev.WABAID, ev.PhoneNumberID, ev.DisplayPhone, want)
		}
		switch ev.Kind {
		case KindMessage:
			if want := fmt.Sprintf("b%d", nextM); ev.Message.Text != want {
				t.Fatalf("event %d says %q, want %q", i, ev.Message.Text, want)
			}
			nextM++
		case KindStatus:
			if want := fmt.Sprintf("s%d", nextS); ev.Status.ID != want {
				t.Fatalf("event %d is %q, want %q", i, ev.Status.ID, want)
			}
			nextS++
		default:
			t.Fatalf("event %d is %v", i, ev.Kind)
		}
	}
}

func TestAMalformedOneSparesItsNeighbours(t *testing.T) {
	good := `{"id":"a","type":"text","from":"1","text":{"body":"hello"}}`
	for _, bad := range []string{
		`"text"`, `null`, `7`, `[]`, `{}`, `{"id":"x"}`, `{"type":"text"}`, `{"id":"x","type":"text","text":"no object"}`,
		`{"id":"x","type":"image","image":[1]}`, `{"id":"x","type":"contacts","contacts":{}}`, `{"id":{},"type":"text"}`,
	} {
		evs := decode(t, value("messages", `{`+meta1+`,"messages":[`+good+`,`+bad+`,`+good+`]}`))
		if len(evs) != 3 || evs[0].Kind != KindMessage || evs[2].Kind != KindMessage || evs[1].Kind != KindUnknown {
			t.Errorf("%s: %d events", bad, len(evs))
			continue
		}
		if string(evs[1].Raw) != bad || evs[1].Problem == "" || evs[1].PhoneNumberID != "9" {
			t.Errorf("%s: kept as %s (%q)", bad, evs[1].Raw, evs[1].Problem)
		}
	}
}

// What is odd beside the content must not cost the content.
func TestLenient(t *testing.T) {
	for _, m := range []string{
		`{"id":"a","type":"text","from":16505551234,"timestamp":1749416383,"text":{"body":"hi"}}`,
		`{"id":"a","type":"text","from":"16505551234","timestamp":"1749416383","text":{"body":"hi"},"context":"odd","errors":{},"referral":3}`,
		`{"id":"a","type":"text","from":"+1 650-555-1234","timestamp":1749416383000,"text":{"body":"hi","x":[]},"new_thing":{"a":1}}`,
		`{"id":"a","type":"text","from":"16505551234","timestamp":1749416383.0,"text":{"body":"hi"},"context":null}`,
	} {
		evs := decode(t, value("messages", `{`+meta1+`,"messages":[`+m+`]}`))
		if len(evs) != 1 || evs[0].Kind != KindMessage {
			t.Errorf("%s: %+v", m, evs)
			continue
		}
		got := evs[0].Message
		if got.Text != "hi" || got.From != "16505551234" || got.Timestamp.Unix() != 1749416383 || got.Contact.WaID != "16505551234" {
			t.Errorf("%s: %+v", m, got)
		}
	}
	evs := decode(t, `{"object":"whatsapp_business_account","entry":[{"id":102290129340398,"time":"soon","changes":[{"field":"messages","value":{`+meta1+
		`,"statuses":[{"id":"a","status":"failed","errors":[{"code":"131026","title":"t","error_data":"plain words"}]}]}}]}]}`)
	if len(evs) != 1 || evs[0].WABAID != "102290129340398" || evs[0].Status.Errors[0].Code != 131026 || evs[0].Status.Errors[0].Details != "plain words" {
		t.Errorf("%+v", evs)
	}
}

// A body with several people: each message gets its own, and nobody gets somebody else's name.
func TestContactsFindTheirMessages(t *testing.T) {
	evs := decode(t, value("messages", `{`+meta1+`,"contacts":[
		{"profile":{"name":"Ann"},"wa_id":"11"},
		{"profile":{"name":"Bob","username":"bob"},"user_id":"US.2"},
		{"profile":{"name":"Cem"},"wa_id":"33","user_id":"US.3"}],
	"messages":[
		{"id":"1","type":"text","from_user_id":"US.3","text":{"body":"."}},
		{"id":"2","type":"text","from":"11","text":{"body":"."}},
		{"id":"3","type":"text","from_user_id":"US.2","text":{"body":"."}},
		{"id":"4","type":"text","from":"99","text":{"body":"."}},
		{"id":"5","type":"text","from":"33","from_user_id":"US.4","text":{"body":"."}}]}`))
	want := []Contact{
		{Name: "Cem", WaID: "33", UserID: "US.3"},
		{Name: "Ann", WaID: "11"},
		{Name: "Bob", UserID: "US.2", Username: "bob"},
		{WaID: "99"},
		{WaID: "33", UserID: "US.4"},
	}
	for i, ev := range evs {
		if ev.Message.Contact != want[i] {
			t.Errorf("message %d: %+v, want %+v", i, ev.Message.Contact, want[i])
		}
	}
	// One contact and one message, but not the same person.
	evs = decode(t, value("messages", `{"contacts":[{"profile":{"name":"Ann"},"wa_id":"11"}],"messages":[{"id":"1","type":"text","from":"22","text":{"body":"."}}]}`))
	if evs[0].Message.Contact.Name != "" {
		t.Errorf("a stranger is called %q", evs[0].Message.Contact.Name)
	}
	// One contact that names no identity beside one message: it can only be that one.
	evs = decode(t, value("messages", `{"contacts":[{"profile":{"name":"Ann"}}],"messages":[{"id":"1","type":"text","from":"22","text":{"body":"."}}]}`))
	if evs[0].Message.Contact.Name != "Ann" {
		t.Errorf("the only person is called %q", evs[0].Message.Contact.Name)
	}
}

func TestReadableText(t *testing.T) {
	for content, want := range map[string]string{
		`"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{}"}}`:                 "Sent",
		`"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r1","title":"Row","description":"d"}}`:                      "Row",
		`"type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept"}}`:                      "accept",
		`"type":"contacts","contacts":[{"name":{"first_name":"A","last_name":"B"}},{"name":{"formatted_name":"C"}},{"phones":[{"phone":"+1"}]}]`: "A B, C, +1",
		`"type":"location","location":{"latitude":1.5,"longitude":"-2"}`:                                                                         "",
		`"type":"document","document":{"id":"1","filename":"a.pdf"}`:                                                                             "",
		`"type":"future_thing","future_thing":{"body":"words"}`:                                                                                  "words",
		`"type":"future_thing","future_thing":7`:                                                                                                 "",
		`"type":"request_welcome"`:                                                                                                               "",
		`"type":"edit","edit":{"original_message_id":"o","message":{"type":"text","text":{"body":"new"}}}`:                                       "new",
	} {
		evs := decode(t, value("messages", `{"messages":[{"id":"1","from":"2",`+content+`}]}`))
		if len(evs) != 1 || evs[0].Kind != KindMessage || evs[0].Message.Text != want {
			t.Errorf("%s: %+v", content, evs[0])
		}
	}
}

func TestNothingIsDropped(t *testing.T) {
	for name, c := range map[string]struct {
		raw   string
		kinds []Kind
	}{
		"unknown field":         {value("brand_new_field", `{"a":1}`), []Kind{KindUnknown}},
		"messages without any":  {value("messages", `{`+meta1+`}`), []Kind{KindUnknown}},
		"new key beside":        {value("messages", `{"messages":[{"id":"1","type":"text","from":"2"}],"user_actions":[{}]}`), []Kind{KindMessage, KindUnknown}},
		"messages no list":      {value("messages", `{"messages":{}}`), []Kind{KindUnknown}},
		"value a string":        {value("messages", `"x"`), []Kind{KindUnknown}},
		"value null":            {value("messages", `null`), []Kind{KindUnknown}},
		"no value":              {`{"entry":[{"id":"1","changes":[{"field":"messages"}]}]}`, []Kind{KindUnknown}},
		"no changes":            {`{"entry":[{"id":"1","messaging":[{}]}]}`, []Kind{KindUnknown}},
		"changes no list":       {`{"entry":[{"id":"1","changes":5}]}`, []Kind{KindUnknown}},
		"entry a number":        {`{"entry":[5,{"id":"1","changes":[{"field":"flows","value":{}}]}]}`, []Kind{KindUnknown, KindOther}},
		"change a number":       {`{"entry":[{"id":"1","changes":[5,{"field":"security","value":{"event":"PIN_CHANGED"}}]}]}`, []Kind{KindUnknown, KindAccount}},
		"template says nothing": {value("message_template_status_update", `{"x":1}`), []Kind{KindUnknown}},
		"history declined":      {value("history", `{`+meta1+`,"history":[{"errors":[{"code":2593109,"title":"t"}]}]}`), []Kind{KindErrors}},
		"history progress":      {value("history", `{`+meta1+`,"history":[{"metadata":{"phase":0,"progress":100}}]}`), []Kind{KindOther}},
		"messages and errors":   {value("messages", `{"messages":[{"id":"1","type":"text","from":"2"}],"errors":[{"code":1}]}`), []Kind{KindMessage, KindErrors}},
		"standby":               {value("standby", `{"messages":[{"id":"1","type":"text","from":"2"}]}`), []Kind{KindMessage}},
		"echo":                  {value("message_echoes", `{"message_echoes":[{"id":"1","type":"text","from":"2","to":"3"}]}`), []Kind{KindMessage}},
		"no preferences":        {value("user_preferences", `{`+meta1+`}`), []Kind{KindUnknown}},
		"address book":          {value("smb_app_state_sync", `{"state_sync":[{"type":"contact","action":"remove","contact":{"phone_number":"2"}},{"type":"label"}]}`), []Kind{KindContactSync, KindUnknown}},
	} {
		var kinds []Kind
		for _, ev := range decode(t, c.raw) {
			kinds = append(kinds, ev.Kind)
			check(t, ev)
		}
		if fmt.Sprint(kinds) != fmt.Sprint(c.kinds) {
			t.Errorf("%s: %v, want %v", name, kinds, c.kinds)
		}
	}
	for _, raw := range []string{``, `x`, `{`, `[]`, `5`, `null`, `{}`, `{"entry":null}`, `{"entry":{}}`} {
		if p, err := Decode([]byte(raw)); err == nil {
			t.Errorf("%q is taken for a webhook: %+v", raw, p)
		}
	}
}

// check holds for every event: its JSON is there, and exactly what its kind says is set.
func check(t *testing.T, ev Event) {
	t.Helper()
	if !json.Valid(ev.Raw) {
		t.Fatalf("%v event without its JSON: %q", ev.Kind, ev.Raw)
	}
	set := map[Kind]bool{
		KindMessage: ev.Message != nil, KindStatus: ev.Status != nil, KindTemplate: ev.Template != nil, KindAccount: ev.Account != nil,
		KindPreference: ev.Preference != nil, KindErrors: len(ev.Errors) > 0, KindContactSync: ev.ContactSync != nil,
	}
	for k, is := range set {
		if is != (k == ev.Kind) {
			t.Fatalf("%v event, but %v is %v: %+v", ev.Kind, k, is, ev)
		}
	}
}
