package templates

import (
	"context"
	"errors"
	"slices"
	"time"

	"shopbell/app"
	"shopbell/meta"
	"shopbell/meta/template"
)

// How often an approved template may be edited (Meta: Templates › Edit).
const (
	editsADay   = 1
	editsAMonth = 10
	editDay     = 24 * time.Hour
	editMonth   = 30 * editDay
)

// staleAfter is when a submission that was not heard of is taken for one whose program died.
const staleAfter = 3 * time.Minute

// Submit sends a template to Meta for review: new, or as a new version of the one that Meta has. What Meta would refuse is a *Refused with the
// findings, an edit beyond Meta's numbers a *TooSoon. An upload that is cut goes on where it stopped at the next Submit; an answer that is lost
// is looked for, so that no template is made twice.
func (s *Service) Submit(ctx context.Context, who app.Staff, id app.ID, progress func(Progress)) (app.Template, error) {
	if err := adminsOnly(who); err != nil {
		return app.Template{}, err
	}
	t, err := s.c.Store.Template(ctx, id)
	if err != nil {
		return t, err
	}
	a, client, err := s.reach(ctx, t.AccountID)
	if err != nil {
		return t, err
	}
	if t.Submission != nil && t.Submission.State == app.SubmitUnknown { // first see what became of the last one
		if t, err = s.settle(ctx, t); err != nil {
			return t, err
		}
	}
	if err := s.mayEdit(ctx, t); err != nil {
		return t, err
	}
	if err := s.unique(ctx, t); err != nil {
		return t, err
	}
	if t.Linked() && len(missingFiles(t)) > 0 { // Meta wants the sample anew, and has it
		if item, err := client.Template(ctx, t.MetaID); err == nil {
			t = s.fetchSample(ctx, client, t, item)
		}
	}
	if t, err = s.start(ctx, who, id); err != nil {
		return t, err
	}
	d := t.Document.Clone()
	if err := s.uploadAll(ctx, &t, &d, client, progress); err != nil {
		return s.cut(ctx, t, err)
	}
	tell(progress, Progress{Step: StepSend})
	if err := s.mark(ctx, t, app.SubmitSending); err != nil {
		return s.cut(ctx, t, err)
	}
	if t.Submission.Edit {
		err = client.EditTemplate(ctx, t.MetaID, editBody(t, d))
		return s.edited(ctx, t, err)
	}
	made, err := client.CreateTemplateOnce(ctx, a.WABAID, d.Name, d.Language, d)
	return s.created(ctx, client, a, t, made, err)
}

// CanSubmit tells why a template can't be submitted now; nil when it can. It asks nobody but the store.
func (s *Service) CanSubmit(ctx context.Context, t app.Template) error {
	if err := checkSubmit(t, s.c.Now()); err != nil {
		return err
	}
	if err := s.mayEdit(ctx, t); err != nil {
		return err
	}
	return s.unique(ctx, t)
}

// Findings is the lint of a template as it would be submitted, with what is known of its files.
func Findings(t app.Template) []template.Finding {
	return template.Lint(t.Document, template.Env{FromMeta: t.Linked(), File: func(slot template.Slot) bool {
		_, ok := t.File(slot.Card)
		return ok
	}})
}

// checkSubmit tells why the template alone, without a look at others, can't be submitted.
func checkSubmit(t app.Template, now time.Time) error {
	if sub := t.Submission; sub != nil && sub.State != app.SubmitCut && (sub.State == app.SubmitUnknown || now.Sub(sub.Beat) < staleAfter) {
		return Idle(t)
	}
	if t.Conflict != nil {
		return &app.Error{
			Code: app.CodeConflict, Message: "This template and one of Meta's disagree.",
			Mend: "Decide first which of them is right.",
		}
	}
	switch st := t.Status(); st {
	case app.TemplateDraft, app.TemplateRejected, app.TemplatePaused:
	default:
		return invalid("This template can't be submitted now: "+st.Explain().Plain, st.Explain().Mend)
	}
	if t.Linked() {
		switch t.MetaStatus {
		case app.TemplateApproved, app.TemplateFlagged, app.TemplateRejected, app.TemplatePaused:
		default:
			return invalid("Meta takes no new version now: "+t.MetaStatus.Explain().Plain, t.MetaStatus.Explain().Mend)
		}
		if !t.Edited() && t.MetaStatus.Sendable() && len(t.Document.Files()) == 0 {
			return invalid("There is nothing new to submit.", "Change the template first; Meta counts every edit.")
		}
	}
	if refused := template.Refusals(Findings(t)); len(refused) > 0 {
		return &Refused{Findings: refused}
	}
	return nil
}

