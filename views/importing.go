package views

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/command"
	"shopbell/views/importing"
	"shopbell/views/naming"
	viewsrecords "shopbell/views/records"
	"shopbell/views/shell"
)

// importCommands are those by which files come in.
func (w *Window) importCommands(t *command.Table) {
	if w.desk.Kept == nil {
		return
	}
	t.Add(command.Command{
		ID: "records.import", Title: lang.X("command.import", "Import records…"), Menu: command.Record, Group: 3,
		Enabled: func() bool { return w.now != "" }, Run: func() {
			if v := w.recordsHere(); v != nil {
				v.Import() // of the type that shows
				return
			}
			w.importRecords("")
		},
	})
}

// recordsHere is the Records tab while it shows.
func (w *Window) recordsHere() *viewsrecords.View {
	if w.now != shell.TabRecords {
		return nil
	}
	return w.records()
}

// importRecords opens the way of a file into the records of a type, "" for any.
func (w *Window) importRecords(typ string) { w.importFile(typ, "") }

func (w *Window) importFile(typ, path string) {
	if w.desk.Kept == nil || w.importing != nil {
		return
	}
	w.importing = importing.Open(w.sh, importing.Params{
		Kept: w.desk.Kept, Me: w.desk.Me, Country: w.importCountry, SetCountry: w.setCountry, Show: w.showImported,
		Closed: func() { w.importing = nil },
	}, typ, path)
}

// importCountry is where the shop is, or where the computer says that it is.
func (w *Window) importCountry(ctx context.Context) (string, error) {
	if w.desk.Shop == nil {
		return naming.CountryOfLocale(), nil
	}
	code, err := w.desk.Shop.Country(ctx)
	if err == nil && code == "" {
		code = naming.CountryOfLocale()
	}
	return code, err
}

func (w *Window) setCountry(ctx context.Context, code string) error {
	if w.desk.Shop == nil {
		return nil
	}
	return w.desk.Shop.SetCountry(ctx, code)
}

// showImported shows what an import brought.
func (w *Window) showImported(typ string, batch app.ID) {
	w.open(shell.TabRecords)
	if v, ok := w.views[shell.TabRecords].(interface {
		ShowBatch(typ string, batch app.ID)
	}); ok {
		v.ShowBatch(typ, batch)
	}
}

// dropTable takes a table that was dropped on the window, with records of a type ("" is contacts), and tells whether it was one.
func (w *Window) dropTable(typ string, uris []fyne.URI) bool {
	for _, u := range uris {
		if u.Scheme() != "file" || !importing.Holds(u.Name()) {
			continue
		}
		if w.importing != nil {
			w.importing.Take(u.Path())
		} else if !w.sh.Layers.Any() {
			w.importFile(typ, u.Path())
		}
		return true
	}
	return false
}
