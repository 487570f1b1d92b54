package meta

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

func TestUploadMedia(t *testing.T) {
	type part struct{ name, file, ctype, body string }
	var parts []part
	var length int64
	c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
		parts, length = nil, r.ContentLength
		_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil {
			t.Error(err)
		}
		mr := multipart.NewReader(r.Body, params["boundary"])
		for {
			p, err := mr.NextPart()
			if err != nil {
				break
			}
			b, _ := io.ReadAll(p)
			parts = append(parts, part{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), string(b)})
		}
		answer(w, 200, `{"id":4490709327384033}`)
	})
	for _, known := range []bool{true, false} {
		var body io.Reader = strings.NewReader("bytes\r\n--x")
		if !known {
			body = io.MultiReader(body)
		}
		id, err := c.UploadMedia(context.Background(), "1", "a\"b\r\nX: 1.pdf", "application/pdf", body)
		if err != nil || id != "4490709327384033" {
			t.Fatalf("%q %v", id, err)
		}
		want := []part{{"messaging_product", "", "", "whatsapp"}, {"type", "", "", "application/pdf"}, {"file", `a"b__X: 1.pdf`, "application/pdf", "bytes\r\n--x"}}
		if len(parts) != 3 || parts[0] != want[0] || parts[1] != want[1] || parts[2] != want[2] {
			t.Errorf("%q", parts)
		}
		if (length > 0) != known {
			t.Errorf("length %d, known %v", length, known)
		}
	}
}

func TestDownloadMedia(t *testing.T) {
	file := bytes.Repeat([]byte("picture"), 1000)
	sum := sha256.Sum256(file)
	c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+canary || r.URL.RawQuery != "mid=1" {
			t.Errorf("%s %v", r.URL, r.Header)
		}
		_, _ = w.Write(file)
	})
	u := String(c.base.String() + "/file?mid=1")
	for name, digest := range map[string]string{
		"none": "", "hex": hex.EncodeToString(sum[:]), "base64": base64.StdEncoding.EncodeToString(sum[:]),
		"raw url base64": base64.RawURLEncoding.EncodeToString(sum[:]), "documentation's": "a1b2c3...",
	} {
		var got bytes.Buffer
		s, err := c.DownloadMedia(context.Background(), MediaInfo{URL: u, SHA256: String(digest)}, &got, int64(len(file)))
		if err != nil || s != sum || !bytes.Equal(got.Bytes(), file) {
			t.Errorf("%s: %d bytes, %v", name, got.Len(), err)
		}
	}
	wrong := sha256.Sum256([]byte("other"))
	for name, c2 := range map[string]struct {
		m     MediaInfo
		limit int64
		want  error
	}{
		"other file":     {MediaInfo{URL: u, SHA256: String(hex.EncodeToString(wrong[:]))}, 0, ErrMediaDigest},
		"other, base64":  {MediaInfo{URL: u, SHA256: String(base64.StdEncoding.EncodeToString(wrong[:]))}, 0, ErrMediaDigest},
		"announced big":  {MediaInfo{URL: u, Size: 101}, 100, ErrMediaTooBig},
		"one byte more":  {MediaInfo{URL: u}, int64(len(file)) - 1, ErrMediaTooBig},
		"another host":   {MediaInfo{URL: "https://evil.example/x"}, 0, ErrMediaHost},
		"other port":     {MediaInfo{URL: "http://127.0.0.1:1/x"}, 0, ErrMediaHost},
		"a file":         {MediaInfo{URL: "file:///etc/passwd"}, 0, ErrMediaHost},
		"nothing":        {MediaInfo{}, 0, ErrMediaHost},
		"user in it":     {MediaInfo{URL: "https://lookaside.fbsbx.com@evil.example/x"}, 0, ErrMediaHost},
		"looks alike":    {MediaInfo{URL: "https://lookaside.fbsbx.com.evil.example/x"}, 0, ErrMediaHost},
		"suffix only":    {MediaInfo{URL: "https://evilwhatsapp.net/x"}, 0, ErrMediaHost},
		"without TLS":    {MediaInfo{URL: "http://lookaside.fbsbx.com/x"}, 0, ErrMediaHost},
		"odd port there": {MediaInfo{URL: "https://lookaside.fbsbx.com:8443/x"}, 0, ErrMediaHost},
	} {
		var got bytes.Buffer
		if _, err := c.DownloadMedia(context.Background(), c2.m, &got, c2.limit); !errors.Is(err, c2.want) {
			t.Errorf("%s: %v", name, err)
		}
		if c2.limit > 0 && int64(got.Len()) > c2.limit {
			t.Errorf("%s: %d bytes written", name, got.Len())
		}
	}
	for _, ok := range []string{"https://lookaside.fbsbx.com/whatsapp?mid=1", "https://mmg.whatsapp.net/x", "https://LOOKASIDE.fbsbx.com:443/x"} {
		if _, err := c.mediaURL(ok); err != nil {
			t.Errorf("%s: %v", ok, err)
		}
	}
	extra, _ := clientOf(t, "http://127.0.0.1:9/v26.0", func(cfg *Config) { cfg.MediaHosts = []string{"127.0.0.1:10"} })
	if _, err := extra.mediaURL("http://127.0.0.1:10/x"); err != nil {
		t.Errorf("a configured host: %v", err)
	}
}

func TestDownloadFaults(t *testing.T) {
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		check func(error) bool
	}{
		"expired": {refuseWith(100, 404), func(err error) bool { var e *Error; return errors.As(err, &e) && e.HTTPStatus == 404 }},
		"cut short": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("half"))
		}, func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) && Classify(err) == ClassAmbiguous }},
		"compressed": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = z.Write(make([]byte, 1<<20))
			_ = z.Close()
		}, func(err error) bool { return errors.Is(err, ErrBadAnswer) }},
	} {
		cl, _ := graph(t, c.serve)
		_, err := cl.DownloadMedia(context.Background(), MediaInfo{URL: String(cl.base.String() + "/f")}, io.Discard, 1000)
		if err == nil || !c.check(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
