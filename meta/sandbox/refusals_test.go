package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// text is a message with the given members besides the product and the recipient.
func message(members string) string {
	return `{"messaging_product":"whatsapp","to":"` + customer1 + `",` + members + `}`
}

func interactive(s string) string { return message(`"type":"interactive","interactive":` + s) }

func tpl(name, lang, comps string) string {
	c := ""
	if comps != "" {
		c = `,"components":` + comps
	}
	return message(fmt.Sprintf(`"type":"template","template":{"name":%q,"language":{"code":%q}%s}`, name, lang, c))
}

func button(id, title string) string {
	return fmt.Sprintf(`{"type":"reply","reply":{"id":%q,"title":%q}}`, id, title)
}

func rows(from, n int) string {
	var l []string
	for i := range n {
		l = append(l, fmt.Sprintf(`{"id":"r%d","title":"Row %d"}`, from+i, from+i))
	}
	return strings.Join(l, ",")
}

// TestRefusedMessages holds the limits of the messages edge: what is sent, and the code, status and detail that come back.
func TestRefusedMessages(t *testing.T) {
	d := open(t)
	d.writes(customer1, "hi")
	long := strings.Repeat("é", 4097)
	two := button("a", "A") + "," + button("b", "B")
	for _, c := range []struct {
		name, body string
		code, http int
		has        string
	}{
		{"no product", `{"to":"84901234567","text":{"body":"x"}}`, 100, 400, "The parameter messaging_product is required."},
		{"other product", `{"messaging_product":"telegram","to":"84901234567","text":{"body":"x"}}`, 100, 400, "messaging_product"},
		{"no recipient", `{"messaging_product":"whatsapp","text":{"body":"x"}}`, 100, 400, "The parameter to is required."},
		{"recipient is no number", `{"messaging_product":"whatsapp","to":"Mai","text":{"body":"x"}}`, 131009, 400, ""},
		{"recipient too short", `{"messaging_product":"whatsapp","to":"12","text":{"body":"x"}}`, 131009, 400, ""},
		{"recipient is the sender", `{"messaging_product":"whatsapp","to":"+1 (555) 014-2368","text":{"body":"x"}}`, 131021, 400, "same"},
		{"user id is none", `{"messaging_product":"whatsapp","recipient":"x","text":{"body":"x"}}`, 131009, 400, "recipient"},
		{"unknown group", `{"messaging_product":"whatsapp","recipient_type":"group","to":"g","text":{"body":"x"}}`, 131041, 400, ""},
		{"recipient type", `{"messaging_product":"whatsapp","recipient_type":"crowd","to":"84901234567","text":{"body":"x"}}`, 100, 400, "recipient_type"},
		{"not JSON", `{"messaging_product":`, 100, 400, "JSON"},
		{"not an object", `[1]`, 100, 400, "JSON"},
		{"unknown type", message(`"type":"poll","poll":{}`), 131051, 400, "poll"},
		{"object missing", message(`"type":"image"`), 100, 400, "image"},
		{"object is text", message(`"type":"text","text":"hi"`), 100, 400, "text"},
		{"empty text", message(`"text":{"body":""}`), 100, 400, "text['body']"},
		{"text too long", message(`"text":{"body":"` + long + `"}`), 100, 400, "4096"},
		{"preview is no boolean", message(`"text":{"body":"x","preview_url":"often"}`), 100, 400, "preview_url"},
		{"opaque data too long", message(`"text":{"body":"x"},"biz_opaque_callback_data":"` + strings.Repeat("a", 513) + `"`), 100, 400, "512"},
		{"context without id", message(`"text":{"body":"x"},"context":{}`), 131008, 400, "message_id"},
		{"caption too long", message(`"type":"image","image":{"link":"https://a.example/x.jpg","caption":"` + long[:2050] + `"}`), 100, 400, "1024"},
		{"caption of audio", message(`"type":"audio","audio":{"link":"https://a.example/x.mp3","caption":"x"}`), 100, 400, "caption"},
		{"image without file", message(`"type":"image","image":{}`), 131008, 400, "id or link"},
		{"id and link", message(`"type":"image","image":{"id":"1","link":"https://a.example/x.jpg"}`), 131009, 400, "either"},
		{"unknown media", message(`"type":"image","image":{"id":"123"}`), 131009, 400, "media id"},
		{"link is none", message(`"type":"image","image":{"link":"ftp://a/x.jpg"}`), 131009, 400, "link"},
		{"location without longitude", message(`"type":"location","location":{"latitude":1}`), 131008, 400, "longitude"},
		{"location off the earth", message(`"type":"location","location":{"latitude":"91","longitude":0}`), 131009, 400, "latitude"},
		{"no contacts", message(`"type":"contacts","contacts":[]`), 131009, 400, "257"},
		{"contact without name", message(`"type":"contacts","contacts":[{}]`), 131008, 400, "name"},
		{"contact with formatted name only", message(`"type":"contacts","contacts":[{"name":{"formatted_name":"A"}}]`), 131008, 400, "name"},
		{"birthday", message(`"type":"contacts","contacts":[{"name":{"formatted_name":"A","first_name":"A"},"birthday":"1.2.1990"}]`), 131009, 400, "birthday"},
		{"reaction without target", message(`"type":"reaction","reaction":{"emoji":"👍"}`), 131008, 400, "message_id"},
		{"reaction without emoji", message(`"type":"reaction","reaction":{"message_id":"wamid.x"}`), 131008, 400, "emoji"},
		{"reaction with a word", message(`"type":"reaction","reaction":{"message_id":"wamid.x","emoji":"ok"}`), 131009, 400, "emoji"},
		{"reaction with two", message(`"type":"reaction","reaction":{"message_id":"wamid.x","emoji":"👍👍"}`), 131009, 400, "emoji"},
		{"interactive type", interactive(`{"type":"quiz","body":{"text":"x"},"action":{}}`), 131009, 400, "quiz"},
		{"no body", interactive(`{"type":"button","action":{"buttons":[` + two + `]}}`), 131008, 400, "body"},
		{"body too long", interactive(`{"type":"button","body":{"text":"` + long[:2050] + `"},"action":{"buttons":[` + two + `]}}`), 131009, 400, "1024"},
		{"footer too long", interactive(`{"type":"button","body":{"text":"x"},"footer":{"text":"` + long[:122] + `"},"action":{"buttons":[` + two + `]}}`), 131009, 400, "60"},
		{"four buttons", interactive(`{"type":"button","body":{"text":"x"},"action":{"buttons":[` + two + "," + button("c", "C") + "," + button("d", "D") + `]}}`), 131009, 400, "Max: 3"},
		{"button title", interactive(`{"type":"button","body":{"text":"x"},"action":{"buttons":[` + button("a", strings.Repeat("t", 21)) + `]}}`), 131009, 400, "Button title length invalid. Min length: 1, Max length: 20"},
		{"button id", interactive(`{"type":"button","body":{"text":"x"},"action":{"buttons":[` + button(strings.Repeat("t", 257), "A") + `]}}`), 131009, 400, "256"},
		{"buttons alike", interactive(`{"type":"button","body":{"text":"x"},"action":{"buttons":[` + button("a", "A") + "," + button("b", "A") + `]}}`), 131009, 400, "unique"},
		{"header text null", interactive(`{"type":"button","header":{"type":"text"},"body":{"text":"x"},"action":{"buttons":[` + two + `]}}`), 131009, 400, "Text cannot be null for header type text"},
		{"list with image header", interactive(`{"type":"list","header":{"type":"image","image":{"id":"1"}},"body":{"text":"x"},"action":{"button":"b","sections":[{"rows":[` + rows(0, 1) + `]}]}}`), 131009, 400, "header"},
		{"eleven rows", interactive(`{"type":"list","body":{"text":"x"},"action":{"button":"b","sections":[{"title":"a","rows":[` + rows(0, 6) + `]},{"title":"b","rows":[` + rows(6, 5) + `]}]}}`), 131009, 400, "10"},
		{"list button", interactive(`{"type":"list","body":{"text":"x"},"action":{"button":"` + strings.Repeat("b", 21) + `","sections":[{"rows":[` + rows(0, 1) + `]}]}}`), 131009, 400, "20"},
		{"two sections, no title", interactive(`{"type":"list","body":{"text":"x"},"action":{"button":"b","sections":[{"rows":[` + rows(0, 1) + `]},{"rows":[` + rows(1, 1) + `]}]}}`), 131008, 400, "title"},
		{"row description", interactive(`{"type":"list","body":{"text":"x"},"action":{"button":"b","sections":[{"rows":[{"id":"1","title":"x","description":"` + strings.Repeat("d", 73) + `"}]}]}}`), 131009, 400, "72"},
		{"url button text", interactive(`{"type":"cta_url","body":{"text":"x"},"action":{"name":"cta_url","parameters":{"display_text":"` + strings.Repeat("d", 21) + `","url":"https://a.example"}}}`), 131009, 400, "20"},
		{"url button address", interactive(`{"type":"cta_url","body":{"text":"x"},"action":{"name":"cta_url","parameters":{"display_text":"d","url":"javascript:1"}}}`), 131009, 400, "URL"},
		{"location request with footer", interactive(`{"type":"location_request_message","body":{"text":"x"},"footer":{"text":"f"},"action":{"name":"send_location"}}`), 131009, 400, "footer"},
		{"flow version", interactive(`{"type":"flow","body":{"text":"x"},"action":{"name":"flow","parameters":{"flow_id":"1","flow_cta":"go"}}}`), 131009, 400, "flow_message_version"},
		{"product list without header", interactive(`{"type":"product_list","body":{"text":"x"},"action":{"catalog_id":"1","sections":[]}}`), 131008, 400, "header"},
		{"one card", interactive(`{"type":"carousel","body":{"text":"x"},"action":{"cards":[{"card_index":0,"type":"product","action":{"product_retailer_id":"1","catalog_id":"1"}}]}}`), 131009, 400, "Min: 2"},
		{"unknown template", tpl("nope", "en_US", ""), 132001, 404, "template name (nope) does not exist in en_US"},
		{"unknown language", tpl("hello_world", "de", ""), 132001, 404, "template name (hello_world) does not exist in de"},
		{"template in review", tpl("feedback_request", "en_US", ""), 132001, 404, ""},
		{"template paused", tpl("old_newsletter", "en_US", ""), 132015, 400, ""},
		{"template disabled", tpl("lucky_draw", "en_US", ""), 132016, 400, ""},
		{"no parameters", tpl("order_confirmation", "en_US", ""), 132000, 400, "body: number of localizable_params (0) does not match the expected number of params (2)"},
		{"too many parameters", tpl("hello_world", "en_US", `[{"type":"body","parameters":[{"type":"text","text":"x"}]}]`), 132000, 400, "(1)"},
		{"parameter with line break", tpl("come_back", "en_US", `[{"type":"body","parameters":[{"type":"text","text":"a\nb"}]}]`), 132018, 400, "new-line/tab"},
		{"parameter of another type", tpl("come_back", "en_US", `[{"type":"body","parameters":[{"type":"image","image":{"link":"https://a.example/a.jpg"}}]}]`), 132012, 400, "expected TEXT"},
		{"header file missing", tpl("invoice_ready", "en_US", `[{"type":"body","parameters":[{"type":"text","text":"x"}]}]`), 132012, 400, "header: Format mismatch, expected DOCUMENT, received UNKNOWN"},
		{"url suffix missing", tpl("parcel_on_its_way", "en_US", `[{"type":"header","parameters":[{"type":"text","text":"S1"}]},{"type":"body","parameters":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]`), 131008, 400, "buttons: Button at index 0 of type Url requires a parameter"},
		{"named without name", tpl("appointment_reminder", "en_US", `[{"type":"body","parameters":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]`), 132000, 400, "name"},
		{"code too long", tpl("login_code", "en_US", `[{"type":"body","parameters":[{"type":"text","text":"1234567890123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1"}]}]`), 132018, 400, "15"},
		{"read mark of nothing", `{"messaging_product":"whatsapp","status":"read","message_id":"wamid.none"}`, 131009, 400, ""},
		{"read mark without id", `{"messaging_product":"whatsapp","status":"read"}`, 100, 400, "message_id"},
		{"other mark", `{"messaging_product":"whatsapp","status":"seen","message_id":"x"}`, 100, 400, "status"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := d.post("PHONE/messages", c.body)
			if a.code != c.http || a.num("error.code") != c.code || a.at("error.error_subcode") != nil {
				t.Fatalf("got %d %s", a.code, a.raw)
			}
			if all := a.str("error.message") + a.str("error.error_data.details"); !strings.Contains(all, c.has) {
				t.Errorf("%q lacks %q", all, c.has)
			}
			if c.code != 100 && a.str("error.error_data.messaging_product") != "whatsapp" {
				t.Errorf("error_data: %s", a.raw)
			}
			if !strings.HasPrefix(a.str("error.message"), fmt.Sprintf("(#%d) ", c.code)) || a.str("error.fbtrace_id") == "" {
				t.Errorf("envelope: %s", a.raw)
			}
		})
	}
	if a := d.control(http.MethodGet, "sent", ""); string(a.raw) != "[]" {
		t.Errorf("refused messages were kept: %s", a.raw)
	}
}

