package main

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"strings"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/shop"
)

// paperLine is what export paper prints. Its names are a contract.
type paperLine struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Title    string `json:"title"`
	File     string `json:"file"`
	Bytes    int    `json:"bytes"`
	Pages    int    `json:"pages"`
	Language string `json:"language"`
	Missing  string `json:"missing"` // letters that no font had
}

// runExportPaper draws the document of a record into a file.
func runExportPaper(ctx context.Context, c *call) error {
	var out, language string
	args, err := c.flags(func(fs *flag.FlagSet) {
		fs.StringVar(&out, "out", "", "")
		fs.StringVar(&language, "language", "", "")
	}, 2)
	if err != nil {
		return err
	}
	picture := strings.HasSuffix(strings.ToLower(out), ".png")
	if !picture && !strings.HasSuffix(strings.ToLower(out), ".pdf") {
		return &usageError{"export paper wants --out FILE.pdf or FILE.png."}
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	r, err := d.findRecord(ctx, args[0], args[1])
	if err != nil {
		return err
	}
	p, err := d.shop.Draw(ctx, r.Ref, shop.Language{Code: language})
	if err != nil {
		return err
	}
	doc, err := p.Document()
	if picture {
		doc, err = p.Picture(0)
	}
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, doc.Data, 0o600); err != nil {
		return &app.Error{Code: app.CodeInvalid, Message: "“" + out + "” can't be written.", Mend: "Choose another place with --out.", Cause: err}
	}
	enc := json.NewEncoder(c.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(paperLine{r.ID, r.Type, r.Title, out, len(doc.Data), p.Pages(), p.Language, string(p.Missing)})
}

// findRecord finds a record by its id or by what lists call it, such as the number of an invoice.
func (d *desk) findRecord(ctx context.Context, typ, name string) (records.Record, error) {
	catalog, err := d.kept.Catalog(ctx)
	if err != nil {
		return records.Record{}, err
	}
	t, ok := catalog.Type(typ)
	if !ok {
		return records.Record{}, &app.Error{Code: app.CodeNotFound, Message: "There is no kind of record called “" + typ + "”.", Mend: "Such as quotation, invoice, receipt or ticket."}
	}
	ref := records.Ref{Type: typ, ID: name}
	got, err := d.kept.Read(ctx, []records.Want{{Type: typ, IDs: []string{name}, Fields: []string{t.Title}}})
	if err != nil {
		return records.Record{}, err
	}
	if r, ok := got[ref]; ok {
		return r, nil
	}
	found, err := d.kept.Search(ctx, typ, name, 50)
	if err != nil {
		return records.Record{}, err
	}
	for _, r := range found {
		if r.Title == name {
			return r, nil
		}
	}
	return records.Record{}, &app.Error{Code: app.CodeNotFound, Message: "There is no record “" + name + "” here.", Mend: "shopbell export records " + typ + " lists them."}
}
