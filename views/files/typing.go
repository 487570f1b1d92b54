package files

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/views/widget"
)

// typed has the list follow what stands in the path field, a moment later.
func (s *sheet) typed(string) {
	if s.writing {
		return
	}
	s.moved = false
	s.path.SetWrong("")
	s.stopFollowing()
	s.stopTyping = s.sh.After(typingPause, func() {
		s.stopTyping = nil
		s.follow()
	})
}

func (s *sheet) stopFollowing() {
	if s.stopTyping != nil {
		s.stopTyping()
		s.stopTyping = nil
	}
}

// follow lists the folder that is being typed, and in it the names that begin so.
func (s *sheet) follow() { s.followThen(nil) }

// followThen is follow; then hears when the list is there.
func (s *sheet) followThen(then func()) {
	s.stopFollowing()
	in, begins := parted(s.dir, s.path.Text())
	if s.path.Text() == s.dir {
		in, begins = s.dir, ""
	}
	if in == s.folder.dir && s.folder.ready {
		s.folder.search(begins)
		if then != nil {
			then()
		}
		return
	}
	s.folder.open(in, begins, "", then)
}

// submit takes what is meant: the row to which the cursor was moved, else the path that was typed, else the first name that begins like it.
func (s *sheet) submit() {
	if s.moved {
		s.take(s.folder.cursor)
		return
	}
	text := s.path.Text()
	if strings.TrimSpace(text) == "" || text == s.dir {
		return
	}
	path := resolve(s.dir, text)
	s.sh.Async(s.ctx, func(context.Context) (func(), error) {
		there := look(path)
		return func() {
			switch {
			case s.path.Text() != text: // it was changed in the meantime
			case there == aFolder:
				s.enter(path, "")
			case s.q.save && (there == aFile || there == nothing):
				s.enter(filepath.Dir(path), filepath.Base(path))
				s.name.SetText(filepath.Base(path))
				s.name.Focus()
			case there == aFile:
				s.done(path)
			case there == nothing:
				s.followThen(s.takeFirst)
			default:
				s.path.SetWrong(there.words())
			}
		}, nil
	}, nil)
}

// takeFirst takes the first row whose name begins with what was typed.
func (s *sheet) takeFirst() {
	if e := s.folder.at(0); e != nil && s.folder.begins != "" && strings.HasPrefix(e.folded, strings.ToLower(s.folder.begins)) {
		s.take(0)
		return
	}
	s.path.SetWrong(nothing.words())
}

// fieldKey walks the list while the path has the keyboard.
func (s *sheet) fieldKey(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		s.step(name)
		return true
	}
	return false
}

// step moves the cursor; the first Down shows where it is.
func (s *sheet) step(name fyne.KeyName) bool {
	at := s.folder.cursor
	if !s.folder.pointed() {
		at = -1
	}
	to, ok := widget.Stepped(name, at, len(s.folder.shown), s.list.page())
	if ok && len(s.folder.shown) > 0 {
		s.move(to)
	}
	return ok
}

// listKey is the keyboard of the list.
func (s *sheet) listKey(name fyne.KeyName) {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.take(s.folder.cursor)
	case fyne.KeyBackspace:
		s.up()
	case fyne.KeySpace: // a letter, which comes as such
	default:
		if !s.step(name) {
			widget.PassOnKey(name)
		}
	}
}

// letter jumps to the next name that begins with the letters typed.
func (s *sheet) letter(r rune) {
	begins, n := s.ahead.add(r, s.sh.Now()), len(s.folder.shown)
	from := s.folder.cursor
	if len([]rune(begins)) == 1 {
		from++ // the same letter again goes on
	}
	for k := range n {
		i := (from + k) % n
		if strings.HasPrefix(s.folder.at(i).folded, begins) {
			s.move(i)
			return
		}
	}
}

// placeKey is the keyboard of the places.
func (s *sheet) placeKey(name fyne.KeyName) {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if s.placeAt >= 0 && s.placeAt < len(s.goTo) {
			s.enter(s.goTo[s.placeAt].path, "")
		}
		return
	}
	to, ok := widget.Stepped(name, s.placeAt, len(s.goTo), len(s.goTo))
	if !ok {
		widget.PassOnKey(name)
		return
	}
	s.placeAt = to
	s.places.Refresh()
}
