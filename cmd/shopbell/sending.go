package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/app/papers"
	"shopbell/app/sending"
	"shopbell/meta"
	"shopbell/meta/template"
	"shopbell/storage/media"
)

// ratesFile, in the home folder, stands in the place of the rates that came with the program.
const ratesFile = "rates.json"

// buildSending wires what makes messages of templates and records.
func (d *desk) buildSending() {
	d.sending = sending.New(sending.Config{Store: d.store, Records: d.records, Rates: d.rates, Zone: time.Local, Now: time.Now, Practises: d.practises, Paper: d.paper, HasPaper: papers.Drawable})
	d.broadcasts = broadcasts.New(broadcasts.Config{Store: d.store, Sending: d.sending, Feed: d.store, Now: time.Now, Log: d.log})
}

// perSecond is how many messages a second an account's number may send, as Meta said at its last test.
func (d *desk) perSecond(ctx context.Context, account app.ID) (float64, error) {
	a, err := d.store.Account(ctx, account)
	return meta.PerSecond(a.Throughput, a.OnPhoneApp), err
}

// rates is what Meta charges: the shop's own table, else the one that came with the program.
func (d *desk) rates() sending.Rates {
	raw, err := os.ReadFile(filepath.Join(d.opt.home, ratesFile))
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			d.log.Warn("the rate table can't be read; the one that came with the program is used", "err", err)
		}
		return sending.ShippedRates()
	}
	r, err := sending.ReadRates(raw)
	if err != nil {
		d.log.Warn("the rate table can't be used; the one that came with the program is", "err", err)
		return sending.ShippedRates()
	}
	return r
}

// mediaFiles opens files of the media folder for the outbox.
type mediaFiles struct{ files *media.Store }

// Open opens a file by its SHA-256.
func (m mediaFiles) Open(sha string) (io.ReadCloser, error) {
	f, err := m.files.Get(sha)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// findTemplate finds a template of an account by its technical name and language; the language may be left out where there is one only.
func (d *desk) findTemplate(ctx context.Context, account app.ID, name, language string) (app.Template, error) {
	rows, err := d.store.Templates(ctx, app.TemplateFilter{AccountID: account, Technical: name})
	if err != nil {
		return app.Template{}, err
	}
	var found []app.TemplateRow
	var languages []string
	for _, r := range rows {
		languages = append(languages, r.Language)
		if language == "" || strings.EqualFold(strings.ReplaceAll(r.Language, "-", "_"), strings.ReplaceAll(language, "-", "_")) {
			found = append(found, r)
		}
	}
	switch {
	case len(found) == 1:
		return d.store.Template(ctx, found[0].ID)
	case len(rows) == 0:
		return app.Template{}, &app.Error{Code: app.CodeNotFound, Message: "This account has no template “" + name + "” here.", Mend: "shopbell template sync --account NAME fetches what Meta has."}
	case len(found) > 1:
		return app.Template{}, &app.Error{Code: app.CodeInvalid, Message: "The template is there more than once.", Mend: "Say which with --language: " + strings.Join(languages, ", ") + "."}
	}
	return app.Template{}, &app.Error{Code: app.CodeNotFound, Message: "The template “" + name + "” is not there in “" + language + "”.", Mend: "It is there in " + strings.Join(languages, ", ") + "."}
}

// valueFlags gathers --value SLOT=TEXT.
type valueFlags []string

// String gives nothing: the flag has no default.
func (v *valueFlags) String() string { return "" }

// Set takes one more.
func (v *valueFlags) Set(s string) error {
	if !strings.Contains(s, "=") {
		return errors.New("wants SLOT=TEXT, such as 1=Mai")
	}
	*v = append(*v, s)
	return nil
}

// slots finds the places of a template that values are for: by the spelling body:1, button.0:1 and so on, or by the bare name, which is the
// body's first and else that of the one place that has it.
func (v valueFlags) slots(d template.Document) (map[template.Slot]string, error) {
	out := map[template.Slot]string{}
	for _, pair := range v {
		name, text, _ := strings.Cut(pair, "=")
		slot, ok := findSlot(d, strings.TrimSpace(name))
		if !ok {
			var names []string
			for _, s := range d.Slots() {
				names = append(names, s.String())
			}
			return nil, &app.Error{Code: app.CodeInvalid, Message: "The template has no place “" + name + "” for a value.", Mend: "Its places are " + strings.Join(names, ", ") + "."}
		}
		out[slot] = text
	}
	return out, nil
}

func findSlot(d template.Document, name string) (template.Slot, bool) {
	var same []template.Slot
	for _, s := range d.Slots() {
		switch {
		case s.String() == name, s == template.BodySlot(name):
			return s, true
		case s.Name == name:
			same = append(same, s)
		}
	}
	if len(same) == 1 {
		return same[0], true
	}
	return template.Slot{}, false
}
