package templates

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/app"
	"shopbell/meta/template"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func document(body string, buttons ...template.Button) template.Document {
	d := template.Document{Name: "quotation", Language: "en", Category: template.Utility}
	setText(&d, template.Body, body)
	if len(buttons) > 0 {
		d.Ensure(template.Buttons).Buttons = buttons
	}
	return d
}

func link(text string) template.Button {
	return template.Button{Type: template.URLButton, Text: text, URL: "https://shop.example/" + text + "/{{1}}"}
}

// bound is a model each of whose places is bound to a path of its own.
func bound(d template.Document) *model {
	m := newModel(app.Template{Name: "Quotation", Document: d})
	for i, b := range m.now.Bindings {
		m.bind(b.Slot, "", noon, func(b *app.Binding) {
			b.Kind, b.Path, b.Sample = app.BindField, "path"+strconv.Itoa(i), "sample"+strconv.Itoa(i)
		})
	}
	m.undo = nil
	return m
}

// A binding belongs to its placeholder: as long as that stands in the text, no editing takes it away, and where a placeholder comes back, so does its binding.
func TestEditsNeverLoseABindingWhosePlaceholderRemains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := bound(document("Hello {{1}}, {{2}} and {{3}} are here.", link("a"), link("b"), template.Button{Type: template.QuickReply, Text: "c"}))
		remembered := map[template.Slot]string{}
		for _, b := range m.now.Bindings {
			remembered[b.Slot] = b.Path
		}
		parts := []template.ComponentType{template.Body, template.Header, template.Footer}
		for i := range rapid.IntRange(1, 30).Draw(t, "edits") {
			at := noon.Add(time.Duration(i) * time.Duration(rapid.IntRange(1, 3000).Draw(t, "ms")) * time.Millisecond)
			part := rapid.SampledFrom(parts).Draw(t, "part")
			was := m.now
			if rapid.IntRange(0, 9).Draw(t, "undo") == 0 {
				m.back()
				continue
			}
			s := textOf(m.now.Document, part)
			from := rapid.IntRange(0, len(s)).Draw(t, "from")
			to := rapid.IntRange(from, min(len(s), from+6)).Draw(t, "to")
			s = s[:from] + rapid.SampledFrom([]string{"", "x", "{{1}}", "{{2}}", "{{4}}", "{{", "}}", "é", "\n"}).Draw(t, "typed") + s[to:]
			m.change("text", at, func(t *app.Template) { setText(&t.Document, part, s) })
			for _, b := range was.Bindings {
				if !slices.Contains(m.now.Document.Slots(), b.Slot) {
					continue
				}
				if now, ok := m.binding(b.Slot); !ok || now != b {
					t.Fatalf("%v was %+v and is %+v", b.Slot, b, now)
				}
			}
			for _, b := range m.now.Bindings {
				if path, ok := remembered[b.Slot]; ok && b.Path != path {
					t.Fatalf("%v came back with %q instead of %q", b.Slot, b.Path, path)
				}
			}
			if got := len(m.now.Bindings); got != len(m.now.Document.Slots()) {
				t.Fatalf("%d bindings for %d places", got, len(m.now.Document.Slots()))
			}
		}
		for m.back() {
		}
		if m.now.Document.Component(template.Body).Text != "Hello {{1}}, {{2}} and {{3}} are here." {
			t.Fatalf("undone to %q", textOf(m.now.Document, template.Body))
		}
	})
}

// Moving and removing buttons takes their bindings along.
func TestButtonsKeepTheirBindings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "buttons")
		var buttons []template.Button
		for i := range n {
			buttons = append(buttons, link(strconv.Itoa(i)))
		}
		m := bound(document("Hello", buttons...))
		of := map[string]string{}
		for i, b := range m.now.Bindings {
			of[strconv.Itoa(i)] = b.Path
		}
		for range rapid.IntRange(1, 8).Draw(t, "moves") {
			have := m.now.Document.Component(template.Buttons)
			if have == nil {
				break
			}
			from, to := rapid.IntRange(0, len(have.Buttons)-1).Draw(t, "from"), rapid.IntRange(0, len(have.Buttons)-1).Draw(t, "to")
			away := rapid.IntRange(0, 3).Draw(t, "remove") == 0
			m.moving("", noon, func(t *app.Template) renames {
				if away {
					return removeButton(&t.Document, -1, from)
				}
				return moveButton(&t.Document, -1, from, to)
			})
		}
		if have := m.now.Document.Component(template.Buttons); have != nil {
			for i, b := range have.Buttons {
				if got, _ := m.binding(template.ButtonSlot(i, "1")); got.Path != of[b.Text] {
					t.Fatalf("button %s has %q instead of %q", b.Text, got.Path, of[b.Text])
				}
			}
		}
	})
}

