package importing

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records/importer"
)

// source is an open file. It closes when everybody who uses it let go.
type source struct {
	file *os.File
	name string
	size int64

	mu    sync.Mutex
	users int
}

func openSource(path string) (*source, error) {
	f, err := os.Open(path)
	if err == nil {
		var st os.FileInfo
		if st, err = f.Stat(); err == nil && st.Mode().IsRegular() {
			return &source{file: f, name: filepath.Base(path), size: st.Size(), users: 1}, nil
		}
		_ = f.Close()
	}
	return nil, &app.Error{
		Code: app.CodeInvalid, Cause: err, Message: lang.X("file.unreadable", "The file cannot be read."),
		Mend: lang.X("file.unreadable_mend", "Look whether it is still there, or choose another one."),
	}
}

// keep holds the file open for one user more.
func (s *source) keep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users++
}

func (s *source) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users == 0 {
		_ = s.file.Close()
	}
}

// showRows is how many rows of each outcome a preview shows.
const showRows = 500

// options are those of the import as they were chosen.
func (w *Wizard) options(name string) importer.Options {
	return importer.Options{
		Type: w.typ, Country: w.country, Zone: time.Local, Sheet: w.page, Header: w.header, Staff: w.p.Me, Label: name, Show: showRows,
	}
}

// read finds out what is in a file and turns to its columns. An empty path reads the file at hand again, as it is said to be written now.
func (w *Wizard) read(path string, failed func(error)) {
	src, way, typ := w.src, w.way, w.typ
	if path != "" {
		src = nil
	} else {
		src.keep()
	}
	opt := w.options("")
	w.work(func(ctx context.Context) (func(), error) {
		open := src
		if open == nil {
			var err error
			if open, err = openSource(path); err != nil {
				return nil, err
			}
		} else {
			defer open.release()
		}
		opt.Label = open.name
		f, err := importer.OpenAs(open.file, open.size, opt.Country, way)
		var plan *importer.Plan
		if err == nil && typ != "" {
			plan, err = importer.NewPlan(ctx, w.p.Kept, f, opt)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			if src == nil {
				open.release()
			}
			return nil, err
		}
		return func() { w.took(open, plan) }, nil
	}, failed)
}

// took shows a file that was read.
func (w *Wizard) took(src *source, plan *importer.Plan) {
	if w.src != src {
		if w.src != nil {
			w.src.release()
		}
		w.src = src
	}
	w.file.setFile(src)
	if plan == nil {
		return // nobody said yet what is in it
	}
	for i, path := range w.said {
		if i < len(plan.Columns) {
			_ = plan.Set(i, path) // a field that went with another type is left out
		}
	}
	w.plan = plan
	w.showColumns()
}
