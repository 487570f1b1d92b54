package records

import (
	"context"
	"slices"
	"strconv"
	"sync/atomic"

	"shopbell/app"
)

// Keeper is where records are kept. Its rows hold values as texts that only this package reads.
type Keeper interface {
	Contacts
	NewRecordID() app.ID
	RecordsByID(ctx context.Context, typ string, ids []app.ID) ([]app.RecordRow, error)
	RecordTitles(ctx context.Context, ids map[string][]app.ID) (map[app.ID]string, error)
	RecordsByKey(ctx context.Context, typ, field string, keys []string) (map[string][]app.ID, error)
	RecordsLinked(ctx context.Context, typ, field string, ids []app.ID) (map[app.ID][]app.ID, error)
	RecordDuplicates(ctx context.Context, typ, field, after string, limit int) (map[string][]app.ID, error)
	Records(ctx context.Context, f app.RecordFilter, after *app.RecordAfter, limit int) ([]app.RecordRow, error)
	RecordIDs(ctx context.Context, f app.RecordFilter) ([]app.ID, error)
	CountRecords(ctx context.Context, f app.RecordFilter) (int64, error)
	RecordSends(ctx context.Context, typ string, id app.ID, limit int) ([]app.RecordSend, error)
	ContactConversations(ctx context.Context, contact app.ID) ([]app.Conversation, error)
	WriteRecords(ctx context.Context, batch app.RecordBatch, writes []app.RecordWrite) error
	UndoRecords(ctx context.Context, batch app.ID, progress func(done int64)) (app.RecordUndo, error)
	RecordBatches(ctx context.Context, limit int) ([]app.RecordBatch, error)
	ContactsByPhone(ctx context.Context, keys []string) (map[string]app.ID, error)
	ReindexContacts(ctx context.Context, limit int, build func(c app.Contact, is app.RecordRow, merged []app.RecordRow) app.RecordRow) (int, error)
	MergeContacts(ctx context.Context, keep app.ID, others []app.ID) (app.ID, error)
	Consents(ctx context.Context, contact app.ID) ([]app.Consent, error)
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// Kept are the records that people make, import and change here, and the people of the inbox with what the shop knows of them.
type Kept struct {
	Store   Keeper
	Files   Files  // where the content of file fields is kept; nil: none is
	Country string // ISO 3166, of the shop: phone numbers without a country code are of it; may be "". SetCountry stands above it.

	moved atomic.Pointer[string]
}

// SetCountry changes the shop's country while others work with the records.
func (k *Kept) SetCountry(code string) { k.moved.Store(&code) }

// Home is the shop's country.
func (k *Kept) Home() string {
	if code := k.moved.Load(); code != nil {
		return *code
	}
	return k.Country
}

// Read reads the fields wanted. Each type is one query; titles of what relations lead to are one more a type.
func (k *Kept) Read(ctx context.Context, wants []Want) (map[Ref]Record, error) {
	c, err := k.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	out := map[Ref]Record{}
	for _, w := range wants {
		t, ok := c.Type(w.Type)
		if !ok {
			continue
		}
		if t.Name == TypeCountry {
			for _, code := range w.IDs {
				r := countryRecord(code)
				out[r.Ref] = r
			}
			continue
		}
		list, err := k.readType(ctx, c, t, w)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			out[r.Ref] = r
		}
	}
	return out, k.titles(ctx, c, out)
}

func (k *Kept) readType(ctx context.Context, c Catalog, t Type, w Want) ([]Record, error) {
	ids := make([]app.ID, 0, len(w.IDs))
	for _, s := range w.IDs {
		if id, err := strconv.ParseInt(s, 10, 64); err == nil && id > 0 {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := k.Store.RecordsByID(ctx, t.Name, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Record, 0, len(rows))
	for _, r := range rows {
		list = append(list, decode(t, r, w.Fields))
	}
	if err := k.markExamples(ctx, rows, list); err != nil {
		return nil, err
	}
	if t.Name == TypeContact {
		if list, err = k.people(ctx, ids, list); err != nil {
			return nil, err
		}
	}
	return list, k.parts(ctx, c, t, w.Fields, list)
}

// people lays what the shop knows of contacts over what the inbox knows.
func (k *Kept) people(ctx context.Context, ids []app.ID, known []Record) ([]Record, error) {
	found, err := k.Store.ContactsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]Record, len(known))
	for _, r := range known {
		byID[r.ID] = r
	}
	out := make([]Record, 0, len(found))
	for _, c := range found {
		out = append(out, overlay(c, byID[strconv.FormatInt(c.ID, 10)]))
	}
	return out, nil
}

