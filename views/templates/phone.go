package templates

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// phonePane shows the template as the customer sees it, live, with samples or with a record's values.
type phonePane struct {
	v      *View
	object fyne.CanvasObject
	with   *widget.Choice
	phone  *widget.Phone
	cost   *widget.Paragraph
	note   *widget.Paragraph
	close  *fyne.Container

	shop   string // the name above the message
	typ    string // of the records that are offered
	offers []records.Record
	record records.Record // zero: samples
	values map[template.Slot]string
	asked  asked
	cancel context.CancelFunc
	media  *mediaCache
}

// recordsOffered is how many records the field offers before one is searched for.
const recordsOffered = 20

const withSamples = "samples"

// searchDelay is how long typing must rest before records are searched.
const searchDelay = 150 * time.Millisecond

func newPhonePane(v *View) *phonePane {
	p := &phonePane{v: v, phone: widget.NewPhone(""), media: newMediaCache(v)}
	p.with = widget.NewChoice(lang.X("templates.with", "Preview with"), nil, p.choose)
	p.with.Foot = func() (string, func()) {
		if v.p.Records == nil || p.typ == "" {
			return "", nil
		}
		return lang.X("templates.find_record", "Find another…"), p.find
	}
	p.offer()
	p.cost = widget.NewParagraph("", theme.TypeCaption, theme.Text2, 120)
	p.note = widget.NewParagraph("", theme.TypeCaption, theme.Warn, 120)
	p.close = layout.Row(0, layout.Gap(), widget.NewIconButton("x", lang.X("templates.hide_preview", "Hide the preview"), func() { v.panes.togglePhone() }))
	p.close.Hide()
	body := layout.Column(0,
		layout.Pad(12, 20, 10, 20, layout.Column(0, p.close, p.with)),
		layout.Pad(0, 16, 0, 18, layout.Exactly(widget.PhoneWidth+4, widget.PhoneHeight, p.phone)),
		layout.Pad(12, 17, 12, 22, layout.Column(theme.Space2,
			layout.TallRow(theme.Space2, layout.Exactly(18, 34, widget.NewIcon("coins", 17, theme.Text2)), layout.Grow(p.cost)), p.note)),
	)
	p.object = layout.Over(widget.NewGround(theme.Pane, "", 0), layout.TallRow(0, widget.NewLine(), layout.Grow(widget.NewVScroll(body))))
	return p
}

// over tells the pane whether it lies over the editor: then it can be closed.
func (p *phonePane) over(on bool) {
	if p.close.Visible() != on {
		layout.SetVisible(p.close, on)
		p.object.Refresh()
	}
}

// show draws the template that is edited, as it is now.
func (p *phonePane) show(t app.Template) {
	if t.RecordType != p.typ {
		p.turn(t.RecordType)
	}
	p.fill(t)
	p.draw(t)
}

func (p *phonePane) draw(t app.Template) {
	if name := p.v.business(t.AccountID); name != p.shop {
		p.shop = name
		p.phone.SetBusiness(name, nil)
	}
	p.phone.Set(template.Render(t.Document, p.value(t)), when.Clock(p.v.sh.Now()), func(s template.Slot) widget.CardMedia { return p.media.of(t, s) })
	p.cost.SetText(p.v.costWords(t))
}

// value gives each place what the chosen record or the sample says. Behind a record an empty value shows the placeholder: the customer would see nothing there.
func (p *phonePane) value(t app.Template) func(template.Slot) string {
	samples := make(filled, len(t.Bindings))
	for _, b := range t.Bindings {
		samples[b.Slot] = b.Sample
		if p.record.ID == "" || b.Kind == app.BindFree || b.Kind == app.BindUserPhone && p.v.me().Phone == "" {
			continue
		}
		samples[b.Slot] = p.values[b.Slot]
	}
	return func(s template.Slot) string { return samples[s] }
}

