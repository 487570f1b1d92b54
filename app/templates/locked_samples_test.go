package templates_test

import (
	"testing"

	"shopbell/app"
	"shopbell/meta/template"
)

// Samples may be written at any time; Meta's text stays as it is until it is taken back to be edited, and then has them.
func TestSamplesOfALockedTemplate(t *testing.T) {
	w := newWorld(t)
	a := w.approved("Order ready")
	w.sync()
	a = w.get(a.ID)
	slot := a.Bindings[0].Slot
	before := a.Document.SampleOf(slot)
	mine := a
	mine.Document = a.Document.Clone()
	mine.Bindings = append([]app.Binding{}, a.Bindings...)
	mine.Bindings[0].Sample = "Ana María"
	mine.Document.SetSample(slot, "Ana María") // as the editor has it
	a = w.ok(w.svc.Save(bg, boss, mine))
	if a.Status() != app.TemplateApproved || a.Edited() || a.Document.SampleOf(slot) != before || a.Bindings[0].Sample != "Ana María" {
		t.Fatalf("%s, edited %v, the text has %q, the binding %q", a.Status(), a.Edited(), a.Document.SampleOf(slot), a.Bindings[0].Sample)
	}
	if n := w.sync(); n.Conflicts != 0 || n.Updated != 0 {
		t.Errorf("a sync after it: %+v", n)
	}
	if a = w.get(a.ID); a.Bindings[0].Sample != "Ana María" {
		t.Errorf("the sync took %q", a.Bindings[0].Sample)
	}
	worse := a
	worse.Document = a.Document.Clone()
	worse.Document.Ensure(template.Body).Text += " Bye."
	if _, err := w.svc.Save(bg, boss, worse); app.ErrorCode(err) != app.CodeInvalid {
		t.Errorf("the text of an approved template was changed: %v", err)
	}
	if c := w.ok(w.svc.Copy(bg, boss, a.ID)); c.Document.SampleOf(slot) != "Ana María" {
		t.Errorf("the copy has %q", c.Document.SampleOf(slot))
	}
	if d := w.ok(w.svc.ResetToDraft(bg, boss, a.ID)); d.Document.SampleOf(slot) != "Ana María" {
		t.Errorf("the draft has %q", d.Document.SampleOf(slot))
	}
}
