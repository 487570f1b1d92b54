package template

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Values are what a template is sent with. Text gives every slot of Slots, File every slot of Files; Payload, Action
// and Product may be nil.
type Values struct {
	Text func(Slot) string
	File func(Slot) File
	// Payload is what a quick reply sends back; empty is its label.
	Payload func(Slot) string
	// Action is the action object of a flow, catalog or multi-product button, as Meta wants it; nil is none.
	Action func(Slot) json.RawMessage
	// Product is the product of a product header: {"product_retailer_id","catalog_id"}.
	Product func(Slot) json.RawMessage
}

// File is a header's file: uploaded (ID) or on the web (Link).
type File struct {
	ID, Link string
	Name     string // shown for documents
}

// SendComponent is one component of a template message (Meta: Messages › Template).
type SendComponent struct {
	Type       string          `json:"type"`
	SubType    string          `json:"sub_type,omitempty"`
	Index      string          `json:"index,omitempty"`
	Parameters []SendParameter `json:"parameters,omitempty"`
	Cards      []SendCard      `json:"cards,omitempty"`
}

// SendCard is one card of a carousel message.
type SendCard struct {
	Index      int             `json:"card_index"`
	Components []SendComponent `json:"components"`
}

// SendParameter is one value of a template message; the field of its type is set.
type SendParameter struct {
	Type       string          `json:"type"`
	Name       string          `json:"parameter_name,omitempty"`
	Text       string          `json:"text,omitempty"`
	Image      *SendFile       `json:"image,omitempty"`
	Video      *SendFile       `json:"video,omitempty"`
	Document   *SendFile       `json:"document,omitempty"`
	GIF        *SendFile       `json:"gif,omitempty"`
	Location   *SendLocation   `json:"location,omitempty"`
	Product    json.RawMessage `json:"product,omitempty"`
	Payload    string          `json:"payload,omitempty"`
	CouponCode string          `json:"coupon_code,omitempty"`
	Action     json.RawMessage `json:"action,omitempty"`
	Offer      *SendOffer      `json:"limited_time_offer,omitempty"`
}

// SendFile is a file that was uploaded before, or a link.
type SendFile struct {
	ID       string `json:"id,omitempty"`
	Link     string `json:"link,omitempty"`
	Filename string `json:"filename,omitempty"`
}

// SendLocation is a place; Meta takes the coordinates as text.
type SendLocation struct {
	Latitude  string `json:"latitude"`
	Longitude string `json:"longitude"`
	Name      string `json:"name,omitempty"`
	Address   string `json:"address,omitempty"`
}

// SendOffer is when an offer ends.
type SendOffer struct {
	ExpirationMS int64 `json:"expiration_time_ms"`
}

// ValueError tells which slot cannot be sent, and why.
type ValueError struct {
	Slot   Slot
	Reason ValueReason
	Limit  int // of TooLong: the most characters; else 0
}

// ValueReason says what is wrong with a value.
type ValueReason string

// What can be wrong with a value (Meta: Messages › Template; refused with 131008, 132000, 132012 or 132018).
const (
	Empty      ValueReason = "empty"
	LineBreak  ValueReason = "line break"
	Tab        ValueReason = "tab"
	ManyBlanks ValueReason = "more than four blanks in a row"
	TooLong    ValueReason = "too long"
	NotANumber ValueReason = "not a number"
	NoFile     ValueReason = "no file"
)

func (e *ValueError) Error() string {
	return fmt.Sprintf("the value for %s cannot be sent: %s", e.Slot, e.Reason)
}

// CheckValue is nil when Meta takes the value for the slot.
func CheckValue(s Slot, v string) error {
	switch {
	case strings.TrimSpace(v) == "":
		return &ValueError{Slot: s, Reason: Empty}
	case strings.ContainsAny(v, "\n\r\v\f\u0085\u2028\u2029"):
		return &ValueError{Slot: s, Reason: LineBreak}
	case strings.Contains(v, "\t"):
		return &ValueError{Slot: s, Reason: Tab}
	case strings.Contains(v, "     "):
		return &ValueError{Slot: s, Reason: ManyBlanks}
	}
	return nil
}

