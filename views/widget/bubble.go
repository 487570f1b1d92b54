package widget

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// bubble shows one row of the timeline. Bubbles are pooled: one is bound to another message when its own scrolls
// out of sight, and only what differs is drawn anew.
type bubble struct {
	fynewidget.BaseWidget
	owner *Timeline
	row   *row
	bound *bubbleLayout
	over  fyne.Position // where the pointer is

	day, lineLeft, lineRight, ground, quote, quoteBar, reaction *canvas.Rectangle
	image                                                       *canvas.Image
	icon, tick                                                  *glyph
	texts                                                       []*canvas.Text
	mend                                                        *Button
	card                                                        *TemplateCard
	carded                                                      *bubbleLayout // what the card shows
	failed                                                      *canvas.Rectangle
	tip                                                         tip
	objects                                                     []fyne.CanvasObject
}

var (
	_ fyne.Tappable          = (*bubble)(nil)
	_ fyne.SecondaryTappable = (*bubble)(nil)
	_ desktop.Hoverable      = (*bubble)(nil)
	_ desktop.Cursorable     = (*bubble)(nil)
)

func newBubble(owner *Timeline) *bubble {
	b := &bubble{
		owner: owner, day: newRect(dayHeight / 2), lineLeft: newRect(0), lineRight: newRect(0), ground: newRect(0),
		quote: newRect(theme.RadiusControl), quoteBar: newRect(0), reaction: newRect(theme.HeightSmallPill / 2),
		image: &canvas.Image{FillMode: canvas.ImageFillCover, CornerRadius: theme.RadiusBox},
		icon:  newGlyph(), tick: newGlyph(), failed: newRect(theme.RadiusBubble),
	}
	b.image.Hidden, b.failed.Hidden = true, true
	b.ExtendBaseWidget(b)
	b.collect()
	return b
}

// collect lists the objects in the order in which they are drawn.
func (b *bubble) collect() {
	b.objects = append(b.objects[:0], b.day, b.lineLeft, b.lineRight, b.ground, b.quote, b.quoteBar, b.image, b.icon.Image, b.tick.Image)
	if b.card != nil {
		b.objects = append(b.objects, b.card, b.failed)
	}
	b.objects = append(b.objects, b.reaction)
	for _, t := range b.texts {
		b.objects = append(b.objects, t)
	}
	if b.mend != nil {
		b.objects = append(b.objects, b.mend)
	}
}

// bind shows a row, or the same row in another theme or state.
func (b *bubble) bind(r *row) {
	b.row, b.bound = r, r.layout
	l, m := r.layout, &r.Message
	b.rect(b.day, l.day, theme.Pane, theme.Line)
	b.divider(l)
	c := l.corners
	b.ground.TopLeftCornerRadius, b.ground.TopRightCornerRadius = c[0], c[1]
	b.ground.BottomRightCornerRadius, b.ground.BottomLeftCornerRadius = c[2], c[3]
	ground := l.bubble
	if l.carded || l.bare {
		ground = box{} // a card has its own
	}
	b.rect(b.ground, ground, l.ground, l.edge)
	b.rect(b.quote, l.quote, theme.AccentSoft2, "")
	bar := l.quote
	if bar != (box{}) {
		bar.w = 3
	}
	b.rect(b.quoteBar, bar, theme.Accent, "")
	b.quoteBar.TopLeftCornerRadius, b.quoteBar.BottomLeftCornerRadius = 3, 3
	b.rect(b.reaction, l.reaction, theme.Pane, theme.BubbleLine)
	b.picture(l, m)
	b.glyph(b.icon, l.icon, l.iconName, l.iconTint)
	name, tint := m.Tick.icon()
	b.glyph(b.tick, l.tick, name, tint)
	grew := b.words(l)
	carded := b.template(r)
	b.paintFailed(l, m)
	if b.button(l, m) || grew || carded {
		b.collect()
	}
}

func (b *bubble) rect(r *canvas.Rectangle, at box, ground, edge fyne.ThemeColorName) {
	show(r, at != (box{}))
	if at == (box{}) {
		return
	}
	fill(r, ground, edge, 1)
	place(r, at.x, at.y, at.w, at.h)
}

func (b *bubble) glyph(g *glyph, at box, name string, tint fyne.ThemeColorName) {
	if at == (box{}) {
		name = ""
	}
	g.set(name, tint)
	place(g.Image, at.x, at.y, at.w, at.h)
}

// divider draws the lines at both sides of the unread words.
func (b *bubble) divider(l *bubbleLayout) {
	left, right := box{}, box{}
	if l.unread != (box{}) {
		for _, r := range l.runs {
			if r.y == l.unread.y {
				y := r.y + 7
				left = box{l.unread.x, y, r.x - 12 - l.unread.x, 1}
				right = box{r.x + r.width + 12, y, l.unread.x + l.unread.w - r.x - r.width - 12, 1}
				break
			}
		}
	}
	b.rect(b.lineLeft, left, theme.Accent, "")
	b.rect(b.lineRight, right, theme.Accent, "")
}

func (b *bubble) picture(l *bubbleLayout, m *Message) {
	show(b.image, m.Image != nil)
	mode, corner := canvas.ImageFillCover, theme.RadiusBox
	if l.bare {
		mode, corner = canvas.ImageFillContain, 0
	}
	if b.image.Image != m.Image || b.image.FillMode != mode {
		b.image.Image, b.image.FillMode, b.image.CornerRadius = m.Image, mode, corner
		b.image.Refresh()
	}
	if m.Image != nil {
		place(b.image, l.image.x, l.image.y, l.image.w, l.image.h)
	}
}

