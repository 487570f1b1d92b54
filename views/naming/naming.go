// Package naming gives what the domain calls in English the words of the window's language: types of records, their fields, countries, numbers.
// What people named themselves stays as they wrote it.
package naming

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"fyne.io/fyne/v2/lang"
	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"shopbell/app/records"
)

var builtin = records.Builtin()

func word(key, english string, theirs bool) string {
	if theirs || english == "" || strings.Contains(english, "{{") {
		return english
	}
	return lang.X(key, english)
}

// Type names a type of records.
func Type(t records.Type) string {
	_, ours := builtin.Type(t.Name)
	return word("record.type."+t.Name, t.Label, !ours)
}

// Field names a field of a type.
func Field(typ string, f records.Field) string {
	t, ours := builtin.Type(typ)
	if ours {
		_, ours = t.Field(f.Name)
	}
	return word("record.field."+typ+"."+f.Name, f.Label, f.Custom || !ours)
}

// Path names a field by the way to it: “Customer › Country”.
func Path(c records.Catalog, typ, path string) string {
	names := strings.Split(path, ".")
	words := slices.Clone(names)
	t, ok := c.Type(typ)
	for i, name := range names {
		if !ok {
			break
		}
		var f records.Field
		if f, ok = t.Field(name); ok {
			words[i] = Field(t.Name, f)
		}
		t, ok = c.Type(f.Relation)
	}
	return strings.Join(words, " › ")
}

var printer = sync.OnceValue(func() *message.Printer {
	tag, err := language.Parse(string(lang.SystemLocale()))
	if err != nil {
		tag = language.English
	}
	return message.NewPrinter(tag)
})

// Number writes a number as the person's language does.
func Number[N ~int | ~int64](n N) string { return printer().Sprint(int64(n)) }

// Country is one country that has telephones.
type Country struct{ Code, Name, Own string } // ISO 3166; the name in English and in its own language, which may be ""

// Countries lists all countries by their names.
var Countries = sync.OnceValue(func() []Country {
	var out []Country
	for code := range phonenumbers.GetSupportedRegions() {
		c := Country{Code: code, Name: records.CountryName(code, "en")}
		if region, err := language.ParseRegion(code); err == nil {
			if tag, err := language.Compose(language.Und, region); err == nil {
				if base, sure := tag.Base(); sure != language.No {
					c.Own = records.CountryName(code, base.String())
				}
			}
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Country) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Code, b.Code)) })
	return out
})

// CountryOfLocale guesses the country from the computer's language, such as VN from vi-VN; "" when it doesn't tell.
func CountryOfLocale() string {
	tag, err := language.Parse(string(lang.SystemLocale()))
	if err != nil {
		return ""
	}
	region, sure := tag.Region()
	if sure < language.High || !region.IsCountry() {
		return ""
	}
	return region.String()
}
