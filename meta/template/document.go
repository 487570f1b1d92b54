package template

import (
	"encoding/json"
	"fmt"
)

// Document is a message template as Meta keeps it: the body of a create request, or what is a document in an item
// of Meta's lists. What the program does not know is in Extra and goes back as it came.
type Document struct {
	Name     string   // technical name: small letters, digits, underscores
	Language string   // Meta's code, such as en_US
	Category Category // upper case, whatever the spelling that came

	ParameterFormat ParameterFormat // "" means positional
	Components      []Component
	TTLSeconds      *int // how long Meta tries to deliver; -1 is 30 days; nil is Meta's default
	SubCategory     string
	DisplayFormat   string
	LibraryName     string // made from this template of Meta's library; such a document has no components of its own

	// Extra holds unknown keys, and known ones whose spelling would not survive otherwise (a null, a wrong type).
	Extra map[string]json.RawMessage
}

// Decode reads a create body or an item of Meta's answers. Unknown keys and values are no error; only what is not
// one JSON object is. In an item of an answer, id and status are left in Extra: DecodeRemote reads them.
func Decode(b []byte) (Document, error) {
	var d Document
	if err := json.Unmarshal(b, &d); err != nil {
		return Document{}, fmt.Errorf("reading a template: %w", err)
	}
	return d, nil
}

// UnmarshalJSON keeps everything, see Decode.
func (d *Document) UnmarshalJSON(b []byte) error {
	o, err := readObject(b)
	if err != nil {
		return err
	}
	*d = Document{
		Name:            o.text("name"),
		Language:        o.text("language"),
		Category:        enumOf[Category](o, "category"),
		ParameterFormat: enumOf[ParameterFormat](o, "parameter_format"),
		TTLSeconds:      o.optionalInt("message_send_ttl_seconds"),
		SubCategory:     o.text("sub_category"),
		DisplayFormat:   o.text("display_format"),
		LibraryName:     o.text("library_template_name"),
		Components:      listOf[Component](o, "components"),
	}
	d.Extra = o.rest()
	return nil
}

// MarshalJSON writes what UnmarshalJSON read, and Meta's create body for a document made here.
func (d Document) MarshalJSON() ([]byte, error) { return d.appendJSON(nil) }

func (d Document) appendJSON(b []byte) ([]byte, error) {
	w := writer{extra: d.Extra, out: b}
	d.write(&w)
	return w.done()
}

func (d Document) write(w *writer) {
	w.text("name", d.Name)
	w.text("language", d.Language)
	writeEnum(w, "category", d.Category)
	writeEnum(w, "parameter_format", d.ParameterFormat)
	w.text("sub_category", d.SubCategory)
	w.text("display_format", d.DisplayFormat)
	w.optionalInt("message_send_ttl_seconds", d.TTLSeconds)
	w.text("library_template_name", d.LibraryName)
	writeList(w, "components", d.Components)
}

// Clone is a copy that shares nothing with d.
func (d Document) Clone() Document {
	d.Components = cloneAll(d.Components, Component.clone)
	if d.TTLSeconds != nil {
		n := *d.TTLSeconds
		d.TTLSeconds = &n
	}
	d.Extra = cloneExtra(d.Extra)
	return d
}

// Component is the first component of a type, or nil. Changing it changes the document.
func (d *Document) Component(t ComponentType) *Component {
	for i := range d.Components {
		if d.Components[i].Type == t {
			return &d.Components[i]
		}
	}
	return nil
}

// find is Component for reading only.
func (d Document) find(t ComponentType) (Component, bool) {
	if c := d.Component(t); c != nil {
		return *c, true
	}
	return Component{}, false
}

// Ensure is the component of a type, added in its usual place when there is none.
func (d *Document) Ensure(t ComponentType) *Component {
	if c := d.Component(t); c != nil {
		return c
	}
	at := len(d.Components)
	for i, c := range d.Components {
		if rank(c.Type) > rank(t) {
			at = i
			break
		}
	}
	d.Components = append(d.Components[:at:at], append([]Component{{Type: t}}, d.Components[at:]...)...)
	return &d.Components[at]
}

// Remove takes all components of a type out.
func (d *Document) Remove(t ComponentType) {
	kept := make([]Component, 0, len(d.Components))
	for _, c := range d.Components {
		if c.Type != t {
			kept = append(kept, c)
		}
	}
	d.Components = kept
}

// rank is the order in which WhatsApp shows the components.
func rank(t ComponentType) int {
	for i, k := range []ComponentType{Header, LimitedTimeOffer, Body, Footer, Buttons, Carousel, CallPermissionRequest} {
		if t == k {
			return i
		}
	}
	return 100
}
