// Package importing is the way of a file into the records: what it is, which of its columns fill which fields, what would become of its rows,
// and then the import itself, which can be taken back. It shows and asks; app/records/importer does the work, away from the UI goroutine.
package importing

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/records/importer"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Params is what an import needs.
type Params struct {
	Kept       *records.Kept
	Me         app.Staff
	Country    func(ctx context.Context) (string, error)    // where the shop is, "" when nobody knows; nil: nobody does
	SetCountry func(ctx context.Context, code string) error // keeps where it is; nil: it isn't kept
	Show       func(typ string, batch app.ID)               // shows what an import made; nil: there is no such button
	Closed     func()                                       // the sheet went; nil: nobody cares
}

// step is a page of the wizard.
type step int

const (
	stepFile step = iota
	stepColumns
	stepCheck
	stepImport
)

// Wizard is one import on its way, in a sheet over the window. All of it is used on the UI goroutine.
type Wizard struct {
	sh    *shell.Shell
	p     Params
	sheet *shell.Sheet

	now    step
	busy   func() // ends what is under way; nil: nothing is
	steps  *steps
	holder *fyne.Container
	foot   *fyne.Container

	types   []records.Type
	catalog records.Catalog
	typ     string
	country string
	src     *source
	way     importer.Way
	page    string // of an XLSX
	header  importer.Header
	plan    *importer.Plan
	said    map[int]string // what a person chose for columns
	preview importer.Report

	file    *filePage
	columns *columnsPage
	check   *checkPage
	run     *runPage
}

// sheetHeight is how high the sheet is where the window has room.
const sheetHeight = 640

// Open shows the wizard for records of a type ("" is contacts), and begins with a file if path is given.
func Open(sh *shell.Shell, p Params, typ, path string) *Wizard {
	w := &Wizard{sh: sh, p: p, typ: cmp.Or(typ, records.TypeContact), holder: layout.Over(), foot: layout.Row(theme.Space2), said: map[int]string{}}
	w.steps = newSteps()
	away := widget.NewIconButton("x", lang.X("button.close", "Close"), w.leave)
	head := layout.Row(theme.Space3, widget.NewBold(lang.X("import.title", "Import records"), theme.TypePage, theme.Text), layout.Grow(layout.Centre(w.steps.object)), away)
	content := layout.Exactly(0, sheetHeight, layout.Column(theme.Space3, head, widget.NewLine(), layout.Grow(w.holder), w.foot))
	w.file = newFilePage(w)
	w.sheet = sh.Layers.Show(content, 960, 0, w.gone)
	w.sheet.Guard = w.leave
	w.show(stepFile, w.file.object)
	w.begin(path)
	return w
}

// begin reads what kinds of records there are and where the shop is.
func (w *Wizard) begin(path string) {
	w.sh.Async(w.sh.Base, func(ctx context.Context) (func(), error) {
		c, err := w.p.Kept.Catalog(ctx)
		if err != nil {
			return nil, err
		}
		country := ""
		if w.p.Country != nil {
			if country, err = w.p.Country(ctx); err != nil {
				return nil, err
			}
		}
		return func() {
			w.catalog, w.types, w.country = c, importable(c), country
			w.file.setTypes()
			w.file.readPast()
			if path != "" {
				w.Take(path)
			}
		}, nil
	}, w.sh.Layers.Problem)
}

// importable are the types that a file may hold: first those that messages are about.
func importable(c records.Catalog) []records.Type {
	out := c.Subjects()
	for _, t := range c.Types() {
		if t.Part && t.Name != records.TypeCountry {
			out = append(out, t)
		}
	}
	return out
}

// show turns to a page.
func (w *Wizard) show(s step, page fyne.CanvasObject, buttons ...fyne.CanvasObject) {
	w.now = s
	w.steps.set(s)
	w.holder.Objects = []fyne.CanvasObject{page}
	w.holder.Refresh()
	w.setFoot(buttons...)
}

// setFoot replaces the buttons below the page. Return presses the main one; before there is a file it chooses one.
func (w *Wizard) setFoot(buttons ...fyne.CanvasObject) {
	w.foot.Objects = buttons
	w.sheet.Enter = func() {
		for _, o := range buttons {
			if b, ok := o.(*widget.Button); ok && b.Main() {
				b.Tapped(nil)
				return
			}
		}
		if w.now == stepFile && w.src == nil && w.busy == nil {
			w.file.choose()
		}
	}
	w.foot.Refresh()
	w.sh.Layers.Resized()
}

// leave closes the sheet. An import that is under way is asked about first; other work is just ended.
func (w *Wizard) leave() {
	if w.now == stepImport && w.run != nil && w.run.running() {
		w.run.stop()
		return
	}
	w.sheet.Close()
}

func (w *Wizard) gone() {
	w.end()
	if w.src != nil {
		src := w.src
		w.src = nil
		w.sh.Async(w.sh.Base, func(context.Context) (func(), error) {
			src.release()
			return nil, nil
		}, nil)
	}
	if w.p.Closed != nil {
		w.p.Closed()
	}
}

// work runs something that can be ended, one at a time: what was under way before is ended. A result that nobody waits for any more is dropped.
func (w *Wizard) work(do func(ctx context.Context) (func(), error), failed func(error)) {
	w.end()
	ctx, cancel := context.WithCancel(w.sh.Base)
	w.busy = cancel
	w.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		done, err := do(ctx)
		return func() {
			cancel()
			w.busy = nil
			if done != nil {
				done()
			}
		}, err
	}, func(err error) {
		cancel()
		w.busy = nil
		failed(err)
	})
}

func (w *Wizard) end() {
	if w.busy != nil {
		w.busy()
		w.busy = nil
	}
}

// Holds tells whether a dropped file is one that can be taken in.
func Holds(name string) bool {
	name = strings.ToLower(name)
	for _, e := range extensions {
		if strings.HasSuffix(name, e) {
			return true
		}
	}
	return false
}

// extensions are those of files that are taken in.
var extensions = []string{".csv", ".xlsx", ".tsv", ".txt"}

// Take takes a file, while none is being imported.
func (w *Wizard) Take(path string) {
	if w.now == stepImport {
		return
	}
	w.way, w.page, w.header, w.said = importer.Way{}, "", importer.HeaderGuess, map[int]string{}
	w.show(stepFile, w.file.object)
	w.file.busyWith(path)
	w.read(path, func(err error) { w.file.refuse(err) })
}
