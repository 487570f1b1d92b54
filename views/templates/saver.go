package templates

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	service "shopbell/app/templates"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// saver keeps what is written, a moment after it was, and at once where somebody leaves. One save runs at a time.
type saver struct {
	e     *editor
	stop  func()
	busy  bool
	again bool     // something was written while a save ran
	then  []func() // what waits until all is kept
	err   error    // why the last save failed; nil when it did not
	asked bool     // a person is deciding between two versions
}

func (s *saver) reset() {
	if s.stop != nil {
		s.stop()
	}
	*s = saver{e: s.e}
}

// soon keeps what is written in a moment.
func (s *saver) soon() {
	if s.stop != nil {
		s.stop()
	}
	s.stop = s.e.v.sh.After(saveAfter, func() {
		s.stop = nil
		s.now()
	})
}

// flush keeps what is written and then goes on; where it cannot be kept, the person is asked first.
func (e *editor) flush(then func()) { e.save.flush(then) }

func (s *saver) flush(then func()) {
	m := s.e.m
	if m == nil || !m.dirty() && !s.busy {
		if then != nil {
			then()
		}
		return
	}
	if then != nil {
		s.then = append(s.then, then)
	}
	s.now()
}

func (s *saver) now() {
	m := s.e.m
	if m == nil || s.asked {
		return
	}
	if s.busy {
		s.again = true
		return
	}
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
	if !m.dirty() {
		s.settled()
		return
	}
	s.busy, s.again = true, false
	m.pause()
	handed, version := m.now, m.version
	s.e.v.sh.Async(s.e.v.sh.Base, func(ctx context.Context) (func(), error) {
		t, err := s.e.v.p.Templates.Save(ctx, s.e.v.who(), handed)
		return func() { s.done(m, handed, version, t) }, err
	}, func(err error) { s.failed(m, err) })
}

func (s *saver) done(m *model, handed app.Template, version int, t app.Template) {
	s.busy, s.err = false, nil
	m.saved(handed, version, t)
	if m != s.e.m {
		return
	}
	if s.again && m.dirty() {
		s.now()
		return
	}
	s.settled()
	s.e.redraw()
}

func (s *saver) settled() {
	then := s.then
	s.then = nil
	for _, f := range then {
		f()
	}
}

func (s *saver) failed(m *model, err error) {
	s.busy, s.err = false, err
	if m != s.e.m {
		s.e.v.sh.Layers.Problem(err)
		return
	}
	var c *service.Collision
	if errors.As(err, &c) {
		s.collided(c.Theirs)
		return
	}
	s.e.head.show(m.now)
	if len(s.then) == 0 {
		s.e.v.sh.Toasts(shell.Toast{Text: lang.X("templates.not_saved", "Not saved: {{.Why}}", map[string]any{"Why": shell.WordsOf(err).Message}), Bad: true, Action: lang.X("button.again", "Try again"), Do: s.now})
		return
	}
	s.e.v.sh.Layers.Ask(lang.X("templates.leave", "Leave without saving?"), shell.WordsOf(err).Message+" "+lang.X("templates.leave_text", "What you wrote since would be lost."), lang.X("form.discard", "Discard"), true, func() {
		s.reset2()
	})
}

// reset2 goes on without what could not be kept.
func (s *saver) reset2() {
	then := s.then
	s.e.m.came(s.e.m.kept)
	s.reset()
	for _, f := range then {
		f()
	}
}

// collided asks what to do with a template that was changed here and, meanwhile, elsewhere.
func (s *saver) collided(theirs app.Template) {
	if s.asked {
		return
	}
	s.asked = true
	e, m := s.e, s.e.m
	var sheet *shell.Sheet
	decided := false
	decide := func(do func()) func() {
		return func() {
			decided = true
			sheet.Close()
			s.asked = false
			if m == e.m {
				do()
			}
		}
	}
	mine := decide(func() {
		m.rebase(theirs)
		e.save.now()
		e.redraw()
	})
	other := decide(func() {
		m.came(theirs)
		e.body.begin()
		e.buttons.begin()
		e.redraw()
		s.settled()
	})
	sheet = e.v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("templates.collided", "Somebody else changed this template"), theme.TypePage, theme.Text),
		shell.Paragraph(lang.X("templates.collided_text", "It was saved elsewhere while you were writing. Choose which version stays; the other one is kept under Versions."), theme.Text2),
		e.v.scrolled(widget.NewDiff(lang.X("templates.theirs_elsewhere", "Saved elsewhere"), plainText(theirs), lang.X("templates.mine", "Yours"), plainText(m.now)), 320),
		layout.Row(theme.Space2, layout.Gap(),
			widget.NewButton(widget.Plain, lang.X("templates.take_elsewhere", "Take the other"), "", other),
			widget.NewButton(widget.Main, lang.X("templates.keep_mine", "Keep mine"), "", mine)),
	), 760, 0, func() {
		if !decided { // closed with Esc: what is written stays, and is asked about again when it is to be kept
			s.asked = false
			s.then = nil
		}
	})
}

func isNotFound(err error) bool { return errors.Is(err, app.ErrNotFound) }
