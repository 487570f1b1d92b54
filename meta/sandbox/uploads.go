package sandbox

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// How long an upload may be continued and its handle used; Meta documents neither.
const (
	sessionFor = 24 * time.Hour
	handleFor  = 24 * time.Hour
)

// uploadSession is one resumable upload (Meta: Resumable Upload API).
type uploadSession struct {
	id     string // upload:…?sig=…
	key    string // upload:… as it stands in the path
	name   string
	mime   string
	length int
	data   []byte
	handle string
	until  time.Time // of the session, then of the handle
	usedBy string    // name of the template that has the handle; no other may use it
	sample string    // where its bytes are kept for readers of the template
}

var uploadTypes = []string{"application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"}

// uploadMost is how many bytes a file may have, by type (Meta: Supported media types).
var uploadMost = map[string]int{"application/pdf": 100 << 20, "image/jpeg": 5 << 20, "image/jpg": 5 << 20, "image/png": 5 << 20, "video/mp4": 16 << 20}

const gifMost = 3_500_000 // bytes of a video that a GIF header shows

func (c *call) startUpload() (any, *graphErr) {
	ftype := strings.ToLower(c.p.str("file_type"))
	n, ok := c.p.int("file_length", 0)
	switch {
	case !c.p.has("file_length"):
		return nil, missing100("file_length")
	case !ok || n < 1:
		return nil, wrongParam("upload_length", "Param file_length must be an integer greater than zero")
	case ftype == "":
		return nil, missing100("file_type")
	case !contains(uploadTypes, ftype):
		return nil, wrongParam("upload_type", "Param file_type must be one of {%s} - got %q.", strings.Join(uploadTypes, ", "), clip(ftype, 60))
	case n > uploadMost[ftype]:
		return nil, wrongParam("upload_length", "Param file_length must be at most %d for files of type %s", uploadMost[ftype], ftype)
	}
	key := "upload:" + base64.RawURLEncoding.EncodeToString([]byte("1:attachment:"+c.s.dice.str(base62, 24)))
	u := &uploadSession{key: key, id: key + "?sig=ARZ" + c.s.dice.str(base62, 20), name: c.p.str("file_name"), mime: ftype, length: n, until: c.now.Add(sessionFor)}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.w.uploads[key] = u
	return map[string]any{"id": u.id}, nil
}

// session finds the upload of the path. The id's own "?sig=" may come as a query or, from clients that escape it, in the path.
func (c *call) session() (*uploadSession, *graphErr) {
	key, sig, inPath := strings.Cut(c.id, "?sig=")
	if !inPath {
		sig = strings.ReplaceAll(c.p.str("sig"), " ", "+")
	}
	u := c.s.w.uploads[key]
	if u == nil || u.id != key+"?sig="+sig || u.handle == "" && c.now.After(u.until) {
		return nil, unsupported(c.method, clip(key, 80))
	}
	return u, nil
}

// continueUpload takes bytes from file_offset on and answers the handle when all are there.
func (c *call) continueUpload() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	u, e := c.session()
	if e != nil {
		return nil, e
	}
	head := c.r.Header.Get("file_offset")
	if head == "" {
		head = c.p.str("file_offset")
	}
	off, err := strconv.Atoi(head)
	switch {
	case head == "":
		return nil, missing100("file_offset")
	case err != nil || off != len(u.data):
		return nil, wrongParam("upload_offset", "The file_offset must be %d, the number of bytes received so far", len(u.data))
	case off+len(c.body) > u.length:
		return nil, wrongParam("upload_length", "More bytes than the announced file_length of %d", u.length)
	}
	u.data = append(u.data, c.body...)
	if len(u.data) < u.length {
		return map[string]any{"id": u.id, "file_offset": len(u.data)}, nil
	}
	if u.handle == "" {
		u.until = c.now.Add(handleFor)
		u.handle = "4:" + base64.StdEncoding.EncodeToString([]byte(u.name)) + ":" + base64.StdEncoding.EncodeToString([]byte(u.mime)) +
			":ARb" + c.s.dice.str(base62, 60) + ":e:" + strconv.FormatInt(u.until.Unix(), 10) + ":" + c.s.cred.AppID + ":" + c.s.dice.str(decimals, 14)
		c.s.w.handles[u.handle] = u
	}
	return map[string]any{"h": u.handle}, nil
}

func (c *call) getUpload() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	u, e := c.session()
	if e != nil {
		return nil, e
	}
	return map[string]any{"id": u.id, "file_offset": len(u.data)}, nil
}

// takesUpload is true for the call that brings an upload's bytes, whose body counts as far as it came.
func (c *call) takesUpload(segs []string) bool {
	return c.method == http.MethodPost && len(segs) > 0 && strings.HasPrefix(segs[0], "upload:")
}

// goodHandle finds the upload behind a handle and says why it cannot be a header's sample. Callers hold Server.mu.
func (s *Server) goodHandle(handle, format, template string, now time.Time) (*uploadSession, *graphErr) {
	u := s.w.handles[strings.TrimSpace(handle)]
	bad := func(format string, args ...any) (*uploadSession, *graphErr) {
		e := badExample("HEADER", format, args...)
		e.rule = "handle"
		return nil, e
	}
	switch {
	case strings.HasPrefix(handle, "http://") || strings.HasPrefix(handle, "https://"):
		return bad("header_handle must be the handle of an upload, not an address")
	case u == nil:
		return bad("header_handle is no handle of an upload of this app")
	case now.After(u.until):
		return bad("the handle has expired; upload the file again")
	case u.usedBy != "" && u.usedBy != template:
		return bad("the handle was used for another template; upload the file again")
	}
	kind := map[string]string{"IMAGE": "image/", "VIDEO": "video/", "GIF": "video/", "DOCUMENT": "application/pdf"}[format]
	switch {
	case !strings.HasPrefix(u.mime, kind):
		return bad("the sample of a header of format %s cannot be of type %s", format, u.mime)
	case format == "GIF" && u.length > gifMost:
		return bad("the sample of a header of format GIF has at most %d bytes", gifMost)
	}
	return u, nil
}