// TestAcceptedMessages is the other side: valid messages of every type are not refused.
func TestAcceptedMessages(t *testing.T) {
	d := open(t)
	in := d.writes(customer1, "hi")
	body := `"body":{"text":"x"}`
	for name, b := range map[string]string{
		"text without type":    message(`"text":{"body":"` + strings.Repeat("é", 4096) + `"}`),
		"plus and spaces":      `{"messaging_product":"whatsapp","to":"+84 90-123 (45) 67","type":"text","text":{"body":"x","preview_url":true}}`,
		"reply":                message(`"text":{"body":"x"},"context":{"message_id":"` + in + `"},"biz_opaque_callback_data":"` + strings.Repeat("é", 512) + `"`),
		"image":                message(`"type":"image","image":{"link":"https://a.example/x.jpg","caption":"c"}`),
		"document":             message(`"type":"document","document":{"link":"https://a.example/x.pdf","filename":"x.pdf"}`),
		"sticker":              message(`"type":"sticker","sticker":{"link":"https://a.example/x.webp"}`),
		"location":             message(`"type":"location","location":{"latitude":"10.5","longitude":-3,"name":"n","address":"a"}`),
		"contacts":             message(`"type":"contacts","contacts":[{"name":{"formatted_name":"A B","first_name":"A"},"phones":[{"phone":"+1"}],"birthday":"1990-02-01"}]`),
		"reaction":             message(`"type":"reaction","reaction":{"message_id":"` + in + `","emoji":"👩🏽‍🚀"}`),
		"reaction removed":     message(`"type":"reaction","reaction":{"message_id":"` + in + `","emoji":""}`),
		"keycap":               message(`"type":"reaction","reaction":{"message_id":"` + in + `","emoji":"1️⃣"}`),
		"buttons":              interactive(`{"type":"button",` + body + `,"header":{"type":"text","text":"h"},"footer":{"text":"f"},"action":{"buttons":[` + button("a", strings.Repeat("é", 20)) + `]}}`),
		"list":                 interactive(`{"type":"list",` + body + `,"action":{"button":"b","sections":[{"rows":[` + rows(0, 10) + `]}]}}`),
		"url":                  interactive(`{"type":"cta_url",` + body + `,"action":{"name":"cta_url","parameters":{"display_text":"d","url":"https://a.example"}}}`),
		"location request":     interactive(`{"type":"location_request_message",` + body + `,"action":{"name":"send_location"}}`),
		"flow":                 interactive(`{"type":"flow",` + body + `,"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"go","mode":"draft"}}}`),
		"product":              interactive(`{"type":"product","action":{"catalog_id":"1","product_retailer_id":"2"}}`),
		"catalog":              interactive(`{"type":"catalog_message",` + body + `,"action":{"name":"catalog_message"}}`),
		"contact request":      interactive(`{"type":"request_contact_info",` + body + `,"action":{"name":"request_contact_info"}}`),
		"hello_world":          tpl("hello_world", "en_US", ""),
		"order_confirmation":   tpl("order_confirmation", "vi", `[{"type":"body","parameters":[{"type":"text","text":"Mai"},{"type":"text","text":"S1"}]}]`),
		"parcel_on_its_way":    tpl("parcel_on_its_way", "en_US", `[{"type":"header","parameters":[{"type":"text","text":"S1"}]},{"type":"body","parameters":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},{"type":"button","sub_type":"url","index":0,"parameters":[{"type":"text","text":"px"}]}]`),
		"appointment_reminder": tpl("appointment_reminder", "en_US", `[{"type":"body","parameters":[{"type":"text","parameter_name":"day","text":"b"},{"type":"text","parameter_name":"first_name","text":"b"}]}]`),
		"invoice_ready":        tpl("invoice_ready", "en_US", `[{"type":"header","parameters":[{"type":"document","document":{"link":"https://a.example/x.pdf"}}]},{"type":"body","parameters":[{"type":"text","text":"a"}]}]`),
		"spring_sale":          tpl("spring_sale", "en_US", `[{"type":"header","parameters":[{"type":"image","image":{"link":"https://a.example/x.jpg"}}]},{"type":"body","parameters":[{"type":"text","text":"a"}]},{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"X"}]},{"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"P"}]}]`),
		"login_code":           tpl("login_code", "en_US", `[{"type":"body","parameters":[{"type":"text","text":"123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]`),
		"read":                 `{"messaging_product":"whatsapp","status":"read","message_id":"` + in + `","typing_indicator":{"type":"text"}}`,
	} {
		if a := d.post("PHONE/messages", b); a.code != http.StatusOK {
			t.Errorf("%s: %d %s", name, a.code, a.raw)
		}
	}
	form := "messaging_product=whatsapp&to=84901234567&type=text&text=" + `{"body":"form"}`
	if a := d.do(http.MethodPost, d.path("PHONE/messages"), d.cred.AccessToken, "application/x-www-form-urlencoded", []byte(form)); a.code != http.StatusOK {
		t.Errorf("form: %d %s", a.code, a.raw)
	}
}

