package sending

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"

	"shopbell/app"
	"shopbell/meta/template"
)

//go:embed rates.json
var shippedRates []byte

// Rates is what Meta charges for a delivered template message, by category and the country of the customer's number (Meta: Pricing). Meta
// changes them every quarter and no API tells them, so the table is data that a shop may replace.
type Rates struct {
	Date       string              `json:"date"`     // since when they hold, YYYY-MM-DD
	Currency   string              `json:"currency"` // ISO 4217
	Source     string              `json:"source"`
	Markets    map[string]Rate     `json:"markets"`              // by name
	Countries  map[string]string   `json:"countries"`            // ISO code of two letters → market
	Other      string              `json:"other"`                // the market of all other countries
	FreeWindow []template.Category `json:"free_in_window"`       // categories that cost nothing while the customer-service window is open
	FreeUntil  string              `json:"free_in_window_until"` // the day from which they cost there too; "" for none
}

// Rate is the price of a market, in units of the currency.
type Rate struct {
	Marketing      float64 `json:"marketing"`
	Utility        float64 `json:"utility"`
	Authentication float64 `json:"authentication"`
}

// ShippedRates are the rates that came with the program.
func ShippedRates() Rates {
	r, err := ReadRates(shippedRates)
	if err != nil {
		panic(err) // the file in this package is wrong, which its test shows
	}
	return r
}

// ReadRates reads a table. The error is an app.Error.
func ReadRates(raw []byte) (Rates, error) {
	var r Rates
	bad := func(why string, cause error) (Rates, error) {
		return Rates{}, &app.Error{Code: app.CodeInvalid, Cause: cause, Message: "The rate table can't be used: " + why + ".", Mend: "Correct the file, or remove it to use the rates that came with the program."}
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return bad("it is not JSON of the right shape", err)
	}
	if _, err := time.Parse(time.DateOnly, r.Date); err != nil {
		return bad("its date is not written as 2025-07-01", err)
	}
	if len(r.Currency) != 3 || len(r.Markets) == 0 {
		return bad("it has no currency or no markets", nil)
	}
	if _, ok := r.Markets[r.Other]; !ok {
		return bad("the market of other countries is not in it", nil)
	}
	for country, market := range r.Countries {
		if _, ok := r.Markets[market]; !ok {
			return bad(fmt.Sprintf("%s has the market %q, which is not in it", country, market), nil)
		}
	}
	for name, m := range r.Markets {
		if m.Marketing < 0 || m.Utility < 0 || m.Authentication < 0 || math.IsNaN(m.Marketing+m.Utility+m.Authentication) {
			return bad("the market "+name+" has a negative price", nil)
		}
	}
	return r, nil
}

// Free says why a message costs nothing.
type Free string

// Why a message may be free.
const (
	FreeWindow Free = "window"     // utility while the customer-service window is open
	FreeEntry  Free = "free_entry" // everything in a free entry point
)

// Cost is what one message will cost if it is delivered.
type Cost struct {
	Micros int64 // millionths of a unit of the currency
	Free   Free  // "" when it is charged
	Known  bool  // false: there is no price for it
}

// Cost gives the price of a template message to somebody, at now.
func (r Rates) Cost(category template.Category, to string, who app.Reach, now time.Time) Cost {
	if now.Before(who.FreeEntry) {
		return Cost{Free: FreeEntry, Known: true}
	}
	if state, _ := app.Window(who.LastInbound, now); state != app.WindowClosed && r.freeInWindow(category, now) {
		return Cost{Free: FreeWindow, Known: true}
	}
	if to == "" {
		return Cost{}
	}
	rate, ok := r.rate(to)
	if !ok {
		return Cost{}
	}
	var price float64
	switch category {
	case template.Marketing:
		price = rate.Marketing
	case template.Utility:
		price = rate.Utility
	case template.Authentication:
		price = rate.Authentication
	default:
		return Cost{}
	}
	return Cost{Micros: int64(math.Round(price * 1e6)), Known: true}
}

func (r Rates) freeInWindow(category template.Category, now time.Time) bool {
	if until, err := time.Parse(time.DateOnly, r.FreeUntil); err == nil && !now.Before(until) {
		return false
	}
	for _, c := range r.FreeWindow {
		if c == category {
			return true
		}
	}
	return false
}

// rate finds the market of a number.
func (r Rates) rate(to string) (Rate, bool) {
	n, err := phonenumbers.Parse("+"+app.Digits(to), "")
	if err != nil {
		return Rate{}, false
	}
	country := strings.ToUpper(phonenumbers.GetRegionCodeForNumber(n))
	if country == "" || country == "ZZ" {
		country = strings.ToUpper(phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode())))
	}
	market, ok := r.Countries[country]
	if !ok {
		market = r.Other
	}
	rate, ok := r.Markets[market]
	return rate, ok
}

// Estimate is what a whole sending will cost if everything is delivered.
type Estimate struct {
	Currency string
	Date     string // of the rate table
	Micros   int64
	Charged  int // messages
	Free     int
	Unknown  int // without a price
}

func (c *Checker) estimate() Estimate {
	return Estimate{Currency: c.rates.Currency, Date: c.rates.Date}
}

func (e *Estimate) add(c Cost) {
	switch {
	case !c.Known:
		e.Unknown++
	case c.Free != "":
		e.Free++
	default:
		e.Charged++
		e.Micros += c.Micros
	}
}

// Currency is that of the rates, "" when there are none.
func (c *Checker) Currency() string { return c.rates.Currency }
