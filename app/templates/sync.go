package templates

import (
	"context"
	"time"

	"shopbell/app"
	"shopbell/meta"
)

// Counts are what a sync came to.
type Counts struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Gone      int `json:"gone"`      // Meta does not have them any more; nothing was deleted here
	Conflicts int `json:"conflicts"` // wait for a person: see Resolve, TakeTheirs, KeepMine
	Skipped   int `json:"skipped"`   // of Meta's answer that could not be read
}

func (c *Counts) add(o outcome) {
	switch o {
	case created:
		c.Created++
	case updated:
		c.Updated++
	case conflicting:
		c.Conflicts++
	default:
		c.Unchanged++
	}
}

// Sync compares all templates of an account with Meta's, page by page. It deletes nothing, neither here nor there. What was compared before ctx
// ended stays; the counts say how much that is.
func (s *Service) Sync(ctx context.Context, who app.Staff, account app.ID, progress func(Progress)) (Counts, error) {
	var n Counts
	if err := adminsOnly(who); err != nil {
		return n, err
	}
	if !s.begin(account) {
		return n, &app.Error{Code: app.CodeConflict, Message: "The templates of this account are being synced already.", Mend: "Wait until that is done."}
	}
	defer s.end(account)
	a, client, err := s.reach(ctx, account)
	if err != nil {
		return n, err
	}
	started := s.c.Now()
	seen := map[string]bool{}
	var pictured []meta.Template
	tell(progress, Progress{Step: StepCompare})
	asked := started
	for page, err := range client.TemplatePages(ctx, a.WABAID, meta.TemplateFilter{}) {
		if err != nil {
			return n, refusedByMeta(err, "The templates could not be fetched.")
		}
		if err := s.mergePage(ctx, account, page.Templates, asked, seen, &n); err != nil {
			return n, err
		}
		asked = s.c.Now()
		pictured = append(pictured, withSamples(page.Templates)...)
		tell(progress, Progress{Step: StepCompare, Done: int64(len(seen)), Total: int64(max(page.Total, len(seen)))})
	}
	if err := ctx.Err(); err != nil {
		return n, err
	}
	if n.Gone, err = s.missing(ctx, account, client, seen, started); err != nil {
		return n, err
	}
	if err := s.c.Store.TemplatesSynced(ctx, account, s.c.Now()); err != nil {
		return n, err
	}
	s.fetchSamples(ctx, account, client, pictured, progress)
	tell(progress, Progress{Step: StepCompare, Done: int64(len(seen)), Total: int64(len(seen))})
	s.hurry()
	return n, nil
}

func tell(progress func(Progress), p Progress) {
	if progress != nil {
		progress(p)
	}
}

// mergePage merges one page in one transaction.
func (s *Service) mergePage(ctx context.Context, account app.ID, items []meta.Template, asked time.Time, seen map[string]bool, n *Counts) error {
	var list []app.RemoteTemplate
	var ids, names []string
	skipped := 0
	for _, item := range items {
		r, err := read(item)
		if err != nil || r.ID == "" {
			s.c.Log.Warn("a template of Meta's list could not be read", "account", account, "err", err)
			skipped++
			continue
		}
		list, ids, names = append(list, r), append(ids, r.ID), append(names, r.Document.Name)
	}
	var counts Counts
	err := s.c.Store.MergeTemplates(ctx, account, ids, names, func(found []app.Template) ([]app.TemplateWrite, error) {
		counts = Counts{}
		var out []app.TemplateWrite
		now := s.c.Now()
		for _, r := range list {
			w, result := merge(account, r, found, asked, now)
			counts.add(result)
			if w != nil {
				out = append(out, *w)
			}
		}
		return out, nil
	})
	if err != nil {
		return err
	}
	for _, r := range list {
		seen[r.ID] = true
	}
	n.Created += counts.Created
	n.Updated += counts.Updated
	n.Unchanged += counts.Unchanged
	n.Conflicts += counts.Conflicts
	n.Skipped += skipped
	return nil
}

// maxAsked bounds how many missing templates are asked for one by one before the list alone is believed.
const maxAsked = 50

