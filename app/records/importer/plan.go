package importer

import (
	"context"
	"encoding/json"
	"errors"
	"hash/fnv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bojanz/currency"

	"shopbell/app"
	"shopbell/app/records"
)

// Options say how a file is taken in.
type Options struct {
	Type       string
	Country    string            // ISO 3166, of phone numbers without a country code, of dates and decimals; may be ""
	Currency   string            // ISO 4217, of amounts that name none; "" is the country's
	Zone       *time.Location    // of moments; nil is UTC
	Map        map[string]string // heading → path of a field; "" leaves the column out
	Sheet      string            // of an XLSX; "" is the first
	Header     Header
	Staff      app.Staff
	Label      string // what the import is called, such as the name of the file
	NoRemember bool   // of the map
	Show       int    // how many rows of each outcome a preview shows; see Report.Shown
}

// Header says whether the first row names the columns.
type Header string

// The ways to say it.
const (
	HeaderGuess Header = ""
	HeaderYes   Header = "yes"
	HeaderNo    Header = "no"
)

// Column is one column of a file and what it fills.
type Column struct {
	Heading string   `json:"column"`
	Kind    string   `json:"kind"`  // of what is in it: a records.Kind, "phone", "email" or "empty"
	Field   string   `json:"field"` // the path of the field that it fills; "" leaves it out
	How     string   `json:"how"`   // "map", "remembered" or "guess"; "" when it is left out
	Samples []string `json:"samples"`

	target target
	local  local
}

// Plan is a file with all its columns understood, to be shown, altered and run.
type Plan struct {
	File    *File
	Type    records.Type
	Header  bool // the first row names the columns
	Columns []Column

	opt     Options
	kept    *records.Kept
	catalog records.Catalog
	targets []target
}

// sampleRows is how many rows are looked at to guess what columns hold.
const sampleRows = 200

// NewPlan looks at a file. A column that the map names and the file doesn't have is an app.Error, and so is a field that doesn't exist.
func NewPlan(ctx context.Context, kept *records.Kept, f *File, opt Options) (*Plan, error) {
	c, err := kept.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	t, ok := c.Type(opt.Type)
	if !ok || t.Name == records.TypeCountry {
		var names []string
		for _, t := range c.Types() {
			if t.Name != records.TypeCountry {
				names = append(names, t.Name)
			}
		}
		return nil, &app.Error{Code: app.CodeNotFound, Message: "There is no kind of record called “" + opt.Type + "”.", Mend: "The kinds are " + strings.Join(names, ", ") + "."}
	}
	if opt.Currency == "" {
		opt.Currency, _ = currency.ForCountryCode(opt.Country)
	}
	if opt.Sheet != "" && f.Kind == "xlsx" {
		f.Sheet = opt.Sheet
	}
	p := &Plan{File: f, Type: t, opt: opt, kept: kept, catalog: c, targets: targets(c, t)}
	head, err := p.sample()
	if err != nil {
		return nil, err
	}
	p.guessHeader(head)
	p.readColumns(head)
	return p, p.assign(ctx)
}

// sample reads the first rows.
func (p *Plan) sample() ([]Row, error) {
	rows, err := p.File.Rows()
	if err != nil {
		return nil, err
	}
	var out []Row
	for len(out) <= sampleRows {
		row, err := rows.Next()
		if err == io.EOF { //nolint:errorlint // Rows gives it bare
			break
		}
		if err != nil {
			return nil, err
		}
		if row.Broken == "" && slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Text != "" }) {
			out = append(out, row)
		}
	}
	if len(out) == 0 {
		return nil, unreadable("The file has no rows.", "Export it again.")
	}
	return out, nil
}

// guessHeader takes the first row as headings unless something in it is plainly a value, or nothing in it is a word and rows below look the same.
func (p *Plan) guessHeader(head []Row) {
	if p.opt.Header != HeaderGuess {
		p.Header = p.opt.Header == HeaderYes
		return
	}
	known, values, words := 0, 0, 0
	for _, c := range head[0].Cells {
		fold := records.Fold(c.Text)
		switch kind := kindOf(c, p.opt.Country); {
		case c.Text == "":
		case kind != string(records.KindText) && kind != string(records.KindBool):
			values++
		case slices.ContainsFunc(p.targets, func(t target) bool { return t.fit(fold) > 300 }):
			known++
		default:
			words++
		}
	}
	p.Header = known > 0 && known >= values || values == 0 && len(head) > 1 || len(p.opt.Map) > 0
}

// readColumns finds what is in each column.
func (p *Plan) readColumns(head []Row) {
	width := 0
	for _, r := range head {
		width = max(width, len(r.Cells))
	}
	body := head
	if p.Header {
		body = head[1:]
	}
	p.Columns = make([]Column, width)
	for i := range p.Columns {
		c := &p.Columns[i]
		c.Heading = "Column " + strconv.Itoa(i+1)
		if p.Header && i < len(head[0].Cells) && head[0].Cells[i].Text != "" {
			c.Heading = head[0].Cells[i].Text
		}
		var cells []Cell
		for _, r := range body {
			if i < len(r.Cells) && r.Cells[i].Text != "" {
				cells = append(cells, r.Cells[i])
				if len(c.Samples) < 3 {
					c.Samples = append(c.Samples, r.Cells[i].Text)
				}
			}
		}
		c.Kind = commonKind(cells, p.opt.Country)
		c.local = localOf(cells, p.opt)
	}
}

