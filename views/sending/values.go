package sending

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// values asks for the texts that nothing else fills in.
type values struct {
	v      *Panel
	object *fyne.Container
	asked  []*asked
	texts  map[template.Slot]string // as written
	doc    template.Document
}

// asked is one text.
type asked struct {
	slot  template.Slot
	label string
	most  int // characters; 0: no limit that we know
	field *widget.Field
}

func newValues(v *Panel) *values {
	a := &values{v: v, texts: map[template.Slot]string{}, object: layout.Column(theme.Space3)}
	a.object.Hide()
	return a
}

// ask shows a field for each text of a template that is asked for, with what was written before.
func (a *values) ask(t app.Template, written map[template.Slot]string) {
	a.doc = documentOf(t)
	a.asked, a.texts, a.object.Objects = nil, map[template.Slot]string{}, nil
	bindings, _ := app.MergeBindings(a.doc, t.Bindings, t.Parked)
	for _, b := range bindings {
		if b.Kind != app.BindFree || b.Slot.Name == "" {
			continue
		}
		a.add(b, written[b.Slot])
	}
	layout.SetVisible(a.object, len(a.asked) > 0)
	a.object.Refresh()
}

func (a *values) add(b app.Binding, text string) {
	f := &asked{slot: b.Slot, label: slotLabel(a.doc, b.Slot), most: room(a.doc, b.Slot)}
	hint := ""
	if b.Sample != "" && b.Slot.Name != template.SlotExpiration {
		hint = lang.X("sending.such_as", "such as {{.Sample}}", map[string]any{"Sample": b.Sample})
	}
	if b.Slot.Name == template.SlotExpiration {
		hint = "2026-12-24 18:00"
	}
	f.field = widget.NewField(f.label, hint)
	if text != "" {
		f.field.SetText(text)
		a.texts[b.Slot] = text
	}
	f.field.OnChanged = func(s string) {
		if s == "" {
			delete(a.texts, f.slot)
		} else {
			a.texts[f.slot] = s
		}
		a.judge(f)
		a.v.changed()
	}
	a.judge(f)
	a.asked = append(a.asked, f)
	a.object.Add(f.field)
}

// judge says at once what Meta would refuse (132018), and how much room is left.
func (a *values) judge(f *asked) {
	text := a.texts[f.slot]
	n := utf8.RuneCountInString(text)
	f.field.SetWrong(a.wrong(f, text))
	switch {
	case f.most > 0 && n > 0:
		f.field.SetHelp(lang.X("sending.count", "{{.N}} of {{.Most}} characters", map[string]any{"N": n, "Most": f.most}), widget.Quiet)
	case f.slot.Name == template.SlotExpiration:
		f.field.SetHelp(lang.X("sending.expires_help", "When the offer ends: day and time"), widget.Quiet)
	default:
		f.field.SetHelp("", widget.Quiet)
	}
}

// wrong tells what is wrong with a text, "" when nothing is. That it is still missing is no fault yet.
func (a *values) wrong(f *asked, text string) string {
	if text == "" {
		return ""
	}
	if f.slot.Name == template.SlotExpiration {
		if _, ok := a.v.moment(text); !ok {
			return lang.X("sending.expires_wrong", "Write it like 2026-12-24 18:00, in the future")
		}
		return ""
	}
	if f.slot.Part == template.PartHeader && (f.slot.Name == "latitude" || f.slot.Name == "longitude") {
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return lang.X("sending.not_number", "This must be a number such as 40.4168")
		}
	}
	if err := template.CheckValue(f.slot, text); err != nil {
		return refusal(err)
	}
	if n := utf8.RuneCountInString(text); f.most > 0 && n > f.most {
		return lang.X("sending.too_long", "{{.N}} characters too many", map[string]any{"N": n - f.most})
	}
	return ""
}

// sent are the texts as they go out.
func (a *values) sent() map[template.Slot]string {
	out := maps.Clone(a.texts)
	for slot, text := range out {
		if slot.Name == template.SlotExpiration {
			at, ok := a.v.moment(text)
			if !ok {
				delete(out, slot)
				continue
			}
			out[slot] = strconv.FormatInt(at.UnixMilli(), 10)
		}
	}
	return out
}

// written tells whether a person wrote something.
func (a *values) written() bool { return len(a.texts) > 0 }

