package shop

import (
	"bytes"
	"context"

	"shopbell/app"
	"shopbell/app/papers"
	"shopbell/app/records"
)

// Kind is what a paper is sent as.
type Kind string

// The kinds.
const (
	PDF     Kind = "pdf"
	Picture Kind = "png"
)

// maxPaper is how large a paper may be as a file, in bytes: as much as Meta takes of a document (Meta: Media, supported types and sizes).
const maxPaper = 100 << 20

// Language chooses the language of a paper by Meta's codes: Code, else the customer's own, else Else, else English.
type Language struct{ Code, Else string }

// Draw lays out the paper of a record. The error is an app.Error where the record or the settings are at fault.
func (s *Service) Draw(ctx context.Context, ref records.Ref, language Language) (*papers.Paper, error) {
	set, err := s.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return s.DrawAs(ctx, set, ref, language)
}

// DrawAs is Draw with settings that are not kept yet, such as a preview of them has.
func (s *Service) DrawAs(ctx context.Context, set Settings, ref records.Ref, language Language) (*papers.Paper, error) {
	select {
	case s.drawing <- struct{}{}:
		defer func() { <-s.drawing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	fonts, err := s.fonts()
	if err != nil {
		return nil, err
	}
	o := papers.Options{Shop: s.Papers(set), Language: language.Code, Else: language.Else, Zone: s.c.Zone, Size: set.Paper}
	if ref.Type == records.TypeReceipt {
		o.Size = papers.Roll
	}
	return fonts.Draw(ctx, s.c.Records, ref, o)
}

// Document gives the paper of a record as a PDF.
func (s *Service) Document(ctx context.Context, ref records.Ref) (records.Document, error) {
	if !papers.Drawable(ref.Type) {
		return records.Document{}, records.ErrNoDocument
	}
	p, err := s.Draw(ctx, ref, Language{})
	if err != nil {
		return records.Document{}, err
	}
	return p.Document()
}

// File draws the paper of a record and keeps it in the media folder, to be sent, in the customer's language, else in the one given. The
// same paper is kept once, for its bytes are the same.
func (s *Service) File(ctx context.Context, ref records.Ref, language string, kind Kind) (app.SendFile, error) {
	p, err := s.Draw(ctx, ref, Language{Else: language})
	if err != nil {
		return app.SendFile{}, err
	}
	d, err := p.Document()
	if kind == Picture {
		d, err = p.Picture(0)
	}
	if err != nil {
		return app.SendFile{}, err
	}
	sha, size, err := s.c.Files.Put(ctx, bytes.NewReader(d.Data), maxPaper)
	if err != nil {
		return app.SendFile{}, err
	}
	return app.SendFile{Name: d.Name, MIME: d.MIME, Size: size, SHA256: sha}, nil
}

// Sample gives a record whose paper shows what papers of a type look like: the newest, else an example.
func (s *Service) Sample(ctx context.Context, typ string) (ref records.Ref, example bool, err error) {
	found, err := s.c.Records.Search(ctx, typ, "", 1)
	if err != nil {
		return records.Ref{}, false, err
	}
	if len(found) == 0 {
		return records.Ref{}, false, &app.Error{Code: app.CodeNotFound, Message: "There is no record of this kind yet.", Mend: "Make one, or choose another kind."}
	}
	return found[0].Ref, found[0].Example, nil
}
