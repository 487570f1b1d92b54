package records

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// linesPane are the parts of a record, such as the lines of an order: what, how many, at what price, and what that makes.
type linesPane struct {
	f      *formPane
	field  records.Field
	part   records.Type
	back   string
	object *fyne.Container
	rows   *fyne.Container
	sum    *widget.Text
	list   []*partLine
	gone   []app.ID
}

// partLine is one of them.
type partLine struct {
	was     records.Record
	id      app.ID // 0: not written yet
	object  fyne.CanvasObject
	product *widget.Field
	count   *widget.Field
	price   *widget.Field
	total   *widget.Text
	touched bool
	more    *widget.Button
	detail  *fyne.Container // the other fields, made when they are first asked for
	others  []*editor
	held    *widget.Text // what they hold, while they don't show
}

func newLinesPane(f *formPane, x records.Field, part records.Type, back string, have []records.Record) *linesPane {
	l := &linesPane{f: f, field: x, part: part, back: back, rows: layout.Column(theme.Space2), sum: widget.NewBold("", theme.TypeSmall, theme.Text)}
	add := widget.NewButton(widget.TextOnly, lang.X("records.add_line", "Add a line"), "plus", func() {
		n := l.add(records.Record{Fields: map[string]records.Value{"quantity": records.Number("1")}}, 0)
		n.touched = true
		l.arrange()
		f.changedByPerson()
		n.product.Focus()
	}).Sized(widget.Small)
	l.object = layout.Column(theme.Space2, widget.NewText(naming.Field(f.typ.Name, x), theme.TypeCaption, theme.Text2), l.rows,
		layout.Row(theme.Space2, add, layout.Gap(), l.sum))
	for _, r := range have {
		l.add(r, readID(r.ID))
	}
	l.arrange()
	return l
}

