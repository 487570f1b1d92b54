package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// all subscribes a callback to every field.
func (d *desk) all() *hooks {
	d.Helper()
	h := callback(d)
	if err := d.s.SetCallback(h.srv.URL, ""); err != nil {
		d.Fatal(err)
	}
	return h
}

// change waits for the next change of a field and gives its value.
func (h *hooks) change(field string) answer {
	h.tb.Helper()
	for {
		k := h.next()
		for _, e := range asList(k.body["entry"]) {
			for _, c := range asList(asObject(e)["changes"]) {
				if asText(asObject(c)["field"]) == field {
					return answer{body: asObject(asObject(c)["value"]), raw: k.raw}
				}
			}
		}
	}
}

const (
	statusField   = "message_template_status_update"
	qualityField  = "message_template_quality_update"
	categoryField = "template_category_update"
)

// one batch per webhook, so that the order of changes is the order of events.
func unbatched(c *Config) { c.Batch, c.InFlight = 1, 1 }

func (d *desk) delete(p string) answer {
	d.Helper()
	return d.do(http.MethodDelete, d.path(p), d.cred.AccessToken, "", nil)
}

// approved makes a template and waits for its approval.
func (d *desk) approved(h *hooks, name, head, comps string) string {
	d.Helper()
	a := d.create(name, head, comps)
	if a.code != 200 {
		d.Fatalf("%s", a.raw)
	}
	for v := h.change(statusField); v.str("message_template_name") != name || v.str("event") != "APPROVED"; v = h.change(statusField) {
		if v.str("event") == "REJECTED" {
			d.Fatalf("%s", v.raw)
		}
	}
	return a.str("id")
}

// TestReview: what a reviewer makes of contents, always the same.
func TestReview(t *testing.T) {
	d := open(t, unbatched)
	h := d.all()
	for i, c := range []struct{ name, head, body, want string }{
		{"fine", utility, "Your parcel left our shop today.", "APPROVED"},
		{"please_reject_me", utility, "Your parcel left our shop just now.", "INVALID_FORMAT"},
		{"reject_scam_please", utility, "Your parcel left our shop at noon.", "SCAM"},
		{"cards", utility, "Please write us your card number and the CVV.", "SCAM"},
		{"short_link", utility, "See https://bit.ly/abc for your parcel.", "SCAM"},
		{"rude", marketing, "Only an idiot would miss our shop.", "ABUSIVE_CONTENT"},
		{"code", utility, "Hello, {{1}} is your verification code for today.", "INCORRECT_CATEGORY"},
		{"cyrillic", utility, "Ваш заказ готов, приходите за ним.", "TAG_CONTENT_MISMATCH"},
		{"latin", `"language":"ru","category":"UTILITY"`, "Your order is ready to be collected.", "TAG_CONTENT_MISMATCH"},
		{"twin", utility, "Your parcel left our shop today.", "INVALID_FORMAT"},
		{"twin", `"language":"en_GB","category":"UTILITY"`, "Your parcel left our shop today.", "APPROVED"},
		{"promo_in_sub", utility + `,"sub_category":"ORDER_STATUS"`, "Your order is on its way, with a discount for the next.", "PROMOTIONAL"},
	} {
		comps := bodyOf(c.body)
		if strings.Contains(c.body, "{{") {
			comps = bodyOf(c.body, "123456")
		}
		a := d.create(c.name, c.head, comps)
		v := h.change(statusField)
		got := d.get(a.str("id") + "?fields=status,rejected_reason")
		if c.want == "APPROVED" {
			if v.str("event") != "APPROVED" || v.str("reason") != "NONE" || got.str("rejected_reason") != "NONE" || v.at("rejection_info") != nil {
				t.Errorf("%d %s: %s %s", i, c.name, v.raw, got.raw)
			}
			continue
		}
		if v.str("event") != "REJECTED" || v.str("reason") != c.want || got.str("rejected_reason") != c.want || got.str("status") != "REJECTED" ||
			v.str("rejection_info.reason") == "" || v.str("rejection_info.recommendation") == "" {
			t.Errorf("%d %s, want %s: %s %s", i, c.name, c.want, v.raw, got.raw)
		}
	}
}

