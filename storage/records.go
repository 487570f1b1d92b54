package storage

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"shopbell/app"
)

// recordColumns are of the tables r and v.
const recordColumns = `r.type, r.id, r.title, r.detail, r.search, r.keys, r.revision, r.batch, r.created_at, r.updated_at, coalesce(v.body, ''), coalesce(v.links, '')`

// idsChunk is how many ids one query asks for: the driver looks each placeholder's name up in a list of all, so many more cost more than
// several queries.
const idsChunk = 500

// NewRecordID gives an id for a record to come, so that others can lead to it before it is written.
func (s *Store) NewRecordID() app.ID { return s.ids.Next() }

// RecordsByID gives those records of a type that exist, in any order.
func (s *Store) RecordsByID(ctx context.Context, typ string, ids []app.ID) ([]app.RecordRow, error) {
	out, err := recordsByID(ctx, s.read, typ, ids)
	return out, wrong(err)
}

func recordsByID(ctx context.Context, q querier, typ string, ids []app.ID) ([]app.RecordRow, error) {
	var out []app.RecordRow
	for part := range slices.Chunk(ids, idsChunk) {
		rows, err := q.list(ctx, `SELECT `+recordColumns+` FROM records AS r LEFT JOIN record_values AS v ON v.id = r.id
			WHERE r.type = $1 AND r.id IN (`+marks(2, len(part))+`)`, append([]any{typ}, anys(part)...)...)
		list, err := scanAll(rows, err, scanRecord)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// RecordTitles gives the titles of records of any type, in one read.
func (s *Store) RecordTitles(ctx context.Context, refs map[string][]app.ID) (map[app.ID]string, error) {
	out := map[app.ID]string{}
	for typ, ids := range refs {
		for part := range slices.Chunk(ids, idsChunk) {
			rows, err := s.read.list(ctx, `SELECT id, title FROM records WHERE type = $1 AND id IN (`+marks(2, len(part))+`)`, append([]any{typ}, anys(part)...)...)
			if err != nil {
				return nil, wrong(err)
			}
			if err := scanPairs(rows, out); err != nil {
				return nil, wrong(err)
			}
		}
	}
	return out, nil
}

func scanPairs(rows *sql.Rows, out map[app.ID]string) error {
	defer rows.Close()
	for rows.Next() {
		var id app.ID
		var title string
		if err := rows.Scan(&id, &title); err != nil {
			return err
		}
		out[id] = title
	}
	return rows.Err()
}

// RecordsByKey gives the records of a type whose field has one of the keys, at most two a key, which is enough to see that there are several.
func (s *Store) RecordsByKey(ctx context.Context, typ, field string, keys []string) (map[string][]app.ID, error) {
	out := map[string][]app.ID{}
	for part := range slices.Chunk(keys, idsChunk) {
		args := []any{typ, field}
		for _, k := range part {
			args = append(args, clean(k))
		}
		rows, err := s.read.list(ctx, `SELECT id, key FROM record_keys WHERE type = $1 AND field = $2 AND key IN (`+marks(3, len(part))+`) ORDER BY id`, args...)
		if err != nil {
			return nil, wrong(err)
		}
		type pair struct {
			id  app.ID
			key string
		}
		list, err := scanAll(rows, nil, func(rows *sql.Rows) (pair, error) {
			var p pair
			return p, rows.Scan(&p.id, &p.key)
		})
		if err != nil {
			return nil, wrong(err)
		}
		for _, p := range list {
			if len(out[p.key]) < 2 {
				out[p.key] = append(out[p.key], p.id)
			}
		}
	}
	return out, nil
}

// RecordsLinked gives, of each record in ids, the records of a type whose field leads to it, oldest first, in one read.
func (s *Store) RecordsLinked(ctx context.Context, typ, field string, ids []app.ID) (map[app.ID][]app.ID, error) {
	out := map[app.ID][]app.ID{}
	for part := range slices.Chunk(ids, idsChunk) {
		rows, err := s.read.list(ctx, `SELECT to_id, id FROM record_links WHERE type = $1 AND field = $2 AND to_id IN (`+marks(3, len(part))+`) ORDER BY to_id, id`,
			append([]any{typ, field}, anys(part)...)...)
		list, err := scanAll(rows, err, func(rows *sql.Rows) ([2]app.ID, error) {
			var p [2]app.ID
			return p, rows.Scan(&p[0], &p[1])
		})
		if err != nil {
			return nil, wrong(err)
		}
		for _, p := range list {
			out[p[0]] = append(out[p[0]], p[1])
		}
	}
	return out, nil
}

// RecordDuplicates gives groups of records of a type that have the same key in a field, in the order of the keys, after a key.
func (s *Store) RecordDuplicates(ctx context.Context, typ, field, after string, limit int) (map[string][]app.ID, error) {
	rows, err := s.read.query(ctx, `SELECT key FROM record_keys WHERE type = $1 AND field = $2 AND key > $3 GROUP BY key HAVING count(*) > 1 ORDER BY key LIMIT $4`,
		typ, field, after, limit)
	keys, err := scanAll(rows, err, func(rows *sql.Rows) (string, error) {
		var k string
		return k, rows.Scan(&k)
	})
	if err != nil || len(keys) == 0 {
		return nil, wrong(err)
	}
	args := []any{typ, field}
	for _, k := range keys {
		args = append(args, k)
	}
	rows, err = s.read.list(ctx, `SELECT key, id FROM record_keys WHERE type = $1 AND field = $2 AND key IN (`+marks(3, len(keys))+`) ORDER BY key, id`, args...)
	if err != nil {
		return nil, wrong(err)
	}
	defer rows.Close()
	out := map[string][]app.ID{}
	for rows.Next() {
		var k string
		var id app.ID
		if err := rows.Scan(&k, &id); err != nil {
			return nil, wrong(err)
		}
		out[k] = append(out[k], id)
	}
	return out, wrong(rows.Err())
}

func scanRecord(rows *sql.Rows) (app.RecordRow, error) {
	var r app.RecordRow
	var keys, links string
	var created, updated int64
	err := rows.Scan(&r.Type, &r.ID, &r.Title, &r.Detail, &r.Search, &keys, &r.Revision, &r.Batch, &created, &updated, &r.Values, &links)
	r.Keys, r.Links = unpackKeys(keys), unpackLinks(links)
	r.CreatedAt, r.UpdatedAt = moment(created), moment(updated)
	return r, err
}

// packKeys writes keys as "␟field=key␟field=key␟", so that a condition on one can be seen by a search in the text.
func packKeys(keys []app.RecordKey) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(packedSep + k.Field + "=" + strings.ReplaceAll(clean(k.Key), packedSep, " "))
	}
	if b.Len() > 0 {
		b.WriteString(packedSep)
	}
	return b.String()
}

func unpackKeys(s string) []app.RecordKey {
	var out []app.RecordKey
	for part := range strings.SplitSeq(strings.Trim(s, packedSep), packedSep) {
		if field, key, ok := strings.Cut(part, "="); ok {
			out = append(out, app.RecordKey{Field: field, Key: key})
		}
	}
	return out
}

func packLinks(links []app.RecordLink) string {
	var b strings.Builder
	for i, l := range links {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(l.Field + "=" + itoa(int(l.To)))
	}
	return b.String()
}

func unpackLinks(s string) []app.RecordLink {
	var out []app.RecordLink
	for part := range strings.SplitSeq(s, ",") {
		if field, to, ok := strings.Cut(part, "="); ok {
			out = append(out, app.RecordLink{Field: field, To: atoi(to)})
		}
	}
	return out
}
