package webhook

import (
	"io"
	"net/http"
)

// maxChallenge is the longest challenge that is echoed, in bytes. Meta sends about ten digits.
const maxChallenge = 128

// handshake answers Meta's question whether this address is ours: the challenge comes back if the token is right. Wrong
// tokens are slowed down all together, whoever sends them, and a right one always passes.
func (h *Handler) handshake(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	mode, token, challenge := q["hub.mode"], q["hub.verify_token"], q["hub.challenge"]
	if len(mode) != 1 || len(token) != 1 || len(challenge) != 1 ||
		mode[0] != "subscribe" || token[0] == "" || !plainChallenge(challenge[0]) {
		h.refuse(w, http.StatusForbidden, "handshake incomplete")
		return
	}
	if !h.cfg.Keys.VerifyToken(r.Context(), token[0]) {
		if _, ok := h.tries.take(h.cfg.Now()); !ok {
			w.Header().Set("Retry-After", "60")
			h.refuse(w, http.StatusTooManyRequests, "too many wrong verify tokens")
			return
		}
		h.refuse(w, http.StatusForbidden, "wrong verify token")
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, challenge[0])
}

// plainChallenge lets through what cannot mean anything to a browser or a terminal.
func plainChallenge(s string) bool {
	if s == "" || len(s) > maxChallenge {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}
