package sandbox

import (
	"net/url"
	"strconv"
	"strings"
)

// normal is how Meta keeps components that it took: enumerations in capitals, handles as samples, the texts of authentication
// templates filled in and their buttons as links. The request's own values are not changed. Callers hold Server.mu.
func (s *Server) normal(comps []any, category, language string) []any {
	out := make([]any, 0, len(comps))
	minutes := 0
	for _, v := range comps {
		if n, ok := asInt(asObject(v)["code_expiration_minutes"]); ok {
			minutes = n
		}
	}
	for _, v := range comps {
		o, ok := s.normalValue(v).(map[string]any)
		if !ok {
			continue
		}
		if category == "AUTHENTICATION" {
			authPart(o, language, minutes)
		}
		out = append(out, o)
	}
	return out
}

// normalValue copies a value; types and formats become capitals and upload handles samples.
func (s *Server) normalValue(v any) any {
	switch x := v.(type) {
	case []any:
		out := make([]any, len(x))
		for i, y := range x {
			out[i] = s.normalValue(y)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, y := range x {
			switch k {
			case "type", "format", "otp_type", "icon":
				if t, isText := y.(string); isText {
					out[k] = strings.ToUpper(t)
					continue
				}
			case "header_handle":
				if l, isList := y.([]any); isList {
					out[k] = s.samplesOf(l)
					continue
				}
			}
			out[k] = s.normalValue(y)
		}
		return out
	}
	return v
}

// samplesOf turns upload handles into samples; what is none stays.
func (s *Server) samplesOf(handles []any) []any {
	out := make([]any, len(handles))
	for i, h := range handles {
		out[i] = h
		if u := s.w.handles[asText(h)]; u != nil {
			if u.sample == "" {
				u.sample = s.keepSample(u.mime, u.data)
			}
			out[i] = u.sample
		}
	}
	return out
}

// authPart fills in what Meta words itself (Meta: Authentication templates).
func authPart(o map[string]any, language string, minutes int) {
	w := authWordsIn(language)
	switch asText(o["type"]) {
	case "BODY":
		recommend, _ := asBool(o["add_security_recommendation"])
		o["text"] = w.bodyText(recommend)
		o["example"] = map[string]any{"body_text": []any{[]any{"123456"}}}
		if recommend {
			o["add_security_recommendation"] = true
		}
	case "FOOTER":
		if minutes > 0 {
			o["text"] = w.footerText(minutes)
		}
	case "BUTTONS":
		l := asList(o["buttons"])
		for i, v := range l {
			if b := asObject(v); asText(b["type"]) == "OTP" {
				l[i] = otpLink(b, w, minutes)
			}
		}
	}
}

// otpLink is the form in which code buttons come back: a link that WhatsApp understands.
func otpLink(b map[string]any, w authWords, minutes int) map[string]any {
	label := asText(b["text"])
	if label == "" {
		label = w.copyLabel
	}
	typ := asText(b["otp_type"])
	link := "https://www.whatsapp.com/otp/code/?otp_type=" + typ
	if typ != "COPY_CODE" {
		autofill := asText(b["autofill_text"])
		if autofill == "" {
			autofill = w.autofillLabel
		}
		link += "&cta_display_name=" + url.QueryEscape(autofill)
		if apps := asList(b["supported_apps"]); len(apps) > 0 {
			a := asObject(apps[0])
			link += "&package_name=" + url.QueryEscape(asText(a["package_name"])) + "&signature_hash=" + url.QueryEscape(asText(a["signature_hash"]))
		}
	}
	if minutes > 0 {
		link += "&code_expiration_minutes=" + strconv.Itoa(minutes)
	}
	link += "&code=otp"
	return map[string]any{"type": "URL", "text": label, "url": link + "{{1}}", "example": []any{link + "123456"}}
}
