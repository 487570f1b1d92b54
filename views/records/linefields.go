package records

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
)

// lineFields are the fields that each line shows at once.
var lineFields = []string{"product", "quantity", "price", "total"}

// otherFields are those that stand behind the line: description, unit, discount, and whatever a person added.
func (l *linesPane) otherFields() []records.Field {
	return slices.DeleteFunc(slices.Clone(l.part.Fields), func(x records.Field) bool {
		return x.Many || x.Name == l.back || slices.Contains(lineFields, x.Name)
	})
}

// says is what a line holds in its other fields, on one line.
func (l *linesPane) says(r records.Record) string {
	st := l.f.v.style()
	var out []string
	for _, x := range l.otherFields() {
		v := r.Fields[x.Name]
		switch {
		case v.Empty() || x.Name == "unit" || x.Kind == records.KindBool && !v.Yes:
		case x.Name == "discount":
			out = append(out, lang.X("records.line_discount", "{{.N}} % off", map[string]any{"N": st.write(x, []records.Value{v})}))
		case x.Kind == records.KindText:
			out = append(out, st.write(x, []records.Value{v}))
		default:
			out = append(out, naming.Field(l.part.Name, x)+" "+st.write(x, []records.Value{v}))
		}
	}
	return strings.Join(out, " · ")
}

// unfold shows the other fields of a line, or takes them away.
func (l *linesPane) unfold(n *partLine, on bool) {
	if on && n.others == nil {
		var beside *editor
		for _, x := range l.otherFields() {
			e := l.f.newEditor(l.part, x, func() {
				n.touched = true
				l.reckon(true)
				l.f.changedByPerson()
			})
			e.set(n.was.Fields[x.Name])
			n.others = append(n.others, e)
			if e.short() && beside != nil {
				n.detail.Objects[len(n.detail.Objects)-1] = layout.TallRow(theme.Space3, half(beside.object), half(e.object))
				beside = nil
				continue
			}
			n.detail.Add(e.object)
			if beside = nil; e.short() {
				beside = e
			}
		}
	}
	icon := "down"
	if on {
		icon = "up"
	}
	n.more.SetIcon(icon)
	layout.SetVisible(n.detail, on)
	layout.SetVisible(n.held, !on && n.held.Text() != "")
	l.f.body.Refresh()
	if on && len(n.others) > 0 {
		n.others[0].focus()
	}
}

// discount is what is taken off the line, in percent, as it is written now.
func (n *partLine) discount() string {
	for _, e := range n.others {
		if e.field.Name == "discount" {
			v, _ := e.value()
			return v.Number
		}
	}
	return n.was.Fields["discount"].Number
}

// readOthers puts what changed in the other fields into fields; false when one can't be kept, which it then says.
func (l *linesPane) readOthers(n *partLine, fields map[string]records.Value) bool {
	for _, e := range n.others {
		was := n.was.Fields[e.field.Name]
		v, wrong := e.value()
		if wrong == "" && !records.Same(v, was) {
			checked, err := l.f.v.p.Kept.Check(e.field, v)
			if err != nil {
				wrong = shell.WordsOf(err).Message
			}
			fields[e.field.Name] = checked
		}
		e.wrong(wrong)
		if wrong != "" {
			l.unfold(n, true)
			e.focus()
			return false
		}
	}
	return true
}
