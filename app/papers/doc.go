// Package papers draws quotations, invoices, receipts, delivery slips and event tickets as PDF files, and receipts as pictures, from records
// and what a shop says about itself. It shapes the text of every script, so that a customer's name and language come out right, and it says
// which letters no font had.
package papers
