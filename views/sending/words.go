package sending

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/records"
	service "shopbell/app/sending"
	"shopbell/meta/template"
)

// pluralWords names several records in the middle of a sentence.
func pluralWords(t records.Type) string {
	switch t.Name {
	case records.TypeContact:
		return lang.X("sending.contacts", "contacts")
	case records.TypeCompany:
		return lang.X("sending.companies", "companies")
	case records.TypeQuotation:
		return lang.X("sending.quotations", "quotations")
	case records.TypeInvoice:
		return lang.X("sending.invoices", "invoices")
	case records.TypePayment:
		return lang.X("sending.payments", "payments")
	case records.TypeDelivery:
		return lang.X("sending.deliveries", "deliveries")
	case records.TypeReceipt:
		return lang.X("sending.receipts", "receipts")
	case records.TypeEvent:
		return lang.X("sending.events", "events")
	case records.TypeTicket:
		return lang.X("sending.tickets", "tickets")
	}
	return t.Plural
}

// categoryWords names a category.
func categoryWords(c template.Category) string {
	switch c {
	case template.Marketing:
		return lang.X("sending.marketing", "Marketing")
	case template.Utility:
		return lang.X("sending.utility", "Utility")
	case template.Authentication:
		return lang.X("sending.authentication", "Authentication")
	}
	return string(c)
}

// reasonWords says what n records have in common that keeps them from being sent. The count stands before it.
func reasonWords(r service.Reason, n int) string {
	one := n == 1
	pick := func(single, several string) string {
		if one {
			return single
		}
		return several
	}
	switch r {
	case service.NoNumber:
		return pick(lang.X("sending.no_number_1", "has no phone number"), lang.X("sending.no_number", "have no phone number"))
	case service.BadNumber:
		return pick(lang.X("sending.bad_number_1", "number is not complete"), lang.X("sending.bad_number", "numbers are not complete"))
	case service.OptedOut:
		return lang.X("sending.opted_out", "asked not to get messages")
	case service.Twice:
		return pick(lang.X("sending.twice_1", "is the same person twice"), lang.X("sending.twice", "are the same people twice"))
	case service.Empty:
		return pick(lang.X("sending.empty_1", "has nothing for a variable"), lang.X("sending.empty", "have nothing for a variable"))
	case service.BadValue:
		return pick(lang.X("sending.bad_value_1", "holds a text that WhatsApp refuses"), lang.X("sending.bad_value", "hold texts that WhatsApp refuses"))
	case service.NoFile:
		return pick(lang.X("sending.no_file_1", "has no file for the header"), lang.X("sending.no_file", "have no file for the header"))
	case service.NeedsPhone:
		return pick(lang.X("sending.needs_phone_1", "hides its number, which codes need"), lang.X("sending.needs_phone", "hide their number, which codes need"))
	case service.Capped:
		return pick(lang.X("sending.capped_1", "got enough marketing for now"), lang.X("sending.capped", "got enough marketing for now"))
	case service.Recent:
		return lang.X("sending.recent", "got this template lately")
	case service.Example:
		return pick(lang.X("sending.example_1", "is only an example"), lang.X("sending.example", "are only examples"))
	case service.NoRecord:
		return pick(lang.X("sending.no_record_1", "does not exist any more"), lang.X("sending.no_record", "do not exist any more"))
	case service.NotApproved:
		return lang.X("sending.not_approved", "can’t go: the template is not approved")
	case service.Paused:
		return lang.X("sending.paused", "can’t go: Meta paused the template")
	case service.NotAllowed:
		return lang.X("sending.not_allowed", "can’t go: the template is for other people")
	case service.WrongType:
		return lang.X("sending.wrong_type", "can’t go: the template is for other records")
	}
	return strings.ReplaceAll(string(r), "_", " ")
}

// refusal says what Meta would refuse in a text that was written here.
func refusal(err error) string {
	var e *template.ValueError
	if !errors.As(err, &e) {
		return err.Error()
	}
	switch e.Reason {
	case template.Empty:
		return lang.X("sending.blank", "Blanks alone are no text")
	case template.LineBreak:
		return lang.X("sending.line_break", "WhatsApp refuses line breaks here (132018): write one line")
	case template.Tab:
		return lang.X("sending.tab", "WhatsApp refuses tabs here (132018): use a blank")
	case template.ManyBlanks:
		return lang.X("sending.blanks", "WhatsApp refuses more than four blanks in a row (132018)")
	}
	return lang.X("sending.refused", "WhatsApp would refuse this text")
}
