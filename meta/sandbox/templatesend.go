package sandbox

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var placeholder = regexp.MustCompile(`\{\{\s*([A-Za-z0-9_]+)\s*\}\}`)

// template checks a template message against the template it names (Meta: Template messages).
func (o *order) template(m map[string]any) *graphErr {
	name := asText(m["name"])
	if name == "" {
		return missing100("template['name']")
	}
	lang := asText(asObject(m["language"])["code"])
	if lang == "" {
		return missing100("template['language']['code']")
	}
	if p := asText(asObject(m["language"])["policy"]); p != "" && p != "deterministic" {
		return param100("Param template['language']['policy'] must be one of {DETERMINISTIC}.")
	}
	t := o.c.s.w.templateNamed(name, lang)
	switch {
	case t != nil && t.status == "PAUSED":
		return fail(132015, "")
	case t != nil && t.status == "DISABLED":
		return fail(132016, "")
	case t == nil || !t.sendable():
		return fail(132001, "template name (%s) does not exist in %s", clip(name, 512), clip(lang, 20))
	case name == "hello_world" && !strings.HasPrefix(o.phone.digits(), "1555"):
		return fail(131058, "")
	}
	o.tpl = t
	v, has := m["components"]
	given, isList := v.([]any)
	if has && v != nil && !isList {
		return param100("Param template['components'] must be an array.")
	}
	return o.fill(t.components, given, t.format == "NAMED")
}

// sentPart is what a message gives for one component.
type sentPart struct {
	params  []any
	subType string
	cards   []any
}

// fill matches what is given with what the components need.
func (o *order) fill(comps, given []any, isNamed bool) *graphErr {
	parts := map[string]sentPart{}
	for i, v := range given {
		g := asObject(v)
		key := strings.ToLower(asText(g["type"]))
		switch key {
		case "header", "body", "footer", "limited_time_offer", "tap_target_configuration", "carousel":
		case "button":
			n, ok := asInt(g["index"])
			if !ok || n < 0 || n > 9 {
				return fail(131009, "components[%d]: index must be a number from 0 to 9", i)
			}
			if asText(g["sub_type"]) == "" {
				return fail(131008, "components[%d]: sub_type is required", i)
			}
			key += strconv.Itoa(n)
		case "":
			return fail(131008, "components[%d]: type is required", i)
		default:
			return fail(131009, "components[%d]: the type %q is not supported", i, clip(key, 40))
		}
		if p, has := g["parameters"]; has && p != nil {
			if _, ok := p.([]any); !ok {
				return param100("Param template['components'][%d]['parameters'] must be an array.", i)
			}
		}
		if _, twice := parts[key]; twice {
			return fail(131009, "components[%d]: the component %s is given twice", i, key)
		}
		parts[key] = sentPart{asList(g["parameters"]), strings.ToLower(asText(g["sub_type"])), asList(g["cards"])}
	}
	used := map[string]bool{"tap_target_configuration": true}
	for _, v := range comps {
		c := asObject(v)
		var e *graphErr
		switch strings.ToUpper(asText(c["type"])) {
		case "HEADER":
			used["header"] = true
			e = o.fillHeader(c, parts["header"].params, isNamed)
		case "BODY":
			used["body"] = true
			e = o.fillText("body", bodyText(c), parts["body"].params, isNamed)
		case "LIMITED_TIME_OFFER":
			used["limited_time_offer"] = true
			if expires, _ := asBool(asObject(c["limited_time_offer"])["has_expiration"]); expires && len(parts["limited_time_offer"].params) == 0 {
				e = fail(131008, "limited_time_offer: expiration_time_ms is required")
			}
		case "CAROUSEL":
			used["carousel"] = true
			e = o.fillCards(asList(c["cards"]), parts["carousel"].cards, isNamed)
		case "BUTTONS":
			for i, b := range asList(c["buttons"]) {
				key := "button" + strconv.Itoa(i)
				part, has := parts[key]
				used[key] = true
				if e == nil {
					e = fillButton(i, asObject(b), part, has)
				}
			}
		}
		if e != nil {
			return e
		}
	}
	for key, p := range parts {
		if !used[key] && (len(p.params) > 0 || strings.HasPrefix(key, "button")) {
			return fail(132000, "%s: number of localizable_params (%d) does not match the expected number of params (0)", key, len(p.params))
		}
	}
	return nil
}

