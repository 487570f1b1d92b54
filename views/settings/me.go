package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// meFields are who sits at this desk: what templates say under “User name” and “User phone”.
type meFields struct {
	name, phone *widget.Field
	save        *widget.Button
	busy        bool
	shown       [2]string // name and phone as they were read: what differs is being written
}

// meCard is nil where the program knows nobody.
func (v *View) meCard() fyne.CanvasObject {
	if v.p.Me == nil || v.p.SaveMe == nil {
		return nil
	}
	f := &v.me
	f.save = widget.NewButton(widget.Plain, lang.X("settings.me_save", "Save"), "", v.saveMe)
	f.name = widget.NewField(lang.X("settings.me_name", "Name"), "")
	f.phone = widget.NewField(lang.X("settings.me_phone", "Phone, with country code"), "+34 612 345 678")
	f.phone.SetHelp(lang.X("settings.me_phone_help", "Customers read it where a template has the user's phone; empty: such a template can't be sent"), widget.Quiet)
	for _, field := range []*widget.Field{f.name, f.phone} {
		field.OnSubmitted = func(string) { v.saveMe() }
		field.OnChanged = func(string) {
			field.SetWrong("")
			v.showMeButton()
		}
	}
	v.readMe()
	return card(lang.X("settings.me", "Me"),
		widget.NewParagraph(lang.X("settings.me_text", "Templates can say who writes: your name and your number."), theme.TypeSmall, theme.Text2, 60),
		f.name, f.phone, layout.LeftColumn(theme.Space2, f.save))
}

// readMe shows who sits here, unless somebody is writing something else just now.
func (v *View) readMe() {
	f := &v.me
	if f.name == nil || f.busy || f.written() != f.shown {
		return
	}
	me := v.p.Me()
	f.shown = [2]string{me.Name, app.FormatPhone(me.Phone)}
	f.name.SetText(f.shown[0])
	f.phone.SetText(f.shown[1])
	v.showMeButton()
}

func (f *meFields) written() [2]string { return [2]string{f.name.Text(), f.phone.Text()} }

func (v *View) showMeButton() {
	f, me := &v.me, v.p.Me()
	set(f.save, !f.busy && (f.name.Text() != me.Name || f.phone.Text() != app.FormatPhone(me.Phone)))
}

func (v *View) saveMe() {
	f := &v.me
	if f.busy || f.save.Disabled() {
		return
	}
	me := v.p.Me()
	me.Name, me.Phone = f.name.Text(), f.phone.Text()
	named, err := app.Staff{Name: me.Name}.Check("")
	if err != nil {
		f.name.SetWrong(wrongWords(err))
		return
	}
	me.Name = named.Name
	if me, err = me.Check(""); err != nil {
		f.phone.SetWrong(wrongWords(err))
		return
	}
	f.busy = true
	f.save.SetBusy(lang.X("settings.me_saving", "Saving…"))
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		err := v.p.SaveMe(ctx, me)
		return func() {
			f.busy = false
			f.save.SetIdle()
			if err != nil {
				f.name.SetWrong(wrongWords(err))
				v.showMeButton()
				return
			}
			f.shown = f.written()
			v.readMe()
			v.sh.Toasts(shell.Toast{Text: lang.X("settings.me_saved", "Saved"), Good: true})
		}, nil
	}, nil)
}

func wrongWords(err error) string {
	w := shell.WordsOf(err)
	return strings.TrimSpace(w.Message + " " + w.Mend)
}
