package templates

import (
	"bytes"
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/starters"
	service "shopbell/app/templates"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// gallery is the sheet in which a new template is begun: blank, from a starter, or as a copy of the open one.
type gallery struct {
	v        *View
	sheet    *shell.Sheet
	starters []starters.Starter
	list     *widget.KeyList
	at       int // 0 is blank
	language *widget.Choice
	account  *widget.Choice
	title    *widget.Text
	text     *widget.Paragraph
	card     *widget.TemplateCard
	holder   *fyne.Container
	create   *widget.Button
	making   bool
}

// New opens the gallery of new templates.
func (v *View) New() {
	if !v.admin() {
		v.sh.Say(lang.X("templates.locked_staff", "Only an admin changes templates"))
		return
	}
	if v.sh.Layers.Any() {
		return
	}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		accts, err := v.p.Accounts(ctx)
		if err != nil {
			return nil, err
		}
		var list []starters.Starter
		if v.p.Starters != nil {
			if list, err = v.p.Starters(); err != nil {
				return nil, err
			}
		}
		return func() {
			var open []app.Account
			for _, a := range accts {
				if !a.Archived {
					open = append(open, a)
				}
			}
			if len(open) == 0 {
				v.noAccount()
				return
			}
			v.showGallery(list, open)
		}, nil
	}, v.sh.Layers.Problem)
}

func (v *View) showGallery(list []starters.Starter, accts []app.Account) {
	g := &gallery{v: v, starters: list, card: widget.NewTemplateCard(), title: widget.NewBold("", theme.TypeSubHeading, theme.Text).Shrinking(), text: widget.NewParagraph("", theme.TypeSmall, theme.Text2, 120)}
	g.language = widget.NewChoice(lang.X("templates.language", "Language"), languageOptions(), func(string) { g.show() })
	g.language.SetChosen("en")
	var shops []widget.Option
	for _, a := range accts {
		shops = append(shops, widget.Option{Key: strconv.FormatInt(a.ID, 10), Label: a.Name})
	}
	g.account = widget.NewChoice(lang.X("templates.account", "Account"), shops, func(string) {})
	g.account.SetChosen(shops[0].Key)
	if e := v.editor; e.m != nil {
		g.language.SetChosen(e.m.now.Document.Language)
		g.account.SetChosen(strconv.FormatInt(e.m.now.AccountID, 10))
	}
	g.create = widget.NewButton(widget.Main, lang.X("gallery.create", "Begin with this"), "", g.make)
	twin := widget.NewButton(widget.Plain, lang.X("gallery.copy", "Copy the open one"), "copy", func() {
		g.sheet.Close()
		v.copy(v.Chosen(), "")
	})
	layout.SetVisible(twin, v.Chosen() != 0)
	g.list = widget.NewKeyList(func() int { return len(g.starters) + 1 }, newGalleryRow, g.paint, g.typed)
	g.list.OnSelected = func(i int) {
		g.list.Unselect(i)
		g.choose(i)
	}
	high := v.sh.Layers.Room(520, 110)
	g.holder = layout.Column(theme.Space3, g.title, g.text, g.card)
	g.sheet = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("gallery.title", "New template"), theme.TypePage, theme.Text),
		layout.Exactly(0, high, layout.TallRow(theme.Space4,
			layout.Exactly(250, 0, shell.Tight(g.list)), widget.NewLine(),
			layout.Grow(layout.Column(theme.Space3, layout.TallRow(theme.Space4, layout.Grow(g.language), layout.Grow(g.account)),
				layout.Grow(widget.NewVScroll(layout.Pad(0, 10, 0, 0, g.holder))))))),
		layout.Row(theme.Space2, twin, layout.Gap(), widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { g.sheet.Close() }), g.create),
	), 760, 0, nil)
	if len(g.starters) > 0 {
		g.at = 1
	}
	g.show()
	v.sh.Layers.FocusFirst()
}

