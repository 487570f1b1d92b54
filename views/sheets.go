package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/command"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// shortcuts shows every key of the window, by menu, and those of the composer and the lists.
func (w *Window) shortcuts() {
	if w.sh.Layers.Any() {
		return
	}
	left, right := layout.Column(theme.Space1), layout.Column(theme.Space1)
	for m := command.Shopbell; m < command.Hidden; m++ {
		column := left
		if m == command.View || m == command.Help {
			column = right
		}
		head := false
		for _, c := range w.table.All() {
			if c.Menu != m || c.Key.IsZero() {
				continue
			}
			if !head {
				column.Add(keysHead(w.table.Name(m)))
				head = true
			}
			column.Add(keysRow(c.Title, c.Key.String()))
		}
	}
	right.Add(keysHead(lang.X("keys.writing", "While writing")))
	send, newline := lang.X("keys.send", "Send"), lang.X("keys.newline", "New line")
	if w.sh.Keep.ReturnBreaks {
		right.Add(keysRow(send, "Ctrl+Enter"))
		right.Add(keysRow(newline, "Enter"))
	} else {
		right.Add(keysRow(send, "Enter"))
		right.Add(keysRow(newline, "Shift+Enter"))
	}
	var s *shell.Sheet
	done := widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.Close() })
	s = w.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("keys.title", "Keyboard shortcuts"), theme.TypePage, theme.Text),
		layout.Exactly(0, w.sh.Layers.Room(400, 92), widget.NewVScroll(layout.Pad(0, 12, 0, 0, layout.TallRow(theme.Space6, layout.Grow(left), layout.Grow(right))))),
		layout.Row(0, layout.Gap(), done),
	), 760, 0, nil)
}

func keysHead(title string) fyne.CanvasObject {
	return layout.Pad(8, 0, 2, 0, widget.NewBold(title, theme.TypeCaption, theme.Text2))
}

func keysRow(title, key string) fyne.CanvasObject {
	return layout.Least(0, 26, layout.Row(theme.Space2, layout.Grow(layout.Least(180, 0, widget.NewText(title, theme.TypeSmall, theme.Text).Shrinking())), widget.NewSmallPill(key, "", widget.Quiet)))
}

// about says what this is.
func (w *Window) about() {
	if w.sh.Layers.Any() {
		return
	}
	icon := canvas.NewImageFromResource(theme.AppIcon())
	icon.FillMode = canvas.ImageFillContain
	var s *shell.Sheet
	done := widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.Close() })
	s = w.sh.Layers.Show(layout.Column(theme.Space2,
		layout.Centre(layout.Exactly(64, 64, icon)),
		widget.NewBold(lang.X("window.title", "Shopbell"), theme.TypeHeading, theme.Text).Aligned(fyne.TextAlignCenter),
		widget.NewText(lang.X("about.version", "Version {{.V}}", map[string]any{"V": w.desk.Version}), theme.TypeBody, theme.Text2).Aligned(fyne.TextAlignCenter),
		widget.NewParagraph(lang.X("about.text", "The front desk of a small shop on WhatsApp. Apache License 2.0. It is made by nobody at Meta, and WhatsApp is a trade mark of theirs."), theme.TypeSmall, theme.Text2, 60).Centred(),
		layout.Pad(theme.Space2, 0, 0, 0, layout.Centre(done)),
	), 400, 0, nil)
}
