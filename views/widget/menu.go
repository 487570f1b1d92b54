package widget

import "fyne.io/fyne/v2"

// ShowMenu lets one of several things be chosen from a card at an anchor; beyond six they can be searched. chosen is told once the card is gone.
// It returns nil when the anchor is not on a window.
func ShowMenu(anchor fyne.CanvasObject, options []Option, width float32, chosen func(key string)) *Popover {
	var p *Popover
	leave := func() {
		if p != nil {
			p.Close()
		}
	}
	l := newOptionList(options, func(Option) bool { return false }, func(o Option) {
		leave()
		chosen(o.Key)
	}, leave)
	p = ShowPopover(anchor, l, width, nil)
	l.start(p, "")
	return p
}
