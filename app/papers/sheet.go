package papers

import (
	"strings"
	"time"

	"shopbell/app/records"
)

// sheet is what one paper says, before anything has a place.
type sheet struct {
	lang     string
	title    string // Invoice
	number   string // F2026-0118
	shop     []string
	shopName string
	forLabel string
	to       []string // who it is for, the name first
	headline string   // of an event
	facts    []fact
	greeting string
	priced   bool
	cut      bool // a line has a discount
	rows     []row
	totals   []total
	sections []section
	links    []fact
	footer   string
	code     string // what the QR code says; "" for none
}

type fact struct {
	label, value string
	url          string
}

type row struct{ product, detail, quantity, price, discount, amount string }

type total struct {
	label, value string
	strong       bool
}

type section struct{ label, text string }

// field is a line of facts or totals: what it is called, where it is read and how it is written.
type field struct {
	word   word
	name   string
	format string
}

// kind says what papers of one record type have.
type kind struct {
	title  word
	facts  []field
	totals []field
	links  []field
	strong string // the total that stands out
	lines  bool
	bank   bool
}

var kinds = map[string]kind{
	records.TypeQuotation: {
		title: wQuotation, lines: true, bank: true, strong: "total",
		facts:  []field{{wDate, "date", ""}, {wValidUntil, "valid_until", ""}, {wReference, "reference", ""}, {wSalesperson, "salesperson", ""}},
		totals: []field{{wSubtotal, "subtotal", ""}, {wTax, "tax", ""}, {wTotal, "total", ""}},
		links:  []field{{wPay, "payment_link", ""}, {wSee, "portal_link", ""}},
	},
	records.TypeInvoice: {
		title: wInvoice, lines: true, bank: true, strong: "total",
		facts: []field{
			{wDate, "date", ""},
			{wDueDate, "due_date", ""},
			{wReference, "reference", ""},
			{wOrderNumber, "order", ""},
			{wState, "state", ""},
			{wSalesperson, "salesperson", ""},
		},
		totals: []field{{wSubtotal, "subtotal", ""}, {wTax, "tax", ""}, {wTotal, "total", ""}, {wDue, "amount_due", ""}},
		links:  []field{{wPay, "payment_link", ""}, {wSee, "portal_link", ""}},
	},
	records.TypePayment: {
		title: wPayment, strong: "amount",
		facts: []field{
			{wDate, "date", ""}, {wMethod, "method", ""}, {wInvoiceNumber, "invoice", ""}, {wReference, "reference", ""},
		},
		totals: []field{{wAmount, "amount", ""}},
	},
	records.TypeDelivery: {
		title: wDelivery,
		facts: []field{
			{wOrderNumber, "order", ""},
			{wShipped, "shipped_at", ""},
			{wExpected, "date", ""},
			{wCarrier, "carrier", ""},
			{wTracking, "tracking_number", ""},
			{wState, "state", ""},
		},
		links: []field{{wTrack, "tracking_link", ""}},
	},
	records.TypeReceipt: {
		title: wReceipt, lines: true, strong: "total",
		facts:  []field{{wDate, "date", ""}, {wMethod, "method", ""}, {wCashier, "cashier", ""}},
		totals: []field{{wSubtotal, "subtotal", ""}, {wTax, "tax", ""}, {wTotal, "total", ""}},
		links:  []field{{wSee, "portal_link", ""}},
	},
	records.TypeTicket: {title: wTicket},
}

// compose writes down what the paper of a record says; spoken is the customer’s language, which the shop may have texts in even where papers have none.
func (s *shelf) compose(rec records.Record, shop Shop, spoken string) sheet {
	k, lang := kinds[rec.Type], s.style.Language
	out := sheet{lang: lang, title: k.title.in(lang), number: s.say(rec, "number", ""), priced: true}
	own := shop.texts(rec.Type, spoken)
	out.greeting, out.footer = own.Greeting, own.Footer
	out.facts, out.links = s.list(rec, k.facts), s.list(rec, k.links)
	for i := range out.links {
		out.links[i].url = out.links[i].value
	}
	for _, f := range k.totals {
		if v := s.say(rec, f.name, f.format); v != "" {
			out.totals = append(out.totals, total{f.word.in(lang), v, f.name == k.strong})
		}
	}
	out.to, out.forLabel = s.person(s.far(rec, "customer")), wFor.in(lang)
	if k.lines {
		out.addRows(s, s.all(rec, "lines"))
	}
	seller := s.far(rec, "company")
	switch rec.Type {
	case records.TypeQuotation:
		if rec.Fields["state"].Text == "order" {
			out.title = wOrder.in(lang)
		}
	case records.TypeDelivery:
		s.parcel(&out, rec)
	case records.TypeTicket:
		seller = s.far(s.far(rec, "event"), "organiser")
		s.admission(&out, rec)
	}
	s.seller(&out, seller, shop)
	out.section("", s.say(rec, "note", ""))
	if k.bank {
		out.section(wBank.in(lang), own.Bank)
	}
	out.section(wTerms.in(lang), own.Terms)
	return out
}

func (o *sheet) section(label, text string) {
	if strings.TrimSpace(text) != "" {
		o.sections = append(o.sections, section{label, text})
	}
}