// mayEdit holds Meta's numbers of edits of an approved template, as far as they were made here.
func (s *Service) mayEdit(ctx context.Context, t app.Template) error {
	if !t.Linked() || !t.MetaStatus.Sendable() {
		return nil
	}
	events, err := s.c.Store.TemplateHistory(ctx, t.ID, 1000)
	if err != nil {
		return err
	}
	now := s.c.Now()
	var edits []time.Time // newest first
	for _, e := range events {
		if e.Kind == app.TemplateEventEditedLive && now.Sub(e.At) < editMonth {
			edits = append(edits, e.At)
		}
	}
	if len(edits) >= editsADay && now.Sub(edits[editsADay-1]) < editDay {
		return &TooSoon{Until: edits[editsADay-1].Add(editDay), Why: "Meta lets an approved template be edited once in 24 hours."}
	}
	if len(edits) >= editsAMonth {
		return &TooSoon{Until: edits[editsAMonth-1].Add(editMonth), Why: "Meta lets an approved template be edited ten times in 30 days."}
	}
	return nil
}

// unique refuses a new template whose name and language another one here took to Meta.
func (s *Service) unique(ctx context.Context, t app.Template) error {
	if t.MetaID != "" {
		return nil
	}
	rows, err := s.c.Store.Templates(ctx, app.TemplateFilter{
		AccountID: t.AccountID, Technical: t.Document.Name, Languages: []string{t.Document.Language}, Everything: true,
	})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(rows, func(r app.TemplateRow) bool { return r.ID != t.ID && (r.Linked || r.SubmitState != "") })
	if i < 0 {
		return nil
	}
	return &app.Error{
		Code: app.CodeConflict, Message: "“" + rows[i].Name + "” already has the technical name " + t.Document.Name + " in this language.",
		Mend: "Give this template another technical name.",
	}
}

// start takes the template for this submission, so that nobody else submits or changes it.
func (s *Service) start(ctx context.Context, who app.Staff, id app.ID) (app.Template, error) {
	return s.c.Store.ChangeTemplate(ctx, id, func(t *app.Template) (app.TemplateTrace, error) {
		now := s.c.Now()
		if err := checkSubmit(*t, now); err != nil {
			return app.TemplateTrace{}, err
		}
		t.Submission = &app.Submission{
			State: app.SubmitUploading, Owner: s.c.Owner, Staff: who.ID, Begun: now, Beat: now, Edit: t.Linked(), Doc: t.Document.Clone(),
		}
		return app.TemplateTrace{}, nil
	})
}

// mark notes how far this submission is. It fails when the submission is not ours any more.
func (s *Service) mark(ctx context.Context, t app.Template, state app.SubmitState) error {
	_, err := s.ours(ctx, t, func(cur *app.Template) (app.TemplateTrace, error) {
		cur.Submission.State, cur.Submission.Beat = state, s.c.Now()
		return app.TemplateTrace{}, nil
	})
	return err
}

// ours changes the template while the submission of t is still under way.
func (s *Service) ours(ctx context.Context, t app.Template, change func(*app.Template) (app.TemplateTrace, error)) (app.Template, error) {
	return s.c.Store.ChangeTemplate(ctx, t.ID, func(cur *app.Template) (app.TemplateTrace, error) {
		if cur.Submission == nil || !cur.Submission.Begun.Equal(t.Submission.Begun) || cur.Submission.Owner != t.Submission.Owner {
			return app.TemplateTrace{}, &app.Error{Code: app.CodeConflict, Message: "This submission was taken over by another program.", Mend: "Look at the template again."}
		}
		return change(cur)
	})
}

// cut ends a submission before its request: nothing is at Meta, and what was uploaded is kept for the next try.
func (s *Service) cut(ctx context.Context, t app.Template, cause error) (app.Template, error) {
	cause = refusedByMeta(cause, "The template was not submitted.")
	after, err := s.ours(context.WithoutCancel(ctx), t, func(cur *app.Template) (app.TemplateTrace, error) {
		cur.Submission.State, cur.Submission.Reason = app.SubmitCut, plain(cause)
		return app.TemplateTrace{}, nil
	})
	if err != nil {
		return t, errors.Join(cause, err)
	}
	return after, cause
}

func plain(err error) string {
	var told *app.Error
	if errors.As(err, &told) {
		return told.Message
	}
	return err.Error()
}

// editBody is what Meta lets an edit say: the components, and the category while the template is not approved.
func editBody(t app.Template, d template.Document) any {
	body := map[string]any{"components": d.Components}
	if !t.MetaStatus.Sendable() && (t.Remote == nil || d.Category != t.Remote.Category) {
		body["category"] = d.Category
	}
	if d.ParameterFormat != "" && (t.Remote == nil || d.ParameterFormat != t.Remote.ParameterFormat) {
		body["parameter_format"] = d.ParameterFormat
	}
	if d.TTLSeconds != nil && (t.Remote == nil || t.Remote.TTLSeconds == nil || *t.Remote.TTLSeconds != *d.TTLSeconds) {
		body["message_send_ttl_seconds"] = *d.TTLSeconds
	}
	for _, k := range []string{"cta_url_link_tracking_opted_out"} {
		if v, ok := d.Extra[k]; ok {
			body[k] = v
		}
	}
	return body
}

