package records_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"shopbell/app/records"
	"shopbell/meta/template"
)

var evening = time.Date(2026, time.November, 8, 18, 5, 9, 0, time.UTC)

// Written by hand, as people of each language write it; NBSP and NNBSP are spelled out.
func TestWriteInALanguage(t *testing.T) {
	total := records.Amount("-29640.5", "EUR")
	for language, want := range map[string]map[string]string{
		"en": {
			records.FormatDateShort: "11/8/26", records.FormatDateMedium: "Nov 8, 2026", records.FormatDateLong: "November 8, 2026",
			records.FormatDateFull: "Sunday, November 8, 2026", records.FormatTime: "6:05 pm", records.FormatMomentMedium: "Nov 8, 2026 6:05 pm",
			records.FormatAmount: "-€29,640.50", records.FormatAmountCode: "-EUR\u00a029,640.50", records.FormatAmountRound: "-€29,641",
			records.FormatAmountNumber: "-29,640.50", records.FormatAmountSymbol: "€",
		},
		"en_GB": {records.FormatDateShort: "08/11/2026", records.FormatDateLong: "8 November 2026", records.FormatTime: "18:05"},
		"vi": {
			records.FormatDateShort: "08/11/2026", records.FormatDateLong: "8 tháng 11, 2026", records.FormatTime: "18:05",
			records.FormatDateFull: "Chủ Nhật, 8 tháng 11, 2026", records.FormatAmount: "-29.640,50\u00a0€",
		},
		"es": {
			records.FormatDateMedium: "8 nov. 2026", records.FormatDateLong: "8 de noviembre de 2026", records.FormatTime: "18:05",
			records.FormatAmount: "-29.640,50\u00a0€",
		},
		"pt_BR": {records.FormatDateShort: "08/11/2026", records.FormatDateLong: "8 de novembro de 2026", records.FormatAmount: "-€\u00a029.640,50"},
		"fr":    {records.FormatDateFull: "dimanche 8 novembre 2026", records.FormatAmount: "-29\u202f640,50\u00a0€"},
		"de":    {records.FormatDateShort: "08.11.26", records.FormatDateLong: "8. November 2026"},
		"ja":    {records.FormatDateLong: "2026年11月8日"},
		"zh_CN": {records.FormatDateLong: "2026年11月8日"},
		"fa":    {records.FormatTime: "۱۸:۰۵"}, // one script of digits throughout
	} {
		s := records.Style{Language: language}
		for format, text := range want {
			f, v := records.Field{Kind: records.KindDateTime}, records.DateTime(evening)
			if strings.HasPrefix(format, "date.") {
				f, v = records.Field{Kind: records.KindDate}, records.Date(evening)
			}
			if strings.HasPrefix(format, "amount") {
				f, v = records.Field{Kind: records.KindAmount}, total
			}
			if got := s.Write(f, v, format); got != text {
				t.Errorf("%s %s: %q, want %q", language, format, got, text)
			}
		}
	}
}

func TestWriteTheRest(t *testing.T) {
	c := records.Builtin()
	state, _ := c.Check(records.TypeInvoice, "state")
	country, _ := c.Check(records.TypeContact, "country")
	countryName, _ := c.Check(records.TypeContact, "country.name")
	paid := records.Field{Kind: records.KindBool}
	free := records.Field{}
	for _, tc := range []struct {
		language string
		f        records.Field
		v        records.Value
		format   string
		want     string
	}{
		{"en", paid, records.Bool(true), "", "Yes"},
		{"vi", paid, records.Bool(false), "", "Không"},
		{"pt_BR", paid, records.Bool(false), records.FormatYesSmall, "não"},
		{"el", paid, records.Bool(false), "", "Όχι"},
		{"fr", state, records.Choice("paid"), "", "Payée"},
		{"de", state, records.Choice("paid"), "", "Paid"},
		{"fr", state, records.Choice("strange"), "", "strange"},
		{"vi", country, records.Relation(records.CountryLink("DE")), "", "Đức"},
		{"es", countryName, records.Text("DE"), "", "Alemania"},
		{"es", countryName, records.Text("Atlantis"), "", "Atlantis"},
		{"vi", free, records.Text("Nguyễn Thị Mai"), records.FormatLastWord, "Mai"},
		{"es", free, records.Text("José  Carvajal"), records.FormatFirstWord, "José"},
		{"en", free, records.Address("https://shop.example/a"), records.FormatLinkBare, "shop.example/a"},
		{"en", free, records.Number("1234567.50"), "", "1,234,567.5"},
		{"es", free, records.Number("12345.678"), records.FormatNumberRound, "12.346"},
		{"vi", free, records.Number("1234.5"), records.FormatNumberPlain, "1234,5"},
		{"en", free, records.Number("a dozen"), "", "a dozen"},
		{"en", free, records.Amount("1500000", "VND"), "", "₫1,500,000"},
		{"vi", free, records.Amount("1500000", "VND"), "", "1.500.000\u00a0₫"},
		{"ja", free, records.Amount("980", "JPY"), "", "￥980"},
		{"en", free, records.Amount("12.5", "XYZ"), "", "12.5\u00a0XYZ"},
		{"en", free, records.Amount("90071992547409931.05", "EUR"), "", "€90,071,992,547,409,931.05"}, // no cent is lost
		{"en", free, records.TimeOfDay(evening), "", "6:05 pm"},
		{"en", free, records.TimeOfDay(evening), records.FormatTimeSeconds, "6:05:09 pm"},
		{"en", free, records.Days(evening, evening.AddDate(0, 0, 1)), records.FormatDateMedium, "Nov 8, 2026 – Nov 9, 2026"},
		{"en", free, records.Days(evening, evening), records.FormatDateMedium, "Nov 8, 2026"},
		{"en", free, records.Value{Kind: records.KindDateTime, Time: evening, Until: evening.Add(2 * time.Hour)}, "", "Nov 8, 2026 6:05 pm – 8:05 pm"},
		{"en", free, records.Value{}, "", ""},
		{"en", free, records.Text("a\nb\t c"), "", "a b c"},
		{"en", free, records.Text("x"), records.FormatDateLong, "x"}, // a format of another kind does no harm
		{"xx", free, records.Date(evening), "", "Nov 8, 2026"},
		{"es-MX", free, records.Date(evening), records.FormatDateLong, "8 de noviembre de 2026"},
	} {
		if got := (records.Style{Language: tc.language}).Write(tc.f, tc.v, tc.format); got != tc.want {
			t.Errorf("%s %+v as %q: %q, want %q", tc.language, tc.v, tc.format, got, tc.want)
		}
	}
}

