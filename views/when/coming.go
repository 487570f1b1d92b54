package when

import (
	"time"

	"fyne.io/fyne/v2/lang"
)

// Coming is the day of a time to come, as short as it can be: the short weekday within a week, else the date.
func Coming(t, now time.Time) string {
	t = t.In(now.Location())
	if days := Days(t, now); days < 0 && days > -7 {
		short, _ := weekday(t.Weekday())
		return short
	}
	if t.Year() == now.Year() {
		return lang.X("when.date", "{{.Day}} {{.Month}}", parts(t))
	}
	return lang.X("when.date_year", "{{.Day}} {{.Month}} {{.Year}}", parts(t))
}
