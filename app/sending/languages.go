package sending

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

// others reads the template's other languages. One that can't be sent is left out: its customers get the main one.
func (c *Checker) others(ctx context.Context) error {
	for _, id := range c.r.Others {
		r, err := c.s.prepare(ctx, c.r.Job, id)
		switch {
		case app.ErrorCode(err) == app.CodeNotFound:
		case err != nil:
			return err
		case r.stop == nil && r.t.AccountID == c.r.t.AccountID && r.doc.Name == c.r.doc.Name && r.t.ID != c.r.t.ID:
			c.all = append(c.all, r)
		}
	}
	return nil
}

// of gives the template that a row goes out with.
func (c *Checker) of(row Row) *ready { return &c.all[row.template] }

// Language gives the language in which a row goes out.
func (c *Checker) Language(row Row) string { return c.of(row).doc.Language }

// languages chooses for each record the template in the customer's language; where it is not known or not there, the main one.
func (c *Checker) languages(ctx context.Context, ids []string) ([]int, error) {
	out := make([]int, len(ids))
	if len(c.all) == 1 || c.r.RecordType == "" {
		return out, nil
	}
	catalog, err := c.s.c.Records.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	path, ok := languagePath(catalog, c.r.RecordType, c.r.PhoneField)
	if !ok {
		return out, nil
	}
	found, err := records.Walk(ctx, c.s.c.Records, catalog, c.r.RecordType, ids, []records.Path{path})
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if v := found[id]; len(v) > 0 && len(v[0]) > 0 {
			out[i] = c.speaks(v[0][0].Text)
		}
	}
	return out, nil
}

// languagePath is where a record says what its customer speaks: beside the number that the message goes to.
func languagePath(catalog records.Catalog, typ, phone string) (records.Path, bool) {
	t, _ := catalog.Type(typ)
	if phone == "" {
		phone = t.Phone
	}
	p, err := records.ParsePath(phone)
	if err != nil {
		return nil, false
	}
	path := append(slices.Clone(p[:len(p)-1]), "language")
	_, err = catalog.Follow(typ, path)
	return path, err == nil
}

// speaks finds the template for a language: exactly that one, else one of the same language from another country.
func (c *Checker) speaks(language string) int {
	want := sameSpelling(language)
	if want == "" {
		return 0
	}
	near := -1
	for i, r := range c.all {
		has := sameSpelling(r.doc.Language)
		switch {
		case has == want:
			return i
		case near < 0 && base(has) == base(want):
			near = i
		}
	}
	return max(near, 0)
}

// sameSpelling gives the code of a language in small letters. People also write its name, in English or in itself.
func sameSpelling(language string) string {
	language = strings.TrimSpace(language)
	for _, l := range template.Languages {
		if strings.EqualFold(language, l.English) || strings.EqualFold(language, l.Native) {
			language = l.Code
			break
		}
	}
	return strings.ToLower(strings.ReplaceAll(language, "-", "_"))
}

func base(language string) string {
	b, _, _ := strings.Cut(language, "_")
	return b
}

// fill fills the templates in, each with the records that it is for.
func (c *Checker) fill(ctx context.Context, ids []string, speaks []int) ([]records.Filled, error) {
	out := make([]records.Filled, len(ids))
	for k := range c.all {
		var part []string
		var at []int
		for i, id := range ids {
			if speaks[i] == k {
				part, at = append(part, id), append(at, i)
			}
		}
		if len(part) == 0 {
			continue
		}
		r := &c.all[k]
		filled, err := records.Resolve(ctx, c.s.c.Records, records.Job{
			Document: r.doc, Bindings: r.bindings, RecordType: r.RecordType, PhoneField: r.PhoneField,
			Sender: records.Sender{Name: r.Sender.Name, Phone: cmp.Or(r.SenderPhone, app.FormatPhone(r.Sender.Phone))}, Free: r.Values, Zone: c.s.c.Zone,
		}, part)
		if err != nil {
			return nil, err
		}
		for i, f := range filled {
			out[at[i]] = f
		}
	}
	return out, nil
}

func (s *Service) zone() *time.Location {
	if s.c.Zone == nil {
		return time.UTC
	}
	return s.c.Zone
}
