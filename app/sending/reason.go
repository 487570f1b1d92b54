package sending

import (
	"errors"
	"fmt"

	"shopbell/app/records"
	"shopbell/meta/template"
)

// Reason is why a row will not be sent. Reasons are stable: they stand in reports and exports.
type Reason string

// The reasons.
const (
	NoNumber    Reason = "no_number"
	BadNumber   Reason = "bad_number"
	OptedOut    Reason = "opted_out"
	Twice       Reason = "same_number_twice"
	Empty       Reason = "empty_variable"
	BadValue    Reason = "bad_value" // Meta would refuse it (132018)
	NoFile      Reason = "no_file"
	NeedsPhone  Reason = "needs_phone" // codes do not go to people whose number is hidden (131062)
	Capped      Reason = "category_capped"
	Recent      Reason = "got_it_recently" // within Job.SkipDays
	Example     Reason = "example_record"
	NoRecord    Reason = "no_record"
	NotApproved Reason = "template_not_approved"
	Paused      Reason = "template_paused"
	NotAllowed  Reason = "template_not_allowed"
	WrongType   Reason = "wrong_record_type"
)

// Reasons lists all reasons, those that a person can mend at the record first.
func Reasons() []Reason {
	return []Reason{
		NoNumber, BadNumber, Empty, BadValue, NoFile, NeedsPhone, OptedOut, Capped, Recent, Twice, Example, NoRecord, NotApproved, Paused, NotAllowed, WrongType,
	}
}

// Problem is a reason in plain words, and its mend.
type Problem struct {
	Reason Reason
	Plain  string
	Mend   string
}

var missingWords = map[records.Why][2]string{
	records.WhyEmpty:    {"The record has nothing to put there.", "Fill the field in on the record, or bind the variable to another field."},
	records.WhyUnasked:  {"Nobody wrote its text.", "Write it in the composer."},
	records.WhyNoSender: {"The sender has no name or phone number at this desk.", "Add it in Settings, or write the text for this sending."},
	records.WhyNoPage:   {"The record has no page for the customer.", "Add the link to the record, or bind the variable to another field."},
	records.WhyNoField:  {"It is bound to a field that does not exist.", "Pick a field in the template's Variables."},
	records.WhyUnfit:    {"The address on the record does not begin as the button's does.", "Correct the link on the record."},
	records.WhyNoRecord: {"There is no record to take it from.", "Choose a record, or write the text for this sending."},
}

func emptyProblem(m records.Missing) *Problem {
	w, ok := missingWords[m.Why]
	if !ok {
		w = missingWords[records.WhyEmpty]
	}
	return &Problem{Empty, slotWords(m.Slot) + " would be empty. " + w[0], w[1]}
}

// valueProblem puts what SendComponents refuses into words.
func valueProblem(err error) *Problem {
	var e *template.ValueError
	if !errors.As(err, &e) {
		return &Problem{BadValue, "The message can't be made: " + err.Error(), "Look at the template."}
	}
	where := slotWords(e.Slot)
	switch e.Reason {
	case template.Empty:
		return &Problem{Empty, where + " would be empty.", missingWords[records.WhyEmpty][1]}
	case template.NoFile:
		return &Problem{NoFile, "The header has no file.", "Attach one to the template, or choose one for this sending."}
	case template.LineBreak, template.Tab, template.ManyBlanks:
		return &Problem{BadValue, fmt.Sprintf("%s has a %s, which WhatsApp refuses (132018).", where, blankWords[e.Reason]), "Write it on one line with single blanks."}
	case template.TooLong:
		return &Problem{BadValue, fmt.Sprintf("%s is longer than %d characters.", where, e.Limit), "Shorten it."}
	case template.NotANumber:
		return &Problem{BadValue, where + " is not a number that fits there.", "Correct it on the record."}
	}
	return &Problem{BadValue, where + " can't be sent: " + string(e.Reason) + ".", "Correct it on the record."}
}

var blankWords = map[template.ValueReason]string{
	template.LineBreak: "line break", template.Tab: "tab", template.ManyBlanks: "gap of more than four blanks",
}

func slotWords(s template.Slot) string {
	part := map[template.Part]string{
		template.PartHeader: "header", template.PartBody: "text", template.PartOffer: "offer", template.PartCardHeader: "card's header",
		template.PartCardBody: "card's text", template.PartButton: "button", template.PartCardButton: "card's button",
	}[s.Part]
	if s.Name == "" {
		return "A part of the " + part
	}
	return fmt.Sprintf("“%s” in the %s", s.Name, part)
}
