package sandbox

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// variable is one place in a text that a message fills.
type variable struct {
	name       string
	start, end int // bytes, braces included
}

// readVariables finds the variables of a text; problem says what is wrong with its braces or names, "" when nothing is. Single
// braces are text when they come in pairs.
func readVariables(text string, isNamed bool) (vars []variable, problem string) {
	single := false // a single brace waits for its partner
	for i := 0; i < len(text); {
		switch {
		case single && (strings.HasPrefix(text[i:], "{{") || text[i] == '{'):
			return nil, "a brace has no partner"
		case strings.HasPrefix(text[i:], "{{"):
			end := strings.Index(text[i+2:], "}}")
			if end < 0 {
				return nil, "a variable's braces are not closed"
			}
			name := text[i+2 : i+2+end]
			if strings.ContainsAny(name, "{}") || strings.HasPrefix(text[i+2+end:], "}}}") {
				return nil, "a variable's braces are nested"
			}
			if p := nameProblem(name, isNamed); p != "" {
				return nil, p
			}
			vars = append(vars, variable{name, i, i + end + 4})
			i += end + 4
		case strings.HasPrefix(text[i:], "}}"):
			return nil, "braces are closed that were not opened"
		case text[i] == '}' && !single:
			return nil, "a brace has no partner"
		case text[i] == '{' || text[i] == '}':
			single = text[i] == '{'
			i++
		default:
			i++
		}
	}
	if single {
		return nil, "a brace has no partner"
	}
	return vars, orderProblem(vars, isNamed)
}

// loneBrace is true for a text with a single brace that has no partner.
func loneBrace(text string) bool {
	_, problem := readVariables(text, false)
	return problem != "" && !strings.Contains(text, "{{") && !strings.Contains(text, "}}")
}

// nameProblem judges what stands between the braces.
func nameProblem(name string, isNamed bool) string {
	if name == "" {
		return "a variable has no name"
	}
	number := true
	for i := range len(name) {
		c := name[i]
		number = number && c >= '0' && c <= '9'
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == '_') {
			return fmt.Sprintf("the variable {{%s}} has characters that it may not have", clip(name, 40))
		}
	}
	switch {
	case isNamed && (name[0] < 'a' || name[0] > 'z'):
		return fmt.Sprintf("the variable {{%s}} must begin with a small letter", clip(name, 40))
	case !isNamed && !number:
		return fmt.Sprintf("the variable {{%s}} must be a number", clip(name, 40))
	case !isNamed && (name[0] == '0' || len(name) > 4):
		return fmt.Sprintf("the variable {{%s}} must be numbered from 1", clip(name, 40))
	}
	return ""
}

// orderProblem wants numbers from 1 without gaps, and names once each.
func orderProblem(vars []variable, isNamed bool) string {
	seen := map[string]bool{}
	for _, v := range vars {
		if isNamed && seen[v.name] {
			return fmt.Sprintf("the variable {{%s}} stands there twice", v.name)
		}
		seen[v.name] = true
	}
	for n := 1; !isNamed && n <= len(seen); n++ {
		if !seen[strconv.Itoa(n)] {
			return fmt.Sprintf("the variable {{%d}} is missing: they are numbered from 1 without gaps", n)
		}
	}
	return ""
}

// distinct are the variables' names, each once, in the order of the text.
func distinct(vars []variable) []string {
	var out []string
	for _, v := range vars {
		if !contains(out, v.name) {
			out = append(out, v.name)
		}
	}
	return out
}

// checkBody holds what is true of every running text: bodies and the bodies of cards.
func (d *draft) checkBody(text, what string, most int) ([]variable, *graphErr) {
	vars, problem := readVariables(text, d.named)
	switch {
	case runes(text) > most:
		return nil, tooLong(what, most)
	case problem != "":
		return nil, badBody("body_variables", "In the %s %s.", what, problem)
	case strings.Contains(strings.ReplaceAll(text, "\r", ""), "\n\n\n"):
		return nil, badBody("body_newlines", "The %s has more than two line breaks in a row.", what)
	case len(vars) == 0:
		return nil, nil
	case strings.TrimSpace(text[:vars[0].start]) == "" || strings.TrimSpace(text[vars[len(vars)-1].end:]) == "":
		return nil, refused("variable_at_edge", 2388299, "Variables can't be at the start or end of the template",
			"The %s begins or ends with a variable. Put words around it.", what)
	}
	var words wordCount
	words.add(text[:vars[0].start])
	for i, v := range vars {
		upto := len(text)
		if i+1 < len(vars) {
			upto = vars[i+1].start
			if strings.TrimSpace(text[v.end:upto]) == "" {
				return nil, refused("variables_adjacent", 2388299, "Variables can't stand next to each other",
					"In the %s two variables have no words between them.", what)
			}
		}
		words.add(text[v.end:upto])
	}
	if n := len(distinct(vars)); words.total() < 2*n+1 {
		return nil, refused("too_many_variables", 2388293, "Template has too many variables for its length",
			"The %s has %d variables and %d other words. Use fewer variables or more words.", what, n, words.total())
	}
	return vars, nil
}

