package templates

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shopbell/app"
	"shopbell/meta"
	"shopbell/meta/template"
)

// handleLife is how long an upload's handle is used again when the submission failed. Meta does not say how long it lasts.
const handleLife = 30 * time.Minute

// uploadAll uploads the samples of all media headers and puts their handles into the document.
func (s *Service) uploadAll(ctx context.Context, t *app.Template, d *template.Document, client Remote, progress func(Progress)) error {
	var total, before int64
	var slots []template.Slot
	for _, slot := range d.Files() {
		if f, ok := t.File(slot.Card); ok {
			slots = append(slots, slot)
			total += f.Size
		}
	}
	for _, slot := range slots {
		f, _ := t.File(slot.Card)
		beat := s.c.Now()
		handle, err := s.upload(ctx, t.AccountID, f, client, func(done int64) {
			tell(progress, Progress{Step: StepUpload, Done: before + done, Total: total})
			if now := s.c.Now(); now.Sub(beat) > staleAfter/4 {
				beat = now
				if err := s.mark(ctx, *t, app.SubmitUploading); err != nil {
					s.c.Log.Warn("an upload could not be noted", "template", t.ID, "err", err)
				}
			}
		})
		if err != nil {
			return err
		}
		before += f.Size
		eachComponent(d, func(card int, c *template.Component) {
			if card == slot.Card && c.Type == template.Header {
				c.Handles = []string{handle}
			}
		})
	}
	return nil
}

// upload gives the handle of a file, going on with what was uploaded before.
func (s *Service) upload(ctx context.Context, account app.ID, f app.HeaderFile, client Remote, progress func(done int64)) (string, error) {
	u, err := s.c.Store.Upload(ctx, account, f.SHA256)
	if err != nil {
		return "", err
	}
	if u.Handle != "" && s.c.Now().Sub(u.UpdatedAt) < handleLife {
		progress(f.Size)
		return u.Handle, nil
	}
	u.AccountID, u.SHA256, u.Handle = account, f.SHA256, ""
	file, err := s.c.Files.Get(f.SHA256)
	if err != nil {
		return "", &app.Error{
			Code: app.CodeNotFound, Cause: err, Message: "The header's file “" + f.Name + "” is not in the media folder any more.",
			Mend: "Choose the file again.",
		}
	}
	defer file.Close()
	if u.Session == "" { // kept before the first byte goes, so that a program that dies can go on
		if u.Session, err = client.OpenUpload(ctx, f.Name, f.MIME, f.Size); err != nil {
			return "", err
		}
		if err := s.keepUpload(ctx, &u, 0, ""); err != nil {
			return "", err
		}
	}
	handle, err := client.Upload(ctx, meta.UploadFile{
		Name: f.Name, MIME: f.MIME, Size: f.Size, Body: file, Session: u.Session, Progress: func(done, _ int64) { progress(done) },
	})
	var stopped *meta.UploadError
	if errors.As(err, &stopped) {
		u.Session = stopped.Session
		if errKeep := s.keepUpload(context.WithoutCancel(ctx), &u, stopped.Done, ""); errKeep != nil {
			s.c.Log.Warn("an upload that stopped could not be noted", "err", errKeep)
		}
		return "", cutUpload(f, stopped)
	}
	if err != nil {
		return "", err
	}
	return handle, s.keepUpload(ctx, &u, f.Size, handle)
}

func (s *Service) keepUpload(ctx context.Context, u *app.Upload, done int64, handle string) error {
	u.Offset, u.Handle, u.UpdatedAt = done, handle, s.c.Now()
	return s.c.Store.SaveUpload(ctx, *u)
}

// cutUpload puts a cut into words. What Meta refused keeps Meta's reason.
func cutUpload(f app.HeaderFile, stopped *meta.UploadError) error {
	switch meta.Classify(stopped) {
	case meta.ClassRetry, meta.ClassAmbiguous:
	default:
		if !errors.Is(stopped, context.Canceled) {
			return refusedByMeta(stopped.Err, "The header's file could not be uploaded.")
		}
	}
	return &app.Error{
		Code: app.CodeUnavailable, Cause: stopped,
		Message: fmt.Sprintf("The upload of “%s” stopped after %d of %d kB.", f.Name, stopped.Done/1024, (f.Size+1023)/1024),
		Mend:    "Submit the template again: the upload goes on where it stopped.",
	}
}

// dropUploads forgets the uploads of a template's files: a handle serves once.
func (s *Service) dropUploads(ctx context.Context, t app.Template) {
	for _, f := range t.Files {
		if err := s.c.Store.DropUpload(ctx, t.AccountID, f.SHA256); err != nil {
			s.c.Log.Warn("a finished upload could not be forgotten", "err", err)
		}
	}
}
