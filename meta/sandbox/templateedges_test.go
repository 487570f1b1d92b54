package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestUploads: the session in pieces, its offset, its handle and what becomes of it.
func TestUploads(t *testing.T) {
	d := open(t)
	start := func(q string) answer {
		return d.do(http.MethodPost, d.path("APP/uploads?"+q), d.cred.AccessToken, "", nil)
	}
	for q, rule := range map[string]string{
		"file_length=5&file_type=image/gif": "upload_type", "file_length=0&file_type=image/png": "upload_length", "file_length=5242881&file_type=image/png": "upload_length",
		"file_length=16777217&file_type=video/mp4": "upload_length", "file_length=x&file_type=image/png": "upload_length",
	} {
		if a := start(q); a.code != 400 || a.header.Get("X-Sandbox-Rule") != rule {
			t.Errorf("%s: %d %s", q, a.code, a.raw)
		}
	}
	id := start("file_name=a.png&file_length=10&file_type=image/png").str("id")
	if !strings.HasPrefix(id, "upload:") || !strings.Contains(id, "?sig=") {
		t.Fatalf("%s", id)
	}
	send := func(id, off, data string) answer {
		return d.do(http.MethodPost, d.path(id), d.cred.AccessToken, "application/octet-stream", []byte(data), "file_offset", off)
	}
	if a := send(id, "0", "01234"); a.num("file_offset") != 5 || a.at("h") != nil {
		t.Errorf("%s", a.raw)
	}
	if a := d.get(id); a.num("file_offset") != 5 || a.str("id") != id {
		t.Errorf("%s", a.raw)
	}
	for off, data := range map[string]string{"4": "x", "6": "x", "": "x", "-1": "x", "5": "567890"} {
		if a := send(id, off, data); a.code != 400 {
			t.Errorf("offset %s with %q: %s", off, data, a.raw)
		}
	}
	if a := send(strings.Replace(id, "sig=", "sig=x", 1), "5", "56789"); a.num("error.error_subcode") != 33 {
		t.Errorf("a false signature: %s", a.raw)
	}
	escaped := strings.ReplaceAll(id, "?sig=", "%3Fsig%3D")
	a := send(escaped, "5", "56789")
	h := a.str("h")
	if !strings.HasPrefix(h, "4:") || !strings.Contains(h, d.cred.AppID) {
		t.Fatalf("%s", a.raw)
	}
	if a := send(id, "10", ""); a.str("h") != h {
		t.Errorf("the handle again, after a lost answer: %s", a.raw)
	}
	header := plainBody + `,{"type":"HEADER","format":"IMAGE","example":{"header_handle":[` + js(h) + `]}}`
	one := d.create("with_image", utility, header)
	if one.code != 200 {
		t.Fatalf("%s", one.raw)
	}
	if a := d.create("with_image", `"language":"vi","category":"UTILITY"`, strings.Replace(header, "Your parcel is here and waits for you", "Đơn của bạn đã tới", 1)); a.code != 200 {
		t.Errorf("another language of the same template: %s", a.raw)
	}
	if a := d.create("other_image", utility, header); a.header.Get("X-Sandbox-Rule") != "handle" {
		t.Errorf("a used handle: %s", a.raw)
	}

	shown := d.get(one.str("id")).str("components.1.example.header_handle.0")
	resp := d.do(http.MethodGet, shown, "", "", nil)
	if string(resp.raw) != "0123456789" || resp.header.Get("Content-Type") != "image/png" || !strings.Contains(shown, "scontent.whatsapp.net") {
		t.Errorf("%s: %d %s", shown, resp.code, resp.raw)
	}
	if a := d.create("third_image", utility, strings.Replace(header, js(h), js(shown), 1)); a.header.Get("X-Sandbox-Rule") != "handle" || a.num("error.error_subcode") != 2388043 {
		t.Errorf("an address as a handle: %s", a.raw)
	}
	u, _ := url.Parse(shown)
	q := u.Query()
	q.Set("oe", "7fffffff")
	u.RawQuery = q.Encode()
	if a := d.do(http.MethodGet, u.String(), "", "", nil); a.code != http.StatusForbidden {
		t.Errorf("a changed address: %d", a.code)
	}
	d.clock.add(25 * time.Hour)
	if a := d.do(http.MethodGet, shown, "", "", nil); a.code != http.StatusForbidden {
		t.Errorf("an old address: %d", a.code)
	}
	if a := d.create("with_image", `"language":"fr","category":"UTILITY"`, header); a.header.Get("X-Sandbox-Rule") != "handle" {
		t.Errorf("an old handle: %s", a.raw)
	}
	late := start("file_length=10&file_type=image/png").str("id")
	d.clock.add(25 * time.Hour)
	if a := send(late, "0", "0123456789"); a.num("error.error_subcode") != 33 {
		t.Errorf("an old session: %s", a.raw)
	}
}

