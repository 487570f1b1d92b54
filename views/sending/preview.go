package sending

import (
	"context"
	"errors"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	service "shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/picture"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// preview shows what one of the customers would get.
type preview struct {
	v        *Panel
	object   *fyne.Container
	caption  *widget.Text
	count    *widget.Text
	back, on *widget.Button
	card     *widget.TemplateCard
	problem  *widget.Paragraph
	trouble  *fyne.Container

	list   []int // which of the audience can be leafed through; nil: all
	at     int
	cancel context.CancelFunc
	shown  service.Row
	label  string // of the record that shows
	have   bool   // something is shown
	images map[string]image.Image
}

func newPreview(v *Panel) *preview {
	p := &preview{v: v, card: widget.NewTemplateCard(), images: map[string]image.Image{}}
	p.caption = widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()
	p.count = widget.NewText("", theme.TypeCaption, theme.Text)
	p.back = widget.NewIconButton("left", lang.X("sending.previous", "The message before (Alt+Left)"), func() { p.step(-1) }).Sized(widget.Small)
	p.on = widget.NewIconButton("right", lang.X("sending.next", "The next message (Alt+Right)"), func() { p.step(1) }).Sized(widget.Small)
	p.problem = widget.NewParagraph("", theme.TypeSmall, theme.Warn, 200)
	p.trouble = layout.TallRow(theme.Space2, layout.Exactly(18, 18, widget.NewIcon("warn", 16, theme.Warn)), layout.Grow(p.problem))
	p.trouble.Hide()
	box := layout.Over(widget.NewGround(theme.Canvas, theme.Line, theme.RadiusCard), layout.Pad(theme.Space3, theme.Space3, theme.Space3, 36, p.card))
	p.object = layout.Column(theme.Space2, layout.Row(theme.Space1, layout.Grow(p.caption), p.back, p.count, p.on), box, p.trouble)
	p.object.Hide()
	p.card.OnGrown = v.regrow
	return p
}

// regrow lays the form out anew after something in it became higher.
func (v *Panel) regrow() { v.form.Refresh() }

// walk sets which messages can be leafed through; what shows stays, where it is among them.
func (p *preview) walk(list []int) {
	now := p.index()
	p.list, p.at = list, 0
	for i, k := range list {
		if k == now {
			p.at = i
		}
	}
	if list == nil {
		p.at = now
	}
	p.words()
	if p.have && p.index() != now {
		p.again()
	}
}

// index is which of the audience shows.
func (p *preview) index() int {
	if p.list == nil {
		return p.at
	}
	if p.at < len(p.list) {
		return p.list[p.at]
	}
	return 0
}

func (p *preview) total() int {
	if p.list == nil {
		return len(p.v.who.ids)
	}
	return len(p.list)
}

// id is the record that shows.
func (p *preview) id() string {
	if i := p.index(); i < len(p.v.who.ids) {
		return p.v.who.ids[i]
	}
	return ""
}

// step leafs on, round at the ends.
func (p *preview) step(by int) {
	if n := p.total(); n > 1 {
		p.at = ((p.at+by)%n + n) % n
		p.words()
		p.again()
	}
}

// again draws the message with what is written now.
func (p *preview) again() {
	if p.cancel != nil {
		p.cancel()
	}
	if p.v.choose.id() == 0 {
		p.have = false
		p.object.Hide()
		return
	}
	ctx, cancel := context.WithCancel(p.v.ctx)
	p.cancel = cancel
	job, id := p.v.job(), p.id()
	job.SkipDays = 0
	p.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		row, drawn, err := p.v.p.Sending.Preview(ctx, job, id)
		if err != nil {
			return nil, err
		}
		label, err := p.v.label(ctx, id)
		return func() { p.draw(row, drawn, label) }, err
	}, func(err error) {
		if !errors.Is(err, context.Canceled) {
			p.say(shell.WordsOf(err).Message)
		}
	})
}

