package templates

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// variablesTab is the table of the places that take a value. Its rows come and go with the text; a person only says what fills them.
type variablesTab struct {
	e      *editor
	object fyne.CanvasObject
	head   *fyne.Container
	rows   []*varRow
	column *fyne.Container
	empty  *widget.EmptyState
	note   *widget.Paragraph
	live   live
}

func newVariablesTab(e *editor) *variablesTab {
	v := &variablesTab{e: e, column: layout.Column(0), live: live{v: e.v}}
	caption := func(s string) fyne.CanvasObject { return widget.NewText(s, theme.TypeCaption, theme.Text2).Shrinking() }
	v.head = layout.Over(widget.NewGround(theme.PaneAlt, "", 0), layout.Pad(0, theme.Space5, 0, theme.Space5, &fyne.Container{Layout: &varColumns{head: true}, Objects: []fyne.CanvasObject{
		caption(lang.X("templates.placeholder", "Placeholder")), caption(lang.X("templates.filled_by", "Filled by")), caption(lang.X("templates.field", "Field")), caption(lang.X("templates.sample", "Sample")),
	}}))
	v.empty = widget.NewEmptyState("tag", lang.X("templates.no_variables", "Nothing to fill in"),
		lang.X("templates.no_variables_text", "Write a placeholder such as {{1}} into the text, or add one there, and it is listed here."))
	v.note = widget.NewParagraph(lang.X("templates.samples_note", "Meta's reviewers see the samples. Make them look real, without anybody's real data."), theme.TypeCaption, theme.Text2, 120)
	v.object = layout.Column(0, v.head, widget.NewLine(), v.column, layout.Pad(24, 20, 24, 20, v.empty), layout.Pad(12, theme.Space5, 16, theme.Space5, v.note))
	return v
}

// show draws a row for each place of the template.
func (v *variablesTab) show(t app.Template) {
	for len(v.rows) < len(t.Bindings) {
		v.rows = append(v.rows, newVarRow(v))
	}
	changed := len(v.column.Objects) != len(t.Bindings)
	if changed {
		v.column.Objects = v.column.Objects[:0]
		for i := range t.Bindings {
			v.column.Objects = append(v.column.Objects, v.rows[i].object)
		}
	}
	for i, b := range t.Bindings {
		v.rows[i].show(t, b)
	}
	none := len(t.Bindings) == 0
	layout.SetVisible(v.head, !none)
	layout.SetVisible(v.note, !none)
	layout.SetVisible(v.empty, none)
	if changed {
		v.column.Refresh()
		v.e.scroll.Content.Refresh()
	}
}

// mark puts the cursor into the sample of a place.
func (v *variablesTab) mark(s template.Slot) {
	if v.e.m == nil {
		return
	}
	for i, b := range v.e.m.now.Bindings {
		if b.Slot == s && i < len(v.rows) {
			v.rows[i].sample.Focus()
			v.e.reveal(v.rows[i].object)
		}
	}
}

// focus gives the first place the keyboard, or the tabs where there is none.
func (v *variablesTab) focus() {
	if m := v.e.m; m == nil || len(m.now.Bindings) == 0 || len(v.rows) == 0 {
		v.e.tabs.Focus()
		return
	}
	r := v.rows[0]
	if r.kind.Disabled() {
		r.sample.Focus()
	} else {
		r.kind.Focus()
	}
	v.e.reveal(r.object)
}

// varRow is one place: what it is called, what fills it, and its sample.
type varRow struct {
	v      *variablesTab
	object fyne.CanvasObject
	slot   template.Slot
	chip   *widget.SlotChip
	part   *widget.Text
	kind   *widget.Choice
	field  *pickButton
	format *widget.Button
	rest   *widget.Text // stands where the field would, for what needs none
	sample *widget.Field
	quiet  bool
}

func newVarRow(v *variablesTab) *varRow {
	r := &varRow{v: v, chip: widget.NewSlotChip(""), part: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()}
	r.kind = widget.NewChoice("", kindOptions(v.e.v.p.Records != nil), r.setKind).Least(200)
	r.field = newPickButton("link", lang.X("templates.pick_field", "Choose a field…"), r.pick)
	r.format = widget.NewIconButton("more", lang.X("templates.format", "How it is written"), r.pickFormat).Sized(widget.Small)
	r.rest = widget.NewText("", theme.TypeSmall, theme.Text2).Shrinking()
	r.sample = widget.NewField("", lang.X("templates.sample_hint", "sample…"))
	r.sample.OnChanged = func(s string) {
		if !r.quiet {
			r.bind("sample "+r.slot.String(), func(b *app.Binding) { b.Sample = s })
		}
	}
	middle := layout.Over(layout.Row(2, layout.Grow(r.field), r.format), r.rest)
	r.object = layout.Column(0, layout.Pad(8, theme.Space5, 8, theme.Space5, &fyne.Container{Layout: &varColumns{}, Objects: []fyne.CanvasObject{
		layout.Column(1, layout.Row(0, r.chip), r.part), r.kind, middle, r.sample,
	}}), widget.NewLine())
	return r
}

