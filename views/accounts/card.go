package accounts

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// accountCard is an account in the list at the left; a click chooses it.
type accountCard struct {
	fynewidget.BaseWidget
	card    *widget.Card
	tapped  func()
	name    string
	focused bool
}

var (
	_ fyne.Tappable      = (*accountCard)(nil)
	_ fyne.Focusable     = (*accountCard)(nil)
	_ desktop.Cursorable = (*accountCard)(nil)
)

func newAccountCard(a app.Account, chosen bool, now time.Time, tapped func()) *accountCard {
	words, icon, tone := standing(a)
	phone := a.DisplayPhone
	if phone == "" {
		phone = lang.X("account.id", "ID {{.ID}}", map[string]any{"ID": a.PhoneNumberID})
	}
	quality, qualityTone := qualityWords(a.Quality)
	last := when.Ago(a.LastWebhook, now)
	if last == "" {
		last = lang.X("account.never", "never")
	}
	c := &accountCard{tapped: tapped, name: a.Name}
	c.card = widget.NewCard(layout.Column(theme.Space3,
		layout.Row(theme.Space3,
			widget.NewAvatar(a.Name, a.PhoneNumberID, 40),
			layout.Grow(layout.Column(0, widget.NewBold(a.Name, theme.TypeBody, theme.Text).Shrinking(), widget.NewText(phone, theme.TypeCaption, theme.Text2).Shrinking())),
			widget.NewSmallPill(words, icon, tone),
		),
		&fyne.Container{Layout: facts{}, Objects: []fyne.CanvasObject{
			fact(lang.X("account.quality", "Quality"), quality, dotColour(qualityTone)),
			fact(lang.X("account.limit", "Limit, 24 h"), limitWords(a.Limit), ""),
			fact(lang.X("account.last", "Last message in"), last, ""),
		}},
	), theme.Space4)
	c.card.SetChosen(chosen)
	c.ExtendBaseWidget(c)
	return c
}

func dotColour(t widget.Tone) fyne.ThemeColorName {
	switch t {
	case widget.Ok:
		return theme.OkDot
	case widget.Warn:
		return theme.WarnDot
	case widget.Bad:
		return theme.DangerDot
	}
	return theme.WindowClosed
}

// facts stand side by side. In a narrow card the first ones, which are short, leave room to the last.
type facts struct{}

var factShares = []float32{80, 72, 94}

// MinSize is for Fyne.
func (facts) MinSize(objects []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, o := range objects {
		h = fyne.Max(h, o.MinSize().Height)
	}
	return fyne.NewSize(200, h)
}

// Layout is for Fyne.
func (facts) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	room := size.Width - theme.Space2*float32(len(objects)-1)
	even, x := room/float32(len(objects)), float32(0)
	for i, o := range objects {
		w := even
		if even < factShares[len(factShares)-1] {
			w = room * factShares[i] / (factShares[0] + factShares[1] + factShares[2])
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w + theme.Space2
	}
}

func fact(name, value string, dot fyne.ThemeColorName) fyne.CanvasObject {
	line := layout.Row(6)
	if dot != "" {
		line.Add(layout.Exactly(8, 8, widget.NewGround(dot, "", 4)))
	}
	line.Add(layout.Grow(widget.NewText(value, theme.TypeSmall, theme.Text).Shrinking()))
	return layout.Column(2, widget.NewText(name, theme.TypeCaption, theme.Text2).Shrinking(), line)
}

// Tapped chooses the account.
func (c *accountCard) Tapped(*fyne.PointEvent) { c.tapped() }

// Cursor is a hand.
func (c *accountCard) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is for Fyne.
func (c *accountCard) FocusGained() {
	c.focused = true
	c.Refresh()
	widget.Reveal(c)
}

// FocusLost is for Fyne.
func (c *accountCard) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune is for Fyne.
func (c *accountCard) TypedRune(rune) {}

// TypedKey chooses the account on Space and Return.
func (c *accountCard) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.tapped()
	default:
		widget.PassOnKey(ev.Name)
	}
}

// AccessibleLabel names it for a screen reader.
func (c *accountCard) AccessibleLabel() string { return c.name }

// CreateRenderer is for Fyne.
func (c *accountCard) CreateRenderer() fyne.WidgetRenderer {
	ring := &canvas.Rectangle{CornerRadius: theme.RadiusCard + 4, StrokeWidth: 2}
	return &cardRenderer{c: c, ring: ring}
}

type cardRenderer struct {
	c    *accountCard
	ring *canvas.Rectangle
}

func (r *cardRenderer) Destroy()                     {}
func (r *cardRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.c.card, r.ring} }
func (r *cardRenderer) MinSize() fyne.Size           { return r.c.card.MinSize() }

func (r *cardRenderer) Layout(size fyne.Size) {
	r.c.card.Resize(size)
	r.ring.Move(fyne.NewPos(-4, -4))
	r.ring.Resize(size.AddWidthHeight(8, 8))
	r.Refresh()
}

func (r *cardRenderer) Refresh() {
	r.ring.FillColor, r.ring.StrokeColor = nil, theme.Color(theme.Focus)
	r.ring.Hidden = !r.c.focused
	r.ring.Refresh()
}
