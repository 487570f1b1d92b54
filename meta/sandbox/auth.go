package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"
)

// tokenForm is what a token of Graph looks like from outside; anything else cannot be parsed.
var tokenForm = regexp.MustCompile(`^EAA[A-Za-z0-9_-]{12,}$`)

func (s *Server) appAccessToken() string { return s.cred.AppID + "|" + s.cred.AppSecret }

// bearer finds the token: header (Bearer or OAuth) first, then the access_token parameter.
func bearer(r *http.Request) string {
	scheme, tok, ok := strings.Cut(strings.TrimSpace(r.Header.Get("Authorization")), " ")
	if ok && (strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "OAuth")) {
		return strings.TrimSpace(tok)
	}
	return ""
}

// authenticate checks the token and its proof (Meta: Graph API, access tokens and secure requests).
func (c *call) authenticate(segs []string) *graphErr {
	c.token = bearer(c.r)
	if c.token == "" {
		c.token = c.p.str("access_token")
	}
	if len(segs) > 1 && segs[0] == "oauth" && segs[1] == "access_token" {
		return nil
	}
	if c.token == "" {
		return &graphErr{http: http.StatusUnauthorized, code: 104, msg: "An access token is required to request this resource."}
	}
	e, asApp := c.s.judge(c.token)
	if e != nil {
		return e
	}
	c.asApp = asApp
	if !asApp && c.s.takeExpiry() {
		return expiredToken()
	}
	proof := c.p.str("appsecret_proof")
	switch {
	case proof == "" && c.s.cfg.RequireProof && !asApp:
		return &graphErr{http: http.StatusBadRequest, code: 100, kind: "GraphMethodException", msg: "API calls from the server require an appsecret_proof argument"}
	case proof != "" && !hmac.Equal([]byte(proof), []byte(c.s.proofOf(c.token))):
		return &graphErr{http: http.StatusBadRequest, code: 100, kind: "GraphMethodException", msg: "Invalid appsecret_proof provided in the API argument"}
	}
	return nil
}

// judge says what is wrong with a token, and whether it is the app's own.
func (s *Server) judge(token string) (*graphErr, bool) {
	id, secret, isApp := strings.Cut(token, "|")
	same := func(a, b string) bool { return hmac.Equal([]byte(a), []byte(b)) }
	switch {
	case same(token, s.cred.AccessToken):
		return nil, false
	case isApp && same(token, s.appAccessToken()):
		return nil, true
	case isApp && id == s.cred.AppID && secret != "":
		return &graphErr{http: http.StatusUnauthorized, code: 190, msg: "Invalid OAuth access token signature."}, true
	case !tokenForm.MatchString(token):
		return &graphErr{http: http.StatusUnauthorized, code: 190, msg: "Invalid OAuth access token - Cannot parse access token"}, false
	}
	return &graphErr{
		http: http.StatusUnauthorized, code: 190, subcode: 467,
		msg: "Error validating access token: The session has been invalidated or belongs to another app.",
	}, false
}

func expiredToken() *graphErr {
	return &graphErr{http: http.StatusUnauthorized, code: 190, subcode: 463, msg: "Error validating access token: Session has expired."}
}

func (s *Server) proofOf(token string) string {
	m := hmac.New(sha256.New, []byte(s.cred.AppSecret))
	m.Write([]byte(token))
	return hex.EncodeToString(m.Sum(nil))
}

// takeExpiry counts down the calls that a fault lets meet an expired token.
func (s *Server) takeExpiry() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.w.expired > 0 {
		s.w.expired--
		return true
	}
	return s.w.expired < 0
}

// permitted refuses the right token on the wrong edge.
func (c *call) permitted(who caller) *graphErr {
	switch {
	case who == appToken && !c.asApp:
		return &graphErr{http: http.StatusBadRequest, code: 15, msg: "(#15) This method must be called with an app access_token."}
	case who == systemToken && c.asApp:
		e := fail(200, "")
		e.msg = "(#200) You do not have the necessary permissions to do this on behalf of this WhatsApp Business Account"
		return e
	}
	return nil
}
