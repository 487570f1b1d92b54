package widget

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

// Phone shows a template as a customer sees it on WhatsApp: a phone of 264 × 500, in which the message scrolls when it
// is long.
type Phone struct {
	fynewidget.BaseWidget

	business string
	picture  image.Image
	card     *TemplateCard
	screen   *phoneScreen
	scroll   *scroller
}

// Size of the phone in logical pixels.
const (
	PhoneWidth  float32 = 264
	PhoneHeight float32 = 500

	phoneFrame  float32 = 9
	phoneCorner float32 = 32
	phoneInner  float32 = 24
	phoneHead   float32 = 57
	phonePad    float32 = 10
)

// NewPhone makes a phone with an empty message of a business.
func NewPhone(business string) *Phone {
	p := &Phone{business: business, card: NewTemplateCard()}
	p.screen = &phoneScreen{card: p.card}
	p.screen.ExtendBaseWidget(p.screen)
	p.scroll = newScroller(p.screen, false)
	p.card.strip.around = p.scroll
	p.card.OnGrown = p.grown
	p.ExtendBaseWidget(p)
	return p
}

// Set shows a template at the time clock ("10:44"). media gives the content of media headers; it may be nil.
func (p *Phone) Set(preview template.Preview, clock string, media func(template.Slot) CardMedia) {
	p.card.Set(preview, CardLook{Clock: clock, Business: p.business, Media: media})
	p.grown()
}

// grown fits what scrolls to the message and stays where it was, as far as that still exists.
func (p *Phone) grown() {
	if p.screen.Size().Height != p.screen.MinSize().Height {
		p.scroll.Refresh()
	}
	p.screen.arrange()
}

// SetBusiness changes who writes; picture (may be nil) stands in place of the bell.
func (p *Phone) SetBusiness(name string, picture image.Image) {
	p.business, p.picture = name, picture
	p.Refresh()
}

// SetDay changes the words of the day above the message; it is "Today" at first.
func (p *Phone) SetDay(words string) {
	p.screen.day = words
	p.screen.Refresh()
}

// Card is the message itself.
func (p *Phone) Card() *TemplateCard { return p.card }

// ScrollToTop shows the beginning of the message.
func (p *Phone) ScrollToTop() { p.scroll.ScrollToTop() }

// CreateRenderer is for Fyne.
func (p *Phone) CreateRenderer() fyne.WidgetRenderer {
	frame, ground, head, edge := newRect(phoneCorner), newRect(phoneInner), newRect(0), newRect(0)
	left, right := newCorner(false), newCorner(true)
	circle, mark, back := newRect(17), newGlyph(), newGlyph()
	face := &canvas.Image{FillMode: canvas.ImageFillCover, CornerRadius: 17}
	face.Hidden = true
	name, kind := newText(theme.TypeSmall, bold), newText(theme.TypeTime, plain)
	paint := func() {
		fill(ground, theme.Canvas, "", 0)
		fill(head, theme.Raised, "", 0)
		head.TopLeftCornerRadius, head.TopRightCornerRadius = phoneInner, phoneInner
		fill(edge, theme.Line, "", 0)
		fill(frame, theme.Phone, "", 0)
		left.Refresh()
		right.Refresh()
		fill(circle, theme.Rail, "", 0)
		show(circle, p.picture == nil)
		mark.set(theme.MarkName, theme.Brass)
		show(mark.Image, p.picture == nil)
		if !sameImage(face.Image, p.picture) {
			face.Image = p.picture
			face.Refresh()
		}
		show(face, p.picture != nil)
		back.set("left", theme.Text)
		name.Color, kind.Color = theme.Color(theme.Text), theme.Color(theme.Text2)
	}
	layout := func(size fyne.Size) {
		x, y := (size.Width-PhoneWidth)/2, float32(0)
		if size.Width < PhoneWidth {
			x = 0
		}
		in := PhoneWidth - 2*phoneFrame
		place(frame, x, y, PhoneWidth, PhoneHeight)
		sx, sy := x+phoneFrame, y+phoneFrame
		place(ground, sx, sy, in, PhoneHeight-2*phoneFrame)
		place(left, sx, PhoneHeight-phoneFrame-phoneInner, phoneInner, phoneInner)
		place(right, sx+in-phoneInner, PhoneHeight-phoneFrame-phoneInner, phoneInner, phoneInner)
		place(head, sx, sy, in, phoneHead)
		place(edge, sx, sy+phoneHead, in, 1)
		cy := sy + 29
		place(back.Image, sx+9, cy-8, 16, 16)
		place(circle, sx+34, cy-17, 34, 34)
		place(face, sx+34, cy-17, 34, 34)
		place(mark.Image, sx+40, cy-11.5, 22, 22)
		room := in - 75 - 12
		setText(name, drawnIn(fit(cleanLine(p.business), theme.TypeSmall, bold, room), bold))
		place(name, sx+75, cy-16, room, theme.TypeSmall.Pitch)
		setText(kind, fit(lang.X("phone.business", "Business account"), theme.TypeTime, plain, room))
		place(kind, sx+75, cy+1, room, theme.TypeTime.Pitch)
		place(p.scroll, sx, sy+phoneHead+1, in, PhoneHeight-2*phoneFrame-phoneHead-1)
	}
	min := func() fyne.Size { return fyne.NewSize(PhoneWidth, PhoneHeight) }
	return newRenderer(p, min, layout, paint, frame, ground, p.scroll, left, right, head, edge, back.Image, circle, mark.Image, face, name, kind)
}

