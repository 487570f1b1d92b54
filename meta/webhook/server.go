package webhook

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"time"
)

// NewServer is an http.Server for a listener on the open network: without its timeouts a slow sender would hold
// a connection for as long as it likes.
func NewServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
}

// EqualSecret compares without telling by its time how much was right, nor how long want is. An empty want equals nothing.
func EqualSecret(got, want string) bool {
	g, w := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(g[:], w[:]) == 1 && want != ""
}
