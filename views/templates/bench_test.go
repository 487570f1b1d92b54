package templates

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/meta/template"
)

// frame is what one step may take on the UI goroutine: a frame of 60 a second.
const frame = 16 * time.Millisecond

func ofFrame(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(frame), "of-frame")
}

// A key typed into the body until the phone shows it: the model, the form, the tabs and the preview. The lint runs elsewhere.
func BenchmarkKeystrokeToPreview(b *testing.B) {
	w := newWorld(b, shop(), app.Staff{})
	w.open(1)
	texts := []string{"Hello {{1}}, here is your quotation for *{{2}}*. Prices include delivery to {{3}}.", "Hello {{1}}, here is your quotation for *{{2}}*. Prices include delivery to {{3}}!"}
	i := 0
	for b.Loop() {
		i++
		w.editor.change("body", func(t *app.Template) { setText(&t.Document, template.Body, texts[i%2]) })
	}
	ofFrame(b)
}

// One step of the wheel over Meta's cap of 6,000 templates.
func BenchmarkScroll(b *testing.B) {
	k := newKept()
	for i := range 6000 {
		k.put(app.Template{Name: fmt.Sprintf("Báo giá số %d", i), Document: document("Hello"), Standing: app.Standing{MetaID: fmt.Sprint(i), MetaStatus: app.TemplateApproved}})
	}
	w := newWorld(b, k, app.Staff{})
	w.open(1)
	at := float32(0)
	for b.Loop() {
		if at += 40; at > 300_000 {
			at = 0
		}
		w.list.list.ScrollToOffset(at)
	}
	ofFrame(b)
	test.WidgetRenderer(w.list.list).Refresh()
}

// A word typed into the search over Meta's cap, until the rows are shown: at most 50 ms.
func BenchmarkFilter(b *testing.B) {
	k := newKept()
	for i := range 6000 {
		k.put(app.Template{Name: fmt.Sprintf("Báo giá số %d", i), Document: document("Hello"), Standing: app.Standing{MetaID: fmt.Sprint(i), MetaStatus: app.TemplateApproved}})
	}
	w := newWorld(b, k, app.Staff{})
	w.open(1)
	words := []string{"bao gia 59", "bao", "so 7", "nothing of it"}
	i := 0
	for b.Loop() {
		i++
		pick(w.list.rows, query{Text: words[i%len(words)]})
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(50*time.Millisecond), "of-the-limit")
}