// missing flags the templates that Meta's list did not have, and tells how many. Those that were submitted meanwhile do not count.
func (s *Service) missing(ctx context.Context, account app.ID, client Remote, seen map[string]bool, started time.Time) (int, error) {
	linked, err := s.c.Store.LinkedTemplates(ctx, account)
	if err != nil {
		return 0, err
	}
	asked, n := 0, 0
	for _, l := range linked {
		if seen[l.MetaID] || !l.Since.Before(started) {
			continue
		}
		if asked++; asked <= maxAsked { // a list that changes while it is paged may leave one out
			at := s.c.Now()
			item, err := client.Template(ctx, l.MetaID)
			if err == nil {
				if r, errRead := read(item); errRead == nil {
					_, err = s.observe(ctx, l.ID, l.MetaID, r, at)
				}
			}
			if err == nil {
				continue
			}
			if !meta.IsGone(err) {
				return n, refusedByMeta(err, "A template that is not in Meta's list could not be asked for.")
			}
		}
		if _, err := s.vanish(ctx, l.ID, l.MetaID); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// SyncOne compares one template with Meta's. One that is not linked is looked for by name and language.
func (s *Service) SyncOne(ctx context.Context, who app.Staff, id app.ID) (app.Template, error) {
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
	if t.Submission != nil && t.Submission.State == app.SubmitUnknown {
		return s.settle(ctx, t)
	}
	if t.MetaID != "" {
		return s.ask(ctx, client, t)
	}
	asked := s.c.Now()
	item, ok, err := client.FindTemplate(ctx, a.WABAID, t.Document.Name, t.Document.Language)
	if err != nil {
		return t, refusedByMeta(err, "The template could not be looked for.")
	}
	if !ok {
		return t, &app.Error{Code: app.CodeNotFound, Message: "Meta has no template of this name and language yet.", Mend: "Submit it for approval."}
	}
	var n Counts
	if err := s.mergePage(ctx, t.AccountID, []meta.Template{item}, asked, map[string]bool{}, &n); err != nil {
		return t, err
	}
	return s.c.Store.Template(ctx, id)
}

// ask reads Meta's version of a linked template.
func (s *Service) ask(ctx context.Context, client Remote, t app.Template) (app.Template, error) {
	asked := s.c.Now()
	item, err := client.Template(ctx, t.MetaID)
	if meta.IsGone(err) {
		return s.vanish(ctx, t.ID, t.MetaID)
	}
	if err != nil {
		return t, refusedByMeta(err, "The template could not be fetched.")
	}
	r, err := read(item)
	if err != nil {
		return t, refusedByMeta(err, "Meta's answer could not be read.")
	}
	after, err := s.observe(ctx, t.ID, t.MetaID, r, asked)
	if err != nil {
		return after, err
	}
	return s.fetchSample(ctx, client, after, item), nil
}

// observe takes over what was read of a template that was asked for at a time, unless it was linked to another one or submitted meanwhile.
func (s *Service) observe(ctx context.Context, id app.ID, metaID string, r app.RemoteTemplate, asked time.Time) (app.Template, error) {
	return s.c.Store.ChangeTemplate(ctx, id, func(t *app.Template) (app.TemplateTrace, error) {
		if t.MetaID != metaID || busy(*t) || t.SubmittedAt.After(asked) {
			return app.TemplateTrace{}, nil
		}
		trace, _ := adopt(t, r, s.c.Now())
		schedule(t, s.c.Now())
		return trace, nil
	})
}

// vanish notes that Meta does not have a template any more. It stays here.
func (s *Service) vanish(ctx context.Context, id app.ID, metaID string) (app.Template, error) {
	return s.c.Store.ChangeTemplate(ctx, id, func(t *app.Template) (app.TemplateTrace, error) {
		if t.MetaID != metaID || t.Gone || busy(*t) {
			return app.TemplateTrace{}, nil
		}
		t.Gone, t.PollAt, t.SyncedAt = true, time.Time{}, s.c.Now()
		return line(app.TemplateEventGone, 0, ""), nil
	})
}

// reach gives an account and the way to Meta with its token.
func (s *Service) reach(ctx context.Context, account app.ID) (app.Account, Remote, error) {
	a, err := s.c.Account(ctx, account)
	if err != nil {
		return a, nil, err
	}
	client, err := s.c.Client(ctx, account)
	return a, client, err
}

func (s *Service) begin(account app.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.syncing[account] {
		return false
	}
	s.syncing[account] = true
	return true
}

func (s *Service) end(account app.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.syncing, account)
}