// TestCutUpload: the connection breaks in the middle; what arrived is there.
func TestCutUpload(t *testing.T) {
	d := open(t)
	if a := d.control(http.MethodPost, "faults", `{"edge":"messages","cut":3}`); a.code != 400 {
		t.Errorf("%s", a.raw)
	}
	if a := d.control(http.MethodPost, "faults", `{"edge":"uploads","cut":3}`); a.code != 200 {
		t.Fatalf("%s", a.raw)
	}
	id := d.do(http.MethodPost, d.path("APP/uploads?file_length=10&file_type=image/png"), d.cred.AccessToken, "", nil).str("id")
	if a := d.do(http.MethodPost, d.path(id), d.cred.AccessToken, "", []byte("0123456789"), "file_offset", "0"); a.err == nil {
		t.Errorf("answered: %s", a.raw)
	}
	if a := d.get(id); a.num("file_offset") != 3 {
		t.Errorf("%s", a.raw)
	}
	if a := d.do(http.MethodPost, d.path(id), d.cred.AccessToken, "", []byte("3456789"), "file_offset", "3"); a.str("h") == "" {
		t.Errorf("%s", a.raw)
	}
}

// TestAuthentication: Meta's own words, the button as a link, previews, several languages at once, sending.
func TestAuthentication(t *testing.T) {
	d := open(t, unbatched)
	h := d.all()
	button := `{"type":"BUTTONS","buttons":[{"type":"otp","otp_type":"one_tap","text":"Copy it","autofill_text":"Fill in","supported_apps":[{"package_name":"com.x","signature_hash":"K8a/AINcGX7"}]}]}`
	id := d.approved(h, "code", authent+`,"message_send_ttl_seconds":60`, `{"type":"BODY","add_security_recommendation":true},{"type":"FOOTER","code_expiration_minutes":10},`+button)
	a := d.get(id)
	link := a.str("components.2.buttons.0.url")
	if a.str("components.2.buttons.0.type") != "URL" || a.str("components.2.buttons.0.text") != "Copy it" || !strings.HasPrefix(link, "https://www.whatsapp.com/otp/code/?otp_type=ONE_TAP") ||
		!strings.HasSuffix(link, "&code=otp{{1}}") || !strings.Contains(link, "package_name=com.x") || a.at("components.2.buttons.0.otp_type") != nil ||
		!strings.Contains(a.str("components.0.text"), "*{{1}}*") || a.str("components.1.text") == "" {
		t.Errorf("%s", a.raw)
	}
	code := `[{"type":"body","parameters":[{"type":"text","text":"123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]`
	if a := d.post("PHONE/messages", tpl("code", "en_US", code)); a.code != 200 {
		t.Errorf("%s", a.raw)
	}
	up := d.post("WABA/upsert_message_templates", `{"name":"code","languages":["en_US","es","vi"],"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}`)
	if l := asList(up.at("data")); len(l) != 3 || up.str("data.0.id") != id || up.str("data.1.language") != "es" || up.str("data.2.id") == "" {
		t.Errorf("%s", up.raw)
	}
	if a := d.get(up.str("data.2.id")); a.str("language") != "vi" || !strings.Contains(a.str("components.0.text"), "mã xác minh") {
		t.Errorf("%s", a.raw)
	}
	if a := d.post("WABA/upsert_message_templates", `{"name":"x","languages":["en_US"],"category":"UTILITY","components":[]}`); a.code != 400 {
		t.Errorf("%s", a.raw)
	}
	p := d.get("WABA/message_template_previews?category=AUTHENTICATION&languages=en_US,es&add_security_recommendation=true&code_expiration_minutes=5&button_types=OTP")
	if len(asList(p.at("data"))) != 2 || p.str("data.1.language") != "es" || p.str("data.0.body") == p.str("data.1.body") || p.str("data.0.footer") == "" || p.str("data.0.buttons.0.text") == "" {
		t.Errorf("%s", p.raw)
	}
	if a := d.get("WABA/message_template_previews?category=UTILITY&button_types=OTP"); a.code != 400 {
		t.Errorf("%s", a.raw)
	}
}

