package records

import (
	"context"
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// linkEditor is a relation: what it leads to, found by a search, with a way there.
func (f *formPane) linkEditor(x records.Field, label string, changed func()) *editor {
	var links []records.Link
	open := widget.NewIconButton("right", lang.X("records.go_there", "Open it"), func() {
		if len(links) > 0 {
			f.v.Open(links[0].Ref)
		}
	})
	there := layout.Pad(20, 0, 0, 0, open)
	var face *widget.PickField
	paint := func() {
		words := ""
		if len(links) > 0 {
			if words = links[0].Title; words == "" {
				words = links[0].ID
			}
		}
		face.SetWords(words)
		layout.SetVisible(there, len(links) > 0)
	}
	face = widget.NewPickField(label, func() {
		f.v.pickRecord(face.Anchor(), x.Relation, len(links) > 0, func(l *records.Link) {
			links = nil
			if l != nil {
				links = []records.Link{*l}
			}
			paint()
			changed()
			f.body.Refresh()
		})
	})
	face.SetPlaceholder(lang.X("records.choose", "Choose…"))
	paint()
	e := &editor{field: x, wrong: face.SetWrong, focus: face.Focus}
	e.object = layout.Row(theme.Space2, layout.Grow(face), there)
	e.set = func(v records.Value) {
		links = append([]records.Link(nil), v.Links...)
		paint()
	}
	e.value = func() (records.Value, string) {
		if len(links) == 0 {
			return records.Value{}, ""
		}
		return records.Relation(links...), ""
	}
	return e
}

// pickMost is how many records a search offers.
const pickMost = 8

// pickRecord finds a record of a type in a card at an anchor; nil is none.
func (v *View) pickRecord(anchor fyne.CanvasObject, typ string, clearable bool, chosen func(*records.Link)) {
	t, _ := v.catalog.Type(typ)
	var pop *widget.Popover
	list := layout.Column(2)
	asked := 0
	var offers []records.Link
	take := func(l *records.Link) {
		pop.Close()
		chosen(l)
	}
	show := func(found []records.Record, query string) {
		list.Objects, offers = nil, nil
		for _, r := range found {
			l := records.Link{Ref: r.Ref, Title: r.Title}
			offers = append(offers, l)
			list.Add(widget.NewButton(widget.TextOnly, r.Label(), "", func() { take(&l) }).Sized(widget.Small))
		}
		if len(found) == 0 {
			list.Add(widget.NewText(lang.X("records.none_like", "None is called that"), theme.TypeSmall, theme.Text2).Shrinking())
		}
		if query != "" {
			list.Add(widget.NewLine())
			list.Add(widget.NewButton(widget.TextOnly, lang.X("records.make", "New: {{.Type}} “{{.Name}}”", map[string]any{"Type": naming.Type(t), "Name": query}), "plus", func() {
				v.quickly(t, query, func(l records.Link) { take(&l) })
			}).Sized(widget.Small))
		}
		if clearable {
			list.Add(widget.NewButton(widget.TextOnly, lang.X("records.nobody", "None"), "x", func() { take(nil) }).Sized(widget.Small))
		}
		list.Refresh()
		if pop != nil {
			pop.Resized()
		}
	}
	find := func(query string) {
		asked++
		mine := asked
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			found, err := v.p.Kept.Search(ctx, typ, query, pickMost)
			return func() {
				if mine == asked {
					show(found, query)
				}
			}, err
		}, v.sh.Layers.Problem)
	}
	search := widget.NewSearchField(lang.X("choice.search", "Search"), "")
	search.OnChanged = find
	search.OnSubmitted = func(string) {
		if len(offers) > 0 {
			take(&offers[0])
		}
	}
	search.OnKey = func(name fyne.KeyName) bool {
		if name == fyne.KeyEscape {
			pop.Close()
			return true
		}
		if name == fyne.KeyDown {
			v.sh.Window.Canvas().FocusNext()
			return true
		}
		return false
	}
	pop = widget.ShowPopover(anchor, layout.PadAll(10, layout.Column(theme.Space2, search, list)), max(260, anchor.Size().Width), nil)
	if pop != nil {
		search.Focus()
	}
	find("")
}

// quickly makes a record of a type that has nothing but its name.
func (v *View) quickly(t records.Type, name string, then func(records.Link)) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		ref, err := v.p.Kept.Create(ctx, v.p.Me, t.Name, map[string]records.Value{t.Title: records.Text(name)})
		return func() { then(records.Link{Ref: ref, Title: name}) }, err
	}, v.sh.Layers.Problem)
}

// openLink opens an address of the web and no other.
func (v *View) openLink(s string) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		v.sh.Toasts(shell.Toast{Text: lang.X("records.no_link", "This is not an address of the web"), Bad: true})
		return
	}
	if err := v.sh.App.OpenURL(u); err != nil {
		v.sh.Layers.Problem(err)
	}
}
