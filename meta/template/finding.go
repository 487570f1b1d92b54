package template

import "cmp"

// Level says what a finding means.
type Level int

const (
	// Advice is what may get a template rejected, recategorised or badly shown.
	Advice Level = iota + 1
	// Refused is what Meta does not take.
	Refused
)

// String is the level in one word.
func (l Level) String() string {
	if l == Refused {
		return "refused"
	}
	return "advice"
}

// Place is where a finding is. Start and End are byte offsets into the text of Field; both 0 mean all of it.
type Place struct {
	Part         Part
	Card, Button int    // counted from 0; -1 where there is none
	Field        string // text, url, phone_number, example, format, file, name, language, category, ttl …
	Start, End   int
}

// Finding is one thing that is wrong with a template or could be better.
type Finding struct {
	Code    string // which rule: "body.length"; stable, one of Rules
	Level   Level
	Where   Place
	Says    Phrase // one or two sentences, with the numbers
	Message string // the same in English
	Source  string // whose rule it is
	Subcode int    // Meta's error subcode beside code 100, where it is known; else 0
	Mends   []Mend // what one click can do about it, the best first
}

// Mend is a repair. Apply leaves the document that it is given as it was; the second result says which slots have
// another key in the new one, for Reconcile.
type Mend struct {
	Label string // in English
	Says  Phrase // the label, to be said in another language
	Apply func(Document) (Document, map[Slot]Slot)
}

// Env is what the lint asks about the world around a document; every field may be empty.
type Env struct {
	// Taken tells whether another template of the account has this name and language.
	Taken func(name, language string) bool
	// Twin is the name of another template of the account with the same body and footer in the same language, or "".
	Twin func(language, body, footer string) string
	// File tells whether the shop has a file ready that will be uploaded as the sample of this header.
	File func(Slot) bool
	// FromMeta tells that Meta has this template already: a kind of component, header or button that the program does
	// not know is then Meta's own, and goes back as it came. In a template that Meta has not seen it is refused.
	FromMeta bool
}

// Refusals are the findings for which Meta would refuse the template.
func Refusals(findings []Finding) []Finding {
	var out []Finding
	for _, f := range findings {
		if f.Level == Refused {
			out = append(out, f)
		}
	}
	return out
}

// compareFindings orders by part, card, button, offset; what Meta refuses before advice.
func compareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(partOrder(a.Where.Part), partOrder(b.Where.Part)),
		cmp.Compare(a.Where.Card, b.Where.Card),
		cmp.Compare(a.Where.Button, b.Where.Button),
		cmp.Compare(b.Level, a.Level),
		cmp.Compare(a.Where.Start, b.Where.Start),
	)
}

func partOrder(p Part) int {
	for i, k := range []Part{
		PartDocument, PartHeader, PartOffer, PartBody, PartFooter, PartButton, PartCarousel, PartCardHeader,
		PartCardBody, PartCardButton, PartOther,
	} {
		if p == k {
			return i
		}
	}
	return 100
}
