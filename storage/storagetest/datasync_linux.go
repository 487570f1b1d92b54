package storagetest

import (
	"os"
	"syscall"
)

// Datasync is the cheapest sync that keeps data through a power cut.
func Datasync(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }
