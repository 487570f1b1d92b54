package records_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/records/samples"
	"shopbell/meta/template"
)

// offer is a template with a value of each kind of binding, a dynamic address and a location.
func offer(t *testing.T) (template.Document, []app.Binding) {
	t.Helper()
	d, err := template.Decode([]byte(`{"name":"offer","language":"es","category":"UTILITY","components":[
		{"type":"HEADER","format":"LOCATION"},
		{"type":"BODY","text":"Hola {{1}}, van {{2}} de {{3}}, {{4}} te espera en {{5}} y {{6}} hoy.","example":{"body_text":[["a","b","c","d","e","f"]]}},
		{"type":"BUTTONS","buttons":[{"type":"URL","text":"Ver","url":"https://lantern-and-oak.example/{{1}}","example":["my"]}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	field := func(s template.Slot, path, format string) app.Binding {
		return app.Binding{Slot: s, Kind: app.BindField, Path: path, Format: format, Sample: "?"}
	}
	return d, []app.Binding{
		field(template.HeaderSlot("name"), "event.venue.name", ""), field(template.HeaderSlot("address"), "event.venue.address", ""),
		field(template.HeaderSlot("latitude"), "event.venue.latitude", ""), field(template.HeaderSlot("longitude"), "event.venue.longitude", ""),
		field(template.BodySlot("1"), "attendee", records.FormatFirstWord), field(template.BodySlot("2"), "price", ""),
		{Slot: template.BodySlot("3"), Kind: app.BindFree, Sample: "muestra"},
		{Slot: template.BodySlot("4"), Kind: app.BindUserName},
		field(template.BodySlot("5"), "event.venue.country.name", ""),
		{Slot: template.BodySlot("6"), Kind: app.BindUserPhone},
		{Slot: template.ButtonSlot(0, "1"), Kind: app.BindPortal},
	}
}

func shop() *records.Shop {
	return &records.Shop{Examples: samples.Store(), Types: records.Builtin()}
}

func TestResolveFillsEachKindOfSlot(t *testing.T) {
	d, bindings := offer(t)
	got, err := records.Resolve(t.Context(), shop(), records.Job{
		Document: d, Bindings: bindings, RecordType: records.TypeTicket, Sender: records.Sender{Name: "Ana", Phone: "+34 600 00 01 01"},
		Free: map[template.Slot]string{template.BodySlot("3"): " la\nsala "}, Zone: time.UTC,
	}, []string{"example-T-0311"})
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	want := map[template.Slot]string{
		template.HeaderSlot("name"): "Taller Lavapiés", template.HeaderSlot("address"): "Calle de Argumosa 3",
		template.HeaderSlot("latitude"): "40.4089", template.HeaderSlot("longitude"): "-3.6985", // numbers to Meta, whatever the language
		template.BodySlot("1"): "Lucía", template.BodySlot("2"): "35,00\u00a0€", template.BodySlot("3"): "la sala", template.BodySlot("4"): "Ana",
		template.BodySlot("5"): "España", template.BodySlot("6"): "+34 600 00 01 01",
		template.ButtonSlot(0, "1"): "events/lantern-evening/T-0311", // the part behind the button's address
	}
	f := got[0]
	if len(f.Missing) > 0 || !f.Found || f.Phone != "+34 600 00 01 52" || len(f.Values) != len(want) {
		t.Errorf("%+v", f)
	}
	for s, w := range want {
		if f.Value(s) != w {
			t.Errorf("%s: %q, want %q", s, f.Value(s), w)
		}
	}
}

func TestResolveSaysWhatIsMissing(t *testing.T) {
	d, bindings := offer(t)
	bindings[4].Path = "gone" // a field that does not exist any more
	bindings[10] = app.Binding{Slot: template.ButtonSlot(0, "1"), Kind: app.BindField, Path: "elsewhere"}
	bindings[5].Path = "seat" // empty on the record
	c, err := records.NewCatalog(withField(records.Builtin().Types(), "elsewhere"))
	if err != nil {
		t.Fatal(err)
	}
	rec := records.Record{Ref: records.Ref{Type: records.TypeTicket, ID: "example-1"}, Fields: map[string]records.Value{
		"attendee": records.Text("Mai"), "elsewhere": records.Address("https://other.example/1"),
	}}
	src := &records.Shop{Examples: records.NewMemory([]records.Record{rec}), Types: c}
	job := records.Job{Document: d, Bindings: bindings, RecordType: records.TypeTicket}
	got, err := records.Resolve(t.Context(), src, job, []string{"example-1", "example-2"})
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	why := map[template.Slot]records.Why{}
	for _, m := range got[0].Missing {
		why[m.Slot] = m.Why
	}
	for s, want := range map[template.Slot]records.Why{
		template.HeaderSlot("name"): records.WhyEmpty, template.BodySlot("1"): records.WhyNoField, template.BodySlot("2"): records.WhyEmpty,
		template.BodySlot("3"): records.WhyUnasked, template.BodySlot("4"): records.WhyNoSender, template.BodySlot("6"): records.WhyNoSender,
		template.ButtonSlot(0, "1"): records.WhyUnfit,
	} {
		if why[s] != want {
			t.Errorf("%s: %q, want %q", s, why[s], want)
		}
	}
	if !got[0].Found || got[0].Phone != "" || len(got[0].Values) != 0 {
		t.Errorf("the poor record: %+v", got[0])
	}
	if got[1].Found || got[1].Missing[0].Why != records.WhyNoRecord {
		t.Errorf("the record that is gone: %+v", got[1])
	}
	for i, m := range got[0].Missing[1:] { // in the order of the document
		slots := d.Slots()
		if slices.Index(slots, m.Slot) < slices.Index(slots, got[0].Missing[i].Slot) {
			t.Errorf("%s stands behind %s", m.Slot, got[0].Missing[i].Slot)
		}
	}
	job.Samples = true
	if got, err = records.Resolve(t.Context(), src, job, []string{"example-1"}); err != nil || got[0].Value(template.BodySlot("3")) != "muestra" {
		t.Errorf("a preview shows the sample of a free text: %+v, %v", got, err)
	}
	job.Free = map[template.Slot]string{template.BodySlot("3"): ""}
	if got, err = records.Resolve(t.Context(), src, job, []string{"example-1"}); err != nil || got[0].Value(template.BodySlot("3")) != "" {
		t.Errorf("what was emptied stays empty: %+v, %v", got, err)
	}
}

func withField(types []records.Type, name string) []records.Type {
	for i := range types {
		if types[i].Name == records.TypeTicket {
			types[i].Fields = append(slices.Clone(types[i].Fields), records.Field{Name: name, Label: name, Kind: records.KindLink, Custom: true})
		}
	}
	return types
}

// people is a book of contacts that counts how often it is asked.
type people struct {
	list  []app.Contact
	asked int
}

func (p *people) ContactsByID(_ context.Context, ids []app.ID) ([]app.Contact, error) {
	p.asked++
	var out []app.Contact
	for _, c := range p.list {
		if slices.Contains(ids, c.ID) {
			out = append(out, c)
		}
	}
	return out, nil
}

func (p *people) FindContacts(_ context.Context, _ string, limit int) ([]app.Contact, error) {
	return p.list[:min(limit, len(p.list))], nil
}

func contact(id app.ID, name string, ids ...app.Identity) app.Contact {
	return app.Contact{ID: id, Name: name, Identities: ids}
}

// A template is filled from the people of the inbox today: name, number, country in the template's language. Any number of them is one read a
// level, that is one question to the book of contacts.
func TestContactsOfTheInboxFillATemplate(t *testing.T) {
	d, err := template.Decode([]byte(`{"name":"a","language":"vi","category":"UTILITY","components":[{"type":"BODY","text":"Chào {{1}} ở {{2}} nhé"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	book := &people{list: []app.Contact{
		contact(7, "José", app.NewIdentity(app.IdentityPhone, "", "34612345678", time.Time{})),
		contact(8, "", app.NewIdentity(app.IdentityUser, "1", "BR.12345", time.Time{})), // no number: the country is in the id
		contact(9, "Landless", app.NewIdentity(app.IdentityUsername, "1", "landless", time.Time{})),
	}}
	src := &records.Shop{Contacts: book, Examples: samples.Store(), Types: records.Builtin()}
	got, err := records.Resolve(t.Context(), src, records.Job{
		Document: d, RecordType: records.TypeContact, Bindings: []app.Binding{
			{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "name"}, {Slot: template.BodySlot("2"), Kind: app.BindField, Path: "country.name"},
		},
	}, []string{"7", "8", "9", "example-mai", "404"})
	if err != nil {
		t.Fatal(err)
	}
	var seen string
	for _, f := range got {
		seen += fmt.Sprintf("%s|%v|%s|%s|%s|%d\n", f.ID, f.Found, f.Phone, f.Value(template.BodySlot("1")), f.Value(template.BodySlot("2")), len(f.Missing))
	}
	if want := "7|true|+34 612 34 56 78|José|Tây Ban Nha|0\n8|true|||Brazil|1\n9|true||Landless||1\n" +
		"example-mai|true|+84 90 555 0122|Nguyễn Thị Mai|Việt Nam|0\n404|false||||2\n"; seen != want {
		t.Errorf("got\n%swant\n%s", seen, want)
	}
	if book.asked != 1 {
		t.Errorf("the book of contacts was asked %d times", book.asked)
	}
}

func TestShopSearch(t *testing.T) {
	book := &people{list: []app.Contact{contact(7, "José", app.NewIdentity(app.IdentityPhone, "", "34612345678", time.Time{}))}}
	src := &records.Shop{Contacts: book, Examples: samples.Store(), Types: records.Builtin()}
	found, err := src.Search(t.Context(), records.TypeContact, "", 3)
	if err != nil || len(found) != 3 || found[0].ID != "7" || found[0].Example || !found[1].Example {
		t.Errorf("own contacts first, then examples: %+v, %v", found, err)
	}
	if found, err = src.Search(t.Context(), records.TypeInvoice, "F2026 carvajal", 3); err != nil || len(found) != 1 || found[0].Title != "F2026-0119" {
		t.Errorf("an invoice by number and customer: %+v, %v", found, err)
	}
	if found, err = src.Search(t.Context(), records.TypeContact, "84905550122", 3); err != nil || len(found) != 2 || found[1].Title != "Nguyễn Thị Mai" {
		t.Errorf("a contact by the digits of its number: %+v, %v", found, err)
	}
	if _, err := src.Document(t.Context(), found[1].Ref); !errors.Is(err, records.ErrNoDocument) {
		t.Errorf("a contact has no document: %v", err)
	}
}

func TestLiveValuesOfAPicker(t *testing.T) {
	got, err := records.Live(t.Context(), shop(), records.Ref{Type: records.TypeQuotation, ID: "example-S00022"}, []records.Path{
		{"customer", "city"}, {"customer", "company"}, {"customer", "country"}, {"total"}, {"lines"}, {"lines", "quantity"}, {"document"},
	}, records.Style{Language: "en"})
	want := []string{"Đà Nẵng", "Mai Interiors", "Vietnam", "€29,640.00", "Silk lantern, 40 cm, Oak stand", "120, 60", "S00022.pdf"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
}
