package samples

import (
	"strconv"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/app/records"
)

// Customer is one who writes to the practice account.
type Customer struct {
	Name  string
	Phone string // digits with country code
	ID    app.ID // of the contact that is here already; 0: none
}

// what the practice shop knows of each customer, and what they bought; by the order in which they write.
var bought = []struct {
	city, country, language, tags string
	quotation, state              string
	day                           int // before today
	items                         [][3]string
	invoice                       string // state; "" for none
	receipt                       bool
}{
	{"Hà Nội", "VN", "vi", "Trade, Lamps", "S00022", "sent", 4, [][3]string{{"Silk lantern, 40 cm", "120", "187.00"}, {"Oak stand", "60", "120.00"}}, "", false},
	{"Puebla", "MX", "es", "Regular", "S00025", "order", 3, [][3]string{{"Blue table lamp", "2", "240.00"}}, "open", false},
	{"Amman", "JO", "ar", "Regular", "S00031", "order", 2, [][3]string{{"Brass lantern, large", "3", "310.00"}, {"Gift bag, small", "3", "2.50"}}, "paid", true},
	{"Leeds", "GB", "en", "Online", "S00040", "order", 9, [][3]string{{"Mug, hand-painted", "6", "14.50"}}, "paid", true},
	{"TP. Hồ Chí Minh", "VN", "vi", "Trade", "S00041", "draft", 1, [][3]string{{"Lotus tea, tin", "20", "18.00"}}, "", false},
	{"Sevilla", "ES", "es", "Regular", "S00045", "order", 6, [][3]string{{"Linen apron, M", "1", "39.00"}, {"Beeswax candle", "4", "10.00"}}, "overdue", true},
}

// Practice makes the records of the practice account's customers: who they are, what they asked for, ordered, owe and paid, and an evening with
// tickets. now is the day it seems to be made on. newID gives ids.
func Practice(customers []Customer, now time.Time, newID func() app.ID) []records.Draft {
	p := &practice{newID: newID, today: time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)}
	shop := p.add(records.TypeCompany, fields{
		"name": records.Text("Lantern & Oak"), "phone": records.Text("+34 919 01 00 22"), "city": records.Text("Madrid"), "country": in("ES"),
		"address": records.Text("Calle del Mesón 18"), "website": records.Address(website), "email": records.Text("hello@lantern-and-oak.example"),
	})
	ana := p.add(records.TypeStaff, fields{"name": records.Text("Ana Ruiz"), "email": records.Text("ana@lantern-and-oak.example")})
	event := p.evening(shop)
	for i, c := range customers {
		if i >= len(bought) {
			break
		}
		p.customer(i, c, shop, ana, event)
	}
	return p.out
}

type practice struct {
	newID func() app.ID
	today time.Time
	out   []records.Draft
}

// add gives the relation that leads to a new record.
func (p *practice) add(typ string, f fields) records.Value {
	d := records.Draft{Type: typ, ID: p.newID(), New: true, Fields: f}
	if phone := f["phone"].Text; typ == records.TypeContact {
		d.Phones = []string{app.Digits(phone)}
	}
	p.out = append(p.out, d)
	title := f["number"].Text
	if title == "" {
		title = f["name"].Text
	}
	return p.to(typ, d.ID, title)
}

func (p *practice) to(typ string, id app.ID, title string) records.Value {
	return records.Relation(records.Link{Ref: records.Ref{Type: typ, ID: strconv.FormatInt(id, 10)}, Title: title})
}

// day is so many days before today; negative: after.
func (p *practice) day(before int) records.Value { return records.Date(p.today.AddDate(0, 0, -before)) }

func (p *practice) at(before, hour, minute int) records.Value {
	return records.DateTime(p.today.AddDate(0, 0, -before).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute))
}

func (p *practice) evening(shop records.Value) records.Value {
	venue := p.add(records.TypeVenue, fields{
		"name": records.Text("Taller Lavapiés"), "address": records.Text("Calle de Argumosa 3"), "city": records.Text("Madrid"), "country": in("ES"),
		"map_link": records.Address("https://maps.example/?q=40.4089,-3.6985"),
	})
	return p.add(records.TypeEvent, fields{
		"name": records.Text("Lantern-making evening"), "organiser": shop, "venue": venue, "dates": p.day(-6), "start": p.at(-6, 18, 30), "end": p.at(-6, 21, 0),
		"seats": records.Number("24"), "link": records.Address(website + "events/lantern-evening"), "note": records.Text("Bring an apron"),
	})
}

