// Package starters reads the templates that the program brings along: their documents in several languages, what fills them from a record, and
// the sample file of their header. It turns one of them into a draft that is ready to submit.
package starters
