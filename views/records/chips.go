package records

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/widget"
)

// chips are the types at the top. Those that have no room stand in a menu behind the last; the chosen one always shows.
type chips struct {
	object *fyne.Container
	chosen func(typ string)

	types []records.Type
	now   string
	rest  []string // keys of those in the menu
	items []*widget.FilterChip
	more  *widget.FilterChip
	add   *widget.Button
}

const chipGap float32 = 6

func newChips(chosen func(typ string), add func()) *chips {
	c := &chips{chosen: chosen}
	c.more = widget.NewFilterChip("", c.openMore)
	c.add = widget.NewIconButton("plus", lang.X("records.types", "Types and fields…"), add).Sized(widget.Small)
	c.object = &fyne.Container{Layout: c}
	return c
}

// set shows types, one of them chosen.
func (c *chips) set(types []records.Type, now string) {
	c.types, c.now = types, now
	c.items = nil
	objects := make([]fyne.CanvasObject, 0, len(types)+2)
	for _, t := range types {
		chip := widget.NewFilterChip(naming.Types(t), func() { c.chosen(t.Name) })
		chip.SetOn(t.Name == now)
		c.items = append(c.items, chip)
		objects = append(objects, chip)
	}
	objects = append(objects, c.more, c.add)
	c.object.Objects = objects
	c.object.Refresh()
}

// choose marks a type.
func (c *chips) choose(now string) {
	c.now = now
	for i, t := range c.types {
		c.items[i].SetOn(t.Name == now)
	}
	c.object.Refresh()
}

// MinSize is for Fyne.
func (c *chips) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, c.add.MinSize().Height)
}

// Layout is for Fyne.
func (c *chips) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if len(c.items) == 0 {
		return
	}
	widths := make([]float32, len(c.items))
	all := c.add.MinSize().Width
	on := 0
	for i, chip := range c.items {
		widths[i] = chip.MinSize().Width
		all += widths[i] + chipGap
		if c.types[i].Name == c.now {
			on = i
		}
	}
	room := size.Width
	c.rest = nil
	if all > room {
		c.more.SetText(lang.X("records.more_types", "More…"))
		room -= c.more.MinSize().Width + chipGap + c.add.MinSize().Width + chipGap + widths[on]
	} else {
		room = all
	}
	x := float32(0)
	put := func(o fyne.CanvasObject, w float32) {
		m := o.MinSize()
		layout.SetVisible(o, true)
		layout.Place(o, x, (size.Height-m.Height)/2, w, m.Height)
		x += w + chipGap
	}
	for i, chip := range c.items {
		if i != on {
			if widths[i] > room {
				layout.SetVisible(chip, false)
				c.rest = append(c.rest, c.types[i].Name)
				room = min(room, 0) // the order stays: nothing smaller slips in before
				continue
			}
			room -= widths[i] + chipGap
		}
		put(chip, widths[i])
	}
	layout.SetVisible(c.more, len(c.rest) > 0)
	if len(c.rest) > 0 {
		put(c.more, c.more.MinSize().Width)
	}
	put(c.add, c.add.MinSize().Width)
}

// openMore lists the types that have no room.
func (c *chips) openMore() {
	var items []widget.Option
	for _, t := range c.types {
		for _, name := range c.rest {
			if t.Name == name {
				items = append(items, widget.Option{Key: t.Name, Label: naming.Types(t)})
			}
		}
	}
	widget.ShowMenu(c.more, items, 180, func(key string) { c.chosen(key) })
}
