package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// The marks of WhatsApp by the key that sets them with Ctrl (Command on a Mac).
var markKeys = map[fyne.KeyName]string{fyne.KeyB: "*", fyne.KeyI: "_"}

// With Shift as well.
var markShiftKeys = map[fyne.KeyName]string{fyne.KeyX: "~", fyne.KeyM: "```"}

// KeyDown keeps account of the keys that are held, and sets marks. Marks are set here and not by shortcut since the
// window's menu has Ctrl+I for the Inbox, and takes shortcuts before the text does.
func (p *areaPage) KeyDown(ev *fyne.KeyEvent) {
	switch ev.Name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		p.shift = true
	case desktop.KeyControlLeft, desktop.KeyControlRight, desktop.KeySuperLeft, desktop.KeySuperRight:
		p.ctrl = true
	default:
		if mark := p.markOf(ev.Name); p.ctrl && mark != "" {
			p.area.toggle(mark)
		}
	}
}

func (p *areaPage) markOf(name fyne.KeyName) string {
	if p.shift {
		return markShiftKeys[name]
	}
	return markKeys[name]
}

// KeyUp is for Fyne.
func (p *areaPage) KeyUp(ev *fyne.KeyEvent) {
	switch ev.Name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		p.shift = false
	case desktop.KeyControlLeft, desktop.KeyControlRight, desktop.KeySuperLeft, desktop.KeySuperRight:
		p.ctrl = false
	}
}

// TypedRune writes a letter.
func (p *areaPage) TypedRune(r rune) {
	p.keepX = false
	p.area.insert(string(r), editType)
}

// TypedKey moves the cursor, breaks lines and erases.
func (p *areaPage) TypedKey(ev *fyne.KeyEvent) {
	a, m := p.area, &p.area.model
	keepX := p.keepX
	p.keepX = false
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		a.insert("\n", editType)
	case fyne.KeyBackspace:
		a.erase(m.prev(m.cursor), editErase)
	case fyne.KeyDelete:
		a.erase(m.next(m.cursor), editDelete)
	case fyne.KeyLeft:
		p.aside(-1)
	case fyne.KeyRight:
		p.aside(1)
	case fyne.KeyUp:
		p.updown(-1, keepX)
	case fyne.KeyDown:
		p.updown(1, keepX)
	case fyne.KeyPageUp:
		p.updown(-p.pageRows(), keepX)
	case fyne.KeyPageDown:
		p.updown(p.pageRows(), keepX)
	case fyne.KeyHome:
		a.move(a.lines()[a.lineOf(m.cursor)].start, p.shift)
	case fyne.KeyEnd:
		a.move(p.lineEnd(), p.shift)
	default:
		passOnKey(ev.Name)
	}
}

func (p *areaPage) pageRows() int { return max(1, int(p.area.scroll.Size().Height/areaPitch)-1) }

// lineEnd is where End goes: behind the last letter of the line.
func (p *areaPage) lineEnd() int {
	l := p.area.lines()[p.area.lineOf(p.area.model.cursor)]
	if l.last {
		return l.end
	}
	return max(l.start, min(l.shown, p.area.model.prev(l.end)))
}

// aside moves by one letter as it is seen: in a line that runs to the left, Left goes on.
func (p *areaPage) aside(dir int) {
	a, m := p.area, &p.area.model
	rtl := a.lines()[a.lineOf(m.cursor)].para.rtl
	if from, to := m.selection(); from != to && !p.shift {
		if dir < 0 != rtl {
			a.move(from, false)
		} else {
			a.move(to, false)
		}
		return
	}
	if dir < 0 != rtl {
		a.move(m.prev(m.cursor), p.shift)
	} else {
		a.move(m.next(m.cursor), p.shift)
	}
}

// updown moves by lines and stays below where it began.
func (p *areaPage) updown(by int, keepX bool) {
	a, m := p.area, &p.area.model
	line, x := a.spot(m.cursor)
	if keepX {
		x = p.wantX
	}
	to := line + by
	switch n := len(a.lines()); {
	case to < 0 && line == 0:
		a.move(0, p.shift)
	case to >= n && line == n-1:
		a.move(len(m.text), p.shift)
	default:
		a.move(a.offset(max(0, min(to, n-1)), x), p.shift)
	}
	p.wantX, p.keepX = x, true
}

// TypedShortcut knows the clipboard, the history and steps by words.
func (p *areaPage) TypedShortcut(s fyne.Shortcut) {
	a, m := p.area, &p.area.model
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		a.undo()
	case *fyne.ShortcutRedo:
		a.redo()
	case *fyne.ShortcutSelectAll:
		m.moveTo(0, false)
		m.moveTo(len(m.text), true)
		p.draw()
		callIf(a.onMoved)
	case *fyne.ShortcutCopy:
		if t := m.selected(); t != "" {
			s.Clipboard.SetContent(t)
		}
	case *fyne.ShortcutCut:
		if t := m.selected(); t != "" && !a.readOnly {
			s.Clipboard.SetContent(t)
			a.erase(m.cursor, editOther)
		}
	case *fyne.ShortcutPaste:
		if t := s.Clipboard.Content(); t != "" {
			a.insert(strings.TrimSuffix(t, "\x00"), editOther)
		}
	case *desktop.CustomShortcut:
		if !p.custom(s) {
			passOn(s)
		}
	default:
		passOn(s)
	}
}

// custom does what Fyne has no name for, and tells whether it was that.
func (p *areaPage) custom(s *desktop.CustomShortcut) bool {
	a, m := p.area, &p.area.model
	shift := s.Modifier&fyne.KeyModifierShift != 0
	switch s.Modifier &^ fyne.KeyModifierShift {
	case fyne.KeyModifierControl, fyne.KeyModifierSuper, fyne.KeyModifierAlt:
	default:
		return false
	}
	if s.Modifier&fyne.KeyModifierAlt != 0 && s.KeyName != fyne.KeyLeft && s.KeyName != fyne.KeyRight && s.KeyName != fyne.KeyBackspace {
		return false
	}
	rtl := a.lines()[a.lineOf(m.cursor)].para.rtl
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight:
		if (s.KeyName == fyne.KeyLeft) != rtl {
			a.move(m.prevWord(m.cursor), shift)
		} else {
			a.move(m.nextWord(m.cursor), shift)
		}
	case fyne.KeyBackspace:
		a.erase(m.prevWord(m.cursor), editOther)
	case fyne.KeyDelete:
		a.erase(m.nextWord(m.cursor), editOther)
	case fyne.KeyHome:
		a.move(0, shift)
	case fyne.KeyEnd:
		a.move(len(m.text), shift)
	case fyne.KeyZ:
		if !shift {
			return false
		}
		a.redo()
	default:
		if shift {
			return markShiftKeys[s.KeyName] != ""
		}
		return markKeys[s.KeyName] != "" // KeyDown did it
	}
	return true
}
