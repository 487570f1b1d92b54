package templates

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"shopbell/app"
)

// row is what the list knows of a template: enough to show, filter and sort it without its document.
type row struct {
	id       app.ID
	name     string // the shop's own
	meta     string // the name at Meta
	status   app.TemplateStatus
	reason   string // why it stands so, in plain words; "" when there is nothing to say
	quality  string
	language string // the code
	speaks   string // its name
	short    string // its name in a row
	category string // as a person reads it
	kind     string // Meta's word for the category
	account  app.ID
	shop     string // the account's name
	archived bool
	gone     bool // no longer at Meta
	linked   bool // Meta has it
	conflict bool // edited here and there
	moved    bool // Meta changed its category, or plans to
	used     int  // messages sent with it
	updated  time.Time
	begins   string // the beginning of its text, in one line
	found    string // everything that is searched, folded
}

// second is the line below the name.
func (r row) second() string {
	parts := make([]string, 0, 3)
	for _, s := range []string{cmp.Or(r.short, r.speaks), r.category, r.shop} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// toMend tells whether a template waits for somebody's hand.
func (r row) toMend() bool {
	return !r.archived && (r.conflict || r.moved || needsHand(r.status))
}

func (r row) draft() bool { return !r.archived && r.status == app.TemplateDraft }

// chip is the filter that the chips above the list choose.
type chip int

const (
	chipAll chip = iota
	chipMend
	chipDrafts
)

// order is how the list is sorted.
type order int

const (
	byUpdated order = iota
	byName
	byStatus
	byLanguage
	byUse
)

// query is what the list shows, and in which order. Empty fields let everything through.
type query struct {
	Text     string             `json:"text,omitempty"`
	Chip     chip               `json:"chip,omitempty"`
	Status   app.TemplateStatus `json:"status,omitempty"`
	Account  app.ID             `json:"account,omitempty,string"`
	Language string             `json:"language,omitempty"`
	Category string             `json:"category,omitempty"`
	Quality  string             `json:"quality,omitempty"`
	Archived bool               `json:"archived,omitempty"` // archived ones instead of the others
	Order    order              `json:"order,omitempty"`
}

// narrowed tells whether the popover's filters leave anything out.
func (q query) narrowed() bool {
	return q.Status != "" || q.Account != 0 || q.Language != "" || q.Category != "" || q.Quality != "" || q.Archived
}

func (q query) lets(r *row, words []string) bool {
	switch {
	case r.archived != q.Archived,
		q.Chip == chipMend && !r.toMend(),
		q.Chip == chipDrafts && !r.draft(),
		q.Status != "" && r.status != q.Status,
		q.Account != 0 && r.account != q.Account,
		q.Language != "" && r.language != q.Language,
		q.Category != "" && !strings.EqualFold(r.kind, q.Category),
		q.Quality != "" && !strings.EqualFold(r.quality, q.Quality):
		return false
	}
	for _, w := range words {
		if !strings.Contains(r.found, w) {
			return false
		}
	}
	return true
}

// pick gives the indexes of the rows that a query shows, in its order. Words may stand anywhere, with or without their marks.
func pick(rows []row, q query) []int {
	words := strings.Fields(fold(q.Text))
	out := make([]int, 0, len(rows))
	for i := range rows {
		if q.lets(&rows[i], words) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return compare(&rows[a], &rows[b], q.Order) })
	return out
}

func compare(a, b *row, o order) int {
	c := 0
	switch o {
	case byUpdated:
		c = b.updated.Compare(a.updated)
	case byStatus:
		c = cmp.Compare(statusRank(a.status), statusRank(b.status))
	case byLanguage:
		c = cmp.Compare(a.speaks, b.speaks)
	case byUse:
		c = cmp.Compare(b.used, a.used)
	}
	if c == 0 {
		c = cmp.Compare(a.found, b.found)
	}
	if c == 0 {
		c = cmp.Compare(a.id, b.id)
	}
	return c
}

// counts are the numbers on the chips: of those that are not archived, whatever else is filtered.
type counts struct{ all, mend, drafts int }

func count(rows []row) (c counts) {
	for i := range rows {
		r := &rows[i]
		if r.archived {
			continue
		}
		c.all++
		if r.toMend() {
			c.mend++
		}
		if r.draft() {
			c.drafts++
		}
	}
	return c
}
