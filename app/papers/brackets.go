package papers

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// brackets are the pairs that belong together whatever stands between them.
var brackets = []rune("()[]{}（）［］｛｝〈〉《》「」『』【】〔〕⟨⟩")

const (
	leftMark  = '\u200e'
	rightMark = '\u200f'
)

// pairBrackets puts marks of direction around brackets in text of both directions, where the bidirectional algorithm gives both brackets of a
// pair one direction (Unicode: UAX #9, N0). The tables that the shaper reads do not pair them, so that one would stray to the other side.
func pairBrackets(text []rune, rtl bool) []rune {
	around := bidi.L
	if rtl {
		around = bidi.R
	}
	strong, mixed := strongs(text, around)
	if !mixed {
		return text
	}
	marks := map[int]rune{}
	for _, p := range pairs(text) {
		if d := p.direction(strong, around); d == bidi.L {
			marks[p.open], marks[p.close] = leftMark, leftMark
		} else if d == bidi.R {
			marks[p.open], marks[p.close] = rightMark, rightMark
		}
	}
	if len(marks) == 0 {
		return text
	}
	out := make([]rune, 0, len(text)+2*len(marks))
	for i, r := range text {
		if m, ok := marks[i]; ok {
			out = append(out, m, r, m)
		} else {
			out = append(out, r)
		}
	}
	return out
}

// strongs gives each character L, R, or ON for none, numbers as those around them read; mixed tells whether any runs against the paragraph.
func strongs(text []rune, around bidi.Class) (list []bidi.Class, mixed bool) {
	list = make([]bidi.Class, len(text))
	last := around
	for i, r := range text {
		p, _ := bidi.LookupRune(r)
		list[i] = bidi.ON
		switch p.Class() {
		case bidi.L:
			list[i], last = bidi.L, bidi.L
		case bidi.R, bidi.AL:
			list[i], last = bidi.R, bidi.R
		case bidi.AN:
			list[i] = bidi.R
		case bidi.EN:
			list[i] = last
		}
		mixed = mixed || list[i] != bidi.ON && list[i] != around
	}
	return list, mixed
}

type pair struct{ open, close int }

// pairs finds brackets that belong together, in the order they open.
func pairs(text []rune) []pair {
	type opened struct {
		at    int
		wants rune
	}
	var stack []opened
	var out []pair
	for i, r := range text {
		at := slices.Index(brackets, r)
		switch {
		case at < 0:
		case at%2 == 0:
			if len(stack) == 63 { // UAX #9, BD16
				return out
			}
			stack = append(stack, opened{i, brackets[at+1]})
		default:
			for k := len(stack) - 1; k >= 0; k-- {
				if stack[k].wants == r {
					out, stack = append(out, pair{stack[k].at, i}), stack[:k]
					break
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b pair) int { return a.open - b.open })
	return out
}

// direction is that of the paragraph when anything inside has it, else what stands inside if the same stands before, ON when nothing does.
func (p pair) direction(strong []bidi.Class, around bidi.Class) bidi.Class {
	against := bidi.ON
	for _, c := range strong[p.open+1 : p.close] {
		if c == around {
			return around
		}
		if c != bidi.ON {
			against = c
		}
	}
	if against == bidi.ON {
		return bidi.ON
	}
	for i := p.open - 1; i >= 0; i-- {
		if strong[i] != bidi.ON {
			return strong[i]
		}
	}
	return around
}
