package inbox

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/meta/webhook"
)

var received = time.Unix(1_790_000_000, 0)

// factsOf decodes a body with one change and gives what the inbox makes of it.
func factsOf(t *testing.T, field, value string) []app.Fact {
	t.Helper()
	p, err := webhook.Decode([]byte(`{"object":"whatsapp_business_account","entry":[{"id":"W","changes":[{"field":"` + field + `","value":` + value + `}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var out []app.Fact
	for _, e := range p.Events {
		out = append(out, facts(e, received, shipped)...)
	}
	return out
}

const head = `"messaging_product":"whatsapp","metadata":{"display_phone_number":"1555","phone_number_id":"P"},`

func TestATextBecomesAMessageOfItsSender(t *testing.T) {
	got := factsOf(t, "messages", `{`+head+`"contacts":[{"profile":{"name":"Ana","username":"ana"},"wa_id":"34600","user_id":"ES.1"}],
		"messages":[{"from":"34600","from_user_id":"ES.1","id":"wamid.1","timestamp":"1789000000","type":"text","text":{"body":"hola"},"context":{"from":"1555","id":"wamid.0"}}]}`)
	if len(got) != 1 || got[0].Message == nil {
		t.Fatalf("%+v", got)
	}
	f, m := got[0], got[0].Message
	if f.PhoneNumberID != "P" || f.WABAID != "W" || m.Wamid != "wamid.1" || m.From != (app.Person{Phone: "34600", UserID: "ES.1", Username: "ana", Name: "Ana"}) ||
		m.Direction != app.In || m.Type != "text" || m.Text != "hola" || m.At.Unix() != 1789000000 || m.ContextID != "wamid.0" || m.Raw == "" {
		t.Fatalf("%+v %+v", f, m)
	}
}

func TestAMessageWithoutATimeHasThatOfItsArrival(t *testing.T) {
	got := factsOf(t, "messages", `{`+head+`"messages":[{"from":"34600","id":"wamid.1","type":"text","text":{"body":"x"}}]}`)
	if len(got) != 1 || !got[0].Message.At.Equal(received) {
		t.Fatalf("%+v", got)
	}
}

func TestReactionEditRevokeAndStatusNameTheirMessage(t *testing.T) {
	for name, c := range map[string]struct {
		value string
		ok    func(app.Fact) bool
	}{
		"reaction": {
			`"messages":[{"from":"34600","id":"wamid.9","timestamp":"1","type":"reaction","reaction":{"message_id":"wamid.1","emoji":"👍"}}]`,
			func(f app.Fact) bool {
				return f.Reaction != nil && f.Reaction.Wamid == "wamid.1" && f.Reaction.Emoji == "👍" && !f.Reaction.FromMe
			},
		},
		"a reaction taken away": {
			`"messages":[{"from":"34600","id":"wamid.9","timestamp":"1","type":"reaction","reaction":{"message_id":"wamid.1"}}]`,
			func(f app.Fact) bool { return f.Reaction != nil && f.Reaction.Emoji == "" },
		},
		"revoke": {
			`"messages":[{"from":"34600","id":"wamid.9","timestamp":"1","type":"revoke","revoke":{"original_message_id":"wamid.1"}}]`,
			func(f app.Fact) bool { return f.Amend != nil && f.Amend.Revoke && f.Amend.Wamid == "wamid.1" },
		},
		"failed": {
			`"statuses":[{"id":"wamid.1","status":"failed","timestamp":"5","recipient_id":"34600","biz_opaque_callback_data":"42","errors":[{"code":131026,"title":"Message undeliverable"}]}]`,
			func(f app.Fact) bool {
				return f.Status != nil && f.Status.Opaque == 42 && f.Status.Status == app.StatusFailed && f.Status.Failure != nil && f.Status.Failure.Code == 131026
			},
		},
		"callback data that is not ours": {
			`"statuses":[{"id":"wamid.1","status":"sent","timestamp":"5","recipient_id":"34600","biz_opaque_callback_data":"campaign-7"}]`,
			func(f app.Fact) bool { return f.Status != nil && f.Status.Opaque == 0 && f.Status.Failure == nil },
		},
	} {
		got := factsOf(t, "messages", `{`+head+c.value+`}`)
		if len(got) != 1 || !c.ok(got[0]) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestANewNumberKeepsThePerson(t *testing.T) {
	got := factsOf(t, "messages", `{`+head+`"messages":[{"from":"34600","id":"wamid.1","timestamp":"7","type":"system",
		"system":{"body":"Ana changed","type":"user_changed_number","wa_id":"34700"}}]}`)
	if len(got) != 2 || got[0].Person == nil || got[1].Message == nil {
		t.Fatalf("%+v", got)
	}
	if p := got[0].Person; p.Before.Phone != "34600" || p.Person.Phone != "34700" {
		t.Errorf("%+v", p)
	}
	if got[1].Message.From.Phone != "34700" {
		t.Errorf("the message belongs to %+v", got[1].Message.From)
	}
}

func TestOptOutsAreHeard(t *testing.T) {
	for value, want := range map[string]bool{"stop": true, "resume": false} {
		got := factsOf(t, "user_preferences", `{`+head+`"user_preferences":[{"wa_id":"34600","category":"marketing_messages","value":"`+value+`","timestamp":9}]}`)
		if len(got) != 1 || got[0].Person == nil || got[0].Person.OptOut == nil || *got[0].Person.OptOut != want {
			t.Errorf("%s: %+v", value, got)
		}
	}
}

// Whatever Meta sends is a fact, or is left to the journal; it is never a panic, and each fact says one thing.
func TestEverySampleIsOneFactAnEvent(t *testing.T) {
	files, err := filepath.Glob("../../meta/webhook/testdata/samples/*.json")
	if err != nil || len(files) < 130 {
		t.Fatalf("%d samples (%v)", len(files), err)
	}
	n := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := webhook.Decode(raw)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		for _, e := range p.Events {
			for _, f := range facts(e, received, shipped) {
				n++
				if set := count(f); set != 1 {
					t.Errorf("%s: a fact with %d contents: %+v", file, set, f)
				}
				if m := f.Message; m != nil && (m.Wamid == "" || m.From == (app.Person{}) || m.At.IsZero() || !json.Valid([]byte(m.Raw))) {
					t.Errorf("%s: %+v", file, m)
				}
			}
		}
	}
	if n < 130 {
		t.Errorf("only %d facts in all samples", n)
	}
}

func count(f app.Fact) int {
	n := 0
	for _, set := range []bool{f.Message != nil, f.Status != nil, f.Reaction != nil, f.Amend != nil, f.Person != nil, f.Event != nil, f.Template != nil} {
		if set {
			n++
		}
	}
	return n
}

func TestSHA256IsHexWhicheverWayMetaWroteIt(t *testing.T) {
	const want = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	for _, in := range []string{want, "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"} {
		if got := hexSHA(in); got != want {
			t.Errorf("%q gives %q", in, got)
		}
	}
	if got := hexSHA("not a hash"); got != "" {
		t.Errorf("nonsense gives %q", got)
	}
}

func FuzzFacts(f *testing.F) {
	f.Add([]byte(`{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{}}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, _ := webhook.Decode(raw)
		for _, e := range p.Events {
			for _, fact := range facts(e, received, shipped) {
				if count(fact) != 1 {
					t.Fatalf("%+v", fact)
				}
			}
		}
	})
}
