// Package sending makes messages of a template and records: it says before anything goes which of them can go, why the others can't and
// what it will cost, and puts those that can into the outbox.
package sending