// readID gives the id that a reference names; 0 when it is not of the shop's own.
func readID(s string) app.ID {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

func (l *linesPane) add(r records.Record, id app.ID) *partLine {
	label := func(name string) string {
		x, _ := l.part.Field(name)
		return naming.Field(l.part.Name, x)
	}
	n := &partLine{was: r, id: id}
	n.product, n.count, n.price = widget.NewField("", label("product")), widget.NewField("", label("quantity")), widget.NewField("", label("price"))
	n.total = widget.NewText("", theme.TypeSmall, theme.Text).Aligned(fyne.TextAlignTrailing).Shrinking()
	n.product.SetText(r.Fields["product"].Text)
	n.count.SetText(r.Fields["quantity"].Number)
	n.price.SetText(r.Fields["price"].Number)
	for _, field := range []*widget.Field{n.product, n.count, n.price} {
		field.OnChanged = func(string) {
			n.touched = true
			field.SetWrong("")
			l.reckon(true)
			l.f.changedByPerson()
		}
	}
	away := widget.NewIconButton("x", lang.X("records.remove_line", "Remove the line"), func() {
		l.list = slices.DeleteFunc(l.list, func(o *partLine) bool { return o == n })
		if n.id != 0 {
			l.gone = append(l.gone, n.id)
		}
		l.arrange()
		l.reckon(true)
		l.f.changedByPerson()
	}).Sized(widget.Small)
	n.held = widget.NewText(l.says(r), theme.TypeCaption, theme.Text2).Shrinking()
	layout.SetVisible(n.held, n.held.Text() != "")
	n.detail = layout.Column(theme.Space2)
	n.detail.Hide()
	n.more = widget.NewIconButton("down", lang.X("records.line_more", "All fields of the line"), func() { l.unfold(n, !n.detail.Visible()) }).Sized(widget.Small)
	n.object = layout.Column(theme.Space1, n.product, layout.Row(theme.Space2, layout.Exactly(64, 0, n.count), widget.NewText("×", theme.TypeSmall, theme.Text2),
		layout.Exactly(96, 0, n.price), layout.Grow(n.total), n.more, away), n.held, n.detail)
	l.list = append(l.list, n)
	return n
}

func (l *linesPane) arrange() {
	l.rows.Objects = nil
	for i, n := range l.list {
		if i > 0 {
			l.rows.Add(widget.NewLine())
		}
		l.rows.Add(n.object)
	}
	l.reckon(false)
	l.f.body.Refresh()
}

// reckon adds up. After a change by a person the record's own totals follow.
func (l *linesPane) reckon(follow bool) {
	code := l.f.currency()
	st := l.f.v.style()
	write := func(n string) string {
		return st.write(records.Field{Kind: records.KindAmount}, []records.Value{records.Amount(n, code)})
	}
	all := new(big.Rat)
	for _, n := range l.list {
		t, ok := n.sum()
		if !ok {
			n.total.SetText("")
			continue
		}
		all.Add(all, t)
		n.total.SetText(write(t.FloatString(2)))
	}
	l.sum.SetText("")
	if len(l.list) > 0 {
		l.sum.SetText(write(all.FloatString(2)))
	}
	if !follow {
		return
	}
	tax := new(big.Rat)
	for _, e := range l.f.editors {
		if e.field.Name == "tax" {
			if v, wrong := e.value(); wrong == "" && v.Number != "" {
				tax.SetString(v.Number)
			}
		}
	}
	_, splits := l.f.typ.Field("subtotal")
	for _, e := range l.f.editors {
		switch {
		case e.field.Name == "subtotal":
			e.set(records.Amount(all.FloatString(2), code))
		case e.field.Name == "total" && splits:
			e.set(records.Amount(new(big.Rat).Add(all, tax).FloatString(2), code))
		case e.field.Name == "total":
			e.set(records.Amount(all.FloatString(2), code))
		}
	}
}

// sum is what a line makes, less its discount.
func (n *partLine) sum() (*big.Rat, bool) {
	if !n.touched && n.was.Fields["total"].Number != "" {
		return new(big.Rat).SetString(n.was.Fields["total"].Number)
	}
	count, ok := readNumber(n.count.Text())
	price, ok2 := readNumber(n.price.Text())
	if !ok || !ok2 {
		return nil, false
	}
	a, ok := new(big.Rat).SetString(count)
	b, ok2 := new(big.Rat).SetString(price)
	if !ok || !ok2 {
		return nil, false
	}
	out := a.Mul(a, b)
	if d, ok := new(big.Rat).SetString(n.discount()); ok && d.Sign() != 0 {
		hundred := big.NewRat(100, 1)
		out.Mul(out, d.Sub(hundred, d)).Quo(out, hundred)
	}
	return new(big.Rat).SetString(out.FloatString(2)) // as it is kept, so that the lines add up to what is written below them
}

// drafts are the lines that changed, those that are new, and those that go; false when one can't be understood.
func (l *linesPane) drafts(whole records.Link) ([]records.Draft, bool) {
	var out []records.Draft
	for _, n := range l.list {
		if !n.touched {
			continue
		}
		fields := map[string]records.Value{"product": records.Text(strings.TrimSpace(n.product.Text()))}
		if fields["product"].Text == "" {
			n.product.SetWrong(lang.X("records.line_name", "Say what it is"))
			n.product.Focus()
			return nil, false
		}
		for name, field := range map[string]*widget.Field{"quantity": n.count, "price": n.price} {
			s := strings.TrimSpace(field.Text())
			number, ok := readNumber(s)
			if s != "" && !ok {
				field.SetWrong(lang.X("records.no_number_text", "This is not a number"))
				field.Focus()
				return nil, false
			}
			x, _ := l.part.Field(name)
			switch {
			case s == "":
				fields[name] = records.Value{}
			case x.Kind == records.KindAmount:
				fields[name] = records.Amount(number, l.f.currency())
			default:
				fields[name] = records.Number(number)
			}
		}
		if !l.readOthers(n, fields) {
			return nil, false
		}
		fields["total"] = records.Value{}
		if t, ok := n.sum(); ok {
			fields["total"] = records.Amount(t.FloatString(2), l.f.currency())
		}
		d := records.Draft{Type: l.part.Name, ID: n.id, Fields: fields}
		if n.id == 0 {
			d.ID, d.New = l.f.v.p.Kept.NewID(), true
			fields[l.back] = records.Relation(whole)
		}
		out = append(out, d)
	}
	for _, id := range l.gone {
		out = append(out, records.Draft{Type: l.part.Name, ID: id, Delete: true})
	}
	return out, true
}
