package main

import (
	"context"
	"errors"
	"io"

	"shopbell/app"
	"shopbell/app/inbox"
	"shopbell/meta"
	"shopbell/storage/media"
)

// fetcher brings files from Meta into the media folder.
type fetcher struct {
	client func(context.Context, app.ID) (*meta.Client, error)
	files  *media.Store
}

// Fetch downloads one file. Meta's address of it lives for minutes, so it is asked for each time.
func (f *fetcher) Fetch(ctx context.Context, account app.ID, m app.Media) (sha, mime string, size int64, err error) {
	client, err := f.client(ctx, account)
	if err != nil {
		return "", "", 0, err
	}
	info, err := client.MediaInfo(ctx, m.MediaID, "")
	if err != nil {
		var e *meta.Error
		if errors.As(err, &e) && e.Code == 100 {
			return "", "", 0, errors.Join(inbox.ErrGone, err)
		}
		return "", "", 0, err
	}
	r, w := io.Pipe()
	got := make(chan error, 1)
	go func() {
		_, errDown := client.DownloadMedia(ctx, info, w, meta.MaxMedia)
		_ = w.CloseWithError(errDown)
		got <- errDown
	}()
	sha, size, err = f.files.Put(ctx, r, meta.MaxMedia)
	_ = r.CloseWithError(err)
	if errDown := <-got; errDown != nil && !errors.Is(errDown, io.ErrClosedPipe) {
		return "", "", 0, errDown
	}
	return sha, string(info.MIME), size, err
}
