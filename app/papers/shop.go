package papers

// Shop is what a shop says about itself on its papers. What is empty is taken from the company of the record, or left out.
type Shop struct {
	Name    string
	Address string // with line breaks
	Contact string // phone, email, web page, with line breaks
	TaxID   string
	Logo    *Logo // nil: the name stands in its place
	Main    Colour
	Second  Colour
	Texts   map[string]Texts // by Meta's language code or by the language alone; those under en where there is none
}

// Texts are the shop's own words on its papers. Each may have several lines.
type Texts struct {
	Greeting string // before the lines
	Terms    string // behind the totals
	Footer   string // at the foot of each page
	Bank     string // where money is sent to: on quotations and invoices
}

// DefaultMain and DefaultSecond are the colours of a shop that has chosen none.
var (
	DefaultMain   = Colour{31, 111, 92}
	DefaultSecond = Colour{233, 169, 60}
)

// texts gives the shop's words in a language: each that is missing there is taken from the language without its region, then from English.
func (s Shop) texts(lang string) Texts {
	var out Texts
	for _, key := range []string{lang, base(lang), "en", ""} {
		t := s.Texts[key]
		for _, p := range [][2]*string{
			{&out.Greeting, &t.Greeting}, {&out.Terms, &t.Terms}, {&out.Footer, &t.Footer}, {&out.Bank, &t.Bank},
		} {
			if *p[0] == "" {
				*p[0] = *p[1]
			}
		}
	}
	return out
}

func (s Shop) colours() (Colour, Colour) {
	first, second := s.Main, s.Second
	if first == (Colour{}) {
		first = DefaultMain
	}
	if second == (Colour{}) {
		second = DefaultSecond
	}
	return first, second
}
