package widget

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// textArea is a text of several lines that is written in: Fyne's own entry says nothing of where it breaks its lines,
// so it could have neither chips behind placeholders nor lines under what is wrong.
type textArea struct {
	fynewidget.BaseWidget
	onChanged func(text string)
	onFocus   func(in bool)
	onMoved   func()                // the cursor or the selection is elsewhere
	onGrown   func()                // the height it asks for is another
	onStep    func()                // before a change that is a step by itself
	onUndo    func(again bool) bool // undo or redo; false: the text does it itself

	least, most int // rows
	placeholder string
	readOnly    bool
	marks       []TextMark

	model  textModel
	layout textLayout
	page   *areaPage
	scroll *scroller
	rows   int
}

// TextMark underlines a part of a text, in bytes: danger when Tone is Bad, a warning otherwise.
type TextMark struct {
	Start, End int
	Tone       Tone
}

const (
	areaPitch float32 = 26
	areaPadX  float32 = 15
	areaPadY  float32 = 10
)

func newTextArea(least, most int) *textArea {
	a := &textArea{least: least, most: most, rows: least}
	a.layout.size = theme.TypeBody.Size
	a.page = &areaPage{area: a}
	a.page.ExtendBaseWidget(a.page)
	a.scroll = newScroller(a.page, false)
	a.scroll.OnScrolled = func(fyne.Position) { a.page.draw() }
	a.ExtendBaseWidget(a)
	return a
}

// setText replaces everything; the history begins anew.
func (a *textArea) setText(s string) {
	s = ordered(s)
	if s == a.model.text {
		return
	}
	if a.page.focused {
		a.replaceText(s)
		return
	}
	a.model.set(s)
	a.marks = nil
	a.changed(false)
	a.scroll.ScrollToTop()
}

// replaceText is setText under somebody's hands: the cursor goes behind what has changed, and stays in sight.
func (a *textArea) replaceText(s string) {
	was := a.model.text
	end, most := len(s), min(len(s), len(was))
	for n := 0; n < most && s[len(s)-1-n] == was[len(was)-1-n]; n++ {
		end = len(s) - 1 - n
	}
	before := 0
	for before < most && s[before] == was[before] {
		before++
	}
	a.model.set(s)
	a.marks = nil
	a.changed(false)
	at := min(max(end, before), len(s))
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	a.move(at, false)
}

