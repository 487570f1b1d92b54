package templates_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shopbell/app"
	"shopbell/app/templates"
	"shopbell/meta/template"
)

func TestTheTechnicalNameFollowsUntilItIsSubmitted(t *testing.T) {
	w := newWorld(t)
	d := w.draft("Đơn hàng “sẵn sàng”, Straße 5")
	if d.Document.Name != "don_hang_san_sang_strase_5" {
		t.Errorf("%q", d.Document.Name)
	}
	rename := func(name string) app.Template {
		d.Name = name
		d = w.ok(w.svc.Save(bg, boss, d))
		return d
	}
	if rename("Order ready").Document.Name != "order_ready" {
		t.Errorf("%q", d.Document.Name)
	}
	other := w.draft("Order ready")
	if other.Document.Name != "order_ready_2" {
		t.Errorf("a second one: %q", other.Document.Name)
	}
	vi := w.ok(w.svc.AddLanguage(bg, boss, d.ID, "vi"))
	if _, err := w.svc.AddLanguage(bg, boss, d.ID, "vi"); !errors.Is(err, app.ErrConflict) {
		t.Error(err)
	}
	if _, err := w.svc.AddLanguage(bg, boss, d.ID, "klingon"); app.ErrorCode(err) != app.CodeInvalid {
		t.Error(err)
	}
	if rename("Order is ready").Document.Name != "order_ready" {
		t.Errorf("the translation was left behind: %q", d.Document.Name)
	}
	group, err := w.svc.Group(bg, boss, vi.ID)
	must(t, err)
	if len(group) != 2 || group[1].Language != "vi" || vi.Bindings[0].Path != "name" {
		t.Errorf("%+v", group)
	}
	must(t, w.svc.Delete(bg, boss, vi.ID, false))
	w.submit(d.ID)
	d = w.get(d.ID)
	d.Name = "Something else"
	if d = w.ok(w.svc.Save(bg, boss, d)); d.Document.Name != "order_ready" || d.Name != "Something else" {
		t.Errorf("renamed at Meta: %q", d.Document.Name)
	}
	for in, want := range map[string]string{"": "template", "!!!": "template", "Ärger & Co.": "arger_co", "你好": "template", strings.Repeat("ab ", 400): ""} {
		got := templates.Slug(in)
		if want != "" && got != want || len(got) > template.MaxName || strings.Contains(got, "__") {
			t.Errorf("%q gives %q", in, got)
		}
	}
}

func TestTwoPeopleSaveAtOnce(t *testing.T) {
	w := newWorld(t)
	d := w.draft("Both")
	mine, theirs := withText(d, "Hello {{1}}, mine."), withText(d, "Hello {{1}}, theirs.")
	w.ok(w.svc.Save(bg, boss, theirs))
	_, err := w.svc.Save(bg, boss, mine)
	var c *templates.Collision
	if !errors.As(err, &c) || !errors.Is(err, app.ErrConflict) || body(c.Mine.Document) != "Hello {{1}}, mine." || body(c.Theirs.Document) != "Hello {{1}}, theirs." {
		t.Fatalf("%v", err)
	}
	mine.Revision = c.Theirs.Revision
	if got := w.ok(w.svc.Save(bg, boss, mine)); body(got.Document) != "Hello {{1}}, mine." {
		t.Errorf("%+v", got)
	}
}

func TestCopiesAndVersions(t *testing.T) {
	w := newWorld(t)
	a := w.approved("Original")
	c := w.ok(w.svc.Copy(bg, boss, a.ID))
	if c.Name != "Original (copy)" || c.Document.Name != "original_copy" || c.MetaID != "" || c.Status() != app.TemplateDraft || c.Bindings[0].Path != "name" {
		t.Errorf("%+v", c)
	}
	if c = w.ok(w.svc.Copy(bg, boss, a.ID)); c.Document.Name != "original_copy_2" {
		t.Errorf("%q", c.Document.Name)
	}
	first := body(c.Document)
	w.edit(c.ID, "Hello {{1}}, something else {{9}}.")
	versions, err := w.svc.Versions(bg, boss, c.ID)
	must(t, err)
	c = w.ok(w.svc.Restore(bg, boss, c.ID, versions[len(versions)-1].ID))
	if body(c.Document) != first || c.Bindings[0].Path != "name" || len(c.Bindings) != 2 {
		t.Errorf("%+v", c)
	}
	if versions, err = w.svc.Versions(bg, boss, c.ID); err != nil || len(versions) != 3 || body(versions[1].Document) != "Hello {{1}}, something else {{9}}." {
		t.Errorf("%v, %d versions", err, len(versions))
	}
	// Another account knows nothing of Meta's version in this one.
	a = w.get(a.ID)
	other, err := w.store.SaveAccount(bg, app.Account{Name: "Second", WABAID: "222", PhoneNumberID: "333"})
	must(t, err)
	a.AccountID = other.ID
	if a = w.ok(w.svc.Save(bg, boss, a)); a.MetaID != "" || a.Status() != app.TemplateDraft || a.Quality != "" {
		t.Errorf("%+v", a.Standing)
	}
}

