package records

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"shopbell/app"
)

// The kinds of batch.
const (
	BatchImport = "import"
	BatchEdit   = "edit"
	BatchDelete = "delete"
	BatchMerge  = "merge"
)

// Draft is a record as it is to become. Fields that are not in it stay; an empty value clears its field.
type Draft struct {
	Type     string
	ID       app.ID // of a new one: from NewID
	New      bool
	Delete   bool  // it goes; nothing else counts
	Revision int64 // the one it was read with; 0 overwrites
	Fields   map[string]Value
	Phones   []string // of a contact: its numbers, digits with country code; the first is the one in use
}

// NewID gives an id for a record to come.
func (k *Kept) NewID() app.ID { return k.Store.NewRecordID() }

// Create makes a record by hand.
func (k *Kept) Create(ctx context.Context, staff app.Staff, typ string, fields map[string]Value) (Ref, error) {
	id := k.NewID()
	_, err := k.write(ctx, staff, Draft{Type: typ, ID: id, New: true, Fields: fields})
	return Ref{typ, strconv.FormatInt(id, 10)}, err
}

// Change changes fields of a record that was read with a revision. The batch it gives can be undone.
func (k *Kept) Change(ctx context.Context, staff app.Staff, ref Ref, revision int64, fields map[string]Value) (batch app.ID, err error) {
	id, err := strconv.ParseInt(ref.ID, 10, 64)
	if err != nil {
		return 0, notKept()
	}
	return k.write(ctx, staff, Draft{Type: ref.Type, ID: id, Revision: revision, Fields: fields})
}

func (k *Kept) write(ctx context.Context, staff app.Staff, d Draft) (app.ID, error) {
	return k.Save(ctx, staff, []Draft{d})
}

// Save checks drafts and writes them in one transaction, such as an order with its lines. The batch it gives can be undone as a whole.
func (k *Kept) Save(ctx context.Context, staff app.Staff, drafts []Draft) (app.ID, error) {
	c, err := k.Catalog(ctx)
	if err != nil {
		return 0, err
	}
	batch := app.RecordBatch{ID: k.NewID(), Kind: BatchEdit, Staff: staff.ID}
	for i := range drafts {
		if batch.Type == "" {
			batch.Type = drafts[i].Type
		}
		if err := k.fit(c, &drafts[i]); err != nil {
			return 0, err
		}
	}
	return batch.ID, k.Write(ctx, batch, drafts)
}

// fit checks the values of a draft and gives them the shape in which they are kept.
func (k *Kept) fit(c Catalog, d *Draft) error {
	t, ok := c.Type(d.Type)
	if !ok {
		return unknownType(d.Type)
	}
	if d.Delete {
		return nil
	}
	for name, v := range d.Fields {
		f, ok := t.Field(name)
		if !ok {
			return &app.Error{Code: app.CodeInvalid, Message: t.Label + " has no field “" + name + "”.", Mend: "Leave it out."}
		}
		v, err := k.Check(f, v)
		if err != nil {
			return err
		}
		d.Fields[name] = v
		if t.Name == TypeContact && name == "phone" && !v.Empty() {
			d.Phones = []string{app.Digits(v.Text)}
		}
	}
	if title := d.Fields[t.Title]; d.New && title.Empty() && len(d.Phones) == 0 {
		f, _ := t.Field(t.Title)
		return &app.Error{Code: app.CodeInvalid, Message: "“" + f.Label + "” is empty.", Mend: "Fill it in: lists call the record by it."}
	}
	return nil
}

// Write writes drafts in one transaction. Their values are taken as they are; Check sees that one fits.
func (k *Kept) Write(ctx context.Context, batch app.RecordBatch, drafts []Draft) error {
	c, err := k.Catalog(ctx)
	if err != nil {
		return err
	}
	old, err := k.current(ctx, c, drafts)
	if err != nil {
		return err
	}
	writes := make([]app.RecordWrite, 0, len(drafts))
	for _, d := range drafts {
		t, ok := c.Type(d.Type)
		if !ok {
			return unknownType(d.Type)
		}
		if d.Delete {
			writes = append(writes, app.RecordWrite{Row: app.RecordRow{Type: d.Type, ID: d.ID}, Delete: true})
			continue
		}
		r, row := Record{Fields: map[string]Value{}}, app.RecordRow{}
		if !d.New {
			was, ok := old[d.ID]
			if !ok {
				return notKept()
			}
			r, row = was.record, was.row
		}
		for name, v := range d.Fields {
			was := r.Fields[name]
			switch {
			case v.Empty():
				delete(r.Fields, name)
			case v.Kind == KindFile && v.SHA256 == "" && was.Text == v.Text && was.SHA256 != "":
				// A name alone, as an import has it, does not take the content away.
			default:
				r.Fields[name] = v
			}
		}
		x := app.RecordWrite{New: d.New}
		if t.Name == TypeContact {
			x.Person = personOf(d, batch)
			contactTitle(&r, d)
		}
		row.ID = d.ID
		x.Row = encode(t, row, r)
		x.Row.Revision = d.Revision
		writes = append(writes, x)
	}
	return k.Store.WriteRecords(ctx, batch, writes)
}

