// Package paper shows the paper of a record: its pages as they will be read, to save, to print and to look at closely. Pages are drawn away from
// the UI goroutine, and only those that are in sight.
package paper

import (
	"context"
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app/papers"
	"shopbell/views/shell"
	"shopbell/views/theme"
)

// Pages shows the sheets of a paper below each other. It is used on the UI goroutine.
type Pages struct {
	fynewidget.BaseWidget
	sh     *shell.Shell
	most   float32 // width of a page at zoom 1, at most
	zoom   float32
	paper  *papers.Paper
	scroll *container.Scroll
	box    *fyne.Container
	sheets []*sheet
	cancel context.CancelFunc
	ctx    context.Context //nolint:containedctx // the life of the paper that shows
}

// sheet is one page; its picture is there while it is in sight.
type sheet struct {
	ground *canvas.Rectangle
	image  *canvas.Image
	ratio  float32 // height over width
	pixels int     // width of the picture that is there, or on its way; 0: none
}

const (
	pagesPad float32 = 20
	// maxPixels is how wide a page is drawn at most; the largest zoom on the largest screen is softer than this.
	maxPixels = 2400
)

// NewPages makes an empty one. most is how wide a page is at zoom 1, if there is room.
func NewPages(sh *shell.Shell, most float32) *Pages {
	p := &Pages{sh: sh, most: most, zoom: 1}
	p.box = &fyne.Container{Layout: stacked{p}}
	p.scroll = container.NewScroll(p.box)
	p.scroll.OnScrolled = func(fyne.Position) { p.look() }
	p.ExtendBaseWidget(p)
	return p
}

// Set shows a paper; nil shows none. The place in the paper stays.
func (p *Pages) Set(paper *papers.Paper) {
	if p.cancel != nil {
		p.cancel()
	}
	p.ctx, p.cancel = context.WithCancel(p.sh.Base)
	p.paper = paper
	old := p.sheets
	p.sheets, p.box.Objects = nil, nil
	if paper != nil {
		for i := range paper.Pages() {
			w, h := paper.Size(i)
			s := &sheet{ground: canvas.NewRectangle(image.White.C), image: &canvas.Image{FillMode: canvas.ImageFillStretch}, ratio: float32(h / max(w, 1))}
			s.ground.Shadow = canvas.Shadow{BlurRadius: 12, Offset: fyne.NewPos(0, 3)}
			if i < len(old) { // until it is drawn, what was there stands; nothing flickers while somebody types
				s.image.Image = old[i].image.Image
			}
			p.sheets = append(p.sheets, s)
			p.box.Add(s.ground)
			p.box.Add(s.image)
		}
	}
	p.Refresh()
	p.look()
}

// Stop ends what is being drawn.
func (p *Pages) Stop() {
	if p.cancel != nil {
		p.cancel()
	}
}

// Zoom is how large pages are.
func (p *Pages) Zoom() float32 { return p.zoom }

// SetZoom makes pages larger or smaller.
func (p *Pages) SetZoom(z float32) {
	p.zoom = fyne.Max(0.5, fyne.Min(z, 3))
	p.Refresh()
	p.look()
}

// width is that of a page now.
func (p *Pages) width() float32 {
	return fyne.Max(80, fyne.Min(p.Size().Width-2*pagesPad, p.most)) * p.zoom
}

// look draws the pages in sight and lets go of the pictures of others.
func (p *Pages) look() {
	if p.paper == nil || p.Size().IsZero() {
		return
	}
	scale := float32(1)
	if c := p.sh.Window.Canvas(); c != nil {
		scale = c.Scale()
	}
	pixels := min(int(math.Ceil(float64(p.width()*scale))), maxPixels)
	top, bottom := p.scroll.Offset.Y-p.Size().Height/2, p.scroll.Offset.Y+p.Size().Height*1.5
	for i, s := range p.sheets {
		y, h := s.image.Position().Y, s.image.Size().Height
		if y > bottom || y+h < top {
			if s.pixels != 0 {
				s.pixels, s.image.Image = 0, nil
			}
			continue
		}
		if s.pixels != pixels {
			s.pixels = pixels
			p.draw(i, s, pixels)
		}
	}
}

func (p *Pages) draw(i int, s *sheet, pixels int) {
	paper := p.paper
	p.sh.Async(p.ctx, func(context.Context) (func(), error) {
		img, err := paper.Image(i, pixels)
		return func() {
			if s.pixels == pixels {
				s.image.Image = img
				s.image.Refresh()
			}
		}, err
	}, p.sh.Layers.Problem)
}

// Resize is for Fyne.
func (p *Pages) Resize(size fyne.Size) {
	changed := size != p.Size()
	p.BaseWidget.Resize(size)
	if changed {
		p.box.Refresh()
		p.look()
	}
}

// FocusGained is for Fyne.
func (p *Pages) FocusGained() {}

// FocusLost is for Fyne.
func (p *Pages) FocusLost() {}

// TypedRune is for Fyne.
func (p *Pages) TypedRune(rune) {}

// TypedKey moves through the pages.
func (p *Pages) TypedKey(ev *fyne.KeyEvent) {
	y, page := p.scroll.Offset.Y, p.Size().Height-40
	switch ev.Name {
	case fyne.KeyUp:
		y -= 60
	case fyne.KeyDown:
		y += 60
	case fyne.KeyPageUp:
		y -= page
	case fyne.KeyPageDown, fyne.KeySpace:
		y += page
	case fyne.KeyHome:
		y = 0
	case fyne.KeyEnd:
		y = p.box.MinSize().Height
	case fyne.KeyEscape:
		p.sh.Layers.Escape()
		return
	default:
		return
	}
	y = fyne.Max(0, fyne.Min(y, p.box.MinSize().Height-p.Size().Height))
	p.scroll.ScrollToOffset(fyne.NewPos(p.scroll.Offset.X, y))
	p.look()
}

// CreateRenderer is for Fyne.
func (p *Pages) CreateRenderer() fyne.WidgetRenderer {
	return &pagesRenderer{p: p, ground: canvas.NewRectangle(theme.Color(theme.Canvas))}
}

type pagesRenderer struct {
	p      *Pages
	ground *canvas.Rectangle
}

func (r *pagesRenderer) Destroy() {}

func (r *pagesRenderer) MinSize() fyne.Size { return fyne.NewSize(160, 120) }

func (r *pagesRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.p.scroll}
}

func (r *pagesRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.p.scroll.Resize(size)
}

func (r *pagesRenderer) Refresh() {
	r.ground.FillColor = theme.Color(theme.Canvas)
	r.ground.Refresh()
	for _, s := range r.p.sheets {
		s.ground.Shadow.Color = theme.Color(theme.Shadow)
	}
	r.p.box.Refresh()
	r.p.scroll.Refresh()
}

// stacked puts the pages below each other, in the middle.
type stacked struct{ p *Pages }

// MinSize is for Fyne.
func (l stacked) MinSize([]fyne.CanvasObject) fyne.Size {
	w, h := l.p.width(), pagesPad
	for _, s := range l.p.sheets {
		h += w*s.ratio + pagesPad
	}
	return fyne.NewSize(w+2*pagesPad, h)
}

// Layout is for Fyne.
func (l stacked) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	w, y := l.p.width(), pagesPad
	x := fyne.Max(pagesPad, (size.Width-w)/2)
	for _, s := range l.p.sheets {
		for _, o := range []fyne.CanvasObject{s.ground, s.image} {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(w, w*s.ratio))
		}
		y += w*s.ratio + pagesPad
	}
}
