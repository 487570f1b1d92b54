package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/term"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/records/importer"
)

// importLine is what import prints. Its names are a contract; those of importer.Report are part of it.
type importLine struct {
	importer.Report
	Batch   string `json:"batch"` // for import undo; "" when nothing was written
	Seconds string `json:"seconds"`
}

// mapFlag gathers --map "Column=field".
type mapFlag map[string]string

func (m mapFlag) String() string { return "" }

func (m mapFlag) Set(s string) error {
	column, field, ok := strings.Cut(s, "=")
	if i := strings.LastIndexByte(s, '='); i > 0 {
		column, field = s[:i], s[i+1:]
	}
	if !ok || strings.TrimSpace(column) == "" {
		return fmt.Errorf("“%s” is not Column=field", s)
	}
	m[strings.TrimSpace(column)] = strings.TrimSpace(field)
	return nil
}

// runImport takes a file of records in and prints what became of its rows.
func runImport(ctx context.Context, c *call) error {
	opt := importer.Options{Map: mapFlag{}, Staff: operator()}
	dry := false
	header := ""
	args, err := c.flags(func(fs *flag.FlagSet) {
		fs.Var(mapFlag(opt.Map), "map", "")
		fs.StringVar(&opt.Country, "country", "", "")
		fs.StringVar(&opt.Currency, "currency", "", "")
		fs.StringVar(&opt.Sheet, "sheet", "", "")
		fs.StringVar(&header, "header", "", "")
		fs.BoolVar(&dry, "dry-run", false, "")
	}, 2)
	if err != nil {
		return err
	}
	opt.Type, opt.Country, opt.Currency = args[0], strings.ToUpper(opt.Country), strings.ToUpper(opt.Currency)
	if opt.Country != "" && phonenumbers.GetCountryCodeForRegion(opt.Country) == 0 {
		return &usageError{"--country wants the two letters of a country, such as VN."}
	}
	switch opt.Header = importer.Header(header); opt.Header {
	case importer.HeaderGuess, importer.HeaderYes, importer.HeaderNo:
	default:
		return &usageError{"--header is yes or no; without it, it is guessed."}
	}
	f, size, err := openImport(args[1])
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	opt.Label, opt.Zone = filepath.Base(args[1]), time.Local
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	if opt.Country == "" {
		if opt.Country, err = d.shop.Country(ctx); err != nil {
			return err
		}
	}
	file, err := importer.Open(f, size, opt.Country)
	if err != nil {
		return err
	}
	plan, err := importer.NewPlan(ctx, d.kept, file, opt)
	if err != nil {
		return err
	}
	work := plan.Run
	if dry {
		work = plan.Preview
	}
	out, err := work(ctx, importProgress(c.stderr))
	if err != nil {
		return err
	}
	line := importLine{Report: out, Seconds: strconv.FormatFloat(out.Took.Seconds(), 'f', 3, 64)}
	if out.Batch != 0 {
		line.Batch = strconv.FormatInt(out.Batch, 10)
	}
	enc := json.NewEncoder(c.stdout)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line); err != nil {
		return err
	}
	if out.Cancelled {
		return errQuiet
	}
	return nil
}

func openImport(name string) (*os.File, int64, error) {
	f, err := os.Open(name)
	if err == nil {
		var st os.FileInfo
		if st, err = f.Stat(); err == nil && st.Mode().IsRegular() {
			return f, st.Size(), nil
		}
		_ = f.Close()
	}
	return nil, 0, &app.Error{Code: app.CodeInvalid, Cause: err, Message: "“" + name + "” can't be read.", Mend: "Give the path of a CSV or XLSX file."}
}

// numbersCountry is where the shop's number is from.
func (d *desk) numbersCountry(ctx context.Context) (string, error) {
	list, err := d.accounts.List(ctx)
	if err != nil {
		return "", err
	}
	for _, a := range list {
		if a.Archived || a.Practice {
			continue
		}
		if n, err := phonenumbers.Parse("+"+app.Digits(a.DisplayPhone), ""); err == nil {
			if code := phonenumbers.GetRegionCodeForNumber(n); len(code) == 2 && code != "ZZ" {
				return code, nil
			}
		}
	}
	return "", nil
}

// importProgress shows how far an import is to a person at a terminal, and to nobody else.
func importProgress(w io.Writer) func(importer.Progress) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return func(p importer.Progress) {
		fmt.Fprintf(f, "\r%d rows: %d new, %d changed, %d refused ", p.Rows, p.New, p.Changed, p.Refused)
	}
}

// runImportUndo takes an import back.
func runImportUndo(ctx context.Context, c *call) error {
	args, err := c.flags(nil, 1)
	if err != nil {
		return err
	}
	batch, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil {
		return &usageError{"import undo wants the number that import printed as batch."}
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	n, err := d.kept.Undo(ctx, batch, nil)
	if err != nil {
		return err
	}
	return json.NewEncoder(c.stdout).Encode(map[string]int64{"removed": n.Removed, "restored": n.Restored, "kept": n.Kept})
}

// personLine is one line of export contacts. Its names are a contract.
type personLine struct {
	Name   string   `json:"name"`
	Phone  string   `json:"phone"` // E.164, or ""
	UserID string   `json:"user_id"`
	Tags   []string `json:"tags"`
	OptOut bool     `json:"opt_out"`
}

func runExportContacts(ctx context.Context, c *call) error {
	return c.export(ctx, func(d *desk, write func(any) error) error {
		return d.kept.Each(ctx, app.RecordFilter{Type: records.TypeContact}, func(r records.Record) error {
			line := personLine{
				Name: r.Fields["name"].Text, UserID: r.Fields["user_id"].Text, Tags: records.SplitTags(r.Fields["tags"].Text), OptOut: r.Fields["opt_out"].Yes,
			}
			if digits := app.Digits(r.Fields["phone"].Text); digits != "" {
				line.Phone = "+" + digits
			}
			if line.Tags == nil {
				line.Tags = []string{}
			}
			return write(line)
		})
	})
}

// recordLine is one line of export records. Its names are a contract.
type recordLine struct {
	ID     string            `json:"id"`
	Type   string            `json:"type"`
	Title  string            `json:"title"`
	Fields map[string]string `json:"fields"` // those that hold something, the same in every language
}

func runExportRecords(ctx context.Context, c *call) error {
	format := "jsonl"
	args, err := c.flags(func(fs *flag.FlagSet) { fs.StringVar(&format, "format", format, "") }, 1)
	if err != nil {
		return err
	}
	if format != "jsonl" && format != "csv" && format != "xlsx" {
		return &usageError{"--format " + format + " is not known; jsonl, csv and xlsx are."}
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	filter := app.RecordFilter{Type: args[0]}
	switch format {
	case "csv":
		return importer.Export(ctx, d.kept, filter, importer.NewCSV(c.stdout))
	case "xlsx":
		t, err := importer.NewXLSX(c.stdout)
		if err != nil {
			return err
		}
		return importer.Export(ctx, d.kept, filter, t)
	}
	catalog, err := d.kept.Catalog(ctx)
	if err != nil {
		return err
	}
	t, _ := catalog.Type(filter.Type)
	enc := json.NewEncoder(c.stdout)
	enc.SetEscapeHTML(false)
	return d.kept.Each(ctx, filter, func(r records.Record) error {
		line := recordLine{ID: r.ID, Type: r.Type, Title: r.Title, Fields: map[string]string{}}
		for _, f := range t.Fields {
			if s := importer.Plain(f, r.Fields[f.Name]); s != "" {
				line.Fields[f.Name] = s
			}
		}
		return enc.Encode(line)
	})
}
