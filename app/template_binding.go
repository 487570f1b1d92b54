package app

import (
	"slices"

	"shopbell/meta/template"
)

// Binding says what fills a slot of a template when it is sent.
type Binding struct {
	Slot   template.Slot `json:"slot"`
	Kind   BindingKind   `json:"kind"`
	Path   string        `json:"path,omitempty"`   // of BindField: dotted, such as customer.country.name
	Format string        `json:"format,omitempty"` // of BindField: how dates, amounts … are written; "" for the field's own way
	Sample string        `json:"sample,omitempty"` // what Meta's reviewers and the preview see
}

// BindingKind is where a slot's value comes from.
type BindingKind string

// The kinds of binding.
const (
	BindFree      BindingKind = "free"       // asked when it is sent
	BindField     BindingKind = "field"      // of the record
	BindUserName  BindingKind = "user_name"  // who sends it
	BindUserPhone BindingKind = "user_phone" // the sender's number
	BindPortal    BindingKind = "portal"     // the record's address on the web
)

// maxParked bounds the bindings that are kept for slots that were typed away.
const maxParked = 64

// MergeBindings gives one binding for each slot of the document, in its order: the one that was there, else the one that was parked, else free
// text with the document's sample. What has no slot any more is parked, newest first.
func MergeBindings(doc template.Document, bindings, parked []Binding) (live, rest []Binding) {
	known := map[template.Slot]Binding{}
	for _, b := range slices.Backward(parked) {
		known[b.Slot] = b
	}
	for _, b := range slices.Backward(bindings) {
		known[b.Slot] = b
	}
	for _, s := range doc.Slots() {
		b, ok := known[s]
		if !ok {
			b = Binding{Slot: s, Kind: BindFree, Sample: doc.SampleOf(s)}
		}
		live = append(live, b)
		delete(known, s)
	}
	for _, list := range [][]Binding{bindings, parked} {
		for _, b := range list {
			if _, ok := known[b.Slot]; ok && len(rest) < maxParked && worthParking(b) {
				rest = append(rest, b)
			}
			delete(known, b.Slot)
		}
	}
	return live, rest
}

// worthParking tells whether a binding holds anything that a person would have to do again.
func worthParking(b Binding) bool { return b.Kind != BindFree || b.Sample != "" }
