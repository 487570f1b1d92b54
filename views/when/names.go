package when

import (
	"time"

	"fyne.io/fyne/v2/lang"
)

// weekday is the name of a day, short and in full.
func weekday(d time.Weekday) (short, full string) {
	switch d {
	case time.Monday:
		return lang.X("when.mon", "Mon"), lang.X("when.monday", "Monday")
	case time.Tuesday:
		return lang.X("when.tue", "Tue"), lang.X("when.tuesday", "Tuesday")
	case time.Wednesday:
		return lang.X("when.wed", "Wed"), lang.X("when.wednesday", "Wednesday")
	case time.Thursday:
		return lang.X("when.thu", "Thu"), lang.X("when.thursday", "Thursday")
	case time.Friday:
		return lang.X("when.fri", "Fri"), lang.X("when.friday", "Friday")
	case time.Saturday:
		return lang.X("when.sat", "Sat"), lang.X("when.saturday", "Saturday")
	}
	return lang.X("when.sun", "Sun"), lang.X("when.sunday", "Sunday")
}

// month is the name of a month, short and in full.
func month(m time.Month) (short, full string) {
	switch m {
	case time.January:
		return lang.X("when.jan", "Jan"), lang.X("when.january", "January")
	case time.February:
		return lang.X("when.feb", "Feb"), lang.X("when.february", "February")
	case time.March:
		return lang.X("when.mar", "Mar"), lang.X("when.march", "March")
	case time.April:
		return lang.X("when.apr", "Apr"), lang.X("when.april", "April")
	case time.May:
		return lang.X("when.may_short", "May"), lang.X("when.may", "May")
	case time.June:
		return lang.X("when.jun", "Jun"), lang.X("when.june", "June")
	case time.July:
		return lang.X("when.jul", "Jul"), lang.X("when.july", "July")
	case time.August:
		return lang.X("when.aug", "Aug"), lang.X("when.august", "August")
	case time.September:
		return lang.X("when.sep", "Sep"), lang.X("when.september", "September")
	case time.October:
		return lang.X("when.oct", "Oct"), lang.X("when.october", "October")
	case time.November:
		return lang.X("when.nov", "Nov"), lang.X("when.november", "November")
	}
	return lang.X("when.dec", "Dec"), lang.X("when.december", "December")
}
