package widget

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
)

// FieldRow is one field of a level of the field picker.
type FieldRow struct {
	Name  string // the field's own name, a step of the path
	Label string // what a person reads
	Value string // what it holds for the chosen record; empty when there is none
	More  bool   // it leads to another record, whose fields are a level below
	// Stands is, for such a field, the label of the field that is shown when the record itself is used: "Name".
	Stands string
}

// FieldLevels reads the fields of a record type, level by level. Level runs off the UI goroutine; an empty path is
// the first level.
type FieldLevels interface {
	Level(ctx context.Context, path []string) ([]FieldRow, error)
}

// FieldChoice is the field that was chosen: its path by name and by label, and its row.
type FieldChoice struct {
	Path   []string
	Labels []string
	Row    FieldRow
}

// Words is the path as a person reads it: "Customer › Country".
func (c FieldChoice) Words() string { return strings.Join(c.Labels, pathSign) }

const pathSign = " › "

// FieldPickerSetup is what a field picker needs from the screen.
type FieldPickerSetup struct {
	Root   string // label of the record type: "Quotation"
	Record string // the chosen record, "S00022"; empty when there is none
	Levels FieldLevels
	// Async runs work off the UI goroutine and then, there, what it returns, unless ctx has ended.
	Async func(ctx context.Context, work func(ctx context.Context) (func(), error))
	// After runs f on the UI goroutine once d has passed, unless stop was called before.
	After func(d time.Duration, f func()) (stop func())
	// Depth is how many steps a path may have; 0 means 4.
	Depth int
}

// loadingAfter is how long a level may take before bars are shown in its place.
const loadingAfter = 150 * time.Millisecond

// fieldWalk is where the picker stands: the levels it has read and the path to the one that is shown. It draws
// nothing.
type fieldWalk struct {
	setup   FieldPickerSetup
	path    []string
	labels  []string
	levels  map[string][]FieldRow
	rows    []FieldRow // of the level that is shown; nil while it is read
	err     error
	slow    bool // reading takes long enough to say so
	changed func(chosen string)

	closed bool
	cancel context.CancelFunc // of the read under way
	stop   func()             // of the clock under way
}

func newFieldWalk(setup FieldPickerSetup, changed func(chosen string)) *fieldWalk {
	if setup.Depth == 0 {
		setup.Depth = 4
	}
	return &fieldWalk{setup: setup, levels: map[string][]FieldRow{}, changed: changed}
}

func (w *fieldWalk) halt() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
	if w.stop != nil {
		w.stop()
		w.stop = nil
	}
}

// close ends what is under way.
func (w *fieldWalk) close() {
	w.halt()
	w.closed = true
}

func pathKey(path []string) string { return strings.Join(path, "\x00") }

// open shows the level below path, reading it and those above it whose labels are not known yet. chosen is the field
// to put the cursor on.
func (w *fieldWalk) open(path []string, chosen string) {
	w.halt()
	if w.closed {
		return
	}
	w.path, w.rows, w.err, w.slow = slices.Clone(path), nil, nil, false
	if w.settle(path) {
		w.changed(chosen)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	var missing [][]string
	for n := 0; n <= len(path); n++ {
		if _, ok := w.levels[pathKey(path[:n])]; !ok {
			missing = append(missing, path[:n])
		}
	}
	w.stop = w.setup.After(loadingAfter, func() {
		w.slow = true
		w.changed(chosen)
	})
	w.setup.Async(ctx, func(ctx context.Context) (func(), error) {
		read := map[string][]FieldRow{}
		var failed error
		for _, p := range missing {
			rows, err := w.setup.Levels.Level(ctx, p)
			if err != nil {
				failed = err
				break
			}
			read[pathKey(p)] = rows
		}
		return func() {
			w.halt()
			for k, rows := range read {
				w.levels[k] = rows
			}
			w.slow, w.err = false, failed
			if failed == nil {
				w.settle(path)
			} else {
				w.nameLabels(path)
			}
			w.changed(chosen)
		}, nil
	})
}

// settle shows a level that has been read, and tells whether it was.
func (w *fieldWalk) settle(path []string) bool {
	for n := 0; n <= len(path); n++ {
		if _, ok := w.levels[pathKey(path[:n])]; !ok {
			w.nameLabels(path)
			return false
		}
	}
	w.nameLabels(path)
	w.rows = w.levels[pathKey(path)]
	if w.rows == nil {
		w.rows = []FieldRow{}
	}
	return true
}

// nameLabels finds the labels of a path; a step that was not read yet, or has gone, is shown by its name.
func (w *fieldWalk) nameLabels(path []string) {
	w.labels = make([]string, len(path))
	for n, name := range path {
		w.labels[n] = name
		for _, r := range w.levels[pathKey(path[:n])] {
			if r.Name == name {
				w.labels[n] = r.Label
			}
		}
	}
}

// again reads the level anew after an error.
func (w *fieldWalk) again() {
	delete(w.levels, pathKey(w.path))
	w.open(w.path, "")
}

// deeper tells whether there may be a level below a row.
func (w *fieldWalk) deeper(r FieldRow) bool { return r.More && len(w.path)+1 < w.setup.Depth }

// choice is what using a row would mean.
func (w *fieldWalk) choice(r FieldRow) FieldChoice {
	return FieldChoice{append(slices.Clone(w.path), r.Name), append(slices.Clone(w.labels), r.Label), r}
}

// find lists the rows of the level that match a query, those that begin with it first.
func (w *fieldWalk) find(query string) []FieldRow {
	options := make([]Option, len(w.rows))
	for i, r := range w.rows {
		options[i] = Option{Label: r.Label, Words: r.Name}
	}
	var out []FieldRow
	for _, i := range match(options, query) {
		out = append(out, w.rows[i])
	}
	return out
}

// ShowFieldPicker shows the picker at an anchor. start is the path of the field that is bound now, if any; use is
// told what was chosen.
func ShowFieldPicker(anchor fyne.CanvasObject, setup FieldPickerSetup, start []string, use func(FieldChoice)) *FieldPicker {
	f := NewFieldPicker(setup, use, nil)
	p := ShowPopover(anchor, f, fyne.Max(316, anchor.Size().Width), f.walk.close)
	if p == nil {
		f.walk.close()
		return nil
	}
	f.pop, f.leave = p, p.Close
	f.Start(start)
	return f
}
