package templates

import (
	"strings"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// outcome is what a comparison with Meta's version came to.
type outcome int

const (
	unchanged outcome = iota
	updated
	created
	conflicting
)

// adopt brings a linked template up to date with Meta's version. What people bound and the samples they wrote stay. A template that was edited
// here and there keeps both, for a person to choose.
func adopt(t *app.Template, r app.RemoteTemplate, now time.Time) (app.TemplateTrace, outcome) {
	var trace app.TemplateTrace
	was := *t
	result := stand(t, r, now)
	theirs := r.Document.Clone()
	switch {
	case t.Remote != nil && app.SameTemplate(*t.Remote, theirs):
	case t.Unread && t.Base != nil && app.SameWords(*t.Base, theirs):
		recategorise(t, theirs.Category)
		t.Remote, t.Unread = &theirs, false // ours, come back with what Meta added
	case t.Remote != nil && sameBut(*t.Remote, theirs):
		recategorise(t, theirs.Category)
		t.Remote = &theirs
		result = updated
	case t.Edited() && !app.SameTemplate(t.Document, theirs):
		t.Remote, t.Unread = &theirs, false
		t.Conflict = &app.TemplateConflict{Kind: app.ConflictDiverged, Theirs: r, At: now}
		trace = line(app.TemplateEventConflict, 0, string(app.ConflictDiverged))
	default:
		draft := t.Draft
		take(t, theirs)
		t.Draft = draft
		trace = line(app.TemplateEventSynced, 0, "")
		trace.Versions = append(trace.Versions, version(*t, app.VersionSynced, 0))
		result = updated
	}
	if t.Conflict != nil {
		if app.SameTemplate(t.Document, theirs) && t.Conflict.Kind == app.ConflictDiverged {
			take(t, theirs) // both came to say the same
			result = updated
		} else {
			t.Conflict.Theirs = r
			result = conflicting
		}
	}
	trace.Events = append(trace.Events, news(was, *t)...)
	return trace, result
}

// news are the lines of the history for what a reading of Meta's version told.
func news(was, is app.Template) []app.TemplateEvent {
	var out []app.TemplateEvent
	if is.MetaStatus != was.MetaStatus {
		out = append(out, app.TemplateEvent{Kind: app.TemplateEventStatus, Detail: strings.TrimSpace(string(is.MetaStatus) + " " + is.Reason)})
	}
	if is.Quality != was.Quality {
		out = append(out, app.TemplateEvent{Kind: app.TemplateEventQuality, Detail: is.Quality})
	}
	if is.Document.Category != was.Document.Category {
		out = append(out, app.TemplateEvent{Kind: app.TemplateEventCategory, Detail: string(is.Document.Category)})
	}
	if is.CorrectCategory != was.CorrectCategory {
		out = append(out, app.TemplateEvent{Kind: app.TemplateEventPlan, Detail: string(is.CorrectCategory)})
	}
	return out
}

// stand takes over what Meta says of a template beside its text.
func stand(t *app.Template, r app.RemoteTemplate, now time.Time) outcome {
	was := t.Standing
	t.Gone, t.SyncedAt = false, now
	if !(t.MetaStatus == app.TemplateFlagged && r.Status == app.TemplateApproved) { // lists do not tell that it is to be disabled
		t.MetaStatus = r.Status
	}
	if t.MetaStatus != was.MetaStatus {
		t.Notice, t.Polls = app.TemplateNotice{}, 0
	}
	t.Reason = ""
	if r.Status == app.TemplateRejected {
		t.Reason = r.Reason
	}
	if r.Quality != "" {
		t.Quality = r.Quality
	}
	t.PreviousCategory, t.CorrectCategory = r.PreviousCategory, r.CorrectCategory
	if t.Gone != was.Gone || t.MetaStatus != was.MetaStatus || t.Reason != was.Reason || t.Quality != was.Quality ||
		t.PreviousCategory != was.PreviousCategory || t.CorrectCategory != was.CorrectCategory {
		return updated
	}
	return unchanged
}

// take makes Meta's version the document.
func take(t *app.Template, theirs template.Document) {
	t.Document = theirs.Clone()
	base, remote := theirs.Clone(), theirs.Clone()
	t.Base, t.Remote, t.Unread, t.Conflict, t.Draft = &base, &remote, false, nil, false
	t.Bindings, t.Parked = app.MergeBindings(t.Document, t.Bindings, nil)
	t.Parked = nil
	t.Files = keepFiles(t.Files, t.Document)
}

// recategorise gives every version of a template the category that Meta gave it.
func recategorise(t *app.Template, c template.Category) {
	t.Document.Category = c
	for _, d := range []*template.Document{t.Base, t.Remote} {
		if d != nil {
			d.Category = c
		}
	}
}

// sameBut tells whether two documents differ in nothing but the category.
func sameBut(a, b template.Document) bool {
	a.Category = b.Category
	return app.SameTemplate(a, b)
}

// imported is a template that Meta has and this desk has not.
func imported(account app.ID, r app.RemoteTemplate, now time.Time) app.TemplateWrite {
	t := app.Template{AccountID: account, Name: titleOf(r.Document.Name), RecordType: "contact"}
	t.MetaID = r.ID
	stand(&t, r, now)
	take(&t, r.Document)
	trace := line(app.TemplateEventSynced, 0, "")
	trace.Versions = append(trace.Versions, version(t, app.VersionSynced, 0))
	return app.TemplateWrite{Template: t, Trace: trace}
}

// merge compares one of Meta's templates, as it was asked for at a time, with those here that have its id or its name, and gives what is to be
// written; nil for nothing.
func merge(account app.ID, r app.RemoteTemplate, found []app.Template, asked, now time.Time) (*app.TemplateWrite, outcome) {
	for _, t := range found {
		if t.MetaID != r.ID {
			continue
		}
		if Idle(t) != nil || t.SubmittedAt.After(asked) {
			return nil, unchanged // its submission is the newer word
		}
		was := t.Standing
		trace, result := adopt(&t, r, now)
		schedule(&t, now)
		if result == unchanged && !was.Unread {
			return nil, unchanged
		}
		return &app.TemplateWrite{Template: t, Trace: trace}, result
	}
	for _, t := range found {
		if t.MetaID != "" || t.Document.Name != r.Document.Name || t.Document.Language != r.Document.Language {
			continue
		}
		if Idle(t) != nil {
			return nil, unchanged
		}
		if app.SameWords(t.Document, r.Document) {
			trace := link(&t, r, now)
			return &app.TemplateWrite{Template: t, Trace: trace}, updated
		}
		if t.Conflict != nil && t.Conflict.Theirs.ID == r.ID && t.Conflict.Theirs.Status == r.Status && app.SameTemplate(t.Conflict.Theirs.Document, r.Document) {
			return nil, conflicting
		}
		t.Conflict = &app.TemplateConflict{Kind: app.ConflictSameName, Theirs: r, At: now}
		return &app.TemplateWrite{Template: t, Trace: line(app.TemplateEventConflict, 0, string(app.ConflictSameName))}, conflicting
	}
	w := imported(account, r, now)
	schedule(&w.Template, now)
	return &w, created
}

// link ties a template here to one of Meta's. When they do not say the same, a person is to choose.
func link(t *app.Template, r app.RemoteTemplate, now time.Time) app.TemplateTrace {
	t.MetaID, t.Conflict, t.Submission = r.ID, nil, nil
	stand(t, r, now)
	theirs := r.Document.Clone()
	t.Remote, t.Unread = &theirs, false
	if app.SameWords(t.Document, theirs) {
		t.Document.Category = theirs.Category
		base := t.Document.Clone()
		t.Base, t.Draft = &base, false
	} else {
		base := theirs.Clone()
		t.Base, t.Draft = &base, true
		t.Conflict = &app.TemplateConflict{Kind: app.ConflictDiverged, Theirs: r, At: now}
	}
	schedule(t, now)
	return line(app.TemplateEventResolved, 0, "link")
}
