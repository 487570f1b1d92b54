package accounts

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"time"

	"shopbell/app"
)

// Knows tells whether a verify token of Meta's handshake is that of an account, in constant time. It is what the listener asks.
func (s *Service) Knows(ctx context.Context, token string) bool {
	if token == "" {
		return false
	}
	// A handshake is rare and often follows at once on an account added by another process: read anew.
	list, err := s.c.Store.Accounts(ctx)
	if err != nil {
		s.c.Log.Error("the accounts could not be read for a handshake", "err", err)
		return false
	}
	want := sha256.Sum256([]byte(token))
	known := 0
	for _, a := range list {
		c, errCred := s.Credentials(ctx, a)
		if errCred != nil || c.VerifyToken == "" {
			continue
		}
		have := sha256.Sum256([]byte(c.VerifyToken))
		known |= subtle.ConstantTimeCompare(want[:], have[:])
	}
	return known == 1
}

// AppSecrets gives the app secrets of the accounts of a WABA or of a phone number id, each once; of all accounts when id is "".
func (s *Service) AppSecrets(ctx context.Context, id string) ([][]byte, error) {
	asked := func(a app.Account) bool { return id == "" || a.WABAID == id || a.PhoneNumberID == id }
	list, err := s.List(ctx)
	if err == nil && !slices.ContainsFunc(list, asked) && s.mayLook() {
		// Perhaps another process added it a moment ago.
		s.mu.Lock()
		s.list = nil
		s.mu.Unlock()
		list, err = s.List(ctx)
	}
	if err != nil {
		return nil, err
	}
	var out [][]byte
	var failed error
	seen := map[string]bool{}
	for _, a := range list {
		if !asked(a) {
			continue
		}
		c, errCred := s.Credentials(ctx, a)
		if errCred != nil {
			failed = errCred
			continue
		}
		if c.AppSecret != "" && !seen[c.AppSecret] {
			seen[c.AppSecret] = true
			out = append(out, []byte(c.AppSecret))
		}
	}
	if len(out) == 0 && failed != nil {
		return nil, failed // the keyring may open again: Meta must come back
	}
	return out, nil
}

// lookAgain is how often at most webhooks of unknown accounts make the accounts be read again.
const lookAgain = 100 * time.Millisecond

func (s *Service) mayLook() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.c.Now()
	if now.Sub(s.looked) < lookAgain {
		return false
	}
	s.looked = now
	return true
}

// Keys is the view of the service that the listener has.
type Keys struct{ *Service }

// VerifyToken tells whether a verify token of Meta's handshake is that of an account.
func (k Keys) VerifyToken(ctx context.Context, token string) bool { return k.Knows(ctx, token) }
