package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

// TemplateCard draws a template as WhatsApp shows it: header, text, footer, time, buttons and carousel. It is as wide
// as it is made and knows how high it is at a width, so that the phone and the thread can both hold it.
type TemplateCard struct {
	fynewidget.BaseWidget
	// OnButton is told which button of the template was pressed; it may be nil.
	OnButton func(index int)
	// OnGrown is called when the card has become higher or lower by itself: all options were shown.
	OnGrown func()

	preview template.Preview
	look    CardLook
	all     bool
	over    int // the button under the pointer, by its place in the drawing; -1 none

	drawing *cardDrawing
	version int // counts what was set
	drawnAt int

	board    board
	pictures []*canvas.Image
	hover    *canvas.Rectangle
	strip    *scroller
	beginsAt int // how many cards the strip had when it was put to its beginning
	row      *carouselRow
	r        *renderer
}

var (
	_ fyne.Tappable      = (*TemplateCard)(nil)
	_ desktop.Hoverable  = (*TemplateCard)(nil)
	_ desktop.Cursorable = (*TemplateCard)(nil)
)

// NewTemplateCard makes an empty card.
func NewTemplateCard() *TemplateCard {
	c := &TemplateCard{over: -1, hover: newRect(0), row: &carouselRow{}}
	c.row.ExtendBaseWidget(c.row)
	c.strip = newScroller(c.row, true)
	c.ExtendBaseWidget(c)
	return c
}

// Set shows a template. What stays the same is not drawn anew.
func (c *TemplateCard) Set(p template.Preview, look CardLook) {
	c.preview, c.look = p, look
	if len(p.Buttons) <= 3 {
		c.all = false
	}
	c.version++
	c.Refresh()
}

// ShowAll shows every button, as a press on "See all options" does.
func (c *TemplateCard) ShowAll(all bool) {
	if c.all != all {
		c.all = all
		c.version++
		c.Refresh()
		callIf(c.OnGrown)
	}
}

// HeightFor is how high the card is at a width.
func (c *TemplateCard) HeightFor(width float32) float32 { return c.measured(width).height }

func (c *TemplateCard) measured(width float32) *cardDrawing {
	if c.drawing == nil || c.drawnAt != c.version || c.drawing.width != width {
		c.drawing, c.drawnAt = drawCard(c.preview, c.look, width, c.all), c.version
	}
	return c.drawing
}

func (c *TemplateCard) at(p fyne.Position) int {
	if c.drawing == nil {
		return -1
	}
	for i, b := range c.drawing.buttons {
		if b.holds(p) {
			return i
		}
	}
	return -1
}

// Tapped presses the button under the pointer.
func (c *TemplateCard) Tapped(ev *fyne.PointEvent) {
	i := c.at(ev.Position)
	if i < 0 {
		return
	}
	switch b := c.drawing.buttons[i]; {
	case b.index == -1:
		c.ShowAll(true)
	case b.index >= 0 && c.OnButton != nil:
		c.OnButton(b.index)
	}
}

// MouseIn is for Fyne.
func (c *TemplateCard) MouseIn(ev *desktop.MouseEvent) { c.MouseMoved(ev) }

// MouseMoved lights the button under the pointer.
func (c *TemplateCard) MouseMoved(ev *desktop.MouseEvent) { c.light(c.at(ev.Position)) }

// MouseOut is for Fyne.
func (c *TemplateCard) MouseOut() { c.light(-1) }

func (c *TemplateCard) light(i int) {
	if i >= 0 && c.drawing.buttons[i].index >= 0 && c.OnButton == nil {
		i = -1
	}
	if c.over != i {
		c.over = i
		c.Refresh()
	}
}

// Cursor is a hand over a button that does something.
func (c *TemplateCard) Cursor() desktop.Cursor {
	if c.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is for Fyne.
func (c *TemplateCard) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) { c.draw(size.Width) }
	min := func() fyne.Size {
		w := c.Size().Width
		if w == 0 {
			w = 226
		}
		return fyne.NewSize(120, c.HeightFor(w))
	}
	c.r = newRenderer(c, min, layout, func() {})
	return c.r
}