// TestCostlierCategory: a promotional utility template is approved as marketing, and its ttl is gone.
func TestCostlierCategory(t *testing.T) {
	d := open(t, unbatched)
	h := d.all()
	id := d.approved(h, "deal", utility+`,"message_send_ttl_seconds":60`, bodyOf("Thank you for your order. Here is a coupon for the next."))
	v := h.change(categoryField)
	if v.str("previous_category") != "UTILITY" || v.str("new_category") != "MARKETING" || v.at("correct_category") != nil || v.str("message_template_language") != "en-US" {
		t.Errorf("%s", v.raw)
	}
	a := d.get(id + "?fields=category,previous_category,message_send_ttl_seconds")
	if a.str("category") != "MARKETING" || a.str("previous_category") != "UTILITY" || a.at("message_send_ttl_seconds") != nil {
		t.Errorf("%s", a.raw)
	}
}

// TestPauses: three hours, six hours, disabled; on the hand-set clock.
func TestPauses(t *testing.T) {
	d := open(t, unbatched)
	h := d.all()
	id := d.approved(h, "loud", marketing, bodyOf("Come to our shop, it is full of new things."))
	red := func() {
		if a := d.control(http.MethodPost, "templates/loud", `{"quality":"RED"}`); a.code != 200 {
			t.Fatalf("%s", a.raw)
		}
	}
	send := func() int { return d.post("PHONE/messages", tpl("loud", "en_US", "")).num("error.code") }
	red()
	if v := h.change(qualityField); v.str("previous_quality_score") != "UNKNOWN" || v.str("new_quality_score") != "RED" {
		t.Errorf("%s", v.raw)
	}
	if v := h.change(statusField); v.str("event") != "PAUSED" || v.str("other_info.title") != "FIRST_PAUSE" || v.str("other_info.description") == "" {
		t.Errorf("%s", v.raw)
	}
	if send() != 132015 {
		t.Error("a paused template is sent")
	}
	d.clock.add(3*time.Hour - time.Second)
	if s := d.get(id).str("status"); s != "PAUSED" {
		t.Errorf("before three hours: %s", s)
	}
	d.clock.add(time.Second)
	if s := d.get(id).str("status"); s != "APPROVED" {
		t.Errorf("after three hours: %s", s)
	}
	if v := h.change(statusField); v.str("event") != "APPROVED" || v.str("other_info.title") != "UNPAUSE" {
		t.Errorf("%s", v.raw)
	}
	red()
	if v := h.change(statusField); v.str("other_info.title") != "SECOND_PAUSE" {
		t.Errorf("%s", v.raw)
	}
	d.clock.add(3 * time.Hour)
	if s := d.get(id).str("status"); s != "PAUSED" {
		t.Errorf("the second pause is over after three hours: %s", s)
	}
	d.clock.add(3 * time.Hour)
	if d.get(id).str("status") != "APPROVED" {
		t.Error("the second pause does not end")
	}
	h.change(statusField)
	red()
	if v := h.change(statusField); v.str("event") != "DISABLED" || v.str("disable_info.disable_date") == "" || v.str("other_info.title") != "DISABLED" {
		t.Errorf("%s", v.raw)
	}
	if send() != 132016 {
		t.Error("a disabled template is sent")
	}
	if a := d.post(id, `{"components":[`+plainBody+`]}`); a.num("error.error_subcode") != 2388039 {
		t.Errorf("edit of a disabled one: %s", a.raw)
	}
	if a := d.delete("WABA/message_templates?name=loud"); a.code != 400 {
		t.Errorf("delete of a disabled one: %s", a.raw)
	}
}

// TestPlannedCategory: warned a day before, then changed.
func TestPlannedCategory(t *testing.T) {
	d := open(t, unbatched)
	h := d.all()
	id := d.approved(h, "soon", utility, bodyOf("Your parcel is in our shop."))
	d.control(http.MethodPost, "templates/"+id, `{"correct_category":"marketing"}`)
	at := d.clock.now().Add(24 * time.Hour)
	if v := h.change(categoryField); v.str("correct_category") != "MARKETING" || v.str("new_category") != "UTILITY" || v.num("category_update_timestamp") != int(at.Unix()) || v.at("previous_category") != nil {
		t.Errorf("%s", v.raw)
	}
	if v := h.change("template_correct_category_detection"); v.str("category") != "UTILITY" || v.str("correct_category") != "MARKETING" || v.str("message_template_language") != "en_US" {
		t.Errorf("%s", v.raw)
	}
	if a := d.get(id + "?fields=category,correct_category"); a.str("category") != "UTILITY" || a.str("correct_category") != "MARKETING" {
		t.Errorf("%s", a.raw)
	}
	d.clock.add(24 * time.Hour)
	if a := d.get(id + "?fields=category,correct_category,previous_category"); a.str("category") != "MARKETING" || a.at("correct_category") != nil || a.str("previous_category") != "UTILITY" {
		t.Errorf("%s", a.raw)
	}
	if v := h.change(categoryField); v.str("previous_category") != "UTILITY" || v.str("new_category") != "MARKETING" {
		t.Errorf("%s", v.raw)
	}
}

