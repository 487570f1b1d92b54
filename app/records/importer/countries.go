package importer

import (
	"sync"

	"github.com/nyaruka/phonenumbers"

	"shopbell/app/records"
)

// countries are the codes of countries by their folded names.
var countries = sync.OnceValue(func() map[string]string {
	out := map[string]string{"uk": "GB", "england": "GB", "usa": "US", "my": "US", "vn": "VN", "viet nam": "VN", "vietnam": "VN"}
	for code := range phonenumbers.GetSupportedRegions() {
		for _, lang := range []string{"en", "vi", "es", "pt_BR", "fr"} {
			if name := records.Fold(records.CountryName(code, lang)); name != "" {
				if _, taken := out[name]; !taken {
					out[name] = code
				}
			}
		}
	}
	return out
})

// commaCountries write a comma before the decimals.
var commaCountries = map[string]bool{
	"VN": true, "ES": true, "FR": true, "DE": true, "IT": true, "PT": true, "BR": true, "AR": true, "CO": true, "CL": true, "UY": true, "PY": true, "VE": true,
	"NL": true, "BE": true, "AT": true, "DK": true, "NO": true, "SE": true, "FI": true, "PL": true, "CZ": true, "GR": true, "TR": true, "ID": true, "RU": true,
	"UA": true, "RO": true, "HU": true, "MA": true, "DZ": true, "TN": true, "SN": true, "CI": true, "CM": true, "AO": true, "MZ": true, "EC": true, "BO": true,
}
