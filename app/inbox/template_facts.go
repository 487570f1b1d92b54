package inbox

import (
	"strings"
	"time"

	"shopbell/app"
	"shopbell/meta/webhook"
)

// templateFacts are what an event says of a template, one fact an aspect, and the event as it came. Meta's clock counts seconds.
func templateFacts(base app.Fact, e webhook.Event, at time.Time) []app.Fact {
	t := e.Template
	whole := base
	whole.Event = &app.EventFact{Field: e.Field, Kind: t.Event, At: at, Raw: string(e.Raw)}
	out := []app.Fact{whole}
	add := func(f app.TemplateFact) {
		f.MetaID, f.Name, f.Language, f.At = t.ID, t.Name, t.Language, at.Truncate(time.Second)
		one := base
		one.Template = &f
		out = append(out, one)
	}
	switch t.Event {
	case "QUALITY":
		add(app.TemplateFact{Aspect: app.AspectQuality, Quality: strings.ToUpper(t.Quality)})
	case "CATEGORY":
		if t.Category != "" {
			add(app.TemplateFact{Aspect: app.AspectCategory, Category: strings.ToUpper(t.Category), PreviousCategory: strings.ToUpper(t.PreviousCat)})
		}
		correct := strings.ToUpper(t.CorrectCat)
		if strings.EqualFold(t.CorrectCat, t.Category) {
			correct = "" // it has it already
		}
		add(app.TemplateFact{Aspect: app.AspectPlan, CorrectCategory: correct})
	case "COMPONENTS":
		add(app.TemplateFact{Aspect: app.AspectComponents})
	default:
		f := app.TemplateFact{
			Aspect: app.AspectStatus, Status: app.ParseTemplateStatus(t.Event), Reason: strings.ToUpper(t.Reason),
			Notice: app.TemplateNotice{Title: t.OtherTitle, Text: t.OtherText, Recommendation: t.Recommendation},
		}
		if t.DisableDate > 0 {
			f.Notice.DisableAt = time.Unix(t.DisableDate, 0).UTC()
		}
		add(f)
	}
	return out
}