// fill reads the record's values when something that decides them has changed.
func (p *phonePane) fill(t app.Template) {
	if p.record.ID == "" || p.v.p.Records == nil {
		p.say("")
		return
	}
	me := p.v.me()
	a := askedFor(p.record.Ref, me, t)
	if a.same(p.asked) {
		return
	}
	p.asked = a
	if p.cancel != nil {
		p.cancel()
	}
	ctx, cancel := context.WithCancel(p.v.sh.Base)
	p.cancel = cancel
	ref := p.record.Ref
	p.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		got, err := fillFrom(ctx, p.v.p.Records, ref, t, me, p.v.sh.Now().Location())
		return func() {
			if ref != p.record.Ref {
				return
			}
			p.values = got.Values
			p.say(emptyWords(t, got))
			p.v.editor.redraw()
		}, err
	}, func(err error) {
		p.asked = asked{}
		p.say(shell.WordsOf(err).Message)
	})
}

// emptyWords warns of places that the record leaves empty.
func emptyWords(t app.Template, got records.Filled) string {
	n, unfit := 0, false
	for _, m := range got.Missing {
		if i := slices.IndexFunc(t.Bindings, func(b app.Binding) bool { return b.Slot == m.Slot }); i >= 0 && (t.Bindings[i].Kind == app.BindField || t.Bindings[i].Kind == app.BindPortal) {
			n++
			unfit = unfit || m.Why == records.WhyUnfit
		}
	}
	switch {
	case unfit:
		return lang.X("templates.unfit", "This record's link does not begin as the button's address does, so the button could not lead to it.")
	case n == 0:
		return ""
	case n == 1:
		return lang.X("templates.one_empty", "This record has nothing for one of the variables: it would have to be filled in by hand.")
	}
	return lang.X("templates.empty", "This record has nothing for {{.N}} of the variables: they would have to be filled in by hand.", map[string]any{"N": n})
}

func (p *phonePane) say(words string) {
	if (words != "") != p.note.Visible() {
		layout.SetVisible(p.note, words != "")
	}
	p.note.SetText(words)
}

// turn offers the records of another type.
func (p *phonePane) turn(typ string) {
	p.typ, p.offers, p.record, p.values, p.asked = typ, nil, records.Record{}, nil, asked{}
	p.offer()
	if p.v.p.Records == nil || typ == "" {
		return
	}
	p.v.sh.Async(p.v.sh.Base, func(ctx context.Context) (func(), error) {
		found, err := p.v.p.Records.Search(ctx, typ, "", recordsOffered)
		return func() {
			if typ != p.typ {
				return
			}
			p.offers = found
			p.offer()
			if p.v.sh.Keep.TemplateRecord != withSamples {
				for _, r := range found {
					if p.v.sh.Keep.TemplateRecord == r.Type+"/"+r.ID {
						p.take(r)
					}
				}
			}
		}, err
	}, func(err error) { p.say(shell.WordsOf(err).Message) })
}

func (p *phonePane) offer() {
	options := []widget.Option{{Key: withSamples, Label: lang.X("templates.samples", "Sample values"), Icon: "list"}}
	for _, r := range p.offers {
		options = append(options, widget.Option{Key: r.Type + "/" + r.ID, Label: r.Label(), Icon: "file"})
	}
	p.with.SetOptions(options)
	p.with.SetChosen(p.key())
}

func (p *phonePane) key() string {
	if p.record.ID == "" {
		return withSamples
	}
	return p.record.Type + "/" + p.record.ID
}

func (p *phonePane) choose(key string) {
	p.v.sh.Keep.TemplateRecord = key
	p.v.sh.Keep.Changed()
	for _, r := range p.offers {
		if r.Type+"/"+r.ID == key {
			p.take(r)
			return
		}
	}
	p.take(records.Record{})
}

// take shows the template with a record.
func (p *phonePane) take(r records.Record) {
	p.record, p.values, p.asked = r, nil, asked{}
	p.with.SetChosen(p.key())
	p.v.editor.redraw()
}

// find opens a search through all records of the type.
func (p *phonePane) find() {
	findRecord(p.v, p.typ, func(r records.Record) {
		known := false
		for _, o := range p.offers {
			known = known || o.Ref == r.Ref
		}
		if !known {
			p.offers = append([]records.Record{r}, p.offers...)
			p.offer()
		}
		p.choose(r.Type + "/" + r.ID)
	})
}

// business is the name under which customers see an account.
func (v *View) business(account app.ID) string {
	for _, a := range v.accts {
		if a.ID == account {
			return cmp.Or(a.VerifiedName, a.Name)
		}
	}
	return ""
}
