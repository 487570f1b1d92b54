package records

import (
	"strconv"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"

	"shopbell/app"
)

// ExamplePrefix begins the ids of invented records.
const ExamplePrefix = "example-"

// ContactRecord is a person of the inbox as a record. The country is the one of the phone number, else the one that a business-scoped user id
// names (Meta: such ids begin with the country's code and a dot).
func ContactRecord(c app.Contact) Record {
	r := Record{
		Ref: Ref{TypeContact, strconv.FormatInt(c.ID, 10)}, Title: c.Title(), Detail: app.FormatPhone(c.Phone()),
		Fields: map[string]Value{
			"name": Text(c.Name), "phone": Text(app.FormatPhone(c.Phone())), "username": Text(c.Username()), "user_id": Text(c.UserID()),
			"opt_out": Bool(c.OptOut),
		},
	}
	if code := countryOf(c); code != "" {
		r.Fields["country"] = Relation(CountryLink(code))
	}
	return r
}

// CountryLink is a reference to a country by its ISO 3166 code of two letters.
func CountryLink(code string) Link { return Link{Ref{TypeCountry, code}, CountryName(code, "en")} }

func countryRecord(code string) Record {
	return Record{
		Ref: Ref{TypeCountry, code}, Title: CountryName(code, "en"), Detail: code,
		Fields: map[string]Value{"name": Text(code), "code": Text(code)},
	}
}

func countryOf(c app.Contact) string {
	if n, err := phonenumbers.Parse("+"+c.Phone(), ""); err == nil {
		if code := phonenumbers.GetRegionCodeForNumber(n); len(code) == 2 && code != "ZZ" {
			return code
		}
	}
	id := c.UserID()
	if len(id) < 3 || id[2] != '.' {
		return ""
	}
	if r, err := language.ParseRegion(id[:2]); err != nil || !r.IsCountry() {
		return ""
	}
	return id[:2]
}

// personID reads the id of a contact of the inbox.
func personID(typ, id string) (app.ID, bool) {
	if typ != TypeContact {
		return 0, false
	}
	n, err := strconv.ParseInt(id, 10, 64)
	return n, err == nil && n > 0
}
