package meta

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
)

func someBytes(n int) []byte {
	r := rand.NewChaCha8([32]byte{7})
	b := make([]byte, n)
	_, _ = r.Read(b)
	return b
}

// track keeps what an upload says of its progress.
type track struct {
	mu   sync.Mutex
	seen []int64
}

func (p *track) note(done, _ int64) { p.mu.Lock(); p.seen = append(p.seen, done); p.mu.Unlock() }

func (p *track) last() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen[len(p.seen)-1]
}

// TestUpload: whole, cut in the middle, cut often, answer lost at the end: always one handle, good for a template.
func TestUpload(t *testing.T) {
	data := someBytes(3 << 20)
	for name, faults := range map[string][]string{
		"in one piece":                  nil,
		"cut after 100 kB":              {`{"edge":"uploads","cut":100000}`},
		"cut at the first byte":         {`{"edge":"uploads","cut":0}`},
		"cut three times":               {`{"edge":"uploads","cut":500000,"count":3}`},
		"all arrived, answer lost":      {`{"edge":"uploads","cut":3145728}`},
		"trouble when it is opened":     {`{"edge":"uploads","error":{"code":2,"http":503}}`},
		"cut and trouble with the rest": {`{"edge":"uploads","cut":1}`, `{"edge":"uploads","error":{"code":4},"count":2}`},
	} {
		t.Run(name, func(t *testing.T) {
			c, _, cred := practice(t, nil)
			for _, f := range faults {
				control(t, cred, "faults", f)
			}
			var p track
			h, err := c.Upload(t.Context(), UploadFile{Name: "a b.jpg", MIME: "image/jpeg", Size: int64(len(data)), Body: bytes.NewReader(data), Progress: p.note})
			if err != nil || !strings.HasPrefix(h, "4:") {
				t.Fatalf("%q %v", h, err)
			}
			if p.last() != int64(len(data)) {
				t.Errorf("ends at %d", p.last())
			}
			body := createBody("pic", "Look at this picture of ours.")
			body["components"] = append(body["components"].([]any), map[string]any{"type": "HEADER", "format": "IMAGE", "example": map[string]any{"header_handle": []string{h}}})
			made, err := c.CreateTemplate(t.Context(), cred.WABAID, body)
			if err != nil {
				t.Fatal(err)
			}
			x, err := c.Template(t.Context(), string(made.ID))
			if err != nil {
				t.Fatal(err)
			}
			i := bytes.Index(x.Components, []byte("http"))
			addr := string(x.Components[i : i+bytes.IndexByte(x.Components[i:], '"')])
			addr = strings.ReplaceAll(addr, `\u0026`, "&")
			var got bytes.Buffer
			if _, err := c.DownloadMedia(t.Context(), MediaInfo{URL: String(addr)}, &got, 0); err != nil || !bytes.Equal(got.Bytes(), data) {
				t.Errorf("the sample is not what was uploaded: %d bytes, %v", got.Len(), err)
			}
		})
	}
}

// TestUploadGoesOn: a later upload goes on with the session of one that stopped, and starts anew where that is gone.
func TestUploadGoesOn(t *testing.T) {
	data := someBytes(1 << 20)
	c, _, cred := practice(t, nil)
	control(t, cred, "faults", `{"edge":"uploads","cut":400000}`)
	f := UploadFile{Name: "a.pdf", MIME: "application/pdf", Size: int64(len(data)), Body: bytes.NewReader(data)}
	control(t, cred, "faults", `{"edge":"uploads","error":{"code":190,"subcode":463,"http":401}}`) // takes the first call, which opens
	_, err := c.Upload(t.Context(), f)
	var up *UploadError
	var e *Error
	if !errors.As(err, &up) || up.Session != "" || !errors.As(err, &e) || e.Code != CodeTokenInvalid {
		t.Fatalf("%v", err)
	}
	session, err := c.OpenUpload(t.Context(), f.Name, f.MIME, f.Size)
	if err != nil {
		t.Fatal(err)
	}
	q := sessionCall(http.MethodPost, session)
	q.head = http.Header{"file_offset": {"0"}}
	q.form, q.length = bytes.NewReader(data), int64(len(data))
	if err := c.do(t.Context(), q, nil); err == nil {
		t.Fatal("not cut")
	}
	if n, err := c.UploadOffset(t.Context(), session); err != nil || n != 400000 {
		t.Fatalf("%d %v", n, err)
	}
	var p track
	f.Session, f.Progress = session, p.note
	if h, err := c.Upload(t.Context(), f); err != nil || h == "" || p.seen[0] != 400000 {
		t.Errorf("%q %v, from %v", h, err, p.seen[:1])
	}
	f.Session = "upload:gone?sig=x"
	if h, err := c.Upload(t.Context(), f); err != nil || h == "" {
		t.Errorf("%q %v", h, err)
	}
	for _, bad := range []UploadFile{{}, {Size: 1}, {Body: f.Body}} {
		if _, err := c.Upload(t.Context(), bad); err == nil {
			t.Error("an empty file was sent")
		}
	}
	if _, err := c.Upload(t.Context(), UploadFile{Name: "a", MIME: "text/html", Size: 1, Body: f.Body}); !errors.As(err, &e) || e.Code != CodeInvalid {
		t.Errorf("%v", err)
	}
}

// TestUploadGivesUp: a connection that never carries a byte ends the upload, with the session for later.
func TestUploadGivesUp(t *testing.T) {
	c, _, cred := practice(t, nil)
	control(t, cred, "faults", `{"edge":"uploads","cut":0,"count":50}`)
	_, err := c.Upload(t.Context(), UploadFile{Name: "a", MIME: "image/png", Size: 10, Body: bytes.NewReader(make([]byte, 10))})
	var up *UploadError
	if !errors.As(err, &up) || !strings.HasPrefix(up.Session, "upload:") || up.Done != 0 || Classify(err) != ClassAmbiguous {
		t.Errorf("%v", err)
	}
}

// TestUploadHeaders: offset, scheme, signature and handle go over the wire as they are.
func TestUploadHeaders(t *testing.T) {
	const sig, handle = "ARZ+a/b%3D=", "4:YQ==:aW1h\n4:Yg==:ARb"
	c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/uploads"):
			answer(w, 200, `{"id":"upload:MTphdHRh?sig=`+sig+`"}`)
		case r.Header.Get("Authorization") != "OAuth "+canary || r.Header.Get("File_offset") != "0" || !strings.HasPrefix(r.URL.RawQuery, "sig="+sig+"&") || r.URL.Path != "/v26.0/upload:MTphdHRh":
			answer(w, 400, fmt.Sprintf(`{"error":{"code":1,"message":%q}}`, r.URL.String()+fmt.Sprint(r.Header)))
		default:
			_, _ = io.Copy(io.Discard, r.Body)
			answer(w, 200, `{"h":"4:YQ==:aW1h\n4:Yg==:ARb"}`)
		}
	})
	if h, err := c.Upload(t.Context(), UploadFile{Name: "a", MIME: "image/png", Size: 3, Body: strings.NewReader("abc")}); err != nil || h != handle {
		t.Errorf("%q %v", h, err)
	}
}
