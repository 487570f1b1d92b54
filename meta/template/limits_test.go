package template_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shopbell/meta/template"
)

// edge is a rule with a document on either side of it, written as Meta's create body.
type edge struct {
	code      string
	good, bad string
}

// around puts a text into a utility template's body, with as many positional samples as it needs.
func around(text string) string {
	samples := []string{}
	for range template.Names(text) {
		samples = append(samples, "value")
	}
	example := ""
	if len(samples) > 0 {
		b, _ := json.Marshal([][]string{samples})
		example = `,"example":{"body_text":` + string(b) + `}`
	}
	b, _ := json.Marshal(text)
	return document(`{"type":"BODY","text":` + string(b) + example + `}`)
}

func named(text string) string {
	var list []string
	for _, n := range template.Names(text) {
		list = append(list, fmt.Sprintf(`{"param_name":%q,"example":"value"}`, n))
	}
	b, _ := json.Marshal(text)
	return strings.Replace(document(`{"type":"BODY","text":`+string(b)+`,"example":{"body_text_named_params":[`+strings.Join(list, ",")+`]}}`),
		`"category"`, `"parameter_format":"NAMED","category"`, 1)
}

func document(components ...string) string {
	return `{"name":"a1","language":"en_US","category":"UTILITY","components":[` + strings.Join(components, ",") + `]}`
}

const plainBody = `{"type":"BODY","text":"Your table is ready."}`

func header(text string) string {
	b, _ := json.Marshal(text)
	example := ""
	if strings.Contains(text, "{{") {
		example = `,"example":{"header_text":["value"]}`
	}
	return document(`{"type":"HEADER","format":"TEXT","text":`+string(b)+example+`}`, plainBody)
}

func footer(text string) string {
	b, _ := json.Marshal(text)
	return document(plainBody, `{"type":"FOOTER","text":`+string(b)+`}`)
}

func buttons(list ...string) string {
	return document(plainBody, `{"type":"BUTTONS","buttons":[`+strings.Join(list, ",")+`]}`)
}

func quick(labels ...string) string {
	var list []string
	for _, l := range labels {
		b, _ := json.Marshal(l)
		list = append(list, `{"type":"QUICK_REPLY","text":`+string(b)+`}`)
	}
	return strings.Join(list, ",")
}

func numbered(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("Reply %d", i))
	}
	return quick(list...)
}

func address(label, url, example string) string {
	b := fmt.Sprintf(`{"type":"URL","text":%q,"url":%q`, label, url)
	if example != "" {
		b += fmt.Sprintf(`,"example":[%q]`, example)
	}
	return b + "}"
}

func call(label, number string) string {
	return fmt.Sprintf(`{"type":"PHONE_NUMBER","text":%q,"phone_number":%q}`, label, number)
}

func code(c string) string { return fmt.Sprintf(`{"type":"COPY_CODE","example":%q}`, c) }

func with(doc, key, value string) string {
	return strings.Replace(doc, `"name":"a1"`, `"name":"a1",`+fmt.Sprintf("%q:%s", key, value), 1)
}

func category(doc, c string) string {
	return strings.Replace(doc, `"category":"UTILITY"`, `"category":"`+c+`"`, 1)
}

func rename(doc, name string) string {
	return strings.Replace(doc, `"name":"a1"`, `"name":"`+name+`"`, 1)
}

func auth(components ...string) string { return category(document(components...), "AUTHENTICATION") }

func otp(fields string) string {
	return auth(`{"type":"BODY"}`, `{"type":"BUTTONS","buttons":[{"type":"OTP"`+fields+`}]}`)
}

func lasting(minutes int) string {
	return auth(`{"type":"BODY"}`, fmt.Sprintf(`{"type":"FOOTER","code_expiration_minutes":%d}`, minutes),
		`{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}`)
}

func offer(text string, expires bool, body string, list ...string) string {
	return category(document(`{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4:x"]}}`,
		fmt.Sprintf(`{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":%q,"has_expiration":%v}}`, text, expires),
		fmt.Sprintf(`{"type":"BODY","text":%q}`, body), `{"type":"BUTTONS","buttons":[`+strings.Join(list, ",")+`]}`), "MARKETING")
}

func cards(list ...string) string {
	return document(plainBody, `{"type":"CAROUSEL","cards":[`+strings.Join(list, ",")+`]}`)
}

