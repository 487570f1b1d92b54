package storage

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"shopbell/app"
)

// Backup writes a copy of the desk to a new file, and of the journal beside it (name-journal.db), while everything goes on. Only on SQLite: a
// PostgreSQL database is copied with its own tools.
func (s *Store) Backup(ctx context.Context, path string) error {
	if s.server != nil {
		return &app.Error{
			Code: app.CodeUnavailable, Message: "A PostgreSQL database is not copied from here.",
			Mend: "Use pg_dump, or the backups of the server.",
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return &app.Error{Code: app.CodeDatabase, Cause: err, Message: "The folder of the backup can't be made.", Mend: "Choose another folder."}
	}
	ext := filepath.Ext(path)
	for _, one := range []struct {
		journal bool
		to      string
	}{{false, path}, {true, strings.TrimSuffix(path, ext) + "-journal" + ext}} {
		if _, err := os.Stat(one.to); err == nil {
			return &app.Error{Code: app.CodeConflict, Message: "There is a file of that name already.", Mend: "Choose another name."}
		}
		if err := s.copyTo(ctx, one.journal, one.to); err != nil {
			return wrong(err)
		}
	}
	return nil
}
