//go:build unix

package media

import (
	"errors"
	"fmt"
)

// syncFolder waits until the disk has the folder's list of names.
func (s *Store) syncFolder(name string) error {
	d, err := s.root.Open(name)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}