func (c *TemplateCard) draw(width float32) {
	if width <= 0 || c.r == nil {
		return
	}
	d := c.measured(width)
	c.board.plates(d.plates)
	c.board.signs(d.signs)
	c.board.words(d.runs)
	c.pictures = showPictures(c.pictures, d.pictures)
	fill(c.hover, theme.Hover, "", 0)
	show(c.hover, c.over >= 0 && c.over < len(d.buttons))
	if c.hover.Visible() {
		b := d.buttons[c.over]
		c.hover.BottomLeftCornerRadius, c.hover.BottomRightCornerRadius = 0, 0
		if c.over == len(d.buttons)-1 {
			c.hover.BottomLeftCornerRadius, c.hover.BottomRightCornerRadius = theme.RadiusBubble-1, theme.RadiusBubble-1
		}
		place(c.hover, b.x+1, b.y+1, b.w-2, b.h-1)
	}
	show(c.strip, len(d.cards) > 0)
	if len(d.cards) > 0 {
		c.row.set(d.cards)
		// The strip goes on to the edge of the screen, where a card that is cut off says that there are more.
		left := -carouselEdge
		if d.rtl {
			left = -10
		}
		placeChanged(c.strip, box{left, d.cardsTop - carouselEdge, width + carouselEdge + 10, d.cardsHeight + carouselEdge + 6})
		if d.rtl && c.beginsAt != len(d.cards) { // what is read first stands at the right
			c.strip.to(c.strip.reach())
		}
		c.beginsAt = len(d.cards)
	}
	c.r.objects = c.r.objects[:0]
	for i, o := range c.board.objects() {
		if i == len(c.board.rects) { // above the grounds, under icons and words
			c.collectPictures()
		}
		c.r.objects = append(c.r.objects, o)
	}
	if len(c.board.rects) == len(c.board.objects()) {
		c.collectPictures()
	}
	c.r.objects = append(c.r.objects, c.strip)
}

func (c *TemplateCard) collectPictures() {
	c.r.objects = append(c.r.objects, c.hover)
	for _, p := range c.pictures {
		c.r.objects = append(c.r.objects, p)
	}
}

// showPictures puts pictures into canvas images, reusing those that are there.
func showPictures(have []*canvas.Image, want []cardPicture) []*canvas.Image {
	for len(have) < len(want) {
		have = append(have, &canvas.Image{FillMode: canvas.ImageFillCover})
	}
	for i, o := range have {
		if i >= len(want) {
			show(o, false)
			continue
		}
		w := want[i]
		if !sameImage(o.Image, w.image) || o.CornerRadius != w.radius {
			o.Image, o.CornerRadius = w.image, w.radius
			o.Refresh()
		}
		show(o, true)
		placeChanged(o, w.box)
	}
	return have
}

// sameImage compares by identity where that is possible: an image of an uncomparable type is taken as another.
func sameImage(a, b image.Image) (same bool) {
	defer func() {
		if recover() != nil {
			same = false
		}
	}()
	return a == b
}

// carouselEdge is the room around the cards in their strip, so that it does not cut off their outline.
const carouselEdge float32 = 4

// carouselRow draws the cards of a carousel side by side.
type carouselRow struct {
	fynewidget.BaseWidget
	cards    []*cardDrawing
	boards   []*board
	pictures [][]*canvas.Image
	r        *renderer
}

func (c *carouselRow) set(cards []*cardDrawing) {
	c.cards = cards
	c.Refresh()
}

func (c *carouselRow) CreateRenderer() fyne.WidgetRenderer {
	layout := func(fyne.Size) { c.draw() }
	min := func() fyne.Size {
		if len(c.cards) == 0 {
			return fyne.Size{}
		}
		n := float32(len(c.cards))
		return fyne.NewSize(n*carouselCard+(n-1)*carouselGap+10+carouselEdge, c.cards[0].height+carouselEdge)
	}
	c.r = newRenderer(c, min, layout, func() {})
	return c.r
}

func (c *carouselRow) draw() {
	for len(c.boards) < len(c.cards) {
		c.boards = append(c.boards, &board{})
		c.pictures = append(c.pictures, nil)
	}
	c.r.objects = c.r.objects[:0]
	for i, b := range c.boards {
		if i >= len(c.cards) {
			continue
		}
		d, x := c.cards[i], carouselEdge+float32(i)*(carouselCard+carouselGap)
		if d.rtl {
			x = 10 + float32(len(c.cards)-1-i)*(carouselCard+carouselGap)
		}
		b.plates(moved(d.plates, x, func(p *plate) *box { return &p.box }))
		b.signs(moved(d.signs, x, func(s *sign) *box { return &s.box }))
		runs := append([]placedRun(nil), d.runs...)
		for k := range runs {
			runs[k].x, runs[k].y = runs[k].x+x, runs[k].y+carouselEdge
		}
		b.words(runs)
		c.pictures[i] = showPictures(c.pictures[i], moved(d.pictures, x, func(p *cardPicture) *box { return &p.box }))
		list := b.objects()
		c.r.objects = append(c.r.objects, list[:len(b.rects)]...)
		for _, p := range c.pictures[i] {
			c.r.objects = append(c.r.objects, p)
		}
		c.r.objects = append(c.r.objects, list[len(b.rects):]...)
	}
}

// moved is a copy of what is drawn, dx further to the right and below the edge of the strip.
func moved[T any](in []T, dx float32, at func(*T) *box) []T {
	out := append([]T(nil), in...)
	for i := range out {
		b := at(&out[i])
		b.x, b.y = b.x+dx, b.y+carouselEdge
	}
	return out
}
