package template_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"testing"

	"shopbell/meta/template"
)

// endless is a file that is as large as it says and only has a beginning.
type endless struct{ head []byte }

func (e endless) ReadAt(b []byte, at int64) (int, error) {
	clear(b)
	if at < int64(len(e.head)) {
		copy(b, e.head[at:])
	}
	return len(b), nil
}

func pngOf(t *testing.T, m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a small file that says it is a picture of many points.
func bomb(t *testing.T, width, height uint32) []byte {
	b := pngOf(t, image.NewNRGBA(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func TestCheckHeaderFile(t *testing.T) {
	picture := image.NewNRGBA(image.Rect(0, 0, 4, 4))
	picture.Set(1, 1, color.NRGBA{1, 2, 3, 100})
	rgba := pngOf(t, picture)
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, picture, nil); err != nil {
		t.Fatal(err)
	}
	mp4 := []byte("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41")
	pdf := []byte("%PDF-1.7\n")
	const mb = 1 << 20
	for _, c := range []struct {
		what   string
		format template.HeaderFormat
		name   string
		head   []byte
		size   int64
		mime   string
		want   []string
	}{
		{"a picture", template.HeaderImage, "a.png", rgba, 0, "image/png", nil},
		{"a photo", template.HeaderImage, "a.JPG", jpg.Bytes(), 0, "image/jpeg", nil},
		{"a photo of 5 MB", template.HeaderImage, "a.jpg", jpg.Bytes(), 5 * mb, "image/jpeg", nil},
		{"a photo of a byte more", template.HeaderImage, "a.jpg", jpg.Bytes(), 5*mb + 1, "image/jpeg", []string{"file.size"}},
		{"a PNG named .mp4", template.HeaderVideo, "a.mp4", rgba, 0, "image/png", []string{"file.type"}},
		{"a PNG named .jpg", template.HeaderImage, "a.jpg", rgba, 0, "image/png", []string{"file.name"}},
		{"a picture without ending", template.HeaderImage, "a", rgba, 0, "image/png", []string{"file.name"}},
		{"a video", template.HeaderVideo, "a.mp4", mp4, 16 * mb, "video/mp4", nil},
		{"a video of 200 MB", template.HeaderVideo, "a.mp4", mp4, 200 * mb, "video/mp4", []string{"file.size"}},
		{"a QuickTime video", template.HeaderVideo, "a.mp4", []byte("\x00\x00\x00\x14ftypqt  "), 9, "", []string{"file.type"}},
		{"an animation", template.HeaderGIF, "a.mp4", mp4, 3_670_016, "video/mp4", nil},
		{"a larger animation", template.HeaderGIF, "a.mp4", mp4, 3_670_017, "video/mp4", []string{"file.size"}},
		{"a GIF", template.HeaderGIF, "a.gif", []byte("GIF89a"), 100, "", []string{"file.type"}},
		{"a document", template.HeaderDocument, "a.pdf", pdf, 100 * mb, "application/pdf", nil},
		{"a larger document", template.HeaderDocument, "a.pdf", pdf, 100*mb + 1, "application/pdf", []string{"file.size"}},
		{"a spreadsheet", template.HeaderDocument, "a.xlsx", []byte("PK\x03\x04"), 100, "", []string{"file.type"}},
		{"a bomb", template.HeaderImage, "a.png", bomb(t, 30_000, 30_000), 0, "image/png", []string{"file.dimensions"}},
		{"a long bomb", template.HeaderImage, "a.png", bomb(t, 1_000_000, 1), 0, "image/png", []string{"file.dimensions"}},
		{"half a picture", template.HeaderImage, "a.png", rgba[:20], 0, "image/png", []string{"file.type"}},
		{"a grey picture", template.HeaderImage, "a.png", pngOf(t, image.NewGray(image.Rect(0, 0, 2, 2))), 0, "image/png", []string{"file.type"}},
		{"nothing", template.HeaderImage, "a.png", nil, 0, "", []string{"file.empty"}},
		{"noise", template.HeaderImage, "a.png", []byte("hello"), 0, "", []string{"file.type"}},
		{"any file for a text", template.HeaderText, "a.png", rgba, 0, "image/png", []string{"file.type"}},
	} {
		var file io.ReaderAt = bytes.NewReader(c.head)
		size := int64(len(c.head))
		if c.size > 0 {
			file, size = endless{c.head}, c.size
		}
		s := template.Slot{Part: template.PartCardHeader, Card: 2, Button: -1}
		mime, found, err := template.CheckHeaderFile(s, c.format, c.name, file, size)
		if err != nil || mime != c.mime || !slices.Equal(codes(found), c.want) {
			t.Errorf("%s: %q, %+v, %v", c.what, mime, found, err)
		}
		for _, f := range found {
			if f.Where.Part != s.Part || f.Where.Card != 2 || f.Message == "" {
				t.Errorf("%s: %+v", c.what, f)
			}
		}
	}
}

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

func TestCheckHeaderFileThatCannotBeRead(t *testing.T) {
	if _, _, err := template.CheckHeaderFile(template.HeaderSlot(""), template.HeaderImage, "a.png", broken{}, 7); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("%v", err)
	}
}
