package sandbox

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	mediaPath   = "/whatsapp_business/attachments/"
	mediaURLFor = 5 * time.Minute
	outboundFor = 30 * 24 * time.Hour // uploaded by the business
	inboundFor  = 7 * 24 * time.Hour  // received from customers
)

// mediaFile is one stored file.
type mediaFile struct {
	id      string
	phone   string
	mime    string // as it came, with parameters
	name    string
	data    []byte
	sum     [sha256.Size]byte
	expires time.Time
}

// mediaKinds are the accepted types with their limits in bytes (Meta: Supported media types).
var mediaKinds = []struct {
	kind  string
	limit int
	types []string
}{
	{"audio", 16 << 20, []string{"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}},
	{"document", 100 << 20, []string{
		"text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation",
	}},
	{"image", 5 << 20, []string{"image/jpeg", "image/png"}},
	{"sticker", 500 << 10, []string{"image/webp"}},
	{"video", 16 << 20, []string{"video/mp4", "video/3gpp"}},
}

func mediaKind(mimeType string) (kind string, limit int) {
	base, _, _ := mime.ParseMediaType(mimeType)
	for _, k := range mediaKinds {
		if contains(k.types, base) {
			return k.kind, k.limit
		}
	}
	return "", 0
}

func allMediaTypes() string {
	var l []string
	for _, k := range mediaKinds {
		l = append(l, k.types...)
	}
	return strings.Join(l, ", ")
}

// postMedia takes a file (Meta: Media, upload). The part's own content type decides, as it does at Meta.
func (c *call) postMedia() (any, *graphErr) {
	if e := c.needProduct(); e != nil {
		return nil, e
	}
	f := c.p.file
	if f == nil {
		return nil, missing100("file")
	}
	ctype := f.ctype
	if ctype == "" {
		ctype = c.p.str("type")
	}
	kind, limit := mediaKind(ctype)
	if kind == "" {
		return nil, param100("Param file must be a file with one of the following types: %s. Received file of type '%s'.", allMediaTypes(), ctype)
	}
	if kind == "sticker" && !bytes.Contains(f.data[:min(len(f.data), 64)], []byte("ANIM")) {
		limit = 100 << 10
	}
	switch {
	case len(f.data) == 0:
		return nil, param100("Param file must not be empty")
	case len(f.data) > limit:
		return nil, fail(131053, "The %s file is too large: %d bytes, at most %d are allowed.", kind, len(f.data), limit)
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if !c.phone().registered {
		return nil, fail(133010, "")
	}
	m := c.s.storeMedia(c.id, c.s.dice.id(), ctype, f.name, f.data, outboundFor)
	return map[string]any{"id": m.id}, nil
}

// storeMedia keeps a file. Callers hold Server.mu.
func (s *Server) storeMedia(phoneID, id, ctype, name string, data []byte, life time.Duration) *mediaFile {
	m := &mediaFile{id: id, phone: phoneID, mime: ctype, name: name, data: data, sum: sha256.Sum256(data), expires: s.now().Add(life)}
	s.w.media[id] = m
	return m
}

// findMedia is the media of a call, unless it is gone or belongs to another number.
func (c *call) findMedia() (*mediaFile, *graphErr) {
	m := c.s.w.media[c.id]
	if m == nil || c.now.After(m.expires) {
		return nil, unsupported(c.method, c.id)
	}
	if p := c.p.str("phone_number_id"); p != "" && p != m.phone {
		return nil, unsupported(c.method, c.id)
	}
	return m, nil
}

func (c *call) getMedia() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	m, e := c.findMedia()
	if e != nil {
		return nil, e
	}
	return map[string]any{
		"messaging_product": "whatsapp", "url": c.s.mediaURL(c.origin(), m, c.now), "mime_type": m.mime,
		"sha256": hex.EncodeToString(m.sum[:]), "file_size": len(m.data), "id": m.id,
	}, nil
}

func (c *call) deleteMedia() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	m, e := c.findMedia()
	if e != nil {
		return nil, e
	}
	delete(c.s.w.media, m.id)
	return success(), nil
}

// mediaURL is valid for five minutes; ext is the moment it ends, hash seals both.
func (s *Server) mediaURL(origin string, m *mediaFile, now time.Time) string {
	ext := strconv.FormatInt(now.Add(mediaURLFor).Unix(), 10)
	return fmt.Sprintf("%s%s?mid=%s&ext=%s&hash=%s", origin, mediaPath, m.id, ext, s.mediaSeal(m.id, ext))
}

func (s *Server) mediaSeal(id, ext string) string {
	h := hmac.New(sha256.New, []byte(s.cred.AppSecret))
	h.Write([]byte("media:" + id + ":" + ext))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:24])
}

// serveMedia hands out the bytes, to the bearer of the token only.
func (s *Server) serveMedia(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	tok := bearer(r)
	if e, asApp := s.judge(tok); tok == "" || e != nil || asApp || s.takeExpiry() {
		w.Header().Set("WWW-Authenticate", `OAuth "Facebook Platform" "invalid_token"`)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	q := r.URL.Query()
	id, ext := q.Get("mid"), q.Get("ext")
	until, err := strconv.ParseInt(ext, 10, 64)
	s.mu.Lock()
	m := s.w.media[id]
	s.mu.Unlock()
	now := s.now()
	if m == nil || err != nil || !hmac.Equal([]byte(q.Get("hash")), []byte(s.mediaSeal(id, ext))) || now.Unix() > until || now.After(m.expires) {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if f := s.takeFault("media_download"); f != nil {
		if f.hang > 0 {
			c := &call{s: s, r: r}
			if !c.pause(f.hang) {
				cut(w)
				return
			}
		}
		if f.acceptThenDrop {
			cut(w)
			return
		}
		if f.err != nil {
			w.WriteHeader(f.err.http)
			return
		}
	}
	name := m.name
	if name == "" {
		name = "file"
	}
	w.Header().Set("Content-Type", m.mime)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Content-Length", strconv.Itoa(len(m.data)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(m.data)
	}
}