// ordered makes line breaks alike and bytes that are no text visible.
func ordered(s string) string {
	if strings.Contains(s, "\r") {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// insert types s in the place of the selection.
func (a *textArea) insert(s string, kind editKind) {
	if a.readOnly {
		return
	}
	s = ordered(s)
	a.step(kind)
	at, end := a.model.selection()
	a.model.insert(s, kind)
	a.shift(at, end, len(s))
	a.changed(true)
}

// erase removes the selection, or what lies up to an offset.
func (a *textArea) erase(to int, kind editKind) {
	if a.readOnly {
		return
	}
	a.step(kind)
	from, end := a.model.selection()
	if from == end {
		from, end = min(a.model.cursor, to), max(a.model.cursor, to)
	}
	a.model.erase(to, kind)
	a.shift(from, end, 0)
	a.changed(true)
}

// step tells of a change that does not join the one before.
func (a *textArea) step(kind editKind) {
	if kind == editOther {
		callIf(a.onStep)
	}
}

// shift keeps the marks at their words until they are set anew.
func (a *textArea) shift(from, to, length int) {
	by := length - (to - from)
	kept := a.marks[:0]
	for _, m := range a.marks {
		switch {
		case m.End <= from:
		case m.Start >= to:
			m.Start, m.End = m.Start+by, m.End+by
		default:
			continue
		}
		kept = append(kept, m)
	}
	a.marks = kept
}

func (a *textArea) undo() {
	if a.readOnly || a.onUndo != nil && a.onUndo(false) {
		return
	}
	if a.model.undo() {
		a.marks = nil
		a.changed(true)
	}
}

func (a *textArea) redo() {
	if a.readOnly || a.onUndo != nil && a.onUndo(true) {
		return
	}
	if a.model.redo() {
		a.marks = nil
		a.changed(true)
	}
}

func (a *textArea) toggle(mark string) {
	if a.readOnly {
		return
	}
	callIf(a.onStep)
	was := a.model.text
	a.model.toggle(mark)
	if a.model.text != was {
		a.marks = nil
		a.changed(true)
	}
}

// changed draws the text anew after an edit and tells it on.
func (a *textArea) changed(tell bool) {
	a.fitRows()
	a.page.Resize(a.page.Size().Max(fyne.NewSize(0, a.page.MinSize().Height)))
	a.scroll.Refresh()
	a.reveal()
	a.page.draw()
	if tell && a.onChanged != nil {
		a.onChanged(a.model.text)
	}
	callIf(a.onMoved)
}

// fitRows asks for as many rows as the text has, within its limits.
func (a *textArea) fitRows() {
	a.lines()
	rows := min(max(len(a.layout.lines), a.least), a.most)
	if rows != a.rows {
		a.rows = rows
		callIf(a.onGrown)
	}
}

// lines are those of the text at the width it has.
func (a *textArea) lines() []areaLine {
	w := a.scroll.Size().Width
	if w == 0 {
		w = 560
	}
	a.layout.update(a.model.text, fyne.Max(w-2*areaPadX-4, 40))
	return a.layout.lines
}

// move puts the cursor somewhere else.
func (a *textArea) move(to int, keep bool) {
	a.model.moveTo(to, keep)
	a.reveal()
	a.page.draw()
	callIf(a.onMoved)
}

// show selects a part, such as what a finding is about.
func (a *textArea) show(from, to int) {
	n := len(a.model.text)
	a.model.moveTo(min(max(from, 0), n), false)
	a.move(min(max(to, from), n), true)
}

// lineOf is the line on which an offset stands.
func (a *textArea) lineOf(at int) int {
	ls := a.lines()
	lo, hi := 0, len(ls)-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if ls[mid].start <= at {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

func (a *textArea) room() float32 { return a.layout.width }

// spot is where the cursor stands.
func (a *textArea) spot(at int) (line int, x float32) {
	line = a.lineOf(at)
	l := a.lines()[line]
	return line, xOf(l.segs(a.layout.size, a.room()), at-l.at, l.para.rtl, a.room(), a.layout.size)
}

// offset is what lies nearest to a point of a line.
func (a *textArea) offset(line int, x float32) int {
	ls := a.lines()
	l := ls[max(0, min(line, len(ls)-1))]
	at := l.at + l.offsetAt(l.segs(a.layout.size, a.room()), x, a.layout.size)
	if !l.last && at >= l.end && at > l.start { // behind the last blank is the next line already
		at = max(l.start, min(at, max(l.shown, a.model.prev(l.end))))
	}
	return at
}

// reveal scrolls so that the cursor is seen.
func (a *textArea) reveal() {
	high := a.scroll.Size().Height
	if high == 0 {
		return
	}
	top := areaPadY + float32(a.lineOf(a.model.cursor))*areaPitch
	switch y := a.scroll.Offset.Y; {
	case top-4 < y:
		a.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, top-4)))
	case top+areaPitch+4 > y+high:
		a.scroll.ScrollToOffset(fyne.NewPos(0, top+areaPitch+4-high))
	}
}

// menu is what the other mouse button offers.
func (a *textArea) menu(at fyne.Position) {
	c := fyne.CurrentApp().Driver().CanvasForObject(a.page)
	if c == nil {
		return
	}
	clip := fyne.CurrentApp().Clipboard()
	item := func(words string, s fyne.Shortcut, off bool) *fyne.MenuItem {
		m := fyne.NewMenuItem(words, func() { a.page.TypedShortcut(s) })
		m.Disabled = off
		return m
	}
	none := a.model.selected() == ""
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("",
		item(lang.X("command.undo", "Undo"), &fyne.ShortcutUndo{}, a.readOnly || len(a.model.undos) == 0),
		item(lang.X("command.redo", "Redo"), &fyne.ShortcutRedo{}, a.readOnly || len(a.model.redos) == 0),
		fyne.NewMenuItemSeparator(),
		item(lang.X("command.cut", "Cut"), &fyne.ShortcutCut{Clipboard: clip}, a.readOnly || none),
		item(lang.X("command.copy", "Copy"), &fyne.ShortcutCopy{Clipboard: clip}, none),
		item(lang.X("command.paste", "Paste"), &fyne.ShortcutPaste{Clipboard: clip}, a.readOnly),
		fyne.NewMenuItemSeparator(),
		item(lang.X("command.select_all", "Select all"), &fyne.ShortcutSelectAll{}, a.model.text == ""),
	), c, at)
}

// CreateRenderer is for Fyne.
func (a *textArea) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) {
		was := a.scroll.Size().Width
		place(a.scroll, 0, 0, size.Width, size.Height)
		if was != size.Width {
			a.fitRows()
		}
		a.page.draw()
	}
	min := func() fyne.Size { return fyne.NewSize(200, float32(a.rows)*areaPitch+8) }
	return newRenderer(a, min, layout, func() {}, a.scroll)
}
