package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// handle uploads bytes and returns their handle.
func (d *desk) handle(name, mime string, data []byte) string {
	d.Helper()
	u := d.do(http.MethodPost, d.path(fmt.Sprintf("APP/uploads?file_name=%s&file_length=%d&file_type=%s", name, len(data), mime)), d.cred.AccessToken, "", nil)
	a := d.do(http.MethodPost, d.path(u.str("id")), d.cred.AccessToken, "", data, "file_offset", "0")
	if a.str("h") == "" {
		d.Fatalf("upload: %s %s", u.raw, a.raw)
	}
	return a.str("h")
}

// create posts a create body and returns the answer.
func (d *desk) create(name, head, components string) answer {
	d.Helper()
	return d.post("WABA/message_templates", fmt.Sprintf(`{"name":%q,%s,"components":[%s]}`, name, head, components))
}

func js(v any) string { b, _ := json.Marshal(v); return string(b) }

const (
	utility   = `"language":"en_US","category":"UTILITY"`
	marketing = `"language":"en_US","category":"MARKETING"`
	authent   = `"language":"en_US","category":"AUTHENTICATION"`
	plainBody = `{"type":"BODY","text":"Your parcel is here and waits for you."}`
)

func bodyOf(text string, samples ...string) string {
	if len(samples) == 0 {
		return `{"type":"BODY","text":` + js(text) + `}`
	}
	return `{"type":"BODY","text":` + js(text) + `,"example":{"body_text":[` + js(samples) + `]}}`
}

func buttonsOf(b ...string) string {
	return plainBody + `,{"type":"BUTTONS","buttons":[` + strings.Join(b, ",") + `]}`
}

func quick(text string) string { return `{"type":"QUICK_REPLY","text":` + js(text) + `}` }

func linkTo(u string, more ...string) string {
	return `{"type":"URL","text":"Go","url":` + js(u) + strings.Join(more, "") + `}`
}

func many(n int, f func(int) string) string {
	var l []string
	for i := range n {
		l = append(l, f(i))
	}
	return strings.Join(l, ",")
}