// assign decides what each column fills: what the map says, else what was said of such a file before, else what the heading names, else what a
// column without a name holds.
func (p *Plan) assign(ctx context.Context) error {
	for heading, path := range p.opt.Map {
		i := p.column(heading)
		if i < 0 {
			return &app.Error{Code: app.CodeInvalid, Message: "The file has no column “" + heading + "”.", Mend: "Its columns are " + strings.Join(p.headings(), ", ") + "."}
		}
		p.Columns[i].How = "map"
		if path != "" {
			if err := p.Set(i, path); err != nil {
				return err
			}
		}
	}
	remembered, err := p.remembered(ctx)
	if err != nil {
		return err
	}
	for i := range p.Columns {
		c := &p.Columns[i]
		path, ok := remembered[c.Heading]
		if c.How != "" || !ok {
			continue
		}
		if path == "" || !p.taken(path) && p.Set(i, path) == nil {
			c.How = "remembered"
		}
	}
	p.guess()
	for i := range p.Columns {
		if p.Columns[i].Field == "" {
			p.Columns[i].How = ""
		}
	}
	return nil
}

// guess gives columns the fields that their headings name best, the surest first.
func (p *Plan) guess() {
	type pair struct{ score, column, target int }
	var pairs []pair
	for i, c := range p.Columns {
		if c.How != "" {
			continue
		}
		fold := records.Fold(c.Heading)
		for k, t := range p.targets {
			score := t.fit(fold)
			if !p.Header && (t.field.Phone && c.Kind == "phone" || t.field.Name == "email" && c.Kind == "email" || t.path == p.Type.Title && c.Kind == string(records.KindText)) {
				score = 50
			}
			if score > 0 && score < 400 && c.Kind != "" && !suits(t.field, c.Kind) { // a weak name and another kind of content
				score = 0
			}
			if score > 0 {
				pairs = append(pairs, pair{score, i, k})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return y.score - x.score })
	for _, x := range pairs {
		t := p.targets[x.target]
		if c := &p.Columns[x.column]; c.How == "" && !p.taken(t.path) {
			c.Field, c.target, c.How = t.path, t, "guess"
		}
	}
}

func suits(f records.Field, kind string) bool {
	switch {
	case kind == "empty":
		return true
	case f.Phone:
		return kind == "phone" || kind == string(records.KindNumber)
	case f.Kind == records.KindNumber || f.Kind == records.KindAmount:
		return kind == string(records.KindNumber) || kind == string(records.KindAmount)
	case f.Kind == records.KindDate || f.Kind == records.KindDateTime:
		return kind == string(records.KindDate) || kind == string(records.KindDateTime)
	case f.Kind == records.KindText && f.Name == "email":
		return kind == "email"
	}
	return true
}

// Set has a column fill a field; "" leaves it out. The error is an app.Error.
func (p *Plan) Set(column int, path string) error {
	c := &p.Columns[column]
	if path == "" {
		c.Field, c.target, c.How = "", target{}, "map"
		return nil
	}
	i := slices.IndexFunc(p.targets, func(t target) bool { return t.path == path })
	if i < 0 {
		i = slices.IndexFunc(p.targets, func(t target) bool { return records.Fold(t.field.Label) == records.Fold(path) && t.via.Name == "" })
	}
	if i < 0 {
		return &app.Error{Code: app.CodeInvalid, Message: p.Type.Label + " has no field “" + path + "” that a column could fill.", Mend: "Its fields are " + strings.Join(p.Fields(), ", ") + "."}
	}
	c.Field, c.target, c.How = p.targets[i].path, p.targets[i], "map"
	return nil
}

// Fields lists the paths that columns may fill.
func (p *Plan) Fields() []string {
	out := make([]string, len(p.targets))
	for i, t := range p.targets {
		out[i] = t.path
	}
	return out
}

func (p *Plan) taken(path string) bool {
	return slices.ContainsFunc(p.Columns, func(c Column) bool { return c.Field == path })
}

func (p *Plan) headings() []string {
	out := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		out[i] = c.Heading
	}
	return out
}

func (p *Plan) column(heading string) int {
	i := slices.IndexFunc(p.Columns, func(c Column) bool { return c.Heading == heading })
	if i < 0 {
		i = slices.IndexFunc(p.Columns, func(c Column) bool { return records.Fold(c.Heading) == records.Fold(heading) })
	}
	return i
}

// memory is the setting under which the map of such a file is remembered: one with the same headings.
func (p *Plan) memory() string {
	names := p.headings()
	slices.Sort(names)
	h := fnv.New64a()
	for _, n := range names {
		_, _ = io.WriteString(h, records.Fold(n)+"\x00")
	}
	return "records.map." + p.Type.Name + "." + strconv.FormatUint(h.Sum64(), 36)
}

func (p *Plan) remembered(ctx context.Context) (map[string]string, error) {
	raw, err := p.kept.Store.Setting(ctx, p.memory())
	if err != nil || raw == "" {
		return nil, err
	}
	out := map[string]string{}
	if json.Unmarshal([]byte(raw), &out) != nil {
		return nil, nil //nolint:nilerr // what can't be read was never remembered
	}
	return out, nil
}

// remember keeps what the columns fill, when somebody said so.
func (p *Plan) remember(ctx context.Context) error {
	said := slices.ContainsFunc(p.Columns, func(c Column) bool { return c.How == "map" })
	if !said || p.opt.NoRemember {
		return nil
	}
	m := map[string]string{}
	for _, c := range p.Columns {
		m[c.Heading] = c.Field
	}
	raw, err := json.Marshal(m)
	return errors.Join(err, p.kept.Store.SetSetting(ctx, p.memory(), string(raw)))
}
