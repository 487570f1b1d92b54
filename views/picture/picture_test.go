package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
)

func drawn(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	return m
}

func asPNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThumbnailFits(t *testing.T) {
	bubble := Shape{Width: 472, Height: 640, LeastHeight: 160, Cover: true}
	whole := Shape{Width: 400, Height: 300}
	for _, c := range []struct {
		name                 string
		width, height        int
		shape                Shape
		wantWidth, wantHight int
	}{
		{"a photo", 1600, 1200, bubble, 472, 354},
		{"a small one keeps its size", 100, 90, bubble, 100, 90},
		{"a screenshot is cut", 300, 3000, bubble, 300, 406},
		{"a panorama is cut", 4000, 200, bubble, 472, 160},
		{"one pixel", 1, 1, bubble, 1, 1},
		{"a thread", 1, 9000, bubble, 1, 1},
		{"whole, too wide", 800, 300, whole, 400, 150},
		{"whole, too high", 300, 900, whole, 100, 300},
	} {
		got, err := Thumbnail(t.Context(), bytes.NewReader(asPNG(t, drawn(c.width, c.height))), c.shape)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if b := got.Bounds(); b.Dx() != c.wantWidth || b.Dy() != c.wantHight {
			t.Errorf("%s: %v", c.name, b)
		}
	}
}

func TestThumbnailReadsTheKinds(t *testing.T) {
	var j, g bytes.Buffer
	if err := errors.Join(jpeg.Encode(&j, drawn(40, 30), nil), gif.Encode(&g, drawn(40, 30), nil)); err != nil {
		t.Fatal(err)
	}
	// The smallest WebP there is: one lossless pixel.
	webp := "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
	for name, file := range map[string]string{"jpeg": j.String(), "gif": g.String(), "png": string(asPNG(t, drawn(40, 30))), "webp": webp} {
		m, err := Thumbnail(t.Context(), strings.NewReader(file), Shape{Width: 20, Height: 20})
		if err != nil || m.Bounds().Dx() > 20 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestThumbnailRefuses(t *testing.T) {
	s := Shape{Width: 20, Height: 20}
	for name, file := range map[string][]byte{
		"nothing": nil, "text": []byte("hello"), "cut off": asPNG(t, drawn(400, 300))[:500],
	} {
		if _, err := Thumbnail(t.Context(), bytes.NewReader(file), s); err == nil {
			t.Errorf("%s was shown", name)
		}
	}
	for name, size := range map[string][2]uint32{"many pixels": {16_000, 16_000}, "one long side": {100_000, 1}, "over every number": {1 << 31, 1 << 31}} {
		if _, err := Thumbnail(t.Context(), bytes.NewReader(bomb(size[0], size[1])), s); err == nil {
			t.Errorf("%s was shown", name)
		}
	}
	if _, err := Thumbnail(t.Context(), bytes.NewReader(bomb(16_000, 16_000)), s); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v", err)
	}
	long := slices.Concat(asPNG(t, drawn(4, 4))[:40], make([]byte, MaxBytes+10)) // a header, and then no end
	if _, err := Thumbnail(t.Context(), bytes.NewReader(long), s); err == nil {
		t.Error("a file without end was shown")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Thumbnail(ctx, bytes.NewReader(asPNG(t, drawn(40, 30))), s); !errors.Is(err, context.Canceled) {
		t.Errorf("after its context has ended: %v", err)
	}
}

// bomb is a PNG that says it is large and holds next to nothing.
func bomb(w, h uint32) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(name string, data []byte) {
		_ = binary.Write(&b, binary.BigEndian, uint32(len(data)))
		b.WriteString(name)
		b.Write(data)
		_ = binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(append([]byte(name), data...)))
	}
	head := binary.BigEndian.AppendUint32(nil, w)
	head = binary.BigEndian.AppendUint32(head, h)
	chunk("IHDR", append(head, 8, 6, 0, 0, 0))
	var z bytes.Buffer
	zw := zlib.NewWriter(&z)
	_, _ = zw.Write(make([]byte, 1000))
	_ = zw.Close()
	chunk("IDAT", z.Bytes())
	chunk("IEND", nil)
	return b.Bytes()
}
