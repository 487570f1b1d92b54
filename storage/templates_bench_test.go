package storage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// filterBudget is how long a filter of Meta's largest number of templates may take.
const filterBudget = 50 * time.Millisecond

// BenchmarkTemplateList lists and filters 6,000 templates, Meta's cap, each with a document of usual size. The ratio is of the time allowed.
func BenchmarkTemplateList(b *testing.B) {
	s := open(b, Options{Home: b.TempDir()})
	a := shop(b, s)
	var writes []app.TemplateWrite
	for i := range 6000 {
		t := linkedTemplate(a.ID, fmt.Sprint(100_000+i))
		t.Name = fmt.Sprint("Order ready ", i)
		t.Document.Name, t.Document.Language = fmt.Sprint("order_ready_", i/4), []string{"en", "vi", "es", "fr"}[i%4]
		t.Document.Component(template.Body).Text = strings.Repeat(fmt.Sprint("Hello {{1}}, your order number ", i, " is ready until {{2}}. "), 8)
		writes = append(writes, app.TemplateWrite{Template: t})
	}
	must(b, s.MergeTemplates(bg, a.ID, nil, nil, func([]app.Template) ([]app.TemplateWrite, error) { return writes, nil }))
	for name, f := range map[string]app.TemplateFilter{
		"all":      {},
		"words":    {Search: "order 59"},
		"language": {Languages: []string{"vi"}, Statuses: []app.TemplateStatus{app.TemplatePending}},
		"nothing":  {Search: "zebra crossing"},
	} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = len(ok[[]app.TemplateRow](b)(s.Templates(bg, f)))
			}
			b.ReportMetric(float64(n), "rows")
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(filterBudget), "x_allowed")
		})
	}
}
