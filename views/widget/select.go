package widget

import "strconv"

// Select is a choice of a few by their place. It looks and works as Choice does.
type Select struct {
	Choice
	OnChanged func(words string)
}

// NewSelect makes a choice between options, none of them chosen yet.
func NewSelect(options []string, changed func(words string)) *Select {
	s := &Select{OnChanged: changed}
	s.face = newChoiceFace("", s.Open)
	s.face.opens = s.openWith
	for i, words := range options {
		s.options = append(s.options, Option{Key: strconv.Itoa(i), Label: words})
	}
	s.OnChosen = func(string) {
		if s.OnChanged != nil {
			s.OnChanged(s.options[s.SelectedIndex()].Label)
		}
	}
	s.ExtendBaseWidget(s)
	return s
}

// SelectedIndex is the place of what is chosen; -1 when nothing is.
func (s *Select) SelectedIndex() int {
	i, err := strconv.Atoi(s.Chosen())
	if err != nil {
		return -1
	}
	return i
}

// SetSelectedIndex chooses by place without calling OnChanged.
func (s *Select) SetSelectedIndex(i int) { s.SetChosen(strconv.Itoa(i)) }
