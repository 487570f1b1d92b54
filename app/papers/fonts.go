package papers

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// Font is a family of letters as files (TTF, OTF, or the first of a TTC).
type Font struct {
	Regular []byte
	Bold    []byte // may be nil: Regular stands for it
}

// Fonts are the letters a paper is written with. They may be used by several goroutines at once.
type Fonts struct {
	families []family

	more  func() []Font // see Behind
	once  sync.Once
	extra []family

	setters sync.Pool
}

// family is one Font, read.
type family struct{ regular, bold *cut }

// cut is one font file: what shaping reads of it, and what a PDF carries of it.
type cut struct {
	font   *font.Font
	loader *opentype.Loader
	upem   float64
	glyf   bool // has TrueType outlines, of which a subset can be cut
}

// NewFonts reads fonts; a letter is taken from the first that has it.
func NewFonts(list ...Font) (*Fonts, error) {
	f := &Fonts{}
	for i, one := range list {
		fam, err := readFamily(one)
		if err != nil {
			return nil, fmt.Errorf("papers: font %d: %w", i+1, err)
		}
		f.families = append(f.families, fam)
	}
	if len(f.families) == 0 {
		return nil, errors.New("papers: there must be at least one font")
	}
	return f, nil
}

// Behind gives fonts that are looked at only when the first letter is met that none of the others has, such as the large ones of the system
// for Chinese. What more gives and cannot be read is passed over. It is called once at most, and must be set before the first paper is drawn.
func (f *Fonts) Behind(more func() []Font) { f.more = more }

func (f *Fonts) behind() []family {
	f.once.Do(func() {
		if f.more == nil {
			return
		}
		for _, one := range f.more() {
			if fam, err := readFamily(one); err == nil {
				f.extra = append(f.extra, fam)
			}
		}
	})
	return f.extra
}

func readFamily(one Font) (family, error) {
	regular, err := readCut(one.Regular)
	if err != nil {
		return family{}, err
	}
	fam := family{regular, regular}
	if len(one.Bold) > 0 {
		if fam.bold, err = readCut(one.Bold); err != nil {
			return family{}, fmt.Errorf("bold: %w", err)
		}
	}
	return fam, nil
}

func readCut(data []byte) (c *cut, err error) {
	defer func() {
		if r := recover(); r != nil { // the tables of a damaged font make the library reach behind their end
			c, err = nil, fmt.Errorf("%w: %v", errFont, r)
		}
	}()
	loaders, err := opentype.NewLoaders(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if len(loaders) == 0 {
		return nil, errors.New("no font in the file")
	}
	ft, err := font.NewFont(loaders[0])
	if err != nil {
		return nil, err
	}
	c = &cut{font: ft, loader: loaders[0], upem: float64(ft.Upem())}
	if c.upem <= 0 {
		return nil, errors.New("the font has no size")
	}
	c.glyf = c.loader.HasTable(opentype.MustNewTag("glyf")) && c.loader.HasTable(opentype.MustNewTag("loca"))
	return c, nil
}
