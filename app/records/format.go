package records

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The names of the formats, as they are kept with a template. "" is a kind's usual format.
const (
	FormatWhole        = "text"       // a text as it is
	FormatFirstWord    = "text.first" // what many call a person by: José of José Carvajal
	FormatLastWord     = "text.last"  // Mai of Nguyễn Thị Mai
	FormatNumber       = "number"
	FormatNumberRound  = "number.round" // no decimals
	FormatNumberPlain  = "number.plain" // no thousands separators
	FormatAmount       = "amount"
	FormatAmountCode   = "amount.code"   // EUR instead of €
	FormatAmountRound  = "amount.round"  // no decimals
	FormatAmountNumber = "amount.number" // without its currency
	FormatAmountSymbol = "amount.symbol" // the currency alone
	FormatDateShort    = "date.short"
	FormatDateMedium   = "date.medium"
	FormatDateLong     = "date.long"
	FormatDateFull     = "date.full" // with the day of the week
	FormatTime         = "time.short"
	FormatTimeSeconds  = "time.seconds"
	FormatMomentShort  = "datetime.short"
	FormatMomentMedium = "datetime.medium"
	FormatMomentLong   = "datetime.long"
	FormatMomentFull   = "datetime.full"
	FormatYes          = "bool" // Yes
	FormatYesSmall     = "bool.small"
	FormatLink         = "link"
	FormatLinkBare     = "link.bare" // without https://
)

// Format is one way to write the values of a kind.
type Format struct {
	Name    string // one of the Format constants
	Label   string // in English
	Example string // a value written so
}

var formatsOf = map[Kind][]Format{
	KindText: {
		{Name: FormatWhole, Label: "As it is"}, {Name: FormatFirstWord, Label: "First word only"}, {Name: FormatLastWord, Label: "Last word only"},
	},
	KindNumber: {
		{Name: FormatNumber, Label: "Number"},
		{Name: FormatNumberRound, Label: "Without decimals"},
		{Name: FormatNumberPlain, Label: "Without thousands separators"},
	},
	KindAmount: {
		{Name: FormatAmount, Label: "With the currency’s sign"},
		{Name: FormatAmountCode, Label: "With the currency’s code"},
		{Name: FormatAmountRound, Label: "Without decimals"},
		{Name: FormatAmountNumber, Label: "Number only"},
		{Name: FormatAmountSymbol, Label: "Currency only"},
	},
	KindDate: {
		{Name: FormatDateMedium, Label: "Medium"},
		{Name: FormatDateShort, Label: "Short"},
		{Name: FormatDateLong, Label: "Long"},
		{Name: FormatDateFull, Label: "With the day of the week"},
	},
	KindTime: {{Name: FormatTime, Label: "Hours and minutes"}, {Name: FormatTimeSeconds, Label: "With seconds"}},
	KindDateTime: {
		{Name: FormatMomentMedium, Label: "Medium"},
		{Name: FormatMomentShort, Label: "Short"},
		{Name: FormatMomentLong, Label: "Long"},
		{Name: FormatMomentFull, Label: "With the day of the week"},
		{Name: FormatDateMedium, Label: "Date only"},
		{Name: FormatDateLong, Label: "Long date only"},
		{Name: FormatDateFull, Label: "Date with the day of the week"},
		{Name: FormatTime, Label: "Time only"},
	},
	KindBool:   {{Name: FormatYes, Label: "Yes or No"}, {Name: FormatYesSmall, Label: "yes or no"}},
	KindChoice: {{Name: FormatWhole, Label: "As it is"}},
	KindLink:   {{Name: FormatLink, Label: "Whole address"}, {Name: FormatLinkBare, Label: "Without https://"}},
	KindFile:   {{Name: FormatWhole, Label: "Name of the file"}},
	KindRelation: {
		{Name: FormatWhole, Label: "As it is"}, {Name: FormatFirstWord, Label: "First word only"}, {Name: FormatLastWord, Label: "Last word only"},
	},
}

// Formats lists the ways to write a field, the usual one first, each with sample written so; an empty sample is replaced by an invented one.
func Formats(f Field, sample Value, s Style) []Format {
	if sample.Empty() || sample.Kind != f.Kind {
		sample = inventedValue(f)
	}
	out := slices.Clone(formatsOf[f.Kind])
	for i := range out {
		out[i].Example = s.Write(f, sample, out[i].Name)
	}
	return out
}

// ValidFormat tells whether a format fits a kind; "" fits all.
func ValidFormat(k Kind, name string) bool {
	return name == "" || slices.ContainsFunc(formatsOf[k], func(f Format) bool { return f.Name == name })
}

