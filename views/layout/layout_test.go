package layout

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

func sized(w, h float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Black)
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}

func TestRow(t *testing.T) {
	a, hidden, b, c := sized(10, 10), sized(99, 99), sized(20, 30), sized(5, 6)
	hidden.Hide()
	row := Row(8, a, hidden, Grow(b), c)
	if m := row.MinSize(); m != fyne.NewSize(10+8+20+8+5, 30) {
		t.Errorf("least size %v", m)
	}
	row.Resize(fyne.NewSize(151, 40))
	if a.Position() != fyne.NewPos(0, 15) || a.Size() != fyne.NewSize(10, 10) {
		t.Errorf("first at %v, %v", a.Position(), a.Size())
	}
	if c.Position() != fyne.NewPos(146, 17) {
		t.Errorf("last at %v", c.Position())
	}
	if b.Size() != fyne.NewSize(120, 30) {
		t.Errorf("the growing one is %v", b.Size())
	}
}

func TestColumn(t *testing.T) {
	a, b := sized(10, 10), sized(20, 30)
	col := Column(4, a, Gap(), b)
	col.Resize(fyne.NewSize(50, 100))
	if a.Size() != fyne.NewSize(50, 10) || b.Position() != fyne.NewPos(0, 70) {
		t.Errorf("%v, %v", a.Size(), b.Position())
	}
	col = CentreColumn(4, a, b)
	col.Resize(fyne.NewSize(50, 100))
	if a.Position() != fyne.NewPos(20, 0) || a.Size() != fyne.NewSize(10, 10) {
		t.Errorf("%v, %v", a.Position(), a.Size())
	}
}

func TestFrames(t *testing.T) {
	o := sized(10, 10)
	p := Pad(1, 2, 3, 4, o)
	p.Resize(fyne.NewSize(100, 50))
	if o.Position() != fyne.NewPos(4, 1) || o.Size() != fyne.NewSize(94, 46) || p.MinSize() != fyne.NewSize(16, 14) {
		t.Errorf("padded: %v, %v, %v", o.Position(), o.Size(), p.MinSize())
	}
	if m := Least(20, 0, o).MinSize(); m != fyne.NewSize(20, 10) {
		t.Errorf("at least: %v", m)
	}
	if m := Exactly(5, 0, o).MinSize(); m != fyne.NewSize(5, 10) {
		t.Errorf("exactly: %v", m)
	}
	c := Centre(o)
	c.Resize(fyne.NewSize(30, 8))
	if o.Position() != fyne.NewPos(10, 0) || o.Size() != fyne.NewSize(10, 8) {
		t.Errorf("in the middle: %v, %v", o.Position(), o.Size())
	}
	m := AtMost(40, o)
	m.Resize(fyne.NewSize(100, 8))
	if o.Position() != fyne.NewPos(30, 0) || o.Size() != fyne.NewSize(40, 8) {
		t.Errorf("at most: %v, %v", o.Position(), o.Size())
	}
}
