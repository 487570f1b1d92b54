package widget

import (
	"strings"
	"unicode"
)

// change is a stretch of one of two texts: in both, or only in this one.
type change struct {
	text string
	only bool
}

// maxDiffTokens bounds the comparison; longer texts are compared by what they begin and end with alike.
const maxDiffTokens = 4000

// difference compares two texts word for word and gives each as stretches that are in both or only in it.
func difference(before, after string) (left, right []change) {
	a, b := tokens(before), tokens(after)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	left, right = add(left, a[:head], false), add(right, b[:head], false)
	ma, mb := a[head:len(a)-tail], b[head:len(b)-tail]
	if len(ma) > maxDiffTokens || len(mb) > maxDiffTokens {
		left, right = add(left, ma, true), add(right, mb, true)
	} else {
		keepA, keepB := common(ma, mb)
		for i, t := range ma {
			left = add(left, []string{t}, !keepA[i])
		}
		for i, t := range mb {
			right = add(right, []string{t}, !keepB[i])
		}
	}
	return bridge(add(left, a[len(a)-tail:], false)), bridge(add(right, b[len(b)-tail:], false))
}

// tokens splits a text into words, spaces, line breaks and single signs. Placeholders stay whole.
func tokens(s string) []string {
	var out []string
	for s != "" {
		n := 0
		switch {
		case strings.HasPrefix(s, "{{") && strings.Contains(s, "}}"):
			n = strings.Index(s, "}}") + 2
		case s[0] == '\n':
			n = 1
		default:
			kind := -1
			for i, r := range s {
				k := tokenKind(r)
				if kind >= 0 && (k != kind || k == 2) {
					n = i
					break
				}
				kind, n = k, len(s)
			}
		}
		out = append(out, s[:n])
		s = s[n:]
	}
	return out
}

func tokenKind(r rune) int {
	switch {
	case r == '\n' || r == '{':
		return 2
	case unicode.IsSpace(r):
		return 0
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
		return 1
	}
	return 2
}

// common marks the words of a longest common sequence: Myers' greedy walk, kept round by round so that the way back
// is known.
func common(a, b []string) (keepA, keepB []bool) {
	keepA, keepB = make([]bool, len(a)), make([]bool, len(b))
	n, m := len(a), len(b)
	v := map[int]int{1: 0}
	var rounds []map[int]int
	for d := 0; d <= n+m; d++ {
		snapshot := make(map[int]int, 2*d+3)
		for k := -d - 1; k <= d+1; k++ {
			if x, ok := v[k]; ok {
				snapshot[k] = x
			}
		}
		rounds = append(rounds, snapshot)
		for k := -d; k <= d; k += 2 {
			x := v[k-1] + 1
			if k == -d || k != d && v[k-1] < v[k+1] {
				x = v[k+1]
			}
			y := x - k
			for x < n && y < m && a[x] == b[y] {
				x, y = x+1, y+1
			}
			v[k] = x
			if x >= n && y >= m {
				walkBack(rounds, n, m, func(i, j int) { keepA[i], keepB[j] = true, true })
				return keepA, keepB
			}
		}
		if d > 1200 { // so different that the common words would only confuse
			return keepA, keepB
		}
	}
	return keepA, keepB
}

func walkBack(rounds []map[int]int, x, y int, both func(i, j int)) {
	for d := len(rounds) - 1; d >= 0; d-- {
		v, k := rounds[d], x-y
		prev := k - 1
		if k == -d || k != d && v[k-1] < v[k+1] {
			prev = k + 1
		}
		px := v[prev]
		py := px - prev
		for x > px && y > py && x > 0 && y > 0 {
			x, y = x-1, y-1
			both(x, y)
		}
		if d > 0 {
			x, y = px, py
		}
	}
}

func add(to []change, words []string, only bool) []change {
	for _, w := range words {
		if n := len(to); n > 0 && to[n-1].only == only {
			to[n-1].text += w
			continue
		}
		to = append(to, change{w, only})
	}
	return to
}

// bridge marks the single spaces between changed words too, so that they read as one change.
func bridge(in []change) []change {
	var out []change
	for i, c := range in {
		if !c.only && c.text == " " && i > 0 && i < len(in)-1 {
			c.only = true
		}
		out = add(out, []string{c.text}, c.only)
	}
	return out
}
