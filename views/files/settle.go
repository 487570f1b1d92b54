package files

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2/lang"

	"shopbell/views/shell"
)

// answer is the end of a question: the folder is kept in mind, and the caller goes on.
func answer(sh *shell.Shell, q question, path string) {
	remember(sh, q.Key, filepath.Dir(path))
	q.then(path)
}

// extend gives the place that the desktop's dialog named the extension of its kind. The dialog asked about the name it knew; about the longer one the
// person is asked here.
func extend(sh *shell.Shell, q question, path string) {
	full := q.kind(0).named(path)
	if slices.ContainsFunc(q.Kinds, func(k Kind) bool { return k.fits(path) }) || full == path {
		answer(sh, q, path)
		return
	}
	sh.Async(sh.Base, func(context.Context) (func(), error) {
		there := look(full)
		return func() {
			if there == nothing {
				answer(sh, q, full)
				return
			}
			askToReplace(sh, full, func() { answer(sh, q, full) })
		}, nil
	}, nil)
}

// askToReplace asks before a file is lost.
func askToReplace(sh *shell.Shell, path string, do func()) {
	sh.Layers.Ask(
		lang.X("files.replace_title", "Replace the file?"),
		lang.X("files.replace_text", "“{{.Name}}” is there already. What is in it will be lost.", map[string]any{"Name": filepath.Base(path)}),
		lang.X("files.replace", "Replace"), true, do)
}

// target is what stands where a person wants a file to be.
type target int

const (
	nothing     target = iota // there is room for a new file
	aFile                     // a file
	aFolder                   // a folder
	noFolder                  // there is no folder for it
	unreachable               // nobody can tell
)

// look finds out what stands at a path.
func look(path string) target {
	st, err := os.Stat(path)
	switch {
	case err == nil && st.IsDir():
		return aFolder
	case err == nil && st.Mode().IsRegular():
		return aFile
	case err == nil:
		return unreachable
	case !errors.Is(err, os.ErrNotExist):
		return unreachable
	}
	if st, err := os.Stat(filepath.Dir(path)); err != nil || !st.IsDir() {
		return noFolder
	}
	return nothing
}

// words say why nothing can be done with it; "" where something can.
func (t target) words() string {
	switch t {
	case nothing:
		return lang.X("files.none_here", "There is no file of this name")
	case noFolder:
		return lang.X("files.no_folder", "There is no such folder")
	case unreachable:
		return lang.X("files.no_file", "This can't be used as a file")
	case aFile, aFolder:
	}
	return ""
}
