package templates

import (
	"context"
	"errors"
	"time"

	"shopbell/app"
	"shopbell/meta"
)

const (
	firstLook = 10 * time.Second // after an answer was lost
	mostLooks = 5                // before what is not there is believed not to have arrived
)

// settle finds out what became of a submission whose answer was lost, or whose program died on the way.
func (s *Service) settle(ctx context.Context, t app.Template) (app.Template, error) {
	a, client, err := s.reach(ctx, t.AccountID)
	if err != nil {
		return t, err
	}
	switch sub := t.Submission; {
	case sub == nil || sub.State == app.SubmitCut:
		return t, nil
	case sub.State == app.SubmitUploading:
		after, err := s.ours(ctx, t, func(cur *app.Template) (app.TemplateTrace, error) {
			cur.Submission.State, cur.Submission.Reason = app.SubmitCut, "The program ended before the template went out."
			return app.TemplateTrace{}, nil
		})
		return after, err
	case sub.Edit:
		return s.lookEdited(ctx, client, t)
	default:
		return s.find(ctx, client, a, t, nil)
	}
}

// find looks for a template that was to be created by its name and language. Ours is linked; another one of that name is a conflict to be decided.
func (s *Service) find(ctx context.Context, client Remote, a app.Account, t app.Template, cause error) (app.Template, error) {
	item, ok, err := client.FindTemplate(ctx, a.WABAID, t.Submission.Doc.Name, t.Submission.Doc.Language)
	if err != nil {
		return s.later(ctx, t, err)
	}
	if !ok {
		if cause != nil { // Meta says that it exists, and does not show it
			return s.no(ctx, t, cause)
		}
		return s.notThere(ctx, t)
	}
	r, err := read(item)
	if err != nil {
		return s.later(ctx, t, err)
	}
	if app.SameWords(t.Submission.Doc, r.Document) {
		after, err := s.accepted(ctx, t, r.ID, r.Status, r.Document.Category)
		if errors.Is(err, app.ErrConflict) { // another template here is linked to it
			return s.no(ctx, t, err)
		}
		if err != nil {
			return after, err
		}
		return s.observe(ctx, t.ID, r.ID, r, after.SubmittedAt)
	}
	after, err := s.ours(ctx, t, func(cur *app.Template) (app.TemplateTrace, error) {
		cur.Submission, cur.PollAt = nil, time.Time{}
		cur.Conflict = &app.TemplateConflict{Kind: app.ConflictSameName, Theirs: r, At: s.c.Now()}
		return line(app.TemplateEventConflict, 0, string(app.ConflictSameName)), nil
	})
	if err != nil {
		return t, err
	}
	return after, &app.Error{
		Code: app.CodeConflict, Cause: cause, Message: "Meta already has another template of this name in this language.",
		Mend: "Link this one to it, rename yours, or keep both.",
	}
}

// lookEdited sees whether an edit arrived: Meta's version says what was submitted, or is in review again.
func (s *Service) lookEdited(ctx context.Context, client Remote, t app.Template) (app.Template, error) {
	item, err := client.Template(ctx, t.MetaID)
	if err != nil && !meta.IsGone(err) {
		return s.later(ctx, t, err)
	}
	if err != nil {
		after, errNo := s.no(ctx, t, err)
		if _, errGone := s.vanish(ctx, t.ID, t.MetaID); errGone != nil {
			return after, errGone
		}
		return after, errNo
	}
	r, err := read(item)
	if err != nil {
		return s.later(ctx, t, err)
	}
	if app.SameWords(t.Submission.Doc, r.Document) && (t.Base == nil || !app.SameWords(t.Submission.Doc, *t.Base) || r.Status == app.TemplatePending) {
		after, err := s.accepted(ctx, t, t.MetaID, r.Status, "")
		if err != nil {
			return after, err
		}
		return s.observe(ctx, t.ID, t.MetaID, r, after.SubmittedAt)
	}
	return s.notThere(ctx, t)
}

// later leaves a submission in doubt and looks again after a while.
func (s *Service) later(ctx context.Context, t app.Template, cause error) (app.Template, error) {
	cause = refusedByMeta(cause, "It could not be found out whether the template arrived.")
	after, err := s.ours(ctx, t, func(cur *app.Template) (app.TemplateTrace, error) {
		cur.Submission.State, cur.Submission.Beat = app.SubmitUnknown, s.c.Now()
		cur.PollAt = s.c.Now().Add(time.Minute)
		return app.TemplateTrace{}, nil
	})
	return after, errors.Join(cause, err)
}

// notThere counts a look that found nothing. After some of them the submission did not arrive, and the template may be submitted again.
func (s *Service) notThere(ctx context.Context, t app.Template) (app.Template, error) {
	after, err := s.ours(ctx, t, func(cur *app.Template) (app.TemplateTrace, error) {
		sub := cur.Submission
		if sub.Tries++; sub.Tries >= mostLooks {
			sub.State, sub.Reason, cur.PollAt = app.SubmitCut, "It did not reach Meta.", time.Time{}
			schedule(cur, s.c.Now())
			return app.TemplateTrace{}, nil
		}
		sub.State, sub.Beat = app.SubmitUnknown, s.c.Now()
		cur.PollAt = s.c.Now().Add(firstLook << sub.Tries)
		return app.TemplateTrace{}, nil
	})
	if err == nil && after.Submission != nil && after.Submission.State == app.SubmitUnknown {
		err = Idle(after)
	}
	return after, err
}
