package sandbox

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// still builds a server without a listener for calls straight into its handler.
func still(f *testing.F) (*Server, http.Handler) {
	f.Helper()
	pace := QuickPace()
	pace.Retry = time.Hour // nobody answers
	s := New(Config{Pace: pace, Limits: NoLimits(), Rand: rand.New(rand.NewPCG(3, 4))})
	f.Cleanup(func() { _ = s.Close() })
	if err := s.SetCallback("http://127.0.0.1:1/none", ""); err != nil {
		f.Fatal(err)
	}
	return s, s.Handler()
}

// sound checks what holds for every answer: JSON, and an error exactly when the status is not 200.
func sound(t *testing.T, rec *httptest.ResponseRecorder) {
	t.Helper()
	var v any
	if err := json.Unmarshal(rec.Body.Bytes(), &v); err != nil {
		t.Fatalf("%d %q: %v", rec.Code, rec.Body, err)
	}
	if bad := asObject(v)["error"] != nil; bad != (rec.Code != http.StatusOK) {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
}

func FuzzMessages(f *testing.F) {
	s, h := still(f)
	for _, seed := range []string{
		message(`"text":{"body":"x"}`), message(`"type":"contacts","contacts":[{"name":{"formatted_name":"A","first_name":"B"}}]`),
		interactive(`{"type":"list","body":{"text":"x"},"action":{"button":"b","sections":[{"rows":[` + rows(0, 2) + `]}]}}`),
		interactive(`{"type":"carousel","body":{"text":"x"},"action":{"cards":[{"card_index":0,"type":"cta_url","header":{"type":"image","image":{"link":"https://a.example/x"}},"action":{"name":"cta_url","parameters":{"display_text":"a","url":"https://a.example"}}},{}]}}`),
		tpl("spring_sale", "en_US", `[{"type":"header","parameters":[{"type":"image","image":{"id":"1"}}]},{"type":"button","index":1,"sub_type":"quick_reply","parameters":[null]}]`),
		tpl("login_code", "en_US", `[{"type":"body","parameters":[{"type":"currency","currency":{}}]},null,7]`),
		message(`"type":"reaction","reaction":{"message_id":"x","emoji":"\ud800"}`), `[]`, `null`, `{"messaging_product":"whatsapp","status":"read","message_id":[]}`,
		message(`"type":"location","location":{"latitude":1e999,"longitude":"x"}`), `{"messaging_product":"whatsapp","recipient":"US.1","template":[]}`,
	} {
		f.Add([]byte(seed), "application/json")
	}
	f.Add([]byte("messaging_product=whatsapp&to=84901234567&text={\"body\":\"x\"}"), "application/x-www-form-urlencoded")
	f.Add([]byte("--b\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n1\r\n--b--"), "multipart/form-data; boundary=b")
	f.Fuzz(func(t *testing.T, body []byte, ctype string) {
		for _, edge := range []string{"messages", "marketing_messages", "media", "block_users", "whatsapp_business_profile"} {
			r := httptest.NewRequest(http.MethodPost, "/v26.0/"+s.cred.PhoneNumberID+"/"+edge, bytes.NewReader(body))
			r.Header.Set("Authorization", "Bearer "+s.cred.AccessToken)
			r.Header.Set("Content-Type", ctype)
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, r)
			sound(t, rec)
		}
		if _, err := json.Marshal(s.sentList()); err != nil {
			t.Fatalf("what was kept is not JSON: %v", err)
		}
		s.reset(false)
	})
}

func FuzzControl(f *testing.F) {
	s, h := still(f)
	for _, seed := range []string{
		`{"edge":"webhooks","count":2,"shuffle":true}`, `{"edge":"messages","error":{"code":1e9}}`, `{"token_expired":true,"count":1}`, `{"edge":[],"hang":{}}`,
		`{"type":"image","image":{"id":"1","mime_type":"x","filename":"\u0000"}}`, `{"type":"contacts","contacts":[null]}`, `{"type":"text","text":{"body":"x"},"context":7}`,
	} {
		f.Add([]byte(seed), "customers/84901234567/messages")
		f.Add([]byte(seed), "faults")
	}
	f.Add([]byte(`{}`), "reset")
	f.Add([]byte(`{"phone":"+1 555","value":"stop"}`), "preferences")
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		if strings.Contains(path, "hang") || bytes.Contains(body, []byte("callback")) {
			return
		}
		r := httptest.NewRequest(http.MethodPost, "/sandbox/", bytes.NewReader(body))
		r.URL.Path, r.URL.RawPath = "/sandbox/"+path, ""
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		sound(t, rec)
		s.reset(false) // no fault may reach the next input
	})
}

