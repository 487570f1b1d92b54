package app

import "errors"

// Code names a kind of failure that a person can do something about. Codes are stable and may be shown in reports.
type Code string

// The codes that are not a fact of one feature alone.
const (
	CodeInvalid     Code = "invalid"       // the input is wrong; Mend says how to correct it
	CodeNotFound    Code = "not_found"     // what was asked for does not exist
	CodeConflict    Code = "conflict"      // it exists already, or was changed by somebody else
	CodeForbidden   Code = "forbidden"     // this person may not do it
	CodeUnavailable Code = "unavailable"   // a part of the program or of the world does not answer now; trying again may help
	CodeWindow      Code = "window_closed" // the customer-service window is closed: only a template may be sent
	CodeDatabase    Code = "database"      // the database can't be opened or used
	CodeSecrets     Code = "secrets"       // the keyring or the secrets file can't be opened or used
	CodeListener    Code = "listener"      // the webhook listener can't listen
	CodeMeta        Code = "meta"          // Meta refused
)

// Error is a failure in words for a person: what happened and why (Message), and what to do (Mend). Cause is for the log.
type Error struct {
	Code    Code
	Message string
	Mend    string
	Cause   error
}

func (e *Error) Error() string {
	s := e.Message
	if e.Mend != "" {
		s += " " + e.Mend
	}
	if e.Cause != nil {
		s += " (" + e.Cause.Error() + ")"
	}
	return s
}

func (e *Error) Unwrap() error { return e.Cause }

// Is makes errors.Is(err, ErrNotFound) true for every Error of that code.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code && t.Message == ""
}

// ErrNotFound matches every Error whose code is CodeNotFound.
var ErrNotFound error = &Error{Code: CodeNotFound}

// ErrConflict matches every Error whose code is CodeConflict.
var ErrConflict error = &Error{Code: CodeConflict}

// ErrWindowClosed matches every Error whose code is CodeWindow.
var ErrWindowClosed error = &Error{Code: CodeWindow}

// ErrorCode gives the code of the first Error in err's chain, or "" if there is none.
func ErrorCode(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
