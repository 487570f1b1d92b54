//go:build unix

package main

import "syscall"

// keepPrivate makes every file that the program writes its owner's alone.
func keepPrivate() { syscall.Umask(0o077) }
