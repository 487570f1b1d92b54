package templates

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// languagesRow is the strip of the languages that the open template has, above its form. It is there only where there are several.
type languagesRow struct {
	e      *editor
	object *fyne.Container
	shown  []langChip
}

// langChip is one language of a template.
type langChip struct {
	id    app.ID
	words string
	on    bool
}

func newLanguagesRow(e *editor) *languagesRow {
	l := &languagesRow{e: e, object: layout.Column(0)}
	l.object.Hide()
	return l
}

// group are the rows of the languages of a template, itself among them, in the order of the list's reading.
func (v *View) group(t app.Template) (out []row) {
	for _, r := range v.list.rows {
		if r.id == t.ID || t.Document.Name != "" && r.meta == t.Document.Name && r.account == t.AccountID && !r.archived {
			out = append(out, r)
		}
	}
	return out
}

// show draws the strip. Nothing is drawn anew when nothing changed.
func (l *languagesRow) show(t app.Template) {
	v := l.e.v
	var chips []langChip
	for _, r := range v.group(t) {
		words := r.short
		if r.id == t.ID {
			words = shortLanguage(t.Document.Language)
		}
		chips = append(chips, langChip{r.id, words, r.id == t.ID})
	}
	if len(chips) < 2 {
		chips = nil
	}
	if equalChips(chips, l.shown) {
		return
	}
	l.shown = chips
	l.object.Objects = nil
	if len(chips) > 0 {
		row := []fyne.CanvasObject{}
		for _, c := range chips {
			b := widget.NewFilterChip(c.words, func() { v.Open(c.id) })
			b.SetOn(c.on)
			row = append(row, b)
		}
		if v.admin() {
			row = append(row, widget.NewButton(widget.TextOnly, lang.X("language.add", "Language"), "plus", v.NewLanguage).Sized(widget.Small))
		}
		side := widget.NewButton(widget.TextOnly, lang.X("language.beside", "Side by side"), "copy", v.Beside).Sized(widget.Small)
		row = append(row, side)
		l.object.Objects = []fyne.CanvasObject{layout.Pad(10, theme.Space5, 0, theme.Space5, widget.NewHScroll(layout.Row(6, row...)))}
	}
	layout.SetVisible(l.object, len(chips) > 0)
	if l.e.scroll != nil {
		l.e.scroll.Content.Refresh()
	}
}

func equalChips(a, b []langChip) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Beside shows two languages of the open template next to each other, as the customer sees them.
func (v *View) Beside() {
	e := v.editor
	if e.m == nil {
		return
	}
	t := e.m.now
	group := v.group(t)
	if len(group) < 2 {
		v.NewLanguage()
		return
	}
	var options []widget.Option
	other := ""
	for _, r := range group {
		key := strconv.FormatInt(r.id, 10)
		options = append(options, widget.Option{Key: key, Label: r.speaks, Detail: statusAdvice(r.status).Title})
		if r.id != t.ID && other == "" {
			other = key
		}
	}
	var s *shell.Sheet
	left, right := newLanguageSide(v, options), newLanguageSide(v, options)
	s = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("language.beside_title", "Languages of “{{.Name}}”", map[string]any{"Name": t.Name}), theme.TypePage, theme.Text).Shrinking(),
		layout.Exactly(0, v.sh.Layers.Room(520, 110), layout.TallRow(theme.Space4, layout.Grow(left.object), widget.NewLine(), layout.Grow(right.object))),
		layout.Row(theme.Space2, layout.Gap(), widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.Close() }))), 860, 0, nil)
	for _, x := range []*languageSide{left, right} {
		x.open = func(id app.ID) {
			s.Close()
			v.Open(id)
		}
	}
	left.choose(strconv.FormatInt(t.ID, 10))
	right.choose(other)
	v.sh.Layers.FocusFirst()
}

// languageSide is one language of a template: which, and how it looks with its samples.
type languageSide struct {
	v      *View
	object fyne.CanvasObject
	choice *widget.Choice
	card   *widget.TemplateCard
	holder *fyne.Container
	edit   *widget.Button
	open   func(app.ID)
	id     app.ID
}

func newLanguageSide(v *View, options []widget.Option) *languageSide {
	s := &languageSide{v: v, card: widget.NewTemplateCard()}
	s.choice = widget.NewChoice(lang.X("templates.language", "Language"), options, s.choose)
	s.edit = widget.NewButton(widget.Plain, lang.X("templates.open", "Open"), "edit", func() { s.open(s.id) }).Sized(widget.Small)
	s.holder = layout.Column(theme.Space3, s.card, layout.Row(0, s.edit))
	s.object = layout.Column(theme.Space3, s.choice, layout.Grow(widget.NewVScroll(layout.Pad(0, 10, 0, 0, s.holder))))
	return s
}

func (s *languageSide) choose(key string) {
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return
	}
	s.id = id
	s.choice.SetChosen(key)
	if m := s.v.editor.m; m != nil && m.now.ID == id { // as it is written now, kept or not
		s.draw(m.now)
		return
	}
	s.v.sh.Async(s.v.sh.Base, func(ctx context.Context) (func(), error) {
		t, err := s.v.p.Templates.Get(ctx, s.v.who(), id)
		return func() {
			if s.id == id {
				s.draw(t)
			}
		}, err
	}, s.v.sh.Layers.Problem)
}

func (s *languageSide) draw(t app.Template) {
	samples := filled{}
	for _, b := range t.Bindings {
		samples[b.Slot] = b.Sample
	}
	s.card.Set(template.Render(t.Document, func(x template.Slot) string { return samples[x] }), widget.CardLook{Clock: "10:44", Business: s.v.business(t.AccountID), Media: func(x template.Slot) widget.CardMedia { return s.v.phone.media.of(t, x) }})
	s.holder.Refresh()
}
