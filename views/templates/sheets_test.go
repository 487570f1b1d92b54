package templates

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

func TestAnOlderVersionIsTakenBack(t *testing.T) {
	k := shop()
	k.versions = []app.TemplateVersion{{ID: 5, Number: 2, Why: app.VersionSubmitted, At: noon.Add(-time.Hour), Document: document("Hello {{1}}, as it was.")}}
	w := newWorld(t, k, app.Staff{})
	w.open(1)
	w.Versions()
	w.Until("the versions", func() bool { return w.sh.Layers.Any() })
	w.Picture("versions")
	w.Press("Take this version back")
	w.Until("it", func() bool { return textOf(w.editor.m.now.Document, template.Body) == "Hello {{1}}, as it was." })
	if w.sh.Layers.Any() {
		t.Error("the sheet stays")
	}
	k.versions = nil
	w.Versions()
	w.Settle()
	if w.sh.Layers.Any() {
		t.Error("a sheet without versions")
	}
}

func TestLanguagesSideBySide(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	if w.editor.langs.object.Visible() {
		t.Error("one language has a strip")
	}
	w.NewLanguage()
	w.Until("the question", func() bool { return w.sh.Layers.Any() })
	w.Picture("new-language")
	w.key(fyne.KeyDown) // the list opens
	for _, r := range "viet" {
		w.Window.Canvas().Focused().TypedRune(r)
	}
	w.key(fyne.KeyReturn)
	w.Press("Begin the translation")
	w.Until("the translation", func() bool { return w.editor.m != nil && w.editor.m.now.Document.Language == "vi" })
	w.Until("its list", func() bool { return w.list.place(w.editor.m.now.ID) >= 0 })
	w.Settle()
	if n := len(w.editor.langs.shown); n != 2 || !w.editor.langs.object.Visible() {
		t.Fatalf("%d languages in the strip", n)
	}
	w.Picture("languages")
	w.Beside()
	w.Settle()
	if !w.sh.Layers.Any() {
		t.Fatal("nothing is beside anything")
	}
	w.Picture("beside")
	w.Press("Close")
	w.Open(1)
	w.Until("the first", func() bool { return w.editor.is(1) })
	w.Settle()
	for _, c := range w.editor.langs.shown {
		if c.on != (c.id == 1) {
			t.Errorf("%+v", c)
		}
	}
}

func TestArchiveAndBack(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(2)
	w.Archive()
	w.Until("the archive", func() bool { r, ok := w.list.get(2); return ok && r.archived && w.list.place(2) < 0 })
	if on, _ := w.editor.locked(); !on || len(w.Toasts) != 1 || w.Toasts[0].Do == nil {
		t.Errorf("locked %v, said %+v", on, w.Toasts)
	}
	w.Toasts[0].Do()
	w.Until("back", func() bool { return w.list.place(2) >= 0 })
}

func TestDeletingHereSaysThatItComesBack(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(2)
	w.Delete()
	w.Picture("delete")
	w.Press("Delete here only")
	w.Until("gone", func() bool { return w.kept.len() == 6 })
}

func TestSamplesAreWrittenWhileTheTextIsLocked(t *testing.T) {
	k := newKept()
	d := document("Hello {{1}}, your order is ready.")
	d.SetSample(template.BodySlot("1"), "Mai")
	k.put(app.Template{
		Name: "Ready", Document: d, RecordType: "contact", Standing: app.Standing{MetaID: "9", MetaStatus: app.TemplateApproved},
		Bindings: []app.Binding{{Slot: template.BodySlot("1"), Kind: app.BindFree, Sample: "Mai"}},
	})
	w := newWorld(t, k, app.Staff{})
	w.open(1)
	if on, _ := w.editor.locked(); !on {
		t.Fatal("it is not locked")
	}
	w.editor.ShowTab(tabVariables)
	r := w.editor.variables.rows[0]
	if r.sample.Disabled() {
		t.Fatal("the sample is locked")
	}
	r.sample.SetText("Ana")
	w.Settle()
	if b := w.stored(1).Bindings[0]; b.Sample != "Ana" {
		t.Errorf("%+v", b)
	}
}

func TestATwinIsFound(t *testing.T) {
	k := shop()
	d := document("Hello there, this is a message of the shop.")
	d.Name = "another"
	id := k.put(app.Template{Name: "Another", Document: d, Draft: true, RecordType: "contact"})
	w := newWorld(t, k, app.Staff{})
	w.open(id)
	found := func() bool {
		for _, f := range w.editor.findings.now {
			if strings.Contains(f.Message, "same as those of") {
				return true
			}
		}
		return false
	}
	if !found() {
		t.Errorf("%+v", w.editor.findings.now)
	}
	w.body("Hello there, this is a message of the shop, and another one.")
	w.Until("the check", w.checked)
	if found() {
		t.Error("it differs, and is still called the same")
	}
}

func TestFormatsShowTheLiveValue(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	w.Until("records", func() bool { return len(w.phone.offers) > 0 })
	w.editor.ShowTab(tabVariables)
	w.Settle()
	m := w.editor.m
	b, _ := m.binding(template.BodySlot("1"))
	p, _ := records.ParsePath(b.Path)
	f, err := w.editor.form.catalog.Follow("quotation", p)
	if err != nil {
		t.Fatal(err)
	}
	want := w.editor.variables.live.of(b.Path).Text
	got := w.editor.variables.rows[0].formats(m.now, b, f)[0].Example
	if want == "" || got != want {
		t.Errorf("the format shows %q, the record has %q", got, want)
	}
}

func TestHowOftenItWasUsedIsSeen(t *testing.T) {
	k := shop()
	k.uses = map[app.ID]int{2: 12}
	w := newWorld(t, k, app.Staff{})
	w.open(2)
	if got := w.editor.head.saved.Text(); !strings.Contains(got, "Used 12 times") {
		t.Errorf("the head says %q", got)
	}
	r := newRowView()
	row, _ := w.list.get(2)
	r.show(row, false, false)
	if got := r.used.Text(); got != "12×" {
		t.Errorf("the row says %q", got)
	}
	w.Picture("used")
}