// TestControl: each event by order, in Meta's form, and silently.
func TestControl(t *testing.T) {
	d := open(t, unbatched, func(c *Config) { c.HoldReview = true })
	h := d.all()
	id := d.create("ordered", utility, plainBody).str("id")
	for _, c := range []struct{ event, status string }{
		{"IN_APPEAL", "IN_APPEAL"},
		{"REINSTATED", "APPROVED"},
		{"FLAGGED", "APPROVED"},
		{"PAUSED", "PAUSED"},
		{"APPROVED", "APPROVED"},
		{"ARCHIVED", "ARCHIVED"},
		{"UNARCHIVED", "APPROVED"},
		{"LIMIT_EXCEEDED", "LIMIT_EXCEEDED"},
		{"LOCKED", "LIMIT_EXCEEDED"},
		{"PENDING", "PENDING"},
		{"DISABLED", "DISABLED"},
		{"PENDING_DELETION", "PENDING_DELETION"},
	} {
		d.control(http.MethodPost, "templates/"+id, `{"status":"`+strings.ToLower(c.event)+`"}`)
		v := h.change(statusField)
		if v.str("event") != c.event || fmt.Sprint(v.num("message_template_id")) != id || v.str("message_template_category") != "UTILITY" || v.str("message_template_name") != "ordered" {
			t.Errorf("%s: %s", c.event, v.raw)
		}
		if s := d.get(id).str("status"); s != c.status {
			t.Errorf("after %s: %s", c.event, s)
		}
	}
	for _, reason := range []string{"ABUSIVE_CONTENT", "INCORRECT_CATEGORY", "INVALID_FORMAT", "PROMOTIONAL", "SCAM", "TAG_CONTENT_MISMATCH", "CATEGORY_NOT_AVAILABLE"} {
		d.control(http.MethodPost, "templates/ordered", `{"status":"REJECTED","reason":"`+reason+`"}`)
		if v := h.change(statusField); v.str("reason") != reason || v.str("rejection_info.recommendation") == "" {
			t.Errorf("%s", v.raw)
		}
	}
	d.control(http.MethodPost, "templates/ordered", `{"status":"APPROVED","silent":true}`)
	if s := d.get(id).str("status"); s != "APPROVED" {
		t.Error("silence changes nothing")
	}
	d.control(http.MethodPost, "templates/ordered", `{"edit_components":[{"type":"HEADER","format":"TEXT","text":"Hi"},{"type":"BODY","text":"Changed by Meta."},{"type":"FOOTER","text":"F"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Go","url":"https://a.example"},{"type":"PHONE_NUMBER","text":"Call","phone_number":"+1555"}]}]}`)
	v := h.change("message_template_components_update")
	if v.str("message_template_element") != "Changed by Meta." || v.str("message_template_title") != "Hi" || v.str("message_template_footer") != "F" ||
		v.str("message_template_buttons.0.message_template_button_url") != "https://a.example" || v.str("message_template_buttons.1.message_template_button_phone_number") != "+1555" {
		t.Errorf("%s", v.raw)
	}
	d.control(http.MethodPost, "templates/ordered", `{"pause":60}`)
	if v := h.change(statusField); v.str("other_info.title") != "RATE_LIMITING_PAUSE" {
		t.Errorf("the silent approval was told, or this not: %s", v.raw)
	}
	if a := d.post(id+"/unpause", ""); a.at("success") != true {
		t.Errorf("%s", a.raw)
	}
	if a := d.post(id+"/unpause", ""); a.at("success") != false || a.str("reason") == "" {
		t.Errorf("%s", a.raw)
	}
	for body, want := range map[string]int{`{"status":"MAYBE"}`: 400, `{}`: 400, `{"pause":"long"}`: 400, `{"quality":"PINK"}`: 400} {
		if a := d.control(http.MethodPost, "templates/ordered", body); a.code != want {
			t.Errorf("%s: %s", body, a.raw)
		}
	}
	if a := d.control(http.MethodPost, "templates/nobody", `{"status":"APPROVED"}`); a.code != 404 {
		t.Errorf("%s", a.raw)
	}
	d.control(http.MethodPost, "templates/ordered", `{"status":"DELETED"}`)
	if a := d.get(id); a.num("error.error_subcode") != 33 {
		t.Errorf("%s", a.raw)
	}
	other := d.create("held", utility, plainBody).str("id")
	if s := d.get(other).str("status"); s != "PENDING" {
		t.Errorf("reviewed although held: %s", s)
	}
	d.control(http.MethodPost, "templates", `{"hold_review":false}`)
	for d.get(other).str("status") == "PENDING" {
		time.Sleep(time.Millisecond)
	}
}