// TestTemplateRules has each rule on either side of its edge: a refusal by the rule's name and Meta's subcode, or "" for taken.
func TestTemplateRules(t *testing.T) {
	d := open(t)
	img, vid, pdf := d.handle("a.jpg", "image/jpeg", []byte("jpeg")), d.handle("a.mp4", "video/mp4", []byte("mp4")), d.handle("a.pdf", "application/pdf", []byte("pdf"))
	media := func(format, handle string) string {
		return `{"type":"HEADER","format":"` + format + `","example":{"header_handle":[` + js(handle) + `]}}`
	}
	head := func(text string, more ...string) string {
		return plainBody + `,{"type":"HEADER","format":"TEXT","text":` + js(text) + strings.Join(more, "") + `}`
	}
	foot := func(text string) string { return plainBody + `,{"type":"FOOTER","text":` + js(text) + `}` }
	x := func(n int) string { return strings.Repeat("x", n) }
	card := func(format, handle, rest string) string {
		return `{"components":[` + media(format, handle) + rest + `,{"type":"BUTTONS","buttons":[` + quick("More") + `]}]}`
	}
	carousel := func(cards ...string) string {
		return plainBody + `,{"type":"CAROUSEL","cards":[` + strings.Join(cards, ",") + `]}`
	}
	offer := func(text string, expires bool) string {
		return fmt.Sprintf(`{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":%s,"has_expiration":%v}}`, js(text), expires)
	}
	lto := func(parts ...string) string { return plainBody + "," + strings.Join(parts, ",") }
	btns := func(b ...string) string { return `{"type":"BUTTONS","buttons":[` + strings.Join(b, ",") + `]}` }
	code := func(s string) string { return `{"type":"COPY_CODE","example":` + js(s) + `}` }
	otp := func(rest string) string { return `{"type":"BODY"},` + btns(`{"type":"OTP",`+rest+`}`) }
	app := func(hash string) string {
		return `"supported_apps":[{"package_name":"com.x","signature_hash":` + js(hash) + `}]`
	}
	const none = 0
	for i, c := range []struct {
		head, comps, rule string
		sub               int
	}{
		{utility, plainBody, "", 0},
		{`"language":"en_US","category":"utility"`, `{"type":"body","text":"All in small letters works too."}`, "", 0},
		{`"language":"xx","category":"UTILITY"`, plainBody, "language", none},
		{`"language":"en","category":"NEWS"`, plainBody, "category", none},
		{utility + `,"parameter_format":"ROMAN"`, plainBody, "parameter_format", none},
		{utility + `,"sub_category":"ORDER_STATUS"`, plainBody, "", 0},
		{utility + `,"sub_category":"NONSENSE"`, plainBody, "sub_category", none},
		{utility + `,"message_send_ttl_seconds":30`, plainBody, "", 0},
		{utility + `,"message_send_ttl_seconds":29`, plainBody, "ttl", none},
		{utility + `,"message_send_ttl_seconds":43200`, plainBody, "", 0},
		{utility + `,"message_send_ttl_seconds":43201`, plainBody, "ttl", none},
		{utility + `,"message_send_ttl_seconds":-1`, plainBody, "", 0},
		{marketing + `,"message_send_ttl_seconds":-1`, plainBody, "ttl", none},
		{marketing + `,"message_send_ttl_seconds":43200`, plainBody, "", 0},
		{marketing + `,"message_send_ttl_seconds":2592001`, plainBody, "ttl", none},
		{utility, ``, "body_missing", 2388072},
		{utility, plainBody + "," + plainBody, "component_twice", none},
		{utility, plainBody + `,{"type":"SIDEBAR"}`, "component_type", none},
		{utility, plainBody + `,7`, "component_type", none},
		// Body.
		{utility, bodyOf(" \n "), "body_missing", 2388072},
		{utility, bodyOf(x(1024)), "", 0},
		{utility, bodyOf(x(1025)), "too_long", 2388040},
		{utility, bodyOf(strings.Repeat("😀", 1024)), "", 0},
		{utility, bodyOf("a\n\nb"), "", 0},
		{utility, bodyOf("a\n\n\nb"), "body_newlines", 2388072},
		{utility, bodyOf("Hello {{1}} we are here.", "Ann"), "", 0},
		{utility, bodyOf("Hello {{1}} here.", "Ann"), "too_many_variables", 2388293},
		{utility, bodyOf("{{1}} we are here for you.", "Ann"), "variable_at_edge", 2388299},
		{utility, bodyOf("We are here for {{1}} \n", "Ann"), "variable_at_edge", 2388299},
		{utility, bodyOf("We are here for {{1}}.", "Ann"), "", 0},
		{utility, bodyOf("Hello {{1}} {{2}} we are here for you today.", "a", "b"), "variables_adjacent", 2388299},
		{utility, bodyOf("Hello {{1}}, {{2}} we are here for you today.", "a", "b"), "", 0},
		{utility, bodyOf("Hello {{1}} and {{3}} we are here for you.", "a", "b"), "body_variables", 2388072},
		{utility, bodyOf("Hello {{2}} and {{1}} we are here for you.", "a", "b"), "", 0},
		{utility, bodyOf("Hello {{ 1 }} we are here for you.", "a"), "body_variables", 2388072},
		{utility, bodyOf("Hello {{a#}} we are here for you.", "a"), "body_variables", 2388072},
		{utility, bodyOf("Hello {{name}} we are here for you.", "a"), "body_variables", 2388072},
		{utility, bodyOf("Hello {{1 we are here for you.", "a"), "body_variables", 2388072},
		{utility, bodyOf("Hello {{{1}}} we are here for you.", "a"), "body_variables", 2388072},
		{utility, bodyOf("Hello {there} we are here for you."), "", 0},
		{utility, bodyOf("Hello {there we are here for you."), "body_variables", 2388072},
		{utility, bodyOf("Hello {{1}} we are here for you."), "example_missing", 2388043},
		{utility, bodyOf("Hello {{1}} we are here for you.", "a", "b"), "example_missing", 2388043},
		{utility, bodyOf("Hello {{1}} we are here for you.", " "), "example_missing", 2388043},
		{utility, bodyOf("Hello, we are here for you.", "a"), "example_missing", 2388043},
		{
			utility + `,"parameter_format":"named"`,
			`{"type":"BODY","text":"Hello {{first_name}} we are here.","example":{"body_text_named_params":[{"param_name":"first_name","example":"Ann"}]}}`, "", 0,
		},
		{
			utility + `,"parameter_format":"NAMED"`,
			`{"type":"BODY","text":"Hello {{first_name}} we are here.","example":{"body_text_named_params":[{"param_name":"name","example":"Ann"}]}}`, "example_missing", 2388043,
		},
		{utility + `,"parameter_format":"NAMED"`, bodyOf("Hello {{1}} we are here.", "Ann"), "body_variables", 2388072},
		// Header.
		{utility, head(x(60)), "", 0},
		{utility, head(x(61)), "too_long", 2388040},
		{utility, head(" "), "header_missing", 2388047},
		{utility, head("Order {{1}}", `,"example":{"header_text":["S1"]}`), "", 0},
		{utility, head("Order {{1}}"), "example_missing", 2388043},
		{utility, head("Order {{1}} {{2}}", `,"example":{"header_text":["S1","S2"]}`), "header_format", 2388047},
		{utility, head("Two\nlines"), "header_format", 2388047},
		{utility, head("Party 🎉"), "header_format", 2388047},
		{utility, head("A *bold* one"), "header_format", 2388047},
		{utility, head("A _soft_ one"), "header_format", 2388047},
		{utility, head("order_id"), "", 0},
		{utility, plainBody + `,{"type":"HEADER","text":"x"}`, "header_format", 2388047},
		{utility, plainBody + `,{"type":"HEADER","format":"HOLOGRAM"}`, "header_format", 2388047},
		{utility, plainBody + `,{"type":"HEADER","format":"LOCATION"}`, "", 0},
		{utility, plainBody + `,` + media("IMAGE", img), "", 0},
		{utility, plainBody + `,{"type":"HEADER","format":"IMAGE"}`, "example_missing", 2388043},
		{utility, plainBody + `,` + media("VIDEO", img), "handle", 2388043},
		{utility, plainBody + `,` + media("IMAGE", "4:none"), "handle", 2388043},
		{utility, plainBody + `,` + media("IMAGE", "https://scontent.whatsapp.net/v/x.jpg"), "handle", 2388043},
		{utility, plainBody + `,` + media("DOCUMENT", pdf), "", 0},
		// Footer.
		{utility, foot(x(60)), "", 0},
		{utility, foot(x(61)), "too_long", 2388040},
		{utility, foot("For {{1}}"), "footer_format", 2388073},
		{utility, foot(""), "footer_format", 2388073},
		// Buttons.
		{utility, buttonsOf(), "buttons_count", none},
		{utility, buttonsOf(many(10, func(i int) string { return quick(fmt.Sprint("r", i)) })), "", 0},
		{utility, buttonsOf(many(11, func(i int) string { return quick(fmt.Sprint("r", i)) })), "buttons_count", none},
		{utility, buttonsOf(quick(x(25))), "", 0},
		{utility, buttonsOf(quick(x(26))), "too_long", 2388040},
		{utility, buttonsOf(quick("")), "button_label", none},
		{utility, buttonsOf(quick("Yes {{1}}")), "button_label", none},
		{utility, buttonsOf(quick("Yes 🎉")), "button_label", none},
		{utility, buttonsOf(quick("Yes"), quick("Yes")), "button_twice", none},
		{utility, buttonsOf(quick("a"), linkTo("https://a.example"), quick("b")), "buttons_order", none},
		{utility, buttonsOf(quick("a"), quick("b"), linkTo("https://a.example")), "", 0},
		{utility, buttonsOf(linkTo("https://a.example"), quick("a"), quick("b")), "", 0},
		{utility, buttonsOf(`{"type":"LEVER","text":"x"}`), "button_type", none},
		{utility, buttonsOf(`{"type":"URL","text":"a","url":"https://a.example"},{"type":"URL","text":"b","url":"https://a.example"},{"type":"URL","text":"c","url":"https://a.example"}`), "button_too_many", none},
		{utility, buttonsOf(linkTo("https://a.example/{{1}}", `,"example":["x"]`)), "", 0},
		{utility, buttonsOf(linkTo("https://a.example/{{1}}")), "example_missing", 2388043},
		{utility, buttonsOf(linkTo("https://a.example/{{1}}/x", `,"example":["x"]`)), "button_url", none},
		{utility, buttonsOf(linkTo("ftp://a.example")), "button_url", none},
		{utility, buttonsOf(linkTo("https://wa.me/1555")), "button_url", none},
		{utility, buttonsOf(linkTo("https://a.example/" + x(1982))), "", 0},
		{utility, buttonsOf(linkTo("https://a.example/" + x(1983))), "too_long", 2388040},
		{utility, buttonsOf(`{"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550051310"}`), "", 0},
		{utility, buttonsOf(`{"type":"PHONE_NUMBER","text":"Call","phone_number":"call me"}`), "button_phone", none},
		{utility, buttonsOf(`{"type":"PHONE_NUMBER","text":"Call","phone_number":"123456789012345678901"}`), "button_phone", none},
		{marketing, buttonsOf(code(x(20))), "", 0},
		{marketing, buttonsOf(code(x(21))), "too_long", 2388040},
		{marketing, buttonsOf(`{"type":"COPY_CODE"}`), "button_code", 2388043},
		{utility, buttonsOf(`{"type":"FLOW","text":"Open","flow_id":"1"}`), "", 0},
		{utility, buttonsOf(`{"type":"FLOW","text":"Open"}`), "button_flow", none},
		{utility, buttonsOf(`{"type":"FLOW","text":"Open","flow_id":"1","flow_name":"a"}`), "button_flow", none},
		{utility, buttonsOf(`{"type":"SPM","text":"View"}`), "button_mix", none},
		{utility, buttonsOf(`{"type":"OTP","otp_type":"COPY_CODE"}`), "auth_buttons", none},
		{utility, buttonsOf(`{"type":"REQUEST_CONTACT_INFO"}`), "", 0},
		// Authentication.
		{authent, otp(`"otp_type":"COPY_CODE"`), "", 0},
		{authent, otp(`"otp_type":"MAGIC"`), "otp_type", none},
		{authent, otp(`"otp_type":"ONE_TAP",` + app("K8a/AINcGX7")), "", 0},
		{authent, otp(`"otp_type":"ONE_TAP",` + app("K8a/AINcGX")), "otp_apps", none},
		{authent, otp(`"otp_type":"ZERO_TAP",` + app("K8a/AINcGX7")), "otp_terms", none},
		{authent, otp(`"otp_type":"ZERO_TAP","zero_tap_terms_accepted":true,` + app("K8a/AINcGX7")), "", 0},
		{authent, `{"type":"BODY","add_security_recommendation":true}`, "auth_buttons", none},
		{authent, `{"type":"HEADER","format":"TEXT","text":"x"},` + otp(`"otp_type":"COPY_CODE"`), "auth_components", none},
		{authent, otp(`"otp_type":"COPY_CODE"`) + `,{"type":"FOOTER","code_expiration_minutes":90}`, "", 0},
		{authent, otp(`"otp_type":"COPY_CODE"`) + `,{"type":"FOOTER","code_expiration_minutes":91}`, "auth_footer", 2388073},
		{authent + `,"message_send_ttl_seconds":900`, otp(`"otp_type":"COPY_CODE"`), "", 0},
		{authent + `,"message_send_ttl_seconds":901`, otp(`"otp_type":"COPY_CODE"`), "ttl", none},
		// Carousel.
		{marketing, carousel(card("IMAGE", img, ""), card("IMAGE", img, "")), "", 0},
		{marketing, carousel(card("IMAGE", img, "")), "carousel_cards", none},
		{marketing, carousel(strings.Split(strings.Repeat(card("IMAGE", img, "")+"\x00", 10), "\x00")[:10]...), "", 0},
		{marketing, carousel(strings.Split(strings.Repeat(card("IMAGE", img, "")+"\x00", 11), "\x00")[:11]...), "carousel_cards", none},
		{marketing, carousel(card("IMAGE", img, ""), card("VIDEO", vid, "")), "carousel_structure", none},
		{marketing, carousel(card("IMAGE", img, `,{"type":"BODY","text":"`+x(160)+`"}`), card("IMAGE", img, `,{"type":"BODY","text":"b"}`)), "", 0},
		{marketing, carousel(card("IMAGE", img, `,{"type":"BODY","text":"`+x(161)+`"}`), card("IMAGE", img, `,{"type":"BODY","text":"b"}`)), "too_long", 2388040},
		{marketing, carousel(card("DOCUMENT", pdf, ""), card("DOCUMENT", pdf, "")), "carousel_header", none},
		{marketing, carousel(card("IMAGE", img, `,{"type":"FOOTER","text":"b"}`), card("IMAGE", img, "")), "carousel_parts", none},
		// Limited-time offer.
		{marketing, lto(media("IMAGE", img), offer("Ends soon", true), btns(code("SPRING"), linkTo("https://a.example"))), "", 0},
		{utility, lto(media("IMAGE", img), offer("Ends soon", true), btns(code("SPRING"), linkTo("https://a.example"))), "lto_category", none},
		{marketing, lto(media("IMAGE", img), offer(x(16), false), btns(linkTo("https://a.example"))), "", 0},
		{marketing, lto(media("IMAGE", img), offer(x(17), false), btns(linkTo("https://a.example"))), "too_long", 2388040},
		{marketing, lto(media("IMAGE", img), offer("Ends soon", true), btns(linkTo("https://a.example"))), "lto_buttons", none},
		{marketing, lto(media("IMAGE", img), offer("Ends soon", false), btns(code("SPRING"))), "lto_buttons", none},
		{marketing, lto(media("IMAGE", img), offer("Ends soon", true), btns(code(x(16)), linkTo("https://a.example"))), "too_long", 2388040},
		{marketing, lto(media("IMAGE", img), offer("Ends soon", false), btns(linkTo("https://a.example")), `{"type":"FOOTER","text":"x"}`), "lto_footer", none},
		{marketing, lto(media("DOCUMENT", pdf), offer("Ends soon", false), btns(linkTo("https://a.example"))), "lto_header", none},
		{marketing, strings.Replace(lto(media("IMAGE", img), offer("Ends soon", false), btns(linkTo("https://a.example"))), plainBody, bodyOf(x(601)), 1), "too_long", 2388040},
		{utility, plainBody + `,{"type":"CALL_PERMISSION_REQUEST"}`, "", 0},
		{authent, otp(`"otp_type":"COPY_CODE"`) + `,{"type":"CALL_PERMISSION_REQUEST"}`, "auth_components", none},
	} {
		d.free(img, vid, pdf)
		a := d.create(fmt.Sprintf("rule_%d", i), c.head, c.comps)
		if got := a.header.Get("X-Sandbox-Rule"); got != c.rule || (a.code == 200) != (c.rule == "") || a.num("error.error_subcode") != c.sub {
			t.Errorf("%s %s: %q, want %q (%d): %d %s", c.head, c.comps, got, c.rule, c.sub, a.code, a.raw)
		}
		if c.sub != 0 && (a.str("error.error_user_title") == "" || a.str("error.error_user_msg") == "" || a.at("error.is_transient") != false) {
			t.Errorf("not in the form of the management edges: %s", a.raw)
		}
	}
}

// free lets handles be used by any template again.
func (d *desk) free(handles ...string) {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	for _, h := range handles {
		d.s.w.handles[h].usedBy = ""
	}
}
