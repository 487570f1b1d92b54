package importer

import (
	"strings"

	"shopbell/app"
	"shopbell/app/records"
)

// kindOf guesses what one cell holds.
func kindOf(c Cell, country string) string {
	s := c.Text
	l := local{decimal: '.', country: country}
	if at := strings.IndexByte(s, '@'); at > 0 && strings.IndexByte(s[at:], '.') > 1 && !strings.ContainsAny(s, " ,;") {
		return "email"
	}
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.") {
		return string(records.KindLink)
	}
	if v, err := l.time(records.KindDateTime, c); err == nil && len(s) >= 6 && strings.ContainsAny(s, "/-. T") {
		if strings.ContainsRune(s, ':') {
			return string(records.KindDateTime)
		}
		_ = v
		return string(records.KindDate)
	}
	if n := len(app.Digits(s)); !c.Typed && n >= 8 && n <= 17 && (s[0] == '+' || s[0] == '0' || s[0] == '(') {
		if _, _, err := Phones(s, country); err == nil {
			return "phone"
		}
	}
	if _, ok := l.number(c); ok {
		if n := len(s); n >= 9 && n <= 15 && strings.Trim(s, "0123456789") == "" {
			if _, _, err := Phones(s, country); err == nil && country != "" {
				return "phone"
			}
		}
		return string(records.KindNumber)
	}
	if strings.ContainsAny(s, "0123456789") {
		if v, err := l.amount(c); err == nil && v.Number != "" {
			return string(records.KindAmount)
		}
		if _, err := l.time(records.KindTime, c); err == nil {
			return string(records.KindTime)
		}
	}
	if _, ok := yesNo(s); ok {
		return string(records.KindBool)
	}
	return string(records.KindText)
}

// commonKind is what nine of ten cells hold.
func commonKind(cells []Cell, country string) string {
	if len(cells) == 0 {
		return "empty"
	}
	count := map[string]int{}
	for _, c := range cells {
		count[kindOf(c, country)]++
	}
	number, amount := string(records.KindNumber), string(records.KindAmount)
	if count[amount] > 0 {
		count[amount] += count[number]
	}
	if day, moment := string(records.KindDate), string(records.KindDateTime); count[moment] > 0 {
		count[moment] += count[day]
	}
	for kind, n := range count {
		if n*10 >= len(cells)*9 {
			if kind == number && count[amount] > 0 {
				kind = amount
			}
			return kind
		}
	}
	return string(records.KindText)
}

// localOf finds how a column writes decimals and days. A number with both signs, or with a sign before other than three digits, tells; so does a
// day or month over twelve. Where nothing does, the country decides.
func localOf(cells []Cell, opt Options) local {
	l := local{decimal: '.', country: opt.Country, currency: opt.Currency, zone: opt.Zone, monthFirst: opt.Country == "US"}
	if commaCountries[opt.Country] {
		l.decimal = ','
	}
	day, month := 0, 0
	for _, c := range cells {
		if c.Typed {
			continue
		}
		if point := pointOf(c.Text); point != 0 {
			l.decimal = point
		}
		var a, b int
		parts := strings.FieldsFunc(c.Text, func(r rune) bool { return r == '/' || r == '.' || r == '-' || r == ' ' })
		if len(parts) >= 3 && len(parts[0]) <= 2 && len(parts[1]) <= 2 {
			a, b = small(parts[0]), small(parts[1])
		}
		if a > 12 && a <= 31 && b >= 1 && b <= 12 {
			day++
		}
		if b > 12 && b <= 31 && a >= 1 && a <= 12 {
			month++
		}
	}
	if day != month {
		l.monthFirst = month > day
	}
	return l
}

func small(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// pointOf tells which sign stands before the decimals, if the text leaves no doubt; 0 otherwise.
func pointOf(s string) byte {
	s = strings.Trim(s, " \u00a0€$£₫đ%ABCDEFGHIJKLMNOPQRSTUVWXYZ()-+")
	if s == "" || strings.Trim(s, "0123456789., \u00a0\u202f'") != "" {
		return 0
	}
	dots, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case dots > 0 && commas > 0:
		if strings.LastIndexByte(s, ',') > strings.LastIndexByte(s, '.') {
			return ','
		}
		return '.'
	case dots > 1:
		return ','
	case commas > 1:
		return '.'
	case dots+commas == 1:
		i := strings.IndexAny(s, ".,")
		if len(s)-i-1 != 3 || i > 3 {
			return s[i]
		}
	}
	return 0
}
