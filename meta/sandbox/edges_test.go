package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"
)

// upload posts a file the way clients do.
func (d *desk) upload(name, ctype string, data []byte) answer {
	d.Helper()
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	_ = w.WriteField("messaging_product", "whatsapp")
	_ = w.WriteField("type", ctype)
	h := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename=%q`, name)}}
	if ctype != "" {
		h.Set("Content-Type", ctype)
	}
	p, err := w.CreatePart(h)
	if err != nil {
		d.Fatal(err)
	}
	_, _ = p.Write(data)
	_ = w.Close()
	return d.do(http.MethodPost, d.path("PHONE/media"), d.cred.AccessToken, w.FormDataContentType(), buf.Bytes())
}

// TestMedia: up, described, down within five minutes with the token only, sent, deleted.
func TestMedia(t *testing.T) {
	d := open(t)
	h := d.listen()
	d.writes(customer1, "hi")
	data := []byte("\xff\xd8\xff a picture")
	id := d.upload("a.jpg", "image/jpeg", data).str("id")
	m := d.get(id)
	sum := sha256.Sum256(data)
	if m.str("sha256") != hex.EncodeToString(sum[:]) || m.num("file_size") != len(data) || m.str("mime_type") != "image/jpeg" || m.str("id") != id {
		t.Fatalf("%s", m.raw)
	}
	u := m.str("url")
	if a := d.do(http.MethodGet, u, d.cred.AccessToken, "", nil); a.code != 200 || !bytes.Equal(a.raw, data) || a.header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("%d %s", a.code, a.raw)
	}
	for _, tok := range []string{"", "EAA" + strings.Repeat("x", 30), d.cred.AppID + "|" + d.cred.AppSecret} {
		if a := d.do(http.MethodGet, u, tok, "", nil); a.code != 401 {
			t.Errorf("token %.4s: %d", tok, a.code)
		}
	}
	if a := d.do(http.MethodGet, strings.Replace(u, "mid="+id, "mid=1", 1), d.cred.AccessToken, "", nil); a.code != 404 {
		t.Errorf("%d", a.code)
	}
	d.clock.add(5*time.Minute + time.Second)
	if a := d.do(http.MethodGet, u, d.cred.AccessToken, "", nil); a.code != 404 {
		t.Errorf("after five minutes: %d", a.code)
	}
	if a := d.do(http.MethodGet, d.get(id).str("url"), d.cred.AccessToken, "", nil); a.code != 200 {
		t.Errorf("a fresh address: %d", a.code)
	}
	if a := d.get(id + "?phone_number_id=1"); a.num("error.error_subcode") != 33 {
		t.Errorf("of another number: %s", a.raw)
	}
	sent := d.post("PHONE/messages", message(fmt.Sprintf(`"type":"image","image":{"id":%q}`, id)))
	h.final(sent.str("messages.0.id"), "read")
	wrong := d.post("PHONE/messages", message(fmt.Sprintf(`"type":"audio","audio":{"id":%q}`, id)))
	if st := h.final(wrong.str("messages.0.id"), "failed"); (answer{body: st}).num("errors.0.code") != 131053 {
		t.Errorf("%v", st)
	}
	if a := d.do(http.MethodDelete, d.path(id), d.cred.AccessToken, "", nil); a.at("success") != true {
		t.Errorf("%s", a.raw)
	}
	if a := d.get(id); a.num("error.code") != 100 || a.num("error.error_subcode") != 33 {
		t.Errorf("%s", a.raw)
	}
	old := d.upload("a.pdf", "application/pdf", data).str("id")
	d.clock.add(30*24*time.Hour + time.Second)
	if a := d.get(old); a.num("error.error_subcode") != 33 {
		t.Errorf("after thirty days: %s", a.raw)
	}
}

// TestMediaLimits holds the table of types and sizes.
func TestMediaLimits(t *testing.T) {
	d := open(t)
	for _, k := range mediaKinds {
		for _, ctype := range k.types {
			if a := d.upload("f", ctype, []byte("x")); a.code != 200 {
				t.Errorf("%s: %s", ctype, a.raw)
			}
		}
	}
	for _, c := range []struct {
		ctype string
		size  int
		code  int
		has   string
	}{
		{"image/gif", 10, 100, "Param file must be a file with one of the following types: audio/aac"},
		{"application/octet-stream", 10, 100, "application/octet-stream"},
		{"image/png", 0, 100, "empty"},
		{"image/png", 5<<20 + 1, 131053, "5242880"},
		{"image/webp", 100<<10 + 1, 131053, "102400"},
		{"audio/ogg; codecs=opus", 16<<20 + 1, 131053, "16777216"},
	} {
		if a := d.upload("f", c.ctype, make([]byte, c.size)); a.code != 400 || a.num("error.code") != c.code || !strings.Contains(string(a.raw), c.has) {
			t.Errorf("%s %d: %d %s", c.ctype, c.size, a.code, a.raw)
		}
	}
	moving := append([]byte("RIFF....WEBPVP8X....ANIM"), make([]byte, 200<<10)...)
	if a := d.upload("f", "image/webp", moving); a.code != 200 {
		t.Errorf("an animated sticker may be larger: %s", a.raw)
	}
}

// TestMediaLinks: what Meta cannot fetch fails by webhook.
func TestMediaLinks(t *testing.T) {
	d := open(t)
	h := d.listen()
	d.writes(customer1, "hi")
	files := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/ok.jpg":
			w.Header().Set("Content-Type", "image/jpeg")
		case "/page":
			w.Header().Set("Content-Type", "text/html")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = io.WriteString(w, "bytes")
	}))
	t.Cleanup(files.Close)
	for path, want := range map[string]string{"/ok.jpg": "", "/page": "mime type", "/gone.jpg": "http code 404, status message Not Found"} {
		a := d.post("PHONE/messages", message(fmt.Sprintf(`"type":"image","image":{"link":%q}`, files.URL+path)))
		st := answer{body: h.final(a.str("messages.0.id"), "failed", "read")}
		if (st.num("errors.0.code") == 131053) != (want != "") || !strings.Contains(st.str("errors.0.error_data.details"), want) {
			t.Errorf("%s: %v", path, st.body)
		}
	}
}

// TestInboundMedia: what a customer sends can be downloaded and has the sum that the webhook says.
func TestInboundMedia(t *testing.T) {
	d := open(t)
	h := d.listen()
	for kind := range samples {
		d.control(http.MethodPost, "customers/84901234567/messages", fmt.Sprintf(`{"type":%q,%q:{"id":"77%d","sha256":"?"}}`, kind, kind, len(kind)))
		obj := answer{body: asObject(h.collect("messages", 1)[0][kind])}
		m := d.get(obj.str("id"))
		a := d.do(http.MethodGet, m.str("url"), d.cred.AccessToken, "", nil)
		sum := sha256.Sum256(a.raw)
		if a.code != 200 || len(a.raw) == 0 || obj.str("sha256") != base64.StdEncoding.EncodeToString(sum[:]) || obj.str("mime_type") != m.str("mime_type") {
			t.Errorf("%s: %v %s", kind, obj.body, m.raw)
		}
		if u := obj.str("url"); kind != "sticker" && d.do(http.MethodGet, u, d.cred.AccessToken, "", nil).code != 200 {
			t.Errorf("%s: address %s", kind, u)
		}
	}
}

// TestReads walks what a connection test reads.
func TestReads(t *testing.T) {
	d := open(t)
	all := "id,display_phone_number,verified_name,name_status,code_verification_status,status,quality_rating,quality_score,account_mode,platform_type,throughput," +
		"whatsapp_business_manager_messaging_limit,is_official_business_account,is_pin_enabled,is_on_biz_app,is_preverified_number,search_visibility," +
		"last_onboarded_time,country_code,country_dial_code,health_status,new_display_name,new_name_status,conversational_automation,certificate,new_certificate,username"
	if a := d.get("PHONE?fields=" + all); a.code != 200 || a.str("status") != "CONNECTED" || a.str("health_status.can_send_message") != "AVAILABLE" || a.at("username") != nil {
		t.Errorf("%s", a.raw)
	}
	if a := d.get("PHONE?fields=throughput{level}"); string(a.raw) != fmt.Sprintf(`{"id":%q,"throughput":{"level":"STANDARD"}}`, d.cred.PhoneNumberID) {
		t.Errorf("%s", a.raw)
	}
	waba := "id,name,currency,timezone_id,account_review_status,business_verification_status,health_status,phone_numbers{id,status},message_templates{name}"
	if a := d.get("WABA?fields=" + waba); a.str("phone_numbers.data.0.status") != "CONNECTED" || a.at("message_templates.data.0.name") == nil || a.at("message_templates.data.0.status") != nil {
		t.Errorf("%s", a.raw)
	}
	for _, version := range []string{"/v16.0", "/v99.0", ""} {
		u := strings.TrimSuffix(d.cred.URL, "/v26.0") + version + "/" + d.cred.PhoneNumberID + "?access_token=" + url.QueryEscape(d.cred.AccessToken)
		if a := d.do(http.MethodGet, u, "", "", nil); a.code != 200 {
			t.Errorf("%s: %s", version, a.raw)
		}
	}
	if a := d.get("debug_token?input_token=" + d.cred.AccessToken); a.at("data.is_valid") != true || a.str("data.app_id") != d.cred.AppID || a.num("data.expires_at") != 0 || len(asList(a.at("data.scopes"))) < 2 {
		t.Errorf("%s", a.raw)
	}
	if a := d.asApp(http.MethodGet, "debug_token?input_token=nonsense", ""); a.code != 200 || a.at("data.is_valid") != false || a.num("data.error.code") != 190 {
		t.Errorf("%s", a.raw)
	}
	if a := d.get("me?fields=id,name"); a.str("id") == "" || a.str("name") == "" {
		t.Errorf("%s", a.raw)
	}
	if a := d.get("app"); a.str("id") != d.cred.AppID {
		t.Errorf("%s", a.raw)
	}
	if a := d.do(http.MethodGet, d.path("oauth/access_token?grant_type=client_credentials&client_id=APP&client_secret="+d.cred.AppSecret), "", "", nil); a.str("access_token") != d.cred.AppID+"|"+d.cred.AppSecret {
		t.Errorf("%s", a.raw)
	}
	if a := d.get(d.s.businessID() + "/owned_whatsapp_business_accounts"); a.str("data.0.id") != d.cred.WABAID {
		t.Errorf("%s", a.raw)
	}
}

// TestProof: appsecret_proof passes when right and is missed when demanded.
func TestProof(t *testing.T) {
	d := open(t, func(c *Config) { c.RequireProof = true })
	if a := d.get("PHONE"); a.num("error.code") != 100 || !strings.Contains(a.str("error.message"), "require an appsecret_proof") {
		t.Errorf("%s", a.raw)
	}
	if a := d.get("PHONE?appsecret_proof=" + d.s.proofOf(d.cred.AccessToken)); a.code != 200 {
		t.Errorf("%s", a.raw)
	}
}

// TestPaging goes through the templates by cursor, both ways, and through filters.
func TestPaging(t *testing.T) {
	d := open(t)
	var names []string
	next := d.path("WABA/message_templates?limit=4&fields=name,status")
	for next != "" {
		if strings.Contains(next, d.cred.AccessToken) {
			t.Error("a link carries the token")
		}
		a := d.do(http.MethodGet, next, d.cred.AccessToken, "", nil)
		if n := len(asList(a.at("data"))); n == 0 || n > 4 {
			t.Fatalf("%s", a.raw)
		}
		for i := range asList(a.at("data")) {
			names = append(names, a.str(fmt.Sprintf("data.%d.name", i))+a.str(fmt.Sprintf("data.%d.id", i)))
		}
		next = a.str("paging.next")
	}
	whole := d.get("WABA/message_templates?limit=1000&summary=total_count")
	if len(names) != len(asList(whole.at("data"))) || whole.num("summary.total_count") != len(names) {
		t.Errorf("%d of %s", len(names), whole.raw)
	}
	for i, n := range names {
		if n != whole.str(fmt.Sprintf("data.%d.name", i))+whole.str(fmt.Sprintf("data.%d.id", i)) {
			t.Errorf("place %d: %s", i, n)
		}
	}
	second := d.get("WABA/message_templates?limit=4&after=" + d.get("WABA/message_templates?limit=4").str("paging.cursors.after"))
	back := d.do(http.MethodGet, second.str("paging.previous"), d.cred.AccessToken, "", nil)
	if back.str("data.0.id") != whole.str("data.0.id") || len(asList(back.at("data"))) != 4 {
		t.Errorf("%s", back.raw)
	}
	for q, n := range map[string]int{"name=order_confirmation": 3, "status=PAUSED": 1, "language=vi": 1, "category=AUTHENTICATION": 1, "content=coffee": 1, "name=none": 0, "status=[\"PAUSED\",\"DISABLED\"]": 2} {
		if a := d.get("WABA/message_templates?" + q); len(asList(a.at("data"))) != n {
			t.Errorf("%s: %s", q, a.raw)
		}
	}
	if a := d.get("WABA/message_templates?name=none"); string(a.raw) != `{"data":[]}` {
		t.Errorf("%s", a.raw)
	}
}

// TestTemplateLife: created, reviewed, sent, edited, deleted, and the name is locked for a month.
func TestTemplateLife(t *testing.T) {
	d := open(t)
	h := d.listen()
	create := `{"name":"pick_up","language":"en","category":"utility","components":[{"type":"BODY","text":"Your parcel is here."}]}`
	a := d.post("WABA/message_templates", create)
	if a.str("status") != "PENDING" || a.str("category") != "UTILITY" {
		t.Fatalf("%s", a.raw)
	}
	event := func() string { return (answer{body: h.next().body}).str("entry.0.changes.0.value.event") }
	if e := event(); e != "APPROVED" {
		t.Errorf("%s", e)
	}
	if s := d.post("PHONE/messages", tpl("pick_up", "en", "")); s.code != 200 {
		t.Errorf("%s", s.raw)
	}
	id := a.str("id")
	if e := d.post(id, `{"category":"MARKETING"}`); e.num("error.error_subcode") != 2388039 {
		t.Errorf("%s", e.raw)
	}
	edit := `{"components":[{"type":"BODY","text":"Your parcel has come."}]}`
	if e := d.post(id, edit); e.at("success") != true {
		t.Errorf("%s", e.raw)
	}
	for d.get(id).str("status") != "APPROVED" {
		time.Sleep(time.Millisecond)
	}
	if e := d.post(id, edit); e.num("error.error_subcode") != 2388039 {
		t.Errorf("a second edit on one day: %s", e.raw)
	}
	if x := d.do(http.MethodDelete, d.path("WABA/message_templates?hsm_id="+id+"&name=other"), d.cred.AccessToken, "", nil); x.code != 400 {
		t.Errorf("%s", x.raw)
	}
	if x := d.do(http.MethodDelete, d.path("WABA/message_templates?name=pick_up"), d.cred.AccessToken, "", nil); x.at("success") != true {
		t.Errorf("%s", x.raw)
	}
	if x := d.post("WABA/message_templates", create); x.num("error.error_subcode") != 2388023 {
		t.Errorf("%s", x.raw)
	}
	d.clock.add(30 * 24 * time.Hour)
	if x := d.post("WABA/message_templates", create); x.code != 200 {
		t.Errorf("%s", x.raw)
	}
}

// TestNewNumber: added, verified, registered, renamed.
func TestNewNumber(t *testing.T) {
	d := open(t)
	id := d.post("WABA/phone_numbers", `{"cc":"84","phone_number":"901234500","verified_name":"Second shop"}`).str("id")
	in := func(p, body string) answer { return d.post(id+p, body) }
	reg := `{"messaging_product":"whatsapp","pin":"111111"}`
	if a := in("/register", reg); a.num("error.code") != 133006 {
		t.Errorf("%s", a.raw)
	}
	if a := in("/verify_code", `{"code":"123456"}`); a.num("error.error_subcode") != 2388093 {
		t.Errorf("%s", a.raw)
	}
	in("/request_code", `{"code_method":"SMS","language":"en"}`)
	if a := in("/verify_code", `{"code":"000000"}`); a.num("error.code") != 136025 {
		t.Errorf("%s", a.raw)
	}
	if a := in("/verify_code", `{"code":"123456"}`); a.at("success") != true {
		t.Errorf("%s", a.raw)
	}
	if a := in("/register", reg); a.at("success") != true {
		t.Errorf("%s", a.raw)
	}
	in("", `{"new_display_name":"Third shop"}`)
	for d.get(id+"?fields=new_name_status").str("new_name_status") != "APPROVED" {
		time.Sleep(time.Millisecond)
	}
	in("/register", reg)
	if a := d.get(id); a.str("verified_name") != "Third shop" || a.str("code_verification_status") != "VERIFIED" {
		t.Errorf("%s", a.raw)
	}
	a := d.get("WABA/phone_numbers?limit=1")
	b := d.do(http.MethodGet, a.str("paging.next"), d.cred.AccessToken, "", nil)
	if a.str("data.0.id") != d.cred.PhoneNumberID || b.str("data.0.id") != id || b.at("paging.next") != nil {
		t.Errorf("%s %s", a.raw, b.raw)
	}
}

// TestSmallEdges: profile, QR codes, uploads, settings.
func TestSmallEdges(t *testing.T) {
	d := open(t)
	if a := d.post("PHONE/whatsapp_business_profile", `{"messaging_product":"whatsapp","about":"Open","email":"a@b.example","websites":["https://b.example"],"vertical":"RETAIL"}`); a.at("success") != true {
		t.Errorf("%s", a.raw)
	}
	if a := d.get("PHONE/whatsapp_business_profile?fields=about,address,websites"); a.str("data.0.about") != "Open" || a.at("data.0.address") != nil || a.str("data.0.websites.0") != "https://b.example" {
		t.Errorf("%s", a.raw)
	}
	q := d.post("PHONE/message_qrdls", `{"prefilled_message":"Hello","generate_qr_image":"PNG"}`)
	code := q.str("code")
	if len(code) != 14 || q.str("deep_link_url") != "https://wa.me/message/"+code || q.str("qr_image_url") == "" {
		t.Errorf("%s", q.raw)
	}
	if a := d.post("PHONE/message_qrdls", fmt.Sprintf(`{"code":%q,"prefilled_message":"Changed"}`, code)); a.str("prefilled_message") != "Changed" {
		t.Errorf("%s", a.raw)
	}
	if a := d.get("PHONE/message_qrdls/" + code); a.str("data.0.prefilled_message") != "Changed" {
		t.Errorf("%s", a.raw)
	}
	if a := d.do(http.MethodDelete, d.path("PHONE/message_qrdls/"+code), d.cred.AccessToken, "", nil); a.at("success") != true {
		t.Errorf("%s", a.raw)
	}
	data := []byte("0123456789")
	u := d.do(http.MethodPost, d.path("APP/uploads?file_name=a.jpg&file_length=10&file_type=image/jpeg"), d.cred.AccessToken, "", nil).str("id")
	half := d.do(http.MethodPost, d.path(u), d.cred.AccessToken, "application/x-www-form-urlencoded", data[:4], "file_offset", "0")
	if half.num("file_offset") != 4 || d.get(u).num("file_offset") != 4 {
		t.Errorf("%s", half.raw)
	}
	if a := d.do(http.MethodPost, d.path(u), d.cred.AccessToken, "", data[4:], "file_offset", "0"); a.code != 400 {
		t.Errorf("wrong offset: %s", a.raw)
	}
	if a := d.do(http.MethodPost, d.path(u), d.cred.AccessToken, "", data[4:], "file_offset", "4"); !strings.HasPrefix(a.str("h"), "4:") {
		t.Errorf("%s", a.raw)
	} else if b, _ := json.Marshal(map[string]any{"messaging_product": "whatsapp", "profile_picture_handle": a.str("h")}); d.post("PHONE/whatsapp_business_profile", string(b)).code != 200 {
		t.Error("the handle is not taken")
	}
	if a := d.post("PHONE/conversational_automation", `{"enable_welcome_message":true,"prompts":["Opening hours"]}`); a.code != 200 {
		t.Errorf("%s", a.raw)
	}
	if a := d.get("PHONE?fields=conversational_automation"); a.str("conversational_automation.prompts.0") != "Opening hours" {
		t.Errorf("%s", a.raw)
	}
}

// TestIDs: unlike each other and of Meta's form.
func TestIDs(t *testing.T) {
	d := newDice(nil)
	seen := map[string]bool{}
	for i := range 20000 {
		in := i%2 == 0
		id, obj := d.wamid(customer1, in), d.id()
		raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(id, "wamid."))
		if err != nil || !bytes.Contains(raw, []byte(customer1)) || len(obj) != 16 || onlyDigits(obj) != obj || obj[0] == '0' {
			t.Fatalf("%s %s", id, obj)
		}
		if seen[id] || seen[obj] {
			t.Fatalf("twice: %s or %s", id, obj)
		}
		seen[id], seen[obj] = true, true
	}
}
