package sandbox

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// incoming is one message of a customer.
type incoming struct {
	from  *customer
	phone string
	kind  string
	at    time.Time
	read  bool
}

// inboundTypes are the types that Meta's webhooks have.
var inboundTypes = []string{
	"text", "image", "video", "audio", "document", "sticker", "location", "contacts", "reaction", "button", "interactive", "order", "system",
	"unsupported", "request_welcome", "edit", "revoke", "unknown",
}

// bare are the types that come without an object of their name.
var bare = []string{"unsupported", "request_welcome", "unknown"}

// postCustomerMessage lets a customer write.
func (s *Server) postCustomerMessage(w http.ResponseWriter, origin, phone string, m map[string]any) {
	id, err := s.customerWrites(origin, phone, m)
	if err != nil {
		controlError(w, http.StatusBadRequest, err.Error())
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"id": id})
}

// Remember tells a new server of a customer whom the client knows from an earlier one: when they last wrote, so that their window is as open
// as the client believes. It is to be called before the first callback is set.
func (s *Server) Remember(phone, name string, lastWrote time.Time) {
	digits, ok := dialled(phone)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.w.person(digits, s.dice)
	if name != "" {
		c.name = name
	}
	for _, p := range s.w.phones {
		if lastWrote.After(c.lastIn[p.id]) {
			c.lastIn[p.id] = lastWrote
		}
	}
}

func (s *Server) customerWrites(origin, phone string, m map[string]any) (string, error) {
	digits, ok := dialled(phone)
	if !ok {
		return "", errors.New("the address needs a phone number of 7 to 15 digits")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.w.phones[0]
	if id := asText(m["phone_number_id"]); id != "" {
		if p = s.w.phone(id); p == nil {
			return "", errors.New("phone_number_id is not a number of this account")
		}
	}
	msg, err := customerMessage(m)
	if err != nil {
		return "", err
	}
	if digits == p.digits() {
		return "", errors.New("a customer cannot have the number of the business")
	}
	c := s.w.person(digits, s.dice)
	if err := s.introduce(c, m); err != nil {
		return "", err
	}
	s.giveFile(origin, p, asText(msg["type"]), msg)
	return s.receive(p, c, msg), nil
}

// customerMessage checks a message object and takes from it what the server sets itself.
func customerMessage(m map[string]any) (map[string]any, error) {
	kind, isText := m["type"].(string)
	if v, has := m["type"]; has && !isText {
		return nil, fmt.Errorf("type must be a string, not %v", v)
	}
	if kind == "" {
		if kind = "text"; m["text"] == nil {
			return nil, errors.New("type is required, e.g. {\"type\":\"text\",\"text\":{\"body\":\"Hello\"}}")
		}
	}
	obj := m[kind]
	switch {
	case !contains(inboundTypes, kind) && obj == nil: // a type of tomorrow may come if it brings its object
		return nil, fmt.Errorf("type %q is not known", clip(kind, 60))
	case contains(bare, kind):
	case kind == "contacts" && len(asList(obj)) == 0:
		return nil, errors.New("contacts must be an array with at least one contact")
	case kind != "contacts" && contains(inboundTypes, kind) && asObject(obj) == nil:
		return nil, fmt.Errorf("%s must be an object", kind)
	case kind == "text" && asText(asObject(obj)["body"]) == "":
		return nil, errors.New("text.body is required")
	case kind == "reaction" && asText(asObject(obj)["message_id"]) == "":
		return nil, errors.New("reaction.message_id is required")
	}
	out := make(map[string]any, len(m))
	for k, v := range m {
		switch k {
		case "name", "profile", "username", "user_id", "hide_number", "phone_number_id", "id", "timestamp":
		default:
			out[k] = v
		}
	}
	out["type"] = kind
	return out, nil
}

// introduce learns name, user id and username of a customer.
func (s *Server) introduce(c *customer, m map[string]any) error {
	if n := asText(m["name"]); n != "" {
		c.name = n
	}
	if n := asText(asObject(m["profile"])["name"]); n != "" {
		c.name = n
	}
	for _, u := range []string{asText(asObject(m["profile"])["username"]), asText(m["username"])} {
		if u != "" {
			c.username = u
		}
	}
	if v, has := m["hide_number"]; has {
		c.hideNumber, _ = asBool(v)
	}
	if id := asText(m["user_id"]); id != "" && id != c.userID {
		if !userIDForm.MatchString(id) {
			return errors.New("user_id must look like US.13491208655302741918")
		}
		if other := s.w.byUser[id]; other != nil && other != c {
			return errors.New("user_id belongs to another customer")
		}
		delete(s.w.byUser, c.userID)
		c.userID = id
		s.w.byUser[id] = c
	}
	return nil
}

// receive lets a message of a customer arrive: it opens the window and goes out as a webhook. Callers hold Server.mu.
func (s *Server) receive(p *phone, c *customer, msg map[string]any) string {
	now := s.now()
	id := s.dice.wamid(c.waID, true)
	s.w.inbound[id] = &incoming{from: c, phone: p.id, kind: asText(msg["type"]), at: now}
	for _, b := range p.blocked {
		if b == c.waID { // a blocked user's messages reach nobody
			return id
		}
	}
	c.lastIn[p.id] = now
	c.lastMsg[p.id] = id
	s.tell(s.messageUpdate(p, c, id, now.Unix(), msg))
	return id
}

// giveFile sees to it that the media of a customer's message can be downloaded. Callers hold Server.mu.
func (s *Server) giveFile(origin string, p *phone, kind string, msg map[string]any) {
	old := asObject(msg[kind])
	sample, ok := samples[kind]
	if !ok || old == nil {
		return
	}
	obj := make(map[string]any, len(old)+4)
	for k, v := range old {
		obj[k] = v
	}
	id := asText(obj["id"])
	f := s.w.media[id]
	if f == nil || id == "" {
		if id == "" {
			id = s.dice.id()
		}
		ctype := asText(obj["mime_type"])
		if ctype == "" {
			ctype = sample.mime
		}
		f = s.storeMedia(p.id, id, ctype, asText(obj["filename"]), sample.bytes(), inboundFor)
	}
	obj["id"], obj["mime_type"], obj["sha256"] = f.id, f.mime, base64.StdEncoding.EncodeToString(f.sum[:])
	if s.cfg.Shape == Shape2026 && kind != "sticker" {
		obj["url"] = s.mediaURL(origin, f, s.now())
	}
	if kind == "sticker" && obj["animated"] == nil {
		obj["animated"] = false
	}
	if kind == "audio" && obj["voice"] == nil {
		obj["voice"] = strings.Contains(f.mime, "opus")
	}
	msg[kind] = obj
}
