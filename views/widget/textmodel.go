package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// textModel is a text that is being written: cursor, selection and history. Offsets are bytes and stand between
// grapheme clusters. It draws nothing.
type textModel struct {
	text           string
	cursor, anchor int // the selection lies between them
	undos, redos   []textEdit
	joining        bool // the next edit may join the last one
}

// editKind is how a text was changed; letters typed one after the other are undone together.
type editKind int

const (
	editOther editKind = iota
	editType
	editErase  // backwards
	editDelete // forwards
)

// textEdit is one step of the history.
type textEdit struct {
	at                int
	removed, inserted string
	cursor, anchor    int // before
	kind              editKind
}

// maxEdits is how many steps can be taken back.
const maxEdits = 500

func (m *textModel) selection() (from, to int) {
	return min(m.cursor, m.anchor), max(m.cursor, m.anchor)
}

func (m *textModel) selected() string {
	from, to := m.selection()
	return m.text[from:to]
}

// set replaces everything and forgets the history.
func (m *textModel) set(text string) {
	*m = textModel{text: text, cursor: len(text), anchor: len(text)}
}

// replace puts s in the place of what lies between two offsets, and the cursor behind it.
func (m *textModel) replace(from, to int, s string, kind editKind) {
	if from == to && s == "" {
		return
	}
	e := textEdit{from, strings.Clone(m.text[from:to]), s, m.cursor, m.anchor, kind}
	m.text = m.text[:from] + s + m.text[to:]
	m.cursor, m.anchor = from+len(s), from+len(s)
	m.redos = nil
	if n := len(m.undos); n > 0 && m.joining && m.undos[n-1].join(e) {
		return
	}
	m.undos = append(m.undos, e)
	if len(m.undos) > maxEdits {
		m.undos = m.undos[1:]
	}
	m.joining = kind != editOther
}

