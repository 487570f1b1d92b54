package samples_test

import (
	"context"
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"

	"shopbell/app/records"
	"shopbell/app/records/samples"
)

// Every built-in type that a template may apply to has an example, and the best one has a value in every field.
func TestEveryTypeHasALiveExample(t *testing.T) {
	c := records.Builtin()
	for _, typ := range c.Subjects() {
		r, ok := samples.First(typ.Name)
		if !ok {
			t.Errorf("%s has no example", typ.Name)
			continue
		}
		for _, f := range typ.Fields {
			if r.Fields[f.Name].Empty() {
				t.Errorf("%s %s has no %s", typ.Name, r.Title, f.Name)
			}
		}
	}
}

// What the examples say fits the catalog: known types and fields, the kinds they ask for, relations that lead to other examples,
// choices that exist, formats that write something.
func TestExamplesFitTheCatalog(t *testing.T) {
	ctx := context.Background()
	c := records.Builtin()
	shop := &records.Shop{Examples: samples.Store(), Types: c}
	for _, r := range samples.Records() {
		typ, ok := c.Type(r.Type)
		if !ok || !r.Example {
			t.Fatalf("%v is no example of a known type", r.Ref)
		}
		if got := r.Fields[typ.Title].Text; got != r.Title {
			t.Errorf("%s calls itself %q, its field says %q", r.ID, r.Title, got)
		}
		for name, v := range r.Fields {
			f, ok := typ.Field(name)
			if !ok || f.Kind != v.Kind {
				t.Errorf("%s.%s is %q, the catalog says %q", r.ID, name, v.Kind, f.Kind)
			}
			if f.Phone {
				if n, err := phonenumbers.Parse(v.Text, ""); err != nil || !phonenumbers.IsPossibleNumber(n) {
					t.Errorf("%s.%s: %q is no phone number: %v", r.ID, name, v.Text, err)
				}
			}
			if f.Kind == records.KindChoice {
				known := false
				for _, o := range f.Choices {
					known = known || o.Value == v.Text
				}
				if !known {
					t.Errorf("%s.%s: no such choice %q", r.ID, name, v.Text)
				}
			}
			for _, l := range v.Links {
				if l.Type != f.Relation {
					t.Errorf("%s.%s leads to a %s", r.ID, name, l.Type)
				}
				far, _ := c.Type(l.Type)
				got, err := shop.Read(ctx, []records.Want{{Type: l.Type, IDs: []string{l.ID}, Fields: []string{far.Title}}})
				if err != nil || got[l.Ref].Title != l.Title {
					t.Errorf("%s.%s leads to %v %q, found %q (%v)", r.ID, name, l.Ref, l.Title, got[l.Ref].Title, err)
				}
			}
			for _, format := range records.Formats(f, v, records.Style{Language: "vi", Zone: time.UTC}) {
				if format.Example == "" {
					t.Errorf("%s.%s is empty as %s", r.ID, name, format.Name)
				}
			}
		}
	}
}

func TestPreviewFindsMai(t *testing.T) {
	got, err := samples.Store().Search(context.Background(), records.TypeQuotation, "mai nguyen", 5)
	if err != nil || len(got) != 1 || got[0].Label() != "S00022 · Nguyễn Thị Mai" {
		t.Errorf("found %+v, %v", got, err)
	}
}