// TestNumberVariants: the id WhatsApp knows a number by can differ from the number dialled.
func TestNumberVariants(t *testing.T) {
	d := open(t)
	for dialled, want := range map[string]string{
		"+55 31 98765-4321": "553187654321", "5511987654321": "5511987654321", "+52 55 1234 5678": "5215512345678",
		"541123456789": "5491123456789", "+44 7700 900123": "447700900123",
	} {
		b, _ := json.Marshal(map[string]any{"messaging_product": "whatsapp", "to": dialled, "text": map[string]any{"body": "x"}})
		a := d.post("PHONE/messages", string(b))
		if a.str("contacts.0.wa_id") != want || a.str("contacts.0.input") != dialled {
			t.Errorf("%s: %s", dialled, a.raw)
		}
	}
	// A customer who wrote keeps the id they wrote with.
	d.writes("525500001111", "hola")
	b := `{"messaging_product":"whatsapp","to":"525500001111","text":{"body":"x"}}`
	if a := d.post("PHONE/messages", b); a.str("contacts.0.wa_id") != "525500001111" {
		t.Errorf("%s", a.raw)
	}
}

// TestRefusedCalls holds authentication and the management edges.
func TestRefusedCalls(t *testing.T) {
	d := open(t, func(c *Config) { c.Limits.Register = 3 })
	tok, app := d.cred.AccessToken, d.cred.AppID+"|"+d.cred.AppSecret
	other := "EAA" + strings.Repeat("x", 60)
	for _, c := range []struct {
		name, method, path, token, body string
		http, code, sub                 int
		has                             string
	}{
		{"no token", "GET", "PHONE", "", "", 401, 104, 0, "access token is required"},
		{"malformed token", "GET", "PHONE", "hello", "", 401, 190, 0, "Cannot parse"},
		{"foreign token", "GET", "PHONE", other, "", 401, 190, 467, "Error validating access token"},
		{"foreign app token", "GET", "APP/subscriptions", d.cred.AppID + "|nonsense", "", 401, 190, 0, ""},
		{"app token on a number", "GET", "PHONE", app, "", 403, 200, 0, ""},
		{"user token on subscriptions", "GET", "APP/subscriptions", tok, "", 400, 15, 0, "app access_token"},
		{"wrong proof", "GET", "PHONE?appsecret_proof=00", tok, "", 400, 100, 0, "Invalid appsecret_proof"},
		{"unknown object", "GET", "123456", tok, "", 400, 100, 33, "Unsupported get request. Object with ID '123456'"},
		{"unknown edge", "POST", "PHONE/fax", tok, "{}", 400, 100, 33, "Unsupported post request"},
		{"wrong method", "DELETE", "PHONE/messages", tok, "", 400, 100, 33, "Unsupported delete request"},
		{"unknown field", "GET", "PHONE?fields=colour", tok, "", 400, 100, 0, "nonexisting field (colour)"},
		{"bad limit", "GET", "WABA/phone_numbers?limit=x", tok, "", 400, 100, 0, "limit"},
		{"bad cursor", "GET", "WABA/message_templates?after=zzz", tok, "", 400, 131059, 0, ""},
		{"number without cc", "POST", "WABA/phone_numbers", tok, `{"phone_number":"5550142368"}`, 400, 100, 0, "cc"},
		{"number twice", "POST", "WABA/phone_numbers", tok, `{"cc":"1","phone_number":"5550142368","verified_name":"Shop"}`, 400, 100, 2388012, ""},
		{"code for a verified number", "POST", "PHONE/request_code", tok, `{"code_method":"SMS","language":"en_US"}`, 400, 136024, 0, ""},
		{"code method", "POST", "PHONE/request_code", tok, `{"code_method":"PIGEON","language":"en_US"}`, 400, 100, 0, "code_method"},
		{"register without PIN", "POST", "PHONE/register", tok, `{"messaging_product":"whatsapp"}`, 400, 100, 0, "pin"},
		{"first registration sets the PIN", "POST", "PHONE/register", tok, `{"messaging_product":"whatsapp","pin":"123456"}`, 200, 0, 0, "success"},
		{"wrong PIN", "POST", "PHONE/register", tok, `{"messaging_product":"whatsapp","pin":"654321"}`, 400, 133005, 0, ""},
		{"deregister", "POST", "PHONE/deregister", tok, ``, 200, 0, 0, "success"},
		{"register too often", "POST", "PHONE/register", tok, `{"messaging_product":"whatsapp","pin":"123456"}`, 400, 133016, 0, ""},
		{"send while deregistered", "POST", "PHONE/messages", tok, message(`"text":{"body":"x"}`), 400, 133010, 0, ""},
		{"callback does not answer", "POST", "APP/subscriptions", app, `{"object":"whatsapp_business_account","callback_url":"http://127.0.0.1:1/","verify_token":"t","fields":"messages"}`, 400, 2200, 0, "HTTP Status Code = 0"},
		{"unknown object of subscription", "POST", "APP/subscriptions", app, `{"object":"page","callback_url":"http://127.0.0.1:1/","verify_token":"t","fields":"messages"}`, 400, 100, 0, "object"},
		{"unknown webhook field", "POST", "APP/subscriptions", app, `{"object":"whatsapp_business_account","callback_url":"http://127.0.0.1:1/","verify_token":"t","fields":"gossip"}`, 400, 100, 0, "gossip"},
		{"override does not answer", "POST", "WABA/subscribed_apps", tok, `{"override_callback_uri":"http://127.0.0.1:1/","verify_token":"t"}`, 400, 2200, 0, ""},
		{"profile text", "POST", "PHONE/whatsapp_business_profile", tok, `{"messaging_product":"whatsapp","about":"` + strings.Repeat("a", 140) + `"}`, 400, 100, 0, "139"},
		{"profile websites", "POST", "PHONE/whatsapp_business_profile", tok, `{"messaging_product":"whatsapp","websites":["shop.example"]}`, 400, 100, 0, "http"},
		{"profile vertical", "POST", "PHONE/whatsapp_business_profile", tok, `{"messaging_product":"whatsapp","vertical":"SPACE"}`, 400, 100, 0, "vertical"},
		{"QR text", "POST", "PHONE/message_qrdls", tok, `{"prefilled_message":"` + strings.Repeat("a", 141) + `"}`, 400, 100, 0, "140"},
		{"block a stranger", "POST", "PHONE/block_users", tok, `{"messaging_product":"whatsapp","block_users":[{"user":"447700900123"}]}`, 400, 139100, 0, "block"},
		{"template name", "POST", "WABA/message_templates", tok, `{"name":"Bad Name","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"x"}]}`, 400, 100, 2388046, "Invalid parameter"},
		{"template language", "POST", "WABA/message_templates", tok, `{"name":"a","language":"xx","category":"UTILITY","components":[{"type":"BODY","text":"x"}]}`, 400, 100, 0, "language"},
		{"template twice", "POST", "WABA/message_templates", tok, `{"name":"come_back","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"x"}]}`, 400, 100, 2388024, ""},
		{"template without body", "POST", "WABA/message_templates", tok, `{"name":"a","language":"en","category":"UTILITY","components":[]}`, 400, 100, 2388072, ""},
		{"template footer", "POST", "WABA/message_templates", tok, `{"name":"a","language":"en","category":"UTILITY","components":[{"type":"BODY","text":"x"},{"type":"FOOTER","text":"{{1}}"}]}`, 400, 100, 2388073, ""},
		{"sample template", "DELETE", "WABA/message_templates?name=hello_world", tok, ``, 400, 100, 2388094, ""},
		{"upload type", "POST", "APP/uploads?file_length=3&file_type=text/html", tok, ``, 400, 100, 0, "file_type"},
		{"media without file", "POST", "PHONE/media", tok, `{"messaging_product":"whatsapp"}`, 400, 100, 0, "file"},
		{"debug without input", "GET", "debug_token", tok, "", 400, 100, 0, "input_token"},
		{"wrong app secret", "GET", "oauth/access_token?client_id=APP&client_secret=x&grant_type=client_credentials", "", "", 400, 1, 0, "secret"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := d.do(c.method, d.path(c.path), c.token, "application/json", []byte(c.body))
			if a.code != c.http || a.num("error.code") != c.code || a.num("error.error_subcode") != c.sub || !strings.Contains(string(a.raw), c.has) {
				t.Fatalf("got %d %s", a.code, a.raw)
			}
			if c.sub > 100 && c.code == 100 && (a.str("error.error_user_title") == "" || a.str("error.error_user_msg") == "") {
				t.Errorf("no text for people: %s", a.raw)
			}
			if c.http == http.StatusUnauthorized && a.header.Get("WWW-Authenticate") == "" {
				t.Error("no WWW-Authenticate")
			}
		})
	}
}
