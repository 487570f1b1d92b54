package templates

import (
	"encoding/json"
	"strconv"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// openFilter opens what narrows the list down, and its order.
func (l *listPane) openFilter() {
	have := l.choices()
	all := widget.Option{Key: "", Label: lang.X("filter.any", "Any")}
	set := func(do func(q *query, key string)) func(string) {
		return func(key string) {
			do(&l.query, key)
			l.pick(true)
		}
	}
	choice := func(label string, options []widget.Option, now string, do func(q *query, key string)) *widget.Choice {
		c := widget.NewChoice(label, append([]widget.Option{all}, options...), set(do))
		c.SetChosen(now)
		return c
	}
	account := ""
	if l.query.Account != 0 {
		account = strconv.FormatInt(l.query.Account, 10)
	}
	sorted := widget.NewChoice(lang.X("filter.order", "Order"), []widget.Option{
		{Key: "0", Label: lang.X("filter.by_updated", "Last changed first")},
		{Key: "1", Label: lang.X("filter.by_name", "Name")},
		{Key: "2", Label: lang.X("filter.by_status", "Status")},
		{Key: "3", Label: lang.X("filter.by_language", "Language")},
		{Key: "4", Label: lang.X("filter.by_use", "Most used first")},
	}, set(func(q *query, key string) { q.Order = order(digits(key)) }))
	sorted.SetChosen(strconv.Itoa(int(l.query.Order)))
	archived := widget.NewCheck(lang.X("filter.archived", "The archive ({{.N}})", map[string]any{"N": have.archived}), func(on bool) {
		if l.query.Archived != on {
			l.query.Archived = on
			l.pick(true)
		}
	})
	archived.SetChecked(l.query.Archived)
	var pop *widget.Popover
	none := widget.NewButton(widget.TextOnly, lang.X("filter.clear", "Clear"), "", func() {
		pop.Close()
		l.clear()
	}).Sized(widget.Small)
	done := widget.NewButton(widget.Plain, lang.X("filter.done", "Done"), "", func() { pop.Close() }).Sized(widget.Small)
	first := choice(lang.X("filter.status", "Status"), have.statuses, string(l.query.Status), func(q *query, key string) { q.Status = app.TemplateStatus(key) })
	pop = widget.ShowPopover(l.filter, layout.Pad(14, 14, 12, 14, layout.Column(theme.Space3,
		first,
		choice(lang.X("templates.account", "Account"), have.accounts, account, func(q *query, key string) { q.Account, _ = strconv.ParseInt(key, 10, 64) }),
		choice(lang.X("templates.language", "Language"), have.languages, l.query.Language, func(q *query, key string) { q.Language = key }),
		choice(lang.X("templates.category", "Category"), have.categories, l.query.Category, func(q *query, key string) { q.Category = key }),
		choice(lang.X("filter.quality", "Quality"), have.quality, l.query.Quality, func(q *query, key string) { q.Quality = key }),
		sorted, archived, layout.Row(theme.Space2, none, layout.Gap(), done),
	)), 280, nil)
	if pop != nil {
		first.Focus()
	}
}

// choices are the values that the filters may be set to: those that occur.
type choices struct {
	statuses, accounts, languages, categories, quality []widget.Option
	archived                                           int
}

func (l *listPane) choices() (c choices) {
	seen := map[string]bool{}
	add := func(to *[]widget.Option, kind, key, label string) {
		if key != "" && !seen[kind+key] {
			seen[kind+key] = true
			*to = append(*to, widget.Option{Key: key, Label: label})
		}
	}
	for i := range l.rows {
		r := &l.rows[i]
		if r.archived {
			c.archived++
		}
		words, _, _ := widget.StatusLook(string(r.status))
		add(&c.statuses, "s", string(r.status), words)
		add(&c.accounts, "a", strconv.FormatInt(r.account, 10), r.shop)
		add(&c.languages, "l", r.language, r.speaks)
		add(&c.categories, "c", r.kind, r.category)
		add(&c.quality, "q", r.quality, qualityWords(r.quality))
	}
	return c
}

func qualityWords(q string) string { return widget.NewQualityDot(q).Words() }

// keptQuery is what the list showed last time; what cannot be read is as if it had never been set.
func (v *View) keptQuery() (q query) {
	if err := json.Unmarshal([]byte(v.sh.Keep.TemplateFilter), &q); err != nil {
		return query{}
	}
	return q
}

// keepQuery remembers what the list shows.
func (v *View) keepQuery(q query) {
	data, err := json.Marshal(q)
	if err != nil || string(data) == v.sh.Keep.TemplateFilter {
		return
	}
	v.sh.Keep.TemplateFilter = string(data)
	v.sh.Keep.Changed()
}
