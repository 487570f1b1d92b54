package templates

import (
	"context"
	"slices"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

// filled are the values of the places of a template.
type filled map[template.Slot]string

// fillFrom reads what a record gives a template, as a message made from it would have it, and what it leaves empty.
func fillFrom(ctx context.Context, src records.Source, ref records.Ref, t app.Template, me app.Staff, zone *time.Location) (records.Filled, error) {
	got, err := records.Resolve(ctx, src, records.Job{
		Document: t.Document, Bindings: t.Bindings, RecordType: ref.Type, PhoneField: t.PhoneField, Sender: records.Sender{Name: me.Name, Phone: app.FormatPhone(me.Phone)}, Samples: true, Zone: zone,
	}, []string{ref.ID})
	if err != nil || len(got) == 0 {
		return records.Filled{}, err
	}
	return got[0], nil
}

// asked is what decides what fillFrom answers; while it stays the same, nothing is read again.
type asked struct {
	ref      records.Ref
	language string
	links    string // the addresses of the buttons, whose ends are filled in
	bindings []app.Binding
	name     string // of who looks at it
	phone    string
}

func askedFor(ref records.Ref, me app.Staff, t app.Template) asked {
	a := asked{ref: ref, name: me.Name, phone: me.Phone, language: t.Document.Language, bindings: t.Bindings}
	for _, c := range t.Document.Components {
		for _, b := range c.Buttons {
			a.links += b.URL + "\n"
		}
		for _, k := range c.Cards {
			if c := k.Component(template.Buttons); c != nil {
				for _, b := range c.Buttons {
					a.links += b.URL + "\n"
				}
			}
		}
	}
	return a
}

func (a asked) same(b asked) bool {
	return a.ref == b.ref && a.language == b.language && a.links == b.links && a.name == b.name && a.phone == b.phone && slices.EqualFunc(a.bindings, b.bindings, func(x, y app.Binding) bool {
		return x.Slot == y.Slot && x.Kind == y.Kind && x.Path == y.Path && x.Format == y.Format
	})
}

// live is what the record that the editor shows holds in the fields that fill a template, so that each way to write one can be shown with it.
type live struct {
	v    *View
	ref  records.Ref
	have map[string]records.Value // by path; an empty value while it is read, or where there is none
}

// of gives the value at a path; one that is not known yet is read, and the table drawn again once it is there.
func (l *live) of(path string) records.Value {
	v := l.v
	ref := v.example().Ref
	if ref != l.ref || l.have == nil {
		l.ref, l.have = ref, map[string]records.Value{}
	}
	value, known := l.have[path]
	if known || ref.ID == "" || v.p.Records == nil {
		return value
	}
	p, err := records.ParsePath(path)
	if err != nil {
		return value
	}
	l.have[path] = records.Value{}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		c, err := v.p.Records.Catalog(ctx)
		if err != nil {
			return nil, err
		}
		got, err := records.Walk(ctx, v.p.Records, c, ref.Type, []string{ref.ID}, []records.Path{p})
		if err != nil {
			return nil, err
		}
		return func() {
			if values := got[ref.ID]; l.ref == ref && len(values) > 0 && len(values[0]) > 0 {
				l.have[path] = values[0][0]
				v.editor.redraw()
			}
		}, nil
	}, func(error) {}) // no value: an invented one stands there
	return value
}

// example is the record whose values are shown beside fields: the one in the preview, or the newest.
func (v *View) example() records.Record {
	if r := v.phone.record; r.ID != "" || len(v.phone.offers) == 0 {
		return r
	}
	return v.phone.offers[0]
}

// sampleValue is a sample as the value of a field of a kind, for showing ways to write it; empty where it can't be one.
func sampleValue(f records.Field, sample string) records.Value {
	if f.Kind == records.KindText && strings.TrimSpace(sample) != "" {
		return records.Text(sample)
	}
	return records.Value{}
}
