package records

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/app/records"
)

// months are the beginnings of the months' names, folded, in the languages that the starter templates have.
var months = [12][]string{
	{"jan", "ene", "thang1"},
	{"feb", "fev", "thang2"},
	{"mar", "thang3"},
	{"apr", "abr", "avr", "thang4"},
	{"may", "mai", "thang5"},
	{"jun", "juin", "thang6"},
	{"jul", "juil", "thang7"},
	{"aug", "ago", "aou", "thang8"},
	{"sep", "set", "thang9"},
	{"oct", "out", "okt", "thang10"},
	{"nov", "thang11"},
	{"dec", "dic", "dez", "thang12"},
}

func readMonth(s string) (time.Month, bool) {
	s = squeezed(s)
	if n, err := strconv.Atoi(s); err == nil {
		return time.Month(n), n >= 1 && n <= 12
	}
	for i := 11; i >= 0; i-- { // thang12 before thang1
		if slices.ContainsFunc(months[i], func(m string) bool { return strings.HasPrefix(s, m) }) && len(s) >= 3 {
			return time.Month(i + 1), true
		}
	}
	return 0, false
}

// readDay reads a day as people write it: 2026-09-01, 1-sep, 1 Sep 2026, 1/9/2026, today, yesterday. Without a year it is the one of now.
// The day is at midnight UTC, as dates are kept.
func readDay(s string, now time.Time) (time.Time, bool) {
	s = strings.TrimSpace(s)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	switch records.Fold(s) {
	case "today", "hoy", "hoje", "hom nay":
		return today, true
	case "yesterday", "ayer", "ontem", "hier", "hom qua":
		return today.AddDate(0, 0, -1), true
	case "tomorrow", "manana", "amanha", "demain":
		return today.AddDate(0, 0, 1), true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-/. ,\u00a0", r) })
	if len(parts) == 4 && (strings.EqualFold(parts[1], "de") || strings.EqualFold(parts[1], "of")) {
		parts = slices.Delete(parts, 1, 2)
	}
	if len(parts) < 2 || len(parts) > 3 {
		return time.Time{}, false
	}
	if len(parts[0]) == 4 {
		slices.Reverse(parts)
		if len(parts) == 2 { // 2026-09
			parts = append([]string{"1"}, parts...)
		}
	}
	if _, err := strconv.Atoi(parts[0]); err != nil { // Sep 1
		parts[0], parts[1] = parts[1], parts[0]
	}
	day, err := strconv.Atoi(strings.TrimRight(parts[0], "ºª."))
	month, ok := readMonth(parts[1])
	if err != nil || !ok {
		return time.Time{}, false
	}
	year := now.Year()
	if len(parts) == 3 {
		if year, err = strconv.Atoi(parts[2]); err != nil {
			return time.Time{}, false
		}
		if year < 100 {
			year += 2000
		}
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || year < 1000 || year > 9999 {
		return time.Time{}, false
	}
	return t, true
}

// readClock reads a time of day such as 18:30, 6:30 pm or 18h30.
func readClock(s string) (time.Time, bool) {
	s = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(s), " ", ""))
	for _, layout := range []string{"15:04", "15:04:05", "15.04", "15h04", "15h", "3:04pm", "3pm"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.AddDate(2000, 0, 0), true // in year 0 midnight would be no time at all
		}
	}
	return time.Time{}, false
}

// readMoment reads a day with a time behind it, by the clock of a zone.
func readMoment(s string, now time.Time, zone *time.Location) (time.Time, bool) {
	s = strings.TrimSpace(strings.NewReplacer("T", " ", " at ", " ").Replace(s))
	at := strings.LastIndexByte(s, ' ')
	if at >= 0 && strings.HasSuffix(strings.ToLower(s), "m") && !strings.ContainsAny(s[at:], ":0123456789") { // 6:30 pm
		if earlier := strings.LastIndexByte(s[:at], ' '); earlier > 0 {
			at = earlier
		}
	}
	if at < 0 {
		return time.Time{}, false
	}
	day, ok := readDay(s[:at], now)
	clock, ok2 := readClock(s[at+1:])
	if !ok || !ok2 {
		return time.Time{}, false
	}
	return time.Date(day.Year(), day.Month(), day.Day(), clock.Hour(), clock.Minute(), clock.Second(), 0, zone), true
}
