package sandbox

import (
	"strings"
)

// draft is a template's content on its way through the rules for components (Meta: Templates, components).
type draft struct {
	category string
	named    bool
	offer    bool // has a limited-time offer
	handle   func(handle, format string) *graphErr

	has func(kind string) bool // kinds that the template at hand has already, whoever may know them

	header  string   // format of the header, "" without one
	buttons []string // types of the buttons
}

var componentTypes = []string{"HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER", "CALL_PERMISSION_REQUEST"}

func (d *draft) auth() bool { return d.category == "AUTHENTICATION" }

// check holds all rules for a template's components.
func (d *draft) check(comps []any) *graphErr {
	seen, e := d.inventory(comps)
	if e != nil {
		return e
	}
	d.offer = seen["LIMITED_TIME_OFFER"] != nil
	for _, v := range comps {
		if e := d.component(asObject(v)); e != nil {
			return e
		}
	}
	return d.together(seen)
}

// inventory wants known components, each type once, and a body.
func (d *draft) inventory(comps []any) (map[string]map[string]any, *graphErr) {
	seen := map[string]map[string]any{}
	for i, v := range comps {
		o := asObject(v)
		typ := strings.ToUpper(asText(o["type"]))
		switch {
		case o == nil:
			return nil, wrongParam("component_type", "Param components[%d] must be an object.", i)
		case !contains(componentTypes, typ) && !d.kept(typ):
			return nil, wrongParam("component_type", "Param components[%d]['type'] must be one of {%s} - got %q.", i, strings.Join(componentTypes, ", "), clip(typ, 40))
		case seen[typ] != nil:
			return nil, wrongParam("component_twice", "Param components has more than one component of type %s.", typ)
		}
		seen[typ] = o
	}
	if seen["BODY"] == nil {
		return nil, badBody("body_missing", "A template needs a component of type BODY.")
	}
	return seen, nil
}

// kept is true for a kind that this server does not know, but that it gave away in a template itself.
func (d *draft) kept(kind string) bool { return kind != "" && d.has != nil && d.has(kind) }

func (d *draft) component(o map[string]any) *graphErr {
	typ := strings.ToUpper(asText(o["type"]))
	if d.auth() && typ != "BODY" && typ != "FOOTER" && typ != "BUTTONS" {
		return wrongParam("auth_components", "Authentication templates have no component of type %s.", typ)
	}
	switch typ {
	case "HEADER":
		return d.headerPart(o)
	case "BODY":
		return d.bodyPart(o)
	case "FOOTER":
		return d.footerPart(o)
	case "BUTTONS":
		return d.buttonsPart(o)
	case "CAROUSEL":
		return d.carousel(o)
	case "LIMITED_TIME_OFFER":
		return offerPart(o, d.category)
	}
	return nil
}

func (d *draft) headerPart(o map[string]any) *graphErr {
	format := strings.ToUpper(asText(o["format"]))
	d.header = format
	switch format {
	case "TEXT":
		return d.headerText(o)
	case "IMAGE", "VIDEO", "DOCUMENT", "GIF":
		return d.sample("HEADER", o, format)
	case "LOCATION", "PRODUCT":
		return nil
	case "":
		return badHeader("header_format", "The header has no format.")
	}
	if d.kept(format) {
		return nil
	}
	return badHeader("header_format", "The header's format %q is not known.", clip(format, 40))
}

func (d *draft) headerText(o map[string]any) *graphErr {
	text, _ := o["text"].(string)
	vars, problem := readVariables(text, d.named)
	switch {
	case blank(text):
		return badHeader("header_missing", "A header of format TEXT needs a text.")
	case runes(text) > 60:
		return tooLong("header", 60)
	case problem != "":
		return badHeader("header_variables", "In the header %s.", problem)
	case len(vars) > 1:
		return badHeader("header_format", "A header has at most one variable.")
	}
	if bad := decorated(without(text, vars)); bad != "" {
		return badHeader("header_format", "A header may not have %s.", bad)
	}
	return d.checkSamples("HEADER", o, vars, "header_text", "header_text_named_params", false)
}

// sample wants the one uploaded sample of a media header.
func (d *draft) sample(component string, o map[string]any, format string) *graphErr {
	l := asList(asObject(o["example"])["header_handle"])
	if len(l) != 1 || strings.TrimSpace(asText(l[0])) == "" {
		return lacking("example_missing", component, "example")
	}
	if d.handle == nil {
		return nil
	}
	return d.handle(asText(l[0]), format)
}

