package importer

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"shopbell/app"
	"shopbell/app/records"
)

// group writes a group of rows in one transaction. Somebody may write in at the same moment from a number that is about to be taken in: then
// the group is looked at once more.
func (r *runner) group(ctx context.Context, items []*item) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	before := r.out
	related, reasons := clone(r.out.Related), clone(r.out.Reasons)
	for attempt := 0; len(items) > 0; attempt++ {
		g := &grouping{runner: r, made: map[uint64]made{}}
		if err := g.resolve(ctx, items); err != nil {
			return err
		}
		var err error
		if !r.out.DryRun && len(g.drafts) > 0 {
			err = r.kept.Write(context.WithoutCancel(ctx), r.batch, g.drafts)
		}
		if errors.Is(err, app.ErrConflict) && attempt < 3 {
			r.out = before
			r.out.Related, r.out.Reasons = clone(related), clone(reasons)
			for _, x := range items {
				x.out, x.id = false, 0
			}
			continue
		}
		if err != nil {
			return err
		}
		for h, m := range g.made {
			if r.made[m.typ] == nil {
				r.made[m.typ] = map[uint64]app.ID{}
			}
			r.made[m.typ][h] = m.id
		}
		break
	}
	if r.progress != nil {
		r.progress(Progress{Rows: r.out.Rows, New: r.out.New, Changed: r.out.Changed, Refused: r.out.Refused})
	}
	return nil
}

