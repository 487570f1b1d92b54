package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"shopbell/app"
	"shopbell/meta/template"
)

// templateRow is a template while it is changed, with what the table keeps beside it.
type templateRow struct {
	app.Template
	status, quality, category, plan mark
	componentsAt                    int64
	was                             string // what people had written, packed
	metaID                          string // as it was read
	standing                        app.Standing
}

// mark says up to when the words of webhooks on an aspect are outdone by what a person or a reading of Meta's version set.
type mark struct {
	at   int64
	skip string // a word as new as at that does not count either
}

const templateColumns = `t.id, t.account_id, t.meta_id, t.name, t.record_type, t.phone_field, t.staff, t.draft, t.archived, t.gone, t.unread, t.meta_status,
	t.status_at, t.status_skip, t.reason, t.notice, t.quality, t.quality_at, t.quality_skip, t.previous_category, t.correct_category, t.category_at,
	t.category_skip, t.plan_at, t.plan_skip, t.components_at, t.submitted_at, t.synced_at, t.poll_at, t.polls, t.revision, t.created_at, t.updated_at,
	c.document, c.base, c.remote, c.bindings, c.parked, c.files, c.submission, c.conflict
	FROM templates AS t JOIN template_contents AS c ON c.template_id = t.id`

func scanTemplate(rows *sql.Rows) (*templateRow, error) {
	r := &templateRow{}
	var staff, status, notice, previous, correct string
	var submitted, synced, poll, created, updated int64
	var document, base, remote, bindings, parked, files, submission, conflict string
	err := rows.Scan(&r.ID, &r.AccountID, &r.MetaID, &r.Name, &r.RecordType, &r.PhoneField, &staff, &r.Draft, &r.Archived, &r.Gone, &r.Unread, &status,
		&r.status.at, &r.status.skip, &r.Reason, &notice, &r.Quality, &r.quality.at, &r.quality.skip, &previous, &correct, &r.category.at,
		&r.category.skip, &r.plan.at, &r.plan.skip, &r.componentsAt, &submitted, &synced, &poll, &r.Polls, &r.Revision, &created, &updated,
		&document, &base, &remote, &bindings, &parked, &files, &submission, &conflict)
	if err != nil {
		return nil, err
	}
	r.MetaStatus = app.TemplateStatus(status)
	r.PreviousCategory, r.CorrectCategory = template.Category(previous), template.Category(correct)
	r.SubmittedAt, r.SyncedAt, r.PollAt = moment(submitted), moment(synced), moment(poll)
	r.CreatedAt, r.UpdatedAt = moment(created), moment(updated)
	r.Staff = unpackIDs(staff)
	for _, f := range []struct {
		text string
		into any
	}{
		{document, &r.Document}, {base, &r.Base}, {remote, &r.Remote}, {files, &r.Files}, {submission, &r.Submission}, {conflict, &r.Conflict}, {notice, &r.Notice},
	} {
		if f.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(f.text), f.into); err != nil {
			return nil, fmt.Errorf("storage: template %d: %w", r.ID, err)
		}
	}
	if r.Bindings, err = unpackBindings(bindings); err != nil {
		return nil, err
	}
	if r.Parked, err = unpackBindings(parked); err != nil {
		return nil, err
	}
	r.was, err = written(r.Template)
	r.metaID, r.standing = r.MetaID, r.Standing
	return r, err
}

// templatesWhere gives the templates of a query's rest. Its text must always be the same.
func templatesWhere(ctx context.Context, q querier, where string, args ...any) ([]*templateRow, error) {
	rows, err := q.query(ctx, `SELECT `+templateColumns+` WHERE `+where, args...)
	return scanAll(rows, err, scanTemplate)
}

