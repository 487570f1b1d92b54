package main

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"shopbell/app"
	"shopbell/app/papers"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/app/shop"
	"shopbell/assets"
	"shopbell/storage/media"
)

// buildShop wires what the shop says about itself, and with it the papers of its records.
func (d *desk) buildShop() {
	d.shop = shop.New(shop.Config{
		Store: d.store, Files: shopFiles{d.files}, Records: d.records, Fonts: paperFonts, Guess: d.numbersCountry, Moved: d.kept.SetCountry, Zone: time.Local, Log: d.log,
	})
	d.records.Papers = d.shop.Document
}

// paper draws the paper of a record for a message.
func (d *desk) paper(ctx context.Context, ref records.Ref, language string, kind sending.PaperKind) (app.SendFile, error) {
	as := shop.PDF
	if kind == sending.PaperPicture || kind == sending.PaperFilePicture {
		as = shop.Picture
	}
	if kind == sending.PaperFile || kind == sending.PaperFilePicture {
		own, err := d.kept.SendFile(ctx, ref, as == shop.Picture)
		if !errors.Is(err, records.ErrNoDocument) || !papers.Drawable(ref.Type) {
			return own, err
		}
	}
	return d.shop.File(ctx, ref, language, as)
}

// shopFiles is the media folder as the shop needs it.
type shopFiles struct{ files *media.Store }

// Put keeps a file.
func (f shopFiles) Put(ctx context.Context, r io.Reader, limit int64) (string, int64, error) {
	return f.files.Put(ctx, r, limit)
}

// Open opens a file by its SHA-256.
func (f shopFiles) Open(sha string) (io.ReadCloser, error) { return mediaFiles(f).Open(sha) }

// paperFonts are the letters of papers: the window's own, those of more scripts that the program carries, and behind them the system's.
func paperFonts() (*papers.Fonts, error) {
	own := fynetheme.DefaultTheme()
	list := []papers.Font{{Regular: own.Font(fyne.TextStyle{}).Content(), Bold: own.Font(fyne.TextStyle{Bold: true}).Content()}}
	for _, f := range assets.Fonts() {
		list = append(list, papers.Font{Regular: f[0], Bold: f[1]})
	}
	fonts, err := papers.NewFonts(list...)
	if err != nil {
		return nil, err
	}
	fonts.Behind(func() []papers.Font { return papers.SystemFonts(os.ReadFile) })
	return fonts, nil
}
