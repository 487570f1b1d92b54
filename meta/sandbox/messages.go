package sandbox

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
)

// order is a message on its way through validation.
type order struct {
	c       *call
	m       map[string]any // the request
	kind    string
	obj     any // the object under the type's key
	phone   *phone
	to      string // digits or business-scoped user id
	input   string
	who     *customer
	byUser  bool
	tpl     *template
	late    int // the code of a failure that comes by webhook; 0 means none
	lateWhy string
	links   []mediaLink // to fetch before the message goes out
	text    string      // what the customer reads
	options []map[string]any
}

// messageTypes are the values of type that can be sent.
var messageTypes = []string{"audio", "contacts", "document", "image", "interactive", "location", "reaction", "sticker", "template", "text", "video"}

var userIDForm = regexp.MustCompile(`^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$`)

// postMessage is POST /{phone}/messages: sends, read marks and typing (Meta: Messages API).
func (c *call) postMessage() (any, *graphErr) { return c.message(false) }

// postMarketing is the Marketing Messages edge: the same body, marketing templates only.
func (c *call) postMarketing() (any, *graphErr) { return c.message(true) }

func (c *call) message(marketing bool) (any, *graphErr) {
	if e := c.needProduct(); e != nil {
		return nil, e
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	o := &order{c: c, m: c.p.v, phone: c.phone()}
	if !o.phone.registered {
		return nil, fail(133010, "")
	}
	if c.p.has("status") {
		return o.mark()
	}
	if e := o.address(); e != nil {
		return nil, e
	}
	if e := o.envelope(); e != nil {
		return nil, e
	}
	if marketing && o.kind != "template" {
		e := param100("Invalid parameter")
		e.details = "Message must be a template message."
		return nil, e
	}
	if e := o.content(); e != nil {
		return nil, e
	}
	if o.tpl != nil {
		switch {
		case marketing && o.tpl.category != "MARKETING":
			return nil, fail(134100, "The template is of the category %s.", o.tpl.category)
		case !marketing && o.tpl.category == "MARKETING" && c.s.w.waba.marketingDisabled:
			return nil, fail(131063, "")
		}
	}
	if e := o.rules(); e != nil {
		return nil, e
	}
	return o.accept(marketing), nil
}

// address finds the recipient.
func (o *order) address() *graphErr {
	switch rt := o.c.p.str("recipient_type"); rt {
	case "", "individual", "INDIVIDUAL":
	case "group", "GROUP":
		if !o.c.p.has("to") {
			return missing100("to")
		}
		return fail(131041, "")
	default:
		return param100("Param recipient_type must be one of {INDIVIDUAL, GROUP} - got %q.", rt)
	}
	s := o.c.s
	if to := o.c.p.str("to"); to != "" {
		o.input = to
		digits, ok := dialled(to)
		if !ok {
			return fail(131009, "The parameter to is not a valid phone number.")
		}
		o.to = digits
		if digits == o.phone.digits() {
			return fail(131021, "")
		}
		if len(s.cfg.AllowList) > 0 && !slices.ContainsFunc(s.cfg.AllowList, func(a string) bool { return whatsappID(onlyDigits(a)) == whatsappID(digits) }) {
			return fail(131030, "")
		}
		if o.who = s.w.customers[digits]; o.who == nil {
			o.who = s.w.customers[whatsappID(digits)] // made only when the message is accepted
		}
		return nil
	}
	if r := o.c.p.str("recipient"); r != "" {
		if !userIDForm.MatchString(r) {
			return fail(131009, "The parameter recipient is not a valid business-scoped user id.")
		}
		o.to, o.input, o.byUser = r, r, true
		if o.who = s.w.byUser[r]; o.who == nil {
			o.late = 131026
		}
		return nil
	}
	return missing100("to")
}

// dialled reads a phone number as people write it.
func dialled(s string) (string, bool) {
	var b strings.Builder
	for i, r := range strings.TrimSpace(s) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && i == 0, strings.ContainsRune(" -().\u00a0", r):
		default:
			return "", false
		}
	}
	n := b.Len()
	return b.String(), n >= 7 && n <= 15
}

// whatsappID maps a dialled number to the id WhatsApp knows it by: Brazil's ninth digit, Mexico's 1, Argentina's 9.
func whatsappID(d string) string {
	switch {
	case strings.HasPrefix(d, "55") && len(d) == 13 && d[4] == '9' && d[2:4] >= "31":
		return d[:4] + d[5:]
	case strings.HasPrefix(d, "52") && len(d) == 12:
		return "521" + d[2:]
	case strings.HasPrefix(d, "54") && len(d) == 12 && d[2] != '9':
		return "549" + d[2:]
	}
	return d
}

// envelope checks what all types share.
func (o *order) envelope() *graphErr {
	p := o.c.p
	if v, ok := o.m["biz_opaque_callback_data"]; ok && v != nil {
		s, isText := v.(string)
		if !isText {
			s = p.str("biz_opaque_callback_data")
			if s == "" {
				return param100("Param biz_opaque_callback_data must be a string.")
			}
		}
		if runes(s) > 512 {
			return param100("Param biz_opaque_callback_data must be at most 512 characters long.")
		}
	}
	o.kind = strings.ToLower(p.str("type"))
	if o.kind == "" {
		if p.has("type") {
			return param100("Param type must be a string.")
		}
		o.kind = "text"
	}
	if !slices.Contains(messageTypes, o.kind) {
		return fail(131051, "The type %q is not supported.", clip(p.str("type"), 60))
	}
	if v, ok := o.m["context"]; ok && v != nil && o.kind != "reaction" {
		id, isText := asObject(v)["message_id"].(string)
		if !isText || id == "" {
			return fail(131008, "context: message_id is required")
		}
	}
	var ok bool
	if o.obj, ok = o.m[o.kind]; !ok || o.obj == nil {
		return missing100(o.kind)
	}
	if h := p.str("recipient_identity_key_hash"); h != "" {
		return fail(137000, "The identity key hash of the recipient does not match.")
	}
	return nil
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// rules are what depends on the recipient and the moment.
func (o *order) rules() *graphErr {
	s, p := o.c.s, o.phone
	now := o.c.now
	if o.who != nil && slices.Contains(p.blocked, o.who.waID) {
		return fail(130403, "")
	}
	if o.byUser && o.tpl != nil && o.tpl.category == "AUTHENTICATION" {
		return fail(131062, "")
	}
	if o.late == 0 {
		o.late = magic(o.to)
	}
	if o.late == 0 && o.tpl != nil && o.tpl.category == "MARKETING" {
		switch {
		case o.who != nil && o.who.optedOut:
			o.late = 131050
		case !o.byUser && strings.HasPrefix(o.to, "1") && len(o.to) == 11:
			o.late = 131049 // no marketing to numbers of the United States since April 2025
		}
	}
	if o.late == 0 && o.tpl == nil && !o.inWindow() {
		if s.cfg.SyncWindow {
			return fail(131047, "")
		}
		o.late = 131047
	}
	if e := s.throttle(p, o.to, now); e != nil {
		return e
	}
	return nil
}

// inWindow says whether the customer-service window is open: 24 hours from the customer's last message.
func (o *order) inWindow() bool {
	if o.who == nil {
		return false
	}
	t, ok := o.who.lastIn[o.phone.id]
	return ok && o.c.now.Sub(t) < 24*time.Hour
}

// magic reads a failure out of a recipient's last six digits.
func magic(to string) int {
	if len(to) < 8 {
		return 0
	}
	n := 0
	for _, r := range to[len(to)-6:] {
		if r < '0' || r > '9' {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	if _, ok := facts[n]; ok && n >= 130000 {
		return n
	}
	return 0
}

// accept gives the message its id, keeps it and lets its statuses come. From here on it counts as sent.
func (o *order) accept(marketing bool) map[string]any {
	s := o.c.s
	if o.who == nil && !o.byUser {
		o.who = s.w.person(whatsappID(o.to), s.dice)
	}
	contact := map[string]any{"input": o.input}
	party := o.to
	if o.who != nil {
		party = o.who.waID
		if !(o.byUser && o.who.hideNumber) {
			contact["wa_id"] = o.who.waID
		}
		if s.cfg.Shape == Shape2026 {
			contact["user_id"] = o.who.userID
		}
	} else {
		contact["user_id"] = o.to
	}
	out := &outgoing{
		id: s.dice.wamid(party, false), phone: o.phone, to: o.to, who: o.who, at: o.c.now, body: o.received(), status: "accepted",
		kind: o.kind, inWindow: o.inWindow(), text: o.text, options: o.options,
	}
	out.opaque, out.hasOp = o.c.p.str("biz_opaque_callback_data"), o.c.p.has("biz_opaque_callback_data")
	answer := map[string]any{"id": out.id}
	if o.tpl != nil {
		answer["message_status"] = "accepted"
		out.tpl, out.category = o.tpl, strings.ToLower(o.tpl.category)
		if marketing {
			out.category = "marketing_lite"
		}
	}
	s.w.keepSent(out)
	if o.late == 0 && o.kind == "reaction" {
		o.late, o.lateWhy = o.reactionTarget()
	}
	if o.late == 0 && len(o.links) > 0 {
		s.fetchLinks(out, o.links)
	} else {
		s.follow(out, o.late, o.lateWhy)
	}
	return map[string]any{"messaging_product": "whatsapp", "contacts": []any{contact}, "messages": []any{answer}}
}

const mostSent = 200_000 // messages remembered for GET /sandbox/sent

func (w *world) keepSent(o *outgoing) {
	if len(w.sent) >= mostSent {
		for _, old := range w.sent[:mostSent/10] {
			delete(w.sentByID, old.id)
		}
		w.sent = append([]*outgoing(nil), w.sent[mostSent/10:]...)
	}
	w.sent = append(w.sent, o)
	w.sentByID[o.id] = o
}

// received is the request's JSON as it came; parameters of a form are written as the JSON they mean.
func (o *order) received() json.RawMessage {
	if o.c.p.json {
		return json.RawMessage(bytes.TrimSpace(o.c.body))
	}
	m := make(map[string]any, len(o.m))
	for k, v := range o.m {
		if k != "access_token" && k != "appsecret_proof" {
			m[k] = v
		}
	}
	b, err := json.Marshal(m)
	if err != nil {
		return json.RawMessage("{}")
	}
	return b
}

// mark is the other use of the edge: a customer's message is read, staff are typing.
func (o *order) mark() (any, *graphErr) {
	if st := o.c.p.str("status"); st != "read" {
		return nil, param100("Param status must be one of {READ} - got %q.", clip(st, 60))
	}
	id := o.c.p.str("message_id")
	if id == "" {
		return nil, missing100("message_id")
	}
	if t, ok := o.m["typing_indicator"]; ok && t != nil && asText(asObject(t)["type"]) != "text" {
		return nil, param100("Param typing_indicator['type'] must be one of {TEXT}.")
	}
	in := o.c.s.w.inbound[id]
	if in == nil || in.phone != o.phone.id {
		return nil, fail(131009, "The message id is not known or is not of a message that this number received.")
	}
	in.read = true
	return map[string]any{"success": true}, nil
}
