// Package storage keeps everything the desk knows, in SQLite or in PostgreSQL, behind one Store.
// It says what became of each write only after the write is on disk, and tells its readers what changed.
package storage
