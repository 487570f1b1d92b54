package meta

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// UploadTypes are the kinds of files that Meta takes as samples and profile pictures (Meta: Resumable Upload API).
var UploadTypes = []string{"application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"}

// uploadTries is how often an upload goes on without a byte of progress before it gives up.
const uploadTries = 5

// UploadFile is a file to upload in pieces. Body is read from where Meta already has it.
type UploadFile struct {
	Name string
	MIME string // one of UploadTypes
	Size int64  // bytes, at least 1
	Body io.ReaderAt

	Session  string                  // an earlier UploadError's Session, to go on with it
	Progress func(done, total int64) // never called after Upload has returned, nor twice at once; may be nil
}

// UploadError is an upload that did not come to its end. Session and Done let a later Upload go on from there; Session is ""
// when there is nothing to go on with.
type UploadError struct {
	Session string
	Done    int64 // bytes that Meta has, as far as is known
	Err     error
}

// Error says how far it came.
func (e *UploadError) Error() string {
	return fmt.Sprintf("meta: upload stopped after %d bytes: %v", e.Done, e.Err)
}

// Unwrap gives the cause, which Classify and ExplainError understand.
func (e *UploadError) Unwrap() error { return e.Err }

// OpenUpload opens a resumable upload session of the app and gives its id, "upload:…". Opening one proves that AppID and
// token belong together, which Test Connection uses (Meta: Resumable Upload API).
func (c *Client) OpenUpload(ctx context.Context, filename, mime string, size int64) (string, error) {
	if c.cfg.AppID == "" {
		return "", &InputError{Field: "app id", Reason: "is missing"}
	}
	var ans struct {
		ID String `json:"id"`
	}
	err := c.retry(ctx, call{
		method: http.MethodPost, path: []string{c.cfg.AppID, "uploads"}, again: true,
		query: url.Values{"file_name": {filename}, "file_length": {strconv.FormatInt(size, 10)}, "file_type": {mime}},
	}, &ans)
	if err == nil && ans.ID == "" {
		err = &TransportError{Op: "POST /uploads", Sent: true, Err: ErrBadAnswer}
	}
	return string(ans.ID), err
}

// UploadOffset asks how many bytes of a session Meta has.
func (c *Client) UploadOffset(ctx context.Context, session string) (int64, error) {
	var ans struct {
		Offset Int `json:"file_offset"`
	}
	q := sessionCall(http.MethodGet, session)
	q.again = true
	err := c.retry(ctx, q, &ans)
	return int64(ans.Offset), err
}

// Upload sends a file as a sample for a template's header, or as a profile picture, and gives its handle, which must be used
// as it came and soon. When the connection breaks it asks how much arrived and goes on from there. What ends it early is an
// *UploadError with the session to go on with.
func (c *Client) Upload(ctx context.Context, f UploadFile) (handle string, err error) {
	if f.Size < 1 || f.Body == nil {
		return "", &InputError{Field: "file", Reason: "is empty"}
	}
	u := &upload{c: c, f: f, session: f.Session}
	handle, err = u.run(ctx)
	if err != nil {
		err = &UploadError{Session: u.session, Done: u.done, Err: err}
	}
	return handle, err
}

// upload is one upload on its way.
type upload struct {
	c       *Client
	f       UploadFile
	session string
	done    int64 // what Meta has
	renewed bool  // the session was lost once already
}

func (u *upload) run(ctx context.Context) (string, error) {
	ask := u.session != "" // somebody else began it
	for idle := 1; ; idle++ {
		err := u.prepare(ctx, ask)
		if err == nil {
			before := u.done
			var h string
			if h, err = u.send(ctx); err == nil {
				return h, nil
			}
			ask = true
			if u.done > before {
				idle = 1
			}
		}
		if errors.Is(err, errSessionGone) {
			if u.renewed {
				return "", err
			}
			u.session, u.done, u.renewed, ask = "", 0, true, false
			continue
		}
		if class := Classify(err); ctx.Err() != nil || class != ClassRetry && class != ClassAmbiguous || idle >= uploadTries {
			return "", err
		}
		if u.c.cfg.Sleep(ctx, Backoff(err, idle, u.c.cfg.Rand)) != nil {
			return "", err
		}
	}
}

