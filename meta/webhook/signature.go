package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
)

// SignatureHeader carries "sha256=" and the HMAC-SHA256 of the raw body, keyed with the app secret, in lowercase hex
// (Meta: Webhooks, validating payloads).
const SignatureHeader = "X-Hub-Signature-256"

var (
	errNoSignature  = errors.New("webhook: no signature")
	errBadSignature = errors.New("webhook: malformed signature")
)

// signature is a MAC of fixed length, so that comparing can never be cut short.
type signature [sha256.Size]byte

// Sign gives the header's value for a body.
func Sign(secret, body []byte) string {
	s := sum(secret, body)
	return "sha256=" + hex.EncodeToString(s[:])
}

// signatureOf reads the header strictly: once, with its prefix, and exactly 64 hex digits.
func signatureOf(header http.Header) (signature, error) {
	values := header.Values(SignatureHeader)
	if len(values) == 0 || (len(values) == 1 && values[0] == "") {
		return signature{}, errNoSignature
	}
	if len(values) > 1 {
		return signature{}, errBadSignature
	}
	return parseSignature(values[0])
}

func parseSignature(value string) (signature, error) {
	var s signature
	digits, ok := strings.CutPrefix(value, "sha256=")
	if !ok || len(digits) != hex.EncodedLen(len(s)) {
		return signature{}, errBadSignature
	}
	if _, err := hex.Decode(s[:], []byte(digits)); err != nil {
		return signature{}, errBadSignature
	}
	return s, nil
}

// verify finds the secret that made s of body; an empty one never did. It tries all, so time does not tell which.
func (s signature) verify(body []byte, secrets [][]byte) (secret []byte, ok bool) {
	for _, k := range secrets {
		if len(k) == 0 {
			continue
		}
		if got := sum(k, body); hmac.Equal(got[:], s[:]) {
			secret, ok = k, true
		}
	}
	return secret, ok
}

func sum(secret, body []byte) (s signature) {
	m := hmac.New(sha256.New, secret)
	m.Write(body)
	m.Sum(s[:0])
	return s
}

// EqualSecret compares without telling by its time how much was right, nor how long want is. An empty want equals nothing.
func EqualSecret(got, want string) bool {
	g, w := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(g[:], w[:]) == 1 && want != ""
}

func containsSecret(list [][]byte, secret []byte) bool {
	found := false
	for _, k := range list {
		found = EqualSecret(string(k), string(secret)) || found
	}
	return found
}
