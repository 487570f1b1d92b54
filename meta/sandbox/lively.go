package sandbox

import "time"

// castMember is a customer with something to say.
type castMember struct {
	*role
	who   *customer
	turn  int // how often they have answered
	greet bool
}

// wakeCast lets the cast write its first messages once somebody listens. It does nothing a second time.
func (s *Server) wakeCast() {
	if !s.cfg.Lively {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.w.cast) > 0 || s.callbackFor(s.w.phones[0].id, "messages") == "" {
		return
	}
	w := s.w
	p := w.phones[0]
	for i := range roles {
		r := &roles[i]
		c := w.person(r.phone, s.dice)
		c.name, c.username = r.name, r.username
		m := &castMember{role: r, who: c}
		w.cast = append(w.cast, m)
		if s.cfg.Now().Sub(c.lastIn[p.id]) < 24*time.Hour { // remembered: the talk goes on where it was
			m.greet = true
			continue
		}
		s.later(time.Duration(i)*s.cfg.Pace.First+s.cfg.Pace.Sent, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.w == w {
				m.greet = true
				s.say(p, m, s.pick(m.first), "")
			}
		})
	}
}

func (s *Server) pick(l []string) string {
	if len(l) == 0 {
		return ""
	}
	return l[s.dice.below(len(l))]
}

// say lets a cast member write, now and then as a quoted reply. Callers hold Server.mu.
func (s *Server) say(p *phone, m *castMember, text, quote string) {
	if text == "" {
		return
	}
	msg := map[string]any{"type": "text", "text": map[string]any{"body": text}}
	if quote != "" {
		msg["context"] = map[string]any{"from": p.digits(), "id": quote}
	}
	s.receive(p, m.who, msg)
}

// reply lets a cast member answer what they have just read. Callers hold Server.mu.
func (s *Server) reply(o *outgoing) {
	if !s.cfg.Lively || o.kind == "reaction" || o.who == nil {
		return
	}
	var m *castMember
	for _, x := range s.w.cast {
		if x.who == o.who {
			m = x
		}
	}
	if m == nil {
		return
	}
	w := s.w
	s.later(s.cfg.Pace.Reply, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.w == w {
			s.answer(m, o)
		}
	})
}

// answer chooses what to say: taps a button when there is one, sometimes only reacts, else follows the conversation.
func (s *Server) answer(m *castMember, o *outgoing) {
	p := o.phone
	if newest := s.newestTo(m.who); newest != nil && newest != o && newest.at.After(o.at) && newest.status != "failed" {
		return // staff wrote on; the answer goes to the last of it
	}
	if len(o.options) > 0 {
		opt := o.options[s.dice.below(len(o.options))]
		kind := asText(opt["kind"])
		body := map[string]any{"id": opt["id"], "title": opt["title"]}
		if d, ok := opt["description"]; ok {
			body["description"] = d
		}
		s.receive(p, m.who, map[string]any{
			"type": "interactive", "interactive": map[string]any{"type": kind, kind: body},
			"context": map[string]any{"from": p.digits(), "id": o.id},
		})
		return
	}
	m.turn++
	if m.turn > 1 && s.dice.chance(0.2) {
		s.receive(p, m.who, map[string]any{"type": "reaction", "reaction": map[string]any{"message_id": o.id, "emoji": s.pick(m.smiles)}})
		return
	}
	quote := ""
	if s.dice.chance(0.25) {
		quote = o.id
	}
	switch {
	case o.kind == "image" || o.kind == "document" || o.kind == "video":
		s.say(p, m, s.pick(m.files), quote)
	case m.turn > len(m.talk): // the matter is settled; nobody talks for ever
		if m.turn == len(m.talk)+1 {
			s.say(p, m, s.pick(m.last), quote)
		}
	case endsWithQuestion(o.text):
		s.say(p, m, s.pick(m.asked), quote)
	default:
		s.say(p, m, s.pick(m.talk[m.turn-1]), quote)
	}
}

func (s *Server) newestTo(c *customer) *outgoing {
	for i := len(s.w.sent) - 1; i >= 0 && i > len(s.w.sent)-200; i-- {
		if s.w.sent[i].who == c {
			return s.w.sent[i]
		}
	}
	return nil
}

func endsWithQuestion(text string) bool {
	for i := len([]rune(text)) - 1; i >= 0; i-- {
		switch r := []rune(text)[i]; r {
		case ' ', '\n', '!', '.':
		case '?', '؟', '？':
			return true
		default:
			return false
		}
	}
	return false
}
