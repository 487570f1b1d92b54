package app

import "strings"

// TemplateStatus is where a template stands with Meta, as Meta's word in small letters; words that we do not know are kept.
type TemplateStatus string

// The statuses of a template (Meta: message template, status; message_template_status_update, event).
const (
	TemplateDraft           TemplateStatus = "draft" // ours alone
	TemplateGone            TemplateStatus = "gone"  // ours alone: Meta does not have it any more
	TemplatePending         TemplateStatus = "pending"
	TemplateInAppeal        TemplateStatus = "in_appeal"
	TemplateApproved        TemplateStatus = "approved"
	TemplateFlagged         TemplateStatus = "flagged" // approved, but to be disabled
	TemplateRejected        TemplateStatus = "rejected"
	TemplatePaused          TemplateStatus = "paused"
	TemplateDisabled        TemplateStatus = "disabled"
	TemplatePendingDeletion TemplateStatus = "pending_deletion"
	TemplateDeleted         TemplateStatus = "deleted"
	TemplateLimitExceeded   TemplateStatus = "limit_exceeded"
	TemplateArchived        TemplateStatus = "archived" // by Meta, after a year without use
	TemplateLocked          TemplateStatus = "locked"
)

// ParseTemplateStatus reads Meta's word, of a status or of an event: those that only tell of a way back mean approved.
func ParseTemplateStatus(s string) TemplateStatus {
	switch st := TemplateStatus(strings.ToLower(strings.TrimSpace(s))); st {
	case "reinstated", "unarchived", "unpaused":
		return TemplateApproved
	default:
		return st
	}
}

// Sendable tells whether Meta takes messages made from a template of this status.
func (s TemplateStatus) Sendable() bool { return s == TemplateApproved || s == TemplateFlagged }

// Waiting tells whether Meta will change the status by itself, so that it is worth asking now and then.
func (s TemplateStatus) Waiting() bool {
	switch s {
	case TemplatePending, TemplateInAppeal, TemplatePaused, TemplatePendingDeletion, TemplateFlagged, TemplateLocked:
		return true
	}
	return false
}

// Rank orders the statuses by how far in a template's life they come, to settle which of two that were told in the same second is the newer.
func (s TemplateStatus) Rank() int {
	switch s {
	case "":
		return 0
	case TemplateDraft:
		return 1
	case TemplatePending:
		return 2
	case TemplateInAppeal, TemplateLimitExceeded:
		return 3
	case TemplateApproved:
		return 4
	case TemplateRejected:
		return 5
	case TemplateFlagged, TemplateLocked:
		return 6
	case TemplatePaused:
		return 7
	case TemplateDisabled:
		return 8
	case TemplateArchived, TemplatePendingDeletion:
		return 9
	case TemplateDeleted:
		return 10
	}
	return 3
}

// ShownStatus is what a person is shown of a template.
func ShownStatus(draft, gone bool, atMeta TemplateStatus) TemplateStatus {
	switch {
	case draft || atMeta == "":
		return TemplateDraft
	case gone:
		return TemplateGone
	}
	return atMeta
}

// Advice says in plain words what something means and what to do about it.
type Advice struct {
	Title string // a few words
	Plain string // what it means, one sentence
	Mend  string // what to do; "" when there is nothing
}

// Explain says what a status means and what to do.
func (s TemplateStatus) Explain() Advice {
	if a, ok := statusAdvice[s]; ok {
		return a
	}
	return Advice{
		Title: strings.ToUpper(string(s[:min(len(s), 1)])) + strings.ReplaceAll(string(s[min(len(s), 1):]), "_", " "),
		Plain: "Meta gave the template a status that this version does not know.",
		Mend:  "Look at the template in WhatsApp Manager. It can't be sent until it is approved.",
	}
}

