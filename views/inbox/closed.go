package inbox

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// Templates gives the templates that may be sent.
type Templates interface {
	List(ctx context.Context, who app.Staff, f app.TemplateFilter) ([]app.TemplateRow, error)
}

// Previews shows a template as one record would fill it in.
type Previews interface {
	Preview(ctx context.Context, job sending.Job, id string) (sending.Row, template.Preview, error)
}

// closed stands in the composer's place while the customer-service window is closed: the templates that fit best, and the way to all of them.
type closed struct {
	t      *thread
	object *fyne.Container
	why    *widget.Paragraph
	cards  *fyne.Container
	aside  *widget.Button
	send   *widget.Button

	of      app.ID // the conversation that the templates were read for; 0: none
	reading bool
	list    []app.TemplateRow // those that fit, the best first
	total   int
	chosen  int
	wrong   error
	texts   map[app.ID]string // what a template says once it is filled in
	record  records.Record    // the templates were filled in from
}

// cardsShown is how many templates are offered at once; cardLeast how narrow each may be.
const (
	cardsShown         = 3
	cardLeast  float32 = 190
)

func newClosed(t *thread) *closed {
	c := &closed{t: t, texts: map[app.ID]string{}, why: widget.NewParagraph("", theme.TypeSmall, theme.Text2, 60)}
	c.cards = &fyne.Container{Layout: cardRow{}}
	c.aside = widget.NewButton(widget.TextOnly, "", "", func() { t.v.SendTemplate() }).WithArrow("right")
	c.send = widget.NewButton(widget.Main, lang.X("closed.send", "Send template…"), "send", c.sendChosen)
	c.object = layout.Pad(10, 4, 12, 4, layout.Column(theme.Space2,
		layout.Row(theme.Space2, widget.NewIcon("info", 16, theme.Text2), layout.Grow(c.why)),
		c.cards,
		layout.Row(theme.Space2, c.aside, layout.Gap(), c.send)))
	return c
}

// show is told when the conversation or the clock has changed, and the window of it is closed.
func (c *closed) show() {
	c.say()
	if c.of != c.t.conv.ID && !c.reading {
		c.read()
	}
}

// changed is told that templates have changed.
func (c *closed) changed() {
	c.of = 0
	if c.t.composer.Reason() != "" {
		c.read()
	}
}

// fits is told once the customer's records are known: what they fill in comes first.
func (c *closed) fits() {
	if c.of == c.t.conv.ID && c.t.v.panel.latest().Ref != c.record.Ref {
		c.read()
	}
}

// read finds the templates of the account that may be sent to this customer.
func (c *closed) read() {
	v, conv := c.t.v, c.t.conv
	if v.templates == nil || conv.ID == 0 {
		c.draw()
		return
	}
	c.reading, c.wrong = true, nil
	latest := v.panel.latest()
	c.draw()
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		all, err := v.templates.List(ctx, v.me, app.TemplateFilter{AccountID: conv.AccountID, For: v.me})
		if err != nil {
			return nil, err
		}
		list := fitting(all, latest.Type)
		texts, err := v.filled(ctx, list[:min(len(list), cardsShown)], conv.Contact, latest)
		return func() {
			c.reading = false
			if c.t.conv.ID != conv.ID {
				c.show()
				return
			}
			if c.of != conv.ID {
				c.chosen = 0
			}
			c.of, c.list, c.total, c.texts, c.record = conv.ID, list, len(list), texts, latest
			c.chosen = min(c.chosen, max(0, len(list)-1))
			c.draw()
		}, err
	}, func(err error) {
		c.reading, c.wrong, c.of = false, err, conv.ID
		c.draw()
	})
}

// fitting are the templates that may be sent to a customer whose newest record is of a type ("" for none): those that this record fills in first,
// then those that need only the customer, each by how often they are used.
func fitting(all []app.TemplateRow, latest string) []app.TemplateRow {
	rank := func(r app.TemplateRow) int {
		switch r.RecordType {
		case latest:
			return 0
		case records.TypeContact, "":
			return 1
		}
		return 2
	}
	var out []app.TemplateRow
	for _, r := range all {
		if r.MetaStatus.Sendable() && !r.Archived && r.Category != template.Authentication && rank(r) < 2 {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b app.TemplateRow) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return b.Uses - a.Uses
	})
	return out
}

// filled gives what templates say to a customer. What can't be filled in is left out.
func (v *View) filled(ctx context.Context, list []app.TemplateRow, contact app.Contact, latest records.Record) (map[app.ID]string, error) {
	out := map[app.ID]string{}
	if v.previews == nil {
		return out, nil
	}
	for _, r := range list {
		job, id := sending.Job{Template: r.ID, RecordType: r.RecordType, Sender: v.me}, contactRef(contact.ID).ID
		switch {
		case r.RecordType == "":
			continue
		case r.RecordType != records.TypeContact:
			id = latest.ID
		}
		_, p, err := v.previews.Preview(ctx, job, id)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			continue // the panel that sends says why
		}
		var words []string
		for _, b := range p.Body {
			for _, s := range b.Spans {
				words = append(words, s.Text)
			}
			words = append(words, " ")
		}
		out[r.ID] = strings.Join(strings.Fields(strings.Join(words, "")), " ")
	}
	return out, nil
}

