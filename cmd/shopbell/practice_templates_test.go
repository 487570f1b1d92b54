package main

import (
	"testing"

	"shopbell/app"
)

// A newcomer's practice account soon has approved templates for the records that came with it; what a person deletes does not come back.
func TestPracticeIsStocked(t *testing.T) {
	d := runningDesk(t, t.TempDir())
	a, err := d.practice.start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	approved := func() map[string]app.TemplateRow {
		rows, err := d.store.Templates(t.Context(), app.TemplateFilter{AccountID: a.ID})
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]app.TemplateRow{}
		for _, r := range rows {
			if r.MetaStatus == app.TemplateApproved && r.RecordType != "" {
				out[r.Technical+"/"+r.Language] = r
			}
		}
		return out
	}
	for _, s := range stocked {
		for _, language := range s.languages {
			eventually(t, s.starter+"/"+language+" is approved", func() bool { _, ok := approved()[s.starter+"/"+language]; return ok })
		}
	}
	eventually(t, "it is remembered", func() bool {
		done, err := d.store.Setting(t.Context(), settingStocked)
		return err == nil && done != ""
	})
	gone := approved()["invoice/en"]
	if err := d.templates.Delete(t.Context(), operator(), gone.ID, true); err != nil {
		t.Fatal(err)
	}
	if err := d.practice.stockUp(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	if _, ok := approved()["invoice/en"]; ok {
		t.Error("what was deleted came back")
	}
}
