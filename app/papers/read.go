package papers

import (
	"context"
	"slices"
	"strings"

	"shopbell/app"
	"shopbell/app/records"
)

// shelf holds what was read of one record and of those it leads to. Fields that a source's types lack are never asked for, so a source with
// poorer types gives a poorer paper, not an error.
type shelf struct {
	catalog records.Catalog
	got     map[records.Ref]records.Record
	style   records.Style
}

// What is read of each type; of the record itself everything is.
var wanted = map[string][]string{
	records.TypeContact:       {"name", "address", "city", "country", "phone", "email", "company", "language"},
	records.TypeCompany:       {"name", "address", "city", "country", "phone", "email", "website", "tax_id"},
	records.TypeQuotation:     {"number", "lines"},
	records.TypeQuotationLine: lineFields,
	records.TypeInvoiceLine:   lineFields,
	records.TypeReceiptLine:   lineFields,
	records.TypeEvent:         {"name", "organiser", "dates", "start", "end", "doors", "venue", "note", "link"},
	records.TypeVenue:         {"name", "address", "city", "country", "map_link"},
}

var lineFields = []string{"product", "description", "quantity", "unit", "price", "discount", "total"}

// read reads a record and what its paper shows of others: one call a level.
func read(ctx context.Context, src records.Source, ref records.Ref) (*shelf, error) {
	c, err := src.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	t, ok := c.Type(ref.Type)
	if _, drawn := kinds[ref.Type]; !ok || !drawn {
		return nil, &app.Error{
			Code: app.CodeInvalid, Message: "There is no paper for records of this kind.",
			Mend: "Choose a quotation, an invoice, a payment, a delivery, a receipt or a ticket.",
		}
	}
	s := &shelf{catalog: c, got: map[records.Ref]records.Record{}}
	var all []string
	for _, f := range t.Fields {
		all = append(all, f.Name)
	}
	wants := []records.Want{{Type: ref.Type, IDs: []string{ref.ID}, Fields: all}}
	for level := 0; level < records.MaxLevels && len(wants) > 0; level++ {
		got, err := src.Read(ctx, wants)
		if err != nil {
			return nil, err
		}
		for r, rec := range got {
			s.got[r] = rec
		}
		if level == 0 && len(got) == 0 {
			return nil, &app.Error{Code: app.CodeNotFound, Message: "This record is not there any more.", Mend: "Choose another one."}
		}
		wants = s.next(wants)
	}
	return s, nil
}

// next tells what the records just read lead to and what is not yet here. Types and ids stand in the order they were met.
func (s *shelf) next(wants []records.Want) []records.Want {
	var out []records.Want
	asked := map[records.Ref]bool{}
	for _, w := range wants {
		for _, id := range w.IDs {
			rec := s.got[records.Ref{Type: w.Type, ID: id}]
			for _, name := range w.Fields {
				for _, l := range rec.Fields[name].Links {
					if _, here := s.got[l.Ref]; here || asked[l.Ref] || wanted[l.Type] == nil {
						continue
					}
					asked[l.Ref] = true
					out = s.want(out, l.Ref)
				}
			}
		}
	}
	return out
}

func (s *shelf) want(list []records.Want, ref records.Ref) []records.Want {
	i := slices.IndexFunc(list, func(w records.Want) bool { return w.Type == ref.Type })
	if i < 0 {
		t, ok := s.catalog.Type(ref.Type)
		if !ok {
			return list
		}
		w := records.Want{Type: ref.Type}
		for _, name := range wanted[ref.Type] {
			if _, ok := t.Field(name); ok {
				w.Fields = append(w.Fields, name)
			}
		}
		if len(w.Fields) == 0 {
			return list
		}
		list, i = append(list, w), len(list)
	}
	list[i].IDs = append(list[i].IDs, ref.ID)
	return list
}

// far gives the record that a field leads to, a record without fields if it leads nowhere.
func (s *shelf) far(rec records.Record, field string) records.Record {
	links := rec.Fields[field].Links
	if len(links) == 0 {
		return records.Record{}
	}
	if far, ok := s.got[links[0].Ref]; ok {
		return far
	}
	return records.Record{Ref: links[0].Ref, Title: links[0].Title}
}

// all gives the records that a field leads to, in its order.
func (s *shelf) all(rec records.Record, field string) []records.Record {
	var out []records.Record
	for _, l := range rec.Fields[field].Links {
		if far, ok := s.got[l.Ref]; ok {
			out = append(out, far)
		}
	}
	return out
}

// say writes a field as the customer reads it; texts keep their line breaks.
func (s *shelf) say(rec records.Record, field, format string) string {
	v := rec.Fields[field]
	if v.Empty() {
		return ""
	}
	t, _ := s.catalog.Type(rec.Type)
	f, _ := t.Field(field)
	if v.Kind == records.KindText && f.Relation == "" && format == "" {
		return strings.TrimSpace(v.Text)
	}
	return s.style.Write(f, v, format)
}
