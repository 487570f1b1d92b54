package records

import (
	"context"
	"io"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Params are what the tab needs.
type Params struct {
	Kept *records.Kept
	Me   app.Staff
	// Import opens the import of a type, Drop one of a file that was dropped here and tells whether it was one. nil: nothing can be imported.
	Import func(typ string)
	Drop   func(typ string, uris []fyne.URI) bool
	// Changed is told that what can be done has changed. nil: nobody cares.
	Changed func()
	// OpenFile opens a file of the media folder by its SHA-256. nil: files of records can't be opened.
	OpenFile func(sha256 string) (io.ReadSeekCloser, error)
	Zone     *time.Location // of the person; nil is the computer's
}

// View is the tab.
type View struct {
	sh      *shell.Shell
	p       Params
	content fyne.CanvasObject
	panes   *panes
	list    *listPane
	form    *formPane

	catalog records.Catalog
	typ     records.Type
	look    look
	columns []column
	rows    *rows
	picked  selection
	anchor  int // where a range begins
	total   int64
	batch   app.RecordBatch // only what an import brought; zero: all

	asked   int // which reading of the list is the newest, and which has come
	arrived int // which came last, whole
	glanced int // which of them its beginning
	ready   bool
	shown   bool
	stale   bool
	queued  func()        // a reading that waits a moment
	took    time.Duration // the last reading
	waits   func()        // what was asked for before the types were there
}

var (
	_ shell.View    = (*View)(nil)
	_ shell.Guarded = (*View)(nil)
)

// New makes the tab.
func New(sh *shell.Shell, p Params) *View {
	if p.Zone == nil {
		p.Zone = time.Local
	}
	v := &View{sh: sh, p: p, stale: true}
	v.rows = &rows{v: v, have: map[app.ID][]widget.TableCell{}}
	v.list = newListPane(v)
	v.form = newFormPane(v)
	v.panes = newPanes(v)
	v.content = v.panes.object
	return v
}

// Content is the tab.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Shown reads what has changed while the tab was hidden.
func (v *View) Shown() {
	v.shown = true
	if v.stale || !v.ready {
		v.reload()
	}
	v.sh.Later(func() {
		if v.shown && v.sh.Window.Canvas().Focused() == nil && v.ready && !v.form.open() {
			v.list.table.Focus()
		}
	})
}

// Hidden is told that another tab shows.
func (v *View) Hidden() { v.shown = false }

// Changed reads again what is shown, a moment later and not more often than that: an import writes often.
func (v *View) Changed(c app.Changes) {
	if !c.Has(app.TopicRecords) && !(c.Has(app.TopicContacts) && v.typ.Name == records.TypeContact) && !c.Has(app.TopicSettings) {
		if c.Has(app.TopicOutbox) || c.Has(app.TopicMessages) {
			v.form.sendsChanged()
		}
		return
	}
	v.stale = true
	if !v.shown || v.queued != nil {
		return
	}
	v.queued = v.sh.After(max(againAfter, min(againShare*v.took, againMost)), func() {
		v.queued = nil
		if v.shown {
			v.reload()
			v.form.changed()
		}
	})
}

// How long changes are gathered before the list is read again: the longer that takes, the seldomer it is done.
const (
	againAfter = 300 * time.Millisecond
	againMost  = 5 * time.Second
	againShare = 5
)

// reload reads the types, if need be, and the list.
func (v *View) reload() {
	v.stale = false
	v.list.begin()
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		c, err := v.p.Kept.Catalog(ctx)
		return func() {
			v.catalog = c
			first := !v.ready
			v.ready = true
			name := v.typ.Name
			if first {
				name = v.sh.Keep.RecordType
			}
			t, ok := c.Type(name)
			if !ok {
				t, _ = c.Type(records.TypeContact)
			}
			v.list.setTypes(shownTypes(c), t.Name)
			if first || t.Name != v.typ.Name {
				v.choose(t)
			} else {
				v.typ = t
				v.setColumns(false)
				v.read(true)
				v.list.lookAgainForTwins()
			}
			if do := v.waits; do != nil {
				v.waits = nil
				do()
			}
		}, err
	}, v.list.failed)
}

