package templates

import (
	"context"
	"slices"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

// filled are the values that a record gives the places of a template.
type filled map[template.Slot]string

// fillFrom reads what a record gives the bindings of a template, written in the template's language. One read a level serves all of them. A path that
// does not exist (any more) gives nothing; the lint of the bindings says so.
func fillFrom(ctx context.Context, src records.Source, ref records.Ref, t app.Template, me app.Staff, zone *time.Location) (filled, error) {
	out := filled{}
	cat, err := src.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	style := records.Style{Language: t.Document.Language, Zone: zone}
	var paths []records.Path
	var fields []records.Field
	var of []app.Binding
	for _, b := range t.Bindings {
		switch b.Kind {
		case app.BindField:
			p, err := records.ParsePath(b.Path)
			if err != nil {
				continue
			}
			f, err := cat.Follow(ref.Type, p)
			if err != nil {
				continue
			}
			paths, fields, of = append(paths, p), append(fields, f), append(of, b)
		case app.BindUserName:
			out[b.Slot] = me.Name
		case app.BindPortal:
			links, err := src.PortalLinks(ctx, ref.Type, []string{ref.ID})
			if err != nil {
				return nil, err
			}
			out[b.Slot] = links[ref.ID]
		}
	}
	if len(paths) == 0 {
		return out, nil
	}
	got, err := records.Walk(ctx, src, cat, ref.Type, []string{ref.ID}, paths)
	if err != nil {
		return nil, err
	}
	values := got[ref.ID]
	for i, b := range of {
		if i < len(values) {
			out[b.Slot] = style.WriteAll(fields[i], values[i], b.Format)
		}
	}
	return out, nil
}

// asked is what decides what fillFrom answers; while it stays the same, nothing is read again.
type asked struct {
	ref      records.Ref
	language string
	bindings []app.Binding
}

func (a asked) same(b asked) bool {
	return a.ref == b.ref && a.language == b.language && slices.EqualFunc(a.bindings, b.bindings, func(x, y app.Binding) bool {
		return x.Slot == y.Slot && x.Kind == y.Kind && x.Path == y.Path && x.Format == y.Format
	})
}
