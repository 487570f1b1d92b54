package storage

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// clockSlack is how far our clock may be from Meta's before a webhook that tells of what came after a submission is taken for an older one.
// Asking Meta again puts that right as well.
const clockSlack = 2 * time.Minute

// confirmAfter is when Meta is asked whether what a webhook said is still so.
const confirmAfter = time.Minute

// word is what a webhook says of one aspect of a template, as it is kept.
type word struct {
	Status   app.TemplateStatus  `json:"status,omitempty"`
	Reason   string              `json:"reason,omitempty"`
	Notice   *app.TemplateNotice `json:"notice,omitempty"`
	Quality  string              `json:"quality,omitempty"`
	Category template.Category   `json:"category,omitempty"`
	Previous template.Category   `json:"previous,omitempty"`
	Correct  template.Category   `json:"correct,omitempty"`
}

// told is the newest word on an aspect.
type told struct {
	at    int64
	value string
	word  word
}

// newer orders the words on one aspect: by time, then by what comes later in a template's life, then in any way that is always the same.
func (e told) newer(than told) bool {
	return cmp.Or(
		cmp.Compare(e.at, than.at), cmp.Compare(e.word.Status.Rank(), than.word.Status.Rank()), cmp.Compare(e.value, than.value),
	) > 0
}

// template keeps what a webhook said of a template, whether or not the template is here, and brings the templates that it concerns up to date.
func (b *batch) template(ctx context.Context, accounts []*accountRow, f *app.TemplateFact) error {
	metaID, err := b.metaIDOf(ctx, accounts, f)
	if err != nil || metaID == "" {
		return err
	}
	e, err := tell(f)
	if err != nil {
		return err
	}
	waba := accounts[0].wabaID
	known, err := b.told(ctx, waba, metaID)
	if err != nil {
		return err
	}
	if old, ok := known[f.Aspect]; !ok || e.newer(old) {
		if _, err := b.t.exec(ctx, `INSERT INTO template_evidence (waba_id, meta_id, aspect, at, value) VALUES ($1,$2,$3,$4,$5)
			ON CONFLICT (waba_id, meta_id, aspect) DO UPDATE SET at = excluded.at, value = excluded.value`,
			waba, metaID, string(f.Aspect), e.at, e.value); err != nil {
			return err
		}
		known[f.Aspect] = e
	}
	for _, a := range accounts {
		rows, err := templatesWhere(ctx, b.t, `t.account_id = $1 AND t.meta_id = $2`, a.id, metaID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := b.addTemplateEvent(ctx, lineOf(r.ID, f), "webhook\x00"+string(f.Aspect)+"\x00"+e.value); err != nil {
				return err
			}
			if r.hear(known, b.s.now()) {
				if err := b.writeTemplate(ctx, r, false); err != nil {
					return err
				}
			}
			b.t.touch(app.TopicTemplates, r.ID)
		}
	}
	return nil
}

// metaIDOf names the template that a webhook tells of: by its id, else by name and language where only one linked template has them.
func (b *batch) metaIDOf(ctx context.Context, accounts []*accountRow, f *app.TemplateFact) (string, error) {
	if f.MetaID != "" {
		return clean(f.MetaID), nil
	}
	for _, a := range accounts {
		var id string
		ok, err := b.t.one(ctx, `SELECT meta_id FROM templates WHERE account_id = $1 AND technical = $2 AND language = $3 AND meta_id <> '' ORDER BY id LIMIT 1`,
			[]any{a.id, clean(f.Name), clean(f.Language)}, &id)
		if err != nil || ok {
			return id, err
		}
	}
	return "", nil
}

// told gives the newest words on every aspect of a template.
func (b *batch) told(ctx context.Context, waba, metaID string) (map[app.TemplateAspect]told, error) {
	rows, err := b.t.query(ctx, `SELECT aspect, at, value FROM template_evidence WHERE waba_id = $1 AND meta_id = $2`, waba, metaID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[app.TemplateAspect]told{}
	for rows.Next() {
		var aspect string
		var e told
		if err := rows.Scan(&aspect, &e.at, &e.value); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(e.value), &e.word); err != nil {
			return nil, fmt.Errorf("storage: what was said of template %s: %w", metaID, err)
		}
		out[app.TemplateAspect(aspect)] = e
	}
	return out, rows.Err()
}

func tell(f *app.TemplateFact) (told, error) {
	w := word{
		Status: f.Status, Reason: f.Reason, Quality: f.Quality, Category: template.Category(f.Category),
		Previous: template.Category(f.PreviousCategory), Correct: template.Category(f.CorrectCategory),
	}
	if f.Notice != (app.TemplateNotice{}) {
		n := f.Notice
		n.DisableAt = moment(millis(n.DisableAt))
		w.Notice = &n
	}
	value, err := pack(w, false)
	return told{at: millis(f.At), value: value, word: w}, err
}