// first are the types in the order of the design; the others come behind them, those that people made before those that are seldom used.
var first = []string{records.TypeContact, records.TypeQuotation, records.TypeInvoice, records.TypeReceipt, records.TypeTicket}

// shownTypes are the types that the tab offers: those that templates apply to, and the colleagues.
func shownTypes(c records.Catalog) []records.Type {
	var out, own, rest []records.Type
	ours := records.Builtin()
	for _, t := range c.Types() {
		_, builtin := ours.Type(t.Name)
		switch {
		case t.Part && t.Name != records.TypeStaff, slices.Contains(first, t.Name):
		case builtin:
			rest = append(rest, t)
		default:
			own = append(own, t)
		}
	}
	for _, name := range first {
		if t, ok := c.Type(name); ok {
			out = append(out, t)
		}
	}
	return append(append(out, own...), rest...)
}

// ChooseType shows the records of another type, after what is open was kept.
func (v *View) ChooseType(name string) {
	t, ok := v.catalog.Type(name)
	if !ok || name == v.typ.Name && v.ready {
		return
	}
	v.form.Leave(func() {
		v.form.close()
		v.choose(t)
	})
}

func (v *View) choose(t records.Type) {
	v.typ = t
	v.sh.Keep.RecordType = t.Name
	v.sh.Keep.Changed()
	v.look = v.lookOf(t.Name)
	v.picked.clear()
	v.anchor, v.total, v.batch = 0, 0, app.RecordBatch{}
	v.rows.reset(nil, false)
	v.list.setType()
	v.setColumns(true)
	v.read(false)
	v.list.lookForTwins()
	v.changed()
}

// setColumns gives the table the columns of the look. all has the rows read again even where they are the same.
func (v *View) setColumns(all bool) {
	cols := columnsOf(v.catalog, v.typ, v.look.shownColumns(v.catalog, v.typ))
	same := slices.EqualFunc(cols, v.columns, func(a, b column) bool { return a.name == b.name && a.title == b.title })
	v.columns = cols
	specs := make([]widget.TableColumn, len(cols))
	sorted := -1
	for i, c := range cols {
		specs[i] = c.spec(v.typ, v.look.Widths)
		if c.name == v.look.Sort {
			sorted = i
		}
	}
	if !same || all {
		v.rows.reset(v.rows.ids, false)
	}
	v.list.table.SetColumns(specs, sorted, !v.look.Up)
}

// style is how values are written at this moment.
func (v *View) style() style {
	return style{Style: records.Style{Language: personLanguage(), Zone: v.p.Zone}, now: v.sh.Now().In(v.p.Zone)}
}

func personLanguage() string {
	if l := string(lang.SystemLocale()); l != "" && l != "C" {
		return l
	}
	return "en"
}

// filter is what the search field and the conditions let through; unknown are names in the search that are no fields.
func (v *View) filter() (f app.RecordFilter, unknown []string) {
	t := v.typ
	in := readSearch(v.catalog, t, v.look.Search)
	f = app.RecordFilter{Type: t.Name, Search: in.words, Desc: !v.look.Up}
	if via, end, ok := reach(v.catalog, t, v.look.Sort); ok {
		f.Sort, f.Via = end.Name, via
	}
	if v.batch.Type == t.Name {
		f.Batch = v.batch.ID
	}
	r := reader{now: v.sh.Now().In(v.p.Zone), zone: v.p.Zone}
	for _, c := range append(slices.Clone(v.look.Where), in.where...) {
		via, field, ok := reach(v.catalog, t, c.Field)
		if !ok {
			continue
		}
		rc, ok := r.compare(field, c)
		if !ok {
			in.unknown = append(in.unknown, c.Value)
			continue
		}
		rc.Via = via
		f.Where = append(f.Where, rc)
	}
	return f, in.unknown
}