func TestStaffSeeWhatTheyMayUse(t *testing.T) {
	w := newWorld(t)
	a, b := w.draft("For Bo"), w.draft("For others")
	a.Staff, b.Staff = []app.ID{hand.ID}, []app.ID{77}
	w.ok(w.svc.Save(bg, boss, a))
	w.ok(w.svc.Save(bg, boss, b))
	rows, err := w.svc.List(bg, hand, app.TemplateFilter{})
	must(t, err)
	if len(rows) != 1 || rows[0].ID != a.ID {
		t.Errorf("%+v", rows)
	}
	if _, err := w.svc.Get(bg, hand, b.ID); app.ErrorCode(err) != app.CodeForbidden {
		t.Error(err)
	}
	for name, do := range map[string]func() error{
		"create":  func() error { _, err := w.svc.Create(bg, hand, templates.Start{AccountID: w.account.ID}); return err },
		"save":    func() error { _, err := w.svc.Save(bg, hand, w.get(a.ID)); return err },
		"copy":    func() error { _, err := w.svc.Copy(bg, hand, a.ID); return err },
		"reset":   func() error { _, err := w.svc.ResetToDraft(bg, hand, a.ID); return err },
		"sync":    func() error { _, err := w.svc.SyncOne(bg, hand, a.ID); return err },
		"archive": func() error { _, err := w.svc.Archive(bg, hand, a.ID, true); return err },
	} {
		if app.ErrorCode(do()) != app.CodeForbidden {
			t.Errorf("staff may %s", name)
		}
	}
	w.ok(w.svc.Archive(bg, boss, a.ID, true))
	if rows, _ = w.svc.List(bg, hand, app.TemplateFilter{}); len(rows) != 0 {
		t.Errorf("%+v", rows)
	}
}

// However the text is edited, saved and saved again, a binding stays as long as its placeholder does, and comes back with it.
func TestTextEditsLoseNoBinding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := template.Document{Name: "x", Language: "en", Category: template.Utility, Components: []template.Component{{Type: template.Body}}}
		var live, parked []app.Binding
		bound := map[template.Slot]string{} // what a person bound, once and for all
		for range rapid.IntRange(1, 12).Draw(t, "edits") {
			var text strings.Builder
			for range rapid.IntRange(0, 6).Draw(t, "words") {
				text.WriteString(rapid.SampledFrom([]string{"{{1}}", "{{2}}", "{{10}}", "{{name}}", "{{", "}}", " word ", "{{3}} ", "{{ 4 }}"}).Draw(t, "word"))
			}
			d.Components[0].Text = text.String()
			live, parked = app.MergeBindings(d, live, parked)
			if len(live) != len(d.Slots()) {
				t.Fatalf("%d bindings for %d slots", len(live), len(d.Slots()))
			}
			for i, b := range live {
				if b.Slot != d.Slots()[i] {
					t.Fatalf("binding %d is of %v", i, b.Slot)
				}
				if want, ok := bound[b.Slot]; ok && b.Path != want {
					t.Fatalf("the binding of %v is lost: %+v", b.Slot, b)
				}
				if rapid.Bool().Draw(t, "bind") && bound[b.Slot] == "" {
					live[i].Kind, live[i].Path = app.BindField, "path."+b.Slot.String()
					bound[b.Slot] = live[i].Path
				}
			}
		}
	})
}

// The same through Save, with samples: the document's samples are those of the bindings, and of no placeholder that is gone.
func TestSamplesFollowTheirPlaceholders(t *testing.T) {
	w := newWorld(t)
	d := w.draft("Samples")
	d.Bindings[1].Sample = "S99"
	d = w.ok(w.svc.Save(bg, boss, d))
	if got := d.Document.SampleOf(template.BodySlot("2")); got != "S99" {
		t.Errorf("%q", got)
	}
	d = w.edit(d.ID, "Hello {{1}} and welcome.")
	if s := d.Document.Component(template.Body).Samples; !slices.Equal(s, []template.Sample{{Placeholder: "1", Value: "Mai"}}) {
		t.Errorf("%+v", s)
	}
	d = w.edit(d.ID, "Hello {{1}} and {{2}} and {{3}} too.")
	if d.Bindings[1].Sample != "S99" || d.Document.SampleOf(template.BodySlot("2")) != "S99" || d.Bindings[2].Sample != "" {
		t.Errorf("%+v %+v", d.Bindings, d.Document.Components)
	}
	d.Document = d.Document.Clone()
	d.Document.SetSample(template.BodySlot("3"), "typed in the document")
	if d = w.ok(w.svc.Save(bg, boss, d)); d.Bindings[2].Sample != "typed in the document" {
		t.Errorf("%+v", d.Bindings)
	}
	d.Bindings[2].Sample = ""
	if d = w.ok(w.svc.Save(bg, boss, d)); d.Document.SampleOf(template.BodySlot("3")) != "" {
		t.Errorf("%+v", d.Document.Components)
	}
}
