package templates

import (
	"time"

	"shopbell/app"
	"shopbell/meta"
	"shopbell/meta/template"
)

// read puts an item of Meta's lists into the desk's own words.
func read(t meta.Template) (app.RemoteTemplate, error) {
	r, err := template.DecodeRemote(t.Raw)
	if err != nil {
		return app.RemoteTemplate{}, err
	}
	out := app.RemoteTemplate{
		ID: r.ID, Status: app.ParseTemplateStatus(r.Status), Reason: r.RejectedReason, Quality: r.Quality,
		PreviousCategory: r.PreviousCategory, CorrectCategory: r.CorrectCategory, Document: r.Draft(),
	}
	if out.Reason == "NONE" {
		out.Reason = ""
	}
	if r.CorrectCategory == r.Category {
		out.CorrectCategory = ""
	}
	if r.LastUpdated > 0 {
		out.UpdatedAt = time.Unix(r.LastUpdated, 0).UTC()
	}
	dropHandles(&out.Document)
	return out, nil
}
