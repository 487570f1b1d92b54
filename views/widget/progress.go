package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// ProgressRow shows work that takes a while: what is done, how far it is, and a button that stops it.
type ProgressRow struct {
	fynewidget.BaseWidget
	words       string
	done, total int
	failed      string
	cancel      *Button
}

// NewProgressRow makes a row; cancel may be nil when the work cannot be stopped.
func NewProgressRow(words string, cancel func()) *ProgressRow {
	p := &ProgressRow{words: words}
	if cancel != nil {
		p.cancel = NewButton(Plain, lang.X("button.cancel", "Cancel"), "", cancel).Sized(Small)
	}
	p.ExtendBaseWidget(p)
	return p
}

// Set says what is under way and how much of it is done; a total of 0 is not known yet.
func (p *ProgressRow) Set(words string, done, total int) {
	if p.words == words && p.done == done && p.total == total && p.failed == "" {
		return
	}
	p.words, p.done, p.total, p.failed = words, done, total, ""
	p.Refresh()
}

// SetFailed says why it ended, in plain words.
func (p *ProgressRow) SetFailed(reason string) {
	p.failed = reason
	p.Refresh()
}

// Share is how much is done, from 0 to 1.
func (p *ProgressRow) Share() float32 {
	if p.total <= 0 {
		return 0
	}
	return fyne.Min(1, fyne.Max(0, float32(p.done)/float32(p.total)))
}

func (p *ProgressRow) count() string {
	switch {
	case p.failed != "":
		return ""
	case p.total > 0:
		return lang.X("progress.of", "{{.Done}} of {{.Total}}", map[string]string{"Done": strconv.Itoa(p.done), "Total": strconv.Itoa(p.total)})
	case p.done > 0:
		return strconv.Itoa(p.done)
	}
	return ""
}

// CreateRenderer is for Fyne.
func (p *ProgressRow) CreateRenderer() fyne.WidgetRenderer {
	const bar = 6
	words, count := newText(theme.TypeSmall, plain), newText(theme.TypeCaption, plain)
	track, full, icon := newRect(bar/2), newRect(bar/2), newGlyph()
	objects := []fyne.CanvasObject{words, count, track, full, icon.Image}
	if p.cancel != nil {
		objects = append(objects, p.cancel)
	}
	paint := func() {
		fill(track, theme.Chip, "", 0)
		fill(full, theme.Accent, "", 0)
		count.Color = theme.Color(theme.Text2)
		c, name := theme.Text, ""
		if p.failed != "" {
			c, name = theme.Danger, "alert"
		}
		words.Color = theme.Color(c)
		icon.set(name, theme.Danger)
		show(track, p.failed == "")
	}
	layout := func(size fyne.Size) {
		w := size.Width
		if p.cancel != nil {
			m := p.cancel.MinSize()
			place(p.cancel, size.Width-m.Width, (size.Height-m.Height)/2, m.Width, m.Height)
			w -= m.Width + theme.Space3
		}
		x, text := float32(0), p.words
		if p.failed != "" {
			x, text = 24, p.failed
			place(icon.Image, 0, (size.Height-17)/2, 17, 17)
		}
		cw := width(p.count(), theme.TypeCaption.Size, plain)
		setText(count, p.count())
		y := (size.Height - theme.TypeSmall.Pitch - 4 - bar) / 2
		if p.failed != "" {
			y = (size.Height - theme.TypeSmall.Pitch) / 2
		}
		room := w - x - cw - theme.Space2
		setText(words, fit(clean(text), theme.TypeSmall, plain, room))
		place(words, x, y, room, theme.TypeSmall.Pitch)
		place(count, w-cw, y, cw, theme.TypeSmall.Pitch)
		place(track, 0, y+theme.TypeSmall.Pitch+4, w, bar)
		done := w * p.Share()
		show(full, p.failed == "" && done > 0)
		place(full, 0, y+theme.TypeSmall.Pitch+4, fyne.Max(done, bar), bar)
	}
	min := func() fyne.Size { return fyne.NewSize(220, theme.HeightControl) }
	return newRenderer(p, min, layout, paint, objects...)
}