type current struct {
	record Record
	row    app.RecordRow
}

// current reads what is there of the drafts that change something, once a type.
func (k *Kept) current(ctx context.Context, c Catalog, drafts []Draft) (map[app.ID]current, error) {
	ids := map[string][]app.ID{}
	for _, d := range drafts {
		if !d.New && !d.Delete {
			ids[d.Type] = append(ids[d.Type], d.ID)
		}
	}
	out := map[app.ID]current{}
	all := map[Ref]Record{}
	for typ, list := range ids {
		t, _ := c.Type(typ)
		rows, err := k.Store.RecordsByID(ctx, typ, list)
		if err != nil {
			return nil, err
		}
		byID := map[app.ID]app.RecordRow{}
		known := make([]Record, 0, len(rows))
		for _, r := range rows {
			byID[r.ID] = r
			known = append(known, decode(t, r, nil))
		}
		if typ == TypeContact {
			if known, err = k.people(ctx, list, known); err != nil {
				return nil, err
			}
		}
		for _, r := range known {
			id, _ := strconv.ParseInt(r.ID, 10, 64)
			out[id] = current{r, byID[id]}
			all[r.Ref] = r
		}
	}
	return out, k.titles(ctx, c, all) // the sort keys of relations; the maps of fields are shared
}

// personOf gives what a draft says of a person of the inbox; nil when it says nothing.
func personOf(d Draft, batch app.RecordBatch) *app.PersonWrite {
	p := &app.PersonWrite{Name: d.Fields["name"].Text, Phones: d.Phones, Scope: "marketing", Staff: batch.Staff, How: batch.Kind}
	if batch.Label != "" {
		p.How += ": " + batch.Label
	}
	if v, ok := d.Fields["opt_out"]; ok && v.Kind == KindBool {
		p.OptOut = &v.Yes
	}
	if !d.New && p.Name == "" && len(p.Phones) == 0 && p.OptOut == nil {
		return nil
	}
	return p
}

// contactTitle gives a contact the title that the inbox will give it, and the number that will be in use.
func contactTitle(r *Record, d Draft) {
	if len(d.Phones) > 0 && app.Digits(d.Fields["phone"].Text) != d.Phones[0] {
		r.Fields["phone"] = Text(app.FormatPhone(d.Phones[0]))
	}
	if name := r.Fields["name"].Text; name != "" {
		r.Title = name
	} else if r.Title == "" {
		r.Title = r.Fields["phone"].Text
	}
	r.Detail = r.Fields["phone"].Text
}

// Check sees that a value fits a field and gives it as it is to be kept. The error is an app.Error.
func (k *Kept) Check(f Field, v Value) (Value, error) {
	refuse := func(why, mend string) (Value, error) {
		return v, &app.Error{Code: app.CodeInvalid, Message: "“" + f.Label + "”: " + why, Mend: mend}
	}
	if v.Kind == "" || v.Kind != KindBool && v.Empty() {
		return Value{}, nil
	}
	if v.Kind != f.Kind {
		return refuse("this is a "+string(v.Kind)+", the field holds a "+string(f.Kind)+".", "Enter it again.")
	}
	switch f.Kind {
	case KindText:
		if !f.Phone {
			return v, nil
		}
		digits, err := app.ParsePhone(v.Text, k.Home())
		if err != nil {
			return v, err
		}
		return Text(app.FormatPhone(digits)), nil
	case KindNumber, KindAmount:
		if numberKey(v.Number) == "" || strings.ContainsAny(v.Number, "eExXpP_iInN") {
			return refuse("“"+v.Number+"” is not a number.", "Write digits, such as 1234.50.")
		}
	case KindChoice:
		if !slices.ContainsFunc(f.Choices, func(o Option) bool { return o.Value == v.Text }) {
			return refuse("“"+v.Text+"” is not one of its choices.", "Choose one of the list.")
		}
	case KindLink:
		u, err := url.Parse(v.Text)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return refuse("“"+v.Text+"” is not an address of the web.", "Begin it with https://.")
		}
	case KindRelation:
		for _, l := range v.Links {
			if l.Type != f.Relation || strings.HasPrefix(l.ID, ExamplePrefix) {
				return refuse("“"+l.Title+"” can't be linked here.", "Choose a record of your own.")
			}
		}
		if len(v.Links) > 1 && !f.Many {
			return refuse("it leads to one record.", "Choose one.")
		}
	}
	return v, nil
}

