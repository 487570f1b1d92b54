package widget

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

// CardMedia is what a media header shows: a picture that has been decoded, or the words of a file.
type CardMedia struct {
	Image  image.Image // may be nil
	Name   string      // of a document
	Detail string      // "PDF · 1.2 MB"
}

// CardLook is what a template card shows beside the template itself.
type CardLook struct {
	Out      bool     // ours, as in the thread; the phone shows it as the customer has it
	Large    bool     // with the type of the thread; the phone is smaller
	Business string   // who asks for permission to call
	Clock    string   // "10:44"
	Tick     Delivery // None shows none
	// Media gives the content of a media header; it may be nil.
	Media func(template.Slot) CardMedia
}

const (
	cardPad        float32 = 12
	cardPadY       float32 = 8
	cardEnd        float32 = 10
	cardButton     float32 = 37 // with the line above it, 38
	cardGap        float32 = 6  // a blank line, and the room above the footer
	cardMediaInset float32 = 4
	carouselCard   float32 = 178
	carouselGap    float32 = 8
)

// cardDrawing is a template card, measured: what is drawn, and where.
type cardDrawing struct {
	bubbleLayout // its runs and the height
	plates       []plate
	signs        []sign
	pictures     []cardPicture
	buttons      []cardTarget
	cards        []*cardDrawing // of a carousel, side by side below the rest
	cardsTop     float32
	cardsHeight  float32
	width        float32

	look CardLook
	typ  theme.Type
	rtl  bool
}

type cardPicture struct {
	box
	image  image.Image
	radius float32
}

// cardTarget is a button of the card; index is the template's, -1 is "See all options".
type cardTarget struct {
	box
	index int
}

func (d *cardDrawing) sub() *cardDrawing {
	s := &cardDrawing{look: d.look, typ: theme.TypeSmall, rtl: d.rtl}
	s.look.Large = false
	return s
}

func (d *cardDrawing) plate(at box, ground, edge fyne.ThemeColorName, corners [4]float32) {
	d.plates = append(d.plates, plate{box: at, ground: ground, edge: edge, corners: corners})
}

// drawCard measures a template at a width. all shows every button instead of the first two.
func drawCard(p template.Preview, look CardLook, width float32, all bool) *cardDrawing {
	d := &cardDrawing{look: look, typ: theme.TypeSmall, rtl: p.RightToLeft, width: width}
	if look.Large {
		d.typ = theme.TypeBody
	}
	ground, edge := theme.BubbleIn, theme.BubbleLine
	corners := [4]float32{4, theme.RadiusBubble, theme.RadiusBubble, theme.RadiusBubble}
	if look.Out {
		ground, edge = theme.BubbleOut, theme.BubbleOutLine
		corners = [4]float32{theme.RadiusBubble, 4, theme.RadiusBubble, theme.RadiusBubble}
	} else if d.rtl {
		corners = [4]float32{theme.RadiusBubble, 4, theme.RadiusBubble, theme.RadiusBubble}
	}
	d.plate(box{0, 0, width, 0}, ground, edge, corners)
	y := d.top(p.Header, 0)
	y = d.offer(p, y)
	y = d.blocks(p.Body, y, width-2*cardPad)
	if len(p.Body) == 0 && p.Header == nil {
		d.text(lang.X("card.empty", "Your text appears here"), d.typ, fyne.TextStyle{Italic: true}, theme.Text3, cardPad, y)
		y += d.typ.Pitch
	}
	y = d.ending(p.Footer, y)
	for _, unknown := range p.Unknown {
		y = d.unknown(unknown, y)
	}
	shown, more := p.Folded()
	if all {
		shown, more = p.Buttons, false
	}
	if p.CallPermission {
		y = d.permission(y)
	}
	y = d.buttonRows(shown, more, edge, y)
	d.plates[0].h = y
	if len(p.Cards) > 0 {
		y = d.carousel(p.Cards, y)
	}
	d.height = y
	return d
}

// aligned puts one line at the side where reading begins.
func (d *cardDrawing) aligned(s string, t theme.Type, style fyne.TextStyle, colour fyne.ThemeColorName, x, y, room float32) {
	if rightToLeft(s) || d.rtl && !hasLetters(s) {
		x += room - wordsWidth(s, t.Size, style)
	}
	d.phrase(s, t, style, colour, x, y)
}

// phrase draws one line, its words in the order in which they are read.
func (d *cardDrawing) phrase(s string, t theme.Type, style fyne.TextStyle, colour fyne.ThemeColorName, x, y float32) {
	text := styled{s, []span{{0, len(s), style, ""}}}
	ln := line{0, len(s), len(s), wordsWidth(s, t.Size, style)}
	for _, r := range text.runs(ln, t.Size, rightToLeft(s)) {
		r.x += x
		d.runs = append(d.runs, placedRun{r, y, t, colour})
	}
}

