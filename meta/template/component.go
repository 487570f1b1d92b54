package template

import "encoding/json"

// Component is one part of a template: header, body, footer, buttons, and so on. Which fields count depends on Type.
type Component struct {
	Type   ComponentType
	Format HeaderFormat // of a header
	Text   string       // of a header, body or footer

	Samples []Sample // example values of the text's placeholders
	Handles []string // of a media header: upload handles; in Meta's answers, addresses that last a short time

	SecurityRecommendation bool // of an authentication body
	CodeExpirationMinutes  int  // of an authentication footer; 0 is none

	Buttons []Button
	Cards   []Card
	Offer   *Offer

	// Extra holds unknown keys, and known ones whose spelling would not survive otherwise.
	Extra map[string]json.RawMessage

	odd json.RawMessage // what stood where an object was expected
}

// Sample is the example value that Meta's reviewers see for a placeholder.
type Sample struct {
	Placeholder string // "1", or a name
	Value       string
}

// Card is one picture of a carousel.
type Card struct {
	Components []Component
	Extra      map[string]json.RawMessage

	odd json.RawMessage
}

// Offer is what a limited-time offer says.
type Offer struct {
	Text          string
	HasExpiration bool
	Extra         map[string]json.RawMessage

	odd json.RawMessage
}

// Sample is the value for a placeholder, or "".
func (c Component) Sample(placeholder string) string {
	for _, s := range c.Samples {
		if s.Placeholder == placeholder {
			return s.Value
		}
	}
	return ""
}

// SetSample gives a placeholder its value.
func (c *Component) SetSample(placeholder, value string) {
	for i, s := range c.Samples {
		if s.Placeholder == placeholder {
			c.Samples[i].Value = value
			return
		}
	}
	c.Samples = append(c.Samples, Sample{placeholder, value})
}

// ReadOnly tells that the program keeps the component but cannot edit it.
func (c Component) ReadOnly() bool {
	return c.odd != nil || !c.Type.Known() || c.Type == Header && c.Format != "" && !c.Format.Known()
}

// Component is the card's first component of a type, or nil.
func (c *Card) Component(t ComponentType) *Component {
	for i := range c.Components {
		if c.Components[i].Type == t {
			return &c.Components[i]
		}
	}
	return nil
}

func (c Card) find(t ComponentType) (Component, bool) {
	if p := c.Component(t); p != nil {
		return *p, true
	}
	return Component{}, false
}

// UnmarshalJSON keeps everything, see Decode.
func (c *Component) UnmarshalJSON(b []byte) error {
	o, odd, err := readAny(b)
	if err != nil || odd != nil {
		*c = Component{odd: odd}
		return err
	}
	*c = Component{
		Type:                   enumOf[ComponentType](o, "type"),
		Format:                 enumOf[HeaderFormat](o, "format"),
		Text:                   o.text("text"),
		SecurityRecommendation: o.flag("add_security_recommendation"),
		CodeExpirationMinutes:  o.int("code_expiration_minutes"),
		Buttons:                listOf[Button](o, "buttons"),
		Cards:                  listOf[Card](o, "cards"),
		Offer:                  objectOf[Offer](o, "limited_time_offer"),
	}
	c.Samples, c.Handles = o.example(c.Type)
	c.Extra = o.rest()
	return nil
}

// MarshalJSON writes what UnmarshalJSON read.
func (c Component) MarshalJSON() ([]byte, error) { return c.appendJSON(nil) }

func (c Component) appendJSON(b []byte) ([]byte, error) {
	if c.odd != nil {
		return append(b, c.odd...), nil
	}
	w := writer{extra: c.Extra, out: b}
	writeEnum(&w, "type", c.Type)
	writeEnum(&w, "format", c.Format)
	w.text("text", c.Text)
	w.flag("add_security_recommendation", c.SecurityRecommendation)
	w.int("code_expiration_minutes", c.CodeExpirationMinutes)
	w.example(c)
	writeList(&w, "buttons", c.Buttons)
	writeList(&w, "cards", c.Cards)
	writeObject(&w, "limited_time_offer", c.Offer)
	return w.done()
}

// UnmarshalJSON keeps everything, see Decode.
func (c *Card) UnmarshalJSON(b []byte) error {
	o, odd, err := readAny(b)
	if err != nil || odd != nil {
		*c = Card{odd: odd}
		return err
	}
	*c = Card{Components: listOf[Component](o, "components")}
	c.Extra = o.rest()
	return nil
}

// MarshalJSON writes what UnmarshalJSON read.
func (c Card) MarshalJSON() ([]byte, error) { return c.appendJSON(nil) }

func (c Card) appendJSON(b []byte) ([]byte, error) {
	if c.odd != nil {
		return append(b, c.odd...), nil
	}
	w := writer{extra: c.Extra, out: b}
	writeList(&w, "components", c.Components)
	return w.done()
}

// UnmarshalJSON keeps everything, see Decode.
func (f *Offer) UnmarshalJSON(b []byte) error {
	o, odd, err := readAny(b)
	if err != nil || odd != nil {
		*f = Offer{odd: odd}
		return err
	}
	*f = Offer{Text: o.text("text"), HasExpiration: o.flag("has_expiration")}
	f.Extra = o.rest()
	return nil
}

// MarshalJSON writes what UnmarshalJSON read.
func (f Offer) MarshalJSON() ([]byte, error) { return f.appendJSON(nil) }

func (f Offer) appendJSON(b []byte) ([]byte, error) {
	if f.odd != nil {
		return append(b, f.odd...), nil
	}
	w := writer{extra: f.Extra, out: b}
	w.text("text", f.Text)
	w.flag("has_expiration", f.HasExpiration)
	return w.done()
}

func (c Component) clone() Component {
	c.Samples = append([]Sample(nil), c.Samples...)
	c.Handles = append([]string(nil), c.Handles...)
	c.Buttons = cloneAll(c.Buttons, Button.clone)
	c.Cards = cloneAll(c.Cards, func(k Card) Card {
		k.Components = cloneAll(k.Components, Component.clone)
		k.Extra = cloneExtra(k.Extra)
		return k
	})
	if c.Offer != nil {
		f := *c.Offer
		f.Extra = cloneExtra(f.Extra)
		c.Offer = &f
	}
	c.Extra = cloneExtra(c.Extra)
	return c
}
