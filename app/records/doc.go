// Package records knows the kinds of record a shop has (contacts, quotations, invoices, tickets …), how their fields are reached from one
// another by paths such as customer.country.name, and how a value is written in a customer's language. It reads records through Source, so
// that the shop's own records and those of another system fill a template in the same way.
package records