func hasLetters(s string) bool {
	for _, r := range s {
		if direction(r) != dirNone {
			return true
		}
	}
	return false
}

// offer draws the strip of a limited-time offer: what it is, when it ends, the code.
func (d *cardDrawing) offer(p template.Preview, y float32) float32 {
	if p.Offer == nil {
		return y
	}
	if p.Header == nil {
		y -= cardPadY - cardMediaInset
	}
	lines := []string{}
	if p.Offer.HasExpiration {
		lines = append(lines, lang.X("card.offer_ends", "Ends at the time you send"))
	}
	for _, b := range p.Buttons {
		if b.Type == template.CopyCode && b.Detail != "" {
			lines = append(lines, lang.X("card.offer_code", "Code {{.Code}}", map[string]any{"Code": cleanLine(b.Detail)}))
		}
	}
	at := box{cardMediaInset, y, d.width - 2*cardMediaInset, 36 + float32(len(lines))*15}
	d.plate(at, theme.AccentSoft, "", round(theme.RadiusBox))
	icon, x, room := at.x+9, at.x+41, at.w-50
	if d.rtl {
		icon, x = at.x+at.w-33, at.x+9
	}
	d.plate(box{icon, at.y + (at.h-24)/2, 24, 24}, theme.AccentSoft2, "", round(12))
	d.signs = append(d.signs, sign{box{icon + 5, at.y + (at.h-14)/2, 14, 14}, "tag", theme.Accent})
	title := cleanLine(p.Offer.Text)
	if title == "" {
		title = lang.X("card.offer", "Offer")
	}
	ty := at.y + 9
	d.aligned(fit(title, theme.TypeSmall, bold, room), theme.TypeSmall, bold, theme.Text, x, ty, room)
	for i, l := range lines {
		d.aligned(fit(l, theme.TypeTime, plain, room), theme.TypeTime, plain, theme.Text2, x, ty+19+float32(i)*15, room)
	}
	return at.y + at.h + 7
}

// unknown says that a part is there which the program does not know.
func (d *cardDrawing) unknown(kind string, y float32) float32 {
	words := lang.X("card.unknown", "{{.Kind}}: kept as it is, cannot be edited here", map[string]any{"Kind": cleanLine(kind)})
	d.signs = append(d.signs, sign{box{cardPad, y + 2, 13, 13}, "info", theme.Text3})
	s := unstyled(words)
	for _, ln := range breakLines(s, theme.TypeTime.Size, d.width-2*cardPad-20) {
		d.text(s.text[ln.start:ln.shown], theme.TypeTime, plain, theme.Text2, cardPad+20, y)
		y += theme.TypeTime.Pitch
	}
	return y + 8
}

// permission is what WhatsApp shows below a request to call.
func (d *cardDrawing) permission(y float32) float32 {
	who := cleanLine(d.look.Business)
	words := lang.X("card.call_ask", "May this business call you?")
	if who != "" {
		words = lang.X("card.call_ask_name", "May {{.Name}} call you?", map[string]any{"Name": who})
	}
	room := d.width - 2*cardPad - 24
	d.plate(box{0, y, d.width, 1}, theme.BubbleLine, "", round(0))
	icon, x := cardPad, cardPad+24
	if d.rtl {
		icon, x = d.width-cardPad-16, cardPad
	}
	d.signs = append(d.signs, sign{box{icon, y + 11, 16, 16}, "phone", theme.Text2})
	d.aligned(fit(words, theme.TypeCaption, bold, room), theme.TypeCaption, bold, theme.Text, x, y+11, room)
	y += 38
	d.buttonRow(lang.X("card.call_choose", "Choose preference"), "", -2, theme.BubbleLine, y)
	return y + cardButton + 1
}

// buttonRows draws the buttons under each other.
func (d *cardDrawing) buttonRows(buttons []template.PreviewButton, more bool, edge fyne.ThemeColorName, y float32) float32 {
	for i, b := range buttons {
		label := cleanLine(b.Label)
		if label == "" {
			label = lang.X("card.button", "Button")
		}
		d.buttonRow(label, ButtonKindIcon(b.Type), i, edge, y)
		y += cardButton + 1
	}
	if more {
		d.buttonRow(lang.X("card.all_options", "See all options"), "list", -1, edge, y)
		y += cardButton + 1
	}
	return y
}

