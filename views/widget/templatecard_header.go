package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

// top draws the header and returns where what follows begins.
func (d *cardDrawing) top(h *template.PreviewHeader, y float32) float32 {
	if h == nil {
		return y + cardPadY
	}
	room := d.width - 2*cardPad
	switch {
	case h.Format == template.HeaderText || h.Format == "":
		y += cardPadY
		text := clean(h.Text)
		if text == "" {
			return y
		}
		y = d.flow(styled{text, []span{{0, len(text), bold, ""}}}, d.typ, theme.Text, cardPad, y, room)
		return y + 4
	case h.Format == template.HeaderDocument:
		return d.document(h, y)
	case h.Format == template.HeaderLocation:
		return d.location(h, y)
	}
	m := d.media(h)
	at := box{cardMediaInset, y + cardMediaInset, d.width - 2*cardMediaInset, 0}
	at.h = float32(int(at.w * 0.524)) // Meta crops header pictures to 1.91 to 1
	d.frame(at, m.Image, map[template.HeaderFormat]string{
		template.HeaderImage: "image", template.HeaderProduct: "tag",
	}[h.Format])
	switch h.Format {
	case template.HeaderVideo, template.HeaderGIF:
		c := box{at.x + at.w/2 - 20, at.y + at.h/2 - 20, 40, 40}
		d.plate(c, theme.Raised, theme.BubbleLine, round(20))
		if h.Format == template.HeaderGIF {
			w := wordsWidth("GIF", theme.TypeCaption.Size, bold)
			d.text("GIF", theme.TypeCaption, bold, theme.Text, c.x+(40-w)/2, c.y+12)
		} else {
			d.signs = append(d.signs, sign{box{c.x + 10, c.y + 10, 20, 20}, "play", theme.Text})
		}
	case template.HeaderImage, template.HeaderProduct:
	default:
		words := lang.X("card.header", "Header: {{.Kind}}", map[string]any{"Kind": string(h.Format)})
		d.centred(words, theme.TypeCaption, at.y+at.h/2+12)
	}
	return at.y + at.h + 7
}

func (d *cardDrawing) media(h *template.PreviewHeader) CardMedia {
	if d.look.Media == nil {
		return CardMedia{}
	}
	return d.look.Media(h.File)
}

// frame is the picture, or an empty frame with an icon in its middle.
func (d *cardDrawing) frame(at box, picture image.Image, icon string) {
	if picture != nil {
		d.pictures = append(d.pictures, cardPicture{at, picture, theme.RadiusBox})
		return
	}
	d.plate(at, theme.Chip, "", round(theme.RadiusBox))
	if icon != "" {
		d.signs = append(d.signs, sign{box{at.x + at.w/2 - 15, at.y + at.h/2 - 15, 30, 30}, icon, theme.Text3})
	}
}

func (d *cardDrawing) centred(words string, t theme.Type, y float32) {
	words = fit(words, t, plain, d.width-2*cardPad)
	d.text(words, t, plain, theme.Text2, (d.width-wordsWidth(words, t.Size, plain))/2, y)
}

func (d *cardDrawing) document(h *template.PreviewHeader, y float32) float32 {
	m := d.media(h)
	name := cleanLine(m.Name)
	if name == "" {
		name = lang.X("card.document", "Document")
	}
	detail := m.Detail
	if detail == "" {
		detail = "PDF"
	}
	at := box{cardMediaInset, y + cardMediaInset, d.width - 2*cardMediaInset, 50}
	d.plate(at, theme.Chip, "", round(theme.RadiusBox))
	icon, x, room := at.x+10, at.x+44, at.w-56
	if d.rtl {
		icon, x = at.x+at.w-34, at.x+12
	}
	d.signs = append(d.signs, sign{box{icon, at.y + 13, 24, 24}, "file", theme.Danger})
	d.aligned(fit(name, theme.TypeSmall, bold, room), theme.TypeSmall, bold, theme.Text, x, at.y+8, room)
	d.aligned(fit(detail, theme.TypeTime, plain, room), theme.TypeTime, plain, theme.Text2, x, at.y+27, room)
	return at.y + at.h + 7
}

// location draws a map in outline: WhatsApp shows a picture of the place, which a template does not have.
func (d *cardDrawing) location(h *template.PreviewHeader, y float32) float32 {
	at := box{cardMediaInset, y + cardMediaInset, d.width - 2*cardMediaInset, 84}
	d.plate(at, theme.Chip, "", round(theme.RadiusBox))
	for _, street := range []box{{0.1, 0, 0.02, 1}, {0.42, 0, 0.035, 1}, {0.74, 0, 0.02, 1}, {0, 0.28, 1, 0.06}, {0, 0.7, 1, 0.1}} {
		d.plate(box{at.x + at.w*street.x, at.y + at.h*street.y, fyne.Max(2, at.w*street.w), fyne.Max(2, at.h*street.h)}, theme.Pane, "", round(0))
	}
	pin := box{at.x + at.w/2 - 11, at.y + at.h/2 - 13, 22, 22}
	d.plate(pin, theme.Accent, theme.Pane, round(11))
	d.plates[len(d.plates)-1].stroke = 2
	d.plate(box{pin.x + 8, pin.y + 8, 6, 6}, theme.Pane, "", round(3))
	y = at.y + at.h
	name, address := cleanLine(h.Text), cleanLine(h.Address)
	if name == "" && address == "" {
		name = lang.X("card.location", "The place that is sent with the message")
	}
	room := d.width - 2*cardPad
	if name != "" {
		d.aligned(fit(name, theme.TypeSmall, bold, room), theme.TypeSmall, bold, theme.Text, cardPad, y+6, room)
		y += 6 + theme.TypeSmall.Pitch
	}
	if address != "" {
		d.aligned(fit(address, theme.TypeTime, plain, room), theme.TypeTime, plain, theme.Text2, cardPad, y+1, room)
		y += 1 + theme.TypeTime.Pitch
	}
	return y + 7
}