// words puts each run into a canvas text and tells whether new ones were made. What did not change is not drawn anew.
func (b *bubble) words(l *bubbleLayout) (grew bool) {
	for len(b.texts) < len(l.runs) {
		b.texts = append(b.texts, &canvas.Text{Color: color.Transparent})
		grew = true
	}
	for i, t := range b.texts {
		if i >= len(l.runs) {
			show(t, false)
			continue
		}
		show(t, true)
		r := &l.runs[i]
		text, colour := r.text, theme.Color(r.colour)
		if t.Text != text || t.Color != colour || t.TextSize != r.typ.Size || t.TextStyle != r.style {
			t.Text, t.Color, t.TextSize, t.TextStyle = text, colour, r.typ.Size, r.style
			setFace(t)
			t.Refresh()
		}
		y, h := baseline(r)
		place(t, r.x, y, r.width, h)
	}
	return grew
}

// baseline is where a run stands so that all runs of a line share one baseline. Fyne centres what is lower than
// its box, which is right for one font only: other scripts, emoji and monospace come from others.
func baseline(r *placedRun) (y, height float32) {
	if !r.style.Monospace && strings.IndexFunc(r.text, func(c rune) bool { return c > 0x2FF && !(c >= 0x1E00 && c <= 0x1EFF) }) < 0 {
		return r.y, r.typ.Pitch
	}
	d := fyne.CurrentApp().Driver()
	common, at := d.RenderedTextSize("x", r.typ.Size, plain, nil)
	own, ownAt := d.RenderedTextSize(r.text, r.typ.Size, r.style, faceOf(r.text, r.style))
	return r.y + (r.typ.Pitch-common.Height)/2 + at - ownAt, own.Height
}

// button shows what mends a failure and tells whether it had to be made.
func (b *bubble) button(l *bubbleLayout, m *Message) (made bool) {
	if l.mend == (box{}) {
		if b.mend != nil {
			show(b.mend, false)
		}
		return false
	}
	if b.mend == nil {
		b.mend = NewButton(Plain, "", "", func() {
			if b.owner.OnMend != nil {
				b.owner.OnMend(b.row.ID)
			}
		}).Sized(Small)
		made = true
	}
	show(b.mend, true)
	b.mend.SetText(m.Mend)
	b.mend.SetIcon(m.MendIcon)
	place(b.mend, l.mend.x, l.mend.y, l.mend.w, l.mend.h)
	return made
}

// part is what of a bubble is under a point.
type part int

const (
	partNone part = iota
	partBubble
	partLink
	partQuote
	partRaw
	partImage
	partTick
	partRecord
)

func (b *bubble) partAt(p fyne.Position) (part, string) {
	if b.row == nil {
		return partNone, ""
	}
	l := b.row.layout
	for i := range l.runs {
		if r := &l.runs[i]; r.link != "" && r.box().holds(p) {
			return partLink, r.link
		}
	}
	switch {
	case l.quote.holds(p):
		return partQuote, ""
	case l.record.holds(p):
		return partRecord, ""
	case l.raw.holds(p):
		return partRaw, ""
	case l.tick.holds(p):
		return partTick, ""
	case b.row.Image != nil && l.image.holds(p):
		return partImage, ""
	case l.bubble.holds(p):
		return partBubble, ""
	}
	return partNone, ""
}

// Tapped opens what is under the pointer.
func (b *bubble) Tapped(ev *fyne.PointEvent) {
	what, link := b.partAt(ev.Position)
	switch t := b.owner; what {
	case partLink:
		t.openLink(link)
	case partQuote:
		t.jumpToQuote(b.row)
	case partRaw:
		call(t.OnRaw, b.row.ID)
	case partImage:
		call(t.OnOpen, b.row.ID)
	case partRecord:
		call(t.OnRecord, b.row.ID)
	}
}

func call(f func(int64), id int64) {
	if f != nil {
		f(id)
	}
}

// TappedSecondary opens the menu of a message.
func (b *bubble) TappedSecondary(ev *fyne.PointEvent) {
	if what, _ := b.partAt(ev.Position); what != partNone {
		b.owner.showMenu(b.row, ev.AbsolutePosition)
	}
}

// MouseIn is for Fyne.
func (b *bubble) MouseIn(ev *desktop.MouseEvent) { b.MouseMoved(ev) }

// MouseMoved names the tick under the pointer.
func (b *bubble) MouseMoved(ev *desktop.MouseEvent) {
	was, _ := b.partAt(b.over)
	b.over = ev.Position
	if is, _ := b.partAt(b.over); is != was {
		b.tip.hover(b, b.row.Tick.String(), is == partTick, ev.AbsolutePosition)
	}
}

// MouseOut is for Fyne.
func (b *bubble) MouseOut() {
	b.over = fyne.NewPos(-1, -1)
	b.tip.hide()
}

// Cursor is a hand over what can be opened.
func (b *bubble) Cursor() desktop.Cursor {
	switch what, _ := b.partAt(b.over); what {
	case partLink, partQuote, partRaw, partImage, partRecord:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is for Fyne. The bubble keeps its objects itself, so that a pooled one may lose its renderer.
func (b *bubble) CreateRenderer() fyne.WidgetRenderer { return bubbleRenderer{b} }

type bubbleRenderer struct{ b *bubble }

func (r bubbleRenderer) Destroy()                     {}
func (r bubbleRenderer) Layout(fyne.Size)             {}
func (r bubbleRenderer) MinSize() fyne.Size           { return r.b.Size() }
func (r bubbleRenderer) Objects() []fyne.CanvasObject { return r.b.objects }
func (r bubbleRenderer) Refresh() {
	if r.b.row != nil {
		r.b.bind(r.b.row)
	}
}
