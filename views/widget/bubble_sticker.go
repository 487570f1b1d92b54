package widget

import (
	"fyne.io/fyne/v2"

	"shopbell/views/theme"
)

// stickerSide is how wide and how high a sticker is at most.
const stickerSide float32 = 160

// sticker lays out a picture that stands by itself: no bubble, no frame, all of it seen, the time below it.
func (l *bubbleLayout) sticker(m *Message, words labels, left, column, y float32) {
	size := stickerSize(m)
	meta := metaWidth(m, words)
	w := fyne.Max(size.Width, meta)
	if m.Quote != nil {
		quoted := fyne.Min(column*0.76, theme.WidthBubble) - 22
		name := fit(clean(m.Quote.Name), theme.TypeCaption, bold, quoted)
		text := fit(clean(m.Quote.Text), theme.TypeSmall, plain, quoted)
		quoted = fyne.Max(wordsWidth(name, theme.TypeCaption.Size, bold), wordsWidth(drawn(text), theme.TypeSmall.Size, plain)) + 22
		w = fyne.Max(w, quoted)
	}
	x := left
	if m.Out {
		x += column - w
	}
	top := y
	if m.Quote != nil {
		l.quote = box{x, y, w, quoteHeight}
		l.text(fit(clean(m.Quote.Name), theme.TypeCaption, bold, w-22), theme.TypeCaption, bold, theme.Accent, x+12, y+5)
		l.text(drawn(fit(clean(m.Quote.Text), theme.TypeSmall, plain, w-22)), theme.TypeSmall, plain, theme.Text2, x+12, y+22)
		top += quoteHeight + 4
	}
	l.bare = true
	l.image = box{x, top, size.Width, size.Height}
	if m.Out {
		l.image.x = x + w - size.Width
	}
	at := top + size.Height + 2
	metaX := l.image.x + size.Width - meta
	if !m.Out {
		metaX = fyne.Max(x, metaX)
	}
	l.meta(m, words, metaX, at, meta)
	l.bubble = box{x, y, w, at + theme.TypeTime.Pitch + 2 - y}
	l.height = y + l.bubble.h
	l.below(m, x, left, column)
}

// stickerSize is how large a sticker is drawn: never larger than it is.
func stickerSize(m *Message) fyne.Size {
	b := m.Image.Bounds()
	if b.Dx() < 1 || b.Dy() < 1 {
		return fyne.NewSquareSize(stickerSide)
	}
	w, h := float32(b.Dx()), float32(b.Dy())
	scale := fyne.Min(1, fyne.Min(stickerSide/w, stickerSide/h))
	return fyne.NewSize(w*scale, h*scale)
}
