package templates

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// buttonList is the buttons of the template (card -1) or of one card: each with the fields of its type, in an order that can be changed.
type buttonList struct {
	e      *editor
	card   int
	object *fyne.Container
	order  *widget.Reorder
	add    *widget.Button
	why    *widget.Paragraph // which kinds cannot be added now, and why
	rows   []*buttonRow
	shape  string // types in their order: the rows are made anew when it changes
	quiet  bool
}

func newButtonList(e *editor, card int) *buttonList {
	l := &buttonList{e: e, card: card}
	l.order = widget.NewReorder(theme.Space2, func(from, to int) {
		l.shape = ""
		e.moving(func(t *app.Template) renames { return moveButton(&t.Document, card, from, to) })
	})
	l.add = widget.NewButton(widget.Plain, lang.X("buttons.add", "Add a button"), "plus", l.offer).WithArrow("down").Sized(widget.Small)
	l.why = widget.NewParagraph("", theme.TypeCaption, theme.Text2, 120)
	l.object = layout.Column(theme.Space3, l.order, layout.Row(theme.Space3, l.add, layout.Grow(l.why)))
	return l
}

func (l *buttonList) buttons(t app.Template) []template.Button {
	if c := buttonsAt(&t.Document, l.card, false); c != nil {
		return c.Buttons
	}
	return nil
}

func shapeOf(buttons []template.Button) string {
	var b strings.Builder
	for _, x := range buttons {
		b.WriteString(string(x.Type) + " " + string(x.OTPType) + strconv.Itoa(len(x.SupportedApps)) + ";")
	}
	return b.String()
}

// show draws the buttons. While only their words change, the rows stay, and with them the cursor.
func (l *buttonList) show(t app.Template) {
	buttons := l.buttons(t)
	locked, _ := l.e.locked()
	if shape := shapeOf(buttons); shape != l.shape || len(l.rows) != len(buttons) {
		l.shape = shape
		l.rows = l.rows[:0]
		var objects []fyne.CanvasObject
		for i := range buttons {
			r := newButtonRow(l, i, buttons[i])
			l.rows = append(l.rows, r)
			objects = append(objects, r.object)
		}
		l.order.SetRows(objects...)
		l.object.Refresh()
	}
	l.quiet = true
	for i, r := range l.rows {
		r.index = i
		r.show(buttons[i], locked)
	}
	l.quiet = false
	able(l.add, !locked && len(buttons) < l.most() && kindOf(t.Document) != authDoc)
	l.why.SetText(l.full(t, len(buttons)))
}

func (l *buttonList) most() int {
	if l.card >= 0 {
		return template.MaxCardButtons
	}
	return template.MaxButtons
}

func (l *buttonList) full(t app.Template, n int) string {
	switch {
	case kindOf(t.Document) == authDoc:
		return lang.X("buttons.auth", "A template for codes has one button, which hands over the code.")
	case n >= l.most():
		return lang.X("buttons.full", "There are {{.N}} buttons, as many as Meta allows.", map[string]any{"N": n})
	case n > 3 && l.card < 0:
		return lang.X("buttons.folded", "With more than three, WhatsApp shows the first two and “See all options”; on computers it shows none.")
	}
	return ""
}

// change alters one button.
func (l *buttonList) change(i int, key string, do func(b *template.Button)) {
	if l.quiet {
		return
	}
	l.e.change(key, func(t *app.Template) {
		if c := buttonsAt(&t.Document, l.card, false); c != nil && i < len(c.Buttons) {
			do(&c.Buttons[i])
		}
	})
}

func (l *buttonList) remove(i int) {
	l.shape = ""
	l.e.moving(func(t *app.Template) renames { return removeButton(&t.Document, l.card, i) })
}

// offer opens the menu of the kinds of button; what Meta would refuse is there too, and says why.
func (l *buttonList) offer() {
	e := l.e
	if e.m == nil {
		return
	}
	t := e.m.now
	var items []*fyne.MenuItem
	for _, k := range template.ButtonTypes {
		if k == template.OTP || l.card >= 0 && k != template.QuickReply && k != template.URLButton && k != template.PhoneNumber {
			continue
		}
		words := buttonKind(k)
		why := refusedKind(t.Document, l.buttons(t), l.card, k)
		if why != "" {
			words += "  ·  " + why
		}
		item := fyne.NewMenuItem(words, func() { l.insert(k) })
		item.Disabled = why != ""
		items = append(items, item)
	}
	at := e.v.sh.App.Driver().AbsolutePositionForObject(l.add).AddXY(0, l.add.Size().Height+4)
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), e.v.sh.Window.Canvas(), at)
}

