package sandbox

import (
	"fmt"
	"net/http"
)

// The refusals of template edges. Each carries the name of the rule that was broken, which the answer shows in a header
// (X-Sandbox-Rule) for people who look for it; Meta has no such thing.

// ruled names the rule of a refusal.
func ruled(rule string, e *graphErr) *graphErr {
	e.rule = rule
	return e
}

// refused is a management refusal by a rule.
func refused(rule string, subcode int, title, format string, args ...any) *graphErr {
	return ruled(rule, manage(subcode, title, fmt.Sprintf(format, args...)))
}

// wrongParam is a refusal without a subcode: "(#100) …".
func wrongParam(rule, format string, args ...any) *graphErr {
	return ruled(rule, param100(format, args...))
}

func tooLong(what string, most int) *graphErr {
	return refused("too_long", 2388040, "Character Limit Exceeded", "The %s has more than the %d characters that it may have.", what, most)
}

// lacking is what Meta answers about a component without something that it needs, above all its example.
func lacking(rule, component, field string) *graphErr {
	return refused(rule, 2388043, `Message template "components" param is missing expected field(s)`,
		"component of type %s is missing expected field(s) (%s)", component, field)
}

func badExample(component, format string, args ...any) *graphErr {
	return refused("example_missing", 2388043, `Message template "components" param is missing expected field(s)`,
		"component of type %s: %s", component, fmt.Sprintf(format, args...))
}

func badHeader(rule, format string, args ...any) *graphErr {
	return refused(rule, 2388047, "Message Header format is incorrect", format, args...)
}

func badBody(rule, format string, args ...any) *graphErr {
	return refused(rule, 2388072, "Message Body format is incorrect", format, args...)
}

func badFooter(rule, text string) *graphErr {
	return refused(rule, 2388073, "Message Footer format is incorrect", "%s", text)
}

func badButton(rule string, i int, format string, args ...any) *graphErr {
	return wrongParam(rule, "Param components['buttons'][%d]: %s", i, fmt.Sprintf(format, args...))
}

// badState is an edit or a delete that the template's status does not allow.
func badState(title, format string, args ...any) *graphErr {
	return refused("state", 2388039, title, format, args...)
}

func noTemplate(what string) *graphErr {
	e := refused("unknown_template", 2593002, "Message Template Not Found", "No template of this account has this %s.", what)
	e.http = http.StatusBadRequest
	return e
}
