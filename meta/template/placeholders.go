package template

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Placeholder is a {{1}} or {{first_name}} as it stands in a text.
type Placeholder struct {
	Name       string
	Start, End int // byte offsets, braces included
}

// Placeholders finds the placeholders of a text in the order in which they stand. Only what Meta reads as one counts:
// two braces, letters, digits and underscores without spaces, two braces.
func Placeholders(text string) []Placeholder {
	var out []Placeholder
	for i := 0; i+4 < len(text); {
		j := strings.Index(text[i:], "{{")
		if j < 0 {
			break
		}
		i += j
		end := i + 2
		for end < len(text) && isNameByte(text[end]) {
			end++
		}
		if end == i+2 || !strings.HasPrefix(text[end:], "}}") {
			i++
			continue
		}
		out = append(out, Placeholder{text[i+2 : end], i, end + 2})
		i = end + 2
	}
	return out
}

// Names are the placeholders of a text, each once: numbers in numeric order, then names as they first stand.
func Names(text string) []string {
	ps := Placeholders(text)
	if len(ps) == 0 {
		return nil
	}
	names := make([]string, 0, len(ps))
	seen := make(map[string]bool, len(ps))
	for _, p := range ps {
		if !seen[p.Name] {
			seen[p.Name] = true
			names = append(names, p.Name)
		}
	}
	slices.SortStableFunc(names, CompareNames)
	return names
}

// CompareNames orders placeholders: numbers by value, 9 before 10, and before names; two names are equal, so that a
// stable sort keeps them as they stand.
func CompareNames(a, b string) int {
	x, y := number(a), number(b)
	switch {
	case x > 0 && y > 0:
		return cmp.Compare(x, y)
	case x > 0:
		return -1
	case y > 0:
		return 1
	}
	return 0
}

// FormatOf is how a text's placeholders are written: Positional, Named, "" without any; mixed tells that it has both.
func FormatOf(text string) (format ParameterFormat, mixed bool) {
	for _, p := range Placeholders(text) {
		f := Named
		if isDigits(p.Name) {
			f = Positional
		}
		if format != "" && f != format {
			mixed = true
		}
		if format == "" {
			format = f
		}
	}
	return format, mixed
}

// NextNumber is the number that a new positional placeholder gets: one more than the highest.
func NextNumber(text string) int {
	highest := 0
	for _, p := range Placeholders(text) {
		highest = max(highest, number(p.Name))
	}
	return highest + 1
}

// Insert puts a new placeholder at a byte offset and gives its name: the next number, or in a named template var_1,
// var_2 and so on. Blanks are added where it would touch a word or another placeholder. Cursor is the offset behind it.
func Insert(text string, at int, format ParameterFormat) (out, name string, cursor int) {
	at = min(max(at, 0), len(text))
	for at > 0 && at < len(text) && text[at]&0xC0 == 0x80 { // never inside a letter
		at--
	}
	for _, p := range Placeholders(text) {
		if at > p.Start && at < p.End { // nor inside another one
			at = p.End
		}
	}
	name = strconv.Itoa(NextNumber(text))
	if format == Named {
		name = freeName(text)
	}
	piece := "{{" + name + "}}"
	if at > 0 && !strings.ContainsRune(" \n([\"'*_~`/=-", rune(text[at-1])) {
		piece = " " + piece
	}
	cursor = at + len(piece)
	if at < len(text) && (isNameByte(text[at]) || text[at] == '{' || text[at] >= 0x80) {
		piece += " "
	}
	return text[:at] + piece + text[at:], name, cursor
}

// Renames says which placeholder of a text became which.
type Renames map[string]string

// Renumber numbers a text's positional placeholders 1, 2, 3 … in the order in which they stand, and tells what
// became of each; what keeps its number is not in the answer.
func Renumber(text string) (string, Renames) {
	r := Renames{}
	next := 1
	for _, p := range Placeholders(text) {
		if _, seen := r[p.Name]; seen || !isDigits(p.Name) {
			continue
		}
		r[p.Name] = strconv.Itoa(next)
		next++
	}
	return apply(text, r)
}

// CloseGaps lowers the numbers until they run from 1 without gaps and keeps their order: 2, 5, 3 become 1, 3, 2.
func CloseGaps(text string) (string, Renames) {
	r := Renames{}
	numbers := slices.DeleteFunc(Names(text), func(n string) bool { return !isDigits(n) })
	slices.SortStableFunc(numbers, CompareNames)
	for i, n := range numbers {
		r[n] = strconv.Itoa(i + 1)
	}
	return apply(text, r)
}

// Rename gives a placeholder another name wherever it stands.
func Rename(text, from, to string) string {
	out, _ := apply(text, Renames{from: to})
	return out
}

// ToNamed gives each number a name: the one that is given for it, else var_ and its number.
func ToNamed(text string, names map[string]string) (string, Renames) {
	r := Renames{}
	taken := map[string]bool{}
	for _, n := range Names(text) {
		if !isDigits(n) {
			taken[n] = true
		}
	}
	for _, n := range Names(text) {
		if !isDigits(n) {
			continue
		}
		name := NameFrom(names[n])
		if name == "" {
			name = "var_" + n
		}
		for base, i := name, 2; taken[name]; i++ {
			name = base + "_" + strconv.Itoa(i)
		}
		taken[name] = true
		r[n] = name
	}
	return apply(text, r)
}

// ToPositional gives each name a number, in the order in which they stand.
func ToPositional(text string) (string, Renames) {
	r := Renames{}
	next := 1
	for _, p := range Placeholders(text) {
		if _, seen := r[p.Name]; !seen {
			r[p.Name] = strconv.Itoa(next)
			next++
		}
	}
	return apply(text, r)
}

// NameFrom makes a placeholder's name out of any words: "Order › Number" becomes order_number.
func NameFrom(words string) string {
	var b strings.Builder
	gap := false
	for _, c := range strings.ToLower(words) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9' && b.Len() > 0:
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(c)
		default:
			gap = true
		}
	}
	return b.String()
}

// apply renames all placeholders at once, so that a swap works, and drops from r those that keep their name.
func apply(text string, r Renames) (string, Renames) {
	var b strings.Builder
	at := 0
	for _, p := range Placeholders(text) {
		to, ok := r[p.Name]
		if !ok {
			continue
		}
		b.WriteString(text[at:p.Start])
		b.WriteString("{{" + to + "}}")
		at = p.End
	}
	b.WriteString(text[at:])
	for from, to := range r {
		if from == to {
			delete(r, from)
		}
	}
	return b.String(), r
}

func freeName(text string) string {
	names := Names(text)
	for i := 1; ; i++ {
		if n := "var_" + strconv.Itoa(i); !slices.Contains(names, n) {
			return n
		}
	}
}

// number is the value of a positional placeholder, or 0. A leading zero makes it another name.
func number(name string) int {
	n, err := strconv.Atoi(name)
	if err != nil || n < 1 || strconv.Itoa(n) != name {
		return 0
	}
	return n
}

func isDigits(name string) bool {
	for i := range len(name) {
		if name[i] < '0' || name[i] > '9' {
			return false
		}
	}
	return name != ""
}

// isName tells whether a named placeholder is spelt as Meta wants it: ^[a-z][a-z0-9_]*$.
func isName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if (c < 'a' || c > 'z') && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return name != ""
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}