// say writes why only a template may be sent.
func (c *closed) say() {
	now, last := c.t.v.sh.Now(), c.t.conv.LastInbound
	words := lang.X("closed.never", "This customer has not written yet, so only a template may be sent.")
	if !last.IsZero() {
		words = lang.X("closed.why", "The last message is {{.Span}} old, so only a template may be sent.", map[string]any{"Span": when.Span(max(now.Sub(last), time.Hour))})
	}
	if r := c.record; r.ID != "" && len(c.list) > 0 && c.list[0].RecordType == r.Type {
		t, _ := c.t.v.panel.known.types.Type(r.Type)
		words += " " + lang.X("closed.fit", "These fit {{.Type}} {{.Record}}:", map[string]any{"Type": strings.ToLower(naming.Type(t)), "Record": r.Title})
	}
	c.why.SetText(words)
}

// draw shows what there is to choose from.
func (c *closed) draw() {
	c.say()
	c.cards.Objects = nil
	c.aside.SetText(lang.X("closed.all", "All {{.N}} templates", map[string]any{"N": naming.Number(c.total)}))
	c.aside.Hide()
	c.send.Enable()
	switch {
	case c.wrong != nil:
		w := shell.WordsOf(c.wrong)
		c.cards.Objects = []fyne.CanvasObject{
			widget.NewParagraph(strings.TrimSpace(w.Message+" "+w.Mend), theme.TypeSmall, theme.Danger, 40),
			widget.NewButton(widget.Plain, lang.X("button.again", "Try again"), "retry", c.read),
		}
	case c.of == c.t.conv.ID && c.of != 0 && c.total == 0:
		c.cards.Objects = []fyne.CanvasObject{
			widget.NewParagraph(lang.X("closed.none", "No template of this account fits yet. An approved one that applies to contacts can be sent to anybody."), theme.TypeSmall, theme.Text2, 40),
			widget.NewButton(widget.Plain, lang.X("closed.templates", "Open Templates"), "templates", func() { c.t.v.sh.Open(shell.TabTemplates) }),
		}
	case c.of == c.t.conv.ID:
		if c.total > cardsShown {
			c.aside.Show()
		}
		for i, r := range c.list[:min(c.total, cardsShown)] {
			text := c.texts[r.ID]
			if text == "" {
				text = r.Preview
			}
			card := widget.NewPickCard(r.Name, languageName(r.Language), text, func() { c.choose(i) })
			card.SetChosen(i == c.chosen)
			c.cards.Objects = append(c.cards.Objects, card)
		}
	}
	c.cards.Refresh() // first: text that wraps knows its height once it knows its width
	c.object.Refresh()
	if c.t.composer.Reason() != "" {
		c.t.composer.Refresh()
		c.t.layoutFoot()
	}
}

// languageName is what a language is called; its code when nobody knows.
func languageName(code string) string {
	if l, ok := template.LanguageOf(code); ok {
		return l.Native
	}
	return code
}

func (c *closed) choose(i int) {
	c.chosen = i
	for k, o := range c.cards.Objects {
		if card, ok := o.(*widget.PickCard); ok {
			card.SetChosen(k == i)
		}
	}
}

// sendChosen opens the panel that sends, with the template that is chosen and what fills it in.
func (c *closed) sendChosen() {
	if c.of != c.t.conv.ID || c.chosen >= len(c.list) {
		c.t.v.SendTemplate()
		return
	}
	r := c.list[c.chosen]
	target := shell.SendTarget{Conversation: c.t.conv.ID, Account: c.t.conv.AccountID, Template: r.ID}
	if r.RecordType != "" && r.RecordType == c.record.Type && c.record.ID != "" {
		target = shell.SendTarget{Type: r.RecordType, Records: []string{c.record.ID}, Account: c.t.conv.AccountID, Template: r.ID}
	}
	c.t.v.sh.SendTo(target)
}

// focus gives the keyboard to the card that is chosen, else to the button.
func (c *closed) focus() {
	var o fyne.Focusable = c.send
	if c.chosen < len(c.cards.Objects) {
		if card, ok := c.cards.Objects[c.chosen].(*widget.PickCard); ok && card.Visible() {
			o = card
		}
	}
	c.t.v.sh.Window.Canvas().Focus(o)
}

// SendTemplate opens the panel that sends a template to the customer of the conversation that is open.
func (v *View) SendTemplate() {
	if v.chosen == 0 || v.thread.conv.Contact.ID == 0 {
		return
	}
	v.sh.SendTo(shell.SendTarget{Conversation: v.chosen, Account: v.thread.conv.AccountID})
}

// cardRow lays cards out side by side, as many as there is room for.
type cardRow struct{}

// MinSize is for Fyne.
func (cardRow) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		m = fyne.NewSize(cardLeast, max(m.Height, o.MinSize().Height))
	}
	return m
}

// Layout is for Fyne.
func (cardRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const gap = theme.Space2
	var fixed, wide []fyne.CanvasObject
	for _, o := range objects {
		if _, button := o.(*widget.Button); button {
			fixed = append(fixed, o)
		} else {
			wide = append(wide, o)
		}
	}
	room := size.Width
	for _, o := range fixed {
		room -= o.MinSize().Width + gap
	}
	n := min(len(wide), max(1, int((room+gap)/(cardLeast+gap))))
	x, w := float32(0), float32(0)
	if n > 0 {
		w = (room - float32(n-1)*gap) / float32(n)
	}
	for i, o := range wide {
		if i >= n {
			o.Hide()
			continue
		}
		o.Show()
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w + gap
	}
	for _, o := range fixed {
		m := o.MinSize()
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		o.Resize(m)
		x += m.Width + gap
	}
}
