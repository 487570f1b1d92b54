package when

import (
	"time"

	"fyne.io/fyne/v2/lang"
)

func weekday(d time.Weekday) string {
	switch d {
	case time.Monday:
		return lang.X("when.monday", "Monday")
	case time.Tuesday:
		return lang.X("when.tuesday", "Tuesday")
	case time.Wednesday:
		return lang.X("when.wednesday", "Wednesday")
	case time.Thursday:
		return lang.X("when.thursday", "Thursday")
	case time.Friday:
		return lang.X("when.friday", "Friday")
	case time.Saturday:
		return lang.X("when.saturday", "Saturday")
	}
	return lang.X("when.sunday", "Sunday")
}

func shortWeekday(d time.Weekday) string {
	switch d {
	case time.Monday:
		return lang.X("when.mon", "Mon")
	case time.Tuesday:
		return lang.X("when.tue", "Tue")
	case time.Wednesday:
		return lang.X("when.wed", "Wed")
	case time.Thursday:
		return lang.X("when.thu", "Thu")
	case time.Friday:
		return lang.X("when.fri", "Fri")
	case time.Saturday:
		return lang.X("when.sat", "Sat")
	}
	return lang.X("when.sun", "Sun")
}

func month(m time.Month) string {
	switch m {
	case time.January:
		return lang.X("when.january", "January")
	case time.February:
		return lang.X("when.february", "February")
	case time.March:
		return lang.X("when.march", "March")
	case time.April:
		return lang.X("when.april", "April")
	case time.May:
		return lang.X("when.may", "May")
	case time.June:
		return lang.X("when.june", "June")
	case time.July:
		return lang.X("when.july", "July")
	case time.August:
		return lang.X("when.august", "August")
	case time.September:
		return lang.X("when.september", "September")
	case time.October:
		return lang.X("when.october", "October")
	case time.November:
		return lang.X("when.november", "November")
	}
	return lang.X("when.december", "December")
}

func shortMonth(m time.Month) string {
	switch m {
	case time.January:
		return lang.X("when.jan", "Jan")
	case time.February:
		return lang.X("when.feb", "Feb")
	case time.March:
		return lang.X("when.mar", "Mar")
	case time.April:
		return lang.X("when.apr", "Apr")
	case time.May:
		return lang.X("when.may_short", "May")
	case time.June:
		return lang.X("when.jun", "Jun")
	case time.July:
		return lang.X("when.jul", "Jul")
	case time.August:
		return lang.X("when.aug", "Aug")
	case time.September:
		return lang.X("when.sep", "Sep")
	case time.October:
		return lang.X("when.oct", "Oct")
	case time.November:
		return lang.X("when.nov", "Nov")
	}
	return lang.X("when.dec", "Dec")
}
