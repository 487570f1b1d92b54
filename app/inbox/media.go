package inbox

import (
	"context"
	"errors"
	"time"

	"shopbell/app"
)

// Fetcher brings a message's file from Meta into the media folder.
type Fetcher interface {
	// Fetch gives the file's SHA-256 in hex, its type and its size in bytes.
	Fetch(ctx context.Context, account app.ID, media app.Media) (sha256, mime string, size int64, err error)
}

// ErrGone is what a Fetcher answers when a file can't be had any more, however often one asks.
var ErrGone = errors.New("the file is no longer with Meta")

// Meta keeps an inbound file for 7 days (Meta: Media, download); after that there is no point in trying.
const mediaLife = 7 * 24 * time.Hour

// fetchMedia brings files until ctx ends: at once when a message came, again later when Meta could not be reached.
func (s *Service) fetchMedia(ctx context.Context) {
	if s.c.Fetch == nil {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		if n := s.fetchDue(ctx); n == 0 {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		} else if ctx.Err() != nil {
			return
		}
	}
}

func (s *Service) fetchDue(ctx context.Context) int {
	now := s.c.Now()
	due, err := s.MediaToFetch(ctx, now, 8)
	if err != nil {
		return 0
	}
	for _, m := range due {
		sha, mime, size, err := s.c.Fetch.Fetch(ctx, m.AccountID, *m.Media)
		switch {
		case ctx.Err() != nil:
			return 0
		case err == nil:
			err = s.MediaFetched(ctx, m.ID, sha, mime, size)
		case errors.Is(err, ErrGone) || now.Sub(m.At) > mediaLife:
			err = s.MediaFailed(ctx, m.ID, err.Error(), time.Time{})
		default:
			err = s.MediaFailed(ctx, m.ID, err.Error(), now.Add(mediaWait(now.Sub(m.At))))
		}
		if err != nil {
			s.c.Log.Error("what became of a file could not be recorded", "message", m.ID, "err", err)
			return 0
		}
	}
	return len(due)
}

// mediaWait is how long to wait before asking again, the longer the older the message.
func mediaWait(age time.Duration) time.Duration {
	return min(max(age/4, 2*time.Second), time.Hour)
}