func (p *practice) customer(i int, c Customer, shop, ana, event records.Value) {
	b := bought[i]
	who := p.to(records.TypeContact, c.ID, c.Name)
	if c.ID == 0 {
		who = p.add(records.TypeContact, fields{
			"name": records.Text(c.Name), "phone": records.Text(app.FormatPhone(c.Phone)), "city": records.Text(b.city), "country": in(b.country),
			"language": records.Text(b.language), "tags": records.Text(b.tags), "opt_out": records.Bool(false),
			"note": records.Text("A customer of the practice account"),
		})
	}
	total := newSum(b.items)
	link := func(kind, number string) records.Value { return records.Address(website + "my/" + kind + "/" + number) }
	order := p.add(records.TypeQuotation, fields{
		"number": records.Text(b.quotation), "customer": who, "company": shop, "salesperson": ana, "date": p.day(b.day), "valid_until": p.day(b.day - 30),
		"subtotal": euros(total), "tax": euros("0.00"), "total": euros(total), "currency": records.Text("EUR"), "state": records.Choice(b.state),
		"portal_link": link("orders", b.quotation),
	})
	p.lines(records.TypeQuotationLine, "quotation", order, b.items)
	if b.invoice != "" {
		number := "F2026-0" + b.quotation[3:]
		due := total
		if b.invoice == "paid" {
			due = "0.00"
		}
		late := b.day - 14
		if b.invoice == "overdue" {
			late = 1
		}
		inv := p.add(records.TypeInvoice, fields{
			"number": records.Text(number), "customer": who, "company": shop, "salesperson": ana, "order": order, "date": p.day(b.day - 1), "due_date": p.day(late),
			"subtotal": euros(total), "tax": euros("0.00"), "total": euros(total), "amount_due": euros(due), "currency": records.Text("EUR"),
			"state": records.Choice(b.invoice), "paid": records.Bool(b.invoice == "paid"), "portal_link": link("invoices", number), "reference": records.Text(number),
		})
		p.lines(records.TypeInvoiceLine, "invoice", inv, b.items)
	}
	if b.receipt {
		number := "R-" + strconv.Itoa(1040+i)
		r := p.add(records.TypeReceipt, fields{
			"number": records.Text(number), "customer": who, "company": shop, "cashier": ana, "date": p.at(b.day, 11, 20), "total": euros(total),
			"currency": records.Text("EUR"), "method": records.Choice("card"), "portal_link": link("receipts", number),
		})
		p.lines(records.TypeReceiptLine, "receipt", r, b.items)
	}
	if i%2 == 1 {
		p.add(records.TypeTicket, fields{
			"number": records.Text("T-" + strconv.Itoa(311+i)), "attendee": records.Text(c.Name), "phone": records.Text(app.FormatPhone(c.Phone)), "customer": who, "event": event,
			"kind": records.Text("Standard"), "seat": records.Text("B" + strconv.Itoa(i)), "price": euros("35.00"), "state": records.Choice("confirmed"),
			"code": records.Text("7GK2-" + strconv.Itoa(311+i)),
		})
	}
}

func (p *practice) lines(typ, whole string, to records.Value, items [][3]string) {
	for _, it := range items {
		p.add(typ, fields{
			whole: to, "product": records.Text(it[0]), "quantity": records.Number(it[1]), "unit": records.Text("pc."), "price": euros(it[2]),
			"total": euros(newSum([][3]string{it})),
		})
	}
}

// newSum adds up quantities times prices, in cents.
func newSum(items [][3]string) string {
	cents := 0
	for _, it := range items {
		n, _ := strconv.Atoi(it[1])
		c, _ := strconv.Atoi(strings.Replace(it[2], ".", "", 1))
		cents += n * c
	}
	s := strconv.Itoa(cents)
	return s[:len(s)-2] + "." + s[len(s)-2:]
}