// TestLibrary: found by words and topic, made into a template that is approved at once.
func TestLibrary(t *testing.T) {
	d := open(t)
	if n := len(asList(d.get("message_template_library?topic=PAYMENTS").at("data"))); n != 2 {
		t.Errorf("%d", n)
	}
	a := d.get("message_template_library?search=carrier")
	if a.str("data.0.name") != "delivery_update_1" || a.str("data.0.body_param_types.2") != "DATE" || a.str("data.0.buttons.0.type") != "URL" {
		t.Errorf("%s", a.raw)
	}
	body := `{"name":"mine","language":"en_US","category":"UTILITY","library_template_name":"delivery_update_1"%s}`
	if a := d.post("WABA/message_templates", fmt.Sprintf(body, "")); a.header.Get("X-Sandbox-Rule") != "library" {
		t.Errorf("without the address: %s", a.raw)
	}
	a = d.post("WABA/message_templates", fmt.Sprintf(body, `,"library_template_button_inputs":[{"type":"URL","url":{"base_url":"https://a.example/{{1}}","url_suffix_example":"https://a.example/demo"}}]`))
	if a.str("status") != "APPROVED" {
		t.Fatalf("%s", a.raw)
	}
	if a := d.get(a.str("id") + "?fields=components,library_template_name"); a.str("components.2.buttons.0.url") != "https://a.example/{{1}}" || a.str("library_template_name") != "delivery_update_1" {
		t.Errorf("%s", a.raw)
	}
	if a := d.post("WABA/message_templates", `{"name":"no","language":"en_US","category":"UTILITY","library_template_name":"nothing"}`); a.code != 400 {
		t.Errorf("%s", a.raw)
	}
}

// TestArchiveAndCompare also goes without a version in the path, as on Meta's other host.
func TestArchiveAndCompare(t *testing.T) {
	d := open(t, unbatched)
	h := d.all()
	id := d.approved(h, "shelf", utility, bodyOf("The text that goes to the shelf."))
	bare := strings.TrimSuffix(d.cred.URL, "/v26.0") + "/" + d.cred.WABAID + "/message_templates/"
	a := d.do(http.MethodPost, bare+"archive", d.cred.AccessToken, "application/json", []byte(`{"hsm_ids":"`+id+`,999"}`))
	if a.str("archived_templates.0") != id || a.str("failed_templates.0") != "999" {
		t.Errorf("%s", a.raw)
	}
	if v := h.change(statusField); v.str("event") != "ARCHIVED" {
		t.Errorf("%s", v.raw)
	}
	if a := d.post("PHONE/messages", tpl("shelf", "en_US", "")); a.num("error.code") != 132001 {
		t.Errorf("%s", a.raw)
	}
	a = d.do(http.MethodPost, bare+"unarchive/", d.cred.AccessToken, "application/x-www-form-urlencoded", []byte("hsm_ids="+id))
	if a.str("unarchived_templates.0") != id {
		t.Errorf("%s", a.raw)
	}
	d.do(http.MethodPost, bare+"archive", d.cred.AccessToken, "application/json", []byte(`{"hsm_ids":["`+id+`"]}`))
	d.clock.add(28*24*time.Hour - time.Second)
	if s := d.get(id).str("status"); s != "ARCHIVED" {
		t.Errorf("%s", s)
	}
	d.do(http.MethodPost, bare+"unarchive", d.cred.AccessToken, "application/json", []byte(`{"hsm_ids":["`+id+`"]}`))
	d.do(http.MethodPost, bare+"archive", d.cred.AccessToken, "application/json", []byte(`{"hsm_ids":["`+id+`"]}`))
	d.clock.add(time.Hour)
	if s := d.get(id).str("status"); s != "ARCHIVED" {
		t.Errorf("the first archiving is not forgotten: %s", s)
	}
	d.do(http.MethodPost, bare+"unarchive", d.cred.AccessToken, "application/json", []byte(`{"hsm_ids":["`+id+`"]}`))
	gone := d.approved(h, "forgotten", utility, bodyOf("The text that nobody sends again."))
	d.do(http.MethodPost, bare+"archive", d.cred.AccessToken, "application/json", []byte(`{"hsm_ids":["`+gone+`"]}`))
	d.clock.add(28 * 24 * time.Hour)
	if a := d.get(gone); a.num("error.error_subcode") != 33 {
		t.Errorf("still there after 28 days in the archive: %s", a.raw)
	}
	if a := d.create("forgotten", utility, plainBody); a.num("error.error_subcode") != 2388023 {
		t.Errorf("%s", a.raw)
	}
	if a := d.post("WABA/message_templates/burn", `{}`); a.num("error.error_subcode") != 33 {
		t.Errorf("%s", a.raw)
	}
	other := d.get("WABA/message_templates?name=come_back").str("data.0.id")
	d.post("PHONE/messages", tpl("shelf", "en_US", ""))
	now := d.clock.now().Unix()
	a = d.get(fmt.Sprintf("%s/compare?template_ids=[%s]&start=%d&end=%d", id, other, now-7*86400, now))
	if a.str("data.0.metric") != "BLOCK_RATE" || len(asList(a.at("data.0.order_by_relative_metric"))) != 2 || a.str("data.1.number_values.0.key") != id || a.num("data.1.number_values.0.value") != 1 {
		t.Errorf("%s", a.raw)
	}
	if a := d.get(fmt.Sprintf("%s/compare?template_ids=[%s]&start=%d&end=%d", id, other, now-86400, now)); a.code != 400 {
		t.Errorf("%s", a.raw)
	}
}

