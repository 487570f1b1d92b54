package importer

import (
	"strings"

	"shopbell/app/records"
)

// Outcome is what becomes of a row.
type Outcome string

// The outcomes.
const (
	New     Outcome = "new"
	Changed Outcome = "changed"
	Same    Outcome = "same"
	Refused Outcome = "refused"
)

// Shown is a row as a preview shows it.
type Shown struct {
	Row     int // in the file, as Row.Number
	Outcome Outcome
	Cells   []string // one a column of the plan, as the file has them; long ones are cut
	Message string   // why it is refused
	Column  string   // that it is refused for; may be ""
	Notes   []string // what was odd about it
	Changes []Change
}

// Change is what a row would change of a record that is there.
type Change struct{ Field, From, To string }

// maxShownCell is how many bytes of a cell a preview shows.
const maxShownCell = 300

// cells gives the cells of a row for a preview, nothing for any other run.
func (r *runner) cells(row Row) []string {
	if !r.dry || r.opt.Show <= 0 {
		return nil
	}
	out := make([]string, len(r.Columns))
	for i := range min(len(out), len(row.Cells)) {
		if out[i] = row.Cells[i].Text; len(out[i]) > maxShownCell {
			out[i] = strings.ToValidUTF8(out[i][:maxShownCell], "") + "…"
		}
	}
	return out
}

// show keeps a row for the preview while there is room for its outcome.
func (r *runner) show(x *item, o Outcome, message string, changes []Change) {
	if !r.dry || r.shown[o] >= r.opt.Show {
		return
	}
	r.shown[o]++
	r.out.Shown = append(r.out.Shown, Shown{Row: x.row, Outcome: o, Cells: x.cells, Message: message, Notes: x.notes, Changes: changes})
}

// refuseItem counts a row that is refused and shows it.
func (r *runner) refuseItem(x *item, column, reason, message string) {
	r.refuse(x.row, column, reason, message)
	before := len(r.out.Shown)
	if r.show(x, Refused, message, nil); len(r.out.Shown) > before {
		r.out.Shown[before].Column = column
	}
}

// changes tells what of a record becomes what, in the order of the type's fields.
func (r *runner) changes(is records.Record, becomes map[string]records.Value) []Change {
	if r.opt.Show <= 0 || !r.dry {
		return nil
	}
	var out []Change
	for _, f := range r.Type.Fields {
		if v, ok := becomes[f.Name]; ok {
			out = append(out, Change{f.Name, Plain(f, is.Fields[f.Name]), Plain(f, v)})
		}
	}
	return out
}
