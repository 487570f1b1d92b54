package template_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"shopbell/meta/template"
)

// largest is a template that fills every limit at once.
func largest() template.Document {
	var body strings.Builder
	c := template.Component{Type: template.Body}
	for i := 1; body.Len() < 960; i++ {
		if i <= 30 {
			fmt.Fprintf(&body, "and your order {{%d}} ", i)
			c.Samples = append(c.Samples, template.Sample{Placeholder: fmt.Sprint(i), Value: "sample value"})
			continue
		}
		body.WriteString("words of it ")
	}
	c.Text = body.String() + "to end."
	var list []template.Card
	for range template.MaxCards {
		list = append(list, template.Card{Components: []template.Component{
			{Type: template.Header, Format: template.HeaderImage, Handles: []string{"4:x"}},
			{
				Type: template.Body, Text: "A lamp for {{1}} and for {{2}} too, " + strings.Repeat("with a warm light ", 6) + "inside.",
				Samples: []template.Sample{{Placeholder: "1", Value: "you"}, {Placeholder: "2", Value: "me"}},
			},
			{Type: template.Buttons, Buttons: []template.Button{
				{Type: template.QuickReply, Text: "Tell me much more now"},
				{Type: template.URLButton, Text: "Open the shop", URL: "https://shop.example.com/" + strings.Repeat("a", 1900) + "/{{1}}", Example: []string{"x"}},
			}},
		}})
	}
	return template.Document{Name: strings.Repeat("a", 512), Language: "en_US", Category: template.Utility, Components: []template.Component{
		c, {Type: template.Carousel, Cards: list},
	}}
}

func TestTheLargestIsLegal(t *testing.T) {
	if found := template.Lint(largest(), template.Env{}); len(found) > 0 {
		t.Errorf("%+v", found)
	}
}

// The limit is one millisecond. What the machine can do at this moment is told by encoding the same document as JSON.
func BenchmarkLintLargest(b *testing.B) {
	d := largest()
	var encoding time.Duration
	for b.Loop() {
		template.Lint(d, template.Env{})
	}
	each := b.Elapsed() / time.Duration(b.N)
	const times = 50
	start := time.Now()
	for range times {
		if _, err := json.Marshal(d); err != nil {
			b.Fatal(err)
		}
	}
	encoding = time.Since(start) / times
	b.ReportMetric(float64(each)/float64(time.Millisecond), "of-the-limit")
	b.ReportMetric(float64(each)/float64(encoding), "of-one-JSON-encoding")
}

func BenchmarkRenderLargest(b *testing.B) {
	d := largest()
	for b.Loop() {
		template.Render(d, d.SampleOf)
	}
	b.ReportMetric(float64(b.Elapsed()/time.Duration(b.N))/float64(16*time.Millisecond), "of-a-frame")
}

func BenchmarkLintPasted(b *testing.B) {
	for _, name := range []string{"words", "nested", "many placeholders"} {
		d := template.Document{Name: "a", Language: "en", Category: template.Utility, Components: []template.Component{{Type: template.Body, Text: pasted()[name]}}}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				template.Lint(d, template.Env{})
			}
			b.ReportMetric(float64(b.Elapsed()/time.Duration(b.N))/float64(16*time.Millisecond), "of-a-frame")
		})
	}
}
