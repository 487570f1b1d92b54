package templates

import (
	"errors"
	"fmt"
	"time"

	"shopbell/app"
	"shopbell/meta"
	"shopbell/meta/template"
)

// Collision is a Save of a template that somebody else changed meanwhile. Nothing was written; both are in it.
type Collision struct { //nolint:errname // it carries two templates and is read as what it is
	Mine   app.Template // as it was to be saved
	Theirs app.Template // as it is kept
}

func (c *Collision) Error() string { return c.told().Error() }

// Unwrap makes errors.Is(err, app.ErrConflict) true.
func (c *Collision) Unwrap() error { return c.told() }

func (c *Collision) told() *app.Error {
	return &app.Error{
		Code: app.CodeConflict, Message: "Somebody else changed this template meanwhile.",
		Mend: "Compare both versions and keep the one that is right.",
	}
}

// Refused is a Submit that was not made because Meta would refuse the document.
type Refused struct { //nolint:errname // as Collision
	Findings []template.Finding
}

func (r *Refused) Error() string { return r.told().Error() }

// Unwrap gives the app.Error.
func (r *Refused) Unwrap() error { return r.told() }

func (r *Refused) told() *app.Error {
	e := &app.Error{Code: app.CodeInvalid, Message: "Meta would refuse this template.", Mend: "Mend what the findings say, then submit it again."}
	if n := len(r.Findings); n == 1 {
		e.Message = "Meta would refuse this template: " + r.Findings[0].Message
	} else if n > 1 {
		e.Message = fmt.Sprintf("Meta would refuse this template for %d reasons. The first: %s", n, r.Findings[0].Message)
	}
	return e
}

// TooSoon is a Submit of an approved template that Meta's limits do not allow yet.
type TooSoon struct { //nolint:errname // as Collision
	Until time.Time // from when on it may be submitted
	Why   string
}

func (t *TooSoon) Error() string { return t.told().Error() }

// Unwrap gives the app.Error.
func (t *TooSoon) Unwrap() error { return t.told() }

func (t *TooSoon) told() *app.Error {
	return &app.Error{Code: app.CodeUnavailable, Message: t.Why, Mend: "Submit it after " + t.Until.Format("2 January 15:04") + ". Your changes are kept."}
}

// refusedByMeta puts Meta's no into words.
func refusedByMeta(err error, what string) error {
	var told *app.Error
	if err == nil || errors.As(err, &told) {
		return err
	}
	info := meta.ExplainError(err)
	e := &app.Error{Code: app.CodeMeta, Cause: err, Message: what + " " + info.Plain, Mend: info.Mend}
	var graph *meta.Error
	if errors.As(err, &graph) {
		if graph.UserMsg != "" {
			e.Message += " Meta says: " + graph.UserMsg
		}
		if advice, ok := rights[graph.Code]; ok && graph.Subcode == 0 {
			e.Message, e.Mend = what+" "+advice.Plain, advice.Mend
		}
	}
	var lost *meta.TransportError
	if errors.As(err, &lost) {
		e.Code = app.CodeUnavailable
	}
	return e
}

// rights says what helps when Meta does not let the token manage templates.
var rights = map[int]app.Advice{
	10: {
		Plain: "The access token may not manage templates.",
		Mend:  "Make a token for the system user with whatsapp_business_management and whatsapp_business_messaging, and paste it into the account.",
	},
	200: {
		Plain: "The access token may not manage templates of this business account.",
		Mend:  "In Business settings give the system user full control of the WhatsApp account and of the app, then make a new token.",
	},
	100: {
		Plain: "Meta does not take the request. This happens when the system user is an Employee, or when an id is wrong.",
		Mend:  "In Business settings make the system user an Admin and make a new token; compare the account's ids with WhatsApp › API Setup.",
	},
	190: {
		Plain: "The access token is not valid any more. The temporary token of API Setup lasts one day.",
		Mend:  "Make a token that does not expire for a system user in Business settings, and paste it into the account.",
	},
}

// lost tells whether a request may have been carried out although no usable answer came.
func lost(err error) bool { return err != nil && meta.Classify(err) == meta.ClassAmbiguous }

func adminsOnly(who app.Staff) error {
	if who.Role == app.RoleAdmin {
		return nil
	}
	return &app.Error{Code: app.CodeForbidden, Message: "Only an admin may change templates.", Mend: "Ask an admin of the desk to do it."}
}

func invalid(message, mend string) error {
	return &app.Error{Code: app.CodeInvalid, Message: message, Mend: mend}
}
