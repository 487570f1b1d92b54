package sandbox

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"sync"
)

// sampleFile is what a customer "sends" when a message names no file of its own.
type sampleFile struct {
	mime  string
	bytes func() []byte
}

var samples = map[string]sampleFile{
	"image":    {"image/jpeg", sync.OnceValue(samplePicture)},
	"sticker":  {"image/webp", sync.OnceValue(func() []byte { return unpack("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=") })},
	"video":    {"video/mp4", sync.OnceValue(func() []byte { return unpack("AAAAHGZ0eXBpc29tAAACAGlzb21pc28ybXA0MQAAAAhmcmVlAAAACG1kYXQ=") })},
	"audio":    {"audio/ogg; codecs=opus", sync.OnceValue(func() []byte { return unpack("T2dnUwACAAAAAAAAAAABAAAAAAAAAAAAAAABE09wdXNIZWFkAQE4AYC7AAAAAAA=") })},
	"document": {"application/pdf", sync.OnceValue(func() []byte { return []byte(samplePaper) })},
}

// samplePicture paints a small parcel on a table.
func samplePicture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for y := range 240 {
		for x := range 320 {
			c := color.RGBA{uint8(200 + y/8), uint8(214 - y/6), 222, 255}
			switch {
			case x > 90 && x < 230 && y > 70 && y < 190 && (x > 152 && x < 168 || y > 122 && y < 136):
				c = color.RGBA{178, 58, 72, 255}
			case x > 90 && x < 230 && y > 70 && y < 190:
				c = color.RGBA{206, 164, 110, 255}
			case y > 180:
				c = color.RGBA{124, 94, 70, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var buf bytes.Buffer
	_ = jpeg.Encode(&buf, img, nil) // a buffer takes everything
	return buf.Bytes()
}

const samplePaper = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

func unpack(s string) []byte {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return []byte(s)
	}
	return b
}
