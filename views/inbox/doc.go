// Package inbox is the Inbox tab: the list of conversations, the thread with its composer, and what is known of the customer.
// It reads what it shows from the inbox service, and reads again when the feed tells of a change.
package inbox