func (d *draft) bodyPart(o map[string]any) *graphErr {
	text, isText := o["text"].(string)
	if d.auth() { // a text is replaced by Meta's own
		return flagOr("auth_body", o, "add_security_recommendation")
	}
	if v, has := o["add_security_recommendation"]; has && v != nil {
		return badBody("auth_only", "add_security_recommendation is for authentication templates.")
	}
	if !isText || blank(text) {
		return badBody("body_missing", "The body needs a text.")
	}
	most := 1024
	if d.offer {
		most = 600
	}
	vars, e := d.checkBody(text, "body", most)
	if e != nil {
		return e
	}
	return d.checkSamples("BODY", o, vars, "body_text", "body_text_named_params", true)
}

func (d *draft) footerPart(o map[string]any) *graphErr {
	minutes, has := o["code_expiration_minutes"]
	if d.auth() {
		n, ok := asInt(minutes)
		switch {
		case has && minutes != nil && (!ok || n < 1 || n > 90):
			return badFooter("auth_footer", "code_expiration_minutes must be a whole number from 1 to 90.")
		case !has || minutes == nil:
			return badFooter("auth_footer", "The footer of an authentication template needs code_expiration_minutes.")
		}
		return nil
	}
	text, isText := o["text"].(string)
	switch {
	case has && minutes != nil:
		return badFooter("auth_only", "code_expiration_minutes is for authentication templates.")
	case !isText || blank(text):
		return badFooter("footer_format", "The footer needs a text.")
	case runes(text) > 60:
		return tooLong("footer", 60)
	case strings.Contains(text, "{{") || strings.Contains(text, "}}"):
		return badFooter("footer_format", "A footer cannot have variables.")
	case loneBrace(text):
		return badFooter("footer_format", "In the footer a brace has no partner.")
	}
	return nil
}

func flagOr(rule string, o map[string]any, key string) *graphErr {
	if v, has := o[key]; has && v != nil {
		if _, ok := asBool(v); !ok {
			return wrongParam(rule, "Param %s must be a boolean.", key)
		}
	}
	return nil
}

// together holds the rules between components.
func (d *draft) together(seen map[string]map[string]any) *graphErr {
	has := func(typ string) bool { return seen[typ] != nil }
	switch {
	case d.auth():
		if len(d.buttons) != 1 || d.buttons[0] != "OTP" {
			return wrongParam("auth_buttons", "An authentication template needs exactly one button, of type OTP.")
		}
		return nil
	case d.offer:
		return d.offerRules(has("FOOTER"), asObject(seen["LIMITED_TIME_OFFER"]["limited_time_offer"]))
	case contains(d.buttons, "SPM") && d.header != "PRODUCT":
		return wrongParam("button_mix", "A button of type SPM needs a header of format PRODUCT.")
	}
	return nil
}

func offerPart(o map[string]any, category string) *graphErr {
	offer := asObject(o["limited_time_offer"])
	text, isText := offer["text"].(string)
	switch {
	case category != "MARKETING":
		return wrongParam("lto_category", "A limited-time offer is for marketing templates.")
	case !isText || blank(text):
		return refused("lto_text", 2388040, "Character Limit Exceeded", "The text of the limited-time offer has 1 to 16 characters.")
	case runes(text) > 16:
		return tooLong("text of the limited-time offer", 16)
	}
	return flagOr("lto_text", offer, "has_expiration")
}

func (d *draft) offerRules(footer bool, offer map[string]any) *graphErr {
	expires, _ := asBool(offer["has_expiration"])
	switch {
	case d.header != "" && d.header != "IMAGE" && d.header != "VIDEO":
		return wrongParam("lto_header", "Beside a limited-time offer a header has the format IMAGE or VIDEO.")
	case footer:
		return wrongParam("lto_footer", "A template with a limited-time offer has no footer.")
	case !contains(d.buttons, "URL"):
		return wrongParam("lto_buttons", "A limited-time offer needs a button of type URL.")
	case expires && d.buttons[0] != "COPY_CODE":
		return wrongParam("lto_buttons", "An offer that expires needs a button of type COPY_CODE, and it comes first.")
	}
	return nil
}
