package records

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/records/importer"
	"shopbell/views/files"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Export writes what is listed into a file that a person chooses.
func (v *View) Export() {
	if !v.ready {
		return
	}
	widget.ShowMenu(v.list.out, []widget.Option{
		{Key: ".xlsx", Label: lang.X("records.as_xlsx", "Excel workbook (.xlsx)")}, {Key: ".csv", Label: lang.X("records.as_csv", "Text table (.csv)")},
	}, 230, v.exportAs)
}

func (v *View) exportAs(kind string) {
	files.Write(v.sh, files.Options{
		Title: lang.X("records.export_title", "Save the export"), Kinds: []files.Kind{{Extensions: []string{kind}}}, Key: "export",
		Name: strings.ToLower(strings.ReplaceAll(naming.Types(v.typ), " ", "-")) + kind,
	}, func(f *os.File) { v.export(f, filepath.Base(f.Name()), kind) })
}

// export writes the file away from the UI goroutine, with a row that says how far it is.
func (v *View) export(w io.WriteCloser, name, kind string) {
	ctx, cancel := context.WithCancel(v.sh.Base)
	words := lang.X("records.exporting", "Writing {{.File}}…", map[string]any{"File": name})
	row := widget.NewProgressRow(words, cancel)
	v.list.setStrip(row)
	total := len(v.rows.ids)
	f, _ := v.filter()
	count := &countingTable{step: func(n int) { v.sh.Later(func() { row.Set(words, n, total) }) }}
	v.sh.Async(v.sh.Base, func(context.Context) (func(), error) {
		err := writeTable(w, kind, count, func(t importer.Table) error { return importer.Export(ctx, v.p.Kept, f, t) })
		stopped := ctx.Err() != nil
		cancel()
		return func() {
			v.list.setStrip(nil)
			switch {
			case stopped:
				v.sh.Say(lang.X("records.export_stopped", "The export was stopped; the file is not whole"))
			case err != nil:
				v.sh.Layers.Problem(err)
			default:
				v.sh.Toasts(shell.Toast{Text: lang.X("records.exported", "{{.N}} records written into {{.File}}", map[string]any{"N": naming.Number(count.rows), "File": name}), Good: true})
			}
		}, nil
	}, nil)
}

func writeTable(w io.WriteCloser, kind string, count *countingTable, write func(importer.Table) error) (err error) {
	defer func() {
		if e := w.Close(); err == nil {
			err = e
		}
	}()
	count.Table = importer.NewCSV(w)
	if kind == ".xlsx" {
		if count.Table, err = importer.NewXLSX(w); err != nil {
			return err
		}
	}
	return write(count)
}

// countingTable tells now and then how many records were written.
type countingTable struct {
	importer.Table
	rows int // its heading not among them
	step func(n int)
	head bool
}

func (t *countingTable) Write(cells []string) error {
	if !t.head {
		t.head = true
		return t.Table.Write(cells)
	}
	t.rows++
	if t.rows%500 == 0 {
		t.step(t.rows)
	}
	return t.Table.Write(cells)
}

// setStrip shows work under way below the table, or takes it away.
func (l *listPane) setStrip(row *widget.ProgressRow) {
	l.strip.Objects = nil
	if row != nil {
		l.strip.Objects = []fyne.CanvasObject{widget.NewLine(), layout.Pad(8, theme.Space4, 8, theme.Space4, row)}
	}
	l.strip.Hidden = row == nil
	l.column.Refresh()
}

// footMoved tells the window that toasts have another room.
func (v *View) footMoved() { callIf(v.sh.FootChanged) }
