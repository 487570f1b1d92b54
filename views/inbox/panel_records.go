package inbox

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// style is how values are written for the person at the desk.
func (p *panel) style() records.Style {
	return records.Style{Language: strings.ReplaceAll(string(lang.SystemLocale()), "-", "_"), Zone: p.v.sh.Now().Location()}
}

// details are the lines of the contact's own record that are filled in.
func (p *panel) details() []fyne.CanvasObject {
	r := p.known.contact
	t, ok := p.known.types.Type(records.TypeContact)
	if r.ID == "" || !ok {
		return nil
	}
	var out []fyne.CanvasObject
	for _, name := range []string{"company", "email", "city", "language", "tags", "birthday", "reference", "note"} {
		f, ok := t.Field(name)
		if words := p.style().Write(f, r.Fields[name], ""); ok && words != "" {
			out = append(out, p.line(naming.Field(t.Name, f), words))
		}
	}
	return out
}

// papers shows the newest records of the customer: the first as a card, the others as lines.
func (p *panel) papers() []fyne.CanvasObject {
	if len(p.known.papers) == 0 {
		return []fyne.CanvasObject{p.quiet(lang.X("panel.no_records", "No quotation, invoice or ticket yet"))}
	}
	out := []fyne.CanvasObject{p.paperCard(p.known.papers[0])}
	for _, r := range p.known.papers[1:] {
		out = append(out, p.paperLine(r))
	}
	if p.known.more {
		out = append(out, p.quiet(lang.X("panel.more_records", "Older ones are in the Records tab")))
	}
	return out
}

func (p *panel) paperCard(r records.Record) fyne.CanvasObject {
	t, _ := p.known.types.Type(r.Type)
	head := layout.Row(theme.Space2, widget.NewIcon("file", 18, theme.Accent), layout.Grow(widget.NewBold(r.Title, theme.TypeBody, theme.Text).Shrinking()))
	if words, tone := p.stateOf(t, r); words != "" {
		head.Add(widget.NewSmallPill(words, "", tone))
	}
	column := layout.Column(4, head)
	column.Add(p.line(naming.Type(t), p.what(t, r)))
	for _, f := range []records.Field{pick(t, r, records.KindAmount, "total", "amount", "price"), pick(t, r, records.KindDate, "valid_until", "due_date", "date")} {
		if f.Name != "" {
			column.Add(p.line(naming.Field(t.Name, f), p.style().Write(f, r.Fields[f.Name], "")))
		}
	}
	column.Add(layout.Pad(6, 0, 0, 0, layout.Row(theme.Space2,
		layout.Grow(widget.NewButton(widget.Plain, lang.X("panel.open", "Open"), "open", func() { p.v.sh.OpenRecord(r.Ref) })),
		layout.Grow(widget.NewButton(widget.Main, lang.X("panel.send", "Send…"), "templates", func() { p.sendRecord(r) })))))
	return widget.NewCard(column, 12)
}

func (p *panel) paperLine(r records.Record) fyne.CanvasObject {
	t, _ := p.known.types.Type(r.Type)
	below := naming.Type(t)
	if f := pick(t, r, records.KindAmount, "total", "amount", "price"); f.Name != "" {
		below += " · " + p.style().Write(f, r.Fields[f.Name], "")
	}
	if words, _ := p.stateOf(t, r); words != "" {
		below += " · " + words
	}
	return layout.Row(theme.Space1, layout.Grow(layout.Column(0, widget.NewBold(r.Title, theme.TypeSmall, theme.Text).Shrinking(), widget.NewText(below, theme.TypeCaption, theme.Text2).Shrinking())),
		widget.NewIconButton("open", lang.X("panel.open_of", "Open {{.Record}}", map[string]any{"Record": r.Title}), func() { p.v.sh.OpenRecord(r.Ref) }).Sized(widget.Small),
		widget.NewIconButton("templates", lang.X("panel.send_of", "Send {{.Record}}…", map[string]any{"Record": r.Title}), func() { p.sendRecord(r) }).Sized(widget.Small))
}

func (p *panel) sendRecord(r records.Record) {
	p.v.sh.SendTo(shell.SendTarget{Type: r.Type, Records: []string{r.ID}, Account: p.conv.AccountID})
}

