// Package broadcasts sends one template to many: it makes their messages a few at a time, so that a broadcast can be paused, goes on after a
// restart exactly where it was, and stops by itself when going on would do harm.
package broadcasts
