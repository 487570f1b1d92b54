package records

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// CountryName gives a country (ISO 3166, two letters) its name in one of Meta's languages, in English where there is none, or code itself.
func CountryName(code, lang string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if tag, err := language.Parse(findLocale(lang).tag); err == nil {
		if namer := display.Regions(tag); namer != nil {
			if name := namer.Name(region); name != "" {
				return name
			}
		}
	}
	if name := display.English.Regions().Name(region); name != "" {
		return name
	}
	return code
}
