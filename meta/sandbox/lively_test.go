package sandbox

import (
	"strings"
	"testing"
)

// TestCast: everybody writes first once somebody listens, reads what staff write, and answers in their own words.
func TestCast(t *testing.T) {
	d := open(t, func(c *Config) { c.Lively = true })
	if n := len(d.s.w.cast); n != 0 {
		t.Fatalf("%d wrote before anybody listened", n)
	}
	h := d.listen()
	waiting := map[string]*role{}
	for i := range roles {
		waiting[roles[i].phone] = &roles[i]
	}
	for len(waiting) > 0 {
		for _, m := range h.next().items("messages") {
			r := waiting[asText(m["from"])]
			if r == nil {
				t.Fatalf("a stranger or a second opening: %v", m)
			}
			if text := asText(asObject(m["text"])["body"]); !contains(r.first, text) {
				t.Errorf("%s opens with %q", r.name, text)
			}
			delete(waiting, r.phone)
		}
	}
	mai := &roles[0]
	heard := map[string]bool{}
	for i := range 12 { // twelve times staff write, and Mai answers until the matter is settled
		id := d.send(mai.phone, "We look into it.")
		if i > len(mai.talk) {
			h.final(id, "read")
			continue
		}
		for answered := false; !answered; {
			for _, m := range h.next().items("messages") {
				answered = true
				if m["from"] != mai.phone {
					t.Errorf("%v", m)
				}
				if c := asObject(m["context"]); c != nil && c["id"] != id {
					t.Errorf("quotes something else: %v", m)
				}
				heard[asText(asObject(m["text"])["body"])] = true
			}
		}
	}
	known := strings.Join(append(append(append([]string{""}, mai.last...), mai.talk[0]...), mai.talk[1]...), "\n")
	for text := range heard {
		if !strings.Contains(known, text) {
			t.Errorf("Mai says %q", text)
		}
	}
}

// TestCastTaps: a button message is answered by a tap on one of its buttons.
func TestCastTaps(t *testing.T) {
	d := open(t, func(c *Config) { c.Lively = true })
	h := d.listen()
	h.collect("messages", len(roles))
	o := roles[3].phone
	a := d.post("PHONE/messages", strings.Replace(interactive(`{"type":"button","body":{"text":"Which?"},"action":{"buttons":[`+button("blue", "Blue")+`,`+button("red", "Red")+`]}}`), customer1, o, 1))
	m := answer{body: h.collect("messages", 1)[0]}
	if m.str("type") != "interactive" || m.str("interactive.type") != "button_reply" || m.str("context.id") != a.str("messages.0.id") || !contains([]string{"blue", "red"}, m.str("interactive.button_reply.id")) {
		t.Errorf("%v", m.body)
	}
}

func TestQuestionsAreSeen(t *testing.T) {
	for text, want := range map[string]bool{"Which one?": true, "هل هذا؟ ": true, "哪个？": true, "Fine.": false, "": false, "Really?!": true} {
		if endsWithQuestion(text) != want {
			t.Errorf("%q", text)
		}
	}
}