func (p *preview) draw(row service.Row, drawn template.Preview, label string) {
	p.shown, p.label, p.have = row, label, true
	account := p.v.account(p.v.choose.accountID())
	name := account.VerifiedName
	if name == "" {
		name = account.Name
	}
	p.card.Set(drawn, widget.CardLook{Out: true, Large: true, Business: name, Clock: when.Clock(p.v.sh.Now()), Media: p.media})
	p.object.Show()
	p.words()
	p.say(p.trouble1(row))
	p.v.choose.number(numberWords(row))
	p.v.form.Refresh()
}

// trouble1 says why the message that shows can't go, unless a text is still to be written: the field says so.
func (p *preview) trouble1(row service.Row) string {
	if row.Problem == nil || row.Problem.Reason == service.Empty && p.v.values.first() != nil {
		return ""
	}
	return strings.TrimSpace(row.Problem.Plain + " " + row.Problem.Mend)
}

func (p *preview) say(words string) {
	layout.SetVisible(p.trouble, words != "")
	p.problem.SetText(words)
	p.object.Refresh()
}

// words brings the line above the message up to date.
func (p *preview) words() {
	title := p.label
	words := lang.X("sending.preview", "Preview")
	if title != "" && p.shown.Record.ID == p.id() {
		words = lang.X("sending.preview_for", "Preview for {{.Who}}", map[string]any{"Who": title})
	}
	p.caption.SetText(words)
	many := p.total() > 1
	layout.SetVisible(p.back, many)
	layout.SetVisible(p.on, many)
	layout.SetVisible(p.count, many)
	p.count.SetText(lang.X("sending.at", "{{.At}} / {{.N}}", map[string]any{"At": naming.Number(p.at + 1), "N": naming.Number(p.total())}))
	p.object.Refresh()
}

// numberWords is the number that a message goes to.
func numberWords(row service.Row) string {
	switch {
	case row.To != "":
		return app.FormatPhone(row.To)
	case strings.TrimSpace(row.Phone) != "":
		return lang.X("sending.not_a_number", "“{{.Phone}}” is not a whole number", map[string]any{"Phone": row.Phone})
	}
	return lang.X("sending.number_none", "no number")
}

// media is what stands in a media header.
func (p *preview) media(slot template.Slot) widget.CardMedia {
	file, ok := p.v.files.chosen[slot]
	if kind, own := p.v.files.carries(slot); own {
		if kind == service.PaperFile || kind == service.PaperFilePicture {
			return widget.CardMedia{Name: p.label, Detail: lang.X("sending.paper_kept", "the file kept with the record")}
		}
		return widget.CardMedia{Name: p.label + "." + string(kind), Detail: lang.X("sending.paper_made", "made when it is sent")}
	}
	if !ok {
		own, has := p.v.choose.current.File(slot.Card)
		if !has {
			return widget.CardMedia{}
		}
		file = app.SendFile{Name: own.Name, MIME: own.MIME, Size: own.Size, SHA256: own.SHA256}
	}
	m := widget.CardMedia{Name: file.Name}
	if file.Size > 0 {
		m.Detail = widget.FileSize(file.Size)
	}
	if strings.HasPrefix(file.MIME, "image/") {
		m.Image = p.image(file.SHA256)
	}
	return m
}

// image gives a picture, or has it read.
func (p *preview) image(sha string) image.Image {
	img, asked := p.images[sha]
	if asked || p.v.p.OpenFile == nil {
		return img
	}
	p.images[sha] = nil
	p.v.sh.Async(p.v.ctx, func(ctx context.Context) (func(), error) {
		r, err := p.v.p.OpenFile(sha)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		img, err := picture.Thumbnail(ctx, r, picture.Shape{Width: 640, Height: 640})
		return func() {
			p.images[sha] = img
			p.again()
		}, err
	}, func(error) {}) // no picture: the name of the file stands there
	return nil
}
