package sending

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/naming"
	"shopbell/views/shell"
)

// audience is to whom a template goes.
type audience struct {
	typ     records.Type
	ids     []string
	one     bool   // a person chose this one; what is sent is no broadcast
	person  bool   // of whom the number is fixed
	who     string // the name of the one
	account app.ID // from which it must go; 0: any
	segment bool   // what a filter finds
}

// readAudience finds out who is meant.
func (p *Panel) readAudience(ctx context.Context, c records.Catalog) (audience, error) {
	t := p.target
	a := audience{account: t.Account}
	typ := t.Type
	switch {
	case t.Conversation != 0:
		conv, err := p.p.Conversation(ctx, t.Conversation)
		if err != nil {
			return a, err
		}
		typ, a.ids, a.account = records.TypeContact, []string{strconv.FormatInt(conv.Contact.ID, 10)}, conv.AccountID
		a.one, a.person, a.who = true, true, conv.Contact.Title()
	case t.Contact != 0:
		typ, a.ids, a.one, a.person = records.TypeContact, []string{strconv.FormatInt(t.Contact, 10)}, true, true
	case t.Filter != nil:
		typ, a.segment = t.Filter.Type, true
		if p.p.Found == nil {
			break
		}
		err := p.p.Found.Each(ctx, *t.Filter, func(r records.Record) error {
			a.ids = append(a.ids, r.ID)
			return ctx.Err()
		})
		if err != nil {
			return a, err
		}
	default:
		a.ids, a.one = t.Records, len(t.Records) == 1
	}
	var ok bool
	if a.typ, ok = c.Type(typ); !ok {
		return a, &app.Error{Code: app.CodeNotFound, Message: lang.X("sending.no_type", "There is no such kind of record."), Mend: lang.X("sending.no_type_mend", "Choose the records again.")}
	}
	if a.one && a.who == "" && len(a.ids) == 1 {
		var err error
		if a.who, err = p.labelOf(ctx, a.typ, a.ids[0]); err != nil {
			return a, err
		}
	}
	return a, nil
}

// label names one of the audience in a line.
func (p *Panel) label(ctx context.Context, id string) (string, error) {
	if p.who.one {
		return p.who.who, nil
	}
	return p.labelOf(ctx, p.who.typ, id)
}

func (p *Panel) labelOf(ctx context.Context, t records.Type, id string) (string, error) {
	fields := []string{t.Title}
	if t.Detail != "" {
		fields = append(fields, t.Detail)
	}
	found, err := p.p.Records.Read(ctx, []records.Want{{Type: t.Name, IDs: []string{id}, Fields: fields}})
	if err != nil {
		return "", err
	}
	r := found[records.Ref{Type: t.Name, ID: id}]
	if v := r.Fields[t.Detail]; r.Detail == "" && v.Text != "" {
		r.Detail = v.Text
	}
	if r.Title == "" { // such as a contact of whom only the number is known
		return r.Detail, nil
	}
	return r.Label(), nil
}

// title is the head of the panel.
func (a audience) title() string {
	switch {
	case a.one:
		return lang.X("sending.to_one", "Send to {{.Who}}", map[string]any{"Who": a.who})
	case len(a.ids) == 1:
		return lang.X("sending.to_1", "Send to 1 record")
	}
	return lang.X("sending.to_many", "Send to {{.N}} {{.What}}", map[string]any{"N": naming.Number(len(a.ids)), "What": plural(a.typ)})
}

// plural names several records of a type.
func plural(t records.Type) string {
	if t.Plural == "" {
		return lang.X("sending.records", "records")
	}
	return pluralWords(t)
}

// kind is under what the panel remembers choices.
func kind(t shell.SendTarget) string {
	switch {
	case t.Conversation != 0 || t.Contact != 0:
		return records.TypeContact
	case t.Filter != nil:
		return t.Filter.Type
	}
	return t.Type
}
