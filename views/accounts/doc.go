// Package accounts is the Accounts tab: the numbers that are connected, how each one stands, and the form that connects one.
// Secrets go from the form to the keyring and are never shown again.
package accounts
