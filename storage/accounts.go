package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"shopbell/app"
)

const accountColumns = `id, name, app_id, waba_id, phone_number_id, display_phone, verified_name, quality, messaging_limit, practice, archived,
	last_webhook, last_test, last_test_at, created_at, throughput, on_phone_app`

// SaveAccount inserts (ID 0) or updates. What a connection test found is not touched: see SetTest.
func (s *Store) SaveAccount(ctx context.Context, a app.Account) (app.Account, error) {
	saved := a
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		saved = a
		args := []any{
			clean(a.Name), clean(a.AppID), clean(a.WABAID), clean(a.PhoneNumberID), clean(a.DisplayPhone), clean(a.VerifiedName),
			clean(a.Quality), clean(a.Limit), a.Practice, a.Archived,
		}
		if a.ID == 0 {
			saved.ID = s.ids.Next()
			if saved.CreatedAt.IsZero() {
				saved.CreatedAt = moment(s.now().UnixMilli())
			}
			_, err := t.exec(ctx, `INSERT INTO accounts (name, app_id, waba_id, phone_number_id, display_phone, verified_name, quality, messaging_limit,
				practice, archived, id, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`, append(args, saved.ID, millis(saved.CreatedAt))...)
			t.touch(app.TopicAccounts, saved.ID)
			return accountConflict(err)
		}
		n, err := t.exec(ctx, `UPDATE accounts SET name = $1, app_id = $2, waba_id = $3, phone_number_id = $4, display_phone = $5, verified_name = $6,
			quality = $7, messaging_limit = $8, practice = $9, archived = $10, throughput = $11, on_phone_app = $12 WHERE id = $13`, append(args, clean(a.Throughput), truth(a.OnPhoneApp), a.ID)...)
		if err == nil && n == 0 {
			return notFound("This account")
		}
		t.touch(app.TopicAccounts, a.ID)
		return accountConflict(err)
	})
	if err != nil {
		return app.Account{}, err
	}
	return saved, nil
}

// accountConflict names the field that another account has.
func accountConflict(err error) error {
	what, ok := unique(err)
	switch {
	case !ok:
		return err
	case strings.Contains(what, "phone_number_id"):
		return &app.Error{
			Code: app.CodeConflict, Cause: err, Message: "Another account has this Phone Number ID.",
			Mend: "Open that account, or correct the Phone Number ID.",
		}
	}
	return &app.Error{Code: app.CodeConflict, Cause: err, Message: "Another account has this name.", Mend: "Choose another name."}
}

// Accounts lists all, in the order of their making; archived ones too.
func (s *Store) Accounts(ctx context.Context) ([]app.Account, error) {
	rows, err := s.read.query(ctx, `SELECT `+accountColumns+` FROM accounts ORDER BY id`)
	out, err := scanAll(rows, err, scanAccount)
	return out, wrong(err)
}

// Account gives one account.
func (s *Store) Account(ctx context.Context, id app.ID) (app.Account, error) {
	rows, err := s.read.query(ctx, `SELECT `+accountColumns+` FROM accounts WHERE id = $1`, id)
	return onlyAccount(rows, err)
}

// AccountByName gives the account of that name.
func (s *Store) AccountByName(ctx context.Context, name string) (app.Account, error) {
	rows, err := s.read.query(ctx, `SELECT `+accountColumns+` FROM accounts WHERE name = $1`, clean(name))
	return onlyAccount(rows, err)
}

func onlyAccount(rows *sql.Rows, err error) (app.Account, error) {
	list, err := scanAll(rows, err, scanAccount)
	switch {
	case err != nil:
		return app.Account{}, wrong(err)
	case len(list) == 0:
		return app.Account{}, notFound("This account")
	}
	return list[0], nil
}

// SetTest records what a connection test found, and what Meta told of the number.
func (s *Store) SetTest(ctx context.Context, a app.Account) error {
	checks, err := json.Marshal(a.LastTest)
	if err != nil {
		return fmt.Errorf("storage: connection test: %w", err)
	}
	if a.LastTest == nil {
		checks = nil
	}
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		n, err := t.exec(ctx, `UPDATE accounts SET display_phone = $1, verified_name = $2, quality = $3, messaging_limit = $4, last_test = $5, last_test_at = $6,
			throughput = $7, on_phone_app = $8 WHERE id = $9`, clean(a.DisplayPhone), clean(a.VerifiedName), clean(a.Quality), clean(a.Limit), clean(string(checks)), millis(a.LastTestAt),
			clean(a.Throughput), truth(a.OnPhoneApp), a.ID)
		if err == nil && n == 0 {
			return notFound("This account")
		}
		t.touch(app.TopicAccounts, a.ID)
		return err
	})
}

// AccountEvents gives what Meta reported of an account, newest first.
func (s *Store) AccountEvents(ctx context.Context, account app.ID, limit int) ([]app.EventFact, error) {
	rows, err := s.read.query(ctx, `SELECT field, kind, at, raw FROM account_events WHERE account_id = $1 ORDER BY at DESC, id DESC LIMIT $2`, account, limit)
	out, err := scanAll(rows, err, func(rows *sql.Rows) (app.EventFact, error) {
		var e app.EventFact
		var at int64
		err := rows.Scan(&e.Field, &e.Kind, &at, &e.Raw)
		e.At = moment(at)
		return e, err
	})
	return out, wrong(err)
}

// event keeps what Meta reported, once.
func (b *batch) event(ctx context.Context, accounts []*accountRow, e *app.EventFact) error {
	sum := sha256.Sum256([]byte(e.Field + "\x00" + e.Kind + "\x00" + fmt.Sprint(millis(e.At)) + "\x00" + e.Raw))
	for _, a := range accounts {
		if _, err := b.t.exec(ctx, `INSERT INTO account_events (id, account_id, field, kind, at, raw, digest) VALUES ($1,$2,$3,$4,$5,$6,$7)
			ON CONFLICT (account_id, digest) DO NOTHING`, b.s.ids.Next(), a.id, clean(e.Field), clean(e.Kind), millis(e.At), clean(e.Raw),
			hex.EncodeToString(sum[:])); err != nil {
			return err
		}
		b.t.touch(app.TopicAccounts, a.id)
	}
	return nil
}

func scanAccount(rows *sql.Rows) (app.Account, error) {
	var a app.Account
	var hook, testAt, created int64
	var checks string
	var onApp int
	err := rows.Scan(&a.ID, &a.Name, &a.AppID, &a.WABAID, &a.PhoneNumberID, &a.DisplayPhone, &a.VerifiedName, &a.Quality, &a.Limit, &a.Practice,
		&a.Archived, &hook, &checks, &testAt, &created, &a.Throughput, &onApp)
	if err == nil && checks != "" {
		err = json.Unmarshal([]byte(checks), &a.LastTest)
	}
	a.OnPhoneApp = onApp != 0
	a.LastWebhook, a.LastTestAt, a.CreatedAt = moment(hook), moment(testAt), moment(created)
	return a, err
}

// truth writes a truth where a column is a number.
func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}
