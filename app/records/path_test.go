package records_test

import (
	"errors"
	"strings"
	"testing"

	"shopbell/app"
	"shopbell/app/records"
)

func TestCheckFollowsPaths(t *testing.T) {
	c := records.Builtin()
	for path, kind := range map[string]records.Kind{
		"number": records.KindText, "total": records.KindAmount, "customer": records.KindRelation, "customer.name": records.KindText,
		"customer.country.name": records.KindText, "customer.company.country.code": records.KindText, "lines.product": records.KindText,
		"portal_link": records.KindLink, "valid_until": records.KindDate, "state": records.KindChoice,
	} {
		f, err := c.Check(records.TypeQuotation, path)
		if err != nil || f.Kind != kind {
			t.Errorf("%s is %q, %v; want %q", path, f.Kind, err, kind)
		}
	}
	for _, path := range []string{
		"", ".", "number.", ".number", "customer..name", "Customer", "customer name", "nothing", "number.name", "customer.nothing",
		"customer.company.contact.company.name", "customer.company.country.name.x", "kunde.имя", strings.Repeat("a", 65), "1st", "a\x00",
	} {
		var e *app.Error
		if _, err := c.Check(records.TypeQuotation, path); !errors.As(err, &e) || e.Code != app.CodeInvalid || e.Mend == "" {
			t.Errorf("%q: %v", path, err)
		}
	}
	if _, err := c.Check("unicorn", "name"); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("an unknown type: %v", err)
	}
}

