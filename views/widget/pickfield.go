package widget

import "fyne.io/fyne/v2"

// PickField is a field that looks like a Choice and opens something else than a list, such as a search.
type PickField struct {
	Choice
}

// NewPickField makes a field; tapped opens what there is to choose from.
func NewPickField(label string, tapped func()) *PickField {
	p := &PickField{}
	p.face = newChoiceFace(label, tapped)
	p.face.opens = func(string) { tapped() }
	p.ExtendBaseWidget(p)
	return p
}

// SetWords says what is chosen; "" is nothing.
func (p *PickField) SetWords(words string) { p.face.setWords(words, "") }

// Words is what it says.
func (p *PickField) Words() string { return p.face.words }

// Anchor is the frame, at which a card may be shown.
func (p *PickField) Anchor() fyne.CanvasObject { return p.face.anchor }

// CreateRenderer is for Fyne.
func (p *PickField) CreateRenderer() fyne.WidgetRenderer { return faceRenderer(p, p.face) }
