package papers

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	_ "image/png" // logos
	"net/http"

	"golang.org/x/image/draw"

	"shopbell/app"
)

// What a logo may be. A picture is made small once it is read, so the limits only keep the program's memory.
const (
	MaxLogoBytes  = 5 << 20
	MaxLogoPixels = 16_000_000
	logoSide      = 640      // pixels that the longer side keeps
	plainBytes    = 48 << 10 // a picture that packs to more than this is kept as a JPEG in a PDF
)

// Logo is a picture that is ready to be drawn on papers.
type Logo struct {
	w, h   int
	colour []byte // as a PDF keeps it
	filter string // how colour is packed, as PDF calls it
	alpha  []byte // one byte a pixel, packed; nil when nothing shines through
	pixels *image.NRGBA
}

// ReadLogo reads a PNG or JPEG picture. The error is an app.Error for a file that is too large, has too many pixels, or is neither.
func ReadLogo(data []byte) (*Logo, error) {
	const mend = "Choose a PNG or JPEG picture of at most 5 MB."
	if len(data) > MaxLogoBytes {
		return nil, &app.Error{
			Code: app.CodeInvalid, Message: fmt.Sprintf("The logo has %.1f MB; at most 5 MB are possible.", float64(len(data))/(1<<20)), Mend: mend,
		}
	}
	if kind := http.DetectContentType(data); kind != "image/png" && kind != "image/jpeg" {
		return nil, &app.Error{Code: app.CodeInvalid, Message: "The logo is neither a PNG nor a JPEG picture.", Mend: mend}
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, &app.Error{Code: app.CodeInvalid, Message: "The logo cannot be read.", Mend: mend, Cause: err}
	}
	if size.Width < 1 || size.Height < 1 || size.Width > MaxLogoPixels/size.Height {
		return nil, &app.Error{
			Code: app.CodeInvalid, Message: fmt.Sprintf("The logo has %d × %d pixels; that is too many.", size.Width, size.Height),
			Mend: "Choose a smaller picture; 800 pixels are enough.",
		}
	}
	full, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, &app.Error{Code: app.CodeInvalid, Message: "The logo cannot be read.", Mend: mend, Cause: err}
	}
	return newLogo(full), nil
}

func newLogo(full image.Image) *Logo {
	w, h := full.Bounds().Dx(), full.Bounds().Dy()
	if long := max(w, h); long > logoSide {
		w, h = max(1, w*logoSide/long), max(1, h*logoSide/long)
	}
	l := &Logo{w: w, h: h, pixels: image.NewNRGBA(image.Rect(0, 0, w, h))}
	if full.Bounds().Dx() == w && full.Bounds().Dy() == h {
		draw.Draw(l.pixels, l.pixels.Bounds(), full, full.Bounds().Min, draw.Src)
	} else {
		draw.CatmullRom.Scale(l.pixels, l.pixels.Bounds(), full, full.Bounds(), draw.Src, nil)
	}
	l.pack()
	return l
}

// pack makes what a PDF keeps, once for all papers.
func (l *Logo) pack() {
	rgb, alpha := make([]byte, 0, 3*l.w*l.h), make([]byte, 0, l.w*l.h)
	opaque := true
	for i := 0; i < len(l.pixels.Pix); i += 4 {
		p := l.pixels.Pix[i : i+4]
		rgb, alpha = append(rgb, p[:3]...), append(alpha, p[3])
		opaque = opaque && p[3] == 255
	}
	l.colour, l.filter = deflate(rgb), "FlateDecode"
	if !opaque {
		l.alpha = deflate(alpha)
	}
	if len(l.colour) < plainBytes {
		return
	}
	solid := image.NewRGBA(l.pixels.Bounds())
	for i := range alpha {
		copy(solid.Pix[4*i:], rgb[3*i:3*i+3])
		solid.Pix[4*i+3] = 255
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, solid, &jpeg.Options{Quality: 90}); err == nil && photo.Len() < len(l.colour) {
		l.colour, l.filter = photo.Bytes(), "DCTDecode"
	}
}

// fit gives the size of the logo inside a box, its shape kept.
func (l *Logo) fit(w, h float64) (float64, float64) {
	scale := min(w/float64(l.w), h/float64(l.h))
	return float64(l.w) * scale, float64(l.h) * scale
}