func (d *cardDrawing) buttonRow(label, icon string, index int, edge fyne.ThemeColorName, y float32) {
	const side = 15
	d.plate(box{0, y, d.width, 1}, edge, "", round(0))
	lead := float32(0)
	if icon != "" {
		lead = side + 8
	}
	label = fit(label, d.typ, bold, d.width-2*cardPad-lead)
	w := wordsWidth(label, d.typ.Size, bold)
	x := (d.width - w - lead) / 2
	at, text := x, x+lead
	if d.rtl {
		at, text = x+w+8, x
	}
	if icon != "" {
		d.signs = append(d.signs, sign{box{at, y + 1 + (cardButton-side)/2, side, side}, icon, theme.Accent})
	}
	d.phrase(label, d.typ, bold, theme.Accent, text, y+1+(cardButton-d.typ.Pitch)/2)
	d.buttons = append(d.buttons, cardTarget{box{0, y, d.width, cardButton + 1}, index})
}

// ButtonKindIcon is the icon in front of a template's button of some kind.
func ButtonKindIcon(t template.ButtonType) string {
	switch t {
	case template.QuickReply:
		return "reply"
	case template.URLButton:
		return "open"
	case template.PhoneNumber, template.VoiceCall:
		return "phone"
	case template.CopyCode, template.OTP:
		return "copy"
	case template.Flow:
		return "templates"
	case template.Catalog, template.SingleProduct:
		return "tag"
	case template.MultiProduct:
		return "list"
	case template.RequestContactInfo:
		return "user"
	case template.OrderDetails:
		return "coins"
	case template.AppButton:
		return "bolt"
	}
	return "info"
}

// carousel measures the cards side by side; the widget lets them scroll.
func (d *cardDrawing) carousel(cards []template.PreviewCard, y float32) float32 {
	y += carouselGap
	d.cardsTop = y
	for _, c := range cards {
		s := d.sub()
		s.width = carouselCard
		s.plate(box{0, 0, carouselCard, 0}, theme.BubbleIn, theme.BubbleLine, round(theme.RadiusBubble))
		at := s.top(c.Header, 0)
		at = s.blocks(c.Body, at, carouselCard-2*cardPad)
		s.height = at + cardEnd
		d.cards = append(d.cards, s)
		d.cardsHeight = fyne.Max(d.cardsHeight, s.height)
	}
	text, tallest := d.cardsHeight, float32(0)
	for i, s := range d.cards {
		end := s.buttonRows(cards[i].Buttons, false, theme.BubbleLine, text)
		tallest = fyne.Max(tallest, end)
	}
	for _, s := range d.cards {
		s.plates[0].h, s.height = tallest, tallest
	}
	d.cardsHeight = tallest
	return y + tallest + 6 // room for the scroll bar
}

// ending draws the footer with the time at its end, or the time alone: beside the last line of the body where 12 px
// are left, else below it.
func (d *cardDrawing) ending(footer []template.Span, y float32) float32 {
	meta := float32(0)
	if d.look.Clock != "" {
		meta = wordsWidth(d.look.Clock, theme.TypeTime.Size, plain)
	}
	if d.look.Tick != None {
		meta += 4 + tickWidth
	}
	room := d.width - 2*cardPad
	var last float32 // how wide the line is beside which the time would stand
	rtl := d.rtl
	if text := spansToStyled(footer); strings.TrimSpace(text.text) != "" {
		y += cardGap
		lines := breakLines(text, theme.TypeTime.Size, room)
		d.flow(text, theme.TypeTime, theme.Text2, cardPad, y, room)
		y += float32(len(lines)) * theme.TypeTime.Pitch
		last = lines[len(lines)-1].width
		rtl = rtl || rightToLeft(text.text)
	} else {
		last = d.lastLine(y)
		if n := len(d.runs); n > 0 {
			rtl = rtl || d.runs[n-1].x > cardPad+room/2 && d.rtl
		}
	}
	if meta == 0 {
		return y + cardEnd
	}
	if last+12+meta > room || last == 0 {
		y += theme.TypeTime.Pitch + 2
	}
	x := d.width - cardPad - meta
	if rtl {
		x = cardPad
	}
	d.text(d.look.Clock, theme.TypeTime, plain, theme.Text2, x, y-theme.TypeTime.Pitch)
	if d.look.Tick != None {
		name, tint := d.look.Tick.icon()
		d.signs = append(d.signs, sign{box{x + meta - tickWidth, y - theme.TypeTime.Pitch + 1, tickWidth, tickHeight}, name, tint})
	}
	return y + cardEnd
}

// lastLine is how wide the line is that ends at y, 0 when none does.
func (d *cardDrawing) lastLine(y float32) float32 {
	w := float32(0)
	for _, r := range d.runs {
		if r.y+r.typ.Pitch > y-1 {
			w = fyne.Max(w, r.x+r.width-cardPad)
		}
	}
	if d.rtl && w > 0 {
		w = 0
		for _, r := range d.runs {
			if r.y+r.typ.Pitch > y-1 {
				w = fyne.Max(w, d.width-cardPad-r.x)
			}
		}
	}
	return w
}
