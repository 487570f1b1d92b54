//go:build !unix

package secret

// syncFolder has nothing to do where a folder can't be opened as a file; there the file system journals renames itself.
func syncFolder(string) error { return nil }
