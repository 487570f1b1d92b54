package papers

import (
	"image/color"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// code is a QR code: rows of dark and light squares, without the quiet margin.
type code [][]bool

// newCode makes the QR code of a text, which still reads when a quarter of it is lost, or less of a text that is too long for that; false when
// it is too long for any.
func newCode(text string) (code, bool) {
	for _, level := range []qr.ErrorCorrectionLevel{qr.Q, qr.M, qr.L} {
		if b, err := qr.Encode(text, level, qr.Auto); err == nil {
			return squares(b), true
		}
	}
	return nil, false
}

func squares(b barcode.Barcode) code {
	size := b.Bounds()
	rows := make(code, size.Dy())
	for y := range rows {
		rows[y] = make([]bool, size.Dx())
		for x := range rows[y] {
			rows[y][x] = color.GrayModel.Convert(b.At(size.Min.X+x, size.Min.Y+y)).(color.Gray).Y < 128
		}
	}
	return rows
}