// created records what came of a create request.
func (s *Service) created(ctx context.Context, client Remote, a app.Account, t app.Template, made meta.CreatedTemplate, err error) (app.Template, error) {
	ctx = context.WithoutCancel(ctx)
	var no *meta.Error
	switch {
	case err == nil && !made.Found:
		return s.accepted(ctx, t, string(made.ID), app.ParseTemplateStatus(string(made.Status)), template.Category(made.Category))
	case err == nil, errors.As(err, &no) && no.Subcode == meta.SubcodeTemplateExists:
		return s.find(ctx, client, a, t, err)
	case lost(err):
		return s.doubt(ctx, t, err)
	case unsent(err):
		return s.cut(ctx, t, err)
	}
	return s.no(ctx, t, err)
}

// unsent tells whether a request never left this computer.
func unsent(err error) bool {
	var e *meta.TransportError
	return errors.As(err, &e) && !e.Sent
}

// edited records what came of an edit request.
func (s *Service) edited(ctx context.Context, t app.Template, err error) (app.Template, error) {
	ctx = context.WithoutCancel(ctx)
	switch {
	case err == nil:
		return s.accepted(ctx, t, t.MetaID, app.TemplatePending, "")
	case lost(err):
		return s.doubt(ctx, t, err)
	case unsent(err):
		return s.cut(ctx, t, err)
	case meta.IsGone(err):
		if _, errGone := s.no(ctx, t, err); errGone == nil {
			return t, err
		}
		after, errGone := s.vanish(ctx, t.ID, t.MetaID)
		return after, errors.Join(refusedByMeta(err, "Meta does not have this template any more."), errGone)
	}
	return s.no(ctx, t, err)
}

// accepted records that Meta took the submission.
func (s *Service) accepted(ctx context.Context, t app.Template, metaID string, status app.TemplateStatus, category template.Category) (app.Template, error) {
	after, err := s.ours(ctx, t, func(cur *app.Template) (app.TemplateTrace, error) {
		now := s.c.Now()
		sub := cur.Submission
		trace := line(app.TemplateEventSubmitted, sub.Staff, "")
		if sub.Edit && cur.MetaStatus.Sendable() {
			trace.Events = append(trace.Events, app.TemplateEvent{Kind: app.TemplateEventEditedLive, StaffID: sub.Staff, At: now})
		}
		v := version(*cur, app.VersionSubmitted, sub.Staff)
		v.Document = sub.Doc
		trace.Versions = append(trace.Versions, v)
		base, remote := sub.Doc.Clone(), sub.Doc.Clone()
		cur.MetaID, cur.MetaStatus, cur.Reason, cur.Notice, cur.Gone = metaID, status, "", app.TemplateNotice{}, false
		if cur.MetaStatus == "" {
			cur.MetaStatus = app.TemplatePending
		}
		cur.Base, cur.Remote, cur.Unread, cur.Draft, cur.Submission, cur.Conflict = &base, &remote, true, false, nil, nil
		cur.SubmittedAt, cur.Polls, cur.PreviousCategory, cur.CorrectCategory = now, 0, "", ""
		if category != "" && category != cur.Document.Category {
			cur.PreviousCategory = cur.Document.Category
			recategorise(cur, category)
			trace.Events = append(trace.Events, app.TemplateEvent{Kind: app.TemplateEventCategory, Detail: string(category)})
		}
		schedule(cur, now)
		return trace, nil
	})
	if err != nil {
		return t, err
	}
	s.dropUploads(ctx, after)
	s.hurry()
	return after, nil
}

// no records that Meta refused the submission; the template stays as it was.
func (s *Service) no(ctx context.Context, t app.Template, cause error) (app.Template, error) {
	if meta.Classify(cause) == meta.ClassPermanent {
		s.dropUploads(ctx, t) // a handle may be what it refused
	}
	cause = refusedByMeta(cause, "Meta did not take the template.")
	after, err := s.ours(ctx, t, func(cur *app.Template) (app.TemplateTrace, error) {
		who := cur.Submission.Staff
		cur.Submission = nil
		return line(app.TemplateEventRefused, who, plain(cause)), nil
	})
	if err != nil {
		return t, errors.Join(cause, err)
	}
	return after, cause
}

// doubt records that the answer never came. Run looks for the template until it is found, or was not there often enough.
func (s *Service) doubt(ctx context.Context, t app.Template, cause error) (app.Template, error) {
	after, err := s.ours(ctx, t, func(cur *app.Template) (app.TemplateTrace, error) {
		cur.Submission.State, cur.Submission.Reason = app.SubmitUnknown, "The answer never came."
		cur.PollAt = s.c.Now().Add(firstLook)
		return line(app.TemplateEventUncertain, cur.Submission.Staff, ""), nil
	})
	if err != nil {
		return t, errors.Join(cause, err)
	}
	s.hurry()
	return after, &app.Error{
		Code: app.CodeUnavailable, Cause: cause, Message: "The template went out, but Meta's answer never came.",
		Mend: "Wait a minute: the program looks whether it arrived, and never submits it twice.",
	}
}
