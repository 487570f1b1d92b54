// Package template knows what a message template and a formatted message text are made of, and nothing of the
// network. It is pure, so that the window, the storage and the client can all read from it.
package template
