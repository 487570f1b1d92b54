package importer

import (
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
)

func TestPhonesInEveryHabit(t *testing.T) {
	for _, c := range []struct {
		cell, country, want string
		note                bool
	}{
		{"0903 123 456", "VN", "84903123456", false},
		{"+84(0)903 123 456", "VN", "84903123456", false},
		{"+84 (0) 903.123.456", "", "84903123456", false},
		{"0084 903 123 456", "ES", "84903123456", false},
		{"84903123456", "VN", "84903123456", false},
		{"903123456", "VN", "84903123456", false},
		{"0903-123-456", "VN", "84903123456", false},
		{"0903 - 123 - 456", "VN", "84903123456", false},
		{"0903123456 / 0912345678", "VN", "84903123456", true},
		{"12345; 0912 345 678", "VN", "84912345678", true},
		{"0903123456 hoặc 0912345678", "VN", "84903123456", true},
		{"Tel: 600 111 222", "ES", "34600111222", false},
		{"(011) 15-2345-6789", "AR", "5491123456789", false},
		{"+52 1 55 1234 5678", "", "525512345678", false},
		{"+55 (11) 98765-4321", "BR", "5511987654321", false},
		{"12345", "VN", "", false},
		{"no", "VN", "", false},
		{"8.49E+10", "VN", "", false},
		{"0903123456", "", "", false},
	} {
		got, note, err := Phones(c.cell, c.country)
		if c.want == "" {
			if app.ErrorCode(err) != app.CodeInvalid {
				t.Errorf("%q of %q: %v, %v", c.cell, c.country, got, err)
			}
			continue
		}
		if err != nil || app.PhoneKey(got[0]) != app.PhoneKey(c.want) || (note != "") != c.note {
			t.Errorf("%q of %q: %v %q %v, want %s", c.cell, c.country, got, note, err, c.want)
		}
	}
}

func TestNumbersAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		cell    string
		decimal byte
		want    string
	}{
		{"1.234,56", '.', "1234.56"},
		{"1,234.56", ',', "1234.56"},
		{"1.250.000", '.', "1250000"},
		{"1,250,000", ',', "1250000"},
		{"1.250", ',', "1250"},
		{"1.250", '.', "1.250"},
		{"12,5", '.', "12.5"},
		{"0.125", ',', "0.125"},
		{"1 234,5", ',', "1234.5"},
		{"1'234.50", '.', "1234.50"},
		{"(12.50)", '.', "-12.50"},
		{"12.50-", '.', "-12.50"},
		{"−3", '.', "-3"},
		{"007", '.', "7"},
		{".5", '.', "0.5"},
		{"1,23,456.7", '.', "123456.7"},
		{"", '.', ""},
		{"1.2.3", '.', ""},
		{"12a", '.', ""},
		{"1,2345.6", '.', ""},
		{".", '.', ""},
		{"NaN", '.', ""},
	} {
		got, ok := local{decimal: c.decimal}.number(Cell{Text: c.cell})
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q with %q: %q %v, want %q", c.cell, c.decimal, got, ok, c.want)
		}
	}
}

func TestAmountsAndTheirCurrencies(t *testing.T) {
	l := local{decimal: ',', currency: "VND"}
	for cell, want := range map[string]records.Value{
		"1.250.000 ₫": records.Amount("1250000", "VND"), "250.000đ": records.Amount("250000", "VND"), "1.234,50 €": records.Amount("1234.50", "EUR"),
		"€1,234.50": records.Amount("1234.50", "EUR"), "USD 12.50": records.Amount("12.50", "USD"), "R$ 1.234,00": records.Amount("1234.00", "BRL"),
		"¥1,250": records.Amount("1250", "JPY"), "99": records.Amount("99", "VND"), "$5": records.Amount("5", "VND"), "-3,5": records.Amount("-3.5", "VND"),
	} {
		if got, err := l.amount(Cell{Text: cell}); err != nil || !records.Same(got, want) || got.Number != want.Number {
			t.Errorf("%q: %+v %v", cell, got, err)
		}
	}
	if _, err := l.amount(Cell{Text: "free"}); app.ErrorCode(err) != app.CodeInvalid {
		t.Errorf("a word: %v", err)
	}
}

