package inbox

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"shopbell/app"
	"shopbell/app/records"
)

// Records are the shop's records, as far as the contact panel shows them. *records.Kept is one.
type Records interface {
	records.Reader
	Catalog(ctx context.Context) (records.Catalog, error)
	// List gives a part of the records that a filter lets through, whole.
	List(ctx context.Context, f app.RecordFilter, after *app.RecordAfter, limit int) (records.Page, error)
	// Search finds at most limit records of a type by words or digits; Create makes one.
	Search(ctx context.Context, typ, query string, limit int) ([]records.Record, error)
	Create(ctx context.Context, staff app.Staff, typ string, fields map[string]records.Value) (records.Ref, error)
	// Sends lists what was sent from a record, newest first; of a contact what was sent to them from any record.
	Sends(ctx context.Context, ref records.Ref, limit int) ([]app.RecordSend, error)
}

const (
	papersOfAType = 3 // the newest of each type are read
	papersShown   = 6
	sendsShown    = 5
	saidShown     = 3 // lines of who opted in or out
)

// known is what the shop knows of a customer beside the conversation.
type known struct {
	types    records.Catalog
	contact  records.Record // Ref.ID "" when nothing is kept
	papers   []records.Record
	more     bool // there are more papers
	sends    []app.RecordSend
	titles   map[records.Ref]string // of the records that were sent
	consents []app.Consent
	staff    map[app.ID]string
}

// readKnown reads it all: each place once, and each type of record once.
func (v *View) readKnown(ctx context.Context, contact app.ID) (known, error) {
	k := known{titles: map[records.Ref]string{}, staff: map[app.ID]string{}}
	var err error
	if k.consents, err = v.inbox.Consents(ctx, contact); err != nil {
		return k, err
	}
	if v.people != nil {
		list, err := v.people(ctx)
		if err != nil {
			return k, err
		}
		for _, s := range list {
			k.staff[s.ID] = s.Name
		}
	}
	if v.records == nil {
		return k, nil
	}
	if k.types, err = v.records.Catalog(ctx); err != nil {
		return k, err
	}
	if err := k.readPapers(ctx, v.records, contact); err != nil {
		return k, err
	}
	if k.sends, err = v.records.Sends(ctx, contactRef(contact), sendsShown); err != nil {
		return k, err
	}
	return k, k.readContact(ctx, v.records, contactRef(contact).ID)
}

// readPapers finds the newest records that lead to the contact.
func (k *known) readPapers(ctx context.Context, r Records, contact app.ID) error {
	for _, t := range k.types.Subjects() {
		leads := slices.ContainsFunc(t.Fields, func(f records.Field) bool { return f.Kind == records.KindRelation && f.Relation == records.TypeContact })
		if !leads || t.Name == records.TypeContact {
			continue
		}
		page, err := r.List(ctx, app.RecordFilter{Type: t.Name, Linked: contact, Desc: true}, nil, papersOfAType)
		if err != nil {
			return err
		}
		k.more = k.more || page.After != nil
		k.papers = append(k.papers, page.Records...)
	}
	slices.SortStableFunc(k.papers, func(a, b records.Record) int { return -cmp.Compare(number(a.ID), number(b.ID)) }) // ids rise with time
	if len(k.papers) > papersShown {
		k.papers, k.more = k.papers[:papersShown], true
	}
	for _, p := range k.papers {
		k.titles[p.Ref] = p.Title
	}
	return nil
}

// readContact reads the contact's own record, and what the records are called that something was sent from.
func (k *known) readContact(ctx context.Context, r Records, id string) error {
	t, ok := k.types.Type(records.TypeContact)
	if !ok {
		return nil
	}
	want := records.Want{Type: t.Name, IDs: []string{id}}
	for _, f := range t.Fields {
		want.Fields = append(want.Fields, f.Name)
	}
	wants := []records.Want{want}
	for _, s := range k.sends {
		ref := records.Ref{Type: s.Record.Type, ID: s.Record.ID}
		if _, have := k.titles[ref]; have || ref.ID == "" || ref.Type == t.Name {
			continue
		}
		of, ok := k.types.Type(ref.Type)
		if !ok {
			continue
		}
		i := slices.IndexFunc(wants, func(w records.Want) bool { return w.Type == ref.Type })
		if i < 0 {
			i = len(wants)
			wants = append(wants, records.Want{Type: ref.Type, Fields: []string{of.Title}})
		}
		if !slices.Contains(wants[i].IDs, ref.ID) {
			wants[i].IDs = append(wants[i].IDs, ref.ID)
		}
	}
	found, err := r.Read(ctx, wants)
	if err != nil {
		return err
	}
	k.contact = found[records.Ref{Type: t.Name, ID: id}]
	for ref, rec := range found {
		k.titles[ref] = rec.Title
	}
	return nil
}

func number(id string) int64 {
	n, _ := strconv.ParseInt(id, 10, 64)
	return n
}

// optOut is how far the customer's opt-out reaches: "", app.OptOutMarketing or app.OptOutAll.
func (k known) optOut(c app.Contact) string {
	if !c.OptOut {
		return ""
	}
	// As it is read when something is to be sent: what was said last counts.
	last := app.Consent{}
	for _, said := range k.consents {
		if said.OptOut && (last.At.IsZero() || said.At.After(last.At)) {
			last = said
		}
	}
	return cmp.Or(last.Scope, app.OptOutMarketing)
}
