package meta

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

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
