package inbox

import (
	"context"
	"image"
	"image/color"
	"io"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/picture"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// OpenMedia opens a file that came with a message, by its hash. The caller closes it.
type OpenMedia func(ctx context.Context, sha string) (io.ReadCloser, error)

// picturesKept is how many thumbnails are held, each a megabyte at most; of the others only the shape is known.
const picturesKept = 40

// bubbleShape is a picture in a bubble, at twice its size for the sharpest screens.
var bubbleShape = picture.Shape{Width: 2 * 236, Height: 2 * 320, LeastHeight: 2 * 80, Cover: true}

// stickerShape is a sticker, all of it, likewise.
var stickerShape = picture.Shape{Width: 2 * 160, Height: 2 * 160}

// wanted is a picture that is to be read.
type wanted struct {
	sha   string
	shape picture.Shape
}

// pictures are the thumbnails of a thread. One is made at a time, and only of what is on the screen: what scrolls away before its turn is let go.
type pictures struct {
	sh   *shell.Shell
	open OpenMedia // nil: there are none
	made func(sha string)

	thumbs *lru[string, image.Image]
	shapes map[string]image.Point // of all that were made
	broken map[string]struct{}    // cannot be shown
	wanted []wanted               // on the screen, the newest first
	now    string                 // under way
	cancel context.CancelFunc
}

func newPictures(sh *shell.Shell, open OpenMedia, made func(sha string)) *pictures {
	return &pictures{
		sh: sh, open: open, made: made, thumbs: newLRU[string, image.Image](picturesKept), shapes: map[string]image.Point{}, broken: map[string]struct{}{},
	}
}

// shown tells whether a message has a picture that can be shown.
func (p *pictures) shown(m app.Message) bool {
	return p.sha(m) != ""
}

// sha is the hash of the picture of a message that can be shown; "" when there is none.
func (p *pictures) sha(m app.Message) string {
	if p.open == nil {
		return ""
	}
	sha := pictureIn(m)
	if _, broken := p.broken[sha]; broken {
		return ""
	}
	return sha
}

// of gives the picture of a message: the thumbnail, a blank of its shape, or nil when nothing is known yet.
func (p *pictures) of(m app.Message) image.Image {
	sha := p.sha(m)
	if sha == "" {
		return nil
	}
	if i, ok := p.thumbs.get(sha); ok {
		return i
	}
	if s, ok := p.shapes[sha]; ok {
		return blank{s}
	}
	return nil
}

// want says whose pictures are on the screen now, the oldest first.
func (p *pictures) want(on []app.Message) {
	p.wanted = p.wanted[:0]
	for _, m := range slices.Backward(on) {
		if sha := p.sha(m); sha != "" && !p.thumbs.has(sha) && !p.wants(sha) {
			p.wanted = append(p.wanted, wanted{sha, shapeOf(m)})
		}
	}
	if p.now != "" && !p.wants(p.now) {
		p.cancel()
		p.now = ""
	}
	p.next()
}

func (p *pictures) wants(sha string) bool {
	return slices.ContainsFunc(p.wanted, func(w wanted) bool { return w.sha == sha })
}

// shapeOf is how the picture of a message is cut.
func shapeOf(m app.Message) picture.Shape {
	if m.Type == "sticker" {
		return stickerShape
	}
	return bubbleShape
}

func (p *pictures) next() {
	if p.now != "" || len(p.wanted) == 0 {
		return
	}
	sha, shape := p.wanted[0].sha, p.wanted[0].shape
	ctx, cancel := context.WithCancel(p.sh.Base)
	p.now, p.cancel = sha, cancel
	p.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		m, err := p.read(ctx, sha, shape)
		return func() { p.ready(sha, m) }, err
	}, func(error) { p.ready(sha, nil) })
}

func (p *pictures) read(ctx context.Context, sha string, s picture.Shape) (image.Image, error) {
	f, err := p.open(ctx, sha)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return picture.Thumbnail(ctx, f, s)
}

// ready takes in a thumbnail; nil is one that cannot be made.
func (p *pictures) ready(sha string, m image.Image) {
	if p.now == sha {
		p.cancel()
		p.now = ""
	}
	p.wanted = slices.DeleteFunc(p.wanted, func(w wanted) bool { return w.sha == sha })
	if m == nil {
		p.broken[sha] = struct{}{}
	} else {
		p.thumbs.put(sha, m)
		p.shapes[sha] = m.Bounds().Size()
	}
	p.made(sha)
	p.next()
}

// forget ends what is under way. The thumbnails stay, for a way back.
func (p *pictures) forget() {
	p.want(nil)
	if len(p.shapes) > 10_000 {
		clear(p.shapes)
	}
	clear(p.broken) // a disk may have come back
}

// blank stands where a picture was let go, in its shape.
type blank struct{ size image.Point }

var _ image.Image = blank{}

// ColorModel is for image.
func (blank) ColorModel() color.Model { return color.NRGBAModel }

// Bounds is the shape of the picture.
func (b blank) Bounds() image.Rectangle { return image.Rectangle{Max: b.size} }

// At is the colour of things that are not there yet.
func (blank) At(int, int) color.Color { return theme.Color(theme.Chip) }

// visible is told what is on the screen.
func (t *thread) visible(ids []int64) {
	t.seeing = ids
	t.wantPictures()
	t.look()
}

func (t *thread) wantPictures() {
	var on []app.Message
	for _, id := range t.seeing {
		if m, ok := t.msgs[id]; ok {
			on = append(on, m)
		}
	}
	t.pictures.want(on)
}

// pictured draws the messages anew that a thumbnail changed: those it is of, and those whose own was let go for it.
func (t *thread) pictured(sha string) {
	p := t.people()
	for _, it := range t.window() {
		m, ok := t.msgs[it.ID]
		if !ok || m.Media == nil && it.Card == nil {
			continue
		}
		its := pictureIn(m)
		if _, blanked := it.Image.(blank); its == sha || it.Image != nil && !blanked && !t.pictures.thumbs.has(its) {
			t.timeline.UpdateItem(p.item(m))
		}
	}
}

// enlarge shows a picture as large as the window lets it.
func (t *thread) enlarge(id int64) {
	m, ok := t.msgs[id]
	if !ok || !t.pictures.shown(m) || t.v.sh.Layers.Any() {
		return
	}
	room := t.v.sh.Window.Canvas().Size()
	w, h := fyne.Min(960, room.Width-160), t.v.sh.Layers.Room(720, 60)
	scale := t.v.sh.Window.Canvas().Scale()
	shape := picture.Shape{Width: int(w * scale), Height: int(h * scale)}
	t.v.sh.Async(t.ctx, func(ctx context.Context) (func(), error) {
		i, err := t.pictures.read(ctx, pictureIn(m), shape)
		return func() {
			if t.v.sh.Layers.Any() {
				return
			}
			size := i.Bounds().Size()
			c := &canvas.Image{Image: i, FillMode: canvas.ImageFillContain, CornerRadius: theme.RadiusControl}
			var s *shell.Sheet
			s = t.v.sh.Layers.Show(layout.Column(theme.Space3,
				layout.Centre(layout.Exactly(fyne.Max(80, float32(size.X)/scale), fyne.Max(80, float32(size.Y)/scale), c)),
				layout.Row(theme.Space2, layout.Gap(), widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.Close() })),
			), fyne.Max(240, float32(size.X)/scale+2*theme.Space5), 0, nil)
		}, err
	}, func(err error) { t.v.sh.Layers.Problem(err) })
}