// first gives the first field that is empty or wrong; nil when all is well.
func (a *values) first() *asked {
	i := slices.IndexFunc(a.asked, func(f *asked) bool { return strings.TrimSpace(a.texts[f.slot]) == "" || f.field.Wrong() != "" })
	if i < 0 {
		return nil
	}
	return a.asked[i]
}

// moment reads a day and a time that a person wrote, in the shop's zone.
func (v *Panel) moment(text string) (time.Time, bool) {
	now := v.sh.Now()
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04"} {
		if at, err := time.ParseInLocation(layout, strings.TrimSpace(text), now.Location()); err == nil && at.After(now) {
			return at, true
		}
	}
	return time.Time{}, false
}

// room is how many characters a text may have: what its part may hold beside the words around it (Meta: Templates, components).
func room(d template.Document, s template.Slot) int {
	switch s.Part {
	case template.PartHeader:
		if c := d.Component(template.Header); c != nil && c.Format == template.HeaderText {
			return left(c.Text, 60)
		}
	case template.PartBody:
		if c := d.Component(template.Body); c != nil && c.Text != "" {
			return left(c.Text, 1024)
		}
	case template.PartButton, template.PartCardButton:
		if s.Name == template.SlotCode {
			return 20
		}
		return 2000
	}
	return 0
}

func left(text string, most int) int {
	words := utf8.RuneCountInString(text)
	for _, name := range template.Names(text) {
		words -= strings.Count(text, "{{"+name+"}}") * (len(name) + 4)
	}
	return max(1, most-words)
}

// slotLabel names a place of a template as a person finds it there: by the words before it.
func slotLabel(d template.Document, s template.Slot) string {
	what := "{{" + s.Name + "}}"
	switch s.Part {
	case template.PartHeader, template.PartCardHeader:
		switch s.Name {
		case "name":
			return lang.X("sending.place_name", "Name of the place")
		case "address":
			return lang.X("sending.place_address", "Address of the place")
		case "latitude":
			return lang.X("sending.place_latitude", "Latitude")
		case "longitude":
			return lang.X("sending.place_longitude", "Longitude")
		}
		return lang.X("sending.in_header", "{{.What}} in the heading", map[string]any{"What": what})
	case template.PartOffer:
		return lang.X("sending.expires", "The offer ends")
	case template.PartButton, template.PartCardButton:
		label := buttonLabel(d, s)
		if s.Name == template.SlotCode {
			return lang.X("sending.code", "Code that “{{.Label}}” copies", map[string]any{"Label": label})
		}
		return lang.X("sending.address", "End of the address behind “{{.Label}}”", map[string]any{"Label": label})
	case template.PartCardBody:
		return lang.X("sending.in_card", "{{.What}} on card {{.N}}", map[string]any{"What": what, "N": s.Card + 1})
	}
	if c := d.Component(template.Body); c != nil {
		if before := wordsBefore(c.Text, what); before != "" {
			return fmt.Sprintf("… %s %s", before, what)
		}
	}
	return lang.X("sending.in_text", "{{.What}} in the text", map[string]any{"What": what})
}

// wordsBefore gives up to four words that stand before a placeholder on its line.
func wordsBefore(text, what string) string {
	i := strings.Index(text, what)
	if i < 0 {
		return ""
	}
	line := text[:i]
	line = line[strings.LastIndexByte(line, '\n')+1:]
	if j := strings.LastIndex(line, "}}"); j >= 0 {
		line = line[j+2:]
	}
	line = strings.TrimLeft(strings.NewReplacer("*", "", "_", "", "~", "", "`", "").Replace(line), " ,.;:!?)")
	words := strings.Fields(line)
	return strings.Join(words[max(0, len(words)-4):], " ")
}

func buttonLabel(d template.Document, s template.Slot) string {
	if s.Part == template.PartCardButton {
		if c := d.Component(template.Carousel); c != nil && s.Card < len(c.Cards) {
			if k := c.Cards[s.Card].Component(template.Buttons); k != nil && s.Button < len(k.Buttons) {
				return k.Buttons[s.Button].Text
			}
		}
		return ""
	}
	if c := d.Component(template.Buttons); c != nil && s.Button >= 0 && s.Button < len(c.Buttons) {
		return c.Buttons[s.Button].Text
	}
	return ""
}