var statusAdvice = map[TemplateStatus]Advice{
	TemplateDraft:           {"Draft", "Only you can see it; Meta does not know of it yet, or not of your changes.", "Submit it for approval when it is ready."},
	TemplateGone:            {"No longer at Meta", "Somebody deleted it in WhatsApp Manager, so it can't be sent.", "Submit it again, under another name if it was deleted less than 30 days ago, or archive it."},
	TemplatePending:         {"In review", "Meta is looking at it. This takes minutes as a rule and 24 hours at most.", "Nothing to do: the answer shows here by itself."},
	TemplateInAppeal:        {"In appeal", "Meta is looking at its decision again because you appealed.", "Nothing to do: the answer shows here by itself."},
	TemplateApproved:        {"Approved", "It can be sent.", ""},
	TemplateFlagged:         {"About to be disabled", "It can still be sent, but customers block or report it and Meta plans to turn it off.", "Improve its text and submit it again, and send it only to customers who expect it."},
	TemplateRejected:        {"Rejected", "Meta refused it, so it can't be sent.", "Read the reason, correct the template and submit it again."},
	TemplatePaused:          {"Paused", "Customers did not like it, so Meta holds it back: 3 hours the first time, 6 hours the second. The third time it is disabled.", "Wait until it is active again, or improve its text and submit it again. Stop sending it to people who do not expect it."},
	TemplateDisabled:        {"Disabled", "Meta turned it off for good because of its quality. It can be neither sent nor edited nor deleted.", "Make a copy with another name and a better text, or appeal in WhatsApp Manager."},
	TemplatePendingDeletion: {"Being deleted", "It is deleted at Meta once the messages under way are delivered, within 30 days.", "Nothing to do. Its name and language are free again 30 days later."},
	TemplateDeleted:         {"Deleted at Meta", "It can't be sent any more.", "Archive it, or make a copy with another name."},
	TemplateLimitExceeded:   {"Too many templates", "The account has as many templates as it may.", "Delete templates that nobody uses, or verify the business: then it may have 6,000."},
	TemplateArchived:        {"Archived by Meta", "It was not sent for a year. Meta deletes it 28 days after that.", "Unarchive it in WhatsApp Manager if you need it."},
	TemplateLocked:          {"Locked", "Meta does not let it be sent or changed for the moment.", "Look at the template in WhatsApp Manager."},
}

// ExplainRejection says in plain words why Meta rejected a template (Meta: message template, rejected_reason).
func ExplainRejection(reason string) Advice {
	if a, ok := rejections[strings.ToUpper(strings.TrimSpace(reason))]; ok {
		return a
	}
	if reason == "" || strings.EqualFold(reason, "NONE") {
		return Advice{"No reason given", "Meta rejected it without saying why.", "Check the text for promotion in a utility template, for broken variables and for anything that Meta's policies forbid, then submit it again."}
	}
	return Advice{"Rejected: " + reason, "Meta gave a reason that this version does not know: " + reason + ".", "Look at the template in WhatsApp Manager, correct it and submit it again."}
}

var rejections = map[string]Advice{
	"ABUSIVE_CONTENT":        {"Content not allowed", "Meta finds the text threatening, insulting or against its policies.", "Write it in a neutral tone and leave out what could offend or frighten, then submit it again."},
	"INCORRECT_CATEGORY":     {"Wrong category", "The text belongs to another category than the one you chose.", "Choose the category that fits: promotion is marketing, news of an order or appointment is utility. Then submit it again."},
	"INVALID_FORMAT":         {"Wrong form", "Something in its form is not allowed: variables that stand at an edge or next to each other, broken braces, gaps in their numbers, or samples that do not fit.", "Mend what the findings name, give every variable a true-to-life sample, then submit it again."},
	"PROMOTIONAL":            {"Promotion in a utility template", "The text sells something, which a utility template must not.", "Take the offer out, or choose the marketing category, then submit it again."},
	"SCAM":                   {"Looks like a scam", "Meta takes the text for an attempt to deceive: it asks for sensitive data, promises too much, or its link looks odd.", "Say plainly who you are and why you write, link to your own site with the full address, then submit it again."},
	"TAG_CONTENT_MISMATCH":   {"Language or category does not fit", "The text is not in the chosen language, or does not fit the chosen category.", "Choose the language in which it is written and the category that fits, then submit it again."},
	"CATEGORY_NOT_AVAILABLE": {"Category not available", "This account may not use the category.", "Choose another category, or look in WhatsApp Manager why it is closed to you."},
}
