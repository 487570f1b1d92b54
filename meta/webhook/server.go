package webhook

import (
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