// CleanValue makes a value sendable without changing its words: line breaks and tabs become blanks, and blanks in a
// row one.
func CleanValue(v string) string { return strings.Join(strings.Fields(v), " ") }

// SendComponents are the components of the message that sends the template. Positional values go in the order of
// their numbers, named ones with their names. Values that Meta refuses are an error, *ValueError: nothing is
// silently changed, and nothing is silently empty.
func SendComponents(d Document, v Values) ([]SendComponent, error) {
	s := sender{Values: v, named: d.ParameterFormat == Named, category: d.Category}
	var out []SendComponent
	if c, ok := d.find(Header); ok {
		out = append(out, s.header(c, Slot{PartHeader, -1, -1, ""})...)
	}
	body, hasBody := d.find(Body)
	if hasBody || d.Category == Authentication {
		out = append(out, s.body(d.bodyNames(body), Slot{PartBody, -1, -1, ""})...)
	}
	if c, ok := d.find(LimitedTimeOffer); ok && c.Offer != nil && c.Offer.HasExpiration {
		out = append(out, s.offer())
	}
	if c, ok := d.find(Buttons); ok {
		out = append(out, s.buttons(c, Slot{PartButton, -1, -1, ""})...)
	}
	if c, ok := d.find(Carousel); ok {
		carousel := SendComponent{Type: "carousel"}
		for i, card := range c.Cards {
			carousel.Cards = append(carousel.Cards, s.card(card, i))
		}
		out = append(out, carousel)
	}
	if s.err != nil {
		return nil, s.err
	}
	return out, nil
}

// sender gathers the components and remembers the first value that cannot be sent.
type sender struct {
	Values
	named    bool
	category Category
	err      error
}

func (s *sender) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sender) value(slot Slot) string {
	var v string
	if s.Text != nil {
		v = s.Text(slot)
	}
	if err := CheckValue(slot, v); err != nil {
		s.fail(err)
	}
	return v
}

func (s *sender) texts(names []string, slot Slot) []SendParameter {
	var out []SendParameter
	for _, n := range names {
		slot.Name = n
		p := SendParameter{Type: "text", Text: s.value(slot)}
		if s.named && !isDigits(n) {
			p.Name = n
		}
		out = append(out, p)
	}
	return out
}

func (s *sender) header(c Component, slot Slot) []SendComponent {
	var p []SendParameter
	switch {
	case c.Format == HeaderText || c.Format == "":
		p = s.texts(Names(c.Text), slot)
	case c.Format == HeaderLocation:
		p = []SendParameter{{Type: "location", Location: s.location(slot)}}
	case c.Format == HeaderProduct:
		if s.Product == nil || s.Product(slot) == nil {
			s.fail(&ValueError{Slot: slot, Reason: Empty})
			return nil
		}
		p = []SendParameter{{Type: "product", Product: s.Product(slot)}}
	case c.Format.Media():
		p = []SendParameter{s.file(c.Format, slot)}
	}
	if len(p) == 0 {
		return nil
	}
	return []SendComponent{{Type: "header", Parameters: p}}
}

func (s *sender) file(format HeaderFormat, slot Slot) SendParameter {
	var f File
	if s.File != nil {
		f = s.File(slot)
	}
	if f.ID == "" && f.Link == "" {
		s.fail(&ValueError{Slot: slot, Reason: NoFile})
	}
	out := &SendFile{ID: f.ID, Link: f.Link}
	if f.ID != "" {
		out.Link = ""
	}
	switch format {
	case HeaderVideo:
		return SendParameter{Type: "video", Video: out}
	case HeaderGIF:
		return SendParameter{Type: "gif", GIF: out}
	case HeaderDocument:
		out.Filename = f.Name
		return SendParameter{Type: "document", Document: out}
	}
	return SendParameter{Type: "image", Image: out}
}