// TestForms: the same body as JSON, form, query and multipart; slashes at the end; with and without a version.
func TestForms(t *testing.T) {
	d := open(t, func(c *Config) { c.HoldReview = true })
	comps := `[` + bodyOf("Hello {{1}}, we are here for you.", "Ann") + `]`
	n := 0
	vals := func() url.Values {
		n++
		return url.Values{"name": {fmt.Sprintf("form_%d", n)}, "language": {"en_US"}, "category": {"utility"}, "components": {comps}}
	}
	base := strings.TrimSuffix(d.cred.URL, "/v26.0")
	edge := "/" + d.cred.WABAID + "/message_templates"
	for _, path := range []string{"/v26.0" + edge, "/v19.0" + edge + "/", edge, "//v25.0/" + edge + "//"} {
		for form, do := range map[string]func(url.Values) answer{
			"form": func(v url.Values) answer {
				return d.do(http.MethodPost, base+path, d.cred.AccessToken, "application/x-www-form-urlencoded", []byte(v.Encode()))
			},
			"query": func(v url.Values) answer {
				return d.do(http.MethodPost, base+path+"?"+v.Encode(), d.cred.AccessToken, "", nil)
			},
			"token in the query": func(v url.Values) answer {
				v.Set("access_token", d.cred.AccessToken)
				return d.do(http.MethodPost, base+path+"?"+v.Encode(), "", "", nil)
			},
			"JSON": func(v url.Values) answer {
				b := fmt.Sprintf(`{"name":%q,"language":"en_US","category":"UTILITY","components":%s,"allow_category_change":true}`, v.Get("name"), comps)
				return d.do(http.MethodPost, base+path, d.cred.AccessToken, "application/json; charset=utf-8", []byte(b))
			},
			"JSON, components as a text": func(v url.Values) answer {
				b, _ := json.Marshal(map[string]string{"name": v.Get("name"), "language": "en_US", "category": "UTILITY", "components": comps})
				return d.do(http.MethodPost, base+path, d.cred.AccessToken, "application/json", b)
			},
		} {
			if a := do(vals()); a.code != 200 || a.str("status") != "PENDING" || a.str("category") != "UTILITY" {
				t.Errorf("%s as %s: %d %s", path, form, a.code, a.raw)
			}
		}
	}
	if a := d.get("WABA/message_templates?status=SHINY"); a.code != 400 {
		t.Errorf("%s", a.raw)
	}
	for q, want := range map[string]int{"status=pending,rejected&limit=100": n + 2, "name=FORM_&limit=100": n, "quality_score=unknown&name=form_1&limit=100": 11, "source=AUTO_GENERATED": 0} {
		if got := len(asList(d.get("WABA/message_templates?" + q).at("data"))); got != want {
			t.Errorf("%s: %d, want %d", q, got, want)
		}
	}
}

// TestStartersAreLegal: what the account begins with would be taken.
func TestStartersAreLegal(t *testing.T) {
	d := open(t)
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	for _, x := range d.s.w.templates {
		if x.category == "AUTHENTICATION" {
			continue // stored in Meta's own words
		}
		if e := (&draft{category: x.category, named: x.format == "NAMED"}).check(x.components); e != nil {
			t.Errorf("%s: %s %s", x.name, e.rule, e.userMsg+e.msg)
		}
	}
}