// TestEdits: which status, how often, what.
func TestEdits(t *testing.T) {
	d := open(t, unbatched)
	h := d.all()
	id := d.approved(h, "editable", utility, bodyOf("The first text of this template."))
	edit := func(n int) answer {
		return d.post(id, `{"components":[`+bodyOf(fmt.Sprintf("The text of the edit number %d.", n))+`]}`)
	}
	for n := range 10 {
		if a := edit(n); a.at("success") != true || a.str("id") != id || a.str("name") != "editable" {
			t.Fatalf("edit %d: %s", n, a.raw)
		}
		if v := h.change("message_template_components_update"); v.str("message_template_element") == "" {
			t.Errorf("%s", v.raw)
		}
		h.change(statusField)
		if a := edit(100 + n); a.num("error.error_subcode") != 2388039 {
			t.Fatalf("twice a day: %s", a.raw)
		}
		d.clock.add(24 * time.Hour)
	}
	if a := edit(11); a.num("error.error_subcode") != 2388039 {
		t.Errorf("eleven in thirty days: %s", a.raw)
	}
	d.clock.add(20 * 24 * time.Hour)
	if a := edit(12); a.at("success") != true {
		t.Errorf("the first is thirty days ago: %s", a.raw)
	}
	d.control(http.MethodPost, "templates/editable", `{"status":"PENDING","silent":true}`)
	d.control(http.MethodPost, "templates", `{"hold_review":true}`)
	d.control(http.MethodPost, "templates/editable", `{"status":"PENDING","silent":true}`)
	if a := edit(13); a.num("error.error_subcode") != 2388039 {
		t.Errorf("in review: %s", a.raw)
	}
	d.control(http.MethodPost, "templates/editable", `{"status":"REJECTED"}`)
	for n := range 3 { // as often as one likes, the category too
		if a := d.post(id, fmt.Sprintf(`{"category":"MARKETING","components":[%s]}`, bodyOf(fmt.Sprintf("Now as marketing, number %d of it.", n)))); a.at("success") != true || a.str("category") != "MARKETING" {
			t.Errorf("%s", a.raw)
		}
		d.control(http.MethodPost, "templates/editable", `{"status":"REJECTED"}`)
	}
	for body, rule := range map[string]string{
		`{"name":"other"}`: "identity", `{}`: "components", `{"components":[]}`: "body_missing", `{"category":"NONE"}`: "category",
		`{"message_send_ttl_seconds":1}`: "ttl", `{"category":"AUTHENTICATION"}`: "auth_buttons",
	} {
		if a := d.post(id, body); a.code != 400 || a.header.Get("X-Sandbox-Rule") != rule {
			t.Errorf("%s: %s %s", body, a.header.Get("X-Sandbox-Rule"), a.raw)
		}
	}
}

// TestLimits: a hundred an hour, 250 in all before the business is verified.
func TestLimits(t *testing.T) {
	d := open(t, func(c *Config) { c.Limits, c.Unverified = DefaultLimits(), true; c.Limits.Hourly = -1 })
	have := len(asList(d.get("WABA/message_templates?limit=1000").at("data")))
	n := 0
	more := func() answer {
		n++
		return d.create(fmt.Sprintf("t%d", n), utility, bodyOf(fmt.Sprintf("This is the text of number %d.", n)))
	}
	for range 100 {
		if a := more(); a.code != 200 {
			t.Fatalf("%d: %s", n, a.raw)
		}
	}
	if a := more(); a.num("error.error_subcode") != 2388019 {
		t.Errorf("101 in an hour: %s", a.raw)
	}
	d.clock.add(time.Hour)
	for range 250 - have - 100 {
		if d.clock.add(time.Minute); more().code != 200 {
			t.Fatalf("%d", n)
		}
	}
	d.clock.add(time.Hour)
	if a := more(); a.num("error.error_subcode") != 2388019 {
		t.Errorf("251: %s", a.raw)
	}
	if a := d.get("WABA/message_templates?limit=1&summary=total_count,message_template_limit"); a.num("summary.total_count") != 250 || a.num("summary.message_template_limit") != 250 || a.at("summary.message_template_count") != nil {
		t.Errorf("%s", a.raw)
	}
}

