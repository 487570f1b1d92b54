package records

import (
	"reflect"
	"testing"

	"shopbell/app"
)

func TestANameFindsTheFieldThatIsMeant(t *testing.T) {
	c := Builtin()
	for _, x := range []struct{ typ, name, want string }{
		{TypeQuotation, "number", "number"},
		{TypeQuotation, "Valid until", "valid_until"},
		{TypeQuotation, "country", "customer.country"},
		{TypeQuotation, "tag", "customer.tags"},
		{TypeQuotation, "customer.city", "customer.city"},
		{TypeQuotation, "Customer.Company.City", "customer.company.city"},
		{TypeQuotation, "customer.country.code", "customer.country.code"},
		{TypeQuotation, "lines.product", "lines.product"},
		{TypeQuotation, "cust.phone", "customer.phone"},
		{TypeQuotation, "tot", "total"},
		{TypeTicket, "venue", "event.venue"},
		{TypeTicket, "phone", "phone"},
		{TypeTicket, "event.venue.country.name", "event.venue.country.name"},
		{TypeContact, "tag", "tags"},
		{TypeContact, "colour", ""},
		{TypeContact, "ci", ""},
		{TypeQuotation, "customer.company.contact.company.city", ""},
		{TypeQuotation, "total.city", ""},
		{TypeQuotation, "customer.", ""},
		{"nothing", "number", ""},
	} {
		p, ok := c.Find(x.typ, x.name, nil)
		if got := p.String(); got != x.want || ok != (x.want != "") {
			t.Errorf("%s of %s: %q, want %q", x.name, x.typ, got, x.want)
		}
	}
	vietnamese := func(_ string, f Field) string {
		if f.Name == "city" {
			return "Thành phố"
		}
		return f.Label
	}
	if p, _ := c.Find(TypeQuotation, "thanh pho", vietnamese); p.String() != "customer.city" {
		t.Errorf("by its label: %v", p)
	}
}

func TestAPathReachesTheFieldThroughSteps(t *testing.T) {
	c := Builtin()
	customer := app.RecordStep{Type: TypeContact, Field: "customer"}
	for path, want := range map[string]struct {
		via []app.RecordStep
		end string
	}{
		"number":                {nil, "number"},
		"customer":              {nil, "customer"},
		"customer.city":         {[]app.RecordStep{customer}, "city"},
		"customer.country.code": {[]app.RecordStep{customer}, "country"},
		"customer.company.city": {[]app.RecordStep{customer, {Type: TypeCompany, Field: "company"}}, "city"},
		"lines.product":         {[]app.RecordStep{{Type: TypeQuotationLine, Field: "quotation", Back: true}}, "product"},
	} {
		p, err := ParsePath(path)
		if err != nil {
			t.Fatal(err)
		}
		via, end, err := c.Reach(TypeQuotation, p)
		if err != nil || !reflect.DeepEqual(via, want.via) || end.Name != want.end {
			t.Errorf("%s: %v to %s (%v), want %v to %s", path, via, end.Name, err, want.via, want.end)
		}
	}
	if _, _, err := c.Reach(TypeQuotation, Path{"total", "city"}); app.ErrorCode(err) != app.CodeInvalid {
		t.Errorf("through an amount: %v", err)
	}
}