func newGalleryRow() fyne.CanvasObject {
	return layout.Least(0, 52, layout.Over(widget.NewGround("", "", theme.RadiusControl), widget.NewRing(), layout.Pad(6, 10, 6, 10, layout.Column(0,
		widget.NewBold("", theme.TypeBody, theme.Text).Shrinking(), widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()))))
}

func (g *gallery) paint(i int, o fyne.CanvasObject) {
	over := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	ground := fyne.ThemeColorName("")
	if i == g.at {
		ground = theme.Selected
	}
	over[0].(*widget.Ground).Set(ground, "")
	layout.SetVisible(over[1], i == g.at && g.list.Focused())
	lines := over[2].(*fyne.Container).Objects[0].(*fyne.Container).Objects
	title, text := lang.X("gallery.blank", "Blank"), lang.X("gallery.blank_text", "Begin with nothing")
	if i > 0 {
		s := g.starters[i-1]
		title, text = s.Title(g.language.Chosen()), categoryName(s.Category())
	}
	lines[0].(*widget.Text).SetText(title)
	lines[1].(*widget.Text).SetText(text)
}

// typed walks the list by keys; Return begins with what is chosen.
func (g *gallery) typed(name fyne.KeyName) {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		g.make()
	default:
		if to, ok := widget.Stepped(name, g.at, len(g.starters)+1, 7); ok {
			g.choose(to)
			g.list.ScrollTo(to)
		} else {
			passOn(name)
		}
	}
}

func (g *gallery) choose(i int) {
	g.at = i
	g.show()
}

// show draws what would be begun.
func (g *gallery) show() {
	g.list.Refresh()
	layout.SetVisible(g.card, g.at > 0)
	if g.at == 0 {
		g.title.SetText(lang.X("gallery.blank", "Blank"))
		g.text.SetText(lang.X("gallery.blank_long", "You write everything yourself; what Meta would refuse is said as you type."))
	} else {
		s := g.starters[g.at-1]
		language := g.language.Chosen()
		t := s.Draft(language)
		samples := filled{}
		for _, b := range t.Bindings {
			samples[b.Slot] = b.Sample
		}
		g.title.SetText(s.Title(language))
		text := s.Purpose(language)
		if t.Document.Language != language {
			text += " " + lang.X("gallery.other_language", "We have it in {{.Language}}; it would have to be translated.", map[string]any{"Language": languageName(t.Document.Language)})
		}
		g.text.SetText(text)
		g.card.Set(template.Render(t.Document, func(s template.Slot) string { return samples[s] }), widget.CardLook{Clock: "10:44"})
	}
	g.holder.Refresh()
}

// make begins the template.
func (g *gallery) make() {
	v := g.v
	if g.making {
		return
	}
	account, err := strconv.ParseInt(g.account.Chosen(), 10, 64)
	if err != nil {
		return
	}
	language := g.language.Chosen()
	start := service.Start{AccountID: account, Document: template.Document{Language: language, Category: template.Utility}}
	var starter *starters.Starter
	if g.at > 0 {
		starter = &g.starters[g.at-1]
		t := starter.Draft(language)
		start.Name, start.Document, start.RecordType, start.PhoneField, start.Bindings = t.Name, t.Document, t.RecordType, t.PhoneField, t.Bindings
	}
	g.making = true
	g.create.SetBusy(lang.X("gallery.making", "Making it…"))
	v.editor.flush(func() {
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			t, err := v.p.Templates.Create(ctx, v.who(), start)
			if err == nil && starter != nil {
				t, err = v.withSample(ctx, t, *starter)
			}
			return func() {
				g.sheet.Close()
				v.made(t)
			}, err
		}, func(err error) {
			g.making = false
			g.create.SetIdle()
			v.sh.Layers.Problem(err)
		})
	})
}

// withSample gives a new template the starter's sample file.
func (v *View) withSample(ctx context.Context, t app.Template, s starters.Starter) (app.Template, error) {
	name, _, data, err := s.Sample()
	if err != nil || data == nil {
		return t, err
	}
	return v.p.Templates.SetHeaderFile(ctx, v.who(), t.ID, t.Revision, -1, name, bytes.NewReader(data))
}