func TestLabels(t *testing.T) {
	c := records.Builtin()
	for path, want := range map[string]string{
		"customer.country.name": "Customer › Country › Name", "total": "Total", "customer.gone.name": "Customer › gone › name",
		"event.venue.city": "event › venue › city", // no such field on a quotation: the names stand
	} {
		p, err := records.ParsePath(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Label(records.TypeQuotation, p); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

// The fields that samples of the model product use are all there.
func TestFieldsOfTheModelProduct(t *testing.T) {
	c := records.Builtin()
	for typ, paths := range map[string]string{
		records.TypeQuotation: "customer.name number company.name currency total portal_link payment_link customer.country.name document",
		records.TypeInvoice:   "customer.name number company.name currency total amount_due portal_link payment_link reference document",
		records.TypePayment:   "customer.name number company.name currency amount document",
		records.TypeDelivery:  "customer.name number company.name tracking_link document",
		records.TypeReceipt:   "customer.name number company.name picture",
		records.TypeTicket: "attendee phone event.name event.organiser.name event.dates event.responsible.name event.responsible.phone event.link " +
			"event.venue.name event.venue.address event.venue.latitude event.venue.longitude event.venue.city event.venue.country.name document",
		records.TypeContact: "name phone username user_id country.name tags opt_out",
	} {
		for path := range strings.FieldsSeq(paths) {
			if _, err := c.Check(typ, path); err != nil {
				t.Error(err)
			}
		}
	}
}

// The stable names are kept in databases: changing one loses bindings.
func TestTypesAndWhatATemplateMayApplyTo(t *testing.T) {
	var names []string
	for _, typ := range records.Builtin().Subjects() {
		names = append(names, typ.Name)
		if typ.Phone == "" {
			t.Errorf("%s has no phone number to send to", typ.Name)
		}
	}
	if got, want := strings.Join(names, " "), "contact company quotation invoice payment delivery receipt event ticket venue"; got != want {
		t.Errorf("a template may apply to %s, want %s", got, want)
	}
}

func TestCatalogRefusesWhatIsBroken(t *testing.T) {
	name := records.Field{Name: "name", Kind: records.KindText}
	for why, types := range map[string][]records.Type{
		"twice":           {{Name: "a", Title: "name", Fields: []records.Field{name}}, {Name: "a", Title: "name", Fields: []records.Field{name}}},
		"bad name":        {{Name: "A b", Title: "name", Fields: []records.Field{name}}},
		"no title":        {{Name: "a", Title: "x", Fields: []records.Field{name}}},
		"field twice":     {{Name: "a", Title: "name", Fields: []records.Field{name, name}}},
		"no kind":         {{Name: "a", Title: "name", Fields: []records.Field{name, {Name: "x", Kind: "magic"}}}},
		"leads nowhere":   {{Name: "a", Title: "name", Fields: []records.Field{name, {Name: "x", Kind: records.KindRelation, Relation: "b"}}}},
		"phone is no way": {{Name: "a", Title: "name", Phone: "x.y", Fields: []records.Field{name}}},
	} {
		if _, err := records.NewCatalog(types); err == nil {
			t.Errorf("%s: taken", why)
		}
	}
}

func TestCandidates(t *testing.T) {
	c := records.Builtin()
	vietnamese := func(_ string, f records.Field) string {
		switch f.Name {
		case "address":
			return "Địa chỉ"
		case "country":
			return "Quốc gia"
		}
		return f.Label
	}
	names := func(at records.Path, query string) string {
		var out []string
		for _, f := range c.Candidates(records.TypeQuotation, at, query, vietnamese) {
			out = append(out, f.Name)
		}
		return strings.Join(out, " ")
	}
	for _, tc := range []struct {
		at          records.Path
		query, want string
	}{
		{nil, "cus", "customer reference portal_link"},
		{nil, "tax", "tax subtotal"}, // a label that begins with the query stands first
		{nil, "link for", "portal_link"},
		{records.Path{"customer"}, "c", "company city address country"}, // chỉ begins with it too, country is Quốc gia here,
		{records.Path{"customer"}, "dia chi", "address"},
		{records.Path{"customer"}, "DIA", "address"},
		{records.Path{"customer"}, "địa", "address"},
		{records.Path{"customer"}, "quoc", "country"},
		{records.Path{"customer"}, "country", "country"}, // the English word is heard too
		{records.Path{"customer", "country"}, "", "name code"},
		{records.Path{"number"}, "", ""},
		{records.Path{"nothing"}, "", ""},
		{nil, "zebra", ""},
	} {
		if got := names(tc.at, tc.query); got != tc.want {
			t.Errorf("%v %q finds %q, want %q", tc.at, tc.query, got, tc.want)
		}
	}
	deep := c.Candidates(records.TypeQuotation, records.Path{"customer", "company", "contact"}, "", nil)
	for _, f := range deep {
		if f.Leads {
			t.Errorf("%s leads to a fifth level", f.Path)
		}
	}
	if len(deep) == 0 || c.Candidates(records.TypeQuotation, records.Path{"customer", "company", "contact", "company"}, "", nil) != nil {
		t.Error("the fourth level is the last")
	}
	for _, f := range c.Candidates(records.TypeQuotation, nil, "document", nil) {
		if f.Fills {
			t.Error("a file cannot fill a placeholder")
		}
	}
}

func TestPhonePaths(t *testing.T) {
	c := records.Builtin()
	var got []string
	for _, p := range c.PhonePaths(records.TypeTicket) {
		got = append(got, p.String())
	}
	if want := "phone customer.phone"; strings.Join(got, " ") != want {
		t.Errorf("phones of a ticket: %v, want %s", got, want)
	}
}

func FuzzParsePath(f *testing.F) {
	for _, s := range []string{"name", "customer.country.name", "a.b.c.d", "a.b.c.d.e", "..", "", "A", "ä.b", strings.Repeat("a.", 99)} {
		f.Add(s)
	}
	c := records.Builtin()
	f.Fuzz(func(t *testing.T, s string) {
		p, err := records.ParsePath(s)
		if err != nil {
			if p != nil {
				t.Errorf("%q: a path beside an error", s)
			}
			return
		}
		if p.String() != s || len(p) == 0 || len(p) > records.MaxLevels {
			t.Errorf("%q became %q", s, p)
		}
		if len(c.Labels(records.TypeQuotation, p)) != len(p) {
			t.Errorf("%q has not one label a level", s)
		}
		for _, typ := range c.Types() {
			if field, err := c.Follow(typ.Name, p); err == nil && field.Name != p[len(p)-1] {
				t.Errorf("%q from %s ends at %s", s, typ.Name, field.Name)
			}
		}
	})
}
