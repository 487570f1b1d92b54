package widget

import (
	"slices"
	"strings"
	"unicode"
)

// Fyne lays every line out from left to right, and puts what comes from another font, such as a full stop behind
// Arabic, behind it on the right. So lines that run to the left are put in order here.

// rightToLeft tells whether the first letter with a direction runs from right to left.
func rightToLeft(s string) bool {
	for _, r := range s {
		switch direction(r) {
		case dirLeft:
			return true
		case dirRight:
			return false
		}
	}
	return false
}

type dir int8

const (
	dirNone  dir = iota // spaces, digits, punctuation
	dirRight            // runs to the right: Latin and most others
	dirLeft             // runs to the left: Arabic, Hebrew and their kin
)

func direction(r rune) dir {
	switch {
	case r < 0x590:
		if unicode.IsLetter(r) {
			return dirRight
		}
		return dirNone
	case // signs that only Arabic or only Hebrew has are drawn with its letters
		r == 0x200F || r == 0x061C || r == 0x060C || r == 0x061B || r == 0x061F || r == 0x06D4,
		r == 0x05BE || r == 0x05C0 || r == 0x05C3 || r == 0x05F3 || r == 0x05F4:
		return dirLeft
	case r <= 0x8FF, r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC, r >= 0x10800 && r <= 0x10FFF, r >= 0x1E800 && r <= 0x1EFFF:
		if unicode.IsLetter(r) {
			return dirLeft
		}
		return dirNone
	case unicode.IsLetter(r):
		return dirRight
	}
	return dirNone
}

// piece is a stretch of a right-to-left line that is drawn as it is.
type piece struct {
	text string
	dir  dir
}

// byDirection splits a right-to-left line into words that run to the left, stretches that run to the right (with
// the spaces and signs inside them), and what stands between; in reading order. Brackets between are turned round.
func byDirection(s string) []piece {
	var out []piece
	for _, r := range s {
		d := direction(r)
		if unicode.IsDigit(r) {
			d = dirRight
		}
		n := len(out)
		switch {
		case n > 0 && unicode.In(r, unicode.M, unicode.Cf): // marks stay with their letter
		case n > 0 && out[n-1].dir == d && (d != dirNone || isSpace(out[n-1].text) == unicode.IsSpace(r)):
		default:
			out = append(out, piece{dir: d})
			n++
		}
		out[n-1].text += string(r)
	}
	out = joinBetween(out, dirRight)
	for i, p := range out {
		if p.dir == dirNone {
			out[i].text = backwards(turned.Replace(p.text))
		}
	}
	return out
}

// joinBetween makes one piece of two of a direction and what stands between them.
func joinBetween(in []piece, d dir) []piece {
	var out []piece
	for i := range in {
		n := len(out)
		if in[i].dir == d && n > 1 && out[n-2].dir == d && out[n-1].dir == dirNone {
			out[n-2].text += out[n-1].text + in[i].text
			out = out[:n-1]
			continue
		}
		if in[i].dir == dirNone && n > 0 && out[n-1].dir == dirNone && n > 1 && out[n-2].dir == d {
			out[n-1].text += in[i].text // a sign and a space: still between
			continue
		}
		out = append(out, in[i])
	}
	return out
}

// backwards turns signs round that stand between words: what comes first is the rightmost.
func backwards(s string) string {
	if len(s) < 2 {
		return s
	}
	var b strings.Builder
	ends := append([]int{0}, clusterEnds(s)...)
	for i := len(ends) - 1; i > 0; i-- {
		b.WriteString(s[ends[i-1]:ends[i]])
	}
	return b.String()
}

func isSpace(s string) bool { return strings.TrimSpace(s) == "" }

// leftToRight is Unicode's mark of that name; nothing is drawn of it.
const leftToRight = "\u200E"

var turned = strings.NewReplacer("(", ")", ")", "(", "[", "]", "]", "[", "{", "}", "}", "{", "<", ">", ">", "<", "«", "»", "»", "«")

const brackets = "()[]{}<>«»"

// drawn is a line of a row in the order in which Fyne has to be given it. Only lines that begin with a
// right-to-left letter are changed.
func drawn(line string) string {
	if !rightToLeft(line) {
		return line
	}
	// Words and the spaces between them stay together: that much Fyne turns round by itself.
	var groups []piece
	for _, p := range byDirection(line) {
		n := len(groups)
		if n > 1 && p.dir == dirLeft && isSpace(groups[n-1].text) && groups[n-2].dir == dirLeft {
			groups[n-2].text += groups[n-1].text + p.text
			groups = groups[:n-1]
			continue
		}
		groups = append(groups, p)
	}
	slices.Reverse(groups)
	var b strings.Builder
	for _, g := range groups {
		if g.dir == dirNone && (isSpace(g.text) || strings.ContainsAny(g.text, brackets)) {
			// Else a space goes with the word before it to that word's other side, and brackets are turned round twice.
			g.text = leftToRight + g.text + leftToRight
		}
		b.WriteString(g.text)
	}
	return b.String()
}
