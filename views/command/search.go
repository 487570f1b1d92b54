package command

import (
	"strings"

	"github.com/sahilm/fuzzy"
)

// MostFound is how many lines the palette shows.
const MostFound = 25

// Entry is one line of the palette: a command, or something to go to.
type Entry struct {
	Title string
	Hint  string // beside the title: the key, or what it is
	Icon  string
	Run   func()
}

// Match is an entry that fits what was typed.
type Match struct {
	Entry
	At []int // the bytes of Title that were matched; nil when nothing was typed
}

// Entries gives the commands that can be run now, as lines of the palette.
func (t *Table) Entries() []Entry {
	var out []Entry
	for _, c := range t.commands {
		if !c.NoSearch && c.Usable() {
			out = append(out, Entry{Title: c.Title, Hint: c.Key.String(), Run: func() { t.Run(c.ID) }})
		}
	}
	return out
}

// Find gives the entries whose titles have the typed letters in that order, best first; all when nothing was typed.
func Find(query string, entries []Entry) []Match {
	query = strings.TrimSpace(query)
	var out []Match
	if query == "" {
		for _, e := range entries[:min(len(entries), MostFound)] {
			out = append(out, Match{Entry: e})
		}
		return out
	}
	for _, m := range fuzzy.FindFrom(query, titles(entries)) {
		if len(out) == MostFound {
			break
		}
		out = append(out, Match{Entry: entries[m.Index], At: m.MatchedIndexes})
	}
	return out
}

type titles []Entry

func (t titles) String(i int) string { return t[i].Title }
func (t titles) Len() int            { return len(t) }
