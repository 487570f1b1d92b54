package widget

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTypingIsUndoneWordByWord(t *testing.T) {
	var m textModel
	for _, r := range "one two\nthree" {
		m.insert(string(r), editType)
	}
	m.moveTo(3, false)
	m.insert("!", editType)
	for _, want := range []string{"one two\nthree", "one two\n", "one two", "one ", ""} {
		if !m.undo() || m.text != want {
			t.Fatalf("undone to %q, want %q", m.text, want)
		}
	}
	if m.undo() {
		t.Error("there was nothing left to undo")
	}
	for m.redo() {
	}
	if m.text != "one! two\nthree" || m.cursor != 4 {
		t.Errorf("redone to %q with the cursor at %d", m.text, m.cursor)
	}
	m.undo()
	m.insert("?", editType)
	if m.redo() {
		t.Error("after typing there is nothing to redo")
	}
}

func TestErasingIsUndoneTogether(t *testing.T) {
	var m textModel
	m.set("Hello {{1}}")
	for range 5 {
		m.erase(m.prev(m.cursor), editErase)
	}
	if m.text != "Hello " {
		t.Fatalf("erased to %q", m.text)
	}
	m.undo()
	if m.text != "Hello {{1}}" || m.cursor != len(m.text) {
		t.Errorf("undone to %q, cursor %d", m.text, m.cursor)
	}
}

func TestMarksWrapAndUnwrap(t *testing.T) {
	for _, c := range []struct {
		text     string
		from, to int
		mark     string
		want     string
		selected string
	}{
		{"Hello Mai", 6, 9, "*", "Hello *Mai*", "Mai"},
		{"Hello *Mai*", 7, 10, "*", "Hello Mai", "Mai"},
		{"Hello *Mai*", 6, 11, "*", "Hello Mai", "Mai"},
		{"Hello Mai ", 5, 10, "_", "Hello _Mai_ ", "Mai"},
		{"Hello Mai", 8, 8, "~", "Hello ~Mai~", "Mai"},
		{"Hello ", 6, 6, "*", "Hello **", ""},
		{"Hello **", 7, 7, "*", "Hello ", ""},
		{"one\n\ntwo", 0, 8, "*", "*one*\n\n*two*", "*one*\n\n*two*"},
		{"*one*\n\n*two*", 0, 12, "*", "one\n\ntwo", "one\n\ntwo"},
		{"a code b", 2, 6, "```", "a ```code``` b", "code"},
		{"for {{2}}.", 4, 9, "*", "for *{{2}}*.", "{{2}}"},
	} {
		var m textModel
		m.set(c.text)
		m.moveTo(c.from, false)
		m.moveTo(c.to, true)
		m.toggle(c.mark)
		if m.text != c.want || m.selected() != c.selected {
			t.Errorf("%q [%d:%d] %s: %q selecting %q, want %q selecting %q", c.text, c.from, c.to, c.mark, m.text, m.selected(), c.want, c.selected)
		}
		m.undo()
		if m.text != c.text {
			t.Errorf("%q: undone to %q", c.text, m.text)
		}
	}
}

func TestStepsByLetterAndWord(t *testing.T) {
	var m textModel
	m.set("Hôm nay 👍🏽 {{1}}!\nmới")
	if at := m.prev(len("Hôm nay 👍🏽")); m.text[at:at+4] != "👍" {
		t.Errorf("one letter back is %q", m.text[at:])
	}
	if at := m.next(len("Hôm nay ")); at != len("Hôm nay 👍🏽") {
		t.Errorf("one letter on is %q", m.text[at:])
	}
	if at := m.nextWord(0); m.text[:at] != "Hôm" {
		t.Errorf("one word on is %q", m.text[:at])
	}
	if at := m.prevWord(len(m.text)); m.text[at:] != "mới" {
		t.Errorf("one word back is %q", m.text[at:])
	}
	m.set(strings.Repeat("x", 5000))
	if at := m.prev(4000); at != 3999 {
		t.Errorf("in a long word, one letter back from 4000 is %d", at)
	}
}

// Whatever is done to a text, taking it all back gives what there was, and doing it again what came of it; the cursor
// always stands between letters.
func TestHistoryIsExact(t *testing.T) {
	pieces := []string{"a", " ", "\n", "é", "{{1}}", "*", "👍🏽", "שלום", "word"}
	rapid.Check(t, func(rt *rapid.T) {
		var m textModel
		m.set(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(rt, "text"), ""))
		was := m.text
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			switch rapid.IntRange(0, 6).Draw(rt, "step") {
			case 0, 1:
				m.insert(rapid.SampledFrom(pieces).Draw(rt, "typed"), editType)
			case 2:
				m.erase(m.prev(m.cursor), editErase)
			case 3:
				m.erase(m.next(m.cursor), editDelete)
			case 4:
				m.moveTo(m.prevWord(m.cursor), rapid.Bool().Draw(rt, "keep"))
			case 5:
				m.moveTo(m.next(m.cursor), rapid.Bool().Draw(rt, "keep"))
			case 6:
				m.toggle(rapid.SampledFrom([]string{"*", "_", "```"}).Draw(rt, "mark"))
			}
			from, to := m.selection()
			if !utf8.ValidString(m.text[:from]) || !utf8.ValidString(m.text[from:to]) || !utf8.ValidString(m.text[to:]) {
				rt.Fatalf("the cursor stands inside a letter of %q: %d, %d", m.text, from, to)
			}
		}
		is := m.text
		for m.undo() {
		}
		if m.text != was {
			rt.Fatalf("undone to %q, began with %q", m.text, was)
		}
		for m.redo() {
		}
		if m.text != is {
			rt.Fatalf("redone to %q, was %q", m.text, is)
		}
	})
}

func TestDifference(t *testing.T) {
	l, r := difference("Hello {{1}}, here is your quotation.", "Hello {{1}}, here is the offer.")
	if len(l) != 3 || !l[1].only || l[1].text != "your quotation" || r[1].text != "the offer" || r[0].text != "Hello {{1}}, here is " {
		t.Errorf("left %v, right %v", l, r)
	}
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", " ", "\n", "{{1}}", "ñandú", ".", "x y"}), 0, 30)
	rapid.Check(t, func(rt *rapid.T) {
		a, b := strings.Join(words.Draw(rt, "a"), ""), strings.Join(words.Draw(rt, "b"), "")
		l, r := difference(a, b)
		if whole(l, true) != a || whole(r, true) != b {
			rt.Fatalf("%q and %q became %v and %v", a, b, l, r)
		}
		if a == b && (len(l) > 1 || len(l) == 1 && l[0].only) {
			rt.Fatalf("%q differs from itself: %v", a, l)
		}
		if strings.ReplaceAll(whole(l, false), " ", "") != strings.ReplaceAll(whole(r, false), " ", "") {
			rt.Fatalf("what is in both is %q at the left and %q at the right", whole(l, false), whole(r, false))
		}
	})
	long := strings.Repeat("word other ", 10_000)
	if l, _ := difference(long, "x "+long); whole(l, true) != long {
		t.Error("a long text was not kept whole")
	}
}

func whole(cs []change, all bool) string {
	var b strings.Builder
	for _, c := range cs {
		if all || !c.only {
			b.WriteString(c.text)
		}
	}
	return b.String()
}
