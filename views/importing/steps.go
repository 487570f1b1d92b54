package importing

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// steps says in the head of the sheet how far the import is.
type steps struct {
	object *fyne.Container
	pills  []*widget.Pill
	names  []string
}

func newSteps() *steps {
	s := &steps{names: []string{
		lang.X("import.step_file", "File"), lang.X("import.step_columns", "Columns"), lang.X("import.step_check", "Check"), lang.X("import.step_import", "Import"),
	}}
	s.object = layout.Row(theme.Space1)
	for i := range s.names {
		p := widget.NewPill("", "", widget.Quiet)
		s.pills = append(s.pills, p)
		if i > 0 {
			s.object.Add(widget.NewIcon("right", 14, theme.Text3))
		}
		s.object.Add(p)
	}
	s.set(stepFile)
	return s
}

// set marks a step as the one that is under way; those before it are done.
func (s *steps) set(now step) {
	for i, p := range s.pills {
		words := strconv.Itoa(i+1) + "  " + s.names[i]
		switch {
		case step(i) < now:
			p.Set(s.names[i], "check", widget.Ok)
		case step(i) == now:
			p.Set(words, "", widget.Accent)
		default:
			p.Set(words, "", widget.Quiet)
		}
	}
}
