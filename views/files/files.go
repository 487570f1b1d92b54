// Package files is how a person says which file to open and where to save one: in the desktop's own dialog where there is one, else in a sheet of
// ours. It only asks, and never reads or writes what is in a file unless its caller has it do so with Read or Create.
package files

import (
	"context"
	"os"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/shell"
)

// Options are what is asked for.
type Options struct {
	Title string // "": Open a file, or Save as
	Kinds []Kind // which files fit; none: any. Where there are several, the first is offered first
	Name  string // the name that is suggested for a new file, without a folder
	Key   string // what the file is for: the folder is remembered for each key; "": it isn't
}

// Kind is a kind of files.
type Kind struct {
	Label      string   // "Pictures"
	Extensions []string // ".jpg", in small letters; none: any file
}

// Open asks for a file that exists, and calls then with its full path on the UI goroutine. It is not called when the person wants none.
func Open(sh *shell.Shell, o Options, then func(path string)) {
	ask(sh, question{Options: o, then: then})
}

// Save asks where a file is to be written, and calls then with its full path on the UI goroutine: it has the extension of its kind, and the person
// agreed to lose what was there before.
func Save(sh *shell.Shell, o Options, then func(path string)) {
	ask(sh, question{Options: o, save: true, then: then})
}

// Write asks like Save, begins the file at that place, and calls then with it on the UI goroutine. Where it cannot be written a sheet says so.
func Write(sh *shell.Shell, o Options, then func(f *os.File)) {
	Save(sh, o, func(path string) {
		sh.Async(sh.Base, func(context.Context) (func(), error) {
			f, err := Create(path)
			return func() { then(f) }, err
		}, sh.Layers.Problem)
	})
}

// Read opens a file that was chosen. Its error is in words for a person.
func Read(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &app.Error{
			Code: app.CodeInvalid, Cause: err, Message: lang.X("file.unreadable", "The file cannot be read."),
			Mend: lang.X("file.unreadable_mend", "Look whether it is still there, or choose another one."),
		}
	}
	return f, nil
}

// Create begins a file at the place that was chosen, for everybody who may look into its folder. Its error is in words for a person.
func Create(path string) (*os.File, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, &app.Error{
			Code: app.CodeInvalid, Cause: err, Message: lang.X("files.unwritable", "The file cannot be written there."),
			Mend: lang.X("files.unwritable_mend", "Choose another folder, or make room there."),
		}
	}
	return f, nil
}

// question is one thing asked.
type question struct {
	Options
	save bool
	then func(path string)
}

// title is what stands over the question.
func (q question) title() string {
	switch {
	case q.Title != "":
		return q.Title
	case q.save:
		return lang.X("files.save_title", "Save as")
	}
	return lang.X("files.open_title", "Open a file")
}

// yes is the word on the button that answers it.
func (q question) yes() string {
	if q.save {
		return lang.X("files.save", "Save")
	}
	return lang.X("files.open", "Open")
}

// kind is the one of so many, or any file.
func (q question) kind(i int) Kind {
	if i < len(q.Kinds) {
		return q.Kinds[i]
	}
	return Kind{}
}

// asking holds what ends the desktop's dialog of a window. Only the UI goroutine uses it.
var asking = map[*shell.Shell]context.CancelFunc{}

// ask asks the desktop, or else in a sheet. A dialog of the desktop's that is still open gives way to the new one.
func ask(sh *shell.Shell, q question) {
	if end := asking[sh]; end != nil {
		end()
		delete(asking, sh)
	}
	if !session.possible(sh.Window) {
		show(sh, q)
		return
	}
	ctx, cancel := context.WithCancel(sh.Base)
	asking[sh] = cancel
	parent, folder := parentOf(sh.Window), remembered(sh, q.Key)
	sh.Async(ctx, func(ctx context.Context) (func(), error) {
		path, err := session.ask(ctx, q, parent, folder)
		return func() {
			cancel()
			delete(asking, sh)
			switch {
			case err != nil:
				show(sh, q)
			case path == "":
			case q.save:
				extend(sh, q, path)
			default:
				answer(sh, q, path)
			}
		}, nil
	}, nil)
}
