package meta

import (
	"context"
	"encoding/json"
	"net/http"
	"unicode/utf8"
)

// MaxBizOpaque is the longest biz_opaque_callback_data, in characters (Meta: Messages API).
const MaxBizOpaque = 512

// Message is one outgoing message. Exactly one of Text, Media, Location, Reaction and Raw is set.
type Message struct {
	To            string // phone number, E.164 with or without +; a group's id when RecipientType is "group"
	Recipient     string // business-scoped user id, used when To is empty
	RecipientType string // "" = individual
	Type          string // needed with Media and Raw; follows from the others

	Text     *Text
	Media    *Media          // Type image, video, audio, document or sticker
	Location *Location       // Type location
	Reaction *Reaction       // Type reaction
	Raw      json.RawMessage // what stands under the key named by Type: template, interactive, contacts, …

	Context         *Context // quotes an earlier message
	BizOpaque       string   // comes back in the status webhooks
	IdentityKeyHash string   // the send fails with 137000 when the customer's identity changed
}

// Text is a text message of at most 4096 characters.
type Text struct {
	Body       string `json:"body"`
	PreviewURL bool   `json:"preview_url,omitempty"`
}

// Media is an uploaded file (ID) or an address that Meta fetches (Link).
type Media struct {
	ID       string `json:"id,omitempty"`
	Link     string `json:"link,omitempty"`
	Caption  string `json:"caption,omitempty"`  // image, video, document
	Filename string `json:"filename,omitempty"` // document
	Voice    bool   `json:"voice,omitempty"`    // audio: shown as a voice message, needs OGG with OPUS
}

// Location is a place. The address is shown only with a name.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name,omitempty"`
	Address   string  `json:"address,omitempty"`
}

// Reaction puts an emoji on a message; an empty emoji takes it away.
type Reaction struct {
	MessageID string `json:"message_id"`
	Emoji     string `json:"emoji"`
}

// Context names the message that is quoted.
type Context struct {
	MessageID string `json:"message_id"`
}

// Sent is Meta's answer to a send: accepted, which is not yet delivered.
type Sent struct {
	ID      string // wamid
	Input   string // the number as it was sent
	WaID    string // the number as WhatsApp knows it; may differ from Input; may be empty
	UserID  string // business-scoped user id, when Meta gives one
	GroupID string
	Status  string // templates only: accepted, held_for_quality_assessment or paused
}

// SendMessage sends m from the number. It never tries again by itself: whether that is safe is what Classify says, and
// the decision is the caller's.
func (c *Client) SendMessage(ctx context.Context, phoneNumberID string, m Message) (Sent, error) {
	if phoneNumberID == "" {
		return Sent{}, &InputError{Field: "phone number id", Reason: "is missing"}
	}
	if err := m.check(); err != nil {
		return Sent{}, err
	}
	q := call{method: http.MethodPost, path: []string{phoneNumberID, "messages"}, json: m}
	if p := c.cfg.Pacer; p != nil {
		if err := c.turn(ctx, p, phoneNumberID, m.peer()); err != nil {
			return Sent{}, &TransportError{Op: q.op(), Err: err}
		}
	}
	var ans struct {
		Contacts []struct {
			Input  String `json:"input"`
			WaID   String `json:"wa_id"`
			UserID String `json:"user_id"`
		} `json:"contacts"`
		Messages []struct {
			ID      String `json:"id"`
			GroupID String `json:"group_id"`
			Status  String `json:"message_status"`
		} `json:"messages"`
	}
	if err := c.do(ctx, q, &ans); err != nil {
		if p := c.cfg.Pacer; p != nil && codeOf(err) == CodeThroughput {
			p.Slow(phoneNumberID, c.cfg.Now())
		}
		return Sent{}, err
	}
	if len(ans.Messages) == 0 || ans.Messages[0].ID == "" {
		// Accepted or not, nobody knows: the status webhook will say.
		return Sent{}, &TransportError{Op: q.op(), Sent: true, Err: ErrBadAnswer}
	}
	s := Sent{ID: string(ans.Messages[0].ID), GroupID: string(ans.Messages[0].GroupID), Status: string(ans.Messages[0].Status)}
	if len(ans.Contacts) > 0 {
		s.Input, s.WaID, s.UserID = string(ans.Contacts[0].Input), string(ans.Contacts[0].WaID), string(ans.Contacts[0].UserID)
	}
	return s, nil
}

