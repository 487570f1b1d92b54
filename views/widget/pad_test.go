package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

func TestClickOnAFrameIsOneIntoItsText(t *testing.T) {
	newApp(t)
	f, s, m := NewField("", "Name"), NewSearchField("Search", ""), NewComposer(nil, nil, nil)
	c := shown(t, absolute(
		at{0, 0, 200, 40, f}, at{0, 60, 200, 40, s}, at{0, 120, 700, 100, m},
	), fyne.NewSize(720, 240))
	frame := 120 + 2 + m.tabs.MinSize().Height
	for what, click := range map[string]struct {
		at fyne.Position
		in *entry
	}{
		"field": {fyne.NewPos(2, 18), f.entry}, "looking glass": {fyne.NewPos(15, 78), s.entry},
		"composer, above the text":    {fyne.NewPos(300, frame+2), m.entry},
		"composer, left of the text":  {fyne.NewPos((700-fyne.Min(676, theme.WidthThreadColumn))/2+2, frame+20), m.entry},
		"composer, beside the button": {fyne.NewPos(300, frame+m.boxHeight()-2), m.entry},
	} {
		c.Unfocus()
		test.TapCanvas(c, click.at)
		if c.Focused() != fyne.Focusable(click.in) {
			t.Errorf("%s: a click gives the keyboard to %T", what, c.Focused())
		}
	}
	m.SetReason("The window is closed")
	c.Unfocus()
	test.TapCanvas(c, fyne.NewPos(300, frame+2))
	if c.Focused() != nil {
		t.Error("a closed composer takes the keyboard")
	}
}
