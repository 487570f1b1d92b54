package templates

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	decimal "golang.org/x/text/number"

	"shopbell/app"
	"shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/views/when"
)

// costWords says what a message of the template's category costs: the price to numbers like the shop's own, the span of all others, and how old the
// table of prices is. Without a table it says what is known of the category.
func (v *View) costWords(t app.Template) string {
	c := t.Document.Category
	general := categoryCost(c)
	p, ok := v.rates.Prices(c, v.number(t.AccountID))
	if !ok {
		return general
	}
	args := map[string]any{"Price": v.amount(p.Here), "Low": v.amount(p.Low), "High": v.amount(p.High)}
	prices := lang.X("cost.span", "{{.Low}} to {{.High}} a message, by the customer's country.", args)
	if p.Known {
		prices = lang.X("cost.here", "{{.Price}} a message to the shop's own country, {{.Low}} to {{.High}} to others.", args)
	}
	day := v.rates.Date
	if at, err := time.ParseInLocation(time.DateOnly, day, v.sh.Now().Location()); err == nil {
		day = when.Date(at, v.sh.Now())
	}
	return general + " " + prices + " " + lang.X("cost.table", "Prices of {{.Date}}; a file rates.json in the data folder takes their place.", map[string]any{"Date": day})
}

// categoryCost says when messages of a category are charged.
func categoryCost(c template.Category) string {
	switch c {
	case template.Utility:
		return lang.X("cost.utility", "Utility: free while the customer's 24 hours are open, else charged.")
	case template.Marketing:
		return lang.X("cost.marketing", "Marketing: the dearest, charged each time, also while the customer's 24 hours are open.")
	case template.Authentication:
		return lang.X("cost.authentication", "Authentication: charged each time.")
	}
	return lang.X("cost.unknown", "The category decides what each message costs.")
}

// amount writes millionths of the table's currency: prices are fractions of a cent.
func (v *View) amount(micros int64) string {
	tag, err := language.Parse(string(lang.SystemLocale()))
	if err != nil {
		tag = language.English
	}
	return message.NewPrinter(tag).Sprint(decimal.Decimal(float64(micros)/1e6, decimal.MinFractionDigits(2), decimal.MaxFractionDigits(4))) + "\u00a0" + v.rates.Currency
}

// number is the account's own, "" when it is not known.
func (v *View) number(account app.ID) string {
	for _, a := range v.accts {
		if a.ID == account {
			return strings.TrimSpace(a.DisplayPhone)
		}
	}
	return ""
}

// readRates reads the table of prices; it runs away from the UI goroutine.
func (v *View) readRates() sending.Rates {
	if v.p.Rates == nil {
		return sending.Rates{}
	}
	return v.p.Rates()
}