// lineOf is the line of the history that a webhook makes.
func lineOf(id app.ID, f *app.TemplateFact) app.TemplateEvent {
	e := app.TemplateEvent{TemplateID: id, At: f.At}
	switch f.Aspect {
	case app.AspectStatus:
		e.Kind, e.Detail = app.TemplateEventStatus, string(f.Status)
		if f.Reason != "" {
			e.Detail += " " + f.Reason
		}
	case app.AspectQuality:
		e.Kind, e.Detail = app.TemplateEventQuality, f.Quality
	case app.AspectCategory:
		e.Kind, e.Detail = app.TemplateEventCategory, f.Category
	case app.AspectPlan:
		e.Kind, e.Detail = app.TemplateEventPlan, f.CorrectCategory
	default:
		e.Kind = app.TemplateEventComponents
	}
	return e
}

// hear brings a template up to date with what webhooks said, and tells whether anything changed.
func (r *templateRow) hear(known map[app.TemplateAspect]told, now time.Time) bool {
	changed := false
	news := func(m *mark, aspect app.TemplateAspect, apply func(word)) {
		e, ok := known[aspect]
		if !ok || e.at < m.at || e.at == m.at && e.value == m.skip {
			return
		}
		m.at, m.skip = e.at, e.value
		apply(e.word)
		changed = true
	}
	ask := func(after time.Duration) {
		if at := now.Add(after); r.PollAt.IsZero() || at.Before(r.PollAt) {
			r.PollAt = moment(millis(at))
		}
	}
	news(&r.status, app.AspectStatus, func(w word) {
		r.MetaStatus, r.Reason, r.Notice, r.Polls = w.Status, w.Reason, app.TemplateNotice{}, 0
		if w.Notice != nil {
			r.Notice = *w.Notice
		}
		ask(confirmAfter)
	})
	news(&r.quality, app.AspectQuality, func(w word) { r.Quality = w.Quality })
	news(&r.category, app.AspectCategory, func(w word) {
		r.recategorise(w.Category)
		r.PreviousCategory = w.Previous
		ask(confirmAfter)
	})
	news(&r.plan, app.AspectPlan, func(w word) { r.CorrectCategory = w.Correct })
	if e, ok := known[app.AspectComponents]; ok && e.at > r.componentsAt {
		r.componentsAt, changed = e.at, true
		ask(0)
	}
	return changed
}

// recategorise gives every version of the template the category that Meta gave it.
func (r *templateRow) recategorise(c template.Category) {
	if c == "" {
		return
	}
	r.Document.Category = c
	for _, d := range []*template.Document{r.Base, r.Remote} {
		if d != nil {
			d.Category = c
		}
	}
}

// settleTemplate notes, before a template is written, which words of webhooks are outdone by what was set: by a submission or by a reading of
// Meta's version. When the template was linked just now, it hears what webhooks said before.
func (b *batch) settleTemplate(ctx context.Context, r *templateRow) error {
	if r.MetaID == "" {
		r.status, r.quality, r.category, r.plan, r.componentsAt = mark{}, mark{}, mark{}, mark{}, 0
		return nil
	}
	now := b.s.now()
	floor := now.Add(-clockSlack).Truncate(time.Second).UnixMilli()
	was := r.standing
	linked := r.MetaID != r.metaID
	marks := []struct {
		aspect app.TemplateAspect
		mark   *mark
		set    bool
	}{
		{app.AspectStatus, &r.status, r.MetaStatus != was.MetaStatus || r.Reason != was.Reason || !r.SubmittedAt.Equal(was.SubmittedAt)},
		{app.AspectQuality, &r.quality, r.Quality != was.Quality},
		{app.AspectCategory, &r.category, r.PreviousCategory != was.PreviousCategory},
		{app.AspectPlan, &r.plan, r.CorrectCategory != was.CorrectCategory},
	}
	if linked {
		for _, m := range marks {
			*m.mark = mark{at: floor}
		}
	} else if !marks[0].set && !marks[1].set && !marks[2].set && !marks[3].set {
		return nil
	}
	waba, err := b.wabaOf(ctx, r.AccountID)
	if err != nil {
		return err
	}
	known, err := b.told(ctx, waba, r.MetaID)
	if err != nil {
		return err
	}
	if linked {
		r.hear(known, now)
		return nil
	}
	for _, m := range marks {
		if !m.set {
			continue
		}
		*m.mark = mark{at: max(m.mark.at, floor), skip: m.mark.skip}
		if e, ok := known[m.aspect]; ok && e.at >= m.mark.at {
			*m.mark = mark{at: e.at, skip: e.value}
		}
	}
	return nil
}

func (b *batch) wabaOf(ctx context.Context, account app.ID) (string, error) {
	var waba string
	ok, err := b.t.one(ctx, `SELECT waba_id FROM accounts WHERE id = $1`, []any{account}, &waba)
	if err == nil && !ok {
		return "", notFound("The account of this template")
	}
	return waba, err
}

// addTemplateEvent writes a line of a template's history. One that has a key is written once.
func (b *batch) addTemplateEvent(ctx context.Context, e app.TemplateEvent, key string) error {
	id := b.s.ids.Next()
	if key == "" {
		key = fmt.Sprint("own\x00", id)
	}
	sum := sha256.Sum256([]byte(key + "\x00" + fmt.Sprint(millis(e.At))))
	_, err := b.t.exec(ctx, `INSERT INTO template_events (id, template_id, at, staff_id, kind, detail, digest) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (template_id, digest) DO NOTHING`,
		id, e.TemplateID, millis(e.At), e.StaffID, string(e.Kind), clean(e.Detail), hex.EncodeToString(sum[:16]))
	return err
}
