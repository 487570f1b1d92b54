package webhook

import (
	"encoding/json"
	"strings"
)

// template reads the five fields about templates. Meta's documentation shows a quality update under the field of status
// updates, so the keys decide.
func (d *decoder) template(v object, raw json.RawMessage) {
	t := &TemplateEvent{
		ID: v.str("message_template_id"), Name: v.str("message_template_name"),
		Language: strings.ReplaceAll(v.str("message_template_language"), "-", "_"),
		Event:    v.str("event"), Reason: v.str("reason"),
		Category:    first(v.str("new_category"), v.str("category"), v.str("message_template_category")),
		PreviousCat: v.str("previous_category"), CorrectCat: v.str("correct_category"),
		Quality: v.str("new_quality_score"), PreviousQual: v.str("previous_quality_score"),
		DisableDate: int64(v.object("disable_info").num("disable_date")),
	}
	if t.Reason == "NONE" {
		t.Reason = ""
	}
	other, rejection := v.object("other_info"), v.object("rejection_info")
	t.OtherTitle, t.OtherText = other.str("title"), other.str("description")
	t.Recommendation = rejection.str("recommendation")
	if t.Reason == "" && rejection.str("reason") != "NONE" {
		t.Reason = rejection.str("reason")
	}
	if t.Event == "" {
		switch {
		case t.Quality != "":
			t.Event = "QUALITY"
		case t.Category != "" || t.CorrectCat != "":
			t.Event = "CATEGORY"
		case v.get("message_template_element") != nil || v.get("message_template_title") != nil || v.get("message_template_footer") != nil || v.get("message_template_buttons") != nil:
			t.Event = "COMPONENTS"
		}
	}
	if t.Event == "" || (t.ID == "" && t.Name == "") {
		d.unknown(raw, "template: says neither which nor what")
		return
	}
	ev := d.at
	ev.Kind, ev.Raw, ev.Template = KindTemplate, raw, t
	d.events = append(d.events, ev)
}

// account reads every field about the account, its numbers and what they may do. The details differ from event to event and
// stay in Raw.
func (d *decoder) account(v object, raw json.RawMessage) {
	alert := v.object("alert_info")
	ev := d.at
	ev.Kind, ev.Raw = KindAccount, raw
	ev.Account = &AccountEvent{
		Event:        first(v.str("event"), v.str("decision"), alert.str("alert_type"), v.str("alert_type"), v.str("status")),
		DisplayPhone: digits(first(v.str("display_phone_number"), v.str("phone_number"))),
		WABAID:       v.object("waba_info").str("waba_id"),
	}
	d.events = append(d.events, ev)
}