// saveTemplate writes a template, a new one when its ID is 0, and what its change leaves behind.
func (b *batch) saveTemplate(ctx context.Context, r *templateRow, trace app.TemplateTrace) error {
	fresh := r.ID == 0
	now := b.s.now()
	if err := b.settleTemplate(ctx, r); err != nil {
		return err
	}
	text, err := written(r.Template)
	if err != nil {
		return err
	}
	if fresh {
		r.ID, r.Revision = b.s.ids.Next(), 1
		r.CreatedAt = moment(millis(now))
		r.UpdatedAt = r.CreatedAt
	} else if text != r.was {
		r.Revision++
		r.UpdatedAt = moment(millis(now))
	}
	r.was = text
	if err := b.writeTemplate(ctx, r, fresh); err != nil {
		return err
	}
	for _, v := range trace.Versions {
		if err := b.addVersion(ctx, r, v); err != nil {
			return err
		}
	}
	for _, e := range trace.Events {
		e.TemplateID = r.ID
		if e.At.IsZero() {
			e.At = now
		}
		if err := b.addTemplateEvent(ctx, e, ""); err != nil {
			return err
		}
	}
	b.t.touch(app.TopicTemplates, r.ID)
	return nil
}

func (b *batch) writeTemplate(ctx context.Context, r *templateRow, fresh bool) error {
	narrow, err := r.narrow()
	if err != nil {
		return err
	}
	wide, err := r.wide()
	if err != nil {
		return err
	}
	q := `UPDATE templates SET account_id = $2, meta_id = $3, name = $4, technical = $5, language = $6, category = $7, header_format = $8, preview = $9,
		search = $10, record_type = $11, phone_field = $12, staff = $13, draft = $14, archived = $15, edited = $16, gone = $17, unread = $18, conflict = $19,
		submit_state = $20, submit_beat = $21, meta_status = $22, status_at = $23, status_skip = $24, reason = $25, notice = $26, quality = $27,
		quality_at = $28, quality_skip = $29, previous_category = $30, correct_category = $31, category_at = $32, category_skip = $33, plan_at = $34,
		plan_skip = $35, components_at = $36, submitted_at = $37, synced_at = $38, poll_at = $39, polls = $40, revision = $41, created_at = $42,
		updated_at = $43 WHERE id = $1`
	content := `UPDATE template_contents SET document = $2, base = $3, remote = $4, bindings = $5, parked = $6, files = $7, submission = $8, conflict = $9
		WHERE template_id = $1`
	if fresh {
		q = `INSERT INTO templates (id, account_id, meta_id, name, technical, language, category, header_format, preview, search, record_type, phone_field,
			staff, draft, archived, edited, gone, unread, conflict, submit_state, submit_beat, meta_status, status_at, status_skip, reason, notice, quality,
			quality_at, quality_skip, previous_category, correct_category, category_at, category_skip, plan_at, plan_skip, components_at, submitted_at, synced_at, poll_at, polls,
			revision, created_at, updated_at) VALUES (` + marks(1, len(narrow)) + `)`
		content = `INSERT INTO template_contents (template_id, document, base, remote, bindings, parked, files, submission, conflict)
			VALUES (` + marks(1, len(wide)) + `)`
	}
	if _, err = b.t.exec(ctx, q, narrow...); err == nil {
		_, err = b.t.exec(ctx, content, wide...)
	}
	if _, ok := unique(err); ok {
		return &app.Error{Code: app.CodeConflict, Cause: err, Message: "Another template here is linked to this one of Meta's already.", Mend: "Open that one."}
	}
	return err
}