func (r *varRow) bind(key string, do func(b *app.Binding)) {
	e := r.v.e
	if e.m != nil && e.m.bind(r.slot, key, e.v.sh.Now(), do) {
		e.edited()
	}
}

// show fills the row in.
func (r *varRow) show(t app.Template, b app.Binding) {
	r.quiet = true
	defer func() { r.quiet = false }()
	r.slot = b.Slot
	r.chip.SetText(slotWords(b.Slot))
	r.part.SetText(partWords(b.Slot))
	r.kind.SetChosen(string(b.Kind))
	if r.sample.Text() != b.Sample {
		r.sample.SetText(b.Sample)
	}
	field := b.Kind == app.BindField
	layout.SetVisible(r.field, field)
	words, formats, ok := r.fieldWords(t, b)
	r.field.set(words, field && !ok)
	layout.SetVisible(r.format, field && formats > 1)
	layout.SetVisible(r.rest, !field)
	r.rest.SetText(kindMeans(b.Kind))
	r.sample.SetWrong("")
	r.sample.SetMissing(b.Sample == "" && wantsSample(b.Slot))
	admin := r.v.e.v.admin()
	able(r.kind, admin)
	able(r.field, admin && r.v.e.v.p.Records != nil)
	able(r.format, admin)
	able(r.sample, admin && !r.v.e.v.work.submitting(t.ID)) // also while the text is locked: they go to Meta with the next submission
}

// fieldWords says which field fills the place, and how it is written where that is not as usual.
func (r *varRow) fieldWords(t app.Template, b app.Binding) (words string, formats int, ok bool) {
	if b.Path == "" {
		return "", 0, false
	}
	p, err := records.ParsePath(b.Path)
	if err != nil {
		return b.Path, 0, false
	}
	c := r.v.e.form.catalog
	f, err := c.Follow(t.RecordType, p)
	if err != nil {
		return b.Path, 0, false
	}
	words = pathWords(c, t.RecordType, p)
	list := r.formats(t, b, f)
	for i, x := range list {
		shown := x.Name == b.Format || b.Format == "" && i == 0
		if shown && (i > 0 || f.Kind == records.KindAmount || f.Kind == records.KindDate || f.Kind == records.KindDateTime || f.Kind == records.KindTime) {
			words += " · " + x.Example
		}
	}
	return words, len(list), true
}

// formats are the ways to write a field, each with what the record in the preview holds there.
func (r *varRow) formats(t app.Template, b app.Binding, f records.Field) []records.Format {
	value := r.v.live.of(b.Path)
	if value.Empty() {
		value = sampleValue(f, b.Sample)
	}
	return records.Formats(f, value, records.Style{Language: t.Document.Language, Zone: r.v.e.v.sh.Now().Location()})
}

func (r *varRow) setKind(key string) {
	r.bind("", func(b *app.Binding) { b.Kind = app.BindingKind(key) })
	if app.BindingKind(key) == app.BindField {
		if e := r.v.e; e.m != nil {
			if b, ok := e.m.binding(r.slot); ok && b.Path == "" {
				r.pick()
			}
		}
	}
}

// pick opens the field picker.
func (r *varRow) pick() {
	e := r.v.e
	if e.m == nil || e.v.p.Records == nil {
		return
	}
	t := e.m.now
	b, ok := e.m.binding(r.slot)
	typ, known := e.form.catalog.Type(t.RecordType)
	if !ok || !known {
		return
	}
	var start []string
	if p, err := records.ParsePath(b.Path); err == nil {
		start = p
	}
	slot := r.slot
	widget.ShowFieldPicker(r.field, e.v.pickerSetup(typ, t), start, func(c widget.FieldChoice) {
		if e.m == nil {
			return
		}
		path := records.Path(c.Path).String()
		if e.m.bind(slot, "", e.v.sh.Now(), func(b *app.Binding) {
			if b.Path != path {
				b.Path, b.Format = path, ""
			}
			b.Kind = app.BindField
			if b.Sample == "" {
				b.Sample = records.OneLine(c.Row.Value)
			}
		}) {
			e.edited()
		}
	})
}

