package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"shopbell/app"
)

// mediaAge is how long an uploaded file is used again. Meta keeps it for 30 days (Meta: Media); a day is left for a message that waits.
const mediaAge = 29 * 24 * time.Hour

// Files is where the files of messages are kept, by the hash of their content.
type Files interface {
	Open(sha256 string) (io.ReadCloser, error)
}

// uploads lets each file go up once, however many messages wait for it.
type uploads struct {
	mu    sync.Mutex
	under map[string]chan struct{}
}

// attach sees to it that Meta has the files of a row, and gives the row with their ids in its payload. Nothing of the message goes out. fresh
// tells whether every file was uploaded just now.
func (s *Service) attach(ctx context.Context, sender Sender, row app.Send) (_ app.Send, fresh bool, err error) {
	fresh = true
	for _, f := range row.Files {
		id, uploaded, err := s.mediaID(ctx, sender, row.PhoneNumberID, f)
		if err != nil {
			return row, false, err
		}
		fresh = fresh && uploaded
		row.Payload = strings.ReplaceAll(row.Payload, quoted(app.FileID(f.SHA256)), quoted(id))
	}
	return row, fresh, nil
}

// mediaID gives Meta's id of a file, which it uploads when Meta has not got it, or not for much longer.
func (s *Service) mediaID(ctx context.Context, sender Sender, phone string, f app.SendFile) (id string, uploaded bool, err error) {
	key := phone + "/" + f.SHA256
	for {
		if id, err = s.MediaID(ctx, phone, f.SHA256, mediaAge); err != nil || id != "" {
			return id, false, err
		}
		s.up.mu.Lock()
		other := s.up.under[key]
		if other == nil {
			s.up.under[key] = make(chan struct{})
		}
		s.up.mu.Unlock()
		if other == nil {
			break
		}
		select {
		case <-other:
		case <-ctx.Done():
			return "", false, ctx.Err()
		}
	}
	defer func() {
		s.up.mu.Lock()
		close(s.up.under[key])
		delete(s.up.under, key)
		s.up.mu.Unlock()
	}()
	if s.c.Files == nil {
		return "", false, errNoFile(f, nil)
	}
	body, err := s.c.Files.Open(f.SHA256)
	if err != nil {
		return "", false, errNoFile(f, err)
	}
	defer func() { _ = body.Close() }()
	if id, err = sender.UploadMedia(ctx, phone, f.Name, f.MIME, body); err != nil {
		return "", false, fmt.Errorf("uploading a file: %w", err)
	}
	return id, true, s.SaveMediaID(ctx, phone, f.SHA256, id)
}

// forget lets the files of a row be uploaded anew.
func (s *Service) forget(ctx context.Context, row app.Send) {
	for _, f := range row.Files {
		id, err := s.MediaID(ctx, row.PhoneNumberID, f.SHA256, mediaAge)
		if err == nil && id != "" {
			err = s.DropMediaID(ctx, row.PhoneNumberID, f.SHA256, id)
		}
		if err != nil {
			s.c.Log.Warn("the id of an uploaded file could not be forgotten", "send", row.ID, "err", err)
		}
	}
}

func errNoFile(f app.SendFile, cause error) error {
	return &app.Error{
		Code: app.CodeNotFound, Cause: cause, Message: "The file “" + f.Name + "” of this message is not on this computer.",
		Mend: "Attach it to the template again, or send from the computer that has it.",
	}
}

// quoted is a text as it stands in JSON.
func quoted(s string) string {
	raw, err := json.Marshal(s)
	if err != nil { // texts always marshal
		return ""
	}
	return string(raw)
}

// forGood tells whether a file can't be had here, now or later.
func forGood(err error) bool {
	var e *app.Error
	return errors.As(err, &e) && e.Code == app.CodeNotFound
}
