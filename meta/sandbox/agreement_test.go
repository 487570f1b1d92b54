package sandbox

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	doc "shopbell/meta/template"
	"shopbell/meta/template/templatetest"
)

// sameRule says by which of its rules the lint may speak where the sandbox names a rule. The two were written apart, each from Meta's
// rules; this table and the test below are all that joins them.
var sameRule = map[string][]string{
	"name":               {"name.missing", "name.characters", "name.length"},
	"language":           {"language"},
	"category":           {"category"},
	"parameter_format":   {"parameter_format"},
	"ttl":                {"ttl"},
	"components":         {"body.missing"},
	"component_type":     {"component.shape", "component.kind"},
	"component_twice":    {"component.twice", "card.component"},
	"body_missing":       {"body.missing", "body.empty"},
	"body_newlines":      {"body.lines"},
	"too_long":           {"header.length", "body.length", "footer.length", "label.length", "url.length", "code.length", "offer.text"},
	"body_variables":     {"variable.braces", "variable.gap", "variable.mixed", "variable.format", "variable.name", "variable.repeated"},
	"header_variables":   {"variable.braces", "variable.gap", "variable.mixed", "variable.format", "variable.name", "variable.repeated", "header.number", "header.variables"},
	"variable_at_edge":   {"variable.edge"},
	"variables_adjacent": {"variable.adjacent"},
	"too_many_variables": {"variable.ratio"},
	"example_missing":    {"sample.missing", "sample.extra", "header.file", "url.example"},
	"handle":             {"header.file"},
	"header_missing":     {"header.empty"},
	"header_format":      {"component.kind", "header.lines", "header.emoji", "header.markup", "header.variables", "header.format"},
	"footer_format":      {"footer.empty", "footer.variable", "variable.braces"},
	"buttons_count":      {"buttons.none", "buttons.count"},
	"button_type":        {"component.shape", "component.kind", "auth.only"},
	"button_too_many":    {"buttons.kind"},
	"buttons_order":      {"buttons.order"},
	"button_twice":       {"buttons.twin"},
	"button_label":       {"label.empty", "label.variable", "label.lines", "label.emoji", "label.markup"},
	"button_url":         {"url.missing", "url.form", "url.whatsapp", "url.variable"},
	"button_phone":       {"phone"},
	"button_code":        {"code.example"},
	"button_flow":        {"flow", "flow.action", "flow.icon"},
	"button_mix":         {"spm.header"},
	"auth_buttons":       {"auth.button", "auth.only", "button.category", "buttons.kind"},
	"auth_components":    {"auth.header", "auth.component"},
	"auth_footer":        {"auth.minutes"},
	"auth_only":          {"auth.minutes", "auth.words"},
	"sub_category":       {"sub_category"},
	"display_format":     {"display_format"},
	"button_call":        {"call.minutes"},
	"otp_type":           {"otp.type"},
	"otp_apps":           {"otp.apps"},
	"otp_terms":          {"otp.terms"},
	"lto_category":       {"offer.category"},
	"lto_text":           {"offer.text"},
	"lto_header":         {"offer.header"},
	"lto_footer":         {"offer.footer"},
	"lto_buttons":        {"offer.buttons"},
	"carousel_cards":     {"cards.count"},
	"carousel_structure": {"cards.alike"},
	"carousel_header":    {"card.header"},
	"carousel_parts":     {"card.component", "card.header", "card.buttons"},
	"carousel_buttons":   {"card.buttons", "component.kind"},
}