// FuzzGraph asks for anything anywhere.
func FuzzGraph(f *testing.F) {
	s, h := still(f)
	for _, p := range []string{"PHONE", "WABA/message_templates", "WABA/phone_numbers", "APP/uploads", "debug_token", "me", "upload:x", "//", "oauth/access_token", "WABA/subscribed_apps"} {
		f.Add(http.MethodGet, p, "fields=a{b,c{d}},e.limit(1)&limit=1&after=x&summary=true", []byte(""))
		f.Add(http.MethodPost, p, "file_length=9&file_type=image/png", []byte(`{"components":[{"type":"BUTTONS","buttons":[1]},null]}`))
		f.Add(http.MethodDelete, p, "hsm_ids=[1,{}]", []byte(""))
	}
	f.Fuzz(func(t *testing.T, method, path, query string, body []byte) {
		if bytes.Contains(body, []byte("http")) || strings.Contains(query, "http") {
			return // nobody is called from a fuzz test
		}
		path = strings.NewReplacer("PHONE", s.cred.PhoneNumberID, "WABA", s.cred.WABAID, "APP", s.cred.AppID).Replace(path)
		r := httptest.NewRequest(http.MethodPost, "/v26.0/", bytes.NewReader(body))
		r.Method = method
		r.URL.Path, r.URL.RawPath, r.URL.RawQuery = "/v26.0/"+path, "", query
		if strings.HasPrefix(r.URL.Path, mediaPath) {
			return
		}
		r.Header.Set("Authorization", "Bearer "+s.cred.AccessToken)
		r.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if method != http.MethodHead {
			sound(t, rec)
		}
		s.reset(false)
	})
}

// FuzzEscape: the escaped form is ASCII without a bare slash and means the same.
func FuzzEscape(f *testing.F) {
	f.Add("José 😀 a/b \\/ \u2028 <>& \x00 \x7f")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := escape(map[string]string{"k": s})
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]string
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if utf8.ValidString(s) && back["k"] != s {
			t.Fatalf("%q became %q", s, back["k"])
		}
		for i, c := range b {
			if c >= 0x80 || c == '/' && b[i-1] != '\\' {
				t.Fatalf("%s", b)
			}
		}
	})
}

// FuzzTemplates creates, reads, edits, lists and deletes with anything. Whatever is taken must come back as JSON, survive the review
// and be taken or refused again the same way.
func FuzzTemplates(f *testing.F) {
	s, h := still(f)
	s.mu.Lock()
	s.w.handles["4:x"] = &uploadSession{handle: "4:x", mime: "image/png", length: 1, data: []byte("x"), until: time.Now().Add(time.Hour)}
	handles := s.w.handles
	s.mu.Unlock()
	for _, seed := range []string{
		`[{"type":"BODY","text":"Hello {{1}}, we are here for {{2}} today.","example":{"body_text":[["a","b"]]}}]`,
		`[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4:x"]}},{"type":"BODY","text":"{{{1}}} }} {{"},{"type":"FOOTER","text":"{}"}]`,
		`[{"type":"BODY"},{"type":"FOOTER","code_expiration_minutes":10},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"a","signature_hash":"K8a/AINcGX7"}]}]}]`,
		`[{"type":"BODY","text":"x"},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"a"}]}]},{"components":[null,7,[]]}]}]`,
		`[{"type":"BODY","text":"x"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"a","has_expiration":"1"}},{"type":"BUTTONS","buttons":[{"type":"URL","text":"a","url":"https://[::1]:x/{{1}}","example":"y"},{"type":"COPY_CODE","example":["x"]}]}]`,
		`[{"type":["BODY"],"text":{"a":1}},{"type":"BODY","text":"{{a}} b {{a}}","example":{"body_text_named_params":[{"param_name":"a","example":"\ud800"},null]}}]`,
		`[{"type":"BUTTONS","buttons":[{"type":"FLOW","flow_json":{}},{"type":"VOICE_CALL","ttl_minutes":1e99},{"type":"PHONE_NUMBER","phone_number":"+"}]}]`,
	} {
		for _, head := range []string{`"category":"UTILITY"`, `"category":"marketing","parameter_format":"NAMED"`, `"category":"AUTHENTICATION","message_send_ttl_seconds":60`} {
			f.Add(head, seed)
		}
	}
	f.Fuzz(func(t *testing.T, head, comps string) {
		s.reset(false)
		s.mu.Lock()
		s.w.holdReview, s.w.handles = true, handles
		s.mu.Unlock()
		do := func(method, path, body string) map[string]any {
			r := httptest.NewRequest(method, "/v26.0/", strings.NewReader(body))
			r.URL.Path, r.URL.RawPath = "/v26.0/"+path, ""
			r.Header.Set("Authorization", "Bearer "+s.cred.AccessToken)
			r.Header.Set("Content-Type", "application/json")
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, r)
			sound(t, rec)
			var v map[string]any
			_ = json.Unmarshal(rec.Body.Bytes(), &v)
			return v
		}
		body := `{"name":"fuzz","language":"en_US",` + head + `,"components":` + comps + `}`
		made := do(http.MethodPost, s.cred.WABAID+"/message_templates", body)
		id, _ := made["id"].(string)
		if id == "" {
			return
		}
		s.mu.Lock()
		x := s.w.template(id)
		if x == nil || x.status != "PENDING" {
			s.mu.Unlock()
			t.Fatalf("taken and not there: %v", made)
		}
		s.decide(x, s.judgeContent(x))
		s.tellComponents(x)
		s.mu.Unlock()
		do(http.MethodGet, id, "")
		do(http.MethodGet, s.cred.WABAID+"/message_templates", "")
		do(http.MethodPost, s.cred.PhoneNumberID+"/messages", tpl("fuzz", "en_US", ""))
		if e := asObject(do(http.MethodPost, id, body)["error"]); e != nil {
			t.Fatalf("taken when new and refused as an edit: %v\n%s", e, body)
		}
		do(http.MethodDelete, s.cred.WABAID+"/message_templates?name=fuzz", "")
	})
}