// The first hour of the day is twelve wherever hours are counted to twelve.
func TestMidnightOfATwelveHourClock(t *testing.T) {
	midnight := records.TimeOfDay(time.Date(2026, 1, 1, 0, 5, 0, 0, time.UTC))
	noon := records.TimeOfDay(time.Date(2026, 1, 1, 12, 5, 0, 0, time.UTC))
	for language, want := range map[string][2]string{
		"en": {"12:05 am", "12:05 pm"}, "hi": {"12:05 am", "12:05 pm"}, "zh_TW": {"上午12:05", "下午12:05"}, "vi": {"00:05", "12:05"}, "es": {"0:05", "12:05"},
	} {
		s := records.Style{Language: language}
		f := records.Field{Kind: records.KindTime}
		if got := [2]string{s.Write(f, midnight, ""), s.Write(f, noon, "")}; got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}

// A moment is told by the shop's clock, a day is the same day everywhere.
func TestZones(t *testing.T) {
	tokyo := records.Style{Language: "en", Zone: time.FixedZone("Tokyo", 9*60*60)}
	if got := tokyo.Write(records.Field{}, records.DateTime(evening), ""); got != "Nov 9, 2026 3:05 am" {
		t.Errorf("a moment in Tokyo: %q", got)
	}
	if got := tokyo.Write(records.Field{}, records.Date(evening), ""); got != "Nov 8, 2026" {
		t.Errorf("a day in Tokyo: %q", got)
	}
}

// Every language that Meta takes has its own ways, and every format of every kind writes something fit for a placeholder.
func TestEveryLanguageAndFormat(t *testing.T) {
	months := map[string]bool{}
	for _, l := range template.Languages {
		s := records.Style{Language: l.Code}
		if got := s.Write(records.Field{}, records.Date(evening), records.FormatDateLong); !strings.ContainsAny(l.Code, "_") {
			months[got] = true
		}
		for _, k := range records.Kinds() {
			formats := records.Formats(records.Field{Kind: k}, records.Value{}, s)
			if len(formats) == 0 {
				t.Errorf("%s has no formats", k)
			}
			for _, f := range formats {
				if f.Example == "" || strings.ContainsAny(f.Example, "\n\t") || strings.Contains(f.Example, "%!") || !records.ValidFormat(k, f.Name) {
					t.Errorf("%s %s: %q", l.Code, f.Name, f.Example)
				}
			}
		}
	}
	if len(months) < 45 { // Norwegian and Danish, Malay and Indonesian … share a few
		t.Errorf("only %d ways of writing a date: some languages fall back to another", len(months))
	}
}

// The tables of every language are whole: each day of a year and each hour can be written, and no two days look alike.
func TestTheWholeYear(t *testing.T) {
	for _, l := range template.Languages {
		s := records.Style{Language: l.Code}
		for _, format := range []string{records.FormatMomentShort, records.FormatMomentMedium, records.FormatMomentLong, records.FormatMomentFull} {
			seen := map[string]bool{}
			for day := range 365 {
				v := records.DateTime(time.Date(2027, time.January, 1+day, day%24, 0, 0, 0, time.UTC))
				text := s.Write(records.Field{}, v, format)
				if text == "" || seen[text] {
					t.Errorf("%s %s: %q twice", l.Code, format, text)
				}
				seen[text] = true
			}
		}
	}
}

func FuzzOneLine(f *testing.F) {
	for _, s := range []string{"a\nb", "  a  ", "a     b", "a    b", "a\u00a0€", "\t", "", "a\r\n\r\nb", "\xff \n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := records.OneLine(s)
		run := 0
		for _, r := range got {
			if r == '\n' || r == '\t' || r == '\r' {
				t.Fatalf("%q keeps a break: %q", s, got)
			}
			if run++; r != ' ' {
				run = 0
			}
			if run > 4 {
				t.Fatalf("%q keeps five spaces: %q", s, got)
			}
		}
		strip := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) {
					return -1
				}
				return r
			}, s)
		}
		if strip(got) != strip(s) || records.OneLine(got) != got {
			t.Fatalf("%q became %q", s, got)
		}
	})
}
