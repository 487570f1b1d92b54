package inbox

import (
	"testing"
	"time"

	"shopbell/app"
)

const which = `"message_template_id":594425479261596,"message_template_name":"order_ready","message_template_language":"en-US"`

func TestTemplateWebhooksAreFacts(t *testing.T) {
	for name, c := range map[string]struct {
		field, value string
		want         []app.TemplateFact
	}{
		"approved": {
			"message_template_status_update", `"event":"APPROVED","reason":"NONE"`,
			[]app.TemplateFact{{Aspect: app.AspectStatus, Status: app.TemplateApproved}},
		},
		"rejected": {
			"message_template_status_update", `"event":"REJECTED","reason":"INVALID_FORMAT","rejection_info":{"reason":"x","recommendation":"Close the braces."}`,
			[]app.TemplateFact{{Aspect: app.AspectStatus, Status: app.TemplateRejected, Reason: "INVALID_FORMAT", Notice: app.TemplateNotice{Recommendation: "Close the braces."}}},
		},
		"back again": {
			"message_template_status_update", `"event":"REINSTATED","reason":null`,
			[]app.TemplateFact{{Aspect: app.AspectStatus, Status: app.TemplateApproved}},
		},
		"flagged": {
			"message_template_status_update", `"event":"FLAGGED","disable_info":{"disable_date":"1739000000"}`,
			[]app.TemplateFact{{Aspect: app.AspectStatus, Status: app.TemplateFlagged, Notice: app.TemplateNotice{DisableAt: time.Unix(1739000000, 0).UTC()}}},
		},
		"paused": {
			"message_template_status_update", `"event":"PAUSED","other_info":{"title":"FIRST_PAUSE","description":"Held back."}`,
			[]app.TemplateFact{{Aspect: app.AspectStatus, Status: app.TemplatePaused, Notice: app.TemplateNotice{Title: "FIRST_PAUSE", Text: "Held back."}}},
		},
		"a status of next year": {
			"message_template_status_update", `"event":"SLEEPING"`,
			[]app.TemplateFact{{Aspect: app.AspectStatus, Status: "sleeping"}},
		},
		"quality": {
			"message_template_quality_update", `"previous_quality_score":"GREEN","new_quality_score":"YELLOW"`,
			[]app.TemplateFact{{Aspect: app.AspectQuality, Quality: "YELLOW"}},
		},
		"another category is planned": {
			"template_category_update", `"correct_category":"MARKETING","new_category":"UTILITY","category_update_timestamp":1746169200`,
			[]app.TemplateFact{{Aspect: app.AspectCategory, Category: "UTILITY"}, {Aspect: app.AspectPlan, CorrectCategory: "MARKETING"}},
		},
		"the category was changed": {
			"template_category_update", `"previous_category":"UTILITY","new_category":"MARKETING","correct_category":"MARKETING"`,
			[]app.TemplateFact{{Aspect: app.AspectCategory, Category: "MARKETING", PreviousCategory: "UTILITY"}, {Aspect: app.AspectPlan}},
		},
		"components": {
			"message_template_components_update", `"message_template_element":"body text"`,
			[]app.TemplateFact{{Aspect: app.AspectComponents}},
		},
	} {
		got := factsOf(t, c.field, `{`+which+`,`+c.value+`}`)
		if len(got) != 1+len(c.want) || got[0].Event == nil || got[0].Event.Field != c.field {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		for k, want := range c.want {
			want.MetaID, want.Name, want.Language = "594425479261596", "order_ready", "en_US"
			f := got[k+1].Template
			if f == nil {
				t.Errorf("%s: %+v is about no template", name, got[k+1])
				continue
			}
			if f.At.IsZero() || f.At.Nanosecond() != 0 {
				t.Errorf("%s: at %v", name, f.At)
			}
			want.At = f.At
			if *f != want {
				t.Errorf("%s:\n got %+v\nwant %+v", name, *f, want)
			}
		}
	}
}
