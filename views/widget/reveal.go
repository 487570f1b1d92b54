package widget

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Scroll is a page, or a part of one, that is higher or wider than its place. It follows the keyboard: what gets the focus comes into sight.
type Scroll = scroller

// NewVScroll shows content that may be higher than its place.
func NewVScroll(content fyne.CanvasObject) *Scroll {
	s := newScroller(content, false)
	s.page = true
	return s
}

// NewHScroll shows content that may be wider than its place.
func NewHScroll(content fyne.CanvasObject) *Scroll { return newScroller(content, true) }

// scrollers are those that are drawn now.
var scrollers []*scroller

// The room that stays free before and behind what comes into sight: a field's label stands above it and what is wrong with it below.
const (
	revealBefore float32 = 28
	revealAfter  float32 = 28
)

// Reveal scrolls whatever an object stands in so that it is seen, by no more than that needs. Each thing of this package that takes the keyboard calls it
// when it has got it; those of other packages do the same.
func Reveal(o fyne.CanvasObject) {
	if o.Size().IsZero() {
		return
	}
	for _, s := range scrollersAround(o) {
		s.reveal(fyne.CurrentApp().Driver(), o)
	}
}

// scrollersAround are those that can move what an object stands in, the innermost first.
func scrollersAround(o fyne.CanvasObject) []*scroller {
	app := fyne.CurrentApp()
	if app == nil {
		return nil
	}
	driver := app.Driver()
	c := driver.CanvasForObject(o)
	if c == nil {
		return nil
	}
	var around []*scroller
	for _, s := range scrollers {
		if driver.CanvasForObject(s) == c && s.reach() > 0 && s.holds(driver, o) {
			around = append(around, s)
		}
	}
	slices.SortStableFunc(around, func(a, b *scroller) int {
		if a.holds(driver, b) {
			return 1
		}
		return -1
	})
	return around
}

// holds tells whether an object stands somewhere in the content. Fyne knows of no parents, but where an object is it finds by walking down to it: what
// moves with the content is in it.
func (s *scroller) holds(driver fyne.Driver, o fyne.CanvasObject) bool {
	if o == fyne.CanvasObject(s) {
		return false
	}
	before, at := driver.AbsolutePositionForObject(o), s.Content.Position()
	s.Content.Move(at.AddXY(1, 1))
	moved := driver.AbsolutePositionForObject(o)
	s.Content.Move(at)
	return moved != before
}

func (s *scroller) reveal(driver fyne.Driver, o fyne.CanvasObject) {
	at := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(s))
	from, room := at.Y, s.along(s.Size())
	if s.across {
		from = at.X
	}
	to := from + s.along(o.Size())
	if from <= 0 && to >= room { // all that is seen is of it
		return
	}
	switch from, to = from-revealBefore, to+revealAfter; {
	case from < 0 || to-from > room:
		s.to(s.at() + from)
	case to > room:
		s.to(s.at() + to - room)
	}
}
