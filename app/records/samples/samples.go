package samples

import (
	"time"

	"shopbell/app/records"
)

// Store gives the examples as a source of records reads them.
func Store() *records.Memory { return records.NewMemory(Records()) }

// First gives the example that shows a type best: S00022 for quotations.
func First(typ string) (records.Record, bool) {
	for _, r := range Records() {
		if r.Type == typ {
			return r, true
		}
	}
	return records.Record{}, false
}

// Records gives all examples, the ones that show a type best first.
func Records() []records.Record {
	var out []records.Record
	for _, part := range [][]records.Record{people(), companies(), quotations(), invoices(), payments(), deliveries(), receipts(), events()} {
		out = append(out, part...)
	}
	return out
}

type fields = map[string]records.Value

func example(typ, key, title, detail string, f fields) records.Record {
	return records.Record{Ref: ref(typ, key), Title: title, Detail: detail, Example: true, Fields: f}
}

func ref(typ, key string) records.Ref { return records.Ref{Type: typ, ID: records.ExamplePrefix + key} }

func to(typ, key, title string) records.Value {
	return records.Relation(records.Link{Ref: ref(typ, key), Title: title})
}

func in(country string) records.Value { return records.Relation(records.CountryLink(country)) }

func on(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

// at is a moment of a day in November by the clock of Madrid in winter.
func at(day, hour, minute int) time.Time {
	return time.Date(2026, time.November, day, hour-1, minute, 0, 0, time.UTC)
}

func euros(decimal string) records.Value { return records.Amount(decimal, "EUR") }

// The people and the shop that all examples share.
var (
	mai     = to(records.TypeContact, "mai", "Nguyễn Thị Mai")
	huy     = to(records.TypeContact, "huy", "Trần Quốc Huy")
	jose    = to(records.TypeContact, "jose", "José Carvajal")
	shop    = to(records.TypeCompany, "shop", "Lantern & Oak")
	madrid  = to(records.TypeVenue, "madrid", "Taller Lavapiés")
	ana     = to(records.TypeStaff, "ana", "Ana Ruiz")
	website = "https://lantern-and-oak.example/"
)