// overlay gives a contact as a record with the fields that only the shop knows.
func overlay(c app.Contact, known Record) Record {
	r := ContactRecord(c)
	r.Revision, r.Example = known.Revision, known.Example
	for name, v := range known.Fields {
		if !personal[name] {
			r.Fields[name] = v
		}
	}
	return r
}

// personal are the fields of a contact that are kept with the people of the inbox.
var personal = map[string]bool{"name": true, "phone": true, "username": true, "user_id": true, "opt_out": true}

// parts fills in the relations that are kept at their other end: the lines of an order know their order.
func (k *Kept) parts(ctx context.Context, c Catalog, t Type, fields []string, list []Record) error {
	for _, name := range fields {
		f, _ := t.Field(name)
		back, ok := partOf(c, t, f)
		if !ok || len(list) == 0 {
			continue
		}
		ids := make([]app.ID, len(list))
		for i, r := range list {
			ids[i], _ = strconv.ParseInt(r.ID, 10, 64)
		}
		lines, err := k.Store.RecordsLinked(ctx, f.Relation, back, ids)
		if err != nil {
			return err
		}
		for i, r := range list {
			var links []Link
			for _, id := range lines[ids[i]] {
				links = append(links, Link{Ref: Ref{f.Relation, strconv.FormatInt(id, 10)}})
			}
			delete(r.Fields, name)
			if len(links) > 0 {
				r.Fields[name] = Relation(links...)
			}
		}
	}
	return nil
}

// partOf tells whether a relation leads to parts of a record, and which field of theirs leads back.
func partOf(c Catalog, whole Type, f Field) (string, bool) {
	if f.Kind != KindRelation || !f.Many {
		return "", false
	}
	part, _ := c.Type(f.Relation)
	if !part.Part {
		return "", false
	}
	i := slices.IndexFunc(part.Fields, func(b Field) bool { return b.Kind == KindRelation && !b.Many && b.Relation == whole.Name })
	if i < 0 {
		return "", false
	}
	return part.Fields[i].Name, true
}

// titles fills in what the linked records are called now.
func (k *Kept) titles(ctx context.Context, c Catalog, found map[Ref]Record) error {
	want := map[string][]app.ID{}
	seen := map[app.ID]bool{}
	for _, r := range found {
		for _, v := range r.Fields {
			for _, l := range v.Links {
				if id, err := strconv.ParseInt(l.ID, 10, 64); err == nil && !seen[id] && l.Type != TypeCountry {
					seen[id] = true
					want[l.Type] = append(want[l.Type], id)
				}
			}
		}
	}
	people := want[TypeContact]
	delete(want, TypeContact)
	title := map[app.ID]string{}
	if len(want) > 0 {
		var err error
		if title, err = k.Store.RecordTitles(ctx, want); err != nil {
			return err
		}
	}
	if len(people) > 0 { // by the name that the inbox knows at this moment
		list, err := k.Store.ContactsByID(ctx, people)
		if err != nil {
			return err
		}
		for _, p := range list {
			title[p.ID] = p.Title()
		}
	}
	for ref, r := range found {
		for name, v := range r.Fields {
			for i, l := range v.Links {
				if id, err := strconv.ParseInt(l.ID, 10, 64); err == nil && l.Type != TypeCountry {
					v.Links[i].Title = title[id]
				}
			}
			r.Fields[name] = v
		}
		if t, _ := c.Type(ref.Type); t.Detail != "" && ref.Type != TypeContact {
			if v := r.Fields[t.Detail]; len(v.Links) > 0 {
				r.Detail = v.Links[0].Title
				found[ref] = r
			}
		}
	}
	return nil
}

// Search finds records by the beginnings of words, newest first.
func (k *Kept) Search(ctx context.Context, typ, query string, limit int) ([]Record, error) {
	if typ == TypeContact {
		found, err := k.Store.FindContacts(ctx, query, limit)
		if err != nil {
			return nil, err
		}
		out := make([]Record, 0, len(found))
		for _, c := range found {
			out = append(out, ContactRecord(c))
		}
		return out, nil
	}
	page, err := k.List(ctx, app.RecordFilter{Type: typ, Search: query, Desc: true}, nil, limit)
	return page.Records, err
}

