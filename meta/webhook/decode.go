package webhook

import (
	"encoding/json"
	"strings"
)

// Decode reads a body into events, in its order. Whatever cannot be understood becomes an event of KindUnknown with its
// JSON, so that one odd message never costs its neighbours; an error (ErrNotJSON, ErrNotWebhook) means that the body is not
// a webhook at all. The Raw of each event is a part of raw, which must not be changed afterwards.
func Decode(raw []byte) (Payload, error) {
	env, err := openEnvelope(raw)
	if err != nil {
		return Payload{}, err
	}
	d := decoder{}
	for _, r := range env.entries {
		d.entry(r)
	}
	return Payload{Object: env.object, Events: d.events}, nil
}

// decoder gathers events; at is what they have in common.
type decoder struct {
	at     Event
	events []Event
}

func (d *decoder) entry(raw json.RawMessage) {
	d.at = Event{}
	e, err := objectOf(raw)
	if err != nil {
		d.unknown(raw, "entry: "+err.Error())
		return
	}
	d.at.WABAID, d.at.EntryTime = e.str("id"), int64(e.num("time"))
	changes, err := array(e.get("changes"))
	switch {
	case err != nil:
		d.unknown(raw, "changes: "+err.Error())
	case len(changes) == 0:
		d.unknown(raw, "")
	}
	at := d.at
	for _, c := range changes {
		d.at = at
		d.change(c)
	}
}

func (d *decoder) change(raw json.RawMessage) {
	c, err := objectOf(raw)
	if err != nil {
		d.unknown(raw, "change: "+err.Error())
		return
	}
	d.at.Field = c.str("field")
	value := c.get("value")
	v, err := objectOf(value)
	if err != nil {
		if value == nil {
			value = raw
		}
		d.unknown(value, "value: "+err.Error())
		return
	}
	if md := v.object("metadata"); md != nil {
		d.at.PhoneNumberID, d.at.DisplayPhone = md.str("phone_number_id"), digits(md.str("display_phone_number"))
	} else {
		d.at.DisplayPhone = digits(v.str("display_phone_number"))
	}
	switch kindOf[d.at.Field] {
	case KindMessage:
		d.conversation(v, value)
	case KindTemplate:
		d.template(v, value)
	case KindAccount:
		d.account(v, value)
	case KindPreference:
		d.preferences(v, value)
	case KindOther:
		ev := d.at
		ev.Kind, ev.Raw = KindOther, value
		d.events = append(d.events, ev)
	default:
		d.unknown(value, "")
	}
}

// kindOf is every field that Meta documents (Meta: Webhooks, fields of the WhatsApp Business Account object).
var kindOf = map[string]Kind{
	"messages": KindMessage, "standby": KindMessage, "history": KindMessage, "message_echoes": KindMessage,
	"smb_message_echoes": KindMessage, "smb_app_state_sync": KindMessage,

	"message_template_status_update": KindTemplate, "message_template_quality_update": KindTemplate,
	"message_template_components_update": KindTemplate, "template_category_update": KindTemplate,
	"template_correct_category_detection": KindTemplate,

	"account_alerts": KindAccount, "account_review_update": KindAccount, "account_settings_update": KindAccount,
	"account_update": KindAccount, "business_capability_update": KindAccount, "business_status_update": KindAccount,
	"business_username_updates": KindAccount, "partner_solutions": KindAccount, "payment_configuration_update": KindAccount,
	"phone_number_name_update": KindAccount, "phone_number_quality_update": KindAccount, "security": KindAccount,

	"user_preferences": KindPreference,

	"automatic_events": KindOther, "calls": KindOther, "flows": KindOther, "tracking_events": KindOther,
	"messaging_handovers": KindOther, "group_lifecycle_update": KindOther, "group_participants_update": KindOther,
	"group_settings_update": KindOther, "group_status_update": KindOther,
}

// conversation reads the fields that carry messages and what becomes of them.
func (d *decoder) conversation(v object, raw json.RawMessage) {
	people := contactsOf(v.get("contacts"))
	before := len(d.events)
	leftover := false
	for _, m := range v {
		leftover = leftover || !conversationKeys[m.key]
	}
	d.each(v, raw, "messages", func(m json.RawMessage, alone bool) { d.message(m, people, alone, origin{}) })
	d.each(v, raw, "message_echoes", func(m json.RawMessage, alone bool) { d.message(m, people, alone, origin{echo: true}) })
	d.each(v, raw, "history", func(m json.RawMessage, _ bool) { d.history(m) })
	d.each(v, raw, "statuses", func(s json.RawMessage, alone bool) { d.status(s, people, alone) })
	d.each(v, raw, "state_sync", func(s json.RawMessage, _ bool) { d.stateSync(s) })
	if errs := errorsOf(v.get("errors")); len(errs) > 0 {
		ev := d.at
		ev.Kind, ev.Raw, ev.Errors = KindErrors, raw, errs
		d.events = append(d.events, ev)
	}
	if leftover || len(d.events) == before {
		d.unknown(raw, "")
	}
}