// MarkRead marks an inbound message and all before it as read; with typing the customer sees that an answer is being
// written, for at most 25 seconds (Meta: Mark messages as read, Typing indicators).
func (c *Client) MarkRead(ctx context.Context, phoneNumberID, wamid string, typing bool) error {
	body := map[string]any{"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
	if typing {
		body["typing_indicator"] = map[string]string{"type": "text"}
	}
	return c.retry(ctx, call{method: http.MethodPost, path: []string{phoneNumberID, "messages"}, json: body, again: true}, nil)
}

// MarshalJSON writes the body of POST /{phone}/messages.
func (m Message) MarshalJSON() ([]byte, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	typ, payload := m.payload()
	out := map[string]any{"messaging_product": "whatsapp", "type": typ, typ: payload}
	out["recipient_type"] = "individual"
	if m.RecipientType != "" {
		out["recipient_type"] = m.RecipientType
	}
	if m.To != "" {
		out["to"] = m.To
	} else {
		out["recipient"] = m.Recipient
	}
	if m.Context != nil {
		out["context"] = m.Context
	}
	if m.BizOpaque != "" {
		out["biz_opaque_callback_data"] = m.BizOpaque
	}
	if m.IdentityKeyHash != "" {
		out["recipient_identity_key_hash"] = m.IdentityKeyHash
	}
	return json.Marshal(out)
}

// payload is the message's type and what stands under it.
func (m Message) payload() (string, any) {
	switch {
	case m.Text != nil:
		return "text", m.Text
	case m.Location != nil:
		return "location", m.Location
	case m.Reaction != nil:
		return "reaction", m.Reaction
	case m.Media != nil:
		return m.Type, m.Media
	}
	return m.Type, m.Raw
}

// check finds what would make the request senseless; the limits of each type are the caller's and Meta's to judge.
func (m Message) check() error {
	n := 0
	for _, set := range []bool{m.Text != nil, m.Media != nil, m.Location != nil, m.Reaction != nil, len(m.Raw) > 0} {
		if set {
			n++
		}
	}
	typ, _ := m.payload()
	switch {
	case m.To == "" && m.Recipient == "":
		return &InputError{Field: "recipient", Reason: "is missing"}
	case n != 1:
		return &InputError{Field: "message", Reason: "needs exactly one content"}
	case m.Type != "" && m.Type != typ:
		return &InputError{Field: "type", Reason: "does not fit the content"}
	case typ == "" || envelopeKeys[typ]:
		return &InputError{Field: "type", Reason: "is missing"}
	case m.Media != nil && !mediaTypes[typ]:
		return &InputError{Field: "type", Reason: "is not a kind of media"}
	case m.Media != nil && (m.Media.ID == "") == (m.Media.Link == ""):
		return &InputError{Field: "media", Reason: "needs either an id or a link"}
	case len(m.Raw) > 0 && !json.Valid(m.Raw):
		return &InputError{Field: "message", Reason: "is not JSON"}
	case m.Reaction != nil && m.Reaction.MessageID == "":
		return &InputError{Field: "reaction", Reason: "names no message"}
	case m.Reaction != nil && m.Context != nil:
		return &InputError{Field: "reaction", Reason: "cannot quote a message"}
	case utf8.RuneCountInString(m.BizOpaque) > MaxBizOpaque:
		return &InputError{Field: "callback data", Reason: "is longer than 512 characters"}
	}
	return nil
}

// peer is whom the pair-rate limit counts.
func (m Message) peer() string {
	if m.To != "" {
		return m.To
	}
	return m.Recipient
}

var mediaTypes = map[string]bool{"image": true, "video": true, "audio": true, "document": true, "sticker": true}

// envelopeKeys are keys of the body that a type must not overwrite.
var envelopeKeys = map[string]bool{
	"messaging_product": true, "recipient_type": true, "to": true, "recipient": true, "type": true, "context": true,
	"biz_opaque_callback_data": true, "recipient_identity_key_hash": true, "status": true,
}
