// Package templates is the Templates tab: the list of templates, the editor with its live preview on a phone, and the way to Meta and back.
// What is edited lives in a model that knows no window; the panes draw it and hand on what a person does.
package templates
