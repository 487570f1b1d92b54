package template

import (
	"fmt"
	"strings"
)

// Phrase is what the lint says: a sentence in English, and apart from it what it speaks of, so that a window can say
// the same in another language.
type Phrase struct {
	Key     string         // stable; in a list of translations it stands behind "lint."
	English string         // {{.Name}} stands for the argument of that name
	Args    map[string]any // numbers, texts, or Phrases
}

// say makes a phrase. Its arguments follow as name and value.
func say(key, english string, args ...any) Phrase {
	p := Phrase{Key: key, English: english}
	if len(args) > 0 {
		p.Args = make(map[string]any, len(args)/2)
	}
	for i := 0; i+1 < len(args); i += 2 {
		p.Args[args[i].(string)] = args[i+1]
	}
	return p
}

// String is the phrase in English. What an argument says is not read again, so that {{1}} may stand in one.
func (p Phrase) String() string {
	if len(p.Args) == 0 {
		return p.English
	}
	var b strings.Builder
	rest := p.English
	for {
		before, after, found := strings.Cut(rest, "{{.")
		b.WriteString(before)
		name, behind, closed := strings.Cut(after, "}}")
		if !found || !closed {
			return b.String()
		}
		fmt.Fprint(&b, p.Args[name])
		rest = behind
	}
}

// What several rules say.
var (
	removeIt      = say("mend.remove", "Remove it")
	removeThem    = say("mend.remove_them", "Remove them")
	removeEmoji   = say("mend.remove_emoji", "Remove emoji")
	removeHeader  = say("mend.remove_header", "Remove the header")
	oneLineMend   = say("mend.one_line", "Put it on one line")
	makeItFirst   = say("mend.make_first", "Make it {{.Placeholder}}", "Placeholder", "{{1}}")
	makeMarketing = say("mend.marketing", "Make the category marketing")
)

func use(text string) Phrase { return say("mend.use", "Use “{{.Text}}”", "Text", shorten(text)) }

func cutTo(n int) Phrase { return say("mend.cut", "Cut to {{.Most}}", "Most", n) }

func tooLong(n, most int) Phrase {
	return say("length", "has {{.Count}} characters; Meta takes {{.Most}}", "Count", n, "Most", most)
}

// braced is how a placeholder is written.
func braced(name string) string { return "{{" + shorten(name) + "}}" }