func (s *shelf) list(rec records.Record, fields []field) []fact {
	var out []fact
	for _, f := range fields {
		if v := s.say(rec, f.name, f.format); v != "" {
			out = append(out, fact{label: f.word.in(s.style.Language), value: v})
		}
	}
	return out
}

// person gives who a paper is for, a line each.
func (s *shelf) person(who records.Record) []string {
	name := s.say(who, "name", "")
	if name == "" {
		name = who.Title
	}
	out := []string{name}
	if firm := s.say(who, "company", ""); firm != "" && firm != name {
		out = append(out, firm)
	}
	return filled(append(append(out, s.place(who)...), s.say(who, "phone", "")))
}

// place gives an address, a line each.
func (s *shelf) place(of records.Record) []string {
	lines := strings.Split(s.say(of, "address", ""), "\n")
	return filled(append(lines, s.say(of, "city", ""), s.say(of, "country", "")))
}

func (s *shelf) seller(out *sheet, firm records.Record, shop Shop) {
	out.shopName = first(shop.Name, s.say(firm, "name", ""), firm.Title)
	if strings.TrimSpace(shop.Address) != "" {
		out.shop = strings.Split(shop.Address, "\n")
	} else {
		out.shop = s.place(firm)
	}
	if strings.TrimSpace(shop.Contact) != "" {
		out.shop = append(out.shop, strings.Split(shop.Contact, "\n")...)
	} else {
		out.shop = append(out.shop, s.say(firm, "phone", ""), s.say(firm, "email", ""), strings.TrimSuffix(s.say(firm, "website", records.FormatLinkBare), "/"))
	}
	if id := first(shop.TaxID, s.say(firm, "tax_id", "")); id != "" {
		out.shop = append(out.shop, wTaxNumber.in(out.lang)+" "+id)
	}
	out.shop = filled(out.shop)
}

func (o *sheet) addRows(s *shelf, lines []records.Record) {
	for _, l := range lines {
		r := row{
			product: s.say(l, "product", ""), detail: s.say(l, "description", ""), price: s.say(l, "price", ""), amount: s.say(l, "total", ""),
			quantity: strings.TrimSpace(s.say(l, "quantity", "") + " " + s.say(l, "unit", "")), discount: s.say(l, "discount", ""),
		}
		if r.product == "" {
			r.product, r.detail = r.detail, ""
		}
		if rest, ok := strings.CutPrefix(r.detail, r.product); ok {
			r.detail = strings.TrimSpace(rest)
		}
		if strings.Trim(l.Fields["discount"].Number, "0.-") == "" {
			r.discount = ""
		}
		o.cut = o.cut || r.discount != ""
		o.rows = append(o.rows, r)
	}
}

// parcel adds what only a delivery has: where it goes, and what is in it, without prices.
func (s *shelf) parcel(out *sheet, rec records.Record) {
	if to := s.say(rec, "address", ""); to != "" {
		name := first(s.say(s.far(rec, "customer"), "name", ""), s.far(rec, "customer").Title)
		out.to = filled(append([]string{name}, strings.Split(to, "\n")...))
	}
	out.forLabel, out.priced = wDeliverTo.in(out.lang), false
	out.addRows(s, s.all(s.far(rec, "order"), "lines"))
	out.cut = false
}

// admission adds what only a ticket has: the event, whose it is, and the code at the door.
func (s *shelf) admission(out *sheet, rec records.Record) {
	event := s.far(rec, "event")
	out.headline = first(s.say(event, "name", ""), event.Title)
	out.to = nil
	when := s.when(event)
	venue := s.far(event, "venue")
	where := filled(append([]string{first(s.say(venue, "name", ""), venue.Title)}, s.place(venue)...))
	for _, f := range []fact{
		{label: wStarts.in(out.lang), value: when},
		{label: wDoors.in(out.lang), value: s.say(event, "doors", "")},
		{label: wVenue.in(out.lang), value: strings.Join(where, "\n"), url: venue.Fields["map_link"].Text},
		{label: wAttendee.in(out.lang), value: first(s.say(rec, "attendee", ""), s.say(rec, "customer", ""))},
		{label: wKind.in(out.lang), value: s.say(rec, "kind", "")},
		{label: wSeat.in(out.lang), value: s.say(rec, "seat", "")},
		{label: wFee.in(out.lang), value: s.say(rec, "price", "")},
		{label: wState.in(out.lang), value: s.say(rec, "state", "")},
	} {
		if f.value != "" {
			out.facts = append(out.facts, f)
		}
	}
	out.section("", s.say(event, "note", ""))
	out.code = first(rec.Fields["code"].Text, out.number)
}

// when writes the time of an event: from its start to its end, or its days.
func (s *shelf) when(event records.Record) string {
	from, until := event.Fields["start"], event.Fields["end"]
	if from.Empty() {
		return s.say(event, "dates", "")
	}
	if !until.Empty() && from.Until.IsZero() && until.Time.Sub(from.Time) < 20*time.Hour && until.Time.After(from.Time) {
		from.Until = until.Time
	}
	t, _ := s.catalog.Type(event.Type)
	f, _ := t.Field("start")
	return s.style.Write(f, from, records.FormatMomentFull)
}

// filled leaves out what is empty, and what stands there twice in a row.
func filled(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && (len(out) == 0 || out[len(out)-1] != s) {
			out = append(out, s)
		}
	}
	return out
}

func first(list ...string) string {
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	return ""
}
