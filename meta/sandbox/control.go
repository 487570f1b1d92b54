package sandbox

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// The control interface, for tests and people; it needs no token. All bodies are JSON.
//
//	POST /sandbox/customers/{phone}/messages   a message object as Meta's webhook has it, without id and timestamp; besides it may have
//	                                           name or profile{name} (the profile), username, user_id and hide_number (a username adopter
//	                                           whose number webhooks leave out). Opens the 24-hour window, delivers the webhook,
//	                                           phone_number_id chooses another number of the account.
//	                                           answers {"id":"wamid…"}. A media message without a known id gets a small real file.
//	GET  /sandbox/sent                         what the business sent: id, to, at (unix ms), body as received, status (latest), and
//	                                           wa_id, error when it failed
//	POST /sandbox/faults                       {"edge","count"} and one of error{code,http,message,details,retry_after}, hang (seconds, before
//	                                           anything is done), accept_then_drop, for edge "uploads" cut (the connection breaks after so
//	                                           many bytes of the body, which are kept), and for edge "webhooks" duplicate (copies more of each),
//	                                           shuffle (count webhooks held and reordered), drop (webhooks lost for good).
//	                                           {"token_expired":true[,"count"][,"edge"]}: without count until false is posted or a reset
//	GET, POST /sandbox/templates[/{id or name}]  see templatecontrol.go: review, pause, quality, category, content of a template
//	POST /sandbox/preferences                  {"phone","value":"stop"|"resume"}: marketing opt-out of a customer, with its webhook
//	POST /sandbox/callback                     {"url","verify_token"?}: sets the app's callback for every field without a handshake and
//	                                           subscribes the account, for clients that never call /subscriptions
//	GET  /sandbox/webhooks                     deliveries with status, attempts and the exact body
//	POST /sandbox/reset                        forgets all but credentials and subscriptions; {"subscriptions":true} forgets these too
func (s *Server) control(w http.ResponseWriter, r *http.Request) {
	path := strings.Trim(strings.TrimPrefix(r.URL.EscapedPath(), "/sandbox"), "/")
	key := r.Method + " " + path
	segs := strings.Split(path, "/")
	switch {
	case key == "GET sent":
		writeJSON(w, http.StatusOK, s.sentList())
		return
	case segs[0] == "templates" && len(segs) < 3 && r.Method == http.MethodGet:
		s.controlTemplates(w, r, segs[1:], nil)
		return
	case key == "GET webhooks":
		writeJSON(w, http.StatusOK, s.postman.deliveries())
		return
	case r.Method == http.MethodPost && len(segs) == 3 && segs[0] == "customers" && segs[2] == "messages":
	case r.Method == http.MethodPost && segs[0] == "templates" && len(segs) < 3:
	case key == "POST faults", key == "POST reset", key == "POST callback", key == "POST preferences":
	case path == "sent", path == "webhooks", path == "faults", path == "reset", path == "callback", path == "preferences", segs[0] == "templates" && len(segs) < 3,
		len(segs) == 3 && segs[0] == "customers" && segs[2] == "messages":
		controlError(w, http.StatusMethodNotAllowed, "this method is not known here")
		return
	default:
		controlError(w, http.StatusNotFound, "there is no such control address")
		return
	}
	m, err := readControl(r)
	if err != nil {
		code := http.StatusBadRequest
		if errors.Is(err, errTooLarge) {
			code = http.StatusRequestEntityTooLarge
		}
		controlError(w, code, err.Error())
		return
	}
	if segs[0] == "templates" {
		s.controlTemplates(w, r, segs[1:], m)
		return
	}
	switch path {
	case "faults":
		s.postFault(w, m)
	case "reset":
		all, _ := asBool(m["subscriptions"])
		s.reset(all)
		writeJSON(w, http.StatusOK, success())
	case "callback":
		s.postCallback(w, m)
	case "preferences":
		s.postPreference(w, m)
	default:
		phone, err := url.PathUnescape(segs[1])
		if err != nil {
			controlError(w, http.StatusBadRequest, "the phone number in the address cannot be read")
			return
		}
		s.postCustomerMessage(w, originOf(s, r), phone, m)
	}
}

func controlError(w http.ResponseWriter, status int, text string) {
	writeJSON(w, status, map[string]any{"error": map[string]any{"message": text}})
}

// readControl wants a JSON object; nothing at all is an empty one.
func readControl(r *http.Request) (map[string]any, error) {
	r.Header.Set("Content-Type", "application/json")
	r.URL.RawQuery = ""
	p, _, err := readParams(r, false)
	return p.v, err
}

// sentItem is one item of GET /sandbox/sent.
type sentItem struct {
	ID     string          `json:"id"`
	To     string          `json:"to"`
	WaID   string          `json:"wa_id,omitempty"`
	At     int64           `json:"at"`
	Body   json.RawMessage `json:"body"`
	Status string          `json:"status"`
	Error  any             `json:"error,omitempty"`
}

func (s *Server) sentList() []sentItem {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]sentItem, 0, len(s.w.sent))
	for _, o := range s.w.sent {
		it := sentItem{ID: o.id, To: o.to, At: o.at.UnixMilli(), Body: o.body, Status: o.status}
		if o.who != nil {
			it.WaID = o.who.waID
		}
		if o.failure != nil {
			it.Error = o.failure
		}
		out = append(out, it)
	}
	return out
}

// reset forgets what happened. Statuses and webhooks that were still to come never come.
func (s *Server) reset(subscriptionsToo bool) {
	s.mu.Lock()
	s.agenda.clear()
	s.postman.forget()
	s.w = newWorld(s.cfg, s.cred, s.dice, s.now())
	if subscriptionsToo {
		s.sub = subscriptions{}
	}
	s.mu.Unlock()
	s.wakeCast()
}

func (s *Server) postCallback(w http.ResponseWriter, m map[string]any) {
	if err := s.SetCallback(asText(m["url"]), asText(m["verify_token"])); err != nil {
		controlError(w, http.StatusBadRequest, err.Error())
		return
	}
	writeJSON(w, http.StatusOK, success())
}

// SetCallback makes url the app's callback for every field and subscribes the account, without a handshake.
func (s *Server) SetCallback(callback, verifyToken string) error {
	if !validURL(callback) {
		return errors.New("url must be an http or https address")
	}
	s.mu.Lock()
	s.sub.waba = true
	s.mu.Unlock()
	s.subscribe(callback, verifyToken, webhookFields)
	return nil
}

// postPreference is a customer who stops marketing messages or wants them again.
func (s *Server) postPreference(w http.ResponseWriter, m map[string]any) {
	digits, ok := dialled(asText(m["phone"]))
	value := asText(m["value"])
	if !ok || value != "stop" && value != "resume" {
		controlError(w, http.StatusBadRequest, "phone must be a phone number and value stop or resume")
		return
	}
	s.prefer(digits, value)
	writeJSON(w, http.StatusOK, success())
}

func (s *Server) prefer(digits, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.w.person(digits, s.dice)
	c.optedOut = value == "stop"
	p := s.w.phones[0]
	pref := map[string]any{
		"wa_id": c.waID, "detail": "User requested to " + value + " marketing messages", "category": "marketing_messages",
		"value": value, "timestamp": s.now().Unix(),
	}
	if s.cfg.Shape == Shape2026 {
		pref["user_id"] = c.userID
	}
	s.announce(p.id, "user_preferences", map[string]any{
		"messaging_product": "whatsapp", "metadata": metadata{p.digits(), p.id}, "contacts": []any{s.contactOf(c)}, "user_preferences": []any{pref},
	})
}
