package widget

import (
	"fyne.io/fyne/v2"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

// spansToStyled turns the spans of a message into what the line breaker takes, cleaned of what must not be drawn.
func spansToStyled(spans []template.Span) styled {
	var p parser
	for _, s := range spans {
		s.Text = clean(s.Text)
		p.mark(s)
	}
	if len(p.spans) == 0 {
		return unstyled("")
	}
	return styled{p.b.String(), p.spans}
}

// blocks draws the body: paragraphs, lists, quotes and code, below each other.
func (d *cardDrawing) blocks(blocks []template.Block, y, room float32) float32 {
	const indent = 16
	for i, b := range blocks {
		text := spansToStyled(b.Spans)
		t := d.typeOf(text.text)
		if i > 0 && (b.Kind == template.Code || blocks[i-1].Kind == template.Code) {
			y += 4
		}
		switch b.Kind {
		case template.Bullet, template.Numbered:
			sign := "•"
			if b.Kind == template.Numbered {
				sign = b.Number + "."
			}
			lead := fyne.Max(indent, wordsWidth(sign, t.Size, plain)+6)
			x, at := cardPad+lead, cardPad+2
			if d.leftward(text.text) {
				if b.Kind == template.Numbered {
					sign = "." + b.Number
				}
				x, at = cardPad, cardPad+room-wordsWidth(sign, t.Size, plain)-2
			}
			d.text(sign, t, plain, theme.Text, at, y)
			y = d.flow(text, t, theme.Text, x, y, room-lead)
		case template.Quote:
			x, bar := cardPad+indent-4, cardPad
			if d.leftward(text.text) {
				x, bar = cardPad, cardPad+room-3
			}
			end := d.flow(text, t, theme.Text2, x, y, room-indent+4)
			d.plate(box{bar, y + 1, 3, end - y - 2}, theme.LineStrong, "", round(1.5))
			y = end
		case template.Code:
			mono := theme.TypeMono
			at := len(d.plates)
			d.plate(box{cardPad - 4, y, room + 8, 0}, theme.Chip, "", round(6))
			end := d.flow(text, mono, theme.Text, cardPad+3, y+4, room-6)
			d.plates[at].h = end + 4 - y
			y = end + 4
		default:
			y = d.flow(text, t, theme.Text, cardPad, y, room)
		}
	}
	return y
}

// typeOf is the type of a text: right-to-left scripts are drawn larger.
func (d *cardDrawing) typeOf(text string) theme.Type {
	switch {
	case !rightToLeft(text):
		return d.typ
	case d.look.Large:
		return theme.TypeRTL
	}
	return theme.Type{Size: 14, Pitch: 22}
}

// leftward tells whether a paragraph runs from right to left: by its first letter, or by the template's language
// when it has none.
func (d *cardDrawing) leftward(paragraph string) bool {
	return rightToLeft(paragraph) || d.rtl && !hasLetters(paragraph)
}

// flow draws text that wraps and returns where it ends. Blank lines are lower than others, as on the phone.
func (d *cardDrawing) flow(s styled, t theme.Type, colour fyne.ThemeColorName, x, y, room float32) float32 {
	for _, ln := range breakLines(s, t.Size, room) {
		if ln.shown == ln.start {
			y += cardGap
			continue
		}
		rtl := d.leftward(paragraphOf(s.text, ln.start))
		left := x
		if rtl {
			left += room - ln.width
		}
		for _, r := range s.runs(ln, t.Size, rtl) {
			r.x += left
			c := colour
			if r.link != "" {
				c = theme.Accent
			}
			d.runs = append(d.runs, placedRun{r, y, t, c})
			if r.style.Monospace && t != theme.TypeMono {
				d.plates = append(d.plates, plate{box: box{r.x - 2, y + 1, r.width + 4, t.Pitch - 2}, ground: theme.Chip, corners: round(4)})
			}
		}
		y += t.Pitch
	}
	return y
}
