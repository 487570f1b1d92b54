package outbox

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records/importer"
	"shopbell/views/files"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// export writes the report of the broadcast into a file that the person chooses.
func (p *broadcastPage) export() {
	id := p.id
	p.v.writeReport(p.p.Name, func(ctx context.Context, into importer.Table) (int, error) {
		return p.v.p.Broadcasts.Report(ctx, id, into, p.v.sh.Explain)
	})
}

// exportSends writes the listed messages into a file.
func (v *View) exportSends() {
	f := v.list.sendFilter()
	f.Query = v.list.query
	v.writeReport(lang.X("outbox.export_name", "messages"), func(ctx context.Context, into importer.Table) (int, error) {
		accounts, err := v.p.Accounts.List(ctx)
		if err != nil {
			return 0, err
		}
		names, known := map[app.ID]string{}, map[app.ID]string{0: ""}
		for _, a := range accounts {
			names[a.ID] = a.Name
		}
		name := func(ctx context.Context, account, template app.ID) (string, string) {
			if _, ok := known[template]; !ok && v.p.Broadcasts != nil {
				t, err := v.p.Broadcasts.Template(ctx, template)
				if err != nil {
					t.Name = idText(template) // gone: its number still tells its messages from others
				}
				known[template] = t.Name
			}
			return names[account], known[template]
		}
		return v.p.Outbox.Report(ctx, f, into, name, v.sh.Explain)
	})
}

// writeReport asks for the kind and the place of a file, and writes it.
func (v *View) writeReport(name string, write func(ctx context.Context, into importer.Table) (int, error)) {
	var s *shell.Sheet
	choose := func(kind string) func() {
		return func() {
			s.Close()
			v.askFile(fileName(name)+kind, kind, write)
		}
	}
	s = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("outbox.export_title", "Export a report"), theme.TypePage, theme.Text),
		shell.Paragraph(lang.X("outbox.export_text", "Each customer with what became of their message, why it failed, and whether they answered."), theme.Text2),
		layout.Pad(theme.Space2, 0, 0, 0, layout.Row(theme.Space2, layout.Gap(),
			widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { s.Close() }),
			widget.NewButton(widget.Plain, lang.X("outbox.as_csv", "Text table (.csv)"), "", choose(".csv")),
			widget.NewButton(widget.Main, lang.X("outbox.as_xlsx", "Excel workbook (.xlsx)"), "", choose(".xlsx")),
		)),
	), 520, 0, nil)
}

func (v *View) askFile(file, kind string, write func(ctx context.Context, into importer.Table) (int, error)) {
	files.Write(v.sh, files.Options{
		Title: lang.X("outbox.save_title", "Save the report"), Kinds: []files.Kind{{Extensions: []string{kind}}}, Key: "export", Name: file,
	}, func(f *os.File) { v.writeFile(f, filepath.Base(f.Name()), kind, write) })
}

// writeFile writes away from the UI goroutine, under a sheet that can stop it.
func (v *View) writeFile(w io.WriteCloser, name, kind string, write func(ctx context.Context, into importer.Table) (int, error)) {
	ctx, cancel := context.WithCancel(v.sh.Base)
	row := widget.NewProgressRow(lang.X("outbox.exporting", "Writing {{.File}}…", map[string]any{"File": name}), cancel)
	s := v.sh.Layers.Show(row, 440, 0, cancel)
	v.sh.Async(v.sh.Base, func(context.Context) (func(), error) {
		n, err := writeTable(w, kind, func(t importer.Table) (int, error) { return write(ctx, t) })
		stopped := ctx.Err() != nil
		return func() {
			s.Close()
			switch {
			case stopped:
				v.sh.Say(lang.X("outbox.export_stopped", "The export was stopped; the file is not whole"))
			case err != nil:
				v.sh.Layers.Problem(err)
			default:
				v.sh.Toasts(shell.Toast{Text: lang.X("outbox.exported", "{{.N}} rows written into {{.File}}", map[string]any{"N": naming.Number(n), "File": name}), Good: true})
			}
		}, nil
	}, nil)
}

func writeTable(w io.WriteCloser, kind string, write func(importer.Table) (int, error)) (n int, err error) {
	defer func() {
		if e := w.Close(); err == nil {
			err = e
		}
	}()
	t := importer.NewCSV(w)
	if kind == ".xlsx" {
		if t, err = importer.NewXLSX(w); err != nil {
			return 0, err
		}
	}
	if n, err = write(t); err != nil {
		return n, err
	}
	return n, t.Close()
}

// fileName makes a name that every file system takes.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, strings.TrimSpace(s))
	if s == "" {
		return "report"
	}
	return s
}
