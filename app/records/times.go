package records

import (
	"strings"
	"sync"
	"time"

	"github.com/go-playground/locales"
)

// calendar is what writes the times of one language. Its tables are large, so each is made once.
type calendar struct {
	locales.Translator
	digits []rune
}

var calendars sync.Map // calendar by language code

func calendarOf(language string) calendar {
	if c, ok := calendars.Load(language); ok {
		return c.(calendar)
	}
	l, known := localeOf[language]
	if !known {
		l = findLocale(language) // spelled otherwise or unknown: not kept, there is no end of them
		return calendar{l.dates(), digitsOf(language)}
	}
	c := calendar{l.dates(), digitsOf(language)}
	calendars.Store(language, c)
	return c
}

func (s Style) writeTime(v Value, format string) string {
	c := calendarOf(s.Language)
	l := c.Translator
	from, until := v.Time, v.Until
	if v.Kind == KindDateTime {
		zone := s.Zone
		if zone == nil {
			zone = time.UTC
		}
		from = from.In(zone)
		if !until.IsZero() {
			until = until.In(zone)
		}
	}
	out := moment(l, from, format)
	if end := moment(l, until, format); !until.IsZero() && end != out {
		if v.Kind == KindDateTime && sameDay(from, until) && strings.HasPrefix(format, "datetime.") {
			end = clock(l, until, false)
		}
		out += " – " + end
	}
	return inDigits(out, c.digits)
}

func moment(l locales.Translator, t time.Time, format string) string {
	kind, size, _ := strings.Cut(format, ".")
	switch kind {
	case "time":
		return clock(l, t, format == FormatTimeSeconds)
	case "datetime":
		return day(l, t, size) + " " + clock(l, t, false)
	}
	return day(l, t, size)
}

func day(l locales.Translator, t time.Time, size string) string {
	switch size {
	case "short":
		return l.FmtDateShort(t)
	case "long":
		return l.FmtDateLong(t)
	case "full":
		return l.FmtDateFull(t)
	}
	return l.FmtDateMedium(t)
}

// clock writes a time of a day. The tables write the first hour of a twelve-hour clock as 0; people write 12.
func clock(l locales.Translator, t time.Time, seconds bool) string {
	write := l.FmtTimeShort
	if seconds {
		write = l.FmtTimeMedium
	}
	twelve := !strings.Contains(l.FmtTimeShort(time.Date(2000, 1, 1, 22, 55, 0, 0, time.UTC)), "22")
	if !twelve || t.Hour() != 0 {
		return write(t)
	}
	one := write(t.Add(time.Hour))
	i := strings.IndexByte(one, '1')
	head := strings.TrimSuffix(one[:i], "0")
	return head + "12" + one[i+1:]
}

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

// inDigits replaces 0 to 9 by the digits of a language.
func inDigits(s string, digits []rune) string {
	if digits[0] == '0' {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return digits[r-'0']
		}
		return r
	}, s)
}
