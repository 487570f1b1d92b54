package accounts

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"shopbell/app"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// ToMend counts the accounts whose last test found something wrong.
func ToMend(list []app.Account) int {
	n := 0
	for _, a := range list {
		if !a.Archived && app.Failed(a.LastTest) {
			n++
		}
	}
	return n
}

// broken and warned count the lines of a test that need somebody.
func broken(checks []app.Check) (bad, warned int) {
	for _, c := range checks {
		switch {
		case !c.OK:
			bad++
		case c.Warning:
			warned++
		}
	}
	return bad, warned
}

// standing is how an account stands, as the pill of its card says it.
func standing(a app.Account) (words, icon string, tone widget.Tone) {
	bad, warned := broken(a.LastTest)
	switch {
	case a.Archived:
		return lang.X("account.archived", "Archived"), "", widget.Quiet
	case bad > 0:
		return lang.X("account.to_mend", "{{.N}} to mend", map[string]any{"N": bad}), "alert", widget.Bad
	case a.Practice:
		return lang.X("account.practice", "Practice"), "bolt", widget.Quiet
	case len(a.LastTest) == 0:
		return lang.X("account.untested", "Not tested"), "", widget.Quiet
	case warned > 0:
		return lang.X("account.to_look", "{{.N}} to look at", map[string]any{"N": warned}), "warn", widget.Warn
	}
	return lang.X("account.working", "Working"), "check", widget.Ok
}

// qualityWords is Meta's rating in words, and how it is coloured.
func qualityWords(rating string) (string, widget.Tone) {
	switch rating {
	case "GREEN":
		return lang.X("quality.high", "High"), widget.Ok
	case "YELLOW":
		return lang.X("quality.medium", "Medium"), widget.Warn
	case "RED":
		return lang.X("quality.low", "Low"), widget.Bad
	}
	return lang.X("quality.unrated", "Not rated"), widget.Quiet
}

// limitWords is how many people a day may be written to first (Meta: messaging limits).
func limitWords(tier string) string {
	people := map[string]int{"TIER_50": 50, "TIER_250": 250, "TIER_1K": 1000, "TIER_2K": 2000, "TIER_10K": 10000, "TIER_100K": 100000}
	if n, ok := people[tier]; ok {
		return lang.X("limit.people", "{{.N}} people", map[string]any{"N": number(n)})
	}
	switch {
	case tier == "TIER_UNLIMITED":
		return lang.X("limit.none", "no limit")
	case tier == "":
		return lang.X("limit.unknown", "not known")
	}
	return strings.ToLower(strings.TrimPrefix(tier, "TIER_"))
}

// number writes a number as the person's language does.
func number(n int) string {
	tag, err := language.Parse(string(lang.SystemLocale()))
	if err != nil {
		tag = language.English
	}
	return message.NewPrinter(tag).Sprint(n)
}

// beside is the word beside the title of the tab.
func beside(list []app.Account) string {
	connected, practice := 0, 0
	for _, a := range list {
		switch {
		case a.Archived:
		case a.Practice:
			practice++
		default:
			connected++
		}
	}
	var words []string
	if connected > 0 || practice == 0 {
		words = append(words, lang.X("accounts.connected", "{{.N}} connected", map[string]any{"N": connected}))
	}
	if practice > 0 {
		words = append(words, lang.X("accounts.practice", "{{.N}} practice", map[string]any{"N": practice}))
	}
	return strings.Join(words, ", ")
}

// tested is the line below the doctor's title.
func tested(a app.Account, now time.Time) string {
	if len(a.LastTest) == 0 {
		return lang.X("doctor.never", "Not tested yet")
	}
	bad, warned := broken(a.LastTest)
	return lang.X("doctor.summary", "{{.N}} checks, {{.Fine}} are fine · last run {{.Ago}}", map[string]any{
		"N": len(a.LastTest), "Fine": len(a.LastTest) - bad - warned, "Ago": when.Ago(a.LastTestAt, now),
	})
}

// report is what Copy report puts onto the clipboard: no secret is in a check.
func report(a app.Account, checks []app.Check) string {
	var b strings.Builder
	b.WriteString(a.Name + "\n")
	for _, c := range checks {
		mark := "ok  "
		switch {
		case !c.OK:
			mark = "FAIL"
		case c.Warning:
			mark = "warn"
		}
		b.WriteString(mark + "  " + c.What + ": " + c.Why)
		if c.Mend != "" {
			b.WriteString(" " + c.Mend)
		}
		if c.Code != "" {
			b.WriteString(" (" + c.Code + ")")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func checkState(c app.Check) widget.CheckState {
	switch {
	case !c.OK:
		return widget.CheckBroken
	case c.Warning:
		return widget.CheckWarning
	}
	return widget.CheckFine
}

// finding is what a line of the doctor says: what was found, and what to do.
func finding(c app.Check) string {
	if c.Mend == "" {
		return c.Why
	}
	return strings.TrimRight(c.Why, ". ") + ". " + c.Mend
}
