package papers

import (
	"cmp"

	"shopbell/app/records"
)

// Shop is what a shop says about itself on its papers. What is empty is taken from the company of the record, or left out.
type Shop struct {
	Name    string
	Address string // with line breaks
	Contact string // phone, email, web page, with line breaks
	TaxID   string
	Logo    *Logo // nil: the name stands in its place
	Main    Colour
	Second  Colour
	Texts   map[string]Texts // by Meta's language code or by the language alone; those under en where there is none

	// Special are the texts that differ on the papers of one record type, by that type's name, then as Texts.
	Special map[string]map[string]Texts
}

// Texts are the shop's own words on its papers. Each may have several lines.
type Texts struct {
	Greeting string // before the lines
	Terms    string // behind the totals
	Footer   string // at the foot of each page
	Bank     string // where money is sent to: on quotations and invoices
}

// DefaultMain and DefaultSecond are the colours of a shop that has chosen none.
var (
	DefaultMain   = Colour{31, 111, 92}
	DefaultSecond = Colour{233, 169, 60}
)

// texts gives the shop's words on the papers of a type: each that is missing in a language is taken from the language without its region, then
// from English. The greeting of all papers is for quotations and invoices, and their terms are not for what is only handed over.
func (s Shop) texts(typ, lang string) Texts {
	keys := []string{lang, base(lang), "en"}
	var out, all Texts
	for _, key := range keys {
		out.fill(s.Special[typ][key])
		all.fill(s.Texts[key])
	}
	if typ != records.TypeQuotation && typ != records.TypeInvoice {
		all.Greeting = ""
	}
	if typ == records.TypeTicket || typ == records.TypeDelivery {
		all.Terms = ""
	}
	out.fill(all)
	return out
}

// fill takes what is missing from other texts.
func (t *Texts) fill(from Texts) {
	t.Greeting, t.Terms = cmp.Or(t.Greeting, from.Greeting), cmp.Or(t.Terms, from.Terms)
	t.Footer, t.Bank = cmp.Or(t.Footer, from.Footer), cmp.Or(t.Bank, from.Bank)
}

func (s Shop) colours() (Colour, Colour) {
	first, second := s.Main, s.Second
	if first == (Colour{}) {
		first = DefaultMain
	}
	if second == (Colour{}) {
		second = DefaultSecond
	}
	return first, second
}