// pickFormat offers the ways to write the field, each with an example in the template's language.
func (r *varRow) pickFormat() {
	e := r.v.e
	if e.m == nil {
		return
	}
	t := e.m.now
	b, ok := e.m.binding(r.slot)
	p, err := records.ParsePath(b.Path)
	if !ok || err != nil {
		return
	}
	f, err := e.form.catalog.Follow(t.RecordType, p)
	if err != nil {
		return
	}
	var items []*fyne.MenuItem
	for i, x := range r.formats(t, b, f) {
		item := fyne.NewMenuItem(x.Example+"   "+formatWords(x), func() { r.bind("", func(b *app.Binding) { b.Format = x.Name }) })
		item.Checked = x.Name == b.Format || b.Format == "" && i == 0
		items = append(items, item)
	}
	at := e.v.sh.App.Driver().AbsolutePositionForObject(r.format).AddXY(0, r.format.Size().Height+4)
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), e.v.sh.Window.Canvas(), at)
}

func kindOptions(withRecords bool) []widget.Option {
	out := []widget.Option{{Key: string(app.BindFree), Label: lang.X("bind.free", "Free text")}}
	if withRecords {
		out = append([]widget.Option{{Key: string(app.BindField), Label: lang.X("bind.field", "Field")}}, out...)
	}
	return append(out,
		widget.Option{Key: string(app.BindUserName), Label: lang.X("bind.user_name", "User name")},
		widget.Option{Key: string(app.BindUserPhone), Label: lang.X("bind.user_phone", "User phone")},
		widget.Option{Key: string(app.BindPortal), Label: lang.X("bind.portal", "Portal link")})
}

// kindMeans says where the value of a kind comes from.
func kindMeans(k app.BindingKind) string {
	switch k {
	case app.BindFree:
		return lang.X("bind.free_means", "asked when it is sent")
	case app.BindUserName:
		return lang.X("bind.user_name_means", "the name of whoever sends it")
	case app.BindUserPhone:
		return lang.X("bind.user_phone_means", "the number of whoever sends it")
	case app.BindPortal:
		return lang.X("bind.portal_means", "the record's page for the customer")
	}
	return ""
}

// slotWords is a place as it stands in the text.
func slotWords(s template.Slot) string {
	switch s.Name {
	case template.SlotCode:
		return lang.X("slot.code", "Code")
	case template.SlotExpiration:
		return lang.X("slot.expiration", "Ends")
	case "latitude":
		return lang.X("slot.latitude", "Latitude")
	case "longitude":
		return lang.X("slot.longitude", "Longitude")
	case "address":
		if s.Part == template.PartHeader {
			return lang.X("slot.address", "Address")
		}
	case "name":
		if s.Part == template.PartHeader {
			return lang.X("slot.place", "Place")
		}
	}
	return "{{" + s.Name + "}}"
}

// partWords names the part a place is in.
func partWords(s template.Slot) string {
	return placeWords(template.Place{Part: s.Part, Card: s.Card, Button: s.Button})
}

// wantsSample tells whether Meta's reviewers are shown a sample of this place (Meta has none for a location or the end of an offer).
func wantsSample(s template.Slot) bool {
	if s.Name == template.SlotExpiration {
		return false
	}
	for _, n := range template.LocationSlots {
		if s.Part == template.PartHeader && s.Name == n && s.Name != "name" {
			return false
		}
	}
	return true
}

// varColumns lays the table's columns out; where it is narrow, the field and the sample stand below.
type varColumns struct {
	head  bool
	width float32 // as the last layout had it
}

const varNarrow float32 = 470

// MinSize is for Fyne.
func (c *varColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if c.head {
		return fyne.NewSize(260, 30)
	}
	h := theme.HeightControl
	for _, o := range objects {
		h = max(h, o.MinSize().Height)
	}
	if c.width > 0 && c.width < varNarrow {
		return fyne.NewSize(260, 2*h+theme.Space2)
	}
	return fyne.NewSize(260, h)
}

// Layout is for Fyne.
func (c *varColumns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	c.width = size.Width
	if size.Width < varNarrow && !c.head {
		h := theme.HeightControl
		half := (size.Width - 8) / 2
		layout.Place(o[0], 0, 0, half, h)
		layout.Place(o[1], half+8, 0, half, h)
		layout.Place(o[2], 0, h+8, half, h)
		layout.Place(o[3], half+8, h+8, half, h)
		return
	}
	const gap = 8
	first, second := float32(92), float32(112)
	if size.Width < 570 { // the field and the sample need the room more
		first, second = 70, 108
	}
	rest := size.Width - first - second - 3*gap
	field := rest * 0.585
	x := float32(0)
	for i, w := range []float32{first, second, field, rest - field} {
		h := min(o[i].MinSize().Height, size.Height)
		if i > 0 && !c.head {
			h = max(h, theme.HeightControl)
		}
		layout.Place(o[i], x, (size.Height-h)/2, w, h)
		x += w + gap
	}
}
