package sending

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// options are the wishes for a sending to many.
type options struct {
	v      *Panel
	object *fyne.Container
	skip   *widget.Check
	span   *widget.Choice
	name   *widget.Field
	byHand bool // a person wrote the name
}

// checkPad is how far a check box stands from its edge.
const checkPad float32 = 6

// skipDays are the spans that one can choose from.
var skipDays = []int{1, 3, 7, 14, 30, 90}

func newOptions(v *Panel) *options {
	o := &options{v: v}
	o.skip = widget.NewCheck(lang.X("sending.skip", "Skip whoever got this in the last"), func(bool) { v.changed() })
	o.skip.Checked = true
	spans := make([]widget.Option, 0, len(skipDays))
	for _, n := range skipDays {
		words := lang.X("sending.days", "{{.N}} days", map[string]any{"N": n})
		if n == 1 {
			words = lang.X("sending.day", "1 day")
		}
		spans = append(spans, widget.Option{Key: strconv.Itoa(n), Label: words})
	}
	o.span = widget.NewChoice("", spans, func(string) { v.changed() })
	o.span.SetChosen("7")
	o.name = widget.NewField(lang.X("sending.name", "Name of this broadcast"), "")
	o.name.OnChanged = func(s string) { o.byHand = s != "" }
	o.object = layout.Column(theme.Space3)
	o.object.Hide()
	return o
}

// show shows what makes sense for the audience.
func (o *options) show() {
	if o.v.who.one {
		return
	}
	o.object.Add(widget.NewLine())
	if o.v.who.segment {
		o.object.Add(widget.NewParagraph(lang.X("sending.segment", "The list is made now and doesn’t grow: who fits the filter later is not added. Numbers, values and opt-outs are looked at again when each message goes."), theme.TypeSmall, theme.Text2, 200))
	}
	o.object.Add(layout.Row(0, layout.Pad(0, 0, 0, -checkPad, o.skip), layout.Gap(), layout.Exactly(112, 0, o.span)))
	o.object.Add(o.name)
	o.object.Show()
}

// offered shows the wishes while there is a template to wish them for.
func (o *options) offered(on bool) { layout.SetVisible(o.object, on && !o.v.who.one) }

// draft names the broadcast: as it was written before, else by the template and the day.
func (o *options) draft(name string) {
	switch {
	case name != "":
		o.name.SetText(name)
	case !o.byHand && o.v.choose.current.ID != 0:
		now := o.v.sh.Now()
		o.name.SetText(o.v.choose.current.Name + ", " + when.Date(now, now))
		o.byHand = false
	}
}

// named is the name when a person wrote it.
func (o *options) named() string {
	if !o.byHand {
		return ""
	}
	return o.name.Text()
}

// days is within how many days the same template is not sent again; 0: it is.
func (o *options) days() int {
	if o.v.who.one || !o.skip.Checked {
		return 0
	}
	n, _ := strconv.Atoi(o.span.Chosen())
	return n
}