// TestLintAgrees: on ten thousand made-up templates the lint says Refused exactly when the sandbox refuses to create them, by the same
// rule, and with the same subcode where both know one (for braces the sandbox's names the component, the lint's the rule).
func TestLintAgrees(t *testing.T) {
	s := New(Config{Pace: QuickPace(), Limits: NoLimits(), HoldReview: true, Rand: rand.New(rand.NewPCG(5, 6))})
	t.Cleanup(func() { _ = s.Close() })
	h := s.Handler()
	for handle, mime := range map[string]string{"4:image": "image/jpeg", "4:video": "video/mp4", "4:document": "application/pdf"} {
		s.w.handles[handle] = &uploadSession{handle: handle, mime: mime, length: 3, data: []byte("abc"), until: s.now().Add(24 * time.Hour)}
	}
	cases := templatetest.Cases()
	const all = 10_000
	refusedBy := map[string]int{}
	taken, wrong := 0, 0
	dice := rand.New(rand.NewPCG(7, 8))
	for i := range all + all/2 {
		c := cases.Example(i % all)
		giveHandles(c.Document.Components)
		body, err := json.Marshal(c.Document)
		if err != nil {
			t.Fatal(err)
		}
		if i >= all { // once more, with texts that were scribbled in
			body = scribble(dice, body)
			if c.Document, err = doc.Decode(body); err != nil {
				t.Fatalf("%v: %s", err, body)
			}
			giveHandles(c.Document.Components)
			if body, err = json.Marshal(c.Document); err != nil {
				t.Fatal(err)
			}
		}
		findings := doc.Refusals(doc.Lint(c.Document, doc.Env{}))
		code, rule, sub, text := createIn(s, h, body)
		var codes []string
		agreed := false
		for _, f := range findings {
			codes = append(codes, f.Code)
			agreed = agreed || slices.Contains(sameRule[rule], f.Code) && (f.Subcode == 0 || sub == 0 || f.Subcode == sub || strings.HasPrefix(f.Code, "variable."))
		}
		switch {
		case code == http.StatusOK && len(findings) == 0:
			taken++
			continue
		case code != http.StatusOK && agreed:
			refusedBy[rule]++
			continue
		}
		if wrong++; wrong <= 40 {
			t.Errorf("template %d (broken: %s): lint %v, sandbox %q %s\n%s", i, names(c.Broken), codes, rule, text, body)
		}
	}
	t.Logf("%d of %d taken, refused by %d rules, %d disagreements", taken, all+all/2, len(refusedBy), wrong)
	if taken < all/10 || len(refusedBy) < 30 {
		t.Errorf("the templates are all of one kind: %d taken, refused by %v", taken, refusedBy)
	}
}

func names(bs []templatetest.Break) string {
	var l []string
	for _, b := range bs {
		l = append(l, b.Code+" "+b.Name)
	}
	return strings.Join(l, "; ")
}

// giveHandles puts uploaded handles in the place of made-up ones.
func giveHandles(comps []doc.Component) {
	for i := range comps {
		c := &comps[i]
		if len(c.Handles) == 1 && c.Handles[0] != "" && !strings.HasPrefix(c.Handles[0], "http") {
			c.Handles = []string{map[doc.HeaderFormat]string{
				doc.HeaderImage: "4:image", doc.HeaderVideo: "4:video", doc.HeaderGIF: "4:video", doc.HeaderDocument: "4:document",
			}[c.Format]}
		}
		for j := range c.Cards {
			giveHandles(c.Cards[j].Components)
		}
	}
}

// createIn posts a create body and forgets what it made.
func createIn(s *Server, h http.Handler, body []byte) (code int, rule string, sub int, text string) {
	r := httptest.NewRequest(http.MethodPost, "/v26.0/"+s.cred.WABAID+"/message_templates", bytes.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+s.cred.AccessToken)
	r.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	s.mu.Lock()
	s.w.templates = nil
	for _, u := range s.w.handles {
		u.usedBy = ""
	}
	s.mu.Unlock()
	var a answer
	_ = json.Unmarshal(rec.Body.Bytes(), &a.body)
	return rec.Code, rec.Header().Get("X-Sandbox-Rule"), a.num("error.error_subcode"), rec.Body.String()
}

// snippets are what a hand that slips may leave in a text.
var snippets = []string{
	"{{1}}", "{{2}}", "{{3}}", "{{name}}", "{{", "}}", "{", "}", "{{ 1 }}", "{{}}", "{{a-b}}", "{{Name}}", "{{0}}", "{{01}}", "\n", "\n\n", "\n\n\n", " ", "     ", "\t",
	"😀", "☎", "©", "*", "_", "~", "`", "```", "*a*", "_b_", "~c~", "`d`", "a_b_c", ".", ",", "!", "-", "—", "日本語", "ไทย", "العربية", "\u200b", "\u202e",
	"word", " two words ", "https://x.example", "wa.me", "#", "$", "%", "+", "0", "{{1}} {{2}}", "{{1}}{{2}}", "{{1}}. {{2}}", "½", "²",
}

