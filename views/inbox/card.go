package inbox

import (
	"image"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/widget"
)

// card is a template message as it was sent.
func (p people) card(m app.Message, sent app.SentTemplate) *widget.SentCard {
	return &widget.SentCard{Preview: sent.Preview(), Record: p.from(m, sent), Media: func(s template.Slot) widget.CardMedia {
		f, ok := sent.File(s)
		if !ok {
			return widget.CardMedia{}
		}
		c := widget.CardMedia{Name: f.Name}
		if f.Size > 0 {
			c.Detail = size(f.Size)
		}
		if image, sha := p.cardPicture(m); sha == f.SHA256 {
			c.Image = image
		}
		return c
	}}
}

// from says what a template was made from, and by whom; "" when it was made from nothing.
func (p people) from(m app.Message, sent app.SentTemplate) string {
	if sent.Record == nil || sent.Record.ID == "" || sent.Record.Type == app.RecordContact {
		return ""
	}
	name := recordName(sent.Record)
	if p.staff != nil && m.StaffID != 0 {
		if who := p.staff(m.StaffID); who != "" {
			return lang.X("card.from_by", "{{.Record}} · sent by {{.Name}}", map[string]any{"Record": name, "Name": who})
		}
	}
	return name
}

// recordName is what a record was called when something was sent from it.
func recordName(r *app.RecordRef) string {
	if r.Title != "" {
		return r.Title
	}
	return lang.X("card.record", "the record")
}

// cardPicture is the picture in the header of a template, as far as it is known, and its hash.
func (p people) cardPicture(m app.Message) (i image.Image, sha string) {
	if sha = pictureIn(m); sha == "" || p.picture == nil {
		return nil, sha
	}
	return p.picture(m), sha
}

// pictureIn is the hash of the picture of a message: its own, or that in the header of the template it is; "" without one.
func pictureIn(m app.Message) string {
	if m.Revoked {
		return ""
	}
	if m.Media != nil {
		if m.Media.State != "stored" || m.Type != "image" && m.Type != "sticker" {
			return ""
		}
		return m.Media.SHA256
	}
	sent, ok := m.SentTemplate()
	if !ok {
		return ""
	}
	header := sent.Document.Component(template.Header)
	if header == nil {
		return ""
	}
	for _, f := range sent.Files {
		if strings.HasPrefix(f.MIME, "image/") && len(sent.Files) == 1 {
			return f.SHA256
		}
	}
	return ""
}