func (s *sender) location(slot Slot) *SendLocation {
	at := func(name string) string { slot.Name = name; return s.value(slot) }
	l := &SendLocation{Latitude: at("latitude"), Longitude: at("longitude"), Name: at("name"), Address: at("address")}
	for name, limit := range map[string]float64{"latitude": 90, "longitude": 180} {
		slot.Name = name
		n, err := strconv.ParseFloat(map[string]string{"latitude": l.Latitude, "longitude": l.Longitude}[name], 64)
		if err != nil || !(n >= -limit && n <= limit) {
			s.fail(&ValueError{Slot: slot, Reason: NotANumber})
		}
	}
	return l
}

func (s *sender) body(names []string, slot Slot) []SendComponent {
	p := s.texts(names, slot)
	if s.category == Authentication && len(p) > 0 {
		if n := len([]rune(p[0].Text)); n > maxOTP {
			slot.Name = names[0]
			s.fail(&ValueError{Slot: slot, Reason: TooLong, Limit: maxOTP})
		}
	}
	if len(p) == 0 {
		return nil
	}
	return []SendComponent{{Type: "body", Parameters: p}}
}

func (s *sender) offer() SendComponent {
	slot := Slot{PartOffer, -1, -1, SlotExpiration}
	ms, err := strconv.ParseInt(s.value(slot), 10, 64)
	if err != nil {
		s.fail(&ValueError{Slot: slot, Reason: NotANumber})
	}
	return SendComponent{Type: "limited_time_offer", Parameters: []SendParameter{
		{Type: "limited_time_offer", Offer: &SendOffer{ExpirationMS: ms}},
	}}
}

func (s *sender) buttons(c Component, slot Slot) []SendComponent {
	var out []SendComponent
	for i, b := range c.Buttons {
		slot.Button = i
		subType, p := s.button(b, slot)
		if p != nil {
			out = append(out, SendComponent{Type: "button", SubType: subType, Index: strconv.Itoa(i), Parameters: p})
		}
	}
	return out
}

func (s *sender) button(b Button, slot Slot) (subType string, p []SendParameter) {
	if _, otp := b.AsOTP(); otp {
		return "url", []SendParameter{{Type: "text", Text: s.value(BodySlot("1"))}}
	}
	action := func() []SendParameter {
		if s.Action != nil {
			if a := s.Action(slot); a != nil {
				return []SendParameter{{Type: "action", Action: a}}
			}
		}
		return nil
	}
	switch b.Type {
	case QuickReply:
		if s.Payload != nil {
			if payload := s.Payload(slot); payload != "" {
				return "quick_reply", []SendParameter{{Type: "payload", Payload: payload}}
			}
		}
	case URLButton:
		if names := Names(b.URL); len(names) > 0 {
			slot.Name = names[0]
			return "url", []SendParameter{{Type: "text", Text: s.value(slot)}}
		}
	case CopyCode:
		slot.Name = SlotCode
		return "copy_code", []SendParameter{{Type: "coupon_code", CouponCode: s.value(slot)}}
	case Flow:
		return "flow", action()
	case Catalog:
		return "catalog", action()
	case MultiProduct:
		if p := action(); p != nil {
			return "mpm", p
		}
		s.fail(&ValueError{Slot: slot, Reason: Empty})
	}
	return "", nil
}

func (s *sender) card(card Card, i int) SendCard {
	out := SendCard{Index: i, Components: []SendComponent{}}
	if c, ok := card.find(Header); ok {
		out.Components = append(out.Components, s.header(c, Slot{PartCardHeader, i, -1, ""})...)
	}
	if c, ok := card.find(Body); ok {
		out.Components = append(out.Components, s.body(Names(c.Text), Slot{PartCardBody, i, -1, ""})...)
	}
	if c, ok := card.find(Buttons); ok {
		out.Components = append(out.Components, s.buttons(c, Slot{PartCardButton, i, -1, ""})...)
	}
	return out
}