// insert adds a button where Meta would take it: quick replies stay together.
func (l *buttonList) insert(k template.ButtonType) {
	l.shape = ""
	at := 0
	l.e.moving(func(t *app.Template) renames {
		c := buttonsAt(&t.Document, l.card, true)
		b := template.Button{Type: k, Text: k.StandardLabel()}
		c.Buttons = append(c.Buttons, b)
		last := len(c.Buttons) - 1
		at = placeFor(c.Buttons[:last], k)
		if at == last {
			return nil
		}
		return moveButton(&t.Document, l.card, last, at)
	})
	if at < len(l.rows) {
		l.rows[at].focus()
		l.e.reveal(l.rows[at].object)
	}
}

// placeFor is where a new button goes so that quick replies stay together (Meta: Templates › Buttons, order).
func placeFor(buttons []template.Button, k template.ButtonType) int {
	n := len(buttons)
	if k == template.QuickReply {
		last := -1
		for i, b := range buttons {
			if b.Type == template.QuickReply {
				last = i
			}
		}
		if last >= 0 {
			return last + 1
		}
		return n
	}
	if n > 0 && buttons[n-1].Type == template.QuickReply && buttons[0].Type != template.QuickReply {
		first := slices.IndexFunc(buttons, func(b template.Button) bool { return b.Type == template.QuickReply })
		return first
	}
	return n
}

// refusedKind says why Meta would refuse another button of a kind; "" where it would not.
func refusedKind(d template.Document, have []template.Button, card int, k template.ButtonType) string {
	n := 0
	for _, b := range have {
		if b.Type == k {
			n++
		}
	}
	marketing := d.Category == template.Marketing
	switch {
	case k == template.URLButton && n >= template.MaxURLButtons:
		return lang.X("buttons.two_urls", "two links at most")
	case k != template.QuickReply && k != template.URLButton && n > 0:
		return lang.X("buttons.only_one", "only one")
	case k == template.CopyCode && !marketing:
		return lang.X("buttons.marketing_only", "in marketing templates only")
	case k == template.SingleProduct && (d.Component(template.Header) == nil || d.Component(template.Header).Format != template.HeaderProduct):
		return lang.X("buttons.product_header", "needs a product header")
	case (k == template.Catalog || k == template.MultiProduct) && len(have) > 0 && card < 0:
		return lang.X("buttons.alone", "stands alone")
	case slices.ContainsFunc(have, func(b template.Button) bool {
		return b.Type == template.Catalog || b.Type == template.MultiProduct
	}):
		return lang.X("buttons.catalog_alone", "a catalog button stands alone")
	}
	return ""
}

// buttonKind names a kind of button.
func buttonKind(k template.ButtonType) string {
	switch k {
	case template.QuickReply:
		return lang.X("button.quick_reply", "Quick reply")
	case template.URLButton:
		return lang.X("button.url", "Visit website")
	case template.PhoneNumber:
		return lang.X("button.phone", "Call number")
	case template.CopyCode:
		return lang.X("button.copy_code", "Copy code")
	case template.OTP:
		return lang.X("button.otp", "Sign-in code")
	case template.Flow:
		return lang.X("button.flow", "Form (flow)")
	case template.Catalog:
		return lang.X("button.catalog", "Catalog")
	case template.MultiProduct:
		return lang.X("button.mpm", "Several products")
	case template.SingleProduct:
		return lang.X("button.spm", "One product")
	case template.VoiceCall:
		return lang.X("button.voice", "Call on WhatsApp")
	case template.RequestContactInfo:
		return lang.X("button.contact", "Ask for contact details")
	case template.OrderDetails:
		return lang.X("button.order", "Order details")
	case template.AppButton:
		return lang.X("button.app", "Open an app")
	}
	return string(k)
}

// counter is how long a text is of what it may be.
func counter(s string, most int) string {
	return strconv.Itoa(utf8.RuneCountInString(s)) + " / " + strconv.Itoa(most)
}
