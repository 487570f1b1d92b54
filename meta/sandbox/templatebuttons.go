package sandbox

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// buttonMost says how many buttons of a type a template may have (Meta: Templates, buttons).
var buttonMost = map[string]int{
	"QUICK_REPLY": 10, "URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1, "OTP": 1, "FLOW": 1, "CATALOG": 1, "MPM": 1, "SPM": 1,
	"VOICE_CALL": 1, "REQUEST_CONTACT_INFO": 1, "APP": 1, "ORDER_DETAILS": 1,
}

var phoneForm = regexp.MustCompile(`^\+?[0-9]+$`)

func (d *draft) buttonsPart(o map[string]any) *graphErr {
	l, ok := o["buttons"].([]any)
	if !ok || len(l) < 1 || len(l) > 10 {
		return wrongParam("buttons_count", "Param components['buttons'] must be a list of 1 to 10 buttons.")
	}
	var e *graphErr
	d.buttons, e = d.checkButtons(l)
	return e
}

// checkButtons holds the rules for a list of buttons and gives their types.
func (d *draft) checkButtons(l []any) ([]string, *graphErr) {
	var types []string
	count := map[string]int{}
	labels := map[string]bool{}
	for i, v := range l {
		b := asObject(v)
		typ := strings.ToUpper(asText(b["type"]))
		most, known := buttonMost[typ]
		count[typ]++
		switch {
		case !known && !d.kept(typ):
			return nil, wrongParam("button_type", "Param components['buttons'][%d]['type'] is not a type of button - got %q.", i, clip(typ, 40))
		case known && count[typ] > most:
			return nil, wrongParam("button_too_many", "A template may have %d buttons of type %s.", most, typ)
		case d.auth() != (typ == "OTP"):
			return nil, wrongParam("auth_buttons", "Buttons of type OTP are for authentication templates, which have no other.")
		}
		types = append(types, typ)
		label, e := d.label(i, typ, b)
		if e != nil {
			return nil, e
		}
		if label != "" && labels[label] {
			return nil, badButton("button_twice", i, "another button has the label %q.", label)
		}
		labels[label] = true
		if e := d.button(i, typ, b); e != nil {
			return nil, e
		}
	}
	if !contiguous(types) {
		return nil, wrongParam("buttons_order", "Quick replies must stand together, before or after all other buttons.")
	}
	return types, nil
}

// contiguous is true when the quick replies are a block at one end.
func contiguous(types []string) bool {
	turns := 0
	for i := 1; i < len(types); i++ {
		if (types[i] == "QUICK_REPLY") != (types[i-1] == "QUICK_REPLY") {
			turns++
		}
	}
	return turns < 2
}

// label checks what stands on a button; "" for buttons whose label is Meta's own.
func (d *draft) label(i int, typ string, b map[string]any) (string, *graphErr) {
	text, isText := b["text"].(string)
	switch {
	case typ == "COPY_CODE" || typ == "REQUEST_CONTACT_INFO" || d.kept(typ) && buttonMost[typ] == 0:
		return "", nil
	case typ == "OTP" && b["text"] == nil:
		return "", nil
	case !isText || blank(text):
		return "", badButton("button_label", i, "a button of type %s needs a text.", typ)
	}
	return text, labelText(i, text)
}

// labelText holds the rules for what stands on a button.
func labelText(i int, text string) *graphErr {
	switch {
	case runes(text) > 25:
		return tooLong("label of a button", 25)
	case strings.Contains(text, "{{") || strings.Contains(text, "}}"):
		return badButton("button_label", i, "a label cannot have variables.")
	}
	if bad := decorated(text); bad != "" {
		return badButton("button_label", i, "a label cannot have %s.", bad)
	}
	return nil
}

// button checks what its type needs besides the label.
func (d *draft) button(i int, typ string, b map[string]any) *graphErr {
	switch typ {
	case "URL":
		return d.urlButton(i, b)
	case "PHONE_NUMBER":
		if p := asText(b["phone_number"]); runes(p) > 20 || !phoneForm.MatchString(p) {
			return badButton("button_phone", i, "phone_number must have at most 20 digits, with the country's and perhaps a plus before it.")
		}
	case "COPY_CODE":
		most := 20
		if d.offer {
			most = 15
		}
		code := b["example"]
		if l := asList(code); len(l) == 1 {
			code = l[0]
		}
		s, isText := code.(string)
		switch {
		case !isText || strings.TrimSpace(s) == "":
			return lacking("button_code", "BUTTONS", "example")
		case runes(s) > most:
			return tooLong("code of a button", most)
		}
	case "OTP":
		return otpButton(i, b)
	case "FLOW":
		return flowButton(i, b)
	case "VOICE_CALL":
		if v, has := b["ttl_minutes"]; has && v != nil {
			if n, ok := asInt(v); !ok || n < 1 {
				return badButton("button_call", i, "ttl_minutes must be a whole number greater than zero.")
			}
		}
	}
	return nil
}

