// Package sandbox is a practice server that speaks Meta's WhatsApp Cloud API: it takes what Meta takes, refuses what Meta refuses
// with the same codes, and delivers signed webhooks. Customers made of a few lines of script answer through it, and faults come on
// demand, so that a desk can be tried, tested and shown without a Meta account.
//
// Everything is in memory and belongs to one Server. The Graph edges live under any /vN.0 prefix; the control interface under
// /sandbox/ is described in control.go.
package sandbox
