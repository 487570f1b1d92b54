package papers

import (
	"image/color"
	"strconv"
	"strings"

	"shopbell/app"
)

// Colour is an opaque colour.
type Colour struct{ R, G, B uint8 }

// ParseColour reads a colour as #1F6F5C. The error is an app.Error.
func ParseColour(s string) (Colour, error) {
	hex := strings.TrimPrefix(strings.TrimSpace(s), "#")
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		return Colour{}, &app.Error{Code: app.CodeInvalid, Message: "“" + s + "” is no colour.", Mend: "Write it as six digits, such as #1F6F5C."}
	}
	return Colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
}

func (c Colour) String() string {
	const hex = "0123456789ABCDEF"
	b := []byte{'#'}
	for _, v := range [3]uint8{c.R, c.G, c.B} {
		b = append(b, hex[v>>4], hex[v&15])
	}
	return string(b)
}

func (c Colour) rgba() color.RGBA { return color.RGBA{c.R, c.G, c.B, 255} }

// light is how bright a colour is, 0 to 1 (WCAG: relative luminance, with the square for its curve, which is near enough here).
func (c Colour) light() float64 {
	part := func(v uint8) float64 { f := float64(v) / 255; return f * f }
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

// on gives what can be read on this colour: near black or white.
func (c Colour) on() Colour {
	if c.light() > 0.4 {
		return ink
	}
	return white
}

// legible gives this colour as one that can be read on white: a light one is darkened.
func (c Colour) legible() Colour {
	for range 20 {
		if c.light() <= 0.25 {
			return c
		}
		c = Colour{uint8(float64(c.R) * 0.85), uint8(float64(c.G) * 0.85), uint8(float64(c.B) * 0.85)}
	}
	return ink
}

// tint mixes a colour with white; share is how much of the colour stays, 0 to 1.
func (c Colour) tint(share float64) Colour {
	mix := func(v uint8) uint8 { return uint8(255 - (255-float64(v))*share + 0.5) }
	return Colour{mix(c.R), mix(c.G), mix(c.B)}
}

var (
	white = Colour{255, 255, 255}
	ink   = Colour{28, 28, 30}
	grey  = Colour{104, 104, 110}
	rule  = Colour{208, 208, 212}
)
