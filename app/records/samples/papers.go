package samples

import (
	"time"

	"shopbell/app/records"
)

// lines makes the lines of one paper, which belong to it and to nothing else.
func lines(typ, wholeField, wholeType, whole string, items [][4]string) (list []records.Record, links records.Value) {
	links = records.Relation()
	for i, it := range items {
		key := whole + "-" + string(rune('1'+i))
		list = append(list, example(typ, key, it[0], "", fields{
			wholeField: to(wholeType, whole, whole), "product": records.Text(it[0]), "quantity": records.Number(it[1]),
			"unit": records.Text("pc."), "price": euros(it[2]), "total": euros(it[3]), "discount": records.Number("0"),
			"description": records.Text(it[0]),
		}))
		links.Links = append(links.Links, records.Link{Ref: ref(typ, key), Title: it[0]})
	}
	return list, links
}

func quotations() []records.Record {
	quotation := func(number string, day int, who records.Value, net, tax, total, state string, items [][4]string) []records.Record {
		parts, links := lines(records.TypeQuotationLine, "quotation", records.TypeQuotation, number, items)
		return append([]records.Record{example(records.TypeQuotation, number, number, who.Links[0].Title, fields{
			"number": records.Text(number), "customer": who, "company": shop, "date": records.Date(on(time.November, day)),
			"valid_until": records.Date(on(time.December, day)), "subtotal": euros(net), "tax": euros(tax), "total": euros(total),
			"currency": records.Text("EUR"), "state": records.Choice(state), "portal_link": records.Address(website + "my/orders/" + number),
			"payment_link": records.Address(website + "pay/" + number), "reference": records.Text("PO-" + number[1:]), "salesperson": ana,
			"lines": links, "document": records.File(number + ".pdf"), "note": records.Text("Prices include delivery"),
		})}, parts...)
	}
	out := quotation("S00022", 18, mai, "29640.00", "0.00", "29640.00", "sent", [][4]string{
		{"Silk lantern, 40 cm", "120", "187.00", "22440.00"}, {"Oak stand", "60", "120.00", "7200.00"},
	})
	out = append(out, quotation("S00024", 19, huy, "4180.00", "0.00", "4180.00", "sent", [][4]string{{"Silk lantern, 30 cm", "38", "110.00", "4180.00"}})...)
	return append(out, quotation("S00025", 19, jose, "793.39", "166.61", "960.00", "order", [][4]string{{"Oak floor lamp", "4", "240.00", "960.00"}})...)
}

func invoices() []records.Record {
	invoice := func(number, order string, day int, who records.Value, net, tax, total string, paid bool, items [][4]string) []records.Record {
		parts, links := lines(records.TypeInvoiceLine, "invoice", records.TypeInvoice, number, items)
		due, state := total, "open"
		if paid {
			due, state = "0.00", "paid"
		}
		return append([]records.Record{example(records.TypeInvoice, number, number, who.Links[0].Title, fields{
			"number": records.Text(number), "customer": who, "company": shop, "date": records.Date(on(time.November, day)),
			"due_date": records.Date(on(time.December, day)), "subtotal": euros(net), "tax": euros(tax), "total": euros(total),
			"amount_due": euros(due), "currency": records.Text("EUR"), "state": records.Choice(state), "paid": records.Bool(paid),
			"portal_link": records.Address(website + "my/invoices/" + number), "payment_link": records.Address(website + "pay/" + number),
			"reference": records.Text(number), "order": to(records.TypeQuotation, order, order), "salesperson": ana, "lines": links,
			"document": records.File(number + ".pdf"),
		})}, parts...)
	}
	out := invoice("F2026-0118", "S00022", 20, mai, "29640.00", "0.00", "29640.00", false, [][4]string{
		{"Silk lantern, 40 cm", "120", "187.00", "22440.00"}, {"Oak stand", "60", "120.00", "7200.00"},
	})
	return append(out, invoice("F2026-0119", "S00025", 20, jose, "793.39", "166.61", "960.00", true, [][4]string{{"Oak floor lamp", "4", "240.00", "960.00"}})...)
}

func payments() []records.Record {
	payment := func(number, invoice, amount, method string, day int, who records.Value) records.Record {
		return example(records.TypePayment, number, number, who.Links[0].Title, fields{
			"number": records.Text(number), "customer": who, "company": shop, "amount": euros(amount), "currency": records.Text("EUR"),
			"date": records.Date(on(time.November, day)), "method": records.Choice(method), "reference": records.Text(invoice),
			"invoice": to(records.TypeInvoice, invoice, invoice), "document": records.File(number + ".pdf"),
		})
	}
	return []records.Record{
		payment("PAY-0071", "F2026-0118", "9880.00", "transfer", 21, mai), payment("PAY-0072", "F2026-0119", "960.00", "card", 21, jose),
	}
}

func deliveries() []records.Record {
	delivery := func(number, order, parcel, address, state string, day int, who records.Value) records.Record {
		return example(records.TypeDelivery, number, number, who.Links[0].Title, fields{
			"number": records.Text(number), "customer": who, "company": shop, "order": to(records.TypeQuotation, order, order),
			"carrier": records.Text("Correo Azul"), "tracking_number": records.Text(parcel),
			"tracking_link": records.Address("https://correo-azul.example/track/" + parcel), "date": records.Date(on(time.November, day)),
			"shipped_at": records.DateTime(at(day-3, 11, 20)), "address": records.Text(address), "state": records.Choice(state),
			"document": records.File(number + ".pdf"),
		})
	}
	return []records.Record{
		delivery("OUT-0034", "S00022", "CA904417ES", "12 Bạch Đằng, Đà Nẵng", "on_its_way", 27, mai),
		delivery("OUT-0035", "S00025", "CA904418ES", "Calle del Olmo 4, Madrid", "delivered", 24, jose),
	}
}

func receipts() []records.Record {
	receipt := func(number, total, tax, method string, moment time.Time, who records.Value, items [][4]string) []records.Record {
		parts, links := lines(records.TypeReceiptLine, "receipt", records.TypeReceipt, number, items)
		return append([]records.Record{example(records.TypeReceipt, number, number, who.Links[0].Title, fields{
			"number": records.Text(number), "customer": who, "company": shop, "date": records.DateTime(moment), "total": euros(total),
			"tax": euros(tax), "currency": records.Text("EUR"), "method": records.Choice(method), "cashier": ana, "lines": links,
			"portal_link": records.Address(website + "receipts/" + number), "picture": records.File(number + ".png"),
			"document": records.File(number + ".pdf"),
		})}, parts...)
	}
	out := receipt("R-1042", "86.00", "14.93", "card", at(21, 17, 42), jose, [][4]string{
		{"Paper lantern", "2", "28.00", "56.00"}, {"Candle, beeswax", "3", "10.00", "30.00"},
	})
	return append(out, receipt("R-1043", "28.00", "4.86", "cash", at(21, 18, 5), mai, [][4]string{{"Paper lantern", "1", "28.00", "28.00"}})...)
}
