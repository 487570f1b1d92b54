package shop

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"shopbell/app"
	"shopbell/app/papers"
	"shopbell/app/records"
)

// Store keeps settings by key.
type Store interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// Files keeps files by the SHA-256 of their content.
type Files interface {
	Put(ctx context.Context, r io.Reader, limit int64) (sha string, size int64, err error)
	Open(sha string) (io.ReadCloser, error)
}

// Config is what the service needs of the world.
type Config struct {
	Store   Store
	Files   Files
	Records records.Source
	Fonts   func() (*papers.Fonts, error)             // read when the first paper is drawn; called once
	Guess   func(ctx context.Context) (string, error) // of the country, when none was chosen; nil: no guess
	Moved   func(country string)                      // told where the shop is, whenever that is kept; nil: nobody cares
	Zone    *time.Location
	Log     *slog.Logger
}

// Service keeps what the shop says about itself and draws its papers. It may be used by several goroutines at once.
type Service struct {
	c     Config
	fonts func() (*papers.Fonts, error)

	mu   sync.Mutex
	sha  string // of logo
	logo *papers.Logo

	drawing chan struct{} // holds one for each paper under way: each takes some megabytes
}

// atOnce is how many papers are drawn at the same time.
const atOnce = 2

// New makes the service.
func New(c Config) *Service {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{c: c, fonts: sync.OnceValues(c.Fonts), drawing: make(chan struct{}, atOnce)}
}

// SetLogo takes a picture as the logo and keeps it, without the settings. The error is an app.Error for a file that is too large or no picture;
// of a file that is too large no more is read than tells so.
func (s *Service) SetLogo(ctx context.Context, name string, r io.Reader) (Logo, error) {
	data, err := io.ReadAll(io.LimitReader(r, papers.MaxLogoBytes+1))
	if err != nil {
		return Logo{}, &app.Error{Code: app.CodeInvalid, Message: "The file can't be read.", Mend: "Look whether it is still there, or choose another one.", Cause: err}
	}
	if len(data) > papers.MaxLogoBytes {
		return Logo{}, tooLarge(r, int64(len(data)))
	}
	if _, err := papers.ReadLogo(data); err != nil {
		return Logo{}, err
	}
	sha, size, err := s.c.Files.Put(ctx, bytes.NewReader(data), papers.MaxLogoBytes)
	if err != nil {
		return Logo{}, err
	}
	mime := "image/png"
	if bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
		mime = "image/jpeg"
	}
	return Logo{Name: name, MIME: mime, Size: size, SHA256: sha}, nil
}

// tooLarge says how large a file is, if it can tell.
func tooLarge(r io.Reader, read int64) error {
	words := "The logo has more than 5 MB."
	if f, ok := r.(interface {
		Seek(offset int64, whence int) (int64, error)
	}); ok {
		if n, err := f.Seek(0, io.SeekEnd); err == nil && n > read {
			words = fmt.Sprintf("The logo has %.1f MB; at most 5 MB are possible.", float64(n)/(1<<20))
		}
	}
	return &app.Error{Code: app.CodeInvalid, Message: words, Mend: "Choose a PNG or JPEG picture of at most 5 MB; 800 pixels are enough."}
}

// Papers gives what papers are drawn with. A logo that is not there any more is left out, and the log says so.
func (s *Service) Papers(set Settings) papers.Shop {
	out := papers.Shop{Name: set.Name, Address: set.Address, Contact: set.Contact, TaxID: set.TaxID, Texts: set.Texts}
	if c, err := papers.ParseColour(set.Main); err == nil {
		out.Main = c
	}
	if c, err := papers.ParseColour(set.Second); err == nil {
		out.Second = c
	}
	if set.Logo != nil {
		logo, err := s.readLogo(set.Logo.SHA256)
		if err != nil {
			s.c.Log.Warn("the logo can't be read; papers go without it", "err", err)
		}
		out.Logo = logo
	}
	return out
}

// readLogo reads the logo once for all papers.
func (s *Service) readLogo(sha string) (*papers.Logo, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sha == sha {
		return s.logo, nil
	}
	f, err := s.c.Files.Open(sha)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, papers.MaxLogoBytes+1))
	if err != nil {
		return nil, err
	}
	logo, err := papers.ReadLogo(data)
	if err == nil {
		s.sha, s.logo = sha, logo
	}
	return logo, err
}