func TestCardsKeepTheirBindingsAndFiles(t *testing.T) {
	d := document("Look")
	for range 3 {
		addCard(&d)
	}
	cards := d.Component(template.Carousel).Cards
	for i := range cards {
		cards[i].Component(template.Body).Text = fmt.Sprintf("Card %d {{1}} here", i)
	}
	m := bound(d)
	m.change("", noon, func(t *app.Template) {
		t.Files = []app.HeaderFile{{Card: 0, Name: "a"}, {Card: 2, Name: "c"}}
	})
	m.moving("", noon, func(t *app.Template) renames { return arrangeCards(t, []int{2, 0}) })
	if got := m.now.Bindings; len(got) != 2 || got[0].Path != "path2" || got[1].Path != "path0" {
		t.Errorf("%+v", got)
	}
	if f, _ := m.now.File(0); f.Name != "c" {
		t.Errorf("%+v", m.now.Files)
	}
	if f, _ := m.now.File(1); f.Name != "a" {
		t.Errorf("%+v", m.now.Files)
	}
	m.back()
	if len(m.now.Bindings) != 3 || len(m.now.Document.Component(template.Carousel).Cards) != 3 {
		t.Errorf("undone to %+v", m.now.Bindings)
	}
}

func TestAMendThatRenumbersTakesBindingsAlong(t *testing.T) {
	m := bound(document("Hello {{1}}, {{3}} is here."))
	m.mend(noon, func(d template.Document) (template.Document, renames) {
		d = d.Clone()
		c := d.Component(template.Body)
		var r template.Renames
		c.Text, r = template.CloseGaps(c.Text)
		out := renames{}
		for from, to := range r {
			out[template.BodySlot(from)] = template.BodySlot(to)
		}
		return d, out
	})
	if b, _ := m.binding(template.BodySlot("2")); b.Path != "path1" || b.Sample != "sample1" {
		t.Errorf("%+v", m.now.Bindings)
	}
	m.mend(noon, func(d template.Document) (template.Document, renames) {
		d = d.Clone()
		d.SetSample(template.BodySlot("2"), "29,640.00 €")
		return d, nil
	})
	if b, _ := m.binding(template.BodySlot("2")); b.Path != "path1" || b.Sample != "29,640.00 €" {
		t.Errorf("a sample that a mend wrote is not the binding's: %+v", b)
	}
}

func TestTypingIsOneStep(t *testing.T) {
	m := newModel(app.Template{Document: document("")})
	say := func(s string, at time.Duration) {
		m.change("body", noon.Add(at), func(t *app.Template) { setText(&t.Document, template.Body, s) })
	}
	say("H", 0)
	say("He", 200*time.Millisecond)
	say("Hey", 400*time.Millisecond)
	say("Hey you", 5*time.Second)
	if !m.back() || textOf(m.now.Document, template.Body) != "Hey" {
		t.Errorf("%q", textOf(m.now.Document, template.Body))
	}
	if !m.back() || textOf(m.now.Document, template.Body) != "" || m.back() {
		t.Errorf("%q", textOf(m.now.Document, template.Body))
	}
	if m.dirty() {
		t.Error("all is undone, and yet it is dirty")
	}
	m.forth()
	m.forth()
	if textOf(m.now.Document, template.Body) != "Hey you" || m.forth() || !m.dirty() {
		t.Errorf("%q", textOf(m.now.Document, template.Body))
	}
}

func TestSavingWhileTyping(t *testing.T) {
	m := newModel(app.Template{Document: document("a"), Revision: 1})
	m.change("body", noon, func(t *app.Template) { setText(&t.Document, template.Body, "ab") })
	handed, version := m.now, m.version
	m.change("body", noon, func(t *app.Template) { setText(&t.Document, template.Body, "abc") })
	kept := handed
	kept.Revision = 2
	kept.Document.Name = "follows"
	m.saved(handed, version, kept)
	if m.now.Document.Name != "follows" {
		t.Error("the store's technical name is lost")
	}
	if m.now.Revision != 2 || textOf(m.now.Document, template.Body) != "abc" || !m.dirty() {
		t.Errorf("revision %d, %q", m.now.Revision, textOf(m.now.Document, template.Body))
	}
	m.back()
	if m.now.Revision != 2 || m.now.Document.Name != "follows" {
		t.Error("undo takes back what is the store's")
	}
}

func TestCategoryTurnsADocumentIntoOneOfCodesAndBack(t *testing.T) {
	d := document("Hello {{1}}")
	setHeaderFormat(&d, template.HeaderImage)
	setCategory(&d, template.Authentication)
	if kindOf(d) != authDoc || d.Component(template.Header) != nil || len(d.Component(template.Buttons).Buttons) != 1 {
		t.Errorf("%+v", d)
	}
	setCategory(&d, template.Marketing)
	if kindOf(d) != plainDoc || d.Component(template.Buttons) != nil || d.Component(template.Body) == nil {
		t.Errorf("%+v", d)
	}
}
