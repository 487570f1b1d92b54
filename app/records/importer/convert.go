package importer

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bojanz/currency"
	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"

	"shopbell/app"
	"shopbell/app/records"
)

// The reasons for which a row is refused. They are stable.
const (
	ReasonUnreadable = "unreadable" // the row itself
	ReasonNoPhone    = "no_phone"
	ReasonBadPhone   = "bad_phone"
	ReasonBadValue   = "bad_value"
	ReasonNoTitle    = "no_title"  // nothing to call it by
	ReasonDuplicate  = "duplicate" // another row of the file has the same number
	ReasonAmbiguous  = "ambiguous" // several records fit
	ReasonConflict   = "conflict"  // the number is another contact's
)

// local is how the cells of one column are written.
type local struct {
	decimal    byte // '.' or ','
	monthFirst bool
	country    string
	currency   string
	zone       *time.Location
}

// Phones reads the phone numbers of a cell, the first that is valid first. note says what was left out; the error why none can be read.
func Phones(s, country string) (digits []string, note string, err error) {
	list, note, err := phones(s, country)
	for _, n := range list {
		digits = append(digits, n.digits)
	}
	return digits, note, err
}

// phone is a number that was read.
type phone struct {
	digits string // with country code
	shown  string // as app.FormatPhone writes it
	valid  bool
}

func phones(s, country string) (found []phone, note string, err error) {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "eE") && strings.ContainsAny(s, "+.,") {
		if _, e := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64); e == nil {
			return nil, "", &app.Error{Code: app.CodeInvalid, Message: "“" + s + "” lost its digits in a spreadsheet.", Mend: "Format the column as text and enter the number again."}
		}
	}
	if whole, e := onePhone(s, country); e == nil && whole.valid {
		return []phone{whole}, "", nil
	}
	var possible []phone
	parts := phoneBreak.Split(s, -1)
	bad := 0
	for _, part := range parts {
		if app.Digits(part) == "" {
			continue
		}
		n, e := onePhone(part, country)
		switch {
		case e != nil:
			bad++
			err = e
		case n.valid && !slices.Contains(found, n):
			found = append(found, n)
		case !n.valid && !slices.Contains(possible, n):
			possible = append(possible, n)
		}
	}
	if len(found) == 0 && len(possible) > 0 {
		found, possible = possible[:1], possible[1:]
	}
	if len(found) == 0 {
		if err == nil {
			err = &app.Error{Code: app.CodeInvalid, Message: "“" + s + "” is not a phone number.", Mend: "Write it with the country code, for example +34 612 345 678."}
		}
		return nil, "", err
	}
	if len(found) > 1 || bad > 0 || len(possible) > 0 {
		note = "of several numbers the first valid one was taken: " + found[0].shown
	}
	return found, note, nil
}

// phoneBreak separates several numbers in a cell.
var phoneBreak = regexp.MustCompile(`[/;,|\n]|\s-\s|\s(?:or|and|hoặc|và|o|y|ou|e|et)\s`)

// trunk is the zero in brackets that is not dialled after a country code.
var trunk = regexp.MustCompile(`^(\s*(?:\+|00)\s*\d{1,3}[\s.-]*)\(\s*0\s*\)`)

// onePhone reads as app.ParsePhone does, and in the same pass whether the number can exist and how it is shown: a file has many.
func onePhone(s, country string) (phone, error) {
	s = trunk.ReplaceAllString(strings.TrimSpace(s), "$1 ")
	if i := strings.IndexAny(s, "+0123456789("); i > 0 {
		s = s[i:]
	}
	given, bare := s, app.Digits(s)
	switch rest, international := strings.CutPrefix(s, "00"); {
	case international:
		s = "+" + rest
	case country == "" && !strings.HasPrefix(s, "+"):
		s = "+" + bare
	}
	if strings.HasPrefix(s, "+") && strings.HasPrefix(bare, "521") && len(bare) == 13 { // as mobiles of Mexico were written until 2019
		s = "+52" + bare[3:]
	}
	n, err := phonenumbers.Parse(s, country)
	if err != nil || len(bare) < 7 || len(bare) > 17 || !phonenumbers.IsPossibleNumber(n) {
		_, err = app.ParsePhone(given, country)
		if err == nil {
			err = &app.Error{Code: app.CodeInvalid, Message: "“" + given + "” is not a phone number."}
		}
		return phone{}, err
	}
	return phone{app.Digits(phonenumbers.Format(n, phonenumbers.E164)), phonenumbers.Format(n, phonenumbers.INTERNATIONAL), phonenumbers.IsValidNumber(n)}, nil
}

