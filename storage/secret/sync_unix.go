//go:build unix

package secret

import (
	"errors"
	"os"
)

// syncFolder waits until the disk has the folder's list of names.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
