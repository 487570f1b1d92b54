package paper

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/papers"
	"shopbell/app/records"
	"shopbell/app/shop"
	"shopbell/meta/template"
	"shopbell/views/files"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Preview is the paper of a record in a sheet over the window.
type Preview struct {
	sh    *shell.Shell
	shop  *shop.Service
	ref   records.Ref
	sheet *shell.Sheet

	title   *widget.Text
	missing *widget.Text
	zoom    *widget.Text
	pages   *Pages
	wait    *shell.Waiting
	cancel  context.CancelFunc
	lang    string // "" is the customer's
	paper   *papers.Paper
	needs   []*widget.Button // a paper that is drawn
}

// Has tells whether there is a paper of records of a type.
func Has(typ string) bool { return papers.Drawable(typ) }

// Open shows the paper of a record.
func Open(sh *shell.Shell, s *shop.Service, ref records.Ref) *Preview {
	p := &Preview{sh: sh, shop: s, ref: ref}
	p.title = widget.NewBold(lang.X("paper.title", "Document"), theme.TypePage, theme.Text).Shrinking()
	p.missing = widget.NewText("", theme.TypeCaption, theme.Warn).Shrinking()
	p.missing.Hide()
	p.zoom = widget.NewText("100 %", theme.TypeSmall, theme.Text2).Aligned(fyne.TextAlignCenter)
	p.pages = NewPages(sh, 620)
	p.wait = shell.NewWaiting(sh, widget.NewSkeleton(4, 120), func() { p.end() }, p.draw)
	languages := []widget.Option{{Key: customers, Label: lang.X("paper.customer_language", "The customer's language")}}
	for _, code := range papers.Languages() {
		languages = append(languages, widget.Option{Key: code, Label: LanguageName(code)})
	}
	speak := widget.NewChoice("", languages, func(key string) {
		p.lang = key
		if key == customers {
			p.lang = ""
		}
		p.draw()
	}).Least(220)
	speak.SetChosen(customers)
	button := func(words, icon string, do func()) *widget.Button {
		b := widget.NewButton(widget.Plain, words, icon, do)
		p.needs = append(p.needs, b)
		return b
	}
	smaller := widget.NewIconButton("", lang.X("paper.smaller", "Smaller"), func() { p.rescale(-0.25) })
	smaller.SetText("−")
	larger := widget.NewIconButton("plus", lang.X("paper.larger", "Larger"), func() { p.rescale(0.25) })
	head := layout.Row(theme.Space2,
		layout.Grow(p.title), layout.Exactly(220, 0, speak), smaller, layout.Exactly(52, 0, p.zoom), larger,
		button(lang.X("paper.print", "Open to print"), "open", p.print),
		button(lang.X("paper.save", "Save as PDF…"), "upload", p.save),
		widget.NewIconButton("x", lang.X("button.close", "Close"), func() { p.sheet.Close() }),
	)
	content := layout.Exactly(0, 2000, layout.Column(theme.Space3, head, p.missing, layout.Grow(layout.Over(p.pages, p.wait.Object)))) // as high as the window lets it
	p.sheet = sh.Layers.Show(content, 980, 0, p.gone)
	p.draw()
	return p
}

// customers stands in the choice of languages for the customer's own.
const customers = "-"

// LanguageName names a language of papers.
func LanguageName(code string) string {
	if l, ok := template.LanguageOf(code); ok {
		return l.English
	}
	if code == "pt" {
		return lang.X("paper.portuguese", "Portuguese")
	}
	return code
}

func (p *Preview) end() {
	if p.cancel != nil {
		p.cancel()
		p.cancel = nil
	}
	p.wait.End()
}

func (p *Preview) gone() {
	p.end()
	p.pages.Stop()
}

// draw lays the paper out anew, as the record is now.
func (p *Preview) draw() {
	p.end()
	ctx, cancel := context.WithCancel(p.sh.Base)
	p.cancel = cancel
	p.wait.Begin()
	p.able(false)
	language := shop.Language{Code: p.lang}
	p.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		paper, err := p.shop.Draw(ctx, p.ref, language)
		return func() {
			p.wait.End()
			p.paper = paper
			p.pages.Set(paper)
			p.title.SetText(paper.Name)
			p.able(true)
			p.tellMissing()
		}, err
	}, func(err error) {
		p.pages.Set(nil)
		p.wait.Fail(err)
	})
}

func (p *Preview) able(on bool) {
	for _, b := range p.needs {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

// tellMissing says which letters no font had.
func (p *Preview) tellMissing() {
	if len(p.paper.Missing) == 0 {
		p.missing.Hide()
		return
	}
	p.missing.SetText(lang.X("paper.missing", "No font of this computer has these letters; a mark stands in their place: {{.Letters}}", map[string]any{"Letters": string(p.paper.Missing[:min(len(p.paper.Missing), 40)])}))
	p.missing.Show()
}

func (p *Preview) rescale(step float32) {
	p.pages.SetZoom(p.pages.Zoom() + step)
	p.zoom.SetText(lang.X("scale.now", "{{.N}} %", map[string]any{"N": int(p.pages.Zoom()*100 + 0.5)}))
}

// save writes the paper where the person says.
func (p *Preview) save() {
	paper := p.paper
	files.Save(p.sh, files.Options{
		Title: lang.X("paper.save_title", "Save the document"), Kinds: []files.Kind{{Label: lang.X("files.documents", "Documents"), Extensions: []string{".pdf"}}}, Key: "paper", Name: paper.Name + ".pdf",
	}, func(path string) {
		p.sh.Async(p.sh.Base, func(context.Context) (func(), error) {
			if err := writePDF(paper, path); err != nil {
				return nil, &app.Error{Code: app.CodeInvalid, Message: lang.X("paper.not_saved", "The document could not be saved."), Mend: lang.X("paper.not_saved_mend", "Choose another place, or make room there."), Cause: err}
			}
			return func() {
				p.sh.Toasts(shell.Toast{Text: lang.X("paper.saved", "Saved as {{.Name}}", map[string]any{"Name": filepath.Base(path)}), Good: true})
			}, nil
		}, p.sh.Layers.Problem)
	})
}

// writePDF draws the paper into a file.
func writePDF(paper *papers.Paper, path string) error {
	data, err := paper.PDF()
	if err != nil {
		return err
	}
	f, err := files.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// print opens the paper in the computer's own reader, from where it can be printed. The file is for its owner alone, in the folder for passing files.
func (p *Preview) print() {
	paper := p.paper
	p.sh.Async(p.sh.Base, func(context.Context) (func(), error) {
		data, err := paper.PDF()
		if err != nil {
			return nil, err
		}
		dir, err := os.MkdirTemp("", "shopbell-")
		if err != nil {
			return nil, err
		}
		name := filepath.Join(dir, paper.Name+".pdf")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			return nil, err
		}
		return func() {
			if err := p.sh.App.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(name)}); err != nil {
				p.sh.Layers.Problem(&app.Error{Code: app.CodeUnavailable, Message: lang.X("paper.no_reader", "No program of this computer opens PDF files."), Mend: lang.X("paper.no_reader_mend", "Save the document and print it elsewhere."), Cause: err})
			}
		}, nil
	}, p.sh.Layers.Problem)
}
