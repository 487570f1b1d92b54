package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"shopbell/app"
	"shopbell/meta/template"
)

// Templates lists without documents, oldest first; the view sorts. One query reads the narrow table, one counts the sends in an index.
func (s *Store) Templates(ctx context.Context, f app.TemplateFilter) ([]app.TemplateRow, error) {
	where, args := s.templateFilter(f)
	rows, err := s.read.list(ctx, `SELECT id, account_id, revision, created_at, updated_at, `+templatePacked+` FROM templates WHERE `+where+` ORDER BY id`, args...)
	out, err := scanAll(rows, err, scanTemplateRow)
	if err != nil || len(out) == 0 {
		return nil, wrong(err)
	}
	uses, err := s.templateUses(ctx)
	if err != nil {
		return nil, wrong(err)
	}
	for k := range out {
		r := &out[k]
		r.Uses = uses[templateUse{r.AccountID, r.Technical, r.Language}]
	}
	return out, nil
}

// templateFilter gives the condition of a filter and its arguments.
func (s *Store) templateFilter(f app.TemplateFilter) (string, []any) {
	var conds []string
	var args []any
	add := func(cond string, values ...any) {
		args = append(args, values...)
		for k := range values {
			cond = strings.Replace(cond, "?", "$"+itoa(len(args)-len(values)+k+1), 1)
		}
		conds = append(conds, cond)
	}
	anyOf := func(expr string, values []any) {
		if len(values) > 0 {
			add(expr+` IN (`+strings.TrimSuffix(strings.Repeat("?,", len(values)), ",")+`)`, values...)
		}
	}
	if !f.Everything {
		add(`archived = ?`, f.Archived)
	}
	if f.AccountID != 0 {
		add(`account_id = ?`, f.AccountID)
	}
	if f.Technical != "" {
		add(`technical = ?`, clean(f.Technical))
	}
	if f.Category != "" {
		add(`category = ?`, clean(string(f.Category)))
	}
	if f.Conflicts {
		add(`conflict <> ''`)
	}
	within := "instr"
	if s.engine == postgresEngine {
		within = "strpos"
	}
	var statuses, languages []any
	for _, st := range f.Statuses {
		statuses = append(statuses, clean(string(st)))
	}
	for _, l := range f.Languages {
		languages = append(languages, clean(l))
	}
	anyOf(`CASE WHEN draft OR meta_status = '' THEN 'draft' WHEN gone THEN 'gone' ELSE meta_status END`, statuses)
	anyOf(`language`, languages)
	for word := range strings.FieldsSeq(Fold(f.Search)) {
		add(within+`(search, ?) > 0`, " "+word)
	}
	if f.For.ID != 0 && f.For.Role != app.RoleAdmin {
		add(`(staff = '' OR ',' || staff || ',' LIKE ?)`, "%,"+packIDs([]app.ID{f.For.ID})+",%")
	}
	if len(conds) == 0 {
		return "id > 0", nil
	}
	return strings.Join(conds, " AND "), args
}

// templatePacked is most of a row as one text: to hand over a value costs more than to find it, and there are 6,000 rows.
var templatePacked = func() string {
	var b strings.Builder
	for i, f := range []struct{ flag, cond string }{
		{"d", "draft"}, {"g", "gone"}, {"a", "archived"}, {"e", "edited"}, {"l", "meta_id <> ''"}, {"c", "previous_category <> '' OR correct_category <> ''"},
	} {
		if i > 0 {
			b.WriteString(" || ")
		}
		b.WriteString("CASE WHEN " + f.cond + " THEN '" + f.flag + "' ELSE '' END")
	}
	for _, column := range []string{
		"name", "technical", "language", "category", "meta_status", "reason", "notice", "quality", "header_format", "preview", "record_type", "staff",
		"conflict", "submit_state",
	} {
		b.WriteString(" || '" + packedSep + "' || replace(" + column + ", '" + packedSep + "', ' ')")
	}
	return b.String()
}()

// packedSep stands between packed values; it is no character that anybody types.
const packedSep = "\x1f"

func scanTemplateRow(rows *sql.Rows) (app.TemplateRow, error) {
	var r app.TemplateRow
	var created, updated int64
	var packed string
	if err := rows.Scan(&r.ID, &r.AccountID, &r.Revision, &created, &updated, &packed); err != nil {
		return r, err
	}
	next := func() string {
		var v string
		v, packed, _ = strings.Cut(packed, packedSep)
		return v
	}
	flags := next()
	is := func(flag string) bool { return strings.Contains(flags, flag) }
	r.Name, r.Technical, r.Language, r.Category = next(), next(), next(), template.Category(next())
	r.MetaStatus, r.Reason = app.TemplateStatus(next()), next()
	notice := next()
	r.Quality, r.HeaderFormat, r.Preview, r.RecordType = next(), template.HeaderFormat(next()), next(), next()
	r.Staff, r.Conflict, r.SubmitState = unpackIDs(next()), app.ConflictKind(next()), app.SubmitState(next())
	r.Status = app.ShownStatus(is("d"), is("g"), r.MetaStatus)
	r.Archived, r.Edited, r.CategoryMoved, r.Linked = is("a"), is("e"), is("c"), is("l") && !is("g")
	r.CreatedAt, r.UpdatedAt = moment(created), moment(updated)
	if notice == "" {
		return r, nil
	}
	var n app.TemplateNotice
	err := json.Unmarshal([]byte(notice), &n)
	r.Notice = strings.TrimSpace(n.Text + " " + n.Recommendation)
	return r, err
}

type templateUse struct {
	account        app.ID
	name, language string
}

// templateUses counts the sends of each template, from an index that holds nothing else.
func (s *Store) templateUses(ctx context.Context) (map[templateUse]int, error) {
	name, language := `json_extract(payload, '$.template.name')`, `json_extract(payload, '$.template.language.code')`
	if s.engine == postgresEngine {
		name, language = `(payload::json #>> '{template,name}')`, `(payload::json #>> '{template,language,code}')`
	}
	rows, err := s.read.query(ctx, `SELECT account_id, coalesce(`+name+`, ''), coalesce(`+language+`, ''), count(*) FROM outbox
		WHERE substr(payload, 1, 18) = '{"type":"template"' GROUP BY account_id, `+name+`, `+language)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[templateUse]int{}
	for rows.Next() {
		var u templateUse
		var n int
		if err := rows.Scan(&u.account, &u.name, &u.language, &n); err != nil {
			return nil, err
		}
		out[u] = n
	}
	return out, rows.Err()
}

func scanLinked(rows *sql.Rows) (app.LinkedTemplate, error) {
	var l app.LinkedTemplate
	var since int64
	err := rows.Scan(&l.ID, &l.MetaID, &since)
	l.Since = moment(since)
	return l, err
}
