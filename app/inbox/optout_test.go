package inbox

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shopbell/app"
)

func TestOptOutWords(t *testing.T) {
	for text, want := range map[string]string{
		"STOP": "marketing", " stop\n": "marketing", "Stop all": "all", "START": "in", "BAJA": "marketing", "Dừng": "marketing", "DỪNG LẠI": "marketing",
		"Du\u031bng": "", "alta": "in", "СТОП": "marketing", "إيقاف": "marketing", "退订": "marketing",
		"stop!": "", "please stop": "", "don't stop": "", "stop it": "", "bus stop": "", "cancel": "", "": "", "st op": "", "no": "",
	} {
		out, scope, ok := OptOutWord(text)
		got := ""
		switch {
		case ok && out:
			got = scope
		case ok:
			got = "in"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// No word means both, and nothing but a word changes anything.
func TestOnlyTheWordItselfCounts(t *testing.T) {
	for _, stop := range stopWords {
		for _, w := range stop {
			if out, _, ok := OptOutWord(w); !ok || !out {
				t.Errorf("%q does not opt out", w)
			}
		}
	}
	for _, start := range startWords {
		for _, w := range start {
			if out, _, ok := OptOutWord(strings.ToUpper(w)); ok && out {
				t.Errorf("%q opts out", w)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z]{3,8}`).Draw(t, "a") + " stop " + rapid.StringMatching(`[a-z]{3,8}`).Draw(t, "b")
		if _, _, ok := OptOutWord(text); ok {
			t.Fatalf("%q changes something", text)
		}
	})
}

func TestAStopIsAMessageAndAWish(t *testing.T) {
	in := func(typ, content string) []app.Fact {
		return factsOf(t, "messages", `{`+head+`"contacts":[{"profile":{"name":"Ana"},"wa_id":"34600"}],"messages":[{"from":"34600","id":"wamid.1","timestamp":"1789000000","type":"`+typ+`",`+content+`}]}`)
	}
	for _, got := range [][]app.Fact{in("text", `"text":{"body":" Stop "}`), in("button", `"button":{"text":"Stop","payload":"Stop"}`)} {
		if len(got) != 2 || got[0].Message == nil || !got[0].Message.Wish || got[1].Person == nil || got[1].Person.OptOut == nil || !*got[1].Person.OptOut ||
			got[1].Person.Scope != app.OptOutMarketing || got[1].Person.How != "wrote “Stop”" || got[1].Person.At.Unix() != 1789000000 || got[1].PhoneNumberID != "P" {
			t.Errorf("%+v", got)
		}
	}
	if got := in("text", `"text":{"body":"Stop calling me Ana"}`); len(got) != 1 || got[0].Message.Wish {
		t.Errorf("%+v", got)
	}
	failed := factsOf(t, "messages", `{`+head+`"statuses":[{"id":"wamid.2","status":"failed","timestamp":"1789000000","recipient_id":"34600","errors":[{"code":131050,"title":"x"}]}]}`)
	if len(failed) != 2 || failed[1].Person == nil || failed[1].Person.OptOut == nil || failed[1].Person.Person.Phone != "34600" {
		t.Errorf("%+v", failed)
	}
}
