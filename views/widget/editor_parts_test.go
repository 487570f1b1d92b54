package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

func TestStatusIsToldByWordAndIcon(t *testing.T) {
	seen := map[string]string{}
	for _, s := range []string{"DRAFT", "PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED", "LIMIT_EXCEEDED", "IN_APPEAL", "PENDING_DELETION", "GONE", "CONFLICT", "ARCHIVED", "UPLOADING", "FLAGGED", "LOCKED"} {
		word, icon, _ := StatusLook(s)
		if word == "" || icon == "" || seen[word] != "" {
			t.Errorf("%s is %q with %q, as is %s", s, word, icon, seen[word])
		}
		seen[word] = s
	}
	if word, _, tone := StatusLook("SOMETHING_NEW"); word != "Something new" || tone != Quiet {
		t.Errorf("an unknown status is %q", word)
	}
	newApp(t)
	c := NewStatusChip("REJECTED", "The sample of {{2}} is missing")
	layer := NewTipLayer()
	t.Cleanup(func() { tipLayers = nil })
	shown(t, container.NewStack(container.NewHBox(c), layer), fyne.NewSize(400, 200))
	over := 0
	c.OnHover = func(in bool) { over++ }
	c.MouseIn(&desktop.MouseEvent{})
	c.tip.show(c, c.reason)
	if layer.words != c.Reason() || over != 1 {
		t.Errorf("the tip says %q", layer.words)
	}
	c.MouseOut()
	if layer.words != "" || over != 2 {
		t.Error("the tip stays")
	}
}

func TestFindingsMendAndShow(t *testing.T) {
	newApp(t)
	f := NewFindings("Before you submit", "checked as you type", 2)
	shown(t, f, fyne.NewSize(400, 300))
	mended, looked := 0, 0
	row := FindingRow{Tone: Bad, Place: "Body {{2}}", Text: "has no sample, and the reviewer needs one to see what it is about, since without it nobody can tell", Mend: "Use 5", OnMend: func() { mended++ }, OnShow: func() { looked++ }}
	f.Set([]FindingRow{row, {Tone: Warn, Text: "b"}, {Text: "c"}})
	if f.Count() != 3 || !strings.Contains(strings.Join(texts(f), "|"), "3") {
		t.Errorf("it shows %q", texts(f))
	}
	if h := f.rows[0].heightFor(400); h <= findingHeight {
		t.Error("a long reason is cut, not wrapped")
	}
	if high := f.MinSize().Height; high > findingsHead+f.rows[0].heightFor(400)+2*findingHeight {
		t.Errorf("three rows are %v high where two are to be seen", high)
	}
	test.Tap(f.rows[0].mend)
	test.Tap(f.rows[0])
	press(f.rows[0], fyne.KeyReturn)
	if mended != 1 || looked != 2 {
		t.Errorf("mended %d, looked %d times", mended, looked)
	}
	f.Set(nil)
	if f.Count() != 0 || f.MinSize().Height != findingsHead {
		t.Error("an empty panel keeps room for rows")
	}
}

func TestReorderByKeysAndMouse(t *testing.T) {
	newApp(t)
	var moves [][2]int
	a, b, d := NewField("", ""), NewField("", ""), NewField("", "")
	o := NewReorder(8, func(from, to int) { moves = append(moves, [2]int{from, to}) }, a, b, d)
	c := shown(t, o, fyne.NewSize(400, 200))
	g := o.rows[0].grip
	c.Focus(g)
	alt := &fyne.KeyEvent{Name: desktop.KeyAltLeft}
	g.KeyDown(&fyne.KeyEvent{Name: fyne.KeyDown})
	if len(moves) != 0 {
		t.Fatal("Down alone moves the row")
	}
	g.KeyDown(alt)
	g.KeyDown(&fyne.KeyEvent{Name: fyne.KeyDown})
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt}) // as the window does, after the key
	g.KeyUp(alt)
	if o.Row(1) != a || c.Focused() != g || len(moves) != 1 {
		t.Fatalf("moved %v", moves)
	}
	g.KeyDown(alt)
	for range 3 {
		g.KeyDown(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	g.KeyUp(alt)
	if o.Row(2) != a || len(moves) != 2 {
		t.Errorf("moved %v beyond the end", moves)
	}
	last := o.rows[2].grip
	last.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -60)})
	last.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -60)})
	if !o.line.Visible() {
		t.Error("nothing says where the row will land")
	}
	last.DragEnd()
	if o.Row(0) != a || moves[2] != [2]int{2, 0} || o.line.Visible() {
		t.Errorf("dragged: %v", moves)
	}
}

