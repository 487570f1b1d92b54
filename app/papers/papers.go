package papers

import (
	"context"
	"fmt"
	"image"
	"math"
	"runtime/debug"
	"strings"
	"time"
	"unicode"

	"shopbell/app"
	"shopbell/app/records"
)

// Size is the sheet a paper is laid out for.
type Size string

// The sizes.
const (
	A4     Size = "a4"
	Letter Size = "letter"
	Roll   Size = "roll" // 80 mm wide, as long as it must be
)

// maxPages is how long a paper may get.
const maxPages = 200

// Options say how a record is drawn.
type Options struct {
	Shop     Shop
	Language string         // Meta's code; "" is the customer's own, as the record has it
	Else     string         // where the customer's own is not known; "" is English
	Zone     *time.Location // of the shop's clock; nil is UTC
	Size     Size           // "" is A4, for a receipt the roll
}

// Paper is a record on sheets.
type Paper struct {
	Name     string // of the file, without its ending
	Language string // the language of its words
	Missing  []rune // characters that no font had, in order; a mark stands in their place

	title string
	pages []*page
}

// Drawable tells whether there are papers for a type of records.
func Drawable(typ string) bool {
	_, ok := kinds[typ]
	return ok
}

// Draw lays out the paper of a record. It reads once a level. Errors of the record or of what the shop set are app.Errors.
func (f *Fonts) Draw(ctx context.Context, src records.Source, ref records.Ref, o Options) (_ *Paper, err error) {
	defer damaged(&err)
	s, err := read(ctx, src, ref)
	if err != nil {
		return nil, err
	}
	rec := s.got[ref]
	lang := first(o.Language, s.say(s.far(rec, "customer"), "language", ""), o.Else, "en")
	s.style = records.Style{Language: lang, Zone: o.Zone}
	if !speaks(lang) {
		s.style.Language = "en"
	}
	sh := s.compose(rec, o.Shop, lang)
	p := &Paper{Language: s.style.Language, Name: fileName(first(sh.number, rec.Title, sh.title)), title: strings.TrimSpace(sh.title + " " + sh.number)}
	size := o.Size
	if size == "" && ref.Type == records.TypeReceipt {
		size = Roll
	}
	set := f.setter()
	if p.pages, err = layOut(ctx, set, sh, o.Shop, size); err != nil {
		return nil, err
	}
	p.Missing = set.lost()
	f.done(set)
	return p, nil
}

// PDF writes the paper as a PDF file. The same paper always gives the same bytes.
func (p *Paper) PDF() (_ []byte, err error) {
	defer damaged(&err)
	return writePDF(p.pages, p.title, p.Language)
}

// Document gives the paper as a PDF to attach.
func (p *Paper) Document() (records.Document, error) {
	data, err := p.PDF()
	return records.Document{Name: p.Name + ".pdf", MIME: "application/pdf", Data: data}, err
}

// Pages tells how many sheets there are.
func (p *Paper) Pages() int { return len(p.pages) }

// Size gives the width and the height of a sheet in points; the first is 0.
func (p *Paper) Size(sheet int) (w, h float64) {
	if sheet < 0 || sheet >= len(p.pages) {
		return 0, 0
	}
	return p.pages[sheet].w, p.pages[sheet].h
}

// Image draws one sheet, the first is 0, width pixels wide.
func (p *Paper) Image(sheet, width int) (_ image.Image, err error) {
	defer damaged(&err)
	if sheet < 0 || sheet >= len(p.pages) || width < 1 {
		return nil, &app.Error{Code: app.CodeNotFound, Message: "This paper has no such page.", Mend: "Choose another page."}
	}
	return paint(p.pages[sheet], float64(width)/p.pages[sheet].w)
}

// Picture gives the first sheet as a PNG to send: a receipt as an image. It is width pixels wide; 0 is what reads well on a phone.
func (p *Paper) Picture(width int) (records.Document, error) {
	if width == 0 {
		width = 720
		if p.pages[0].w > 400 {
			width = 1240
		}
	}
	if len(p.pages) > 1 {
		return records.Document{}, &app.Error{Code: app.CodeInvalid, Message: "This paper is too long for a picture.", Mend: "Send it as a PDF."}
	}
	img, err := p.Image(0, width)
	if err != nil {
		return records.Document{}, err
	}
	data, err := encodePNG(img)
	return records.Document{Name: p.Name + ".png", MIME: "image/png", Data: data}, err
}

// damaged makes an error of a panic: a damaged font, such as the system may bring, makes the shaping library reach behind the end of its tables.
func damaged(err *error) {
	if r := recover(); r != nil {
		*err = &app.Error{
			Code: app.CodeUnavailable, Message: "This paper could not be drawn.", Mend: "A font of this computer may be damaged.",
			Cause: fmt.Errorf("%w: %v\n%s", errFont, r, debug.Stack()),
		}
	}
}

// fileName makes a name that every system takes.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.IsControl(r) || invisible(r) {
			return '-'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	return first(strings.Trim(s, " ."), "paper")
}

// sheetOf gives the width and height of a size in points.
func sheetOf(s Size) (w, h float64) {
	switch s {
	case Letter:
		return 612, 792
	case Roll:
		return math.Round(80/25.4*72*100) / 100, 14000 // a PDF page may be 14400 long (PDF 32000-1, annex C)
	}
	return 595.28, 841.89
}
