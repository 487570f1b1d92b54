package records

// The names of the built-in types. They are kept with templates and records, so they never change.
const (
	TypeContact       = "contact"
	TypeCompany       = "company"
	TypeQuotation     = "quotation"
	TypeQuotationLine = "quotation_line"
	TypeInvoice       = "invoice"
	TypeInvoiceLine   = "invoice_line"
	TypePayment       = "payment"
	TypeDelivery      = "delivery"
	TypeReceipt       = "receipt"
	TypeReceiptLine   = "receipt_line"
	TypeEvent         = "event"
	TypeTicket        = "ticket"
	TypeVenue         = "venue"
	TypeCountry       = "country"
	TypeStaff         = "staff"
)

// Builtin gives the record types a shop has from the first day, and how they are related.
func Builtin() Catalog {
	c, err := NewCatalog(append(people(), append(papers(), append(occasions(), parts()...)...)...))
	if err != nil {
		panic(err) // the tables of this package are wrong, which its tests show
	}
	return c
}

func people() []Type {
	return []Type{
		{
			Name: TypeContact, Label: "Contact", Plural: "Contacts", Title: "name", Detail: "phone", Phone: "phone",
			Fields: []Field{
				text("name", "Name"), phone("Phone"), text("username", "Username"), text("user_id", "WhatsApp user ID"),
				text("email", "Email"), one("company", "Company", TypeCompany), text("address", "Address"), text("city", "City"),
				one("country", "Country", TypeCountry), text("language", "Language"), text("tags", "Tags"), yesNo("opt_out", "Wants no marketing"),
				date("birthday", "Birthday"), text("reference", "Reference"), text("note", "Note"),
			},
		},
		{
			Name: TypeCompany, Label: "Company", Plural: "Companies", Title: "name", Detail: "city", Phone: "phone",
			Fields: []Field{
				text("name", "Name"), phone("Phone"), text("email", "Email"), link("website", "Website"), text("address", "Address"),
				text("city", "City"), one("country", "Country", TypeCountry), text("tax_id", "Tax number"), one("contact", "Contact", TypeContact),
			},
		},
	}
}

func papers() []Type {
	return []Type{
		{
			Name: TypeQuotation, Label: "Quotation", Plural: "Quotations", Title: "number", Detail: "customer",
			Phone: "customer.phone", Link: "portal_link",
			Fields: []Field{
				text("number", "Number"), one("customer", "Customer", TypeContact), one("company", "Our company", TypeCompany), date("date", "Date"),
				date("valid_until", "Valid until"), amount("subtotal", "Total before tax"), amount("tax", "Tax"), amount("total", "Total"),
				text("currency", "Currency"), choice("state", "State", quotationStates), link("portal_link", "Link for the customer"),
				link("payment_link", "Payment link"), text("reference", "Customer’s reference"), one("salesperson", "Salesperson", TypeStaff),
				many("lines", "Lines", TypeQuotationLine), file("document", "Document"), text("note", "Note"),
			},
		},
		{
			Name: TypeInvoice, Label: "Invoice", Plural: "Invoices", Title: "number", Detail: "customer",
			Phone: "customer.phone", Link: "portal_link",
			Fields: []Field{
				text("number", "Number"), one("customer", "Customer", TypeContact), one("company", "Our company", TypeCompany), date("date", "Date"),
				date("due_date", "Due date"), amount("subtotal", "Total before tax"), amount("tax", "Tax"), amount("total", "Total"),
				amount("amount_due", "Amount due"), text("currency", "Currency"), choice("state", "State", invoiceStates), yesNo("paid", "Paid"),
				link("portal_link", "Link for the customer"), link("payment_link", "Payment link"), text("reference", "Payment reference"),
				one("order", "Order", TypeQuotation), one("salesperson", "Salesperson", TypeStaff), many("lines", "Lines", TypeInvoiceLine),
				file("document", "Document"),
			},
		},
		{
			Name: TypePayment, Label: "Payment", Plural: "Payments", Title: "number", Detail: "customer", Phone: "customer.phone",
			Fields: []Field{
				text("number", "Number"), one("customer", "Customer", TypeContact), one("company", "Our company", TypeCompany),
				amount("amount", "Amount"), text("currency", "Currency"), date("date", "Date"), choice("method", "Paid by", paymentMethods),
				text("reference", "Reference"), one("invoice", "Invoice", TypeInvoice), file("document", "Document"),
			},
		},
		{
			Name: TypeDelivery, Label: "Delivery", Plural: "Deliveries", Title: "number", Detail: "customer",
			Phone: "customer.phone", Link: "tracking_link",
			Fields: []Field{
				text("number", "Number"), one("customer", "Customer", TypeContact), one("company", "Our company", TypeCompany),
				one("order", "Order", TypeQuotation), text("carrier", "Carrier"), text("tracking_number", "Tracking number"),
				link("tracking_link", "Tracking link"), date("date", "Expected on"), dateTime("shipped_at", "Sent at"),
				text("address", "Address"), choice("state", "State", deliveryStates), file("document", "Document"),
			},
		},
		{
			Name: TypeReceipt, Label: "Receipt", Plural: "Receipts", Title: "number", Detail: "customer",
			Phone: "customer.phone", Link: "portal_link",
			Fields: []Field{
				text("number", "Number"), one("customer", "Customer", TypeContact), one("company", "Our company", TypeCompany),
				dateTime("date", "Date"), amount("total", "Total"), amount("tax", "Tax"), text("currency", "Currency"),
				choice("method", "Paid by", paymentMethods), one("cashier", "Cashier", TypeStaff), link("portal_link", "Link for the customer"),
				many("lines", "Lines", TypeReceiptLine), file("picture", "Receipt as a picture"), file("document", "Document"),
			},
		},
	}
}