func clone(m map[string]int64) map[string]int64 {
	out := make(map[string]int64, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

// grouping is one group on its way.
type grouping struct {
	*runner
	made   map[uint64]made
	drafts []records.Draft
}

type made struct {
	typ string
	id  app.ID
}

// resolve finds what the rows mean: the records that are there, and those they belong to. Everything is asked once for all rows.
func (g *grouping) resolve(ctx context.Context, items []*item) error {
	if err := g.existing(ctx, items); err != nil {
		return err
	}
	for _, f := range g.Type.Fields {
		if f.Kind == records.KindRelation {
			if err := g.relate(ctx, f, items); err != nil {
				return err
			}
		}
	}
	return g.compare(ctx, items)
}

// existing finds the records that the rows are about.
func (g *grouping) existing(ctx context.Context, items []*item) error {
	keys := make([]string, 0, len(items))
	for _, x := range items {
		if key, ok := g.key(x); ok {
			keys = append(keys, key)
		}
	}
	if g.Type.Name == records.TypeContact {
		found, err := g.kept.Store.ContactsByPhone(ctx, keys)
		for _, x := range items {
			key, _ := g.key(x)
			x.id = found[key]
		}
		return err
	}
	if len(keys) == 0 {
		return nil
	}
	found, err := g.kept.Store.RecordsByKey(ctx, g.Type.Name, g.Type.Title, keys)
	if err != nil {
		return err
	}
	for _, x := range items {
		key, _ := g.key(x)
		switch ids := found[key]; len(ids) {
		case 0:
		case 1:
			x.id = ids[0]
		default:
			x.out = true
			g.refuseItem(x, g.heading(g.Type.Title), ReasonAmbiguous, "Several records are called “"+x.fields[g.Type.Title].Text+"”.")
		}
	}
	return nil
}

// relate finds or makes the records that a relation leads to.
func (g *grouping) relate(ctx context.Context, f records.Field, items []*item) error {
	var phones, titles, emails []string
	for _, x := range items {
		if rel := x.related[f.Name]; rel != nil && !x.out {
			if len(rel.phones) > 0 {
				phones = append(phones, app.PhoneKey(rel.phones[0]))
			}
			if rel.title != "" {
				titles = append(titles, g.titleKey(f.Relation, rel.title))
			}
			if rel.email != "" {
				emails = append(emails, emailKey(rel.email))
			}
		}
	}
	byPhone, byTitle, byEmail := map[string]app.ID{}, map[string][]app.ID{}, map[string][]app.ID{}
	far, _ := g.catalog.Type(f.Relation)
	var err error
	if f.Relation == records.TypeContact && len(phones) > 0 {
		if byPhone, err = g.kept.Store.ContactsByPhone(ctx, phones); err != nil {
			return err
		}
	}
	if len(titles) > 0 {
		if byTitle, err = g.kept.Store.RecordsByKey(ctx, far.Name, far.Title, titles); err != nil {
			return err
		}
	}
	if len(emails) > 0 {
		if byEmail, err = g.kept.Store.RecordsByKey(ctx, far.Name, "email", emails); err != nil {
			return err
		}
	}
	for _, x := range items {
		rel := x.related[f.Name]
		if rel == nil || x.out {
			continue
		}
		var id app.ID
		switch {
		case len(rel.phones) > 0 && f.Relation == records.TypeContact:
			key := app.PhoneKey(rel.phones[0])
			if id = byPhone[key]; id == 0 {
				id = g.make(far, rel, hash(far.Name, "phone", key))
			}
		case rel.email != "" && len(byEmail[emailKey(rel.email)]) == 1:
			id = byEmail[emailKey(rel.email)][0]
		case rel.title != "":
			switch ids := byTitle[g.titleKey(f.Relation, rel.title)]; len(ids) {
			case 0:
				id = g.make(far, rel, hash(far.Name, "title", g.titleKey(f.Relation, rel.title)))
			case 1:
				id = ids[0]
			default:
				x.out = true
				g.refuseItem(x, rel.column, ReasonAmbiguous, "Several records are called “"+rel.title+"”: which one is meant, a phone number would tell.")
				continue
			}
		default:
			continue
		}
		x.fields[f.Name] = records.Relation(records.Link{Ref: records.Ref{Type: far.Name, ID: strconv.FormatInt(id, 10)}, Title: rel.title})
	}
	return nil
}

// titleKey is the key of the field by which records of a type are called.
func (g *grouping) titleKey(typ, title string) string {
	t, _ := g.catalog.Type(typ)
	f, _ := t.Field(t.Title)
	return records.KeyOf(f, records.Text(title))
}

func emailKey(s string) string {
	return records.KeyOf(records.Field{Name: "email", Kind: records.KindText}, records.Text(s))
}

// make drafts a related record that is not there, once.
func (g *grouping) make(far records.Type, rel *related, h uint64) app.ID {
	if id := g.runner.made[far.Name][h]; id != 0 {
		return id
	}
	if m, ok := g.made[h]; ok {
		return m.id
	}
	d := records.Draft{Type: far.Name, ID: g.kept.NewID(), New: true, Fields: map[string]records.Value{}}
	if rel.title != "" {
		d.Fields[far.Title] = records.Text(rel.title)
	}
	if rel.email != "" {
		d.Fields["email"] = records.Text(rel.email)
	}
	if len(rel.phones) > 0 {
		if far.Name == records.TypeContact {
			d.Phones = rel.phones
		} else if _, ok := far.Field("phone"); ok {
			d.Fields["phone"] = records.Text(app.FormatPhone(rel.phones[0]))
		}
	}
	g.made[h] = made{far.Name, d.ID}
	g.out.Related[far.Name]++
	g.drafts = append(g.drafts, d)
	return d.ID
}

// compare sees what of the rows is news and drafts it. An empty cell leaves what is there, and nobody who asked for no marketing is opted in
// again by a file.
func (g *grouping) compare(ctx context.Context, items []*item) error {
	want := records.Want{Type: g.Type.Name}
	for _, c := range g.Columns {
		if name := c.target.field.Name; c.Field != "" && c.target.via.Name == "" {
			want.Fields = append(want.Fields, name)
		} else if c.Field != "" {
			want.Fields = append(want.Fields, c.target.via.Name)
		}
	}
	want.Fields = append(want.Fields, "currency")
	for _, x := range items {
		if x.id != 0 && !x.out {
			want.IDs = append(want.IDs, strconv.FormatInt(x.id, 10))
		}
	}
	var have map[records.Ref]records.Record
	if len(want.IDs) > 0 {
		var err error
		if have, err = g.kept.Read(ctx, []records.Want{want}); err != nil {
			return err
		}
	}
	for _, x := range items {
		if x.out {
			continue
		}
		d := records.Draft{Type: g.Type.Name, ID: x.id, Fields: x.fields, Phones: x.phones}
		if x.id == 0 {
			d.New, d.ID = true, g.kept.NewID()
			g.out.New++
			g.show(x, New, "", nil)
			g.drafts = append(g.drafts, d)
			continue
		}
		is := have[records.Ref{Type: g.Type.Name, ID: strconv.FormatInt(x.id, 10)}]
		d.Phones = nil // it was found by its number
		d.Fields = map[string]records.Value{}
		for name, v := range x.fields {
			if name == "phone" && g.Type.Name == records.TypeContact {
				continue
			}
			if name == "opt_out" && !v.Yes && is.Fields[name].Yes {
				const stays = "asked for no marketing, and stays so"
				x.notes = append(x.notes, stays)
				g.note(x.row, stays)
				continue
			}
			if !records.Same(is.Fields[name], v) {
				d.Fields[name] = v
			}
		}
		if len(d.Fields) == 0 {
			g.out.Unchanged++
			g.show(x, Same, "", nil)
			continue
		}
		g.out.Changed++
		g.show(x, Changed, "", g.changes(is, d.Fields))
		g.drafts = append(g.drafts, d)
	}
	g.drafts = slices.Clip(g.drafts)
	return nil
}