// value reads a cell as a field holds it. The error is an app.Error whose message names the cell's text.
func (l local) value(f records.Field, c Cell) (records.Value, error) {
	s := c.Text
	switch f.Kind {
	case records.KindNumber:
		if d, ok := l.number(c); ok {
			return records.Number(d), nil
		}
		return refused(s, "a number")
	case records.KindAmount:
		return l.amount(c)
	case records.KindDate, records.KindDateTime, records.KindTime:
		return l.time(f.Kind, c)
	case records.KindBool:
		if yes, ok := yesNo(s); ok {
			return records.Bool(yes), nil
		}
		return refused(s, "a yes or a no")
	case records.KindChoice:
		return choice(f, s)
	case records.KindLink:
		return link(s)
	case records.KindFile:
		return records.File(s), nil
	case records.KindRelation:
		if f.Relation == records.TypeCountry {
			if code, ok := countryCode(s); ok {
				return records.Relation(records.CountryLink(code)), nil
			}
			return refused(s, "a country")
		}
		return records.Value{}, nil
	}
	if f.Phone {
		found, _, err := phones(s, l.country)
		if err != nil {
			return records.Value{}, err
		}
		return records.Text(found[0].shown), nil
	}
	if f.Name == "tags" {
		return records.Text(strings.Join(records.SplitTags(s), ", ")), nil
	}
	return records.Text(s), nil
}

func refused(s, what string) (records.Value, error) {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return records.Value{}, &app.Error{Code: app.CodeInvalid, Message: "“" + s + "” is not " + what + ".", Mend: "Correct the cell, or leave the column out."}
}

// number reads a decimal as people write it.
func (l local) number(c Cell) (string, bool) {
	if c.Typed {
		_, err := strconv.ParseFloat(c.Text, 64)
		return c.Text, err == nil && !strings.ContainsAny(c.Text, "eExX:")
	}
	s, negative := strings.TrimSpace(c.Text), false
	s = strings.TrimSuffix(s, "%")
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s, negative = s[1:len(s)-1], true
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\u2009', '\'', '’':
			return -1
		case '−', '–':
			return '-'
		}
		return r
	}, s)
	for _, sign := range []string{"-", "+"} {
		if t, ok := strings.CutPrefix(s, sign); ok {
			s, negative = t, negative || sign == "-"
		} else if t, ok := strings.CutSuffix(s, sign); ok {
			s, negative = t, negative || sign == "-"
		}
	}
	plain, ok := ungroup(s, l.decimal)
	if !ok {
		return "", false
	}
	if negative && strings.Trim(plain, "0.") != "" {
		plain = "-" + plain
	}
	return plain, true
}

// ungroup takes the thousands separators out. When both signs are there the last one stands before the decimals; a sign that comes several
// times separates thousands; a single one with three digits after it is what the column, else the country, says.
func ungroup(s string, decimal byte) (string, bool) {
	dots, commas := strings.Count(s, "."), strings.Count(s, ",")
	point := decimal
	switch {
	case dots > 0 && commas > 0:
		point = '.'
		if strings.LastIndexByte(s, ',') > strings.LastIndexByte(s, '.') {
			point = ','
		}
	case dots > 1:
		point = ','
	case commas > 1:
		point = '.'
	case dots+commas == 1:
		i := strings.IndexAny(s, ".,")
		if len(s)-i-1 != 3 || i == 0 || i > 3 || s[0] == '0' {
			point = s[i]
		}
	}
	whole, part, _ := strings.Cut(s, string(point))
	group := "."
	if point == '.' {
		group = ","
	}
	if strings.Contains(part, group) || strings.IndexByte(part, point) >= 0 {
		return "", false
	}
	for i, g := range strings.Split(whole, group) {
		if i > 0 && len(g) != 3 && len(g) != 2 { // two: as in India
			return "", false
		}
	}
	whole = strings.ReplaceAll(whole, group, "")
	if whole == "" && part == "" || len(whole)+len(part) > 30 {
		return "", false
	}
	for i := range len(whole) + len(part) {
		if d := (whole + part)[i]; d < '0' || d > '9' {
			return "", false
		}
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if part == "" {
		return whole, true
	}
	return whole + "." + part, true
}

var signs = []struct{ sign, code string }{
	{"R$", "BRL"},
	{"US$", "USD"},
	{"MX$", "MXN"},
	{"S/", "PEN"},
	{"€", "EUR"},
	{"£", "GBP"},
	{"₫", "VND"},
	{"đ", "VND"},
	{"Đ", "VND"},
	{"¥", "JPY"},
	{"₹", "INR"},
	{"฿", "THB"},
	{"₱", "PHP"},
	{"Rp", "IDR"},
	{"RM", "MYR"},
	{"₩", "KRW"},
	{"₺", "TRY"},
	{"₽", "RUB"},
	{"zł", "PLN"},
	{"Kč", "CZK"},
	{"CHF", "CHF"},
	{"$", ""}, // whose dollar it is, the shop knows
}

func (l local) amount(c Cell) (records.Value, error) {
	code, s := l.currency, strings.TrimSpace(c.Text)
	if !c.Typed {
		letters := strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
				return r
			}
			return -1
		}, s)
		if up := strings.ToUpper(letters); len(up) == 3 && currency.IsValid(up) {
			code = up
			s = strings.TrimSpace(strings.Replace(s, letters, "", 1))
		} else {
			for _, x := range signs {
				if strings.Contains(s, x.sign) {
					if x.code != "" {
						code = x.code
					}
					s = strings.TrimSpace(strings.Replace(s, x.sign, "", 1))
					break
				}
			}
		}
	}
	if n, ok := currency.GetDigits(code); ok && n == 0 && !c.Typed && strings.Count(s, ",")+strings.Count(s, ".") == 1 {
		if i := strings.IndexAny(s, ".,"); len(s)-i-1 == 3 { // a currency without cents
			s = s[:i] + s[i+1:]
		}
	}
	d, ok := l.number(Cell{Text: s, Typed: c.Typed})
	if !ok {
		return refused(c.Text, "an amount")
	}
	return records.Amount(d, code), nil
}

