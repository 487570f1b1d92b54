package records

import (
	"context"
	"slices"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// Sender is the person who sends a template.
type Sender struct {
	Name  string
	Phone string
}

// Job is a template with all that fills its slots, save the record.
type Job struct {
	Document   template.Document
	Bindings   []app.Binding
	RecordType string
	PhoneField string // path; "" is the type's own
	Sender     Sender
	Free       map[template.Slot]string // what was asked for; a slot that is not here was not answered
	Samples    bool                     // for a preview: free texts that were not answered show their sample
	Zone       *time.Location           // of the shop
}

// Why says what is wrong with a slot's value.
type Why string

// What may be wrong.
const (
	WhyEmpty    Why = "empty"   // the field is empty on this record
	WhyUnasked  Why = "unasked" // a free text that nobody wrote
	WhyNoSender Why = "sender"  // the sender has no name or phone
	WhyNoPage   Why = "page"    // the record has no page for the customer
	WhyNoField  Why = "field"   // the field does not exist, or none was picked
	WhyUnfit    Why = "unfit"   // a link that does not begin with the button's address
	WhyNoRecord Why = "record"  // the record does not exist any more
)

// Missing is a slot that a record leaves without a value.
type Missing struct {
	Slot template.Slot
	Why  Why
}

// Filled is what one record makes of a template.
type Filled struct {
	ID      string
	Found   bool   // the record exists
	Phone   string // as the record has it; "" when it has none
	Values  map[template.Slot]string
	Missing []Missing // in the order of the document
}

// Value gives the value of a slot, "" when it has none.
func (f Filled) Value(s template.Slot) string { return f.Values[s] }

// Resolve fills a template from records of its type, one answer an id in their order. It reads once a level for all of them. What can't be
// filled is said in Missing; only a source that can't be read is an error.
func Resolve(ctx context.Context, src Source, job Job, ids []string) ([]Filled, error) {
	c, err := src.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	r := resolver{job: job, style: Style{Language: job.Document.Language, Zone: job.Zone}, links: map[string]string{}}
	r.plan(c)
	if r.found, err = Walk(ctx, src, c, job.RecordType, ids, r.paths); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(job.Bindings, func(b app.Binding) bool { return b.Kind == app.BindPortal }) {
		if r.links, err = src.PortalLinks(ctx, job.RecordType, ids); err != nil {
			return nil, err
		}
	}
	out := make([]Filled, 0, len(ids))
	for _, id := range ids {
		out = append(out, r.fill(id))
	}
	return out, nil
}

type resolver struct {
	job    Job
	style  Style
	paths  []Path         // what is read of each record
	fields map[string]end // by path
	found  map[string][][]Value
	links  map[string]string
}

// end is where a path ends.
type end struct {
	at    int // in paths
	field Field
}

// plan collects the paths to read: the title of the record (so that one without any binding is seen to exist), its phone and each field.
func (r *resolver) plan(c Catalog) {
	r.fields = map[string]end{}
	t, _ := c.Type(r.job.RecordType)
	add := func(path string) {
		if _, known := r.fields[path]; known {
			return
		}
		if f, err := c.Check(t.Name, path); err == nil {
			p, _ := ParsePath(path)
			r.fields[path] = end{len(r.paths), f}
			r.paths = append(r.paths, p)
		}
	}
	if r.job.PhoneField == "" {
		r.job.PhoneField = t.Phone
	}
	add(t.Title)
	add(r.job.PhoneField)
	for _, b := range r.job.Bindings {
		if b.Kind == app.BindField {
			add(b.Path)
		}
	}
}

func (r *resolver) fill(id string) Filled {
	values, exists := r.found[id]
	f := Filled{ID: id, Found: exists, Values: make(map[template.Slot]string, len(r.job.Bindings))}
	if e, ok := r.fields[r.job.PhoneField]; ok && exists && len(values[e.at]) > 0 {
		f.Phone = values[e.at][0].Text
	}
	for _, slot := range r.job.Document.Slots() {
		i := slices.IndexFunc(r.job.Bindings, func(b app.Binding) bool { return b.Slot == slot })
		b := app.Binding{Slot: slot, Kind: app.BindFree, Sample: r.job.Document.SampleOf(slot)}
		if i >= 0 {
			b = r.job.Bindings[i]
		}
		text, why := r.value(b, id)
		text = OneLine(text)
		if prefix, isLink := addressOf(r.job.Document, slot); isLink && text != "" {
			if text, isLink = suffix(prefix, text); !isLink {
				text, why = "", WhyUnfit
			}
		}
		if text == "" {
			f.Missing = append(f.Missing, Missing{slot, why})
			continue
		}
		f.Values[slot] = text
	}
	return f
}

// value gives a binding's text and, in case it turns out to be empty, why.
func (r *resolver) value(b app.Binding, id string) (string, Why) {
	switch b.Kind {
	case app.BindField:
		e, ok := r.fields[b.Path]
		if !ok {
			return "", WhyNoField
		}
		values, ok := r.found[id]
		if !ok {
			return "", WhyNoRecord
		}
		if isCoordinate(b.Slot) && len(values[e.at]) > 0 && values[e.at][0].Kind == KindNumber {
			return values[e.at][0].Number, WhyEmpty
		}
		return r.style.WriteAll(e.field, values[e.at], b.Format), WhyEmpty
	case app.BindUserName:
		return r.job.Sender.Name, WhyNoSender
	case app.BindUserPhone:
		return r.job.Sender.Phone, WhyNoSender
	case app.BindPortal:
		return r.links[id], WhyNoPage
	}
	text, answered := r.job.Free[b.Slot]
	if !answered && r.job.Samples {
		text = b.Sample
	}
	return text, WhyUnasked
}

// isCoordinate tells whether Meta reads a slot as a number, so that it must not be written as people of some language do.
func isCoordinate(s template.Slot) bool {
	return s.Part == template.PartHeader && (s.Name == "latitude" || s.Name == "longitude")
}

// addressOf gives the fixed part of the address that a slot completes, and whether the slot is in an address at all.
func addressOf(d template.Document, s template.Slot) (string, bool) {
	var buttons []template.Button
	switch s.Part {
	case template.PartButton:
		if c := d.Component(template.Buttons); c != nil {
			buttons = c.Buttons
		}
	case template.PartCardButton:
		if c := d.Component(template.Carousel); c != nil && s.Card < len(c.Cards) {
			if k := c.Cards[s.Card].Component(template.Buttons); k != nil {
				buttons = k.Buttons
			}
		}
	}
	if s.Button < 0 || s.Button >= len(buttons) || buttons[s.Button].Type != template.URLButton {
		return "", false
	}
	prefix, _, dynamic := strings.Cut(buttons[s.Button].URL, "{{")
	return prefix, dynamic
}

// suffix gives what must be put behind the fixed part of an address: of a whole address the rest behind it, false when it begins otherwise; a
// plain value (an order's number) is spelled so that it may stand in an address.
func suffix(prefix, value string) (string, bool) {
	if rest, ok := strings.CutPrefix(value, prefix); ok && prefix != "" {
		return rest, true
	}
	if strings.Contains(value, "://") {
		return "", false
	}
	const plain = "-._~:/?#[]@!$&'()*+,;=%"
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(value) {
		c := value[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String(), true
}

// Live gives what stands at each of some paths of one record, for a picker that shows values beside fields. Files show their name.
func Live(ctx context.Context, src Source, ref Ref, paths []Path, s Style) ([]string, error) {
	c, err := src.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	found, err := Walk(ctx, src, c, ref.Type, []string{ref.ID}, paths)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(paths))
	if values, ok := found[ref.ID]; ok {
		for i, p := range paths {
			f, _ := c.Follow(ref.Type, p)
			out[i] = s.WriteAll(f, values[i], "")
		}
	}
	return out, nil
}
