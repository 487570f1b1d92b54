package template

import "strings"

func (l *linter) buttons(c Component, where Place) {
	list := c.Buttons
	if len(list) == 0 {
		l.add(ruleButtonsNone, where, say("buttons.none", "has no buttons"), edit(say("mend.remove_list", "Remove the empty list"), func(d *Document) { d.Remove(Buttons) }))
		return
	}
	if len(list) > MaxButtons {
		l.add(ruleButtonsCount, where, say("buttons.count", "there are {{.Count}} buttons; Meta takes {{.Most}}", "Count", len(list), "Most", MaxButtons))
	}
	l.buttonList(list, where)
	if l.d.Category == Authentication {
		return
	}
	quick, others := 0, 0
	for _, b := range list {
		if b.Type == QuickReply {
			quick++
		} else {
			others++
		}
	}
	if len(list) > 3 || quick > 0 && others > 0 {
		l.add(ruleButtonsDesktop, where, say("buttons.desktop", "WhatsApp on a computer does not show messages with four buttons or more, or with quick replies beside other buttons"))
	}
}

// buttonList looks at each button of a message or card, and at their kinds, order and labels.
func (l *linter) buttonList(list []Button, where Place) {
	kinds := map[ButtonType]int{}
	labels := map[string]bool{}
	changes, quickBefore := 0, false
	for i, b := range list {
		at := where
		at.Button = i
		if b.odd != nil || b.Type == "" {
			l.add(ruleOdd, at, say("component.shape.button", "a button has no type"), removeButton(at))
			continue
		}
		if otp, ok := b.AsOTP(); ok {
			b = otp
		}
		kinds[b.Type]++
		if most := mostOf(b.Type); b.Type.Known() && kinds[b.Type] == most+1 {
			l.add(ruleButtonsKind, at, say("buttons.kind", "is one too many: of this kind Meta takes {{.Most}}", "Most", most), removeButton(at))
		}
		quick := b.Type == QuickReply
		if i > 0 && quick != quickBefore {
			changes++
		}
		quickBefore = quick
		if changes == 2 {
			l.add(ruleButtonsOrder, at, say("buttons.order", "quick replies must stand together, before or after the other buttons"), groupQuickReplies(where))
			changes++ // said once
		}
		if label := strings.TrimSpace(b.Text); label != "" {
			if labels[label] {
				l.add(ruleButtonsTwin, at.field("text"), say("buttons.twin", "“{{.Text}}” is the label of another button, too", "Text", shorten(label)))
			}
			labels[label] = true
		}
		l.button(b, at)
	}
}

// mostOf is how many buttons of a kind a message takes (Meta: Templates › Components › Buttons).
func mostOf(t ButtonType) int {
	switch t {
	case QuickReply:
		return MaxButtons
	case URLButton:
		return MaxURLButtons
	}
	return 1
}

func removeButton(at Place) Mend {
	return mend(removeIt, func(d Document) (Document, map[Slot]Slot) { return d.RemoveButton(at.slot(), at.Button) })
}

// groupQuickReplies puts the quick replies on the side on which the first button stands.
func groupQuickReplies(where Place) Mend {
	return mend(say("mend.together", "Put them together"), func(d Document) (Document, map[Slot]Slot) {
		s := where.slot()
		s.Button = 0
		c, _ := d.at(s)
		if c == nil || len(c.Buttons) == 0 {
			return d, nil
		}
		var first, second []int
		for i, b := range c.Buttons {
			if (b.Type == QuickReply) == (c.Buttons[0].Type == QuickReply) {
				first = append(first, i)
			} else {
				second = append(second, i)
			}
		}
		return d.orderButtons(where.slot(), append(first, second...))
	})
}

// button looks at one button by itself.
func (l *linter) button(b Button, at Place) {
	if b.Type == OTP {
		l.otp(b, at)
		return
	}
	if l.d.Category == Authentication {
		l.add(ruleAuthOnly, at, say("auth.only", "an authentication template has nothing but its one-time-password button"), removeButton(at))
		return
	}
	l.label(b, at.field("text"))
	switch b.Type {
	case URLButton:
		l.url(b, at.field("url"))
	case PhoneNumber:
		l.phone(b, at.field("phone_number"))
	case CopyCode:
		l.code(b, at.field("example"))
	case Flow:
		l.flow(b, at)
	case VoiceCall:
		l.call(b, at.field("ttl_minutes"))
	case SingleProduct:
		if h, ok := l.headerBeside(at); !ok || h.Format != HeaderProduct {
			l.add(ruleSPM, at, say("spm.header", "needs a header that shows a product"))
		}
	default:
		if !b.Type.Known() {
			l.unknown(at, string(b.Type), say("component.unknown.button", "this version of the program does not know buttons of kind {{.Kind}}; it is kept as it is", "Kind", shorten(string(b.Type))), removeButton(at))
		}
	}
}

// headerBeside is the header of the message or card that a button is on.
func (l *linter) headerBeside(at Place) (Component, bool) {
	if at.Card < 0 {
		return l.d.find(Header)
	}
	c, _ := l.d.find(Carousel)
	if at.Card >= len(c.Cards) {
		return Component{}, false
	}
	return c.Cards[at.Card].find(Header)
}

func (l *linter) label(b Button, where Place) {
	text := b.Text
	standard := b.Type.StandardLabel()
	useIt := edit(use(standard), func(d *Document) {
		if _, b := d.at(where.slot()); b != nil {
			b.Text = standard
		}
	})
	if fixed := b.Type.FixedLabel(); fixed != "" {
		if text != "" && text != fixed {
			l.add(ruleLabelFixed, where, say("label.fixed", "WhatsApp writes “{{.Text}}” on this button; what stands here is not shown", "Text", fixed),
				edit(say("mend.leave_whatsapp", "Leave it to WhatsApp"), func(d *Document) {
					if _, b := d.at(where.slot()); b != nil {
						b.Text = ""
					}
				}))
		}
		return
	}
	if !b.Type.Known() {
		return
	}
	if blank(text) {
		if standard == "" {
			l.add(ruleLabelEmpty, where, say("label.empty", "has no label"))
		} else {
			l.add(ruleLabelEmpty, where, say("label.empty", "has no label"), useIt)
		}
		return
	}
	if standard != "" && text != standard {
		l.add(ruleLabelFixed, where, say("label.fixed.standard", "Meta's label for this button is “{{.Text}}”", "Text", standard), useIt)
	}
	l.labelText(text, where)
}

// labelText looks at what is written on a button.
func (l *linter) labelText(text string, where Place) {
	l.length(ruleLabelLength, where, text, MaxLabel)
	if ps := Placeholders(text); len(ps) > 0 {
		at := where.at(ps[0].Start, ps[0].End)
		l.add(ruleLabelVariable, at, say("label.variable", "has {{.Placeholder}}; a label takes no placeholders", "Placeholder", braced(ps[0].Name)), cut(removeIt, at, ""))
	} else if i := max(strings.Index(text, "{{"), strings.Index(text, "}}")); i >= 0 {
		at := where.at(i, i+2)
		l.add(ruleLabelVariable, at, say("label.variable.braces", "has two braces in a row; a label takes no placeholders"), cut(removeThem, at, ""))
	}
	l.oneLine(where, text, ruleLabelLines, ruleLabelEmoji, ruleLabelMarkup)
}
