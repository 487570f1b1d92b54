package secret

import "errors"

// The kinds of failure, for errors.Is. What comes out of a Store wraps one of them, or the error of a context, and is
// mostly an *app.Error with the sentences for a person.
var (
	// ErrNotFound: nothing is kept under this key.
	ErrNotFound = errors.New("secret: not found")
	// ErrLocked: the encrypted file needs its passphrase, and none was given.
	ErrLocked = errors.New("secret: locked")
	// ErrPassphrase: the passphrase does not open the encrypted file. The next call asks again.
	ErrPassphrase = errors.New("secret: wrong passphrase")
	// ErrCorrupt: the encrypted file is damaged. It is left as it is.
	ErrCorrupt = errors.New("secret: damaged file")
	// ErrTimeout: the keyring did not answer in time, most likely because it waits for a person.
	ErrTimeout = errors.New("secret: the keyring did not answer in time")
	// ErrBusy: another program held the encrypted file too long.
	ErrBusy = errors.New("secret: the file is in use")
	// ErrUnavailable: the place that holds the secrets can't be used now.
	ErrUnavailable = errors.New("secret: unavailable")
	// ErrTooLong: the value has more than MaxValue bytes.
	ErrTooLong = errors.New("secret: value too long")
	// ErrBadKey: the key is empty, too long or not plain text.
	ErrBadKey = errors.New("secret: bad key")
	// ErrClosed: the Store was closed.
	ErrClosed = errors.New("secret: closed")
)
