package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// update is one thing to tell a callback: a message, a status or another field's value.
type update struct {
	field   string
	phoneID string
	at      int64 // unix seconds; the entry's time for fields other than messages
	contact map[string]any
	message map[string]any
	status  map[string]any
	value   map[string]any // every other field
	alone   bool           // never batched: a fault touches it
}

// body is the envelope in the order Meta writes it.
type body struct {
	Object string      `json:"object"`
	Entry  []bodyEntry `json:"entry"`
}

type bodyEntry struct {
	ID      string   `json:"id"`
	Time    int64    `json:"time,omitempty"`
	Changes []change `json:"changes"`
}

type change struct {
	Value any    `json:"value"`
	Field string `json:"field"`
}

type messagesValue struct {
	Product  string           `json:"messaging_product"`
	Metadata metadata         `json:"metadata"`
	Contacts []map[string]any `json:"contacts,omitempty"`
	Messages []map[string]any `json:"messages,omitempty"`
	Statuses []map[string]any `json:"statuses,omitempty"`
}

type metadata struct {
	Display string `json:"display_phone_number"`
	ID      string `json:"phone_number_id"`
}

// compose writes one body for updates of one callback, joining neighbours of one kind and number. display resolves a number's digits.
func compose(wabaID string, ups []*update, display func(phoneID string) string) ([]byte, error) {
	e := bodyEntry{ID: wabaID}
	var last *messagesValue
	lastIn := false
	for _, u := range ups {
		if u.value != nil {
			e.Time = max(e.Time, u.at)
			e.Changes = append(e.Changes, change{u.value, u.field})
			last = nil
			continue
		}
		in := u.message != nil
		if last == nil || last.Metadata.ID != u.phoneID || lastIn != in {
			last = &messagesValue{Product: "whatsapp", Metadata: metadata{display(u.phoneID), u.phoneID}}
			lastIn = in
			e.Changes = append(e.Changes, change{last, u.field})
		}
		last.addContact(u.contact)
		if in {
			last.Messages = append(last.Messages, u.message)
		} else {
			last.Statuses = append(last.Statuses, u.status)
		}
	}
	return escape(body{Object: "whatsapp_business_account", Entry: []bodyEntry{e}})
}

func (v *messagesValue) addContact(c map[string]any) {
	if c == nil {
		return
	}
	for _, have := range v.Contacts {
		if have["wa_id"] == c["wa_id"] && have["user_id"] == c["user_id"] {
			return
		}
	}
	v.Contacts = append(v.Contacts, c)
}

// escape writes JSON the way Meta signs it: everything beyond ASCII as lower-case \uXXXX (pairs of them beyond the basic plane) and
// "/" as "\/" (Meta: Webhooks, validating payloads).
func escape(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("writing a webhook: %w", err)
	}
	in := bytes.TrimRight(buf.Bytes(), "\n")
	out := make([]byte, 0, len(in)+len(in)/8)
	for i := 0; i < len(in); {
		b := in[i]
		switch {
		case b == '/':
			out = append(out, '\\', '/')
			i++
		case b < utf8.RuneSelf:
			out = append(out, b)
			i++
		default:
			r, n := utf8.DecodeRune(in[i:])
			i += n
			if hi, lo := utf16.EncodeRune(r); hi != utf8.RuneError {
				out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
			} else {
				out = fmt.Appendf(out, `\u%04x`, r)
			}
		}
	}
	return out, nil
}

// contactOf is the contacts item of a customer in the server's generation of payloads.
func (s *Server) contactOf(c *customer) map[string]any {
	profile := map[string]any{"name": c.name}
	out := map[string]any{"profile": profile}
	if s.cfg.Shape == Shape2026 {
		out["user_id"] = c.userID
		if c.username != "" {
			profile["username"] = c.username
		}
		if c.hideNumber {
			return out
		}
	}
	out["wa_id"] = c.waID
	return out
}

// messageUpdate makes the webhook of a customer's message.
func (s *Server) messageUpdate(p *phone, c *customer, id string, at int64, msg map[string]any) *update {
	m := make(map[string]any, len(msg)+4)
	for k, v := range msg {
		m[k] = v
	}
	m["id"], m["timestamp"] = id, strconv.FormatInt(at, 10)
	if !(s.cfg.Shape == Shape2026 && c.hideNumber) {
		m["from"] = c.waID
	} else {
		delete(m, "from")
	}
	if s.cfg.Shape == Shape2026 {
		m["from_user_id"] = c.userID
	}
	u := &update{field: "messages", phoneID: p.id, at: at, message: m}
	if m["type"] != "system" { // system messages come without contacts
		u.contact = s.contactOf(c)
	}
	return u
}

// announce tells the app about something of the account or a number. Callers hold Server.mu.
func (s *Server) announce(phoneID, field string, value map[string]any) {
	s.tell(&update{field: field, phoneID: phoneID, at: s.now().Unix(), value: value})
}
