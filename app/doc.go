// Package app holds the words of the front desk and its rules: accounts, contacts, conversations, messages, the send queue.
// It is pure Go: it knows neither the database nor the window nor Meta's wire format.
package app