// newCorner is what covers a lower corner of the screen, which what scrolls would else reach into.
func newCorner(right bool) *canvas.Image {
	path := "M0 0A24 24 0 0 0 24 24H0Z"
	if right {
		path = "M24 0A24 24 0 0 1 0 24H24Z"
	}
	svg := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24"><path fill="#000" d="` + path + `"/></svg>`
	return &canvas.Image{
		FillMode: canvas.ImageFillStretch,
		Resource: fynetheme.NewColoredResource(fyne.NewStaticResource(fmt.Sprintf("phone-corner-%t.svg", right), []byte(svg)), theme.Phone),
	}
}

// phoneScreen is what scrolls in the phone: the day and the message.
type phoneScreen struct {
	fynewidget.BaseWidget
	card *TemplateCard
	day  string
	r    *renderer
}

const phoneTop float32 = 12 + 24 + 8

func (s *phoneScreen) words() string {
	if s.day != "" {
		return s.day
	}
	return lang.X("phone.today", "Today")
}

func (s *phoneScreen) cardWidth() float32 { return PhoneWidth - 2*phoneFrame - 2*phonePad }

// arrange gives the message the height it has now.
func (s *phoneScreen) arrange() {
	if s.r != nil {
		w := s.cardWidth()
		placeChanged(s.card, box{phonePad, phoneTop, w, s.card.HeightFor(w)})
	}
}

func (s *phoneScreen) CreateRenderer() fyne.WidgetRenderer {
	pill, text := newRect(12), newText(theme.TypeCaption, plain)
	text.Alignment = fyne.TextAlignCenter
	paint := func() {
		fill(pill, theme.Raised, theme.Line, 1)
		text.Color = theme.Color(theme.Text2)
		setText(text, fit(s.words(), theme.TypeCaption, plain, s.cardWidth()-24))
	}
	layout := func(size fyne.Size) {
		w := width(text.Text, theme.TypeCaption.Size, plain) + 24
		place(pill, (size.Width-w)/2, 12, w, 24)
		place(text, (size.Width-w)/2, 12, w, 24)
		s.arrange()
	}
	min := func() fyne.Size {
		return fyne.NewSize(PhoneWidth-2*phoneFrame, phoneTop+s.card.HeightFor(s.cardWidth())+16)
	}
	s.r = newRenderer(s, min, layout, paint, pill, text, s.card)
	return s.r
}
