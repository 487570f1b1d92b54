package storage

import (
	"context"
	"database/sql"

	"shopbell/app"
)

// StaffList gives everybody who works at the desk, in the order of their coming.
func (s *Store) StaffList(ctx context.Context) ([]app.Staff, error) {
	rows, err := s.read.query(ctx, `SELECT id, name, role, phone, created_at FROM staff ORDER BY id`)
	out, err := scanAll(rows, err, func(rows *sql.Rows) (app.Staff, error) {
		var p app.Staff
		var role string
		var at int64
		err := rows.Scan(&p.ID, &p.Name, &role, &p.Phone, &at)
		p.Role, p.CreatedAt = app.Role(role), moment(at)
		return p, err
	})
	return out, wrong(err)
}

// SaveStaff inserts (ID 0) or updates. A name that somebody else has is an app.Error of CodeConflict.
func (s *Store) SaveStaff(ctx context.Context, p app.Staff) (app.Staff, error) {
	saved := p
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		saved = p
		var n int64 = 1
		var err error
		if p.ID == 0 {
			saved.ID, saved.CreatedAt = s.ids.Next(), moment(s.now().UnixMilli())
			_, err = t.exec(ctx, `INSERT INTO staff (id, name, role, phone, created_at) VALUES ($1,$2,$3,$4,$5)`, saved.ID, clean(p.Name), string(p.Role), clean(p.Phone), millis(saved.CreatedAt))
		} else {
			n, err = t.exec(ctx, `UPDATE staff SET name = $1, role = $2, phone = $3 WHERE id = $4`, clean(p.Name), string(p.Role), clean(p.Phone), p.ID)
		}
		if _, ok := unique(err); ok {
			return &app.Error{Code: app.CodeConflict, Cause: err, Message: "Somebody at the desk has this name.", Mend: "Choose another name."}
		}
		if err == nil && n == 0 {
			return notFound("This person")
		}
		t.touch(app.TopicSettings)
		return err
	})
	return saved, err
}