// Delete removes records with their parts. The batch it gives can be undone. A contact with a conversation stays, and so does everything else
// then.
func (k *Kept) Delete(ctx context.Context, staff app.Staff, refs []Ref) (batch app.ID, err error) {
	b := app.RecordBatch{ID: k.NewID(), Kind: BatchDelete, Staff: staff.ID}
	if len(refs) > 0 {
		b.Type = refs[0].Type
	}
	if refs, err = k.withParts(ctx, refs); err != nil {
		return 0, err
	}
	writes := make([]app.RecordWrite, 0, len(refs))
	for _, ref := range refs {
		id, err := strconv.ParseInt(ref.ID, 10, 64)
		if err != nil {
			return 0, notKept()
		}
		writes = append(writes, app.RecordWrite{Row: app.RecordRow{Type: ref.Type, ID: id}, Delete: true})
	}
	return b.ID, k.Store.WriteRecords(ctx, b, writes)
}

// withParts adds the parts of records, such as the lines of orders: they are nothing without the whole.
func (k *Kept) withParts(ctx context.Context, refs []Ref) ([]Ref, error) {
	c, err := k.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	whole := map[string][]app.ID{}
	for _, ref := range refs {
		if id, err := strconv.ParseInt(ref.ID, 10, 64); err == nil {
			whole[ref.Type] = append(whole[ref.Type], id)
		}
	}
	for typ, ids := range whole {
		t, _ := c.Type(typ)
		for _, f := range t.Fields {
			back, ok := partOf(c, t, f)
			if !ok {
				continue
			}
			found, err := k.Store.RecordsLinked(ctx, f.Relation, back, ids)
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				for _, part := range found[id] {
					refs = append(refs, Ref{f.Relation, strconv.FormatInt(part, 10)})
				}
			}
		}
	}
	return refs, nil
}

// Undo takes a batch back; see Keeper.
func (k *Kept) Undo(ctx context.Context, batch app.ID, progress func(done int64)) (app.RecordUndo, error) {
	return k.Store.UndoRecords(ctx, batch, progress)
}

// Batches lists what can be undone, newest first.
func (k *Kept) Batches(ctx context.Context, limit int) ([]app.RecordBatch, error) {
	return k.Store.RecordBatches(ctx, limit)
}

// Duplicates gives groups of records that have the same phone number (contacts: that have the same e-mail or the same name, for a number is
// one contact's alone), in the order of what they share.
func (k *Kept) Duplicates(ctx context.Context, typ string, limit int) ([][]Ref, error) {
	c, err := k.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	t, ok := c.Type(typ)
	if !ok {
		return nil, unknownType(typ)
	}
	if err := k.refresh(ctx, app.RecordFilter{Type: typ}); err != nil {
		return nil, err
	}
	fields := []string{"email", t.Title}
	for _, f := range t.Fields {
		if f.Phone && typ != TypeContact {
			fields = append([]string{f.Name}, fields...)
		}
	}
	var out [][]Ref
	met := map[app.ID]bool{}
	for _, field := range fields {
		if _, ok := t.Field(field); !ok || len(out) >= limit {
			continue
		}
		groups, err := k.Store.RecordDuplicates(ctx, typ, field, "", limit-len(out))
		if err != nil {
			return nil, err
		}
		keys := make([]string, 0, len(groups))
		for key := range groups {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			ids := slices.DeleteFunc(groups[key], func(id app.ID) bool { return met[id] })
			if len(ids) < 2 {
				continue
			}
			var group []Ref
			for _, id := range ids {
				met[id] = true
				group = append(group, Ref{typ, strconv.FormatInt(id, 10)})
			}
			out = append(out, group)
		}
	}
	return out, nil
}

// Merge makes one of several contacts; it can't be undone. It tells which remains.
func (k *Kept) Merge(ctx context.Context, keep Ref, others []Ref) (Ref, error) {
	ids := make([]app.ID, 0, len(others)+1)
	for _, ref := range append([]Ref{keep}, others...) {
		id, ok := personID(ref.Type, ref.ID)
		if !ok {
			return Ref{}, notKept()
		}
		ids = append(ids, id)
	}
	remains, err := k.Store.MergeContacts(ctx, ids[0], ids[1:])
	if err != nil {
		return Ref{}, err
	}
	return Ref{TypeContact, strconv.FormatInt(remains, 10)}, k.refresh(ctx, app.RecordFilter{Type: TypeContact})
}

func notKept() error {
	return &app.Error{Code: app.CodeNotFound, Message: "This record is not here.", Mend: "Look for it in the list."}
}
