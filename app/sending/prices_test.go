package sending

import (
	"testing"

	"shopbell/meta/template"
)

func TestPrices(t *testing.T) {
	r := Rates{
		Currency: "USD", Other: "Other", Countries: map[string]string{"ES": "Spain"},
		Markets: map[string]Rate{"Spain": {Marketing: 0.0615, Utility: 0.02}, "Other": {Marketing: 0.0604, Utility: 0.0077}, "Dear": {Marketing: 0.2, Utility: 0.0003}},
	}
	for _, c := range []struct {
		category template.Category
		number   string
		want     Prices
	}{
		{template.Marketing, "+34 612 345 678", Prices{Here: 61500, Known: true, Low: 60400, High: 200000}},
		{template.Utility, "34612345678", Prices{Here: 20000, Known: true, Low: 300, High: 20000}},
		{template.Utility, "+84 90 123 45 67", Prices{Here: 7700, Known: true, Low: 300, High: 20000}},
		{template.Marketing, "", Prices{Low: 60400, High: 200000}},
		{template.Authentication, "", Prices{}},
	} {
		got, ok := r.Prices(c.category, c.number)
		if !ok || got != c.want {
			t.Errorf("%s %s: %+v %v", c.category, c.number, got, ok)
		}
	}
	if _, ok := r.Prices("", "+34612345678"); ok {
		t.Error("no category has a price")
	}
	if _, ok := (Rates{}).Prices(template.Utility, ""); ok {
		t.Error("an empty table has a price")
	}
	if p, ok := ShippedRates().Prices(template.Utility, "+34612345678"); !ok || !p.Known || p.Here <= 0 || p.Low > p.Here || p.High < p.Here {
		t.Errorf("shipped: %+v %v", p, ok)
	}
}
