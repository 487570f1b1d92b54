package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"shopbell/app/records"
	"shopbell/app/shop"
	"shopbell/views/layout"
	"shopbell/views/paper"
	viewsshop "shopbell/views/shop"
	"shopbell/views/viewtest"
	"shopbell/views/widget"
)

// paperBed is a window over a real desk.
type paperBed struct {
	*viewtest.Bed
	d *desk
}

func newPaperBed(t *testing.T) *paperBed {
	w := newWorld(t)
	w.invoices()
	d := w.openHere()
	t.Cleanup(d.close)
	b := &paperBed{Bed: viewtest.New(t, d.store), d: d}
	b.Show(layout.Over())
	return b
}

func (b *paperBed) top() fyne.CanvasObject { return b.Window.Canvas().Overlays().Top() }

// sheets are the pictures of pages that show.
func (b *paperBed) sheets() (out []image.Image) {
	if b.top() == nil {
		return nil
	}
	viewtest.Walk(b.T, b.top(), func(o fyne.CanvasObject) bool {
		if i, ok := o.(*canvas.Image); ok && i.Image != nil && i.Image.Bounds().Dx() > 300 {
			out = append(out, i.Image)
		}
		return true
	})
	return out
}

func (b *paperBed) says(words string) bool {
	return b.top() != nil && slices.ContainsFunc(viewtest.Texts(b.T, b.top()), func(s string) bool { return strings.Contains(s, words) })
}

func (b *paperBed) until(words string) {
	b.T.Helper()
	b.Until("“"+words+"”", func() bool { return b.says(words) })
}

func (b *paperBed) invoice(number string) records.Ref {
	b.T.Helper()
	r, err := b.d.findRecord(b.T.Context(), records.TypeInvoice, number)
	if err != nil {
		b.T.Fatal(err)
	}
	return r.Ref
}

func TestADocumentIsSeenBeforeItGoes(t *testing.T) {
	b := newPaperBed(t)
	p := paper.Open(b.Shell, b.d.shop, b.invoice("HD001"))
	b.until("HD001")
	b.Until("its page", func() bool { return len(b.sheets()) == 1 })
	b.Picture("paper")
	first := b.sheets()[0]
	if first.Bounds().Dx() < 500 || first.Bounds().Dx() > 700 {
		t.Errorf("the page is %v", first.Bounds())
	}
	b.PressIn(b.top(), "Larger")
	b.Until("a larger page", func() bool { s := b.sheets(); return len(s) == 1 && s[0].Bounds().Dx() > first.Bounds().Dx() })
	b.until("125 %")
	var language *widget.Choice
	viewtest.Walk(t, b.top(), func(o fyne.CanvasObject) bool {
		if c, ok := o.(*widget.Choice); ok {
			language = c
		}
		return true
	})
	larger := b.sheets()[0]
	language.OnChosen("vi")
	b.Until("the page in Vietnamese", func() bool { s := b.sheets(); return len(s) == 1 && s[0] != larger })
	b.PressIn(b.top(), "Close")
	if b.top() != nil {
		t.Error("it is still there")
	}
	_ = p

	// A record that went meanwhile says so, in place of the page.
	paper.Open(b.Shell, b.d.shop, records.Ref{Type: records.TypeInvoice, ID: "99"})
	b.until("not there any more")
}

func TestTheShopIsSetUpWithItsPapersBeside(t *testing.T) {
	b := newPaperBed(t)
	saved := 0
	e := viewsshop.Open(b.Shell, b.d.shop, func() { saved++ })
	b.until("Your newest record")
	b.Until("the paper", func() bool { return len(b.sheets()) == 1 })
	before := b.sheets()[0]
	var name *widget.Field
	viewtest.Walk(t, b.top(), func(o fyne.CanvasObject) bool {
		if f, ok := o.(*widget.Field); ok && name == nil {
			name = f
		}
		return true
	})
	test.Type(name.Focusable(), "Hoa Mai")
	b.Clock.Pass(b.Clock.Set()[0])
	b.Until("the paper with the name", func() bool { s := b.sheets(); return len(s) == 1 && s[0] != before })
	b.Picture("shop")

	// A logo of 50 MB is refused plainly, and a picture is taken.
	dir := t.TempDir()
	big := filepath.Join(dir, "big.png")
	if err := os.WriteFile(big, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, 50<<20); err != nil {
		t.Fatal(err)
	}
	e.TakeLogo(big)
	b.until("50.0 MB")
	var small bytes.Buffer
	if err := png.Encode(&small, image.NewRGBA(image.Rect(0, 0, 60, 30))); err != nil {
		t.Fatal(err)
	}
	good := filepath.Join(dir, "logo.png")
	if err := os.WriteFile(good, small.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	e.TakeLogo(good)
	b.until("logo.png")

	// What is not saved is asked about; what is saved is kept.
	if !b.Shell.Layers.Escape() || !b.says("Leave without saving?") {
		t.Error("it leaves without a word")
	}
	b.PressIn(b.top(), "Cancel")
	b.PressIn(b.top(), "Save")
	b.Until("it is saved", func() bool { return saved == 1 })
	set, err := b.d.shop.Settings(t.Context())
	if err != nil || set.Name != "Hoa Mai" || set.Logo == nil || set.Logo.Name != "logo.png" {
		t.Errorf("%+v %v", set, err)
	}
	if _, err := b.d.shop.Draw(t.Context(), b.invoice("HD002"), shop.Language{}); err != nil {
		t.Error(err)
	}
}
