package sandbox

import (
	"encoding/base64"
	"strconv"
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
}

var uploadTypes = []string{"application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"}

func (c *call) startUpload() (any, *graphErr) {
	ftype := c.p.str("file_type")
	n, ok := c.p.int("file_length", 0)
	switch {
	case !c.p.has("file_length"):
		return nil, missing100("file_length")
	case !ok || n < 1 || n > maxMediaBody:
		return nil, param100("Param file_length must be an integer between 1 and %d", maxMediaBody)
	case ftype == "":
		return nil, missing100("file_type")
	case !contains(uploadTypes, ftype):
		return nil, param100("Param file_type must be one of {application/pdf, image/jpeg, image/jpg, image/png, video/mp4} - got %q.", ftype)
	}
	key := "upload:" + base64.RawURLEncoding.EncodeToString([]byte("1:attachment:"+c.s.dice.str(base62, 24)))
	u := &uploadSession{key: key, id: key + "?sig=ARZ" + c.s.dice.str(base62, 20), name: c.p.str("file_name"), mime: ftype, length: n}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.w.uploads[key] = u
	return map[string]any{"id": u.id}, nil
}

func (c *call) session() (*uploadSession, *graphErr) {
	u := c.s.w.uploads[c.id]
	if u == nil || u.id != c.id+"?sig="+c.p.str("sig") {
		return nil, unsupported(c.method, c.id)
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
	off, err := strconv.Atoi(head)
	switch {
	case head == "":
		return nil, missing100("file_offset")
	case err != nil || off != len(u.data):
		return nil, param100("The file_offset must be %d, the number of bytes received so far", len(u.data))
	case off+len(c.body) > u.length:
		return nil, param100("More bytes than the announced file_length of %d", u.length)
	}
	u.data = append(u.data, c.body...)
	if len(u.data) < u.length {
		return map[string]any{"id": u.id, "file_offset": len(u.data)}, nil
	}
	if u.handle == "" {
		u.handle = "4:" + base64.StdEncoding.EncodeToString([]byte(u.name)) + ":" + base64.StdEncoding.EncodeToString([]byte(u.mime)) +
			":ARb" + c.s.dice.str(base62, 60) + ":e:" + strconv.FormatInt(c.now.Unix()+86400, 10) + ":" + c.s.cred.AppID
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
