package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// samplePath is where samples of media headers are fetched; at Meta that is another host, scontent.whatsapp.net.
const (
	samplePath   = "/scontent.whatsapp.net/v/t61.29466-34/"
	sampleScheme = "sample:" // how a template's components refer to a sample
	sampleURLFor = 24 * time.Hour
)

// headerSample is the sample of one media header.
type headerSample struct {
	mime string
	data []byte
}

// keepSample stores a sample and gives what components say instead of a handle. Callers hold Server.mu.
func (s *Server) keepSample(mime string, data []byte) string {
	id := s.dice.id()
	s.w.samples[id] = &headerSample{mime, data}
	return sampleScheme + id
}

// sampleURL is where a sample can be fetched for a day, without a token.
func (s *Server) sampleURL(id, origin string) string {
	until := strconv.FormatInt(s.now().Add(sampleURLFor).Unix(), 16)
	q := url.Values{"ccb": {"1-7"}, "_nc_sid": {"8b1bef"}, "oh": {s.sampleSeal(id, until)}, "oe": {until}}
	ext := ".jpg"
	if f := s.w.samples[id]; f != nil {
		ext = map[string]string{"image/png": ".png", "video/mp4": ".mp4", "application/pdf": ".pdf"}[f.mime]
		if ext == "" {
			ext = ".jpg"
		}
	}
	return origin + samplePath + id + "_n" + ext + "?" + q.Encode()
}

func (s *Server) sampleSeal(id, until string) string {
	h := hmac.New(sha256.New, []byte(s.cred.AppSecret))
	h.Write([]byte("sample:" + id + ":" + until))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18])
}

// serveSample hands a sample out to whoever has its address.
func (s *Server) serveSample(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, samplePath), "_")
	q := r.URL.Query()
	until, err := strconv.ParseInt(q.Get("oe"), 16, 64)
	s.mu.Lock()
	f := s.w.samples[id]
	s.mu.Unlock()
	switch {
	case f == nil:
		w.WriteHeader(http.StatusNotFound)
		return
	case err != nil || !hmac.Equal([]byte(q.Get("oh")), []byte(s.sampleSeal(id, q.Get("oe")))) || s.now().Unix() > until:
		w.WriteHeader(http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", f.mime)
	w.Header().Set("Content-Length", strconv.Itoa(len(f.data)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(f.data)
	}
}

// shown is a template's components as a reader gets them: samples have become addresses. What is stored is not touched.
func (s *Server) shown(v []any, origin string) []any {
	out, _ := s.show(v, origin).([]any)
	return out
}

func (s *Server) show(v any, origin string) any {
	switch x := v.(type) {
	case []any:
		out := make([]any, len(x))
		for i, y := range x {
			out[i] = s.show(y, origin)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, y := range x {
			if l, isList := y.([]any); k == "header_handle" && isList {
				urls := make([]any, len(l))
				for i, h := range l {
					urls[i] = h
					if id, ok := strings.CutPrefix(asText(h), sampleScheme); ok {
						urls[i] = s.sampleURL(id, origin)
					}
				}
				y = urls
			} else {
				y = s.show(y, origin)
			}
			out[k] = y
		}
		return out
	}
	return v
}
