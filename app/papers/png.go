package papers

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/draw"
	"golang.org/x/image/vector"

	"shopbell/app"
)

// maxPixels is how large a picture of a page may be.
const maxPixels = 40_000_000

// paint draws a page as a picture, scale pixels a point.
func paint(p *page, scale float64) (*image.RGBA, error) {
	w, h := int(math.Ceil(p.w*scale-0.001)), int(math.Ceil(p.h*scale-0.001))
	if w < 1 || h < 1 || w > maxPixels/h {
		return nil, &app.Error{Code: app.CodeInvalid, Message: "This paper is too long for a picture.", Mend: "Send it as a PDF."}
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	b := brush{img: img, scale: scale, faces: map[*cut]*font.Face{}}
	for _, it := range p.items {
		switch it := it.(type) {
		case box:
			b.box(it)
		case picture:
			at := image.Rect(round(it.x*scale), round(it.y*scale), round((it.x+it.w)*scale), round((it.y+it.h)*scale))
			draw.ApproxBiLinear.Scale(img, at, it.logo.pixels, it.logo.pixels.Bounds(), draw.Over, nil)
		case words:
			b.words(it)
		}
	}
	return img, nil
}

func encodePNG(img image.Image) ([]byte, error) {
	var out bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := enc.Encode(&out, img); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func round(v float64) int { return int(math.Round(v)) }

// brush draws on one picture.
type brush struct {
	img   *image.RGBA
	scale float64
	pen   vector.Rasterizer
	faces map[*cut]*font.Face
}

// box fills whole pixels, one at least, so that thin rules are seen and the squares of a code have clean edges.
func (b *brush) box(it box) {
	x, y := round(it.x*b.scale), round(it.y*b.scale)
	at := image.Rect(x, y, max(x+1, round((it.x+it.w)*b.scale)), max(y+1, round((it.y+it.h)*b.scale)))
	draw.Draw(b.img, at, image.NewUniform(it.fill.rgba()), image.Point{}, draw.Src)
}

func (b *brush) words(t words) {
	x := t.x
	for _, r := range t.line.runs {
		at := x
		for _, g := range r.glyphs {
			b.glyph(r, g.id, at+g.dx*t.size/em, t.y-g.dy*t.size/em, t.size, t.fill.rgba())
			at += g.advance * t.size / em
		}
		x += r.width * t.size / em
	}
}

// glyph fills the outline of a glyph whose origin is at x, y in points.
func (b *brush) glyph(r run, id font.GID, x, y, size float64, fill color.RGBA) {
	if id == blank {
		return
	}
	face, ok := b.faces[r.cut]
	if !ok {
		face = font.NewFace(r.cut.font)
		b.faces[r.cut] = face
	}
	outline, ok := face.GlyphData(id).(font.GlyphOutline)
	if !ok || len(outline.Segments) == 0 {
		return
	}
	unit := size * b.scale / r.cut.upem
	px := func(p opentype.SegmentPoint) (float64, float64) {
		return x*b.scale + float64(p.X)*unit, y*b.scale - float64(p.Y)*unit
	}
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range outline.Segments {
		for _, p := range s.ArgsSlice() {
			u, v := px(p)
			x0, y0, x1, y1 = min(x0, u), min(y0, v), max(x1, u), max(y1, v)
		}
	}
	at := image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1))+1, int(math.Ceil(y1))+1)
	if at.Empty() || at.Dx() > 4096 || at.Dy() > 4096 || !at.Overlaps(b.img.Bounds()) {
		return
	}
	b.pen.Reset(at.Dx(), at.Dy())
	local := func(p opentype.SegmentPoint) (float32, float32) {
		u, v := px(p)
		return float32(u - float64(at.Min.X)), float32(v - float64(at.Min.Y))
	}
	for _, s := range outline.Segments {
		ax, ay := local(s.Args[0])
		bx, by := local(s.Args[1])
		cx, cy := local(s.Args[2])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			b.pen.ClosePath()
			b.pen.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			b.pen.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			b.pen.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			b.pen.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	b.pen.ClosePath()
	if at.In(b.img.Bounds()) {
		b.pen.Draw(b.img, at, image.NewUniform(fill), image.Point{})
		return
	}
	mask := image.NewAlpha(image.Rect(0, 0, at.Dx(), at.Dy())) // the rasterizer does not look where the picture ends
	b.pen.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	draw.DrawMask(b.img, at, image.NewUniform(fill), image.Point{}, mask, image.Point{}, draw.Over)
}
