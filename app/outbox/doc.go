// Package outbox sends what is queued, once: it claims a row, paces, asks Meta, and records the outcome, also when there is none.
package outbox
