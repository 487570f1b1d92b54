package papers

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // logos
	_ "image/png"
	"net/http"

	"golang.org/x/image/draw"

	"shopbell/app"
)

// What a logo may be. A picture is made small once it is read, so the limits only keep the program's memory.
const (
	MaxLogoBytes  = 5 << 20
	MaxLogoPixels = 16_000_000
	logoSide      = 800 // pixels that the longer side keeps
)

// Logo is a picture that is ready to be drawn on papers.
type Logo struct {
	w, h   int
	rgb    []byte // three bytes a pixel
	alpha  []byte // one byte a pixel; nil when there is no transparency
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
	l := &Logo{w: w, h: h, pixels: image.NewNRGBA(image.Rect(0, 0, w, h)), rgb: make([]byte, 0, 3*w*h), alpha: make([]byte, 0, w*h)}
	if full.Bounds().Dx() == w && full.Bounds().Dy() == h {
		draw.Draw(l.pixels, l.pixels.Bounds(), full, full.Bounds().Min, draw.Src)
	} else {
		draw.CatmullRom.Scale(l.pixels, l.pixels.Bounds(), full, full.Bounds(), draw.Src, nil)
	}
	clear := false
	for y := range h {
		for x := range w {
			c := l.pixels.At(x, y).(color.NRGBA)
			l.rgb = append(l.rgb, c.R, c.G, c.B)
			l.alpha = append(l.alpha, c.A)
			clear = clear || c.A != 255
		}
	}
	if !clear {
		l.alpha = nil
	}
	return l
}

// fit gives the size of the logo inside a box, its shape kept.
func (l *Logo) fit(w, h float64) (float64, float64) {
	scale := min(w/float64(l.w), h/float64(l.h))
	return float64(l.w) * scale, float64(l.h) * scale
}
