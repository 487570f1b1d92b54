package templates

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
)

// needsHand tells whether a status waits for the shop to do something.
func needsHand(s app.TemplateStatus) bool {
	switch s {
	case app.TemplateRejected, app.TemplatePaused, app.TemplateDisabled, app.TemplateFlagged, app.TemplateLimitExceeded, app.TemplateGone, app.TemplateLocked, app.TemplateArchived:
		return true
	}
	return false
}

// statusRank sorts the list by status: what waits for the shop first, then drafts, then what waits for Meta.
func statusRank(s app.TemplateStatus) int {
	switch {
	case s == app.TemplateRejected:
		return 0
	case needsHand(s):
		return 1
	case s == app.TemplateDraft:
		return 2
	case s == app.TemplatePending, s == app.TemplateInAppeal:
		return 3
	case s == app.TemplateApproved:
		return 4
	}
	return 5
}

// chipStatus is what the chip of a row says: what stands above the status first.
func (r row) chipStatus() string {
	switch {
	case r.conflict:
		return "CONFLICT"
	case r.archived:
		return "ARCHIVED"
	}
	return string(r.status)
}

// categoryName is a category as a person reads it.
func categoryName(c template.Category) string {
	switch c {
	case template.Marketing:
		return lang.X("category.marketing", "Marketing")
	case template.Utility:
		return lang.X("category.utility", "Utility")
	case template.Authentication:
		return lang.X("category.authentication", "Authentication")
	case "":
		return ""
	}
	s := strings.ToLower(strings.ReplaceAll(string(c), "_", " "))
	return strings.ToUpper(s[:1]) + s[1:]
}

// categoryMeans says what a category is for.
func categoryMeans(c template.Category) string {
	switch c {
	case template.Marketing:
		return lang.X("category.marketing_means", "offers, news, anything that sells")
	case template.Utility:
		return lang.X("category.utility_means", "an order, a payment, an appointment")
	case template.Authentication:
		return lang.X("category.authentication_means", "a code to sign in")
	}
	return ""
}