func card(body string, list ...string) string {
	b := ""
	if body != "" {
		b = fmt.Sprintf(`{"type":"BODY","text":%q},`, body)
	}
	return `{"components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4:x"]}},` + b + `{"type":"BUTTONS","buttons":[` + strings.Join(list, ",") + `]}]}`
}

func times(n int, s string) []string { return slices.Repeat([]string{s}, n) }

func TestEachRuleOnEitherSide(t *testing.T) {
	a := func(n int) string { return strings.Repeat("a", n) }
	ok := around("Your table is ready.")
	link := address("Open", "https://a.co", "")
	anyCard := card("Lamp", quick("More"))
	for i, e := range []edge{
		{"name.missing", ok, rename(ok, "")},
		{"name.characters", rename(ok, "a_1"), rename(ok, "a-1")},
		{"name.characters", rename(ok, "a"), rename(ok, "A")},
		{"name.length", rename(ok, a(512)), rename(ok, a(513))},
		{"language", ok, strings.Replace(ok, "en_US", "en_ZZ", 1)},
		{"language", strings.Replace(ok, "en_US", "zu", 1), strings.Replace(ok, "en_US", "", 1)},
		{"category", category(ok, "utility"), category(ok, "OTP")},
		{"parameter_format", with(ok, "parameter_format", `"positional"`), with(ok, "parameter_format", `"NUMBERED"`)},
		{"ttl", with(ok, "message_send_ttl_seconds", "30"), with(ok, "message_send_ttl_seconds", "29")},
		{"ttl", with(ok, "message_send_ttl_seconds", "43200"), with(ok, "message_send_ttl_seconds", "43201")},
		{"ttl", with(ok, "message_send_ttl_seconds", "-1"), with(category(ok, "MARKETING"), "message_send_ttl_seconds", "-1")},
		{"ttl", with(category(ok, "MARKETING"), "message_send_ttl_seconds", "43200"), with(category(ok, "MARKETING"), "message_send_ttl_seconds", "43199")},
		{"ttl", with(category(ok, "MARKETING"), "message_send_ttl_seconds", "2592000"), with(category(ok, "MARKETING"), "message_send_ttl_seconds", "2592001")},
		{"ttl", with(otp(`,"otp_type":"COPY_CODE"`), "message_send_ttl_seconds", "900"), with(otp(`,"otp_type":"COPY_CODE"`), "message_send_ttl_seconds", "901")},
		{"component.kind", ok, document(plainBody, `{"type":"HOLOGRAM"}`)},
		{"component.kind", ok, document(plainBody, `{"type":"HEADER","format":"HOLOGRAM"}`)},
		{"component.kind", buttons(quick("x")), buttons(`{"type":"TELEPORT","text":"x"}`)},
		{"sub_category", with(ok, "sub_category", `"order_status"`), with(ok, "sub_category", `"GOSSIP"`)},
		{"display_format", with(ok, "display_format", `"ORDER_DETAILS"`), with(ok, "display_format", `"CARTOON"`)},
		{"flow.icon", buttons(`{"type":"FLOW","text":"Book","flow_id":"1","icon":"REVIEW"}`), buttons(`{"type":"FLOW","text":"Book","flow_id":"1","icon":"ROCKET"}`)},
		{"call.minutes", buttons(`{"type":"VOICE_CALL","text":"Call","ttl_minutes":1}`), buttons(`{"type":"VOICE_CALL","text":"Call","ttl_minutes":0}`)},
		{"call.minutes", buttons(`{"type":"VOICE_CALL","text":"Call"}`), buttons(`{"type":"VOICE_CALL","text":"Call","ttl_minutes":1.5}`)},
		{"auth.words", document(`{"type":"BODY","text":"Your table is ready.","add_security_recommendation":null}`), document(`{"type":"BODY","text":"Your table is ready.","add_security_recommendation":true}`)},
		{"auth.minutes", footer("Bye"), document(plainBody, `{"type":"FOOTER","text":"Bye","code_expiration_minutes":5}`)},
		{"body.missing", ok, document(`{"type":"FOOTER","text":"Bye"}`)},
		{"component.twice", document(plainBody), document(plainBody, plainBody)},
		{"component.shape", document(plainBody), document(plainBody, "7")},

		{"header.length", header(a(60)), header(a(61))},
		{"header.length", header(strings.Repeat("é", 60)), header(strings.Repeat("é", 61))},
		{"header.empty", header("x"), header(" ")},
		{"header.variables", header("Of {{1}} now"), header("Of {{1}} and {{2}} now")},
		{"header.number", header("Of {{1}} now"), header("Of {{2}} now")},
		{"header.lines", header("one two"), header("one\ntwo")},
		{"header.emoji", header("Party © №1"), header("Party 🎉")},
		{"header.markup", header("snake_case"), header("A *new* lamp")},
		{"header.markup", header("2 ~ 3"), header("a ~b~ c")},
		{"header.markup", header("2 x 3"), header("2 * 3")},
		{"header.format", header("x"), document(`{"type":"HEADER","text":"x"}`, plainBody)},
		{"header.file", document(`{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4:x"]}}`, plainBody), document(`{"type":"HEADER","format":"IMAGE"}`, plainBody)},
		{"header.file", document(`{"type":"HEADER","format":"LOCATION"}`, plainBody), document(`{"type":"HEADER","format":"VIDEO","example":{"header_handle":["https://scontent.whatsapp.net/x"]}}`, plainBody)},

		{"body.length", around(a(1024)), around(a(1025))},
		{"body.length", around(strings.Repeat("ệ", 1024)), around(strings.Repeat("ệ", 1025))},
		{"body.empty", around("x"), around("\u200b \n")},
		{"body.lines", around("one\n\ntwo"), around("one\n\n\ntwo")},
		{"variable.edge", around("Hi {{1}} there you are"), around("{{1}} there you are")},
		{"variable.edge", around("there you are {{1}} now"), around("there you are {{1}} \n")},
		{"variable.adjacent", around("Hi to {{1}}, {{2}} and all of you"), around("Hi to {{1}} {{2}} and all of you")},
		{"variable.adjacent", around("Hi to {{1}}-{{2}} and all of you"), around("Hi to {{1}}{{2}} and all of you")},
		{"variable.ratio", around("Hi {{1}} good day"), around("Hi {{1}} day")},
		{"variable.ratio", around("Hi {{1}} one two {{2}} day three"), around("Hi {{1}} one two {{2}} day")},
		{"variable.braces", around("Use {x} now"), around("Use {x now")},
		{"variable.braces", around("Hi {{1}} good day"), around("Hi {{ 1 }} good day")},
		{"variable.braces", around("Hi {{1}} good day"), around("Hi {{{1}}} good day")},
		{"variable.braces", around("Hi {{1}} good day"), around("Hi {{1} good day")},
		{"variable.braces", around("Hi {{1}} good day"), around("Hi {{a#b}} good day")},
		{"variable.gap", around("Hi {{1}} so you {{2}} good day"), around("Hi {{1}} so you {{3}} good day")},
		{"variable.gap", around("Hi {{1}} good day"), around("Hi {{0}} good day")},
		{"variable.gap", around("Hi {{1}} good day"), around("Hi {{01}} good day")},
		{"variable.mixed", around("Hi {{1}} so you {{2}} good day"), around("Hi {{1}} so you {{name}} good day")},
		{"variable.format", named("Hi {{name}} good day"), around("Hi {{name}} good day")},
		{"variable.format", around("Hi {{1}} good day"), named("Hi {{1}} good day")},
		{"variable.name", named("Hi {{name_1}} good day"), named("Hi {{Name}} good day")},
		{"variable.name", named("Hi {{n}} good day"), named("Hi {{_n}} good day")},
		{"variable.repeated", named("Hi {{a}} so you {{b}} good day"), named("Hi {{a}} so you {{a}} good day")},
		{"sample.missing", around("Hi {{1}} good day"), document(`{"type":"BODY","text":"Hi {{1}} good day"}`)},
		{"sample.missing", around("Hi {{1}} good day"), document(`{"type":"BODY","text":"Hi {{1}} good day","example":{"body_text":[[" "]]}}`)},
		{"sample.extra", around("Hi {{1}} good day"), document(`{"type":"BODY","text":"Hi {{1}} good day","example":{"body_text":[["a","b"]]}}`)},

		{"footer.length", footer(a(60)), footer(a(61))},
		{"footer.variable", footer("Bye"), footer("Bye {{1}} now")},
		{"footer.empty", footer("x"), footer("")},

		{"buttons.none", buttons(quick("Yes")), buttons()},
		{"buttons.count", buttons(numbered(10)), buttons(numbered(11))},
		{"buttons.kind", buttons(link, address("Two", "https://b.co", "")), buttons(link, address("Two", "https://b.co", ""), address("Three", "https://c.co", ""))},
		{"buttons.kind", buttons(call("Call", "+1555")), buttons(call("Call", "+1555"), call("Ring", "+1556"))},
		{"buttons.kind", buttons(code("A")), buttons(code("A"), code("B"))},
		{"buttons.order", buttons(quick("One", "Two"), link, call("Call", "+1555")), buttons(quick("One"), link, quick("Two"))},
		{"buttons.order", buttons(link, call("Call", "+1555"), quick("One", "Two")), buttons(link, quick("One"), call("Call", "+1555"))},
		{"buttons.twin", buttons(quick("One", "Two")), buttons(quick("One", "One"))},
		{"label.empty", buttons(quick("Y")), buttons(quick(" "))},
		{"label.length", buttons(quick(a(25))), buttons(quick(a(26)))},
		{"label.variable", buttons(quick("Yes 1")), buttons(quick("Yes {{1}}"))},
		{"label.variable", buttons(quick("Yes {1}")), buttons(quick("Yes {{"))},
		{"label.variable", otp(`,"otp_type":"COPY_CODE","text":"Copy"`), otp(`,"otp_type":"COPY_CODE","text":"Copy {{1}}"`)},
		{"label.length", otp(`,"otp_type":"COPY_CODE","autofill_text":"Fill"`), otp(`,"otp_type":"COPY_CODE","autofill_text":"` + a(26) + `"`)},
		{"label.empty", otp(`,"otp_type":"COPY_CODE","text":"C"`), otp(`,"otp_type":"COPY_CODE","text":" "`)},
		{"label.lines", buttons(quick("Yes no")), buttons(quick("Yes\nno"))},
		{"label.emoji", buttons(quick("Yes!")), buttons(quick("Yes 👍"))},
		{"label.markup", buttons(quick("A_b")), buttons(quick("*Yes*"))},
		{"url.missing", buttons(link), buttons(address("Open", "", ""))},
		{"url.form", buttons(address("Open", "HTTPS://a.co", "")), buttons(address("Open", "a.co", ""))},
		{"url.form", buttons(link), buttons(address("Open", "https://", ""))},
		{"url.form", buttons(link), buttons(address("Open", "javascript:alert(1)", ""))},
		{"url.length", buttons(address("Open", "https://a.co/"+a(1987), "")), buttons(address("Open", "https://a.co/"+a(1988), ""))},
		{"url.whatsapp", buttons(address("Open", "https://mywa.me/1", "")), buttons(address("Open", "https://wa.me/1", ""))},
		{"url.variable", buttons(address("Open", "https://a.co/{{1}}", "x")), buttons(address("Open", "https://a.co/{{1}}/x", "x"))},
		{"url.variable", buttons(address("Open", "https://a.co/{{1}}", "x")), buttons(address("Open", "https://a.co/{{1}}{{2}}", "x"))},
		{"url.variable", buttons(address("Open", "https://a.co/{{1}}", "x")), buttons(address("Open", "https://a.co/{{2}}", "x"))},
		{"url.example", buttons(address("Open", "https://a.co/{{1}}", "https://a.co/7")), buttons(address("Open", "https://a.co/{{1}}", ""))},
		{"phone", buttons(call("Call", "+1234567890123456789")), buttons(call("Call", "+12345678901234567890"))},
		{"phone", buttons(call("Call", "+1555")), buttons(call("Call", "+1 555"))},
		{"code.length", buttons(code(a(20))), buttons(code(a(21)))},
		{"code.example", buttons(code("A")), buttons(code(""))},
		{"flow", buttons(`{"type":"FLOW","text":"Book","flow_id":"1"}`), buttons(`{"type":"FLOW","text":"Book"}`)},
		{"flow", buttons(`{"type":"FLOW","text":"Book","flow_name":"b"}`), buttons(`{"type":"FLOW","text":"Book","flow_id":"1","flow_json":"{}"}`)},
		{"flow.action", buttons(`{"type":"FLOW","text":"Book","flow_id":"1","flow_action":"data_exchange"}`), buttons(`{"type":"FLOW","text":"Book","flow_id":"1","flow_action":"go"}`)},
		{"spm.header", document(`{"type":"HEADER","format":"PRODUCT"}`, plainBody, `{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}`), buttons(`{"type":"SPM","text":"View"}`)},
		{"button.category", otp(`,"otp_type":"COPY_CODE"`), buttons(`{"type":"OTP","otp_type":"COPY_CODE"}`)},

		{"auth.header", otp(`,"otp_type":"COPY_CODE"`), auth(`{"type":"HEADER","format":"TEXT","text":"Code"}`, `{"type":"BODY"}`, `{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}`)},
		{"auth.component", document(plainBody, `{"type":"CALL_PERMISSION_REQUEST"}`), auth(`{"type":"BODY"}`, `{"type":"CALL_PERMISSION_REQUEST"}`)},
		{"auth.button", otp(`,"otp_type":"COPY_CODE"`), auth(`{"type":"BODY"}`)},
		{"auth.only", otp(`,"otp_type":"COPY_CODE"`), auth(`{"type":"BODY"}`, `{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"},`+quick("Stop")+`]}`)},
		{"auth.minutes", lasting(90), lasting(91)},
		{"auth.minutes", lasting(1), lasting(0)},
		{"otp.type", otp(`,"otp_type":"copy_code"`), otp(``)},
		{"otp.apps", otp(`,"otp_type":"ONE_TAP","supported_apps":[` + strings.Join(times(5, `{"package_name":"com.x","signature_hash":"K8a/AINcGX7"}`), ",") + `]`), otp(`,"otp_type":"ONE_TAP","supported_apps":[` + strings.Join(times(6, `{"package_name":"com.x","signature_hash":"K8a/AINcGX7"}`), ",") + `]`)},
		{"otp.apps", otp(`,"otp_type":"COPY_CODE"`), otp(`,"otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.x","signature_hash":"K8a/AINcGX"}]`)},
		{"otp.apps", otp(`,"otp_type":"ONE_TAP","supported_apps":[{"package_name":"` + a(224) + `","signature_hash":"K8a/AINcGX7"}]`), otp(`,"otp_type":"ONE_TAP","supported_apps":[{"package_name":"` + a(225) + `","signature_hash":"K8a/AINcGX7"}]`)},
		{"ttl", with(otp(`,"otp_type":"COPY_CODE"`), "message_send_ttl_seconds", "30"), with(otp(`,"otp_type":"COPY_CODE"`), "message_send_ttl_seconds", "29")},
		{"ttl", with(otp(`,"otp_type":"COPY_CODE"`), "message_send_ttl_seconds", "-1"), with(otp(`,"otp_type":"COPY_CODE"`), "message_send_ttl_seconds", "-2")},
		{"otp.terms", otp(`,"otp_type":"ZERO_TAP","zero_tap_terms_accepted":true,"supported_apps":[{"package_name":"com.x","signature_hash":"K8a/AINcGX7"}]`), otp(`,"otp_type":"ZERO_TAP","zero_tap_terms_accepted":false,"supported_apps":[{"package_name":"com.x","signature_hash":"K8a/AINcGX7"}]`)},

		{"offer.text", offer(a(16), false, "b", link), offer(a(17), false, "b", link)},
		{"offer.text", offer("x", false, "b", link), offer("", false, "b", link)},
		{"offer.category", offer("x", false, "b", link), category(strings.Replace(offer("x", false, "b", link), "MARKETING", "UTILITY", 1), "UTILITY")},
		{"offer.header", offer("x", false, "b", link), strings.Replace(offer("x", false, "b", link), `"IMAGE"`, `"DOCUMENT"`, 1)},
		{"offer.footer", offer("x", false, "b", link), strings.Replace(offer("x", false, "b", link), `{"type":"BUTTONS"`, `{"type":"FOOTER","text":"f"},{"type":"BUTTONS"`, 1)},
		{"offer.buttons", offer("x", false, "b", link), offer("x", false, "b", quick("No"))},
		{"offer.buttons", offer("x", true, "b", code("A"), link), offer("x", true, "b", link, code("A"))},
		{"body.length", offer("x", false, a(600), link), offer("x", false, a(601), link)},
		{"code.length", offer("x", true, "b", code(a(15)), link), offer("x", true, "b", code(a(16)), link)},

		{"cards.count", cards(times(2, anyCard)...), cards(anyCard)},
		{"cards.count", cards(times(10, anyCard)...), cards(times(11, anyCard)...)},
		{"cards.alike", cards(anyCard, card("Other lamp", quick("Less"))), cards(anyCard, card("", quick("Less")))},
		{"cards.alike", cards(anyCard, anyCard), cards(anyCard, card("Lamp", link))},
		{"card.header", cards(anyCard, anyCard), strings.ReplaceAll(cards(anyCard, anyCard), `"IMAGE"`, `"DOCUMENT"`)},
		{"card.buttons", cards(times(2, card("x", quick("a", "b")))...), cards(times(2, card("x", quick("a", "b", "c")))...)},
		{"card.buttons", cards(times(2, card("x", call("a", "+1")))...), cards(times(2, card("x", code("a")))...)},
		{"card.component", cards(anyCard, anyCard), strings.ReplaceAll(cards(anyCard, anyCard), `{"type":"BODY","text":"Lamp"}`, `{"type":"FOOTER","text":"Lamp"}`)},
		{"body.length", cards(times(2, card(a(160), quick("a")))...), cards(times(2, card(a(161), quick("a")))...)},
	} {
		good, err := template.Decode([]byte(e.good))
		if err != nil {
			t.Fatalf("%d %s: %v\n%s", i, e.code, err, e.good)
		}
		if r := template.Refusals(template.Lint(good, template.Env{})); len(r) > 0 {
			t.Errorf("%d %s: the good one is refused: %v\n%s", i, e.code, codes(r), e.good)
		}
		bad, err := template.Decode([]byte(e.bad))
		if err != nil {
			t.Fatalf("%d %s: %v\n%s", i, e.code, err, e.bad)
		}
		if r := codes(template.Refusals(template.Lint(bad, template.Env{}))); !slices.Contains(r, e.code) {
			t.Errorf("%d %s: the bad one gives %v\n%s", i, e.code, r, e.bad)
		}
	}
}

