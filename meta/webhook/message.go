package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// origin is what the place of a message in the body says about it.
type origin struct {
	echo         bool
	thread, user string // of the phone's past: the customer
}

func (d *decoder) message(raw json.RawMessage, people []Contact, alone bool, o origin) {
	m, err := d.readMessage(raw, people, alone, o)
	if err != nil {
		d.unknown(raw, "message: "+err.Error())
		return
	}
	ev := d.at
	ev.Kind, ev.Raw, ev.Message = KindMessage, raw, m
	d.events = append(d.events, ev)
}

func (d *decoder) readMessage(raw json.RawMessage, people []Contact, alone bool, o origin) (*Message, error) {
	v, err := objectOf(raw)
	if err != nil {
		return nil, err
	}
	m := &Message{
		ID: v.str("id"), Echo: o.echo, Type: v.str("type"), Timestamp: unix(v.num("timestamp")),
		From: digits(v.str("from")), FromUserID: v.str("from_user_id"), FromParentUserID: v.str("from_parent_user_id"),
		To: digits(v.str("to")), ToUserID: v.str("to_user_id"), GroupID: v.str("group_id"),
		Errors: errorsOf(v.get("errors")), Referral: v.get("referral"),
	}
	if m.ID == "" || m.Type == "" {
		return nil, errors.New("without id or type")
	}
	if d.at.Field == "history" {
		m.History = &History{Status: v.object("history_context").str("status"), ThreadID: digits(o.thread)}
		// The past holds both sides; the business is who has the number of the account.
		m.Echo = m.From != "" && m.From == d.at.DisplayPhone
		if m.Echo && m.To == "" {
			m.To, m.ToUserID = m.History.ThreadID, o.user
		}
	}
	who := Contact{WaID: m.From, UserID: m.FromUserID, ParentUserID: m.FromParentUserID}
	if m.Echo {
		who = Contact{WaID: m.To, UserID: m.ToUserID}
	}
	m.Contact = whoIs(people, who, alone)

	ctx := v.object("context")
	m.ContextID, m.ContextFrom = ctx.str("id"), digits(ctx.str("from"))
	m.Forwarded = ctx.flag("forwarded") || ctx.flag("frequently_forwarded")
	return m, m.content(v, m.Type)
}

// content reads what stands under the type. A missing content is fine (placeholders have none); one of the wrong shape is
// an error, since the message would otherwise look empty.
func (m *Message) content(v object, typ string) error {
	raw := v.get(typ)
	if raw == nil || string(raw) == "null" {
		return nil
	}
	switch typ {
	case "contacts":
		return m.sharedContacts(raw)
	case "errors", "context", "id", "from", "to", "timestamp", "type", "referral":
		return nil // a type that is named like a part of every message has no content of its own
	}
	c, err := objectOf(raw)
	if err != nil {
		if knownTypes[typ] {
			return fmt.Errorf("%s: %w", typ, err)
		}
		return nil
	}
	switch typ {
	case "text":
		m.Text = c.str("body")
	case "image", "video", "audio", "document", "sticker":
		m.Media = &Media{
			ID: c.str("id"), MIME: c.str("mime_type"), SHA256: c.str("sha256"), Filename: c.str("filename"), Caption: c.str("caption"),
			URL: c.str("url"), Voice: c.flag("voice"), Animated: c.flag("animated"),
		}
		m.Text = m.Media.Caption
	case "location":
		m.Location = &Location{
			Latitude: c.float("latitude"), Longitude: c.float("longitude"),
			Name: c.str("name"), Address: c.str("address"), URL: c.str("url"),
		}
		m.Text = join(", ", m.Location.Name, m.Location.Address)
	case "reaction":
		m.Reaction = &Reaction{MessageID: c.str("message_id"), Emoji: c.str("emoji")}
	case "button":
		m.Text, m.Payload = c.str("text"), c.str("payload")
	case "interactive":
		m.interactive(c)
	case "order":
		m.Text = orderText(c)
	case "system":
		m.System = &System{
			Type: c.str("type"), Body: c.str("body"), WaID: digits(c.str("wa_id")), NewWaID: digits(c.str("new_wa_id")),
			Customer: digits(c.str("customer")), UserID: c.str("user_id"), PreviousUserID: c.str("previous_user_id"),
			ParentUserID: c.str("parent_user_id"), PreviousParentUserID: c.str("previous_parent_user_id"),
		}
		m.Text = m.System.Body
	case "edit":
		return m.edit(c)
	case "revoke":
		m.Revoke = &Revoke{OriginalID: c.str("original_message_id")}
	default:
		m.Text = first(c.str("body"), c.str("text"), c.str("caption"))
	}
	return nil
}

// knownTypes have an object under their name.
var knownTypes = map[string]bool{
	"text": true, "image": true, "video": true, "audio": true, "document": true, "sticker": true, "location": true, "reaction": true,
	"button": true, "interactive": true, "order": true, "system": true, "edit": true, "revoke": true,
}

// edit reads the new content as if it were the message's own.
func (m *Message) edit(c object) error {
	inner := c.object("message")
	m.Edit = &Edit{OriginalID: c.str("original_message_id"), Type: inner.str("type")}
	if inner == nil || m.Edit.Type == "" || m.Edit.Type == "edit" {
		return nil
	}
	return m.content(inner, m.Edit.Type)
}

// interactive reads an answer to buttons, a list, a flow or a request.
func (m *Message) interactive(c object) {
	typ := c.str("type")
	r := c.object(typ)
	m.Payload = r.str("id")
	switch typ {
	case "nfm_reply": // a flow or an address form; the values are JSON in a string
		m.Text, m.Payload = r.str("body"), r.str("response_json")
	case "call_permission_reply":
		m.Text = r.str("response")
	case "payment_method":
		m.Text = r.str("payment_method")
	default:
		m.Text = first(r.str("title"), r.str("body"), r.str("text"))
	}
}

func (m *Message) sharedContacts(raw json.RawMessage) error {
	items, err := array(raw)
	if err != nil {
		return fmt.Errorf("contacts: %w", err)
	}
	var names []string
	for _, item := range items {
		c, _ := objectOf(item)
		name := c.object("name")
		full := first(name.str("formatted_name"), join(" ", name.str("first_name"), name.str("last_name")))
		if full == "" {
			phones, _ := array(c.get("phones"))
			if len(phones) > 0 {
				p, _ := objectOf(phones[0])
				full = p.str("phone")
			}
		}
		names = append(names, full)
	}
	m.Text = join(", ", names...)
	return nil
}

// orderText is the customer's words and one line an item: 2 × SKU (9.5 USD).
func orderText(c object) string {
	lines := []string{c.str("text")}
	items, _ := array(c.get("product_items"))
	for _, raw := range items {
		it, err := objectOf(raw)
		if err != nil {
			continue
		}
		line := first(it.str("quantity"), "1") + " × " + it.str("product_retailer_id")
		if price := join(" ", it.str("item_price"), it.str("currency")); price != "" {
			line += " (" + price + ")"
		}
		lines = append(lines, line)
	}
	return join("\n", lines...)
}

// join puts a separator between the parts that are not empty.
func join(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// first is the first part that is not empty.
func first(parts ...string) string {
	for _, p := range parts {
		if p != "" {
			return p
		}
	}
	return ""
}
