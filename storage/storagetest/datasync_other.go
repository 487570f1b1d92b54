//go:build !linux

package storagetest

import "os"

// Datasync is the cheapest sync that there is.
func Datasync(f *os.File) error { return f.Sync() }
