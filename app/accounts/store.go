package accounts

import (
	"context"

	"shopbell/app"
)

// Store keeps the accounts, without their secrets.
type Store interface {
	// SaveAccount inserts (ID 0) or updates. A name or phone number id that another account has is an app.Error of CodeConflict that names the field.
	SaveAccount(ctx context.Context, a app.Account) (app.Account, error)
	// Accounts lists all, in the order of their making; archived ones too.
	Accounts(ctx context.Context) ([]app.Account, error)
	Account(ctx context.Context, id app.ID) (app.Account, error)
	AccountByName(ctx context.Context, name string) (app.Account, error)
	// SetTest records what a connection test found, and what Meta told of the number.
	SetTest(ctx context.Context, a app.Account) error
	// ReplayIgnored makes ignored webhooks pending again: a new account may own some.
	ReplayIgnored(ctx context.Context) (int, error)
}

// Secrets keeps credentials in the keyring.
type Secrets interface {
	Get(ctx context.Context, key string) (string, error)
	Set(ctx context.Context, key, value string) error
	Delete(ctx context.Context, key string) error
}
