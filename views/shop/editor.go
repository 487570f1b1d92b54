// Package shop is where a shop says what stands on its papers: name, address, logo, colours and texts, with the paper itself beside it as it
// will be.
package shop

import (
	"context"
	"maps"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/papers"
	"shopbell/app/records"
	service "shopbell/app/shop"
	"shopbell/views/files"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/paper"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// redrawAfter is how long nobody must have typed before the paper is drawn anew.
const redrawAfter = 300 * time.Millisecond

// Editor is the sheet in which the shop is set up.
type Editor struct {
	sh     *shell.Shell
	shop   *service.Service
	saved  func()
	sheet  *shell.Sheet
	set    service.Settings
	was    service.Settings // as it is kept
	ready  bool
	change bool // something is not kept yet

	name, tax       *widget.Field
	country, size   *widget.Choice
	address, reach  *lines
	main, second    *colourField
	logo            *widget.FileRow
	logoWrong       *widget.Paragraph
	form            *fyne.Container
	language        *widget.Choice
	speaks          string
	greeting, terms *lines
	bank, footer    *lines
	save            *widget.Button
	wrong           *widget.Paragraph

	kind    *widget.Choice
	typ     string
	preview *paper.Pages
	note    *widget.Text
	wait    func()
	cancel  context.CancelFunc
}

// Open shows the editor; saved (may be nil) is told when something was kept.
func Open(sh *shell.Shell, s *service.Service, saved func()) *Editor {
	e := &Editor{sh: sh, shop: s, saved: saved, speaks: "en", typ: records.TypeInvoice}
	e.build()
	e.sheet.Guard = e.leave
	sh.Async(sh.Base, func(ctx context.Context) (func(), error) {
		set, err := s.Settings(ctx)
		return func() { e.show(set) }, err
	}, sh.Layers.Problem)
	return e
}

func (e *Editor) build() {
	e.name = widget.NewField(lang.X("shop.name", "Name of the shop"), "")
	e.name.OnChanged = func(s string) { e.edit(func(x *service.Settings) { x.Name = s }) }
	e.tax = widget.NewField(lang.X("shop.tax", "Tax number"), "")
	e.tax.OnChanged = func(s string) { e.edit(func(x *service.Settings) { x.TaxID = s }) }
	e.address = newLines(lang.X("shop.address", "Address"), 3, func(s string) { e.edit(func(x *service.Settings) { x.Address = s }) })
	e.reach = newLines(lang.X("shop.contact", "Phone, e-mail, web page"), 3, func(s string) { e.edit(func(x *service.Settings) { x.Contact = s }) })
	e.main = newColourField(lang.X("shop.main", "First colour"), papers.DefaultMain.String(), darkPresets, func(s string) { e.edit(func(x *service.Settings) { x.Main = s }) })
	e.second = newColourField(lang.X("shop.second", "Second colour"), papers.DefaultSecond.String(), lightPresets, func(s string) { e.edit(func(x *service.Settings) { x.Second = s }) })
	var countries []widget.Option
	for _, c := range naming.Countries() {
		countries = append(countries, widget.Option{Key: c.Code, Label: c.Name, Detail: c.Code, Words: c.Own})
	}
	e.country = widget.NewChoice(lang.X("shop.country", "Country"), countries, func(code string) { e.edit(func(x *service.Settings) { x.Country = code }) })
	e.country.SetPlaceholder(lang.X("shop.country_none", "Not chosen"))
	e.country.SetHelp(lang.X("shop.country_help", "Phone numbers without a country code are of it."))
	e.size = widget.NewChoice(lang.X("shop.size", "Paper"), []widget.Option{{Key: string(papers.A4), Label: "A4"}, {Key: string(papers.Letter), Label: "Letter"}}, func(s string) {
		e.edit(func(x *service.Settings) { x.Paper = papers.Size(s) })
	})
	e.logo = widget.NewFileRow(lang.X("shop.logo_hint", "Choose the logo"), lang.X("shop.logo_limits", "PNG or JPEG, at most 5 MB"), e.chooseLogo, func() {
		e.logo.SetFile(nil)
		e.edit(func(x *service.Settings) { x.Logo = nil })
	})
	e.logoWrong = widget.NewParagraph("", theme.TypeSmall, theme.Danger, 120)
	e.logoWrong.Hide()
	var languages []widget.Option
	for _, code := range papers.Languages() {
		languages = append(languages, widget.Option{Key: code, Label: paper.LanguageName(code)})
	}
	e.language = widget.NewChoice(lang.X("shop.texts_in", "Texts in"), languages, func(code string) {
		e.speaks = code
		e.showTexts()
		e.redraw()
	})
	text := func(label string, put func(t *papers.Texts, s string)) *lines {
		return newLines(label, 2, func(s string) {
			e.edit(func(x *service.Settings) {
				x.Texts = maps.Clone(x.Texts)
				if x.Texts == nil {
					x.Texts = map[string]papers.Texts{}
				}
				t := x.Texts[e.speaks]
				put(&t, s)
				x.Texts[e.speaks] = t
			})
		})
	}
	e.greeting = text(lang.X("shop.greeting", "Greeting, before the lines of quotations and invoices"), func(t *papers.Texts, s string) { t.Greeting = s })
	e.terms = text(lang.X("shop.terms", "Terms, behind the totals"), func(t *papers.Texts, s string) { t.Terms = s })
	e.bank = text(lang.X("shop.bank", "Where money is sent to"), func(t *papers.Texts, s string) { t.Bank = s })
	e.footer = text(lang.X("shop.footer", "At the foot of each page"), func(t *papers.Texts, s string) { t.Footer = s })
	group := func(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
		return layout.Column(theme.Space3, append([]fyne.CanvasObject{widget.NewBold(title, theme.TypeSubHeading, theme.Text)}, rows...)...)
	}
	e.form = layout.Pad(0, theme.Space4, theme.Space4, theme.Space1, layout.Column(theme.Space5,
		group(lang.X("shop.group_shop", "The shop"), e.name, e.address.object, e.reach.object, e.tax, e.country),
		group(lang.X("shop.group_look", "The look"), layout.Column(theme.Space1, e.logo, e.logoWrong), e.main.object, e.second.object, e.size),
		group(lang.X("shop.group_texts", "The words"), e.language, e.greeting.object, e.terms.object, e.bank.object, e.footer.object),
	))
	form := widget.NewVScroll(e.form)
	e.kind = widget.NewChoice("", nil, func(typ string) {
		e.typ = typ
		e.redraw()
	})
	var kinds []widget.Option
	for _, t := range records.Builtin().Subjects() {
		if papers.Drawable(t.Name) {
			kinds = append(kinds, widget.Option{Key: t.Name, Label: naming.Type(t)})
		}
	}
	e.kind.SetOptions(kinds)
	e.kind.SetChosen(e.typ)
	e.note = widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()
	e.preview = paper.NewPages(e.sh, 520)
	e.save = widget.NewButton(widget.Main, lang.X("button.save", "Save"), "", e.keep)
	e.save.Disable()
	e.wrong = widget.NewParagraph("", theme.TypeSmall, theme.Danger, 120)
	cancel := widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", e.leave)
	right := layout.Column(theme.Space2, layout.Row(theme.Space3, layout.Exactly(180, 0, e.kind), layout.Grow(e.note)), layout.Grow(e.preview))
	content := layout.Exactly(0, 2000, layout.Column(theme.Space3,
		layout.Row(theme.Space3, widget.NewBold(lang.X("shop.title", "The shop and its papers"), theme.TypePage, theme.Text), layout.Gap(), widget.NewIconButton("x", lang.X("button.close", "Close"), e.leave)),
		widget.NewLine(),
		layout.Grow(layout.TallRow(theme.Space4, layout.Exactly(392, 0, form), layout.Grow(right))),
		layout.Row(theme.Space2, layout.Grow(e.wrong), cancel, e.save),
	))
	e.sheet = e.sh.Layers.Show(content, 1040, 0, e.gone)
}

// show fills the form in with what is kept.
func (e *Editor) show(set service.Settings) {
	e.set, e.was, e.ready = set, set, false
	e.name.SetText(set.Name)
	e.tax.SetText(set.TaxID)
	e.address.set(set.Address)
	e.reach.set(set.Contact)
	e.main.set(set.Main)
	e.second.set(set.Second)
	e.country.SetChosen(set.Country)
	e.size.SetChosen(string(papers.A4))
	if set.Paper != "" {
		e.size.SetChosen(string(set.Paper))
	}
	e.showLogo()
	e.language.SetChosen(e.speaks)
	e.showTexts()
	e.ready, e.change = true, false
	e.save.Disable()
	e.redraw()
}

func (e *Editor) showLogo() {
	if e.set.Logo == nil {
		e.logo.SetFile(nil)
		return
	}
	e.logo.SetFile(&widget.File{Name: e.set.Logo.Name, MIME: e.set.Logo.MIME, Size: e.set.Logo.Size})
}

func (e *Editor) showTexts() {
	t := e.set.Texts[e.speaks]
	e.greeting.set(t.Greeting)
	e.terms.set(t.Terms)
	e.bank.set(t.Bank)
	e.footer.set(t.Footer)
}

// edit takes a change over; the paper follows a moment later.
func (e *Editor) edit(do func(*service.Settings)) {
	if !e.ready {
		return
	}
	do(&e.set)
	e.change = true
	e.wrong.SetText("")
	e.save.Enable()
	if e.wait != nil {
		e.wait()
	}
	e.wait = e.sh.After(redrawAfter, func() {
		e.wait = nil
		e.redraw()
	})
}

// redraw draws the paper of the newest record of the chosen type, with what stands in the form.
func (e *Editor) redraw() {
	if !e.ready {
		return
	}
	if e.cancel != nil {
		e.cancel()
	}
	ctx, cancel := context.WithCancel(e.sh.Base)
	e.cancel = cancel
	set, typ, language := e.set, e.typ, service.Language{Code: e.speaks}
	e.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		ref, example, err := e.shop.Sample(ctx, typ)
		if err != nil {
			return nil, err
		}
		p, err := e.shop.DrawAs(ctx, set, ref, language)
		return func() {
			e.preview.Set(p)
			words := lang.X("shop.sample_own", "Your newest record")
			if example {
				words = lang.X("shop.sample", "An example")
			}
			e.note.SetText(words)
		}, err
	}, func(err error) { e.wrong.SetText(shell.WordsOf(err).Message) })
}

