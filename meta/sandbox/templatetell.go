package sandbox

import (
	"strconv"
	"strings"
	"time"
)

// The webhooks about templates (Meta: Webhooks, template fields). Status, quality and category updates write the language with a
// hyphen, the others with an underscore, as Meta's own examples do.

// about is what every one of them has.
func (t *template) about(hyphen bool) map[string]any {
	lang := t.language
	if hyphen {
		lang = strings.ReplaceAll(lang, "_", "-")
	}
	id, _ := strconv.ParseInt(t.id, 10, 64)
	return map[string]any{"message_template_id": id, "message_template_name": t.name, "message_template_language": lang}
}

// tellStatus announces a change of status. more has disable_info, other_info or rejection_info. Callers hold Server.mu.
func (s *Server) tellStatus(t *template, event string, more map[string]any) {
	v := t.about(true)
	v["event"], v["reason"], v["message_template_category"] = event, "NONE", t.category
	if event == "REJECTED" && t.reason != "" {
		v["reason"] = t.reason
	}
	for k, x := range more {
		v[k] = x
	}
	s.announceTemplate("message_template_status_update", v)
}

// announceTemplate sends a webhook unless a control call wants silence. Callers hold Server.mu.
func (s *Server) announceTemplate(field string, v map[string]any) {
	if !s.w.silent {
		s.announce("", field, v)
	}
}

// tellQuality announces another quality rating. Callers hold Server.mu.
func (s *Server) tellQuality(t *template, before string) {
	v := t.about(true)
	v["previous_quality_score"], v["new_quality_score"] = before, t.score()
	s.announceTemplate("message_template_quality_update", v)
}

// tellCategory announces a category that has changed. Callers hold Server.mu.
func (s *Server) tellCategory(t *template) {
	v := t.about(true)
	v["previous_category"], v["new_category"] = t.previous, t.category
	s.announceTemplate("template_category_update", v)
}

// tellPlannedCategory warns of a change to come: new_category is then still the present one. Callers hold Server.mu.
func (s *Server) tellPlannedCategory(t *template, at time.Time) {
	v := t.about(true)
	v["correct_category"], v["new_category"], v["category_update_timestamp"] = t.correct, t.category, at.Unix()
	s.announceTemplate("template_category_update", v)
	d := t.about(false)
	d["category"], d["correct_category"] = t.category, t.correct
	s.announceTemplate("template_correct_category_detection", d)
}

// tellComponents announces content that was edited. Callers hold Server.mu.
func (s *Server) tellComponents(t *template) {
	v := t.about(false)
	v["message_template_element"] = t.text("BODY")
	if h := t.text("HEADER"); h != "" {
		v["message_template_title"] = h
	}
	if f := t.text("FOOTER"); f != "" {
		v["message_template_footer"] = f
	}
	var buttons []any
	for _, x := range asList(t.part("BUTTONS")["buttons"]) {
		b := asObject(x)
		out := map[string]any{"message_template_button_type": asText(b["type"]), "message_template_button_text": asText(b["text"])}
		for _, k := range []string{"url", "phone_number"} {
			if s := asText(b[k]); s != "" {
				out["message_template_button_"+k] = s
			}
		}
		buttons = append(buttons, out)
	}
	if buttons != nil {
		v["message_template_buttons"] = buttons
	}
	s.announceTemplate("message_template_components_update", v)
}