// Page is a part of a list, and where the next part begins; After is nil at the end.
type Page struct {
	Records []Record
	After   *app.RecordAfter
}

// List gives a part of the records that a filter lets through, whole. KeyOf makes the keys of its conditions.
func (k *Kept) List(ctx context.Context, f app.RecordFilter, after *app.RecordAfter, limit int) (Page, error) {
	c, err := k.Catalog(ctx)
	if err != nil {
		return Page{}, err
	}
	t, ok := c.Type(f.Type)
	if !ok {
		return Page{}, unknownType(f.Type)
	}
	if err := k.refresh(ctx, f); err != nil {
		return Page{}, err
	}
	rows, err := k.Store.Records(ctx, f, after, limit)
	if err != nil || len(rows) == 0 {
		return Page{}, err
	}
	list := make([]Record, len(rows))
	fields := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		fields[i] = f.Name
	}
	ids := make([]app.ID, len(rows))
	for i, r := range rows {
		list[i], ids[i] = decode(t, r, fields), r.ID
	}
	if err := k.markExamples(ctx, rows, list); err != nil {
		return Page{}, err
	}
	var p Page
	if len(rows) == limit {
		p.After = f.After(rows[len(rows)-1])
	}
	if f.Type == TypeContact {
		people, err := k.people(ctx, ids, list)
		if err != nil {
			return Page{}, err
		}
		at := make(map[string]Record, len(people))
		for _, r := range people {
			at[r.ID] = r
		}
		for i := range list {
			if r, ok := at[list[i].ID]; ok {
				list[i] = r
			}
		}
	}
	if err := k.parts(ctx, c, t, fields, list); err != nil {
		return Page{}, err
	}
	index := make(map[Ref]Record, len(list))
	for _, r := range list {
		index[r.Ref] = r
	}
	if err := k.titles(ctx, c, index); err != nil {
		return Page{}, err
	}
	for i := range list {
		list[i] = index[list[i].Ref]
	}
	p.Records = list
	return p, nil
}

// Count counts what a filter lets through.
func (k *Kept) Count(ctx context.Context, f app.RecordFilter) (int64, error) {
	if err := k.refresh(ctx, f); err != nil {
		return 0, err
	}
	return k.Store.CountRecords(ctx, f)
}

// Each gives every record that a filter lets through, whole, until fn fails.
func (k *Kept) Each(ctx context.Context, f app.RecordFilter, fn func(Record) error) error {
	if crosses(f) {
		if err := k.Refresh(ctx); err != nil {
			return err
		}
	}
	if len(f.Via) > 0 { // their order is found once
		return k.eachByID(ctx, f, fn)
	}
	var after *app.RecordAfter
	for {
		p, err := k.List(ctx, f, after, 500)
		if err != nil {
			return err
		}
		for _, r := range p.Records {
			if err := fn(r); err != nil {
				return err
			}
		}
		if after = p.After; after == nil {
			return nil
		}
	}
}

// Refresh brings the list of contacts wholly up to date with the inbox, some at a time.
func (k *Kept) Refresh(ctx context.Context) error {
	for {
		if n, err := k.reindex(ctx, 1000); err != nil || n == 0 {
			return err
		}
	}
}

// refresh brings the list of contacts up to date with the inbox. After a long time it takes several calls, each of which is heard as a change.
func (k *Kept) refresh(ctx context.Context, f app.RecordFilter) error {
	if !crosses(f) {
		return nil
	}
	_, err := k.reindex(ctx, 2000)
	return err
}

func (k *Kept) reindex(ctx context.Context, most int) (int64, error) {
	c, err := k.Catalog(ctx)
	if err != nil {
		return 0, err
	}
	t, _ := c.Type(TypeContact)
	n, err := k.Store.ReindexContacts(ctx, most, func(p app.Contact, is app.RecordRow, merged []app.RecordRow) app.RecordRow {
		known := decode(t, is, nil)
		for _, m := range merged { // what the one that stays doesn't say
			for name, v := range decode(t, m, nil).Fields {
				if _, said := known.Fields[name]; !said {
					known.Fields[name] = v
				}
			}
		}
		return encode(t, is, overlay(p, known))
	})
	return int64(n), err
}

func unknownType(name string) error {
	return &app.Error{Code: app.CodeNotFound, Message: "There is no kind of record called “" + name + "”.", Mend: "Choose one of those that are listed."}
}
