// Package setup is the first page: try the practice account, or connect one's own.
package setup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// View is the first page.
type View struct {
	sh       *shell.Shell
	practice func(busy func(bool))
	start    *widget.Button
	content  fyne.CanvasObject
}

// New makes the page. secretsKind tells where secrets are kept (nil: in the keyring). practice starts the practice account and leaves the page, and tells busy when that begins and ends; connect opens the form of an account.
func New(sh *shell.Shell, secretsKind func() string, practice func(busy func(bool)), connect func()) *View {
	v := &View{sh: sh, practice: practice}
	v.start = widget.NewButton(widget.Main, lang.X("setup.start", "Start practising"), "", v.begin).Sized(widget.Big)
	form := widget.NewButton(widget.Plain, lang.X("setup.connect", "Connect an account"), "", connect).Sized(widget.Big)
	secrets := lang.X("setup.own_3", "Secrets stay in this computer's keyring")
	if secretsKind != nil && secretsKind() == "file" {
		secrets = lang.X("setup.own_3_file", "Secrets stay in a file that your passphrase encrypts")
	}
	icon := canvas.NewImageFromResource(theme.AppIcon())
	icon.FillMode = canvas.ImageFillContain
	cards := &fyne.Container{Layout: &pair{}, Objects: []fyne.CanvasObject{
		card("bolt", lang.X("setup.practice", "Try the practice account"), lang.X("setup.practice_text", "Everything works, nothing leaves this computer."), []string{
			lang.X("setup.practice_1", "Customers who write and answer"),
			lang.X("setup.practice_2", "Ticks, the 24 hours, failures: as on WhatsApp"),
			lang.X("setup.practice_3", "No account, no cost, no phone number"),
		}, v.start),
		card("link", lang.X("setup.own", "Connect my account"), lang.X("setup.own_text", "Your own WhatsApp Business number."), []string{
			lang.X("setup.own_1", "Five values from your app at Meta"),
			lang.X("setup.own_2", "Each is checked before anything is kept"),
			secrets,
		}, form),
	}}
	page := layout.Column(0,
		layout.Centre(layout.Exactly(76, 76, icon)),
		layout.Pad(18, 0, 0, 0, widget.NewBold(lang.X("setup.welcome", "Welcome to Shopbell"), theme.TypeWelcome, theme.Text).Aligned(fyne.TextAlignCenter).Shrinking()),
		layout.Pad(4, 0, 0, 0, widget.NewParagraph(lang.X("setup.question", "The front desk of your shop. How would you like to begin?"), theme.Type{Size: 15, Pitch: 22}, theme.Text2, 60).Centred()),
		layout.Pad(28, 0, 0, 0, cards),
	)
	v.content = layout.Over(widget.NewGround(theme.Canvas, "", 0), widget.NewVScroll(layout.AtMost(812+48, layout.Column(0, layout.Gap(), layout.Pad(24, 24, 24, 24, page), layout.Gap()))))
	return v
}

// Content is the page.
func (v *View) Content() fyne.CanvasObject { return v.content }

func (v *View) begin() {
	v.practice(func(busy bool) {
		if busy {
			v.start.SetBusy(lang.X("setup.starting", "Starting…"))
		} else {
			v.start.SetIdle()
		}
	})
}

func card(icon, title, text string, points []string, button *widget.Button) fyne.CanvasObject {
	list := layout.Column(theme.Space2)
	for _, p := range points {
		list.Add(layout.Row(theme.Space2, widget.NewIcon("check", 16, theme.Ok), layout.Grow(widget.NewText(p, theme.TypeSmall, theme.Text).Shrinking())))
	}
	tile := layout.Exactly(48, 48, layout.Over(widget.NewGround(theme.AccentSoft, "", theme.RadiusCard), layout.Centre(widget.NewIcon(icon, 22, theme.Accent))))
	return widget.NewCard(layout.Column(0,
		layout.Row(0, tile),
		layout.Pad(15, 0, 0, 0, widget.NewBold(title, theme.TypePage, theme.Text).Shrinking()),
		layout.Pad(4, 0, 0, 0, widget.NewText(text, theme.TypeBody, theme.Text2).Shrinking()),
		layout.Pad(18, 0, 20, 0, list),
		layout.Row(0, button),
	), 24)
}

// pair puts two cards side by side, or below each other where they would be too narrow.
type pair struct {
	width float32 // as the last layout had it
}

const (
	pairGap   float32 = 20
	pairLeast float32 = 300
)

// beside tells whether there is room side by side; before the first layout there is.
func (p *pair) beside() bool { return p.width == 0 || p.width >= 2*pairLeast+pairGap }

// MinSize is for Fyne.
func (p *pair) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if !p.beside() {
		return fyne.NewSize(pairLeast, a.Height+pairGap+b.Height)
	}
	return fyne.NewSize(pairLeast, fyne.Max(a.Height, b.Height))
}

// Layout is for Fyne.
func (p *pair) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p.width = size.Width
	if !p.beside() {
		y := float32(0)
		for _, o := range objects {
			h := o.MinSize().Height
			o.Move(fyne.NewPos(0, y))
			o.Resize(fyne.NewSize(size.Width, h))
			y += h + pairGap
		}
		return
	}
	w := (size.Width - pairGap) / 2
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i)*(w+pairGap), 0))
		o.Resize(fyne.NewSize(w, size.Height))
	}
}