// errSessionGone is a session that Meta no longer knows.
var errSessionGone = errors.New("the upload session is gone")

// prepare opens the session, or asks how far it is.
func (u *upload) prepare(ctx context.Context, ask bool) error {
	if u.session == "" {
		id, err := u.c.OpenUpload(ctx, u.f.Name, u.f.MIME, u.f.Size)
		u.session, u.done = id, 0
		return err
	}
	if !ask {
		return nil
	}
	n, err := u.c.UploadOffset(ctx, u.session)
	switch {
	case IsGone(err):
		return fmt.Errorf("%w: %w", errSessionGone, err)
	case err != nil:
		return err
	case n < 0 || n > u.f.Size: // another file's session
		return errSessionGone
	}
	u.done = n
	u.progress(n)
	return nil
}

// send sends what Meta does not have yet; the answer to the last byte is the handle.
func (u *upload) send(ctx context.Context) (string, error) {
	q := sessionCall(http.MethodPost, u.session)
	q.scheme = "OAuth" // so Meta's reference wants it here
	q.head = http.Header{"file_offset": {strconv.FormatInt(u.done, 10)}}
	q.ctype, q.limit = "application/octet-stream", mediaTimeout
	body := &counted{r: io.NewSectionReader(u.f.Body, u.done, u.f.Size-u.done), from: u.done, tell: u.progress}
	defer body.stop()
	q.form = body
	if q.length = u.f.Size - u.done; q.length == 0 {
		q.form = nil // everything arrived and only the answer was lost
	}
	var ans struct {
		Handle String `json:"h"`
		Offset Int    `json:"file_offset"`
	}
	err := u.c.do(ctx, q, &ans)
	switch {
	case IsGone(err):
		return "", fmt.Errorf("%w: %w", errSessionGone, err)
	case err != nil:
		var e *Error
		if errors.As(err, &e) && e.Code == CodeInvalid && Classify(err) == ClassPermanent {
			// A wrong offset looks like this too; asking tells, and costs nothing.
			if n, askErr := u.c.UploadOffset(ctx, u.session); askErr == nil && n != u.done && n <= u.f.Size {
				u.done = n
				return "", &TransportError{Op: "POST /upload", Sent: true, Err: err}
			}
		}
		return "", err
	case ans.Handle != "":
		u.done = u.f.Size
		u.progress(u.f.Size)
		return string(ans.Handle), nil
	}
	if n := int64(ans.Offset); n > u.done && n <= u.f.Size {
		u.done = n
	}
	return "", &TransportError{Op: "POST /upload", Sent: true, Err: ErrBadAnswer}
}

func (u *upload) progress(n int64) {
	if u.f.Progress != nil {
		u.f.Progress(n, u.f.Size)
	}
}

// sessionCall addresses a session; its id carries a query ("?sig=…") that must not be written anew.
func sessionCall(method, session string) call {
	id, sig, _ := strings.Cut(session, "?")
	return call{method: method, path: []string{id}, rawq: sig}
}

// counted tells how far a file has been read, until it is stopped: a transport may go on reading after its call has ended.
type counted struct {
	mu      sync.Mutex
	r       io.Reader
	from    int64
	tell    func(int64)
	stopped bool
}

func (c *counted) Read(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped {
		return 0, io.ErrClosedPipe
	}
	n, err := c.r.Read(p)
	if c.from += int64(n); n > 0 {
		c.tell(c.from)
	}
	return n, err
}

func (c *counted) stop() {
	c.mu.Lock()
	c.stopped = true
	c.mu.Unlock()
}
