package records

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/naming"
	"shopbell/views/shell"
)

// resort reads the list in another order; what is ticked stays so.
func (v *View) resort() {
	v.read(true)
	v.list.table.ScrollToTop()
}

func (v *View) openRow(i int) {
	if i < 0 || i >= len(v.rows.ids) {
		return
	}
	ref := records.Ref{Type: v.typ.Name, ID: idText(v.rows.ids[i])}
	if v.form.there && v.form.ref == ref { // again: into it
		v.form.focusFirst()
		return
	}
	v.Open(ref)
}

func idText(id app.ID) string { return strconv.FormatInt(id, 10) }

// mark ticks a row, or takes its tick away.
func (v *View) mark(i int) {
	id := v.rows.ids[i]
	v.picked.put(id, !v.picked.has(id))
	v.anchor = i
	v.marked()
}

// markTo ticks every row from the last one that was ticked up to this one.
func (v *View) markTo(i int) {
	from, to := min(v.anchor, i), min(max(v.anchor, i)+1, len(v.rows.ids))
	if from >= to {
		return
	}
	if to-from == len(v.rows.ids) {
		v.SelectAll()
		return
	}
	ids := v.rows.ids[from:to] // another list takes the place of this one; it is never written to
	if len(ids) <= manyRows {
		for _, id := range ids {
			v.picked.put(id, true)
		}
		v.marked()
		return
	}
	was := v.picked.clone()
	v.sh.Async(v.sh.Base, func(context.Context) (func(), error) {
		next := was.with(ids)
		return func() {
			if v.picked.rev == was.rev { // else something else was ticked meanwhile, and stands
				v.picked = next
				v.marked()
			}
		}, nil
	}, nil)
}

// manyRows are more than are gone through on the UI goroutine.
const manyRows = 2000

// markAll ticks all that are listed, or none when all are.
func (v *View) markAll() {
	if v.Picked() == len(v.rows.ids) {
		v.Clear()
		return
	}
	v.SelectAll()
}

// SelectAll ticks all that are listed.
func (v *View) SelectAll() {
	v.picked.selectAll()
	v.marked()
}

// Clear takes all ticks away.
func (v *View) Clear() {
	v.picked.clear()
	v.marked()
}

func (v *View) marked() {
	v.changed()
	v.list.table.Changed()
}

// Import opens the import of the type that shows.
func (v *View) Import() {
	if v.p.Import != nil && v.ready {
		v.p.Import(v.typ.Name)
	}
}

// CanSend tells whether something that has a phone number is ticked or open.
func (v *View) CanSend() bool {
	return v.typ.Phone != "" && (v.Picked() > 0 || v.form.open() && !v.form.fresh)
}

// Send opens the panel that sends a template to what is ticked, else to what is open.
func (v *View) Send() {
	if !v.CanSend() {
		return
	}
	target := shell.SendTarget{Type: v.typ.Name}
	switch {
	case v.Picked() == 0:
		target.Type, target.Records = v.form.ref.Type, []string{v.form.ref.ID}
	case v.picked.all && len(v.picked.set) == 0:
		f, _ := v.filter()
		target.Filter = &f
	case len(v.rows.ids) > manyRows:
		picked, ids := v.picked.clone(), v.rows.ids
		v.sh.Async(v.sh.Base, func(context.Context) (func(), error) {
			target.Records = picked.texts(ids)
			return func() { v.sh.SendTo(target) }, nil
		}, nil)
		return
	default:
		target.Records = v.picked.texts(v.rows.ids)
	}
	v.sh.SendTo(target)
}

func (v *View) sendOne(id app.ID) {
	v.sh.SendTo(shell.SendTarget{Type: v.typ.Name, Records: []string{idText(id)}})
}

// DeletePicked deletes what is ticked.
func (v *View) DeletePicked() {
	n := v.Picked()
	if n == 0 {
		return
	}
	ids := v.picked.list(v.rows.ids)
	v.askDelete(ids)
}

// DeleteRow deletes one row.
func (v *View) DeleteRow(i int) {
	if i >= 0 && i < len(v.rows.ids) {
		v.askDelete(v.rows.ids[i : i+1])
	}
}

// askDelete asks before many go; a few can be taken back at once.
func (v *View) askDelete(ids []app.ID) {
	refs := make([]records.Ref, len(ids))
	for i, id := range ids {
		refs[i] = records.Ref{Type: v.typ.Name, ID: idText(id)}
	}
	if len(refs) <= askFrom {
		v.delete(refs)
		return
	}
	v.sh.Layers.Ask(lang.X("records.delete_ask", "Delete {{.N}} records?", map[string]any{"N": naming.Number(len(refs))}),
		lang.X("records.delete_text", "They go with their lines. What was sent from them stays in the conversations. It can be undone."),
		lang.X("records.delete", "Delete"), true, func() { v.delete(refs) })
}

// askFrom is how many records are deleted without a question.
const askFrom = 20

func (v *View) delete(refs []records.Ref) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		batch, err := v.p.Kept.Delete(ctx, v.p.Me, refs)
		return func() {
			for _, ref := range refs {
				if v.form.open() && v.form.ref == ref {
					v.form.close()
				}
			}
			v.picked.clear()
			v.reload()
			text := lang.X("records.deleted", "{{.N}} records deleted", map[string]any{"N": naming.Number(len(refs))})
			if len(refs) == 1 {
				text = lang.X("records.deleted_one", "The record was deleted")
			}
			v.sh.Toasts(shell.Toast{Text: text, Do: func() { v.undo(batch) }})
		}, err
	}, v.sh.Layers.Problem)
}

// undo takes a change back and says what came of it.
func (v *View) undo(batch app.ID) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		u, err := v.p.Kept.Undo(ctx, batch, nil)
		return func() {
			v.reload()
			v.form.changed()
			text := lang.X("records.undone", "It is as it was before")
			if u.Kept > 0 {
				text = lang.X("records.undone_some", "Taken back; {{.N}} were changed since and stay as they are", map[string]any{"N": naming.Number(u.Kept)})
			}
			v.sh.Toasts(shell.Toast{Text: text, Good: u.Kept == 0})
		}, err
	}, v.sh.Layers.Problem)
}

// Save writes what was changed in the open record.
func (v *View) Save() { v.form.Save() }

// Filter opens the conditions.
func (v *View) Filter() { v.list.openFilter() }

// Columns opens the choice of columns.
func (v *View) Columns() { v.list.openColumns() }