// wordCount counts what people would call words. Scripts that are written without spaces count half a word by the letter.
type wordCount struct{ spaced, solid int }

func (w *wordCount) total() int { return w.spaced + (w.solid+1)/2 }

func (w *wordCount) add(s string) {
	inside := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			inside = false
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			w.solid++
			inside = false
		case !inside && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			w.spaced++
			inside = true
		}
	}
}

var pairedMarks = regexp.MustCompile("(^|[^\\pL\\pN])_[^\\s_]([^_\n]*[^\\s_])?_([^\\pL\\pN]|$)|(^|[^\\pL\\pN])~[^\\s~]([^~\n]*[^\\s~])?~([^\\pL\\pN]|$)|`[^`\n]+`")

// blank is true for a text of which nothing is seen: spaces, controls, and what has no width.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) && r != 0x115f && r != 0x1160 && r != 0x3164 && r != 0xffa0
	})
}

// decorated finds what headers and labels may not have: line breaks, emoji and formatting marks.
func decorated(s string) string {
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			return "line breaks"
		case isEmoji(r):
			return "emoji"
		case r == '*':
			return "formatting marks"
		}
	}
	if pairedMarks.MatchString(s) {
		return "formatting marks"
	}
	return ""
}

// isEmoji is true for pictures, and for what turns a sign into one.
func isEmoji(r rune) bool {
	switch {
	case r == 0xfe0f, r == 0x20e3, r >= 0x2600 && r <= 0x27bf, r >= 0x2b05 && r <= 0x2b55, r == 0x231a, r == 0x231b, r >= 0x23e9 && r <= 0x23fa:
		return true
	}
	return r >= 0x1f000 && r <= 0x1faff
}

// without replaces the variables of a text by a letter.
func without(text string, vars []variable) string {
	var b strings.Builder
	from := 0
	for _, v := range vars {
		b.WriteString(text[from:v.start] + "x")
		from = v.end
	}
	return b.String() + text[from:]
}

// checkSamples wants one sample for each variable. list is the key for numbered ones, named the one for names; nested says that
// the list stands in a list.
func (d *draft) checkSamples(component string, o map[string]any, vars []variable, list, named string, nested bool) *graphErr {
	names := distinct(vars)
	ex := asObject(o["example"])
	if len(names) == 0 {
		return spareSamples(component, ex, list, named)
	}
	if ex == nil {
		return lacking("example_missing", component, "example")
	}
	if d.named {
		return namedSamples(component, asList(ex[named]), names, named)
	}
	vals, ok := ex[list].([]any)
	if nested && ok {
		if len(vals) != 1 {
			return badExample(component, "example.%s must hold one list of samples", list)
		}
		vals, ok = vals[0].([]any)
	}
	switch {
	case !ok:
		return lacking("example_missing", component, "example."+list)
	case len(vals) != len(names):
		return badExample(component, "%d variables need as many samples, there are %d", len(names), len(vals))
	}
	for _, v := range vals {
		if s, isText := v.(string); !isText || strings.TrimSpace(s) == "" {
			return badExample(component, "a sample is empty or no text")
		}
	}
	return nil
}

// spareSamples refuses samples where no variable is.
func spareSamples(component string, ex map[string]any, list, named string) *graphErr {
	n := len(asList(ex[named]))
	for _, v := range asList(ex[list]) {
		if row, isRow := v.([]any); isRow {
			n += len(row)
		} else {
			n++
		}
	}
	if n > 0 {
		return badExample(component, "0 variables need no samples, there are %d", n)
	}
	return nil
}

func namedSamples(component string, items []any, names []string, key string) *graphErr {
	if items == nil {
		return lacking("example_missing", component, "example."+key)
	}
	seen := map[string]bool{}
	for _, v := range items {
		o := asObject(v)
		name, isName := o["param_name"].(string)
		val, isText := o["example"].(string)
		switch {
		case !isName || !contains(names, name):
			return badExample(component, "example.%s has a sample for {{%s}}, which is no variable of the text", key, clip(name, 40))
		case seen[name]:
			return badExample(component, "example.%s has two samples for {{%s}}", key, clip(name, 40))
		case !isText || strings.TrimSpace(val) == "":
			return badExample(component, "the sample for {{%s}} is empty or no text", clip(name, 40))
		}
		seen[name] = true
	}
	if len(seen) != len(names) {
		return badExample(component, "%d variables need as many samples, there are %d", len(names), len(seen))
	}
	return nil
}