// bodyText is the text of a body; the fixed one of authentication templates has one place for the code.
func bodyText(c map[string]any) string {
	if t := asText(c["text"]); t != "" {
		return t
	}
	return "{{1}} is your verification code."
}

// placeholders are the distinct variables of a text in their order.
func placeholders(text string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if !contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// fillText checks the parameters of a text and keeps the filled body for the customer's eyes.
func (o *order) fillText(where, text string, params []any, isNamed bool) *graphErr {
	vars := placeholders(text)
	if len(params) != len(vars) {
		return fail(132000, "%s: number of localizable_params (%d) does not match the expected number of params (%d)", where, len(params), len(vars))
	}
	values := map[string]string{}
	for i, v := range params {
		p := asObject(v)
		var value string
		switch t := strings.ToLower(asText(p["type"])); t {
		case "text":
			s, ok := p["text"].(string)
			if !ok || s == "" {
				return fail(131008, "%s: Parameter of type text is missing text value", where)
			}
			value = s
		case "currency":
			cur := asObject(p["currency"])
			if asText(cur["fallback_value"]) == "" || len(asText(cur["code"])) != 3 || asText(cur["amount_1000"]) == "" {
				return fail(132012, "%s: a currency needs fallback_value, code and amount_1000", where)
			}
			value = asText(cur["fallback_value"])
		case "date_time":
			if value = asText(asObject(p["date_time"])["fallback_value"]); value == "" {
				return fail(132012, "%s: a date_time needs fallback_value", where)
			}
		case "":
			return fail(131008, "%s: a parameter has no type", where)
		default:
			return fail(132012, "%s: Format mismatch, expected TEXT, received %s", where, strings.ToUpper(clip(t, 30)))
		}
		if badParam(value) {
			return o.malformed(where)
		}
		key := strconv.Itoa(i + 1)
		if isNamed {
			if key = asText(p["parameter_name"]); key == "" {
				return fail(132000, "%s: Parameter name is missing or empty", where)
			}
			if !contains(vars, key) {
				return fail(132000, "%s: the template has no parameter named %s", where, clip(key, 60))
			}
		} else if len(vars) > i {
			key = vars[i]
		}
		if _, twice := values[key]; twice {
			return fail(132000, "%s: the parameter %s is given twice", where, clip(key, 60))
		}
		values[key] = value
	}
	full := placeholder.ReplaceAllStringFunc(text, func(m string) string { return values[placeholder.FindStringSubmatch(m)[1]] })
	switch n := runes(full); {
	case where == "body" && o.tpl != nil && o.tpl.category == "AUTHENTICATION" && len(values) == 1 && runes(values[vars[0]]) > 15:
		return fail(132018, "The code of an authentication template has at most 15 characters")
	case where == "body" && (n > 32768 || n > 1024 && o.tpl != nil && len(o.tpl.components) > 1), where != "body" && n > 60:
		return fail(132005, "%s: the filled text has %d characters", where, n)
	}
	if where == "body" {
		o.text = full
	}
	return nil
}

// badParam finds what a parameter's value may not have.
func badParam(s string) bool { return strings.ContainsAny(s, "\n\t\r") || strings.Contains(s, "     ") }

// malformed is 132018 since v23; older versions said the same under 132000.
func (o *order) malformed(where string) *graphErr {
	const why = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
	if o.c.version < 23 {
		return fail(132000, "%s", why)
	}
	e := fail(132018, "%s", why)
	e.msg = "(#132018) " + where + ": " + why
	return e
}

func (o *order) fillHeader(c map[string]any, params []any, isNamed bool) *graphErr {
	format := strings.ToUpper(asText(c["format"]))
	switch format {
	case "", "TEXT":
		return o.fillText("header", asText(c["text"]), params, isNamed)
	}
	if len(params) == 0 {
		return fail(132012, "header: Format mismatch, expected %s, received UNKNOWN", format)
	}
	if len(params) > 1 {
		return fail(132000, "header: number of localizable_params (%d) does not match the expected number of params (1)", len(params))
	}
	p := asObject(params[0])
	got := strings.ToUpper(asText(p["type"]))
	if got != format {
		return fail(132012, "header: Format mismatch, expected %s, received %s", format, clip(got, 30))
	}
	obj := asObject(p[strings.ToLower(format)])
	k := &check{}
	switch format {
	case "IMAGE", "VIDEO", "DOCUMENT", "GIF":
		kind := strings.ToLower(format)
		if kind == "gif" {
			kind = "video"
		}
		if obj == nil {
			return fail(131008, "header: the %s object is required", strings.ToLower(format))
		}
		o.media(k, obj, kind, "header")
	case "LOCATION":
		coordinate(k, obj, "latitude", 90)
		coordinate(k, obj, "longitude", 180)
	case "PRODUCT":
		k.text(obj, "header: product.", "product_retailer_id", "Product retailer id", 1, 256)
	}
	return k.e
}

func (o *order) fillCards(comps, given []any, isNamed bool) *graphErr {
	if len(given) != len(comps) {
		return fail(132000, "carousel: number of cards (%d) does not match the expected number (%d)", len(given), len(comps))
	}
	for i, v := range given {
		g := asObject(v)
		if n, ok := asInt(g["card_index"]); !ok || n != i {
			return fail(131009, "carousel: card_index must be %d", i)
		}
		text := o.text
		e := o.fill(asList(asObject(comps[i])["components"]), asList(g["components"]), isNamed)
		o.text = text
		if e != nil {
			e.details = fmt.Sprintf("cards[%d]: %s", i, e.details)
			return e
		}
	}
	return nil
}

// buttonNeeds says, by a template button's type, which sub_type a message may give for it.
var buttonNeeds = map[string]string{
	"QUICK_REPLY": "quick_reply", "URL": "url", "OTP": "url", "COPY_CODE": "copy_code", "FLOW": "flow", "CATALOG": "catalog",
	"MPM": "mpm", "SPM": "spm", "VOICE_CALL": "voice_call", "ORDER_DETAILS": "order_details",
}

func fillButton(i int, b map[string]any, part sentPart, given bool) *graphErr {
	typ := strings.ToUpper(asText(b["type"]))
	needs := typ == "OTP" || typ == "COPY_CODE" || typ == "MPM" || typ == "URL" && strings.Contains(asText(b["url"]), "{{")
	name := map[string]string{"URL": "Url", "OTP": "Url", "COPY_CODE": "CopyCode", "MPM": "Mpm"}[typ]
	if !given || len(part.params) == 0 {
		if needs {
			return fail(131008, "buttons: Button at index %d of type %s requires a parameter", i, name)
		}
		return nil
	}
	want := buttonNeeds[typ]
	if part.subType != want {
		return fail(132012, "buttons: Button at index %d is of type %s, received sub_type %s", i, typ, clip(part.subType, 30))
	}
	if typ == "URL" && !needs {
		return fail(132000, "buttons: Button at index %d of type Url does not have parameters", i)
	}
	if len(part.params) != 1 {
		return fail(132000, "buttons: Button at index %d takes 1 parameter, received %d", i, len(part.params))
	}
	p := asObject(part.params[0])
	t := asText(p["type"])
	expect := map[string]string{"url": "text", "quick_reply": "payload", "copy_code": "coupon_code", "flow": "action", "catalog": "action", "mpm": "action"}[want]
	if expect == "" {
		return nil
	}
	if t != expect {
		return fail(132012, "buttons: Button at index %d expects a parameter of type %s, received %s", i, expect, clip(t, 30))
	}
	switch v := asText(p[expect]); {
	case expect != "action" && v == "":
		return fail(131008, "buttons: Button at index %d requires the value %s", i, expect)
	case expect == "text" && (badParam(v) || runes(v) > 2000):
		return fail(132018, "buttons: the URL suffix of the button at index %d is not valid", i)
	case expect == "coupon_code" && runes(v) > 20:
		return fail(132018, "buttons: the code of the button at index %d has more than 20 characters", i)
	case expect == "payload" && runes(v) > 256:
		return fail(131009, "buttons: the payload of the button at index %d has more than 256 characters", i)
	}
	return nil
}