// narrow gives the columns of the list's table in their order.
func (r *templateRow) narrow() ([]any, error) {
	notice, err := pack(r.Notice, r.Notice == (app.TemplateNotice{}))
	if err != nil {
		return nil, err
	}
	var beat int64
	var state app.SubmitState
	if s := r.Submission; s != nil {
		state, beat = s.State, millis(s.Beat)
	}
	var conflict app.ConflictKind
	if r.Conflict != nil {
		conflict = r.Conflict.Kind
	}
	d := r.Document
	body := ""
	if c := d.Component(template.Body); c != nil {
		body = c.Text
	}
	format := template.HeaderFormat("")
	if c := d.Component(template.Header); c != nil {
		format = cmp.Or(c.Format, template.HeaderText)
	}
	return []any{
		r.ID, r.AccountID, clean(r.MetaID), clean(r.Name), clean(d.Name), clean(d.Language), clean(string(d.Category)), clean(string(format)),
		clean(oneLine(body, 160)), " " + Fold(clean(r.Name+" "+d.Name+" "+oneLine(body, 1024))), clean(r.RecordType), clean(r.PhoneField), packIDs(r.Staff),
		r.Draft, r.Archived, r.Edited(), r.Gone, r.Unread, string(conflict), string(state), beat, clean(string(r.MetaStatus)),
		r.status.at, r.status.skip, clean(r.Reason), notice, clean(r.Quality), r.quality.at, r.quality.skip, clean(string(r.PreviousCategory)),
		clean(string(r.CorrectCategory)), r.category.at, r.category.skip, r.plan.at, r.plan.skip, r.componentsAt, millis(r.SubmittedAt), millis(r.SyncedAt), millis(r.PollAt),
		r.Polls, r.Revision, millis(r.CreatedAt), millis(r.UpdatedAt),
	}, nil
}

// wide gives the columns of the editor's table in their order.
func (r *templateRow) wide() ([]any, error) {
	out := []any{r.ID}
	for _, v := range []struct {
		value any
		empty bool
	}{
		{r.Document, false},
		{r.Base, r.Base == nil},
		{r.Remote, r.Remote == nil},
		{packedBindings(r.Bindings), len(r.Bindings) == 0},
		{packedBindings(r.Parked), len(r.Parked) == 0},
		{r.Files, len(r.Files) == 0},
		{r.Submission, r.Submission == nil},
		{r.Conflict, r.Conflict == nil},
	} {
		s, err := pack(v.value, v.empty)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// written packs what people write of a template; when it changes, the revision rises.
func written(t app.Template) (string, error) {
	return pack(struct {
		Account      app.ID
		Name         string
		Document     template.Document
		Type, Phone  string
		Staff        []app.ID
		Bindings     []storedBinding
		Parked       []storedBinding
		Files        []app.HeaderFile
		Draft, Aside bool
	}{
		t.AccountID, t.Name, t.Document, t.RecordType, t.PhoneField, slices.Clip(t.Staff), packedBindings(t.Bindings), packedBindings(t.Parked),
		t.Files, t.Draft, t.Archived,
	}, false)
}

// pack writes a value as JSON; an empty one is "".
func pack(v any, empty bool) (string, error) {
	if empty {
		return "", nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("storage: template: %w", err)
	}
	return clean(string(b)), nil
}

// storedBinding is a binding with its slot as template spells it in storage.
type storedBinding struct {
	Slot   string          `json:"slot"`
	Kind   app.BindingKind `json:"kind"`
	Path   string          `json:"path,omitempty"`
	Format string          `json:"format,omitempty"`
	Sample string          `json:"sample,omitempty"`
}

func packedBindings(list []app.Binding) []storedBinding {
	out := make([]storedBinding, 0, len(list))
	for _, b := range list {
		out = append(out, storedBinding{b.Slot.String(), b.Kind, b.Path, b.Format, b.Sample})
	}
	return out
}

func unpackBindings(s string) ([]app.Binding, error) {
	if s == "" {
		return nil, nil
	}
	var list []storedBinding
	if err := json.Unmarshal([]byte(s), &list); err != nil {
		return nil, fmt.Errorf("storage: bindings of a template: %w", err)
	}
	out := make([]app.Binding, 0, len(list))
	for _, b := range list {
		slot, err := template.ParseSlot(b.Slot)
		if err != nil {
			continue // of a part that a newer version knew
		}
		out = append(out, app.Binding{Slot: slot, Kind: b.Kind, Path: b.Path, Format: b.Format, Sample: b.Sample})
	}
	return out, nil
}

func packIDs(ids []app.ID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(out, ",")
}

func unpackIDs(s string) []app.ID {
	var out []app.ID
	for f := range strings.SplitSeq(s, ",") {
		if id := atoi(f); id > 0 {
			out = append(out, id)
		}
	}
	return out
}