func TestDatesAndTimes(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	hcm := time.FixedZone("+7", 7*3600)
	for _, c := range []struct {
		kind  records.Kind
		cell  string
		month bool
		want  time.Time
	}{
		{records.KindDate, "2026-11-22", false, day(2026, 11, 22)},
		{records.KindDate, "05/11/2026", false, day(2026, 11, 5)},
		{records.KindDate, "05/11/2026", true, day(2026, 5, 11)},
		{records.KindDate, "22.11.2026", true, day(2026, 11, 22)},
		{records.KindDate, "5-1-26", false, day(2026, 1, 5)},
		{records.KindDate, "2026-11-22T17:30:00", false, day(2026, 11, 22)},
		{records.KindDate, "22 Nov 2026", false, day(2026, 11, 22)},
		{records.KindDateTime, "22/11/2026 17:30", false, time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)},
		{records.KindDateTime, "2026-11-22T17:30:00Z", false, time.Date(2026, 11, 22, 17, 30, 0, 0, time.UTC)},
		{records.KindDateTime, "Nov 22, 2026 5:30 pm", false, time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)},
		{records.KindDate, "31/02/2026", false, time.Time{}},
		{records.KindDate, "soon", false, time.Time{}},
		{records.KindDateTime, "22/11/2026 99:00", false, time.Time{}},
	} {
		got, err := local{monthFirst: c.month, zone: hcm}.time(c.kind, Cell{Text: c.cell})
		if (err == nil) == c.want.IsZero() || err == nil && !got.Time.Equal(c.want) {
			t.Errorf("%s %q: %v %v, want %v", c.kind, c.cell, got.Time, err, c.want)
		}
	}
	if v, err := (local{}).time(records.KindTime, Cell{Text: "7:05 pm"}); err != nil || v.Time.Hour() != 19 {
		t.Errorf("a time: %v %v", v, err)
	}
}

func TestColumnsTellHowTheyAreWritten(t *testing.T) {
	cells := func(s ...string) (out []Cell) {
		for _, x := range s {
			out = append(out, Cell{Text: x})
		}
		return out
	}
	if l := localOf(cells("1.250", "3,5"), Options{Country: "US"}); l.decimal != ',' {
		t.Error("a comma before one digit is not before the decimals")
	}
	if l := localOf(cells("01/02/2026", "02/25/2026"), Options{Country: "VN"}); !l.monthFirst {
		t.Error("25 is taken for a month")
	}
	if l := localOf(cells("1.250"), Options{Country: "VN"}); l.decimal != ',' || l.monthFirst {
		t.Error("the country does not decide")
	}
	for want, list := range map[string][]Cell{
		"phone": cells("0903123456", "+34 600 111 222"), "email": cells("a@b.co"), "number": cells("1", "2.5"), "amount": cells("5 €", "7"),
		"date": cells("22/11/2026"), "datetime": cells("22/11/2026 10:00", "22/11/2026"), "bool": cells("yes", "no"), "link": cells("https://a.b"),
		"text": cells("Mai", "0903123456"), "empty": nil,
	} {
		if got := commonKind(list, "VN"); got != want {
			t.Errorf("%v hold %s, want %s", list, got, want)
		}
	}
}

func TestChoicesAndCountriesInEveryLanguage(t *testing.T) {
	invoice, _ := records.Builtin().Type(records.TypeInvoice)
	state, _ := invoice.Field("state")
	for _, s := range []string{"paid", "Paid", "Đã thanh toán", "pagada", "PAYÉE"} {
		if v, err := choice(state, s); err != nil || v.Text != "paid" {
			t.Errorf("%s: %v %v", s, v, err)
		}
	}
	for s, want := range map[string]string{"vn": "VN", "Việt Nam": "VN", "España": "ES", "Allemagne": "DE", "Nowhere": ""} {
		if code, _ := countryCode(s); code != want {
			t.Errorf("%s is %q", s, code)
		}
	}
}
