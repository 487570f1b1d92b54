package records

import (
	"context"
	"slices"
	"strconv"

	"shopbell/app"
)

// IDs gives the ids of all records that a filter lets through, in its order. A list that is scrolled freely keeps these and reads the records it
// shows by Read.
func (k *Kept) IDs(ctx context.Context, f app.RecordFilter) ([]app.ID, error) {
	if err := k.refresh(ctx, f); err != nil {
		return nil, err
	}
	return k.Store.RecordIDs(ctx, f)
}

// eachByID gives every record that a filter lets through, whole, by the list of their ids.
func (k *Kept) eachByID(ctx context.Context, f app.RecordFilter, fn func(Record) error) error {
	c, err := k.Catalog(ctx)
	if err != nil {
		return err
	}
	t, ok := c.Type(f.Type)
	if !ok {
		return unknownType(f.Type)
	}
	ids, err := k.Store.RecordIDs(ctx, f)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(ids, 500) {
		want := Want{Type: t.Name, Fields: names(t)}
		for _, id := range part {
			want.IDs = append(want.IDs, strconv.FormatInt(id, 10))
		}
		found, err := k.Read(ctx, []Want{want})
		if err != nil {
			return err
		}
		for _, id := range want.IDs {
			if r, ok := found[Ref{t.Name, id}]; ok {
				if err := fn(r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Get reads one record whole.
func (k *Kept) Get(ctx context.Context, ref Ref) (Record, error) {
	c, err := k.Catalog(ctx)
	if err != nil {
		return Record{}, err
	}
	t, ok := c.Type(ref.Type)
	if !ok {
		return Record{}, unknownType(ref.Type)
	}
	found, err := k.Read(ctx, []Want{{Type: t.Name, IDs: []string{ref.ID}, Fields: names(t)}})
	if err != nil {
		return Record{}, err
	}
	r, ok := found[ref]
	if !ok {
		return Record{}, notKept()
	}
	return r, nil
}

// Parts reads the parts of a record that a field of it leads to, such as the lines of an order, whole and in the order of their making.
func (k *Kept) Parts(ctx context.Context, ref Ref, field string) ([]Record, error) {
	c, err := k.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	t, _ := c.Type(ref.Type)
	f, ok := t.Field(field)
	if !ok {
		return nil, unknownType(ref.Type)
	}
	found, err := k.Read(ctx, []Want{{Type: ref.Type, IDs: []string{ref.ID}, Fields: []string{field}}})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, l := range found[ref].Fields[field].Links {
		ids = append(ids, l.ID)
	}
	part, _ := c.Type(f.Relation)
	read, err := k.Read(ctx, []Want{{Type: part.Name, IDs: ids, Fields: names(part)}})
	if err != nil {
		return nil, err
	}
	out := make([]Record, 0, len(ids))
	for _, id := range ids {
		if r, ok := read[Ref{part.Name, id}]; ok {
			out = append(out, r)
		}
	}
	return out, nil
}

// PartField finds the field of a type by which its parts know their whole; "" when the field does not lead to parts.
func (c Catalog) PartField(whole Type, f Field) string {
	back, _ := partOf(c, whole, f)
	return back
}

// Sends lists what was sent from a record, newest first; of a contact also what was sent to them from any record.
func (k *Kept) Sends(ctx context.Context, ref Ref, limit int) ([]app.RecordSend, error) {
	id, err := strconv.ParseInt(ref.ID, 10, 64)
	if err != nil {
		return nil, nil //nolint:nilerr // not of the shop's own
	}
	return k.Store.RecordSends(ctx, ref.Type, id, limit)
}

// Conversations lists the conversations with whom a record is about, the latest first: the contact itself, or the one behind its phone number.
func (k *Kept) Conversations(ctx context.Context, ref Ref) ([]app.Conversation, error) {
	contact, err := k.Person(ctx, ref)
	if err != nil || contact == 0 {
		return nil, err
	}
	return k.Store.ContactConversations(ctx, contact)
}

// Person finds the contact whom a record is about: itself, or whoever has the number that a message about it would go to; 0 when nobody is known.
func (k *Kept) Person(ctx context.Context, ref Ref) (app.ID, error) {
	if id, ok := personID(ref.Type, ref.ID); ok {
		return id, nil
	}
	c, err := k.Catalog(ctx)
	if err != nil {
		return 0, err
	}
	t, _ := c.Type(ref.Type)
	p, err := ParsePath(t.Phone)
	if err != nil {
		return 0, nil //nolint:nilerr // such records have no number
	}
	if f, _ := t.Field(p[0]); f.Kind == KindRelation && f.Relation == TypeContact {
		r, err := k.Read(ctx, []Want{{Type: ref.Type, IDs: []string{ref.ID}, Fields: p[:1]}})
		if links := r[ref].Fields[p[0]].Links; err != nil || len(links) > 0 {
			if err != nil {
				return 0, err
			}
			id, _ := personID(links[0].Type, links[0].ID)
			return id, nil
		}
	}
	found, err := Walk(ctx, k, c, ref.Type, []string{ref.ID}, []Path{p})
	if err != nil || len(found[ref.ID]) == 0 || len(found[ref.ID][0]) == 0 {
		return 0, err
	}
	digits, err := app.ParsePhone(found[ref.ID][0][0].Text, k.Home())
	if err != nil {
		return 0, nil //nolint:nilerr // a number that is none leads to nobody
	}
	key := app.PhoneKey(digits)
	people, err := k.Store.ContactsByPhone(ctx, []string{key})
	return people[key], err
}

func names(t Type) []string {
	out := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		out[i] = f.Name
	}
	return slices.Clip(out)
}