var conversationKeys = map[string]bool{
	"messaging_product": true, "metadata": true, "contacts": true, "messages": true, "message_echoes": true,
	"history": true, "statuses": true, "state_sync": true, "errors": true,
}

// each calls f for every item under key; alone says that there is only one.
func (d *decoder) each(v object, raw json.RawMessage, key string, f func(item json.RawMessage, alone bool)) {
	items, err := array(v.get(key))
	if err != nil {
		d.unknown(raw, key+": "+err.Error())
		return
	}
	for _, item := range items {
		f(item, len(items) == 1)
	}
}

// history reads one chunk of the phone's past, or the refusal to share it.
func (d *decoder) history(raw json.RawMessage) {
	chunk, err := objectOf(raw)
	if err != nil {
		d.unknown(raw, "history: "+err.Error())
		return
	}
	before := len(d.events)
	if errs := errorsOf(chunk.get("errors")); len(errs) > 0 {
		ev := d.at
		ev.Kind, ev.Raw, ev.Errors = KindErrors, raw, errs
		d.events = append(d.events, ev)
	}
	d.each(chunk, raw, "threads", func(t json.RawMessage, _ bool) {
		thread, err := objectOf(t)
		if err != nil {
			d.unknown(t, "thread: "+err.Error())
			return
		}
		o := origin{thread: thread.str("id"), user: thread.object("context").str("user_id")}
		d.each(thread, t, "messages", func(m json.RawMessage, alone bool) { d.message(m, nil, alone, o) })
	})
	// A chunk without messages still says how far the history has come.
	if len(d.events) == before {
		ev := d.at
		ev.Kind, ev.Raw = KindOther, raw
		d.events = append(d.events, ev)
	}
}

func (d *decoder) stateSync(raw json.RawMessage) {
	s, err := objectOf(raw)
	if err != nil || s.str("type") != "contact" {
		d.unknown(raw, "state_sync: not a contact")
		return
	}
	c := s.object("contact")
	ev := d.at
	ev.Kind, ev.Raw = KindContactSync, raw
	ev.ContactSync = &ContactSync{
		Action: s.str("action"), Phone: c.str("phone_number"), UserID: c.str("user_id"),
		FullName: c.str("full_name"), FirstName: c.str("first_name"), Timestamp: unix(s.object("metadata").num("timestamp")),
	}
	d.events = append(d.events, ev)
}

func (d *decoder) preferences(v object, raw json.RawMessage) {
	people := contactsOf(v.get("contacts"))
	before := len(d.events)
	d.each(v, raw, "user_preferences", func(r json.RawMessage, alone bool) {
		p, err := objectOf(r)
		if err != nil {
			d.unknown(r, "user_preferences: "+err.Error())
			return
		}
		ev := d.at
		ev.Kind, ev.Raw = KindPreference, r
		ev.Preference = &Preference{
			Contact:  whoIs(people, Contact{WaID: digits(p.str("wa_id")), UserID: p.str("user_id"), ParentUserID: p.str("parent_user_id")}, alone),
			Category: p.str("category"), Value: p.str("value"), Detail: p.str("detail"), Timestamp: unix(p.num("timestamp")),
		}
		d.events = append(d.events, ev)
	})
	if len(d.events) == before {
		d.unknown(raw, "")
	}
}

func (d *decoder) unknown(raw json.RawMessage, problem string) {
	ev := d.at
	ev.Kind, ev.Raw, ev.Problem = KindUnknown, raw, problem
	d.events = append(d.events, ev)
}

// digits makes one spelling of a phone number: +1 631-555-5555 and 16315555555 are the same.
func digits(s string) string {
	if strings.Trim(s, "0123456789") == "" {
		return s
	}
	out := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune("+-() .\u00a0", r):
			return -1
		}
		return 'x'
	}, s)
	if strings.Contains(out, "x") {
		return s // not a number: a placeholder of the documentation, or something new
	}
	return out
}
