package storage

import (
	"testing"
	"time"

	"shopbell/app"
)

func TestWhoGotATemplateLately(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		people := map[string]app.ID{}
		for name, to := range map[string]string{"got": "34612345671", "other": "34612345672", "failed": "34612345673", "none": "34612345674"} {
			out := templated(a, to, "UTILITY")
			if name == "other" {
				out.TemplateID = 8
			}
			if name == "none" {
				apply(t, s, said("wamid.9", phone(to), "hello", noon))
			} else {
				ok[app.Message](t)(s.Queue(bg, out))
			}
			people[name] = ok[map[string]app.Reach](t)(s.ReachPhones(bg, a.ID, []string{app.PhoneKey(to)}))[app.PhoneKey(to)].ContactID
			if name == "failed" {
				must(t, s.Failed(bg, ok[[]app.Send](t)(s.Sends(bg, nil, 0, 1))[0].ID, app.Failure{Code: 131026, Title: "no"}))
			}
		}
		all := []app.ID{people["got"], people["other"], people["failed"], people["none"]}
		since := time.Now().Add(-time.Hour)
		asked := func(templates []app.ID, since, before time.Time) map[app.ID]time.Time {
			return ok[map[app.ID]time.Time](t)(s.TemplateSent(bg, a.ID, templates, all, since, before))
		}
		got := asked([]app.ID{7}, since, time.Time{})
		if len(got) != 1 || got[people["got"]].Before(since) {
			t.Errorf("%v of %v", got, people)
		}
		if got := asked([]app.ID{7, 8}, since, time.Time{}); len(got) != 2 {
			t.Errorf("two templates: %v", got)
		}
		for what, n := range map[string]int{
			"after now":   len(asked([]app.ID{7}, time.Now().Add(time.Hour), time.Time{})),
			"before then": len(asked([]app.ID{7}, since.Add(-time.Hour), since)),
			"no template": len(asked(nil, since, time.Time{})),
			"other shop":  len(ok[map[app.ID]time.Time](t)(s.TemplateSent(bg, a.ID+1, []app.ID{7}, all, since, time.Time{}))),
		} {
			if n != 0 {
				t.Errorf("%s: %d", what, n)
			}
		}
	})
}