var dayLayouts = []string{
	time.DateOnly, "2006/1/2", "2006.1.2", "20060102", "2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "2-Jan-2006", "2-Jan-06",
}

var dayFirst = []string{"2/1/2006", "2.1.2006", "2-1-2006", "2/1/06", "2.1.06", "2-1-06"}

var monthFirst = []string{"1/2/2006", "1.2.2006", "1-2-2006", "1/2/06", "1-2-06"}

var clockLayouts = []string{"15:04", time.TimeOnly, "3:04 PM", "3:04:05 PM", "3:04PM", "15h04", "15:04:05.999"}

func (l local) time(k records.Kind, c Cell) (records.Value, error) {
	s := strings.TrimSpace(c.Text)
	if k == records.KindTime {
		if _, clock, ok := strings.Cut(s, "T"); ok && c.Typed {
			s = clock
		}
		for _, layout := range clockLayouts {
			if t, err := time.Parse(layout, strings.ToUpper(s)); err == nil {
				return records.TimeOfDay(t.AddDate(2000, 0, 0)), nil
			}
		}
		return refused(s, "a time of the day")
	}
	zone := l.zone
	if zone == nil {
		zone = time.UTC
	}
	if k == records.KindDate {
		zone = time.UTC
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		if k == records.KindDate {
			return records.Date(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)), nil
		}
		return records.DateTime(t.UTC()), nil
	}
	day, clock := s, ""
	if i := strings.IndexByte(s, 'T'); i == 10 {
		day, clock = s[:i], s[i+1:]
	}
	t, ok := l.day(day, zone)
	for i := len(s) - 1; !ok && i > 0; i-- { // the day may itself have spaces
		if s[i] == ' ' || s[i] == ',' {
			if t, ok = l.day(strings.TrimRight(s[:i], " ,"), zone); ok {
				clock = strings.TrimSpace(s[i+1:])
			}
		}
	}
	if !ok || t.Year() < 1000 || t.Year() > 9999 {
		return refused(s, "a date")
	}
	if k == records.KindDate {
		return records.Date(t), nil
	}
	if clock != "" {
		v, err := l.time(records.KindTime, Cell{Text: clock})
		if err != nil {
			return refused(s, "a date with a time")
		}
		t = time.Date(t.Year(), t.Month(), t.Day(), v.Time.Hour(), v.Time.Minute(), v.Time.Second(), 0, zone)
	}
	return records.DateTime(t.UTC()), nil
}

func (l local) day(s string, zone *time.Location) (time.Time, bool) {
	layouts := [][]string{dayLayouts, dayFirst, monthFirst}
	if l.monthFirst {
		layouts[1], layouts[2] = layouts[2], layouts[1]
	}
	for _, list := range layouts {
		for _, layout := range list {
			if t, err := time.ParseInLocation(layout, s, zone); err == nil {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

func yesNo(s string) (yes, ok bool) {
	switch records.Fold(s) {
	case "1", "yes", "y", "true", "t", "x", "on", "co", "roi", "dung", "si", "s", "sim", "oui", "o", "vrai", "verdadero", "verdadeiro", "ja":
		return true, true
	case "0", "no", "n", "false", "f", "off", "khong", "chua", "nao", "non", "faux", "falso", "nein":
		return false, true
	}
	switch strings.TrimSpace(s) {
	case "✓", "✔", "☑":
		return true, true
	case "-", "✗", "✘", "☐":
		return false, true
	}
	return false, false
}

func choice(f records.Field, s string) (records.Value, error) {
	want := records.Fold(s)
	var labels []string
	for _, o := range f.Choices {
		labels = append(labels, o.Label)
		if s == o.Value || want == records.Fold(o.Value) || want == records.Fold(o.Label) {
			return records.Choice(o.Value), nil
		}
		for _, w := range o.Words {
			if want == records.Fold(w) {
				return records.Choice(o.Value), nil
			}
		}
	}
	return refused(s, "one of "+strings.Join(labels, ", "))
}

func link(s string) (records.Value, error) {
	if !strings.Contains(s, "://") && strings.Contains(s, ".") && !strings.ContainsAny(s, " @") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return refused(s, "an address of the web")
	}
	return records.Address(s), nil
}

// countryCode reads a country by its code or its name in one of five languages.
func countryCode(s string) (string, bool) {
	if len(s) == 2 {
		if r, err := language.ParseRegion(strings.ToUpper(s)); err == nil && r.IsCountry() {
			return r.String(), true
		}
	}
	code, ok := countries()[records.Fold(s)]
	return code, ok
}
