package meta

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// FuzzGraphError: whatever answers, there is an error with its status, a class, words for a person, and no panic.
func FuzzGraphError(f *testing.F) {
	f.Add(400, "7", []byte(`{"error":{"message":"m","type":"OAuthException","code":130429,"error_data":{"details":"d"}}}`))
	f.Add(502, "soon", []byte(`<html>`))
	f.Add(401, "", []byte(`{"error":"text"}`))
	f.Add(500, "-1", []byte(`{"error":{"code":{},"error_data":"{\"details\":\"x\"}"}}`))
	f.Fuzz(func(t *testing.T, status int, after string, body []byte) {
		e := graphError(reply{status, http.Header{"Retry-After": {after}}, body}, time.Unix(1_790_000_000, 0))
		if e.HTTPStatus != status || e.RetryAfter < 0 || e.RetryAfter > 7*24*time.Hour || !strings.HasPrefix(e.Error(), "meta: HTTP") {
			t.Fatalf("%+v", e)
		}
		info := ExplainError(e)
		if info.Title == "" || info.Plain == "" || info.Mend == "" || info.Class != Classify(e) {
			t.Fatalf("%+v", info)
		}
		if d := Backoff(e, 3, nil); d <= 0 || d > 7*24*time.Hour {
			t.Fatalf("backoff %v", d)
		}
	})
}