// read reads the list. keep leaves the selection and the place where the person is.
func (v *View) read(keep bool) {
	if !v.ready {
		return
	}
	v.asked++
	mine := v.asked
	f, unknown := v.filter()
	v.list.unknown(unknown)
	v.list.begin()
	if !keep {
		v.picked.clear()
		v.glance(mine, f)
	}
	picked := v.picked.clone()
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		began := time.Now()
		ids, err := v.p.Kept.IDs(ctx, f)
		if err != nil {
			return nil, err
		}
		total := int64(len(ids))
		if len(f.Where) > 0 || f.Search != "" || f.Batch != 0 {
			if total, err = v.p.Kept.Count(ctx, app.RecordFilter{Type: f.Type}); err != nil {
				return nil, err
			}
		}
		still := picked.among(ids)
		took := time.Since(began)
		return func() {
			if mine != v.asked {
				return
			}
			v.took, v.arrived = took, mine
			v.total = total
			if v.picked.rev == picked.rev { // nobody ticked anything meanwhile
				v.picked = still
			}
			v.rows.reset(ids, true)
			v.list.show(keep || v.glanced == mine)
			if keep {
				v.rows.stale()
			}
			v.changed()
		}, nil
	}, func(err error) {
		if mine == v.asked {
			v.list.failed(err)
		}
	})
}

// changed tells the window that what can be done has changed.
func (v *View) changed() {
	v.list.paintPicked()
	if v.p.Changed != nil {
		v.p.Changed()
	}
}

// opened tells whether a record is open beside the table.
func (v *View) opened(id app.ID) bool {
	return v.form.open() && v.form.ref.Type == v.typ.Name && v.form.ref.ID == strconv.FormatInt(id, 10)
}

// Open shows a record, of any type.
func (v *View) Open(ref records.Ref) {
	if !v.ready {
		v.waits = func() { v.Open(ref) }
		return
	}
	t, ok := v.catalog.Type(ref.Type)
	if !ok {
		return
	}
	v.form.Leave(func() {
		if t.Name != v.typ.Name && !t.Part {
			v.list.setTypes(shownTypes(v.catalog), t.Name)
			v.choose(t)
		}
		v.form.show(t, ref)
	})
}

// ShowBatch shows what an import brought.
func (v *View) ShowBatch(typ string, batch app.ID) {
	if !v.ready {
		v.waits = func() { v.ShowBatch(typ, batch) }
		return
	}
	t, ok := v.catalog.Type(typ)
	if !ok {
		return
	}
	v.form.Leave(func() {
		v.form.close()
		v.list.setTypes(shownTypes(v.catalog), typ)
		v.choose(t)
		v.batch = app.RecordBatch{ID: batch, Type: typ}
		v.look.Search, v.look.Where = "", nil
		v.list.setType()
		v.read(false)
	})
}

// NewRecord begins a record of the type that shows.
func (v *View) NewRecord() {
	if v.ready {
		v.form.Leave(func() { v.form.begin(v.typ) })
	}
}

// Leave asks before changes are lost.
func (v *View) Leave(then func()) { v.form.Leave(then) }

// Search puts the cursor into the search field.
func (v *View) Search() { v.list.search.Focus() }

// Foot is how much of the bottom toasts must leave free: the buttons of the form.
func (v *View) Foot() float32 {
	if v.form.open() {
		return theme.HeightControl + 2*theme.Space3
	}
	return 0
}

// Dropped takes files that were dropped on the tab.
func (v *View) Dropped(at fyne.Position, uris []fyne.URI) bool {
	if v.form.takeFile(at, uris) {
		return true
	}
	if v.p.Drop == nil || !v.ready {
		return false
	}
	return v.p.Drop(v.typ.Name, uris)
}

// TypedKey hears the keys that nobody else wanted.
func (v *View) TypedKey(name fyne.KeyName) {
	switch name {
	case fyne.KeyEscape:
		v.escape()
	case fyne.KeyDown, fyne.KeyUp:
		v.list.table.Focus()
	}
}

func (v *View) escape() {
	switch {
	case v.form.open():
		v.CloseForm()
	case v.picked.count(len(v.rows.ids)) > 0:
		v.Clear()
	}
}

// CloseForm takes the open record away, after its changes were kept or given up.
func (v *View) CloseForm() {
	v.form.Leave(func() {
		v.form.close()
		v.list.table.Focus()
	})
}

// Formed tells whether a record is open.
func (v *View) Formed() bool { return v.form.open() }

// Picked is how many records are ticked.
func (v *View) Picked() int { return v.picked.count(len(v.rows.ids)) }
