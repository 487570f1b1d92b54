package inbox

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"shopbell/app"
)

// MaxText is how many characters a text message may have (Meta: Messages API, text.body).
const MaxText = 4096

// Config is what the service needs of the world.
type Config struct {
	Store   Store
	Journal Journal
	Fetch   Fetcher // nil: media stay with Meta
	// Settings keep the shop's own words of opting out; nil: those of the program count.
	Settings Settings
	Now      func() time.Time
	Log      *slog.Logger
}

// Service is the inbox: it applies webhooks, and lets staff read and answer. Reading goes straight to the Store.
type Service struct {
	Store
	c Config
}

// New makes the service; Run starts it.
func New(c Config) *Service { return &Service{Store: c.Store, c: c} }

// Reply is what staff wrote to a customer.
type Reply struct {
	Conversation app.ID
	Staff        app.ID
	Text         string
	Quote        string        // wamid of the quoted message; "" for none
	Hold         time.Duration // wait so long before it goes, so that it can be taken back
	ClientKey    string        // the same key twice is one message
}

// SendText queues a text for a conversation whose customer-service window is open. It returns once message and outbox row are on disk.
func (s *Service) SendText(ctx context.Context, r Reply) (app.Message, error) {
	text, err := checkText(r.Text)
	if err != nil {
		return app.Message{}, err
	}
	conv, err := s.Conversation(ctx, r.Conversation)
	if err != nil {
		return app.Message{}, err
	}
	now := s.c.Now()
	if state, _ := app.Window(conv.LastInbound, now); state == app.WindowClosed {
		return app.Message{}, &app.Error{
			Code:    app.CodeWindow,
			Message: "The customer's last message is more than 24 hours old, so WhatsApp takes only a template.",
			Mend:    "Send an approved template; when the customer answers, you can write freely again.",
		}
	}
	out := app.Outgoing{
		AccountID: conv.AccountID, ConversationID: conv.ID, Type: "text", Text: text, Payload: textPayload(text, r.Quote),
		ContextID: r.Quote, StaffID: r.Staff, ClientKey: r.ClientKey,
	}
	if r.Hold > 0 {
		out.Due = now.Add(r.Hold)
	}
	return s.Queue(ctx, out)
}

// SendTextTo queues a text for a phone number (digits with country code) and tells whether the customer-service window is known to be open.
// Meta decides: outside the window it refuses with 131047.
func (s *Service) SendTextTo(ctx context.Context, account app.ID, phone, text string) (m app.Message, open bool, err error) {
	if text, err = checkText(text); err != nil {
		return m, false, err
	}
	m, err = s.Queue(ctx, app.Outgoing{AccountID: account, To: phone, Type: "text", Text: text, Payload: textPayload(text, "")})
	if err != nil {
		return m, false, err
	}
	conv, err := s.Conversation(ctx, m.ConversationID)
	if err != nil {
		return m, false, err
	}
	state, _ := app.Window(conv.LastInbound, s.c.Now())
	return m, state != app.WindowClosed, nil
}

// AddNote writes a note for the team into a conversation. It is never sent.
func (s *Service) AddNote(ctx context.Context, conversation, staff app.ID, text string) (app.Message, error) {
	text, err := checkText(text)
	if err != nil {
		return app.Message{}, err
	}
	return s.Store.AddNote(ctx, conversation, staff, text)
}

func checkText(text string) (string, error) {
	text = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "�"))
	if text == "" {
		return "", &app.Error{Code: app.CodeInvalid, Message: "There is nothing to send.", Mend: "Write something first."}
	}
	if n := utf8.RuneCountInString(text); n > MaxText {
		return "", &app.Error{
			Code:    app.CodeInvalid,
			Message: "The text is longer than the 4,096 characters that WhatsApp takes.",
			Mend:    "Shorten it, or send it as two messages.",
		}
	}
	return text, nil
}

// textPayload is the part of Meta's message object that says what is sent.
func textPayload(text, quote string) string {
	type body struct {
		Body       string `json:"body"`
		PreviewURL bool   `json:"preview_url,omitempty"`
	}
	type contextObject struct {
		MessageID string `json:"message_id"`
	}
	p := struct {
		Type    string         `json:"type"`
		Text    body           `json:"text"`
		Context *contextObject `json:"context,omitempty"`
	}{Type: "text", Text: body{Body: text, PreviewURL: strings.Contains(text, "https://") || strings.Contains(text, "http://")}}
	if quote != "" {
		p.Context = &contextObject{MessageID: quote}
	}
	raw, err := json.Marshal(p)
	if err != nil { // strings always marshal
		panic(err)
	}
	return string(raw)
}
