// Package picture makes thumbnails of pictures that strangers sent. It reads no more of a file than it must, and refuses what would cost more
// memory than a picture is worth.
package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"

	_ "image/gif"  // Meta: stickers and pictures come as WebP, JPEG and PNG; customers of other apps may send GIF
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // likewise
)

// The limits. Meta: a picture has at most 5 MB.
const (
	MaxBytes  = 16 << 20   // of a file
	MaxPixels = 25_000_000 // of a picture: about 100 MB while it is decoded
	maxSide   = 16_384
)

// ErrTooLarge says that a picture is beyond the limits.
var ErrTooLarge = errors.New("picture: too large to be shown")

// Shape is what a thumbnail may be, in pixels: at most Width by Height. With Cover it fills its place: of a picture that is higher, or flatter
// than Width by LeastHeight, the middle is cut out. Without, all of the picture is kept.
type Shape struct {
	Width, Height, LeastHeight int
	Cover                      bool
}

// Thumbnail decodes a picture and makes it fit. It is never larger than the picture itself, and upright as its
// camera held it. It stops soon after ctx has ended. Of an
// animation it is the first picture.
func Thumbnail(ctx context.Context, r io.Reader, s Shape) (image.Image, error) {
	var head bytes.Buffer
	limited := &reader{ctx: ctx, r: io.LimitReader(r, MaxBytes+1), most: MaxBytes}
	cfg, _, err := image.DecodeConfig(io.TeeReader(limited, &head))
	if err != nil {
		return nil, fmt.Errorf("picture: %w", errors.Join(err, ctx.Err()))
	}
	if cfg.Width < 1 || cfg.Height < 1 || cfg.Width > maxSide || cfg.Height > maxSide || cfg.Width*cfg.Height > MaxPixels {
		return nil, fmt.Errorf("%w: %d × %d", ErrTooLarge, cfg.Width, cfg.Height)
	}
	turned := orientation(head.Bytes()) // it stands before what DecodeConfig looks for
	whole, _, err := image.Decode(io.MultiReader(&head, limited))
	if err != nil {
		return nil, fmt.Errorf("picture: %w", errors.Join(err, ctx.Err()))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.scale(whole, turned), ctx.Err()
}

// scale makes a picture fit that is to be turned.
func (s Shape) scale(whole image.Image, orientation int) image.Image {
	from := whole.Bounds()
	seen := upright(from.Sub(from.Min), orientation)
	if s.Cover {
		seen = s.cut(seen)
	}
	w, h := s.fit(seen.Dx(), seen.Dy())
	out := image.NewRGBA(upright(image.Rect(0, 0, w, h), orientation))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), whole, upright(seen, orientation).Add(from.Min), draw.Src, nil)
	return turn(out, orientation)
}

// upright changes the sides of a rectangle where the picture lies on its side. What is cut out is always the middle, so more need not change.
func upright(r image.Rectangle, orientation int) image.Rectangle {
	if !lies(orientation) {
		return r
	}
	return image.Rect(r.Min.Y, r.Min.X, r.Max.Y, r.Max.X)
}

// cut gives the middle of a picture that has the shape nearest to its own.
func (s Shape) cut(b image.Rectangle) image.Rectangle {
	w, h := b.Dx(), b.Dy()
	if most := max(1, w*s.Height/s.Width); h > most {
		return image.Rect(b.Min.X, b.Min.Y+(h-most)/2, b.Max.X, b.Min.Y+(h-most)/2+most)
	}
	if s.LeastHeight > 0 {
		if most := max(1, h*s.Width/s.LeastHeight); w > most {
			return image.Rect(b.Min.X+(w-most)/2, b.Min.Y, b.Min.X+(w-most)/2+most, b.Max.Y)
		}
	}
	return b
}

func (s Shape) fit(w, h int) (int, int) {
	if w <= s.Width && h <= s.Height {
		return w, h
	}
	if w*s.Height > h*s.Width {
		return s.Width, max(1, h*s.Width/w)
	}
	return max(1, w*s.Height/h), s.Height
}

// reader ends with its context, and refuses a file that is too long.
type reader struct {
	ctx  context.Context //nolint:containedctx // it lives for one picture
	r    io.Reader
	n    int
	most int
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.r.Read(p)
	if r.n += n; r.n > r.most {
		return n, ErrTooLarge
	}
	return n, err
}