func TestProgressAndFileRows(t *testing.T) {
	newApp(t)
	stopped := 0
	p := NewProgressRow("Reading", func() { stopped++ })
	shown(t, p, fyne.NewSize(400, 40))
	p.Set("Reading", 30, 120)
	if p.Share() != 0.25 || !strings.Contains(strings.Join(texts(p), "|"), "30 of 120") {
		t.Errorf("share %v, shows %q", p.Share(), texts(p))
	}
	test.Tap(p.cancel)
	p.Set("Reading", 500, 120)
	p.SetFailed("The network was cut")
	if stopped != 1 || p.Share() != 1 || !strings.Contains(strings.Join(texts(p), "|"), "The network was cut") {
		t.Errorf("stopped %d, shows %q", stopped, texts(p))
	}
	chosen, removed, mended := 0, 0, 0
	f := NewFileRow("Drop a picture", "JPEG or PNG, at most 5 MB", func() { chosen++ }, func() { removed++ })
	shown(t, container.NewWithoutLayout(f), fyne.NewSize(500, 200))
	place(f, 10, 10, 460, 100)
	test.Tap(f.choose)
	f.SetFile(&File{Name: "a\u202egpj.exe", MIME: "image/png", Size: 1_240_000, Detail: "10 × 10"})
	words := strings.Join(texts(f), "|")
	if !strings.Contains(words, "PNG · 1.2 MB · 10 × 10") || strings.Contains(words, "\u202e") || f.choose.Visible() {
		t.Errorf("a file shows %q", words)
	}
	f.SetWrong("Too large", "Make smaller", func() { mended++ })
	test.Tap(f.mend)
	test.Tap(f.remove)
	if chosen != 1 || removed != 1 || mended != 1 {
		t.Errorf("chosen %d, removed %d, mended %d", chosen, removed, mended)
	}
	if !f.Holds(fyne.NewPos(20, 20)) || f.Holds(fyne.NewPos(480, 20)) {
		t.Error("where a dropped file lands")
	}
	for n, want := range map[int64]string{999: "999 B", 1500: "2 kB", 200_000_000: "200.0 MB"} {
		if FileSize(n) != want {
			t.Errorf("%d is %s", n, FileSize(n))
		}
	}
}

func TestPhoneScrollsAndUnfolds(t *testing.T) {
	newApp(t)
	p := NewPhone("Lantern & Oak")
	shown(t, p, fyne.NewSize(300, 500))
	doc := phoneDocs()["many"]
	p.Set(template.Render(doc, phoneValue), "10:44", nil)
	pressed := -9
	p.Card().OnButton = func(i int) { pressed = i }
	short := p.Card().HeightFor(226)
	last := p.Card().drawing.buttons[2]
	p.Card().Tapped(&fyne.PointEvent{Position: fyne.NewPos(last.x+20, last.y+10)})
	if p.Card().HeightFor(226) <= short || len(p.Card().drawing.buttons) != 4 {
		t.Fatal("See all options shows no more")
	}
	third := p.Card().drawing.buttons[2]
	p.Card().Tapped(&fyne.PointEvent{Position: fyne.NewPos(third.x+20, third.y+10)})
	if pressed != 2 {
		t.Errorf("button %d was pressed", pressed)
	}
	doc.Components[0].Text = strings.Repeat("A long line of text. ", 80)
	p.Set(template.Render(doc, phoneValue), "10:44", nil)
	p.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -300)})
	if p.scroll.Offset.Y != 300 {
		t.Errorf("scrolled to %v", p.scroll.Offset)
	}
	p.Set(template.Render(phoneDocs()["text"], phoneValue), "10:44", nil)
	if p.scroll.Offset.Y != 0 {
		t.Errorf("a short message stays scrolled to %v", p.scroll.Offset)
	}
	p.Set(template.Render(phoneDocs()["carousel"], phoneValue), "10:44", nil)
	strip := p.Card().strip
	strip.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-90, 0)})
	if strip.Offset.X != 90 {
		t.Errorf("the carousel scrolled to %v", strip.Offset)
	}
}

// What of a template comes from outside is drawn without marks that turn it, and never wider than the phone.
func TestPhoneKeepsBadTextInside(t *testing.T) {
	newApp(t)
	p := NewPhone(strings.Repeat("Long name ", 20))
	shown(t, p, fyne.NewSize(264, 500))
	bad := "\u202eevil\u202c " + strings.Repeat("x", 500) + " {{1}} {{{{1}}}} \u200b"
	for name, doc := range phoneDocs() {
		for i := range doc.Components {
			doc.Components[i].Text = bad
			for k := range doc.Components[i].Buttons {
				doc.Components[i].Buttons[k].Text = bad
			}
		}
		p.Set(template.Render(doc, func(template.Slot) string { return bad }), "10:44", nil)
		for _, r := range p.Card().drawing.runs {
			if strings.Contains(r.text, "\u202e") || r.x < 0 || r.x+r.width > 226.5 {
				t.Errorf("%s: %.30q from %v to %v", name, r.text, r.x, r.x+r.width)
			}
		}
	}
}

func TestPhoneShowsAddressesAsLinks(t *testing.T) {
	newApp(t)
	d := drawCard(template.Preview{Body: template.Blocks("Pay at https://shop.example/q/22.")}, CardLook{}, 226, false)
	address := ""
	for _, r := range d.runs {
		if (r.link != "") != (r.colour == theme.Accent) {
			t.Errorf("%q is %s, link %q", r.text, r.colour, r.link)
		}
		if r.link != "" {
			address += r.text
		}
	}
	if address != "https://shop.example/q/22" {
		t.Errorf("drawn as a link: %q", address)
	}
}

func BenchmarkPhoneKeystroke(b *testing.B) {
	newApp(b)
	p := NewPhone("Lantern & Oak")
	shown(b, p, fyne.NewSize(264, 500))
	for _, name := range []string{"text", "marks", "carousel"} {
		doc := phoneDocs()[name]
		at := len(doc.Components) - 1
		for doc.Components[at].Type != template.Body {
			at--
		}
		text := doc.Components[at].Text
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++
				doc.Components[at].Text = text + strings.Repeat("y", n%20)
				p.Set(template.Render(doc, phoneValue), "10:44", nil)
			}
			ratio(b, keystrokeLimit)
		})
	}
}