// join adds an edit to the one before, when both belong to one word.
func (e *textEdit) join(next textEdit) bool {
	if e.kind != next.kind {
		return false
	}
	switch e.kind {
	case editType:
		if next.removed != "" || next.at != e.at+len(e.inserted) || next.inserted == "\n" || e.inserted == "\n" {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(e.inserted)
		first, _ := utf8.DecodeRuneInString(next.inserted)
		if unicode.IsSpace(last) && !unicode.IsSpace(first) {
			return false // a new word
		}
		e.inserted += next.inserted
	case editErase:
		if next.at+len(next.removed) != e.at || e.inserted != "" {
			return false
		}
		e.at, e.removed = next.at, next.removed+e.removed
	case editDelete:
		if next.at != e.at || e.inserted != "" {
			return false
		}
		e.removed += next.removed
	default:
		return false
	}
	return true
}

func (m *textModel) undo() bool {
	n := len(m.undos)
	if n == 0 {
		return false
	}
	e := m.undos[n-1]
	m.undos, m.joining = m.undos[:n-1], false
	m.text = m.text[:e.at] + e.removed + m.text[e.at+len(e.inserted):]
	m.cursor, m.anchor = e.cursor, e.anchor
	m.redos = append(m.redos, e)
	return true
}

func (m *textModel) redo() bool {
	n := len(m.redos)
	if n == 0 {
		return false
	}
	e := m.redos[n-1]
	m.redos, m.joining = m.redos[:n-1], false
	m.text = m.text[:e.at] + e.inserted + m.text[e.at+len(e.removed):]
	m.cursor = e.at + len(e.inserted)
	m.anchor = m.cursor
	m.undos = append(m.undos, e)
	return true
}

// moveTo puts the cursor somewhere; keep leaves the other end of the selection where it is.
func (m *textModel) moveTo(at int, keep bool) {
	m.cursor, m.joining = max(0, min(at, len(m.text))), false
	if !keep {
		m.anchor = m.cursor
	}
}

// insert types s in the place of the selection.
func (m *textModel) insert(s string, kind editKind) {
	from, to := m.selection()
	if from != to {
		kind = editOther
	}
	m.replace(from, to, s, kind)
}

// erase removes the selection, or what lies between the cursor and another offset.
func (m *textModel) erase(to int, kind editKind) {
	from, end := m.selection()
	if from != end {
		m.replace(from, end, "", editOther)
		return
	}
	m.replace(min(m.cursor, to), max(m.cursor, to), "", kind)
}

// next is the offset behind the grapheme cluster at i.
func (m *textModel) next(i int) int {
	if i >= len(m.text) {
		return len(m.text)
	}
	c, _, _, _ := uniseg.FirstGraphemeClusterInString(m.text[i:], -1)
	return i + len(c)
}

// prev is the offset before the grapheme cluster that ends at i.
func (m *textModel) prev(i int) int {
	if i <= 0 {
		return 0
	}
	// Clusters do not reach across blanks, so the search may begin at the last one; a very long word is entered
	// somewhere in its middle.
	from := strings.LastIndexAny(m.text[:i-1], " \n") + 1
	if i-from > 400 {
		from = i - 400
		for !utf8.RuneStart(m.text[from]) {
			from++
		}
	}
	for {
		to := m.next(from)
		if to >= i {
			return from
		}
		from = to
	}
}

// nextWord is where the word behind i ends.
func (m *textModel) nextWord(i int) int {
	at := i
	for at < len(m.text) && isBlank(m.text[at]) {
		at++
	}
	if at > i && at < len(m.text) && m.text[at-1] == '\n' {
		return at
	}
	kind := -1
	for _, r := range m.text[at:] {
		k := tokenKind(r)
		if kind >= 0 && k != kind || k == 0 {
			break
		}
		kind = k
		at += utf8.RuneLen(r)
	}
	return min(at, len(m.text))
}

// prevWord is where the word before i begins.
func (m *textModel) prevWord(i int) int {
	for i > 0 && isBlank(m.text[i-1]) {
		i--
	}
	kind := -1
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(m.text[:i])
		k := tokenKind(r)
		if kind >= 0 && k != kind || k == 0 {
			break
		}
		kind = k
		i -= n
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

// wordAt is the word that i lies in, or touches.
func (m *textModel) wordAt(i int) (from, to int) {
	from, to = i, i
	for from > 0 {
		r, n := utf8.DecodeLastRuneInString(m.text[:from])
		if tokenKind(r) != 1 {
			break
		}
		from -= n
	}
	for to < len(m.text) {
		r, n := utf8.DecodeRuneInString(m.text[to:])
		if tokenKind(r) != 1 {
			break
		}
		to += n
	}
	return from, to
}

// toggle puts a formatting mark around the selection, or takes it away where it is there already. Marks end with
// their line, so each line of the selection has its own.
func (m *textModel) toggle(mark string) {
	from, to := m.selection()
	n := len(mark)
	for from < to && isBlank(m.text[from]) {
		from++
	}
	for from < to && isBlank(m.text[to-1]) {
		to--
	}
	if m.cursor == m.anchor {
		if a, b := m.wordAt(from); a < b {
			from, to = a, b
		}
	}
	around := from >= n && m.text[from-n:from] == mark && strings.HasPrefix(m.text[to:], mark)
	inner := m.text[from:to]
	switch {
	case around:
		m.replace(from-n, to+n, inner, editOther)
		m.anchor, m.cursor = from-n, to-n
	case len(inner) > 2*n && strings.HasPrefix(inner, mark) && strings.HasSuffix(inner, mark) && !strings.Contains(inner, "\n"):
		m.replace(from, to, inner[n:len(inner)-n], editOther)
		m.anchor, m.cursor = from, to-2*n
	case inner == "":
		m.replace(from, to, mark+mark, editOther)
		m.cursor, m.anchor = from+n, from+n
	case strings.Contains(inner, "\n"):
		lines := strings.Split(inner, "\n")
		on := allMarked(lines, mark)
		for i, l := range lines {
			switch {
			case strings.TrimSpace(l) == "":
			case on:
				lines[i] = l[n : len(l)-n]
			default:
				lines[i] = mark + l + mark
			}
		}
		out := strings.Join(lines, "\n")
		m.replace(from, to, out, editOther)
		m.anchor, m.cursor = from, from+len(out)
	default:
		m.replace(from, to, mark+inner+mark, editOther)
		m.anchor, m.cursor = from+n, to+n
	}
}

func allMarked(lines []string, mark string) bool {
	for _, l := range lines {
		if strings.TrimSpace(l) != "" && !(len(l) > 2*len(mark) && strings.HasPrefix(l, mark) && strings.HasSuffix(l, mark)) {
			return false
		}
	}
	return true
}
