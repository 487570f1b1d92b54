package files

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
)

// entry is one file or folder in a folder.
type entry struct {
	name   string
	folded string // small letters, by which it is found and ordered
	dir    bool
	known  bool // size and time were read
	size   int64
	at     time.Time
}

// hidden tells whether it is kept out of sight.
func (e *entry) hidden() bool { return strings.HasPrefix(e.name, ".") }

// batch is how many entries are read at once, between which the reading can end.
const batch = 2000

// readFolder reads what is in a folder, folders first, without sizes and times: for those each file must be looked at, and of the list a few
// are seen. Links count as what they lead to; what is neither file nor folder is left out.
func readFolder(ctx context.Context, dir string) ([]entry, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, folderError(err)
	}
	defer f.Close()
	var out []entry
	for {
		found, err := f.ReadDir(batch)
		for _, d := range found {
			if e, ok := entryOf(dir, d); ok {
				out = append(out, e)
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, folderError(err)
		}
	}
	slices.SortFunc(out, func(a, b entry) int {
		if a.dir != b.dir {
			if a.dir {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.folded, b.folded), cmp.Compare(a.name, b.name))
	})
	return out, nil
}

func entryOf(dir string, d fs.DirEntry) (entry, bool) {
	kind := d.Type()
	if kind&fs.ModeSymlink != 0 {
		st, err := os.Stat(filepath.Join(dir, d.Name()))
		if err != nil { // it leads nowhere
			return entry{}, false
		}
		kind = st.Mode().Type()
	}
	return entry{name: d.Name(), folded: strings.ToLower(d.Name()), dir: kind.IsDir()}, kind.IsDir() || kind.IsRegular()
}

// facts are the size and time of one entry.
type facts struct {
	size int64
	at   time.Time
}

// readFacts looks at some files of a folder. What cannot be looked at is not in the answer.
func readFacts(ctx context.Context, dir string, names []string) map[string]facts {
	out := make(map[string]facts, len(names))
	for _, n := range names {
		if ctx.Err() != nil {
			break
		}
		if st, err := os.Stat(filepath.Join(dir, n)); err == nil {
			out[n] = facts{st.Size(), st.ModTime()}
		}
	}
	return out
}

// folderError says in words why a folder cannot be read.
func folderError(err error) error {
	e := &app.Error{
		Code: app.CodeInvalid, Cause: err, Message: lang.X("files.folder_failed", "This folder could not be read."),
		Mend: lang.X("files.folder_failed_mend", "Look whether its disk is there, or choose another folder."),
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		e.Code, e.Message = app.CodeForbidden, lang.X("files.folder_forbidden", "You may not look into this folder.")
		e.Mend = lang.X("files.folder_forbidden_mend", "Choose another one, or ask its owner.")
	case errors.Is(err, fs.ErrNotExist):
		e.Code, e.Message = app.CodeNotFound, lang.X("files.folder_missing", "There is no such folder.")
		e.Mend = lang.X("files.folder_missing_mend", "Correct the path, or choose another one.")
	}
	return e
}
