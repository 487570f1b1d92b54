package app

import (
	"encoding/json"
	"strings"

	"shopbell/meta/template"
)

// SendFile is a file that goes along with a message; its content is in the media folder. Meta is given it before the message.
type SendFile struct {
	Name   string `json:"name"` // as the customer sees it
	MIME   string `json:"mime"`
	Size   int64  `json:"size,omitempty"` // bytes
	SHA256 string `json:"sha256"`         // hex
}

// FileID stands in a payload for Meta's id of a file, which is not known before the file was uploaded.
func FileID(sha256 string) string { return "file:" + sha256 }

// RecordRef names the record that a message was made from.
type RecordRef struct {
	Type  string `json:"type"`
	ID    string `json:"id"`
	Title string `json:"title,omitempty"`
}

// SentTemplate is a template message as it was sent: the document with what filled it. It is kept with the message, so that what
// the customer got can be drawn however the template changes later.
type SentTemplate struct {
	TemplateID ID                  `json:"template_id,string"`
	Document   template.Document   `json:"document"` // without samples
	Values     map[string]string   `json:"values,omitempty"`
	Files      map[string]SendFile `json:"files,omitempty"`
	Record     *RecordRef          `json:"record,omitempty"`
}

// SentTemplate reads the template of a message of type "template" that was sent from here; false for any other message.
func (m Message) SentTemplate() (SentTemplate, bool) {
	var s SentTemplate
	if m.Direction != Out || m.Type != "template" || m.Raw == "" || json.Unmarshal([]byte(m.Raw), &s) != nil || s.Document.Name == "" {
		return SentTemplate{}, false
	}
	return s, true
}

// Value gives what filled a slot.
func (s SentTemplate) Value(slot template.Slot) string { return s.Values[slot.String()] }

// File gives the file of a media header; false when there is none.
func (s SentTemplate) File(slot template.Slot) (SendFile, bool) {
	f, ok := s.Files[slot.String()]
	return f, ok
}

// Preview is what the customer got, to be drawn.
func (s SentTemplate) Preview() template.Preview { return template.Render(s.Document, s.Value) }

// Text is what a person reads of it, for lists and search: header, body, cards and footer, with WhatsApp's marks where the text is the shop's.
func (s SentTemplate) Text() string {
	var out []string
	add := func(text string) {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, text)
		}
	}
	p := s.Preview()
	if p.Header != nil {
		add(p.Header.Text)
	}
	if body := s.Document.Component(template.Body); body != nil && body.Text != "" {
		add(template.Fill(body.Text, template.BodySlot(""), s.Value))
	} else {
		add(plainBlocks(p.Body))
	}
	for _, c := range p.Cards {
		add(plainBlocks(c.Body))
	}
	add(plainSpans(p.Footer))
	return strings.Join(out, "\n")
}

// String is the form in which a message keeps it.
func (s SentTemplate) String() string {
	raw, err := json.Marshal(s)
	if err != nil { // a document was read from JSON; texts always marshal
		return ""
	}
	return string(raw)
}

func plainBlocks(blocks []template.Block) string {
	lines := make([]string, 0, len(blocks))
	for _, b := range blocks {
		lines = append(lines, plainSpans(b.Spans))
	}
	return strings.Join(lines, "\n")
}

func plainSpans(spans []template.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
