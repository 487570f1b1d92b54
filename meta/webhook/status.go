package webhook

import "encoding/json"

func (d *decoder) status(raw json.RawMessage, people []Contact, alone bool) {
	v, err := objectOf(raw)
	if err != nil || v.str("id") == "" || v.str("status") == "" {
		d.unknown(raw, "status: without id or status")
		return
	}
	s := &Status{
		ID: v.str("id"), Status: v.str("status"), Type: v.str("type"), Timestamp: unix(v.num("timestamp")),
		RecipientID: v.str("recipient_id"), RecipientUserID: v.str("recipient_user_id"),
		// Both spellings are in use.
		RecipientParentUserID: first(v.str("recipient_parent_user_id"), v.str("parent_recipient_user_id")),
		RecipientType:         v.str("recipient_type"),
		ParticipantID:         first(v.str("recipient_participant_id"), v.str("recipient_participant_user_id")),
		BizOpaque:             v.str("biz_opaque_callback_data"), Errors: errorsOf(v.get("errors")), Pricing: v.get("pricing"),
	}
	if c := v.object("conversation"); c != nil {
		s.Conversation = &Conversation{ID: c.str("id"), Origin: c.object("origin").str("type"), Expiration: unix(c.num("expiration_timestamp"))}
	}
	who := Contact{WaID: digits(s.RecipientID), UserID: s.RecipientUserID, ParentUserID: s.RecipientParentUserID}
	if s.RecipientType == "group" {
		who = Contact{WaID: digits(s.ParticipantID)}
	} else {
		s.RecipientID = who.WaID
	}
	s.Contact = whoIs(people, who, alone)
	ev := d.at
	ev.Kind, ev.Raw, ev.Status = KindStatus, raw, s
	d.events = append(d.events, ev)
}
