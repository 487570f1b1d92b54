package records

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// twinsMost is how many groups of likely duplicates are looked for at a time.
const twinsMost = 50

// lookForTwins shows a banner over contacts that are likely the same person.
func (l *listPane) lookForTwins() {
	l.twins.Hide()
	l.declined = 0
	l.lookAgainForTwins()
}

// lookAgainForTwins brings the banner up to date, such as after an import. Where a person wants none now, it comes back only when there are more.
func (l *listPane) lookAgainForTwins() {
	v := l.v
	if v.typ.Name != records.TypeContact {
		return
	}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		groups, err := v.p.Kept.Duplicates(ctx, records.TypeContact, twinsMost)
		return func() {
			on := len(groups) > l.declined && v.typ.Name == records.TypeContact
			if on {
				words := lang.X("records.twins", "{{.N}} contacts seem to be there more than once.", map[string]any{"N": naming.Number(len(groups))})
				if len(groups) == 1 {
					words = lang.X("records.twins_one", "One contact seems to be there more than once.")
				}
				if len(groups) == twinsMost {
					words = lang.X("records.twins_many", "{{.N}} contacts or more seem to be there more than once.", map[string]any{"N": naming.Number(len(groups))})
				}
				l.twins.Objects = []fyne.CanvasObject{widget.NewBanner(widget.Warn, "users", words, "",
					widget.NewButton(widget.Plain, lang.X("records.not_now", "Not now"), "", func() {
						l.declined = len(groups)
						l.twins.Hide()
						l.column.Refresh()
					}),
					widget.NewButton(widget.Plain, lang.X("records.look", "Look at them…"), "", func() { v.showTwins(groups) }))}
			}
			layout.SetVisible(l.twins, on)
			l.column.Refresh()
		}, err
	}, func(error) {}) // the list itself says what is wrong with the database
}

// ShowTwins looks for duplicates and shows them.
func (v *View) ShowTwins() {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		groups, err := v.p.Kept.Duplicates(ctx, records.TypeContact, twinsMost)
		return func() {
			if len(groups) == 0 {
				v.sh.Toasts(shell.Toast{Text: lang.X("records.no_twins", "No contact is there twice"), Good: true})
				return
			}
			v.showTwins(groups)
		}, err
	}, v.sh.Layers.Problem)
}

// twinsSheet shows one group after the other, its contacts side by side.
type twinsSheet struct {
	v      *View
	sheet  *shell.Sheet
	groups [][]records.Ref
	at     int
	holder *fyne.Container
	title  *widget.Text
	merge  *widget.Button
	next   *widget.Button
	found  []records.Record
	keep   int
	merged int
}

func (v *View) showTwins(groups [][]records.Ref) {
	s := &twinsSheet{v: v, groups: groups, holder: layout.Column(0), title: widget.NewBold("", theme.TypePage, theme.Text).Shrinking()}
	s.merge = widget.NewButton(widget.Main, lang.X("records.merge", "Merge…"), "", s.ask)
	s.next = widget.NewButton(widget.Plain, lang.X("records.skip", "Leave them apart"), "", s.skip)
	shut := widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.sheet.Close() })
	s.sheet = v.sh.Layers.Show(layout.Column(theme.Space3, s.title,
		shell.Paragraph(lang.X("records.twins_text", "Choose which one stands. It takes over the numbers, conversations and records of the others, and what it does not say itself."), theme.Text2),
		layout.Exactly(0, v.sh.Layers.Room(400, 170), widget.NewVScroll(layout.Pad(0, 12, 0, 0, s.holder))),
		layout.Row(theme.Space2, shut, layout.Gap(), s.next, s.merge)), 760, 0, func() {
		if s.merged > 0 {
			v.list.lookForTwins()
		}
	})
	s.read()
}

// read reads the contacts of the group.
func (s *twinsSheet) read() {
	if s.at >= len(s.groups) {
		s.sheet.Close()
		return
	}
	s.title.SetText(lang.X("records.twins_at", "Likely the same person · {{.N}} of {{.Total}}", map[string]any{"N": s.at + 1, "Total": len(s.groups)}))
	v, group, at := s.v, s.groups[s.at], s.at
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		var found []records.Record
		for _, ref := range group {
			r, err := v.p.Kept.Get(ctx, ref)
			if err != nil {
				continue // gone meanwhile
			}
			found = append(found, r)
		}
		return func() {
			if at != s.at {
				return
			}
			if len(found) < 2 {
				s.skip()
				return
			}
			s.found, s.keep = found, 0
			s.show()
		}, nil
	}, nil)
}

func (s *twinsSheet) skip() {
	s.at++
	s.read()
}

// show draws them side by side; what they do not agree in is bold.
func (s *twinsSheet) show() {
	st := s.v.style()
	t := s.v.typ
	row := layout.TallRow(theme.Space3)
	for i, r := range s.found {
		column := layout.Column(theme.Space2)
		for _, x := range t.Fields {
			val := r.Fields[x.Name]
			differs, some := false, !val.Empty()
			for _, o := range s.found {
				some = some || !o.Fields[x.Name].Empty()
				differs = differs || !records.Same(val, o.Fields[x.Name])
			}
			if !some || x.Kind == records.KindBool && !differs && !val.Yes {
				continue
			}
			words := "–"
			if !val.Empty() {
				words = st.write(x, []records.Value{val})
			}
			text := widget.NewText(words, theme.TypeSmall, theme.Text).Shrinking()
			if differs {
				text = widget.NewBold(words, theme.TypeSmall, theme.Text).Shrinking()
			}
			column.Add(layout.Column(0, widget.NewText(naming.Field(t.Name, x), theme.TypeCaption, theme.Text2).Shrinking(), text))
		}
		stands := widget.NewButton(widget.Plain, lang.X("records.stands", "This one stands"), "", func() {
			s.keep = i
			s.show()
		}).Sized(widget.Small)
		if i == s.keep {
			stands.SetOn(true)
			stands.SetIcon("check")
		}
		card := widget.NewCard(layout.Column(theme.Space3, column, layout.Row(0, stands)), theme.Space3)
		card.SetChosen(i == s.keep)
		row.Add(layout.Grow(layout.Exactly(150, 0, card)))
	}
	s.holder.Objects = []fyne.CanvasObject{layout.PadAll(3, row)}
	s.holder.Refresh()
}

// ask asks before a merge, for what is one can't be told apart again.
func (s *twinsSheet) ask() {
	if len(s.found) < 2 {
		return
	}
	s.v.sh.Layers.Ask(lang.X("records.merge_ask", "Merge {{.N}} contacts into “{{.Name}}”?", map[string]any{"N": len(s.found), "Name": s.found[s.keep].Title}),
		lang.X("records.merge_text", "Their numbers, conversations and records become one. This cannot be undone."), lang.X("records.merge_yes", "Merge"), true, s.run)
}

func (s *twinsSheet) run() {
	v := s.v
	keep := s.found[s.keep].Ref
	var others []records.Ref
	for i, r := range s.found {
		if i != s.keep {
			others = append(others, r.Ref)
		}
	}
	s.merge.SetBusy(lang.X("records.merging", "Merging…"))
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		_, err := v.p.Kept.Merge(ctx, keep, others)
		return func() {
			s.merge.SetIdle()
			s.merged++
			v.sh.Toasts(shell.Toast{Text: lang.X("records.merged", "They are one contact now"), Good: true})
			v.reload()
			s.skip()
		}, err
	}, func(err error) {
		s.merge.SetIdle()
		v.sh.Layers.Problem(err)
	})
}