// TestDeletes: by name, by id and name, by ids all or none; a template with messages on their way waits.
func TestDeletes(t *testing.T) {
	d := open(t, unbatched, func(c *Config) { c.Pace.Sent = time.Hour })
	h := d.all()
	a1 := d.approved(h, "alpha", utility, bodyOf("The first text of these templates."))
	a2 := d.approved(h, "alpha", `"language":"en_GB","category":"UTILITY"`, bodyOf("The second text of these templates."))
	b := d.approved(h, "beta", utility, bodyOf("The third text of these templates."))
	for q, rule := range map[string]string{
		"hsm_id=" + a1: "delete", "hsm_id=" + a1 + "&name=beta": "unknown_template", "name=gamma": "unknown_template",
		"hsm_ids=" + url.QueryEscape(`["`+a1+`","999"]`): "unknown_template",
	} {
		if a := d.delete("WABA/message_templates?" + q); a.code != 400 || a.header.Get("X-Sandbox-Rule") != rule {
			t.Errorf("%s: %s", q, a.raw)
		}
	}
	if d.get(a1).str("status") != "APPROVED" {
		t.Error("all or nothing was some")
	}
	if a := d.post("PHONE/messages", tpl("alpha", "en_US", "")); a.code != 200 {
		t.Fatalf("%s", a.raw)
	}
	if a := d.delete("WABA/message_templates?name=alpha"); a.at("success") != true {
		t.Fatalf("%s", a.raw)
	}
	if v := h.change(statusField); v.str("event") != "PENDING_DELETION" || v.str("message_template_language") != "en-US" {
		t.Errorf("%s", v.raw)
	}
	if v := h.change(statusField); v.str("event") != "DELETED" || v.str("message_template_language") != "en-GB" {
		t.Errorf("%s", v.raw)
	}
	if s := d.get(a1).str("status"); s != "PENDING_DELETION" {
		t.Errorf("%s", s)
	}
	if a := d.post("PHONE/messages", tpl("alpha", "en_US", "")); a.num("error.code") != 132001 {
		t.Errorf("%s", a.raw)
	}
	if d.get(a2).code != 400 {
		t.Error("the other language is still there")
	}
	if a := d.create("alpha", utility, bodyOf("A new text while the old one goes.")); a.num("error.error_subcode") != 2388023 {
		t.Errorf("%s", a.raw)
	}
	d.clock.add(30 * 24 * time.Hour)
	if d.get(a1).code != 400 {
		t.Error("still there after thirty days")
	}
	if a := d.delete("WABA/message_templates?hsm_ids=" + b); a.at("success") != true {
		t.Errorf("%s", a.raw)
	}
	if a := d.create("beta", utility, bodyOf("The third text of these templates.")); a.num("error.error_subcode") != 2388023 {
		t.Errorf("%s", a.raw)
	}
}

// TestBySelf: pauses end, categories change and what waits for deletion goes without anybody asking, on the machine's clock.
func TestBySelf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Pace: QuickPace(), Limits: NoLimits()})
		defer func() { _ = s.Close() }()
		order := func(name string, m map[string]any) *template {
			s.mu.Lock()
			defer s.mu.Unlock()
			x := s.w.templateNamed(name, "en_US")
			s.order(x, m)
			return x
		}
		state := func(x *template) string {
			synctest.Wait()
			s.mu.Lock()
			defer s.mu.Unlock()
			return x.status + " " + x.category
		}
		paused := order("come_back", map[string]any{"quality": "RED"})
		planned := order("parcel_on_its_way", map[string]any{"correct_category": "MARKETING"})
		flagged := order("order_confirmation", map[string]any{"status": "FLAGGED"})
		time.Sleep(3*time.Hour - time.Second)
		if got := state(paused); got != "PAUSED MARKETING" {
			t.Error(got)
		}
		time.Sleep(2 * time.Second)
		if got := state(paused); got != "APPROVED MARKETING" {
			t.Error(got)
		}
		time.Sleep(21*time.Hour - 2*time.Second)
		if got := state(planned); got != "APPROVED UTILITY" {
			t.Error(got)
		}
		time.Sleep(2 * time.Second)
		if got := state(planned); got != "APPROVED MARKETING" {
			t.Error(got)
		}
		time.Sleep(24 * time.Hour)
		if got := state(flagged); got != "DISABLED UTILITY" {
			t.Error(got)
		}
	})
}
