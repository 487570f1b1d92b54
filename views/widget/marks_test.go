package widget

import "testing"

func TestMessagesShowListsQuotesAndCode(t *testing.T) {
	s := parse("To do:\n- *oak* table\n2. lamp, see https://example.com/2.\n> by Friday?\n> sure\n```a = *1*```\nbye")
	if want := "To do:\n• oak table\n2. lamp, see https://example.com/2.\n▎by Friday?\n▎sure\na = *1*\nbye"; s.text != want {
		t.Fatalf("shown as %q, want %q", s.text, want)
	}
	at, seen := 0, map[string]bool{}
	for _, sp := range s.spans {
		if sp.start != at || sp.end <= sp.start {
			t.Fatalf("span %+v after %d", sp, at)
		}
		at = sp.end
		switch text := s.text[sp.start:sp.end]; {
		case sp.style.Bold:
			seen["bold "+text] = true
		case sp.style.Monospace:
			seen["mono "+text] = true
		case sp.link != "":
			seen["link "+sp.link] = true
		}
	}
	for _, want := range []string{"bold oak", "mono ▎", "mono a = *1*", "link https://example.com/2"} {
		if !seen[want] {
			t.Errorf("no %q in %v", want, seen)
		}
	}
	if at != len(s.text) {
		t.Errorf("the spans end at %d of %d", at, len(s.text))
	}
	if s := parse(""); s.text != "" || len(s.spans) != 1 {
		t.Errorf("nothing is %+v", s)
	}
}
