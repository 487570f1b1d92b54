// Package records is the Records tab: the shop's contacts, quotations, invoices and whatever else it keeps, in a table that is found in, filtered and
// sorted, with one record open beside it. It changes them through records.Kept and sends nothing itself.
package records