// scribble changes a few strings of a JSON document: a snippet put in, a piece taken out, or both.
func scribble(r *rand.Rand, body []byte) []byte {
	v, err := decodeJSON(body)
	if err != nil {
		return body
	}
	var places []func(func(string) string)
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			keys := make([]string, 0, len(x))
			for k := range x {
				keys = append(keys, k)
			}
			slices.Sort(keys)
			for _, k := range keys {
				if s, ok := x[k].(string); ok {
					if slices.Contains([]string{"text", "url", "phone_number", "example", "name", "autofill_text", "package_name", "signature_hash", "flow_action"}, k) {
						places = append(places, func(f func(string) string) { x[k] = f(s) })
					}
					continue
				}
				walk(x[k])
			}
		case []any:
			for i := range x {
				if s, ok := x[i].(string); ok && !strings.HasPrefix(s, "4:") {
					places = append(places, func(f func(string) string) { x[i] = f(s) })
				}
				walk(x[i])
			}
		}
	}
	walk(v)
	if r.IntN(4) == 0 {
		rearrange(r, v)
	}
	for range r.IntN(3) {
		if len(places) == 0 {
			break
		}
		places[r.IntN(len(places))](func(s string) string {
			u := []rune(s)
			i := r.IntN(len(u) + 1)
			j := i
			if r.IntN(3) == 0 {
				j = min(len(u), i+r.IntN(12))
			}
			piece := ""
			if r.IntN(6) > 0 {
				piece = snippets[r.IntN(len(snippets))]
			}
			if r.IntN(25) == 0 {
				piece = strings.Repeat(piece, 1+r.IntN(30))
			}
			return string(u[:i]) + piece + string(u[j:])
		})
	}
	out, err := json.Marshal(v)
	if err != nil {
		return body
	}
	return out
}

// kinds are values that may stand for each other; some of them nobody knows.
var kinds = map[string][]string{
	"category":         {"UTILITY", "MARKETING", "AUTHENTICATION", "utility"},
	"parameter_format": {"POSITIONAL", "NAMED"},
	"format":           {"TEXT", "IMAGE", "VIDEO", "LOCATION", "PRODUCT", "DOCUMENT", "HOLOGRAM"},
	"sub_category":     {"ORDER_STATUS", "booking_status", "GOSSIP"},
	"icon":             {"REVIEW", "promotion", "ROCKET"},
	"display_format":   {"ORDER_DETAILS", "CARTOON"},
	"otp_type":         {"COPY_CODE", "ONE_TAP", "ZERO_TAP"},
	"language":         {"en", "en_US", "vi", "xx"},
}

var (
	partKinds   = []string{"HEADER", "BODY", "FOOTER", "BUTTONS", "CALL_PERMISSION_REQUEST", "HOLOGRAM"}
	buttonKinds = []string{"QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "OTP", "SPM", "CATALOG", "FLOW", "VOICE_CALL", "TELEPORT"}
)

// rearrange changes the build of a document at one place: a member is taken out, doubled, moved or becomes another kind.
func rearrange(r *rand.Rand, v any) {
	var objects []map[string]any
	type member struct {
		o map[string]any
		k string
	}
	var lists []member
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			objects = append(objects, x)
			for _, k := range slices.Sorted(maps.Keys(x)) {
				if l, ok := x[k].([]any); ok && len(l) > 0 && (k == "components" || k == "buttons" || k == "cards" || k == "supported_apps") {
					lists = append(lists, member{x, k})
				}
				walk(x[k])
			}
		case []any:
			for _, y := range x {
				walk(y)
			}
		}
	}
	walk(v)
	if r.IntN(2) == 0 {
		o := objects[r.IntN(len(objects))]
		keys := slices.Sorted(maps.Keys(o))
		if len(keys) == 0 {
			return
		}
		k := keys[r.IntN(len(keys))]
		others := kinds[k]
		if t, _ := o[k].(string); k == "type" && slices.Contains(partKinds, t) {
			others = partKinds
		} else if k == "type" && slices.Contains(buttonKinds, t) {
			others = buttonKinds
		}
		if others != nil && r.IntN(2) == 0 {
			o[k] = others[r.IntN(len(others))]
			return
		}
		if k != "header_handle" && k != "type" {
			delete(o, k)
		}
		return
	}
	if len(lists) == 0 {
		return
	}
	m := lists[r.IntN(len(lists))]
	l := slices.Clone(m.o[m.k].([]any))
	i, j := r.IntN(len(l)), r.IntN(len(l))
	switch r.IntN(3) {
	case 0:
		l = slices.Delete(l, i, i+1)
	case 1:
		l = slices.Insert(l, j, l[i])
	default:
		l[i], l[j] = l[j], l[i]
	}
	m.o[m.k] = l
}