func (d *draft) urlButton(i int, b map[string]any) *graphErr {
	s, _ := b["url"].(string)
	if s == "" {
		return badButton("button_url", i, "a button of type URL needs a url.")
	}
	if runes(s) > 2000 {
		return tooLong("url of a button", 2000)
	}
	fixed, dynamic := d.cutVariable(s)
	scheme, host := siteOf(fixed)
	switch {
	case strings.ContainsAny(fixed, "{}"):
		return badButton("button_url", i, "url has at most one variable, {{1}}, at its end.")
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return badButton("button_url", i, "url has spaces.")
	case scheme != "http" && scheme != "https":
		return badButton("button_url", i, "url must begin with http:// or https://.")
	case !strings.ContainsFunc(host, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }):
		return badButton("button_url", i, "url has no host.")
	}
	if host == "wa.me" || strings.HasSuffix(host, ".wa.me") {
		return badButton("button_url", i, "links to WhatsApp are not allowed.")
	}
	if !dynamic {
		return nil
	}
	ex := b["example"]
	if l := asList(ex); len(l) == 1 {
		ex = l[0]
	}
	if sample, isText := ex.(string); !isText || strings.TrimSpace(sample) == "" {
		return lacking("example_missing", "BUTTONS", "example")
	}
	return nil
}

// siteOf is the scheme and the host of an address in small letters, "" where there is none.
func siteOf(s string) (scheme, host string) {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		return "", ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	u, err := url.Parse("https://" + rest)
	if err != nil {
		return strings.ToLower(scheme), ""
	}
	return strings.ToLower(scheme), strings.ToLower(u.Hostname())
}

// cutVariable takes the variable off the end of an address: {{1}}, or in a template with names a name.
func (d *draft) cutVariable(s string) (fixed string, dynamic bool) {
	if fixed, dynamic = strings.CutSuffix(s, "{{1}}"); dynamic || !d.named {
		return fixed, dynamic
	}
	i := strings.LastIndex(s, "{{")
	if i < 0 || !strings.HasSuffix(s, "}}") || nameProblem(s[i+2:len(s)-2], true) != "" {
		return s, false
	}
	return s[:i], true
}

func otpButton(i int, b map[string]any) *graphErr {
	typ := strings.ToUpper(asText(b["otp_type"]))
	if !contains([]string{"COPY_CODE", "ONE_TAP", "ZERO_TAP"}, typ) {
		return badButton("otp_type", i, "otp_type must be COPY_CODE, ONE_TAP or ZERO_TAP - got %q.", clip(typ, 40))
	}
	if v, has := b["autofill_text"]; has && v != nil {
		s, isText := v.(string)
		if !isText || blank(s) {
			return badButton("button_label", i, "autofill_text must be a text.")
		}
		if e := labelText(i, s); e != nil {
			return e
		}
	}
	if typ == "COPY_CODE" {
		return nil
	}
	apps, ok := b["supported_apps"].([]any)
	if !ok || len(apps) < 1 || len(apps) > 5 {
		return badButton("otp_apps", i, "supported_apps must have 1 to 5 apps.")
	}
	for _, v := range apps {
		pkg, hash := asText(asObject(v)["package_name"]), asText(asObject(v)["signature_hash"])
		if pkg == "" || runes(pkg) > 224 || len(hash) != 11 {
			return badButton("otp_apps", i, "an app needs a package_name of at most 224 characters and a signature_hash of 11.")
		}
	}
	if terms, _ := asBool(b["zero_tap_terms_accepted"]); typ == "ZERO_TAP" && !terms {
		return badButton("otp_terms", i, "zero_tap_terms_accepted must be true.")
	}
	return nil
}

func flowButton(i int, b map[string]any) *graphErr {
	given := 0
	for _, k := range []string{"flow_id", "flow_name", "flow_json"} {
		if asText(b[k]) != "" || asObject(b[k]) != nil {
			given++
		}
	}
	action, icon := strings.ToLower(asText(b["flow_action"])), strings.ToUpper(asText(b["icon"]))
	switch {
	case given != 1:
		return badButton("button_flow", i, "give exactly one of flow_id, flow_name and flow_json.")
	case action != "" && action != "navigate" && action != "data_exchange":
		return badButton("button_flow", i, "flow_action must be navigate or data_exchange.")
	case icon != "" && !contains([]string{"DOCUMENT", "PROMOTION", "REVIEW"}, icon):
		return badButton("button_flow", i, "icon must be DOCUMENT, PROMOTION or REVIEW.")
	}
	return nil
}
