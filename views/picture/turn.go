package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// Cameras write a picture as the sensor saw it, and beside it how it is to be turned: in a JPEG the segment APP1 holds, after “Exif”, a small
// TIFF file, whose first directory has the tag 0x0112 (Exif 2.32, 4.6.4). It says where the first row and the first column belong.

// orientation gives that number for the beginning of a file, from 1 (as it is) to 8; 1 where nothing is said or what is said makes no sense.
func orientation(head []byte) int {
	if len(head) < 4 || head[0] != 0xFF || head[1] != 0xD8 {
		return 1
	}
	for b := head[2:]; len(b) >= 4 && b[0] == 0xFF; {
		marker := b[1]
		if marker == 0xFF { // a byte that fills up
			b = b[1:]
			continue
		}
		length := int(binary.BigEndian.Uint16(b[2:]))
		if marker == 0xDA || marker == 0xD9 || length < 2 || len(b) < 2+length {
			return 1
		}
		if segment := b[4 : 2+length]; marker == 0xE1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return tiffOrientation(segment[6:])
		}
		b = b[2+length:]
	}
	return 1
}

func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(b[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return 1
	}
	const tag, short, entry = 0x0112, 3, 12
	n := uint64(order.Uint16(b[at:]))
	for i := range n {
		from := at + 2 + i*entry
		if from+entry > uint64(len(b)) {
			return 1
		}
		e := b[from : from+entry]
		if order.Uint16(e) != tag {
			continue
		}
		if v := int(order.Uint16(e[8:])); order.Uint16(e[2:]) == short && v >= 1 && v <= 8 {
			return v
		}
		return 1
	}
	return 1
}

// lies tells whether a picture of this orientation lies on its side.
func lies(orientation int) bool { return orientation >= 5 }

// turn gives a picture as it is to be seen.
func turn(in *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 {
		return in
	}
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if lies(orientation) {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			out.SetRGBA(x, y, in.RGBAAt(seenAt(x, y, w, h, orientation)))
		}
	}
	return out
}

// seenAt is where in the file the point stands that is seen at x, y; the file has w by h of them.
func seenAt(x, y, w, h, orientation int) (fileX, fileY int) {
	switch orientation {
	case 2: // as in a mirror
		return w - 1 - x, y
	case 3: // on its head
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6: // to be turned to the right
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8: // to be turned to the left
		return w - 1 - y, x
	}
	return x, y
}
