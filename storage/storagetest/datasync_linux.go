package storagetest

import (
	"os"
	"syscall"
)

// datasync is the cheapest sync that keeps data through a power cut.
func datasync(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }
