package sandbox

import (
	"encoding/json"
	"maps"
	"strconv"
	"time"
)

// outgoing is one message of the business.
type outgoing struct {
	id       string
	phone    *phone
	to       string // digits as dialled, or the business-scoped user id
	who      *customer
	at       time.Time
	body     json.RawMessage
	status   string
	failure  map[string]any
	opaque   string
	hasOp    bool
	kind     string // type of the message
	tpl      *template
	category string // of the template, lower case; "" for others
	inWindow bool
	text     string // what the customer reads, for lively answers
	options  []map[string]any
	events   []statusEvent
}

type statusEvent struct {
	status string
	at     time.Time
}

// chargeSince is when messages inside the window began to cost (Meta: pricing, announced for 1 October 2026).
var chargeSince = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)

// follow lets the statuses of an accepted message come: sent, delivered, read, or failed with code when it is not 0. Callers hold Server.mu.
func (s *Server) follow(o *outgoing, code int, details string) {
	w := s.w
	step := func(d time.Duration, do func()) {
		s.later(d, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.w == w {
				do()
			}
		})
	}
	if code != 0 {
		step(s.cfg.Pace.Sent, func() {
			o.failure = statusError(code, details)
			s.report(o, "failed")
		})
		return
	}
	step(s.cfg.Pace.Sent, func() {
		s.report(o, "sent")
		if o.kind == "reaction" { // reactions have no further status
			return
		}
		step(s.cfg.Pace.Delivered, func() {
			s.report(o, "delivered")
			step(s.cfg.Pace.Read, func() {
				s.report(o, "read")
				s.reply(o)
			})
		})
	})
}

// report keeps a status and tells the callback. Callers hold Server.mu.
func (s *Server) report(o *outgoing, status string) {
	now := s.now()
	o.status = status
	s.arrived(o.tpl)
	o.events = append(o.events, statusEvent{status, now})
	s.tell(&update{field: "messages", phoneID: o.phone.id, at: now.Unix(), status: s.statusValue(o, status, now), contact: s.statusContact(o, status)})
}

// statusContact is who a status is about: 2026 payloads carry contacts, except for failures.
func (s *Server) statusContact(o *outgoing, status string) map[string]any {
	if s.cfg.Shape != Shape2026 || status == "failed" || o.who == nil {
		return nil
	}
	return s.contactOf(o.who)
}

func (s *Server) statusValue(o *outgoing, status string, now time.Time) map[string]any {
	v := map[string]any{"id": o.id, "status": status, "timestamp": strconv.FormatInt(now.Unix(), 10)}
	if o.who != nil {
		if !(s.cfg.Shape == Shape2026 && o.who.hideNumber) {
			v["recipient_id"] = o.who.waID
		}
		if s.cfg.Shape == Shape2026 {
			v["recipient_user_id"] = o.who.userID
		}
	} else {
		v["recipient_user_id"] = o.to
	}
	if o.hasOp {
		v["biz_opaque_callback_data"] = o.opaque
	}
	if status == "failed" {
		v["errors"] = []any{maps.Clone(o.failure)}
		return v
	}
	if status == "sent" || status == "delivered" {
		v["pricing"] = o.pricing()
		if s.cfg.Shape == Shape23 {
			conv := map[string]any{"id": o.id[max(0, len(o.id)-32):], "origin": map[string]any{"type": o.pricing()["category"]}}
			if status == "sent" {
				conv["expiration_timestamp"] = strconv.FormatInt(o.at.Add(24*time.Hour).Unix(), 10)
			}
			v["conversation"] = conv
		}
	}
	return v
}

// pricing is per message: templates always had a price, answers inside the window have one since October 2026.
func (o *outgoing) pricing() map[string]any {
	cat := o.category
	free := o.inWindow && (cat == "" || cat == "utility") && o.at.Before(chargeSince)
	if cat == "" {
		cat = "service"
	}
	p := map[string]any{"billable": !free, "pricing_model": "PMP", "category": cat, "type": "regular"}
	if free {
		p["type"] = "free_customer_service"
	}
	return p
}

// messageHistory answers the delivery events of one message, without content.
func (c *call) messageHistory() (any, *graphErr) {
	id := c.p.str("message_id")
	if id == "" {
		return nil, missing100("message_id")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	o := c.s.w.sentByID[id]
	if o == nil || o.phone.id != c.id {
		return list(nil, nil), nil
	}
	names := map[string]string{"sent": "SENT", "delivered": "DELIVERED", "read": "READ", "failed": "FAILED"}
	hist := strconv.FormatInt(o.at.UnixMilli(), 10) + onlyDigits(o.id)
	events := []any{}
	for i, e := range o.events {
		events = append(events, map[string]any{
			"id": hist + strconv.Itoa(i), "delivery_status": names[e.status], "webhook_update_state": "DELIVERED", "timestamp": e.at.Unix(),
			"application": map[string]any{"id": c.s.cred.AppID, "name": c.s.cfg.BusinessName + " desk"},
		})
	}
	return list([]any{map[string]any{"id": hist, "message_id": o.id, "events": map[string]any{"data": events}}}, nil), nil
}

// displayOf is a number's digits for webhook metadata. It is called with and without Server.mu held, so it reads what never changes.
func (s *Server) displayOf(phoneID string) string {
	if v, ok := s.displays.Load(phoneID); ok {
		return v.(string)
	}
	return onlyDigits(s.cred.DisplayPhoneNumber)
}
