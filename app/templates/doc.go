// Package templates is the life of message templates: drafts and their versions, the way to Meta and its review, and the comparison with what
// Meta has. It never deletes a template, here or there, unless a person asks for it.
package templates
