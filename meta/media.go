package meta

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// Limits of media (Meta: Media, supported types and sizes; inbound files may reach 100 MB).
const (
	MaxMedia     = 100 << 20
	mediaTimeout = 10 * time.Minute
)

// mediaHosts are where Meta serves files from; a leading dot stands for every host below.
var mediaHosts = []string{"lookaside.fbsbx.com", ".whatsapp.net", "graph.facebook.com"}

// Causes of a refused download.
var (
	ErrMediaHost   = errors.New("meta: media address is not one of Meta's")
	ErrMediaTooBig = errors.New("meta: media is larger than allowed")
	ErrMediaDigest = errors.New("meta: media does not match its checksum")
)

// MediaInfo is an uploaded or received file. URL lives for five minutes; ask again for a fresh one.
type MediaInfo struct {
	ID     String `json:"id"`
	URL    String `json:"url"`
	MIME   String `json:"mime_type"`
	SHA256 String `json:"sha256"` // hex here, base64 in webhooks
	Size   Int    `json:"file_size"`
}

// UploadMedia uploads a file for later messages and gives its id, good for 30 days. filename is what the server sees, not
// what the customer sees. body is read once, so a failure is the caller's to repeat.
func (c *Client) UploadMedia(ctx context.Context, phoneNumberID, filename, mime string, body io.Reader) (string, error) {
	// The form's head and tail are built around the body, so that a large file is never held in memory.
	var head bytes.Buffer
	w := multipart.NewWriter(&head)
	_ = w.WriteField("messaging_product", "whatsapp")
	_ = w.WriteField("type", mime)
	h := textproto.MIMEHeader{}
	h.Set("Content-Disposition", `form-data; name="file"; filename="`+quoteName(filename)+`"`)
	h.Set("Content-Type", strings.NewReplacer("\r", "", "\n", "").Replace(mime))
	_, _ = w.CreatePart(h)
	tail := "\r\n--" + w.Boundary() + "--\r\n"
	var ans struct {
		ID String `json:"id"`
	}
	q := call{
		method: http.MethodPost, path: []string{phoneNumberID, "media"}, ctype: w.FormDataContentType(), limit: mediaTimeout,
		form: io.MultiReader(&head, body, strings.NewReader(tail)), length: -1,
	}
	if s, ok := body.(interface{ Len() int }); ok {
		q.length = int64(head.Len() + s.Len() + len(tail))
	}
	if err := c.do(ctx, q, &ans); err != nil {
		return "", err
	}
	if ans.ID == "" {
		return "", &TransportError{Op: q.op(), Sent: true, Err: ErrBadAnswer}
	}
	return string(ans.ID), nil
}

// MediaInfo asks for a file's address. phoneNumberID is "" or the number that it must belong to.
func (c *Client) MediaInfo(ctx context.Context, mediaID, phoneNumberID string) (MediaInfo, error) {
	var m MediaInfo
	err := c.retry(ctx, call{method: http.MethodGet, path: []string{mediaID}, query: ownedBy(phoneNumberID), again: true}, &m)
	return m, err
}

// DownloadMedia writes the file to w and gives its SHA-256. At most limit bytes are written (0 = MaxMedia). On an error w
// may hold a part of the file. Only Meta's hosts, the BaseURL's and Config.MediaHosts are asked, and redirects refused,
// because the request carries the token.
func (c *Client) DownloadMedia(ctx context.Context, m MediaInfo, w io.Writer, limit int64) ([sha256.Size]byte, error) {
	var sum [sha256.Size]byte
	if limit <= 0 || limit > MaxMedia {
		limit = MaxMedia
	}
	u, err := c.mediaURL(string(m.URL))
	if err != nil {
		return sum, err
	}
	if int64(m.Size) > limit {
		return sum, ErrMediaTooBig
	}
	ctx, cancel := context.WithTimeout(ctx, mediaTimeout)
	defer cancel()
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return sum, ErrMediaHost
	}
	req.Header.Set("Authorization", "Bearer "+c.cfg.AccessToken)
	req.Header.Set("User-Agent", c.cfg.UserAgent)
	req.Header.Set("Accept-Encoding", "identity") // what is counted is what is written
	const op = "GET media"
	resp, err := c.http.Do(req)
	if err != nil {
		return sum, &TransportError{Op: op, Sent: wrote.Load(), Err: plainCause(err)}
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
		return sum, graphError(reply{resp.StatusCode, resp.Header, body}, c.cfg.Now())
	}
	if enc := resp.Header.Get("Content-Encoding"); enc != "" && enc != "identity" {
		return sum, &TransportError{Op: op, Sent: true, Err: ErrBadAnswer}
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, h), io.LimitReader(resp.Body, limit))
	if err != nil {
		return sum, &TransportError{Op: op, Sent: true, Err: fmt.Errorf("after %d bytes: %w", n, err)}
	}
	if more, _ := io.ReadFull(resp.Body, make([]byte, 1)); more > 0 {
		return sum, ErrMediaTooBig
	}
	h.Sum(sum[:0])
	if m.SHA256 != "" && !sameDigest(string(m.SHA256), sum) {
		return sum, ErrMediaDigest
	}
	return sum, nil
}

// DeleteMedia removes an uploaded file.
func (c *Client) DeleteMedia(ctx context.Context, mediaID, phoneNumberID string) error {
	return c.retry(ctx, call{method: http.MethodDelete, path: []string{mediaID}, query: ownedBy(phoneNumberID), again: true}, nil)
}

// mediaURL lets an address through if the token may go there.
func (c *Client) mediaURL(s string) (*url.URL, error) {
	if c.err != nil {
		return nil, c.err
	}
	u, err := url.Parse(s)
	if err != nil || u.User != nil || u.Host == "" {
		return nil, ErrMediaHost
	}
	if u.Scheme == c.base.Scheme && strings.EqualFold(u.Host, c.base.Host) {
		return u, nil
	}
	for _, host := range c.cfg.MediaHosts {
		if strings.EqualFold(u.Host, host) && (u.Scheme == "https" || u.Scheme == c.base.Scheme) {
			return u, nil
		}
	}
	name := strings.ToLower(u.Hostname())
	for _, host := range mediaHosts {
		if u.Scheme == "https" && (u.Port() == "" || u.Port() == "443") &&
			(name == host || (host[0] == '.' && strings.HasSuffix(name, host))) {
			return u, nil
		}
	}
	return nil, ErrMediaHost
}

func ownedBy(phoneNumberID string) url.Values {
	if phoneNumberID == "" {
		return nil
	}
	return url.Values{"phone_number_id": {phoneNumberID}}
}

// sameDigest compares with a checksum in hex or base64; one in neither form says nothing.
func sameDigest(want string, got [sha256.Size]byte) bool {
	b, err := hex.DecodeString(strings.TrimSpace(want))
	if err != nil || len(b) != sha256.Size {
		t := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(strings.TrimSpace(want), "="))
		if b, err = base64.RawStdEncoding.DecodeString(t); err != nil || len(b) != sha256.Size {
			return true
		}
	}
	return subtle.ConstantTimeCompare(b, got[:]) == 1
}

// quoteName keeps a file's name inside its header.
func quoteName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '_'
		}
		return r
	}, s)
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
}
