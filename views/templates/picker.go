package templates

import (
	"context"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// levels reads the fields of a record type for the picker, with what the chosen record holds in each.
type levels struct {
	src   records.Source
	typ   string
	ref   records.Ref // zero: no values
	style records.Style
}

// Level is for the picker. All values of a level are read together.
func (l levels) Level(ctx context.Context, path []string) ([]widget.FieldRow, error) {
	c, err := l.src.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	at := l.typ // the type whose fields stand at this level
	if len(path) > 0 {
		f, err := c.Follow(l.typ, path)
		if err != nil {
			return nil, err
		}
		at = f.Relation
	}
	var rows []widget.FieldRow
	var paths []records.Path
	var fields []records.Field
	for _, f := range c.Candidates(l.typ, path, "", fieldWords) {
		if !f.Fills && !f.Leads {
			continue
		}
		r := widget.FieldRow{Name: f.Name, Label: fieldWords(at, f.Field), More: f.Leads}
		if far, ok := c.Type(f.Relation); ok && f.Leads {
			if title, ok := far.Field(far.Title); ok {
				r.Stands = fieldWords(far.Name, title)
			}
		}
		rows, paths, fields = append(rows, r), append(paths, f.Path), append(fields, f.Field)
	}
	if l.ref.ID == "" {
		return rows, nil
	}
	got, err := records.Walk(ctx, l.src, c, l.typ, []string{l.ref.ID}, paths)
	if err != nil {
		return nil, err
	}
	for i, values := range got[l.ref.ID] {
		rows[i].Value = l.style.WriteAll(fields[i], values, "")
	}
	return rows, nil
}

// pickerSetup is what the field picker shows for a template: the fields of its record type, with the values of the record in the preview, or of the newest.
func (v *View) pickerSetup(typ records.Type, t app.Template) widget.FieldPickerSetup {
	s := widget.FieldPickerSetup{
		Root: typeWords(typ), After: v.sh.After, Depth: records.MaxLevels,
		Async: func(ctx context.Context, work func(ctx context.Context) (func(), error)) {
			v.sh.Async(ctx, work, v.sh.Layers.Problem)
		},
	}
	ref := v.example()
	if ref.ID != "" {
		s.Record = ref.Title
	}
	s.Levels = levels{v.p.Records, typ.Name, ref.Ref, records.Style{Language: t.Document.Language, Zone: v.sh.Now().Location()}}
	return s
}

// findRecord opens a search through the records of a type.
func findRecord(v *View, typ string, took func(records.Record)) {
	var found []records.Record
	var sheet *shell.Sheet
	var stop func()
	at := 0
	list := fynewidget.NewList(func() int { return len(found) },
		func() fyne.CanvasObject {
			return layout.Least(0, 36, layout.Over(widget.NewGround("", "", theme.RadiusControl), layout.Pad(0, 12, 0, 12, layout.Row(theme.Space2,
				widget.NewIcon("file", 18, theme.Text3), layout.Grow(widget.NewText("", theme.TypeBody, theme.Text).Shrinking())))))
		},
		func(i fynewidget.ListItemID, o fyne.CanvasObject) {
			over := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
			ground := fyne.ThemeColorName("")
			if i == at {
				ground = theme.Selected
			}
			over[0].(*widget.Ground).Set(ground, "")
			row := over[1].(*fyne.Container).Objects[0].(*fyne.Container)
			row.Objects[1].(*fyne.Container).Objects[0].(*widget.Text).SetText(found[i].Label())
		})
	list.HideSeparators = true
	take := func(i int) {
		if i >= 0 && i < len(found) {
			sheet.Close()
			took(found[i])
		}
	}
	list.OnSelected = func(i fynewidget.ListItemID) { take(i) }
	ctx, cancel := context.WithCancel(v.sh.Base)
	n := 0
	ask := func(q string) {
		n++
		mine := n
		v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
			got, err := v.p.Records.Search(ctx, typ, q, 50)
			return func() {
				if mine == n {
					found, at = got, 0
					list.Refresh()
				}
			}, err
		}, v.sh.Layers.Problem)
	}
	search := widget.NewSearchField(lang.X("templates.search_records", "Search by name, number or phone"), "")
	search.OnChanged = func(q string) {
		if stop != nil {
			stop()
		}
		stop = v.sh.After(searchDelay, func() { ask(q) })
	}
	search.OnSubmitted = func(string) { take(at) }
	search.OnKey = func(name fyne.KeyName) bool {
		switch name {
		case fyne.KeyUp:
			at = max(at-1, 0)
		case fyne.KeyDown:
			at = min(at+1, max(len(found)-1, 0))
		default:
			return false
		}
		list.ScrollTo(at)
		list.Refresh()
		return true
	}
	sheet = v.sh.Layers.Show(layout.Column(theme.Space3, search, layout.Exactly(0, v.sh.Layers.Room(9*36, 60), shell.Tight(list))), 520, 96, func() {
		if stop != nil {
			stop()
		}
		cancel()
	})
	v.sh.Layers.FocusFirst()
	ask("")
}