func inventedValue(f Field) Value {
	moment := time.Date(2026, time.November, 18, 17, 30, 0, 0, time.UTC)
	switch f.Kind {
	case KindNumber:
		return Number("1234.5")
	case KindAmount:
		return Amount("1234.00", "EUR")
	case KindDate:
		return Date(moment)
	case KindTime:
		return TimeOfDay(moment)
	case KindDateTime:
		return DateTime(moment)
	case KindBool:
		return Bool(true)
	case KindChoice:
		if len(f.Choices) > 0 {
			return Choice(f.Choices[0].Value)
		}
		return Choice("A")
	case KindLink:
		return Address("https://shop.example/S00022")
	case KindFile:
		return File("S00022.pdf")
	case KindRelation:
		return Relation(Link{Ref{f.Relation, "1"}, "Nguyễn Thị Mai"})
	}
	return Text("Nguyễn Thị Mai")
}

// Style is where a text will be read: the language of the template and the clock of the shop.
type Style struct {
	Language string         // Meta's code
	Zone     *time.Location // for moments; nil is UTC
}

// Write gives a value as a person reads it, on one line, "" when it is empty. A format that does not fit the field's kind is taken as the
// usual one. Dates and times of a day are not moved between time zones.
func (s Style) Write(f Field, v Value, format string) string {
	if v.Empty() {
		return ""
	}
	if format == "" || !ValidFormat(v.Kind, format) {
		format = formatsOf[v.Kind][0].Name
	}
	return OneLine(s.write(f, v, format))
}

// WriteAll writes the values at the end of a path, joined by commas.
func (s Style) WriteAll(f Field, values []Value, format string) string {
	var out []string
	for _, v := range values {
		if t := s.Write(f, v, format); t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, ", ")
}

func (s Style) write(f Field, v Value, format string) string {
	switch v.Kind {
	case KindNumber:
		return writeNumber(v.Number, s.Language, format)
	case KindAmount:
		return writeAmount(v.Number, v.Currency, s.Language, format)
	case KindDate, KindTime, KindDateTime:
		return s.writeTime(v, format)
	case KindBool:
		w := yesNoIn(s.Language, v.Yes)
		if format == FormatYes {
			r, n := utf8.DecodeRuneInString(w)
			w = string(unicode.ToTitle(r)) + w[n:]
		}
		return w
	case KindChoice:
		return f.choiceWord(v.Text, s.Language)
	case KindLink:
		if format == FormatLinkBare {
			return strings.TrimPrefix(strings.TrimPrefix(v.Text, "https://"), "http://")
		}
		return v.Text
	case KindRelation:
		var titles []string
		for _, l := range v.Links {
			titles = append(titles, pickWord(s.title(l), format))
		}
		return strings.Join(titles, ", ")
	case KindText:
		if v.Text != "" && f.Relation == TypeCountry {
			return CountryName(v.Text, s.Language)
		}
		return pickWord(v.Text, format)
	}
	return v.Text
}

// title is what a linked record is called; countries have names in every language.
func (s Style) title(l Link) string {
	if l.Type == TypeCountry {
		return CountryName(l.ID, s.Language)
	}
	return l.Title
}

func (f Field) choiceWord(value, language string) string {
	i := slices.IndexFunc(f.Choices, func(o Option) bool { return o.Value == value })
	if i < 0 {
		return value
	}
	if w := f.Choices[i].Words[baseLanguage(language)]; w != "" {
		return w
	}
	return f.Choices[i].Label
}

func pickWord(s, format string) string {
	words := strings.Fields(s)
	switch {
	case len(words) == 0:
		return ""
	case format == FormatFirstWord:
		return words[0]
	case format == FormatLastWord:
		return words[len(words)-1]
	}
	return s
}

// OneLine makes a text fit for a placeholder: Meta refuses line breaks, tabs and more than four spaces in a row (error 132018), so every run of
// white space that holds one of these becomes a single space, and none is left at the ends.
func OneLine(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexFunc(s, unicode.IsSpace)
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		n := strings.IndexFunc(s[i:], func(r rune) bool { return !unicode.IsSpace(r) })
		if n < 0 {
			break
		}
		if gap := s[i : i+n]; b.Len() > 0 {
			if len(gap) <= 4 && strings.IndexFunc(gap, func(r rune) bool { return r != ' ' && r != '\u00a0' && r != '\u202f' }) < 0 {
				b.WriteString(gap)
			} else {
				b.WriteByte(' ')
			}
		}
		s = s[i+n:]
	}
	return b.String()
}
