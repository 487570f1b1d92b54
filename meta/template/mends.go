package template

import "maps"

// edit is a mend that changes a copy of the document and moves no slots.
func edit(label Phrase, change func(d *Document)) Mend {
	return mend(label, func(d Document) (Document, map[Slot]Slot) {
		d = d.Clone()
		change(&d)
		return d, nil
	})
}

func mend(label Phrase, apply func(Document) (Document, map[Slot]Slot)) Mend {
	return Mend{Label: label.String(), Says: label, Apply: apply}
}

// rewrite is a mend that changes one text.
func rewrite(label Phrase, where Place, change func(text string) string) Mend {
	return edit(label, func(d *Document) {
		c, b := d.at(where.slot())
		switch {
		case b != nil && where.Field == "url":
			b.URL = change(b.URL)
		case b != nil && where.Field == "phone_number":
			b.PhoneNumber = change(b.PhoneNumber)
		case b != nil && where.Field == "autofill_text":
			b.AutofillText = change(b.AutofillText)
		case b != nil:
			b.Text = change(b.Text)
		case c != nil:
			c.Text = change(c.Text)
		}
	})
}

// cut is a mend that takes the bytes of a place away and puts others there.
func cut(label Phrase, where Place, instead string) Mend {
	return rewrite(label, where, func(text string) string {
		if where.End > len(text) || where.Start > where.End {
			return text
		}
		return text[:where.Start] + instead + text[where.End:]
	})
}

// rename is a mend that renames placeholders of one text, samples and bindings following.
func rename(label Phrase, where Place, change func(text string) (string, Renames)) Mend {
	return mend(label, func(d Document) (Document, map[Slot]Slot) {
		c, _ := d.at(where.slot())
		if c == nil {
			return d, nil
		}
		text, r := change(c.Text)
		return d.WithRenames(where.slot(), text, r)
	})
}

// WithRenames is a copy in which one part (its Name is not looked at) has a new text whose placeholders were renamed;
// samples follow. The second result is for Reconcile.
func (d Document) WithRenames(part Slot, text string, r Renames) (Document, map[Slot]Slot) {
	d = d.Clone()
	c, b := d.at(part)
	if c == nil || b != nil {
		return d, nil
	}
	c.Text = text
	c.Samples = renameSamples(c.Samples, r)
	moved := map[Slot]Slot{}
	for from, to := range r {
		a, b := part, part
		a.Name, b.Name = from, to
		moved[a] = b
	}
	return d, moved
}

// renameSamples lets samples follow their placeholders. One that was left over from a placeholder that went before
// makes way.
func renameSamples(samples []Sample, r Renames) []Sample {
	taken := map[string]bool{}
	for _, s := range samples {
		if to, ok := r[s.Placeholder]; ok {
			taken[to] = true
		}
	}
	var out []Sample
	for _, s := range samples {
		to, ok := r[s.Placeholder]
		switch {
		case ok:
			out = append(out, Sample{to, s.Value})
		case !taken[s.Placeholder]:
			out = append(out, s)
		}
	}
	return out
}

// Convert is a copy in which all placeholders are numbers, or all are names; label may give a slot a name, such as
// the field that it is bound to. The placeholder of an address stays {{1}}. The second result is for Reconcile.
func (d Document) Convert(to ParameterFormat, label func(Slot) string) (Document, map[Slot]Slot) {
	moved := map[Slot]Slot{}
	out := d.Clone()
	for _, part := range out.texts() {
		c, _ := out.at(part)
		var text string
		var r Renames
		if to == Named {
			names := map[string]string{}
			for _, n := range Names(c.Text) {
				part.Name = n
				if label != nil {
					names[n] = label(part)
				}
			}
			text, r = ToNamed(c.Text, names)
		} else {
			text, r = ToPositional(c.Text)
		}
		var m map[Slot]Slot
		out, m = out.WithRenames(part, text, r)
		maps.Copy(moved, m)
	}
	out.ParameterFormat = to
	return out, moved
}

// texts are the parts whose text may have placeholders.
func (d *Document) texts() []Slot {
	var out []Slot
	for _, c := range d.Components {
		switch c.Type {
		case Header:
			out = append(out, Slot{PartHeader, -1, -1, ""})
		case Body:
			out = append(out, Slot{PartBody, -1, -1, ""})
		case Carousel:
			for i := range c.Cards {
				if c.Cards[i].Component(Body) != nil {
					out = append(out, Slot{PartCardBody, i, -1, ""})
				}
			}
		}
	}
	return out
}

func removeComponent(i int) Mend {
	return edit(removeIt, func(d *Document) {
		if i < len(d.Components) {
			d.Components = append(d.Components[:i:i], d.Components[i+1:]...)
		}
	})
}

// MoveButton is a copy in which a button of a part (PartButton, or PartCardButton with its card) stands elsewhere.
// The second result is for Reconcile.
func (d Document) MoveButton(part Slot, from, to int) (Document, map[Slot]Slot) {
	c, _ := d.at(Slot{part.Part, part.Card, from, ""})
	if c == nil || to < 0 || to >= len(c.Buttons) {
		return d, nil
	}
	order := make([]int, 0, len(c.Buttons))
	for i := range c.Buttons {
		if i != from {
			order = append(order, i)
		}
	}
	order = append(order[:to:to], append([]int{from}, order[to:]...)...)
	return d.orderButtons(part, order)
}

// RemoveButton is a copy without a button; those behind it move up. The second result is for Reconcile.
func (d Document) RemoveButton(part Slot, i int) (Document, map[Slot]Slot) {
	c, _ := d.at(Slot{part.Part, part.Card, i, ""})
	if c == nil {
		return d, nil
	}
	var order []int
	for j := range c.Buttons {
		if j != i {
			order = append(order, j)
		}
	}
	return d.orderButtons(part, order)
}

// orderButtons keeps the buttons with these old indexes, in this order.
func (d Document) orderButtons(part Slot, order []int) (Document, map[Slot]Slot) {
	out := d.Clone()
	part.Button = 0
	c, _ := out.at(part)
	if c == nil {
		return d, nil
	}
	old := c.Buttons
	c.Buttons = make([]Button, 0, len(order))
	moved := map[Slot]Slot{}
	kept := map[int]bool{}
	move := func(from, to int) {
		for _, n := range append(Names(old[from].URL), SlotCode) {
			moved[Slot{part.Part, part.Card, from, n}] = Slot{part.Part, part.Card, to, n}
		}
	}
	for to, from := range order {
		c.Buttons = append(c.Buttons, old[from])
		kept[from] = true
		move(from, to)
	}
	for from := range old {
		if !kept[from] {
			move(from, -1) // leads nowhere, so that nobody else's value lands there
		}
	}
	if len(c.Buttons) == 0 && part.Card < 0 {
		out.Remove(Buttons)
	}
	return out, moved
}
