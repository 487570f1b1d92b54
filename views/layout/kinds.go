package layout

import "fyne.io/fyne/v2"

type across int

const (
	stretch across = iota
	start
	middle
)

// box is a row or a column.
type box struct {
	vertical bool
	gap      float32
	across   across
}

func (b box) along(s fyne.Size) float32 {
	if b.vertical {
		return s.Height
	}
	return s.Width
}

func (b box) side(s fyne.Size) float32 {
	if b.vertical {
		return s.Width
	}
	return s.Height
}

func (b box) size(along, side float32) fyne.Size {
	if b.vertical {
		return fyne.NewSize(side, along)
	}
	return fyne.NewSize(along, side)
}

func (b box) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var along, side float32
	first := true
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if !first {
			along += b.gap
		}
		first = false
		along += b.along(m)
		side = fyne.Max(side, b.side(m))
	}
	return b.size(along, side)
}

func (b box) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if b.vertical && b.across == stretch {
		for _, o := range objects { // text that wraps knows its height once it knows its width
			if s := o.Size(); o.Visible() && s.Width != size.Width {
				o.Resize(fyne.NewSize(size.Width, s.Height))
			}
		}
	}
	left, growing := b.along(size), 0
	first := true
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if !first {
			left -= b.gap
		}
		first = false
		left -= b.along(o.MinSize())
		if grows(o) {
			growing++
		}
	}
	var at float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		along := b.along(m)
		if growing > 0 && grows(o) {
			along = fyne.Max(0, along+left/float32(growing))
		}
		side, off := b.side(size), float32(0)
		if b.across != stretch {
			own := fyne.Min(b.side(m), side)
			if b.across == middle {
				off = (side - own) / 2
			}
			side = own
		}
		if b.vertical {
			o.Move(fyne.NewPos(off, at))
		} else {
			o.Move(fyne.NewPos(at, off))
		}
		o.Resize(b.size(along, side))
		at += along + b.gap
	}
}

func grows(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(grow)
	return ok
}

type grow struct{}

func (grow) MinSize(objects []fyne.CanvasObject) fyne.Size { return over{}.MinSize(objects) }

func (grow) Layout(objects []fyne.CanvasObject, size fyne.Size) { over{}.Layout(objects, size) }

type over struct{}

func (over) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			m = m.Max(o.MinSize())
		}
	}
	return m
}

func (over) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

type pad struct{ top, right, bottom, left float32 }

func (p pad) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return over{}.MinSize(objects).AddWidthHeight(p.left+p.right, p.top+p.bottom)
}

func (p pad) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(p.left, p.top))
		o.Resize(fyne.NewSize(fyne.Max(0, size.Width-p.left-p.right), fyne.Max(0, size.Height-p.top-p.bottom)))
	}
}

type least struct{ width, height float32 }

func (l least) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return over{}.MinSize(objects).Max(fyne.NewSize(l.width, l.height))
}

func (l least) Layout(objects []fyne.CanvasObject, size fyne.Size) { over{}.Layout(objects, size) }

type exactly struct{ width, height float32 }

func (e exactly) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := over{}.MinSize(objects)
	if e.width > 0 {
		m.Width = e.width
	}
	if e.height > 0 {
		m.Height = e.height
	}
	return m
}

func (e exactly) Layout(objects []fyne.CanvasObject, size fyne.Size) { over{}.Layout(objects, size) }

type centre struct{}

func (centre) MinSize(objects []fyne.CanvasObject) fyne.Size { return over{}.MinSize(objects) }

func (centre) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		m := o.MinSize()
		m.Width, m.Height = fyne.Min(m.Width, size.Width), fyne.Min(m.Height, size.Height)
		o.Resize(m)
		o.Move(fyne.NewPos((size.Width-m.Width)/2, (size.Height-m.Height)/2))
	}
}

type atMost struct{ width float32 }

func (a atMost) MinSize(objects []fyne.CanvasObject) fyne.Size { return over{}.MinSize(objects) }

func (a atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := fyne.Min(a.width, size.Width)
	for _, o := range objects {
		o.Move(fyne.NewPos((size.Width-w)/2, 0))
		o.Resize(fyne.NewSize(w, size.Height))
	}
}
