package templates

import (
	"bytes"
	"reflect"
	"slices"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// model is a template while it is edited: what it is now, what it was before each step, and what of it is not kept yet. It knows no window.
// Every change makes a new value, so that an older one can be drawn, linted or saved elsewhere while the next is made.
type model struct {
	now  app.Template
	kept app.Template // as the store has it

	undo, redo []step
	open       string    // the kind of change that the newest step gathers
	since      time.Time // when its last change was made
	version    int       // grows with every change
}

// step is what undo goes back to.
type step struct {
	was app.Template
	key string
}

// How long typing may rest and still be one step, and how many steps are kept.
const (
	stepPause = 1200 * time.Millisecond
	stepsKept = 200
)

func newModel(t app.Template) *model {
	t.Document = t.Document.Clone()
	t = settled(t)
	return &model{now: t, kept: t}
}

// dirty tells whether something is not kept yet.
func (m *model) dirty() bool { return !sameTemplate(m.now, m.kept) }

// change makes a change. Changes with the same key in quick succession are one step; an empty key is always a step of its own.
func (m *model) change(key string, at time.Time, do func(t *app.Template)) bool {
	return m.moving(key, at, func(t *app.Template) renames {
		do(t)
		return nil
	})
}

// renames says which slot became which.
type renames = map[template.Slot]template.Slot

// moving is change for what gives slots other keys: bindings follow theirs.
func (m *model) moving(key string, at time.Time, do func(t *app.Template) renames) bool {
	next := m.now
	next.Document = m.now.Document.Clone()
	next.Bindings = slices.Clone(m.now.Bindings)
	next.Parked = slices.Clone(m.now.Parked)
	next.Staff = slices.Clone(m.now.Staff)
	next.Files = slices.Clone(m.now.Files)
	if renamed := do(&next); len(renamed) > 0 {
		kept := template.Reconcile(m.now.Document.Slots(), next.Document.Slots(), renamed).Kept
		next.Bindings = slices.DeleteFunc(next.Bindings, func(b app.Binding) bool { return kept[b.Slot] == (template.Slot{}) })
		for i := range next.Bindings {
			next.Bindings[i].Slot = kept[next.Bindings[i].Slot]
		}
	}
	next = settled(next)
	if sameTemplate(next, m.now) {
		return false
	}
	if key == "" || key != m.open || at.Sub(m.since) > stepPause || len(m.undo) == 0 {
		m.undo = append(m.undo, step{m.now, key})
		if len(m.undo) > stepsKept {
			m.undo = slices.Delete(m.undo, 0, len(m.undo)-stepsKept)
		}
	}
	m.open, m.since, m.redo = key, at, nil
	m.now = next
	m.version++
	return true
}

// settled gives every place that takes a value its binding, puts away those whose place has gone, and writes their samples into the document,
// where the lint and Meta's reviewers look for them. It changes the document in place.
func settled(t app.Template) app.Template {
	t.Bindings, t.Parked = app.MergeBindings(t.Document, t.Bindings, t.Parked)
	for _, b := range t.Bindings {
		if t.Document.SampleOf(b.Slot) != b.Sample {
			t.Document.SetSample(b.Slot, b.Sample)
		}
	}
	prune(t.Document.Components)
	return t
}

// prune drops the samples of placeholders that are gone; their bindings are parked with them.
func prune(components []template.Component) {
	for i := range components {
		c := &components[i]
		if len(c.Samples) > 0 && c.Text != "" {
			names := template.Names(c.Text)
			c.Samples = slices.DeleteFunc(c.Samples, func(s template.Sample) bool { return s.Value == "" || !slices.Contains(names, s.Placeholder) })
		}
		for k := range c.Cards {
			prune(c.Cards[k].Components)
		}
	}
}

// binding is that of a place.
func (m *model) binding(s template.Slot) (app.Binding, bool) {
	i := slices.IndexFunc(m.now.Bindings, func(b app.Binding) bool { return b.Slot == s })
	if i < 0 {
		return app.Binding{}, false
	}
	return m.now.Bindings[i], true
}

// bind changes the binding of a place.
func (m *model) bind(s template.Slot, key string, at time.Time, do func(b *app.Binding)) bool {
	return m.change(key, at, func(t *app.Template) {
		for i := range t.Bindings {
			if t.Bindings[i].Slot == s {
				do(&t.Bindings[i])
			}
		}
	})
}

// mend applies a mend of the lint.
func (m *model) mend(at time.Time, apply func(template.Document) (template.Document, renames)) bool {
	return m.moving("", at, func(t *app.Template) renames {
		d, renamed := apply(t.Document)
		slots := d.Slots()
		t.Document = d.Clone()
		back := map[template.Slot]template.Slot{}
		for from, to := range renamed {
			back[to] = from
		}
		for _, s := range slots { // a mend may write samples, which are the bindings' here
			was := s
			if from, ok := back[s]; ok {
				was = from
			}
			if sample := d.SampleOf(s); sample != "" && sample != m.now.Document.SampleOf(was) {
				t.Bindings, t.Parked = withSample(t.Bindings, was, sample), withSample(t.Parked, was, sample)
			}
		}
		return renamed
	})
}

func withSample(list []app.Binding, s template.Slot, sample string) []app.Binding {
	for i := range list {
		if list[i].Slot == s {
			list[i].Sample = sample
		}
	}
	return list
}

// back undoes the newest step, forth does it again. They tell whether there was one.
func (m *model) back() bool {
	if len(m.undo) == 0 {
		return false
	}
	last := m.undo[len(m.undo)-1]
	m.undo = m.undo[:len(m.undo)-1]
	m.redo = append(m.redo, step{m.now, last.key})
	m.turn(last.was)
	return true
}

func (m *model) forth() bool {
	if len(m.redo) == 0 {
		return false
	}
	last := m.redo[len(m.redo)-1]
	m.redo = m.redo[:len(m.redo)-1]
	m.undo = append(m.undo, step{m.now, last.key})
	m.turn(last.was)
	return true
}

// turn goes to another value of what is edited; what only the store says of the template stays as it is.
func (m *model) turn(to app.Template) {
	name := m.now.Document.Name // the store's business
	m.now = withEdits(m.now, to)
	m.now.Document.Name = name
	m.open = ""
	m.version++
}

// pause ends the step that gathers, as leaving a field does.
func (m *model) pause() { m.open = "" }

// saved takes what the store made of a version that was handed to it. What was written meanwhile stays, on top of the new revision; what the store
// itself changed, such as the technical name that follows the name, is taken over.
func (m *model) saved(handed app.Template, version int, t app.Template) {
	t.Document = t.Document.Clone()
	t = settled(t)
	m.kept = t
	if version == m.version {
		m.now = t
		return
	}
	edits := m.now
	if edits.Document.Name == handed.Document.Name {
		edits.Document.Name = t.Document.Name
	}
	if slices.Equal(edits.Files, handed.Files) {
		edits.Files = t.Files
	}
	m.now = withEdits(t, edits)
}

// stands takes what Meta says of the template now; what is written stays.
func (m *model) stands(t app.Template) {
	clean := !m.dirty()
	t.Document = t.Document.Clone()
	t = settled(t)
	m.kept = t
	if clean {
		m.now = t
	} else {
		m.now = withEdits(t, m.now)
	}
}

// rebase puts what is written here on top of what was saved elsewhere.
func (m *model) rebase(theirs app.Template) {
	theirs.Document = theirs.Document.Clone()
	m.kept = settled(theirs)
	m.now = withEdits(m.kept, m.now)
	m.version++
}

// came takes the template as the store has it now, when nothing of ours is on top of it.
func (m *model) came(t app.Template) {
	t.Document = t.Document.Clone()
	t = settled(t)
	m.kept, m.now = t, t
	m.undo, m.redo, m.open = nil, nil, ""
	m.version++
}

// withEdits is a template with what people wrote taken from another value of it.
func withEdits(base, edits app.Template) app.Template {
	base.Name, base.AccountID, base.Document = edits.Name, edits.AccountID, edits.Document
	base.RecordType, base.PhoneField, base.Staff = edits.RecordType, edits.PhoneField, edits.Staff
	base.Bindings, base.Parked, base.Files = edits.Bindings, edits.Parked, edits.Files
	return base
}

// sameTemplate tells whether people wrote the same in both.
func sameTemplate(a, b app.Template) bool {
	if a.Name != b.Name || a.AccountID != b.AccountID || a.RecordType != b.RecordType || a.PhoneField != b.PhoneField ||
		!slices.Equal(a.Staff, b.Staff) || !slices.Equal(a.Bindings, b.Bindings) || !slices.Equal(a.Files, b.Files) {
		return false
	}
	return sameDocument(a.Document, b.Document)
}

// sameDocument compares documents as they are written: a list that is empty and one that is not there are the same.
func sameDocument(a, b template.Document) bool {
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, errX := a.MarshalJSON()
	y, errY := b.MarshalJSON()
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