// chooseLogo opens the file dialog.
func (e *Editor) chooseLogo() {
	files.Open(e.sh, files.Options{
		Title: lang.X("shop.choose_logo", "Choose a logo"), Kinds: []files.Kind{{Label: lang.X("files.pictures", "Pictures"), Extensions: []string{".png", ".jpg", ".jpeg"}}}, Key: "logo",
	}, e.TakeLogo)
}

// TakeLogo takes a picture as the logo, such as one that was dropped on the window.
func (e *Editor) TakeLogo(path string) {
	e.tellLogo("")
	e.logo.SetProgress(0.3)
	e.sh.Async(e.sh.Base, func(ctx context.Context) (func(), error) {
		f, err := files.Read(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		logo, err := e.shop.SetLogo(ctx, filepath.Base(path), f)
		return func() {
			e.logo.SetProgress(-1)
			e.edit(func(x *service.Settings) { x.Logo = &logo })
			e.showLogo()
		}, err
	}, func(err error) {
		e.logo.SetProgress(-1)
		w := shell.WordsOf(err)
		e.tellLogo(w.Message + " " + w.Mend)
	})
}

// tellLogo says below the logo why a file was not taken; "" says nothing.
func (e *Editor) tellLogo(words string) {
	e.logoWrong.SetText(words)
	if words == "" {
		e.logoWrong.Hide()
	} else {
		e.logoWrong.Show()
	}
	e.form.Refresh()
}

// keep saves what stands in the form.
func (e *Editor) keep() {
	set := e.set
	e.save.SetBusy(lang.X("shop.saving", "Saving…"))
	e.sh.Async(e.sh.Base, func(ctx context.Context) (func(), error) {
		err := e.shop.Save(ctx, set)
		return func() {
			e.save.SetIdle()
			e.was, e.change = set, false
			e.sheet.Close()
			e.sh.Toasts(shell.Toast{Text: lang.X("shop.saved", "The shop is saved; papers look so from now on"), Good: true})
			if e.saved != nil {
				e.saved()
			}
		}, err
	}, func(err error) {
		e.save.SetIdle()
		w := shell.WordsOf(err)
		e.wrong.SetText(w.Message + " " + w.Mend)
	})
}

// leave asks before what was written is lost.
func (e *Editor) leave() {
	if !e.change {
		e.sheet.Close()
		return
	}
	e.sh.Layers.Ask(lang.X("shop.leave", "Leave without saving?"), lang.X("shop.leave_text", "What you changed here is lost then."), lang.X("shop.leave_do", "Leave"), true, e.sheet.Close)
}

func (e *Editor) gone() {
	e.preview.Stop()
	if e.cancel != nil {
		e.cancel()
	}
	if e.wait != nil {
		e.wait()
	}
}