// Each rule that refuses has a case in the table, but for those of the world around a document and of files.
func TestTheTableHasEachRule(t *testing.T) {
	source := tableSource(t)
	for _, r := range template.Rules {
		if r.Level == template.Refused && !strings.HasPrefix(r.Code, "file.") && r.Code != "name.taken" && r.Code != "text.twin" &&
			!strings.Contains(source, `{"`+r.Code+`", `) {
			t.Errorf("%s has no case", r.Code)
		}
	}
}

func TestTheWorldAround(t *testing.T) {
	d, err := template.Decode([]byte(`{"name":"a","language":"en","category":"UTILITY","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Your table is ready."},{"type":"FOOTER","text":"Acme"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := codes(template.Lint(d, template.Env{
		Taken: func(name, language string) bool { return name == "a" && language == "en" },
		Twin: func(language, body, footer string) string {
			if language == "en" && body == "Your table is ready." && footer == "Acme" {
				return "other"
			}
			return ""
		},
		File: func(s template.Slot) bool { return s == template.HeaderSlot("") },
	})); !slices.Equal(got, []string{"name.taken", "text.twin"}) {
		t.Errorf("%v", got)
	}
}

// Of each kind of button but quick replies and addresses a message takes one.
func TestOneOfEachKindOfButton(t *testing.T) {
	whole := map[template.ButtonType]template.Button{
		template.PhoneNumber: {PhoneNumber: "+1555"}, template.CopyCode: {Example: []string{"A"}}, template.Flow: {FlowID: "1"}, template.URLButton: {URL: "https://a.co"},
	}
	most := map[template.ButtonType]int{template.QuickReply: 10, template.URLButton: 2}
	for _, kind := range template.ButtonTypes {
		if kind == template.OTP {
			continue // in authentication templates, where it stands alone
		}
		limit := max(most[kind], 1)
		for n := limit; n <= limit+1; n++ {
			d := template.Document{Name: "a", Language: "en", Category: template.Marketing}
			if kind == template.SingleProduct {
				d.Ensure(template.Header).Format = template.HeaderProduct
			}
			d.Ensure(template.Body).Text = "Your table is ready."
			c := d.Ensure(template.Buttons)
			for i := range n {
				b := whole[kind]
				b.Type = kind
				if kind.FixedLabel() == "" {
					b.Text = fmt.Sprintf("Button %d", i)
				}
				c.Buttons = append(c.Buttons, b)
			}
			refused := codes(template.Refusals(template.Lint(d, template.Env{})))
			if n == limit && len(refused) > 0 || n > limit && !slices.Contains(refused, "buttons.kind") && !slices.Contains(refused, "buttons.count") {
				t.Errorf("%d of %s: %v", n, kind, refused)
			}
		}
	}
}