// what is what a record is about in a few words: its first text beside number and links, what stands beside its title, or
// its date; "" when nothing says it.
func (p *panel) what(t records.Type, r records.Record) string {
	for _, name := range []string{"event", "order", "invoice", "reference", "carrier", "kind", "note"} {
		if f, ok := t.Field(name); ok && !r.Fields[name].Empty() {
			return p.style().Write(f, r.Fields[name], "")
		}
	}
	if r.Detail != "" && r.Detail != p.conv.Contact.Title() {
		return r.Detail
	}
	f, _ := t.Field("date")
	return p.style().Write(f, r.Fields["date"], "")
}

// pick chooses the first field of a kind that holds something, those named first.
func pick(t records.Type, r records.Record, kind records.Kind, first ...string) records.Field {
	for _, name := range first {
		if f, ok := t.Field(name); ok && f.Kind == kind && !r.Fields[name].Empty() {
			return f
		}
	}
	i := slices.IndexFunc(t.Fields, func(f records.Field) bool { return f.Kind == kind && !r.Fields[f.Name].Empty() })
	if i < 0 {
		return records.Field{}
	}
	return t.Fields[i]
}

// stateOf is where a record stands, in words, and the tone of it.
func (p *panel) stateOf(t records.Type, r records.Record) (string, widget.Tone) {
	f, ok := t.Field("state")
	if !ok {
		return "", widget.Quiet
	}
	v := r.Fields["state"]
	tone := widget.Quiet
	switch v.Text {
	case "sent", "confirmed", "order", "paid", "delivered", "done", "used", "attended":
		tone = widget.Ok
	case "overdue", "cancelled", "expired", "refused":
		tone = widget.Bad
	}
	return p.style().Write(f, v, ""), tone
}

// sends shows what went to the customer from templates, and how it ended.
func (p *panel) sends() []fyne.CanvasObject {
	if len(p.known.sends) == 0 {
		return []fyne.CanvasObject{p.quiet(lang.X("panel.no_sends", "Nothing was sent from a template yet"))}
	}
	var out []fyne.CanvasObject
	for _, s := range p.known.sends {
		out = append(out, p.sendLine(s))
	}
	return out
}

func (p *panel) sendLine(s app.RecordSend) fyne.CanvasObject {
	name := s.Template
	if name == "" {
		name = lang.X("panel.template_gone", "A template that is gone")
	}
	tick := sendTick(s)
	below := layout.Row(6, widget.NewTick(tick))
	words := tick.String()
	colour := theme.Text2
	if tick == widget.Failed {
		colour = theme.Danger
		if s.Failure != nil {
			words, _ = p.v.sh.Failure(s.Failure)
		}
	}
	if title := p.known.titles[records.Ref{Type: s.Record.Type, ID: s.Record.ID}]; title != "" && s.Record.Type != records.TypeContact {
		words = title + " · " + words
	}
	below.Add(layout.Grow(widget.NewText(words, theme.TypeCaption, colour).Shrinking()))
	below.Add(widget.NewText(when.Row(s.At, p.v.sh.Now()), theme.TypeCaption, theme.Text2))
	row := layout.Row(theme.Space1, layout.Grow(layout.Column(0, widget.NewText(name, theme.TypeSmall, theme.Text).Shrinking(), below)))
	if s.Conversation == p.conv.ID && s.Message != 0 {
		row.Add(widget.NewIconButton("right", lang.X("panel.show_send", "Show it in the conversation"), func() { p.v.ChooseMessage(p.conv.ID, s.Message) }).Sized(widget.Small))
	}
	return row
}

// sendTick is the tick of something that was sent: of its message, or of its row in the outbox while there is none.
func sendTick(s app.RecordSend) widget.Delivery {
	switch s.State {
	case app.SendFailed, app.SendCancelled:
		return widget.Failed
	case app.SendUnknown:
		return widget.Unknown
	case app.SendQueued, app.SendClaimed, app.SendHeld:
		return widget.Queued
	}
	if s.Status != "" {
		return tickOf(app.Out, s.Status)
	}
	return widget.Sent
}

// openContact shows the contact's record.
func (p *panel) openContact() {
	p.v.sh.OpenRecord(contactRef(p.conv.Contact.ID))
}

// contactRef is a person of the inbox as a record.
func contactRef(id app.ID) records.Ref {
	return records.Ref{Type: records.TypeContact, ID: strconv.FormatInt(id, 10)}
}
