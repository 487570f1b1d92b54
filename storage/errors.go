package storage

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"shopbell/app"
)

// sqliteCode gives SQLite's primary result code of an error, or 0.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// pgCode gives the SQLSTATE of an error, or "".
func pgCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// retryable tells whether running the transaction again may help: somebody else held a lock, two transactions crossed, two desks made the same
// id in the same millisecond, or the connection to the server broke before anything was committed.
func retryable(err error) bool {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return true
	case sqlite3.SQLITE_CONSTRAINT:
		var e *sqlite.Error
		return errors.As(err, &e) && e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	switch pgCode(err) {
	case "40001", "40P01", "55P03":
		return true
	case "57P01", "57P02", "57P03": // the server is going down or coming up
		return true
	}
	return pgconn.SafeToRetry(err)
}

// unique tells whether an error is a broken UNIQUE constraint, and names what it says of it (column or index).
func unique(err error) (string, bool) {
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE {
		return e.Error(), true
	}
	var p *pgconn.PgError
	if errors.As(err, &p) && p.Code == "23505" {
		return p.ConstraintName, true
	}
	return "", false
}

// wrong puts an error of the database into words. Errors that have words already, and ends of contexts, pass through.
func wrong(err error) error {
	var told *app.Error
	switch {
	case err == nil, errors.As(err, &told), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errClosed):
		return &app.Error{Code: app.CodeDatabase, Message: "The database is closed.", Mend: "Start the program again.", Cause: err}
	}
	e := &app.Error{Code: app.CodeDatabase, Cause: err}
	switch sqliteCode(err) {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		e.Message, e.Mend = "Another program holds the database.", "Close the other program that uses this data folder, then try again."
		return e
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		e.Message, e.Mend = "The database can be read but not written.", "Give yourself the right to write to the data folder and the files in it, or choose another folder."
		return e
	case sqlite3.SQLITE_CANTOPEN:
		e.Message, e.Mend = "The database file can't be opened.", "See that the data folder exists and that you may read and write it."
		return e
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		e.Message, e.Mend = "The database file is damaged or is not a database.", "Close the program and put the newest file of the backups folder in its place; keep the damaged file."
		return e
	case sqlite3.SQLITE_FULL:
		e.Message, e.Mend = "The disk is full.", "Free some space on it, then try again; a program that runs goes on by itself."
		return e
	case sqlite3.SQLITE_IOERR:
		e.Message, e.Mend = "The disk can't be read or written.", "See that there is space on it and that it is connected, then try again; a program that runs goes on by itself."
		return e
	}
	switch code := pgCode(err); {
	case code == "28P01", code == "28000":
		e.Message, e.Mend = "The database server refused the user or the password.", "Correct them in the settings of the database."
		return e
	case code == "3D000":
		e.Message, e.Mend = "The database does not exist on the server.", "Create it, or correct its name in the settings of the database."
		return e
	case code == "42501":
		e.Message, e.Mend = "The database user may not do this.", "Give the user the right to create tables in the database, or to use those that are there."
		return e
	case code == "53100":
		e.Message, e.Mend = "The disk of the database server is full.", "Free some space on it, then try again; a program that runs goes on by itself."
		return e
	case strings.HasPrefix(code, "53"), strings.HasPrefix(code, "57P"):
		e.Message, e.Mend = "The database server takes no more work now.", "Try again in a moment."
		return e
	}
	var connect *pgconn.ConnectError
	var parse *pgconn.ParseConfigError
	var network net.Error
	switch {
	case errors.As(err, &parse):
		e.Message, e.Mend = "The address of the database server can't be read.", "Write it as postgres://user@host/database."
		e.Cause = nil // it repeats the address
	case errors.As(err, &connect), errors.As(err, &network):
		e.Message, e.Mend = "The database server does not answer.", "See that it runs and that this computer can reach it."
	default:
		e.Message, e.Mend = "The database could not do this.", "Try again; if it stays so, the log says more."
	}
	return e
}

func notFound(what string) error {
	return &app.Error{Code: app.CodeNotFound, Message: what + " is not here."}
}
