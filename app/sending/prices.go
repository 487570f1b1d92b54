package sending

import (
	"math"

	"shopbell/app"
	"shopbell/meta/template"
)

// Prices are what one message of a category costs, in millionths of a unit of the currency.
type Prices struct {
	Here      int64 // to numbers of the same country as some number
	Known     bool  // false: Here is not known
	Low, High int64 // the cheapest and the dearest country
}

// Prices gives what messages of a category cost where number is from, and anywhere; false where the table has no price for the category.
func (r Rates) Prices(category template.Category, number string) (Prices, bool) {
	price := func(m Rate) float64 {
		switch category {
		case template.Marketing:
			return m.Marketing
		case template.Utility:
			return m.Utility
		case template.Authentication:
			return m.Authentication
		}
		return math.NaN()
	}
	p := Prices{Low: math.MaxInt64}
	for _, m := range r.Markets {
		x := price(m)
		if math.IsNaN(x) {
			return Prices{}, false
		}
		micros := int64(math.Round(x * 1e6))
		p.Low, p.High = min(p.Low, micros), max(p.High, micros)
	}
	if len(r.Markets) == 0 {
		return Prices{}, false
	}
	if app.Digits(number) != "" {
		var m Rate
		if m, p.Known = r.rate(number); p.Known {
			p.Here = int64(math.Round(price(m) * 1e6))
		}
	}
	return p, true
}
