package files

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
	"shopbell/views/widget"
)

const (
	rowHeight  float32 = 36
	sizeWidth  float32 = 76
	dateWidth  float32 = 110
	datesFrom  float32 = 380 // narrower lists show no dates
	twoClicks          = 500 * time.Millisecond
	typesAhead         = time.Second // how long a person may pause between the letters of a name
)

// rowList is a list that also hears letters.
type rowList struct {
	widget.KeyList
	onRune func(r rune)
}

func newRowList(length func() int, paint func(i int, r *row), keys func(fyne.KeyName), runes func(rune)) *rowList {
	l := &rowList{onRune: runes}
	l.OnKey = keys
	l.Length = length
	l.CreateItem = func() fyne.CanvasObject { return newRow() }
	l.UpdateItem = func(i int, o fyne.CanvasObject) {
		if r, ok := o.(*row); ok && i >= 0 && i < length() {
			paint(i, r)
		}
	}
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// TypedRune is called for letters.
func (l *rowList) TypedRune(r rune) {
	if l.onRune != nil {
		l.onRune(r)
	}
}

// page is how many rows are seen.
func (l *rowList) page() int { return max(1, int(l.Size().Height/rowHeight)) }

// typeAhead gathers the letters with which a name begins.
type typeAhead struct {
	typed string
	at    time.Time
}

// add takes a letter and gives all that were typed without a pause.
func (t *typeAhead) add(r rune, now time.Time) string {
	if now.Sub(t.at) > typesAhead {
		t.typed = ""
	}
	t.at = now
	t.typed += strings.ToLower(string(r))
	return t.typed
}

// row is a file, a folder or a place.
type row struct {
	fynewidget.BaseWidget
	ring             *widget.Ring
	icon             *widget.Icon
	name, size, date *widget.Text
	chosen, here     bool // under the cursor, and the keyboard is there too
	hovered, facts   bool
	tapped           func()
}

var (
	_ fyne.Tappable     = (*row)(nil)
	_ desktop.Hoverable = (*row)(nil)
)

func newRow() *row {
	r := &row{
		ring: widget.NewRing(), icon: widget.NewIcon("file", 18, theme.Text2), name: widget.NewText("", theme.TypeBody, theme.Text).Shrinking(),
		size: widget.NewText("", theme.TypeSmall, theme.Text2).Aligned(fyne.TextAlignTrailing), date: widget.NewText("", theme.TypeSmall, theme.Text2).Shrinking(),
	}
	r.ExtendBaseWidget(r)
	return r
}

// set shows something else. facts tells whether there is room for size and date.
func (r *row) set(icon string, colour fyne.ThemeColorName, name, size, date string, facts bool) {
	r.icon.Set(icon, colour)
	r.name.SetText(name)
	r.size.SetText(size)
	r.date.SetText(date)
	r.facts = facts
}

// mark shows whether the cursor is on it, and the keyboard.
func (r *row) mark(chosen, here bool) {
	r.chosen, r.here = chosen, here
	r.Refresh()
}

// Tapped is a click.
func (r *row) Tapped(*fyne.PointEvent) {
	if r.tapped != nil {
		r.tapped()
	}
}

// MouseIn is for Fyne.
func (r *row) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved is for Fyne.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (r *row) MouseOut() { r.hovered = false; r.Refresh() }

// AccessibilityRole tells a screen reader what it is.
func (r *row) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel names it.
func (r *row) AccessibilityLabel() string { return r.name.Text() }

// CreateRenderer is for Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	p := &rowRenderer{r: r, ground: &canvas.Rectangle{CornerRadius: theme.RadiusControl}, bar: &canvas.Rectangle{CornerRadius: 1.5}}
	p.paint()
	return p
}

type rowRenderer struct {
	r           *row
	ground, bar *canvas.Rectangle
}

func (p *rowRenderer) paint() {
	none := theme.Color("")
	p.ground.FillColor = none
	switch {
	case p.r.chosen:
		p.ground.FillColor = theme.Color(theme.Selected)
	case p.r.hovered:
		p.ground.FillColor = theme.Color(theme.Hover)
	}
	p.ground.Hidden = !p.r.chosen && !p.r.hovered
	if p.r.ring.Visible() != p.r.here {
		p.r.ring.Hidden = !p.r.here
	}
	p.bar.FillColor, p.bar.Hidden = theme.Color(theme.Accent), !p.r.chosen
}

func (p *rowRenderer) Layout(size fyne.Size) {
	r := p.r
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(w, 0), h))
	}
	put(p.ground, 1, 1, size.Width-2, size.Height-2)
	put(r.ring, 1, 1, size.Width-2, size.Height-2)
	put(p.bar, 1, 8, 3, size.Height-16)
	put(r.icon, 12, (size.Height-18)/2, 18, 18)
	end, pitch := size.Width-12, theme.TypeSmall.Pitch
	dates := r.facts && size.Width >= datesFrom
	r.size.Hidden, r.date.Hidden = !r.facts, !dates
	if dates {
		end -= dateWidth
		put(r.date, end, (size.Height-pitch)/2, dateWidth, pitch)
		end -= theme.Space4
	}
	if r.facts {
		end -= sizeWidth
		put(r.size, end, (size.Height-pitch)/2, sizeWidth, pitch)
		end -= theme.Space2
	}
	put(r.name, 38, (size.Height-theme.TypeBody.Pitch)/2, end-38, theme.TypeBody.Pitch)
}

func (p *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(120, rowHeight) }

func (p *rowRenderer) Refresh() {
	p.paint()
	p.Layout(p.r.Size())
	canvas.Refresh(p.r)
}

func (p *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{p.ground, p.bar, p.r.ring, p.r.icon, p.r.name, p.r.size, p.r.date}
}

func (p *rowRenderer) Destroy() {}
