package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"testing"
)

// sides says, for each orientation, on which side of what is seen the file's first row and first column lie (Exif 2.32, 4.6.4, tag 0x0112).
var sides = []struct{ row, column string }{
	1: {"top", "left"}, 2: {"top", "right"}, 3: {"bottom", "right"}, 4: {"bottom", "left"},
	5: {"left", "top"}, 6: {"right", "top"}, 7: {"right", "bottom"}, 8: {"left", "bottom"},
}

var (
	red, green  = color.RGBA{220, 30, 30, 255}, color.RGBA{30, 200, 30, 255}
	blue, white = color.RGBA{30, 30, 220, 255}, color.RGBA{255, 255, 255, 255}
)

// corners is a picture as it is to be seen: red, green, blue and white quarters, from the top left, row by row.
func corners(w, h int) func(x, y int) color.RGBA {
	return func(x, y int) color.RGBA {
		return [][]color.RGBA{{red, green}, {blue, white}}[2*y/h][2*x/w]
	}
}

// asCamera writes what is seen as a camera does that was held in some way.
func asCamera(t *testing.T, seen func(x, y int) color.RGBA, w, h, orientation int, order binary.AppendByteOrder) []byte {
	t.Helper()
	size := image.Rect(0, 0, w, h)
	if s := sides[orientation].row; s == "left" || s == "right" {
		size = image.Rect(0, 0, h, w)
	}
	file := image.NewRGBA(size)
	for fy := range size.Dy() {
		for fx := range size.Dx() {
			var x, y int
			put := func(side string, from int) { // so far from that side
				switch side {
				case "top":
					y = from
				case "bottom":
					y = h - 1 - from
				case "left":
					x = from
				case "right":
					x = w - 1 - from
				}
			}
			put(sides[orientation].row, fy)
			put(sides[orientation].column, fx)
			file.SetRGBA(fx, fy, seen(x, y))
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, file, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return slices.Concat(b.Bytes()[:2], app1(orientation, order), b.Bytes()[2:])
}

// app1 is the segment that says the orientation, behind another tag.
func app1(orientation int, order binary.AppendByteOrder) []byte {
	tiff := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	tiff = append(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0100), 3), 1), 0, 9, 0, 9)
	tiff = order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3), 1)
	tiff = append(order.AppendUint16(tiff, uint16(orientation)), 0, 0)
	tiff = order.AppendUint32(tiff, 0)
	out := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(2+6+len(tiff)))
	return append(append(out, "Exif\x00\x00"...), tiff...)
}

func TestPicturesStandUpright(t *testing.T) {
	for orientation := 1; orientation <= 8; orientation++ {
		for name, order := range map[string]binary.AppendByteOrder{"little": binary.LittleEndian, "big": binary.BigEndian} {
			for _, shape := range []Shape{{Width: 60, Height: 60}, {Width: 60, Height: 60, LeastHeight: 30, Cover: true}, {Width: 400, Height: 400}} {
				file := asCamera(t, corners(200, 120), 200, 120, orientation, order)
				m, err := Thumbnail(t.Context(), bytes.NewReader(file), shape)
				if err != nil {
					t.Fatal(err)
				}
				w, h := m.Bounds().Dx(), m.Bounds().Dy()
				if w <= h {
					t.Errorf("%d, %s: it is %d by %d", orientation, name, w, h)
				}
				for _, c := range []struct {
					x, y int
					want color.RGBA
				}{{w / 5, h / 5, red}, {w * 4 / 5, h / 5, green}, {w / 5, h * 4 / 5, blue}, {w * 4 / 5, h * 4 / 5, white}} {
					if !near(m.At(c.x, c.y), c.want) {
						t.Errorf("%d, %s, %v: at %d, %d of %d by %d stands %v and not %v", orientation, name, shape, c.x, c.y, w, h, m.At(c.x, c.y), c.want)
					}
				}
			}
		}
	}
}

func near(got color.Color, want color.RGBA) bool {
	r, g, b, _ := got.RGBA()
	for _, d := range []int{int(r>>8) - int(want.R), int(g>>8) - int(want.G), int(b>>8) - int(want.B)} {
		if d > 40 || d < -40 {
			return false
		}
	}
	return true
}

// A high picture that was taken sideways is cut where it is too high as it is seen.
func TestWhatIsCutIsWhatIsSeen(t *testing.T) {
	file := asCamera(t, corners(40, 400), 40, 400, 6, binary.BigEndian)
	m, err := Thumbnail(t.Context(), bytes.NewReader(file), Shape{Width: 472, Height: 640, LeastHeight: 160, Cover: true})
	if err != nil || m.Bounds().Size() != image.Pt(40, 54) {
		t.Errorf("%v, %v", m.Bounds(), err)
	}
}

func TestOrientationsThatMakeNoSense(t *testing.T) {
	good := slices.Concat([]byte{0xFF, 0xD8}, app1(6, binary.LittleEndian))
	if got := orientation(good); got != 6 {
		t.Fatalf("it says %d", got)
	}
	for n := range good {
		if got := orientation(good[:n]); got != 1 {
			t.Errorf("of the first %d bytes: %d", n, got)
		}
	}
	for _, n := range []int{0, 9, 400} {
		if got := orientation(slices.Concat([]byte{0xFF, 0xD8}, app1(n, binary.BigEndian))); got != 1 {
			t.Errorf("%d became %d", n, got)
		}
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add(slices.Concat([]byte{0xFF, 0xD8}, app1(6, binary.LittleEndian)))
	f.Add(slices.Concat([]byte{0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF}, app1(3, binary.BigEndian)))
	f.Add([]byte("\xFF\xD8\xFF\xE1\x00\x20Exif\x00\x00MM\x00*\xFF\xFF\xFF\xFF\xFF\xFF"))
	f.Fuzz(func(t *testing.T, head []byte) {
		o := orientation(head)
		if o < 1 || o > 8 {
			t.Fatalf("%d", o)
		}
		in := image.NewRGBA(image.Rect(0, 0, 3, 2))
		if out := turn(in, o); out.Bounds().Dx()*out.Bounds().Dy() != 6 {
			t.Fatalf("%v", out.Bounds())
		}
	})
}