func occasions() []Type {
	return []Type{
		{
			Name: TypeEvent, Label: "Event", Plural: "Events", Title: "name", Detail: "venue", Phone: "responsible.phone", Link: "link",
			Fields: []Field{
				text("name", "Name"), one("organiser", "Organiser", TypeCompany), one("responsible", "Person in charge", TypeStaff),
				date("dates", "Dates"), dateTime("start", "Starts at"), dateTime("end", "Ends at"), timeOfDay("doors", "Doors open at"),
				one("venue", "Venue", TypeVenue), link("link", "Web page"), number("seats", "Seats"), text("note", "Note"),
			},
		},
		{
			Name: TypeTicket, Label: "Ticket", Plural: "Tickets", Title: "number", Detail: "attendee", Phone: "phone", Link: "link",
			Fields: []Field{
				text("number", "Number"), text("attendee", "Attendee"), phone("Attendee’s phone"), text("email", "Attendee’s email"),
				one("customer", "Customer", TypeContact), one("event", "Event", TypeEvent), text("kind", "Kind of ticket"), text("seat", "Seat"),
				amount("price", "Price"), choice("state", "State", ticketStates), text("code", "Code at the door"), link("link", "Web page"),
				file("document", "Document"),
			},
		},
		{
			Name: TypeVenue, Label: "Venue", Plural: "Venues", Title: "name", Detail: "city", Phone: "phone",
			Fields: []Field{
				text("name", "Name"), text("address", "Address"), text("city", "City"), one("country", "Country", TypeCountry),
				number("latitude", "Latitude"), number("longitude", "Longitude"), phone("Phone"), link("map_link", "Link to a map"),
			},
		},
	}
}

func parts() []Type {
	line := func(name, label, whole, wholeLabel, wholeType string) Type {
		return Type{
			Name: name, Label: label, Plural: label + "s", Title: "product", Part: true, Fields: []Field{
				one(whole, wholeLabel, wholeType), text("product", "Product"), text("description", "Description"), number("quantity", "Quantity"),
				text("unit", "Unit"), amount("price", "Price"), number("discount", "Discount in %"), amount("total", "Total"),
			},
		}
	}
	return []Type{
		line(TypeQuotationLine, "Quotation line", "quotation", "Quotation", TypeQuotation),
		line(TypeInvoiceLine, "Invoice line", "invoice", "Invoice", TypeInvoice),
		line(TypeReceiptLine, "Receipt line", "receipt", "Receipt", TypeReceipt),
		{
			Name: TypeCountry, Label: "Country", Plural: "Countries", Title: "name", Detail: "code", Part: true,
			Fields: []Field{{Name: "name", Label: "Name", Kind: KindText, Relation: TypeCountry}, text("code", "Code")},
		},
		{
			Name: TypeStaff, Label: "Colleague", Plural: "Colleagues", Title: "name", Part: true,
			Fields: []Field{text("name", "Name"), phone("Phone"), text("email", "Email")},
		},
	}
}

func text(name, label string) Field { return Field{Name: name, Label: label, Kind: KindText} }
func phone(label string) Field {
	return Field{Name: "phone", Label: label, Kind: KindText, Phone: true}
}

func number(name, label string) Field { return Field{Name: name, Label: label, Kind: KindNumber} }

func amount(name, label string) Field    { return Field{Name: name, Label: label, Kind: KindAmount} }
func date(name, label string) Field      { return Field{Name: name, Label: label, Kind: KindDate} }
func timeOfDay(name, label string) Field { return Field{Name: name, Label: label, Kind: KindTime} }
func dateTime(name, label string) Field  { return Field{Name: name, Label: label, Kind: KindDateTime} }
func yesNo(name, label string) Field     { return Field{Name: name, Label: label, Kind: KindBool} }
func link(name, label string) Field      { return Field{Name: name, Label: label, Kind: KindLink} }
func file(name, label string) Field      { return Field{Name: name, Label: label, Kind: KindFile} }

func choice(name, label string, options []Option) Field {
	return Field{Name: name, Label: label, Kind: KindChoice, Choices: options}
}

func one(name, label, to string) Field {
	return Field{Name: name, Label: label, Kind: KindRelation, Relation: to}
}

func many(name, label, to string) Field {
	return Field{Name: name, Label: label, Kind: KindRelation, Relation: to, Many: true}
}
