package templates

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app"
	service "shopbell/app/templates"
	"shopbell/meta/template"
)

// shop is a service with templates of every standing.
func shop() *kept {
	k := newKept()
	quotation := document("Hello {{1}},\nhere is your quotation for *{{2}}*.\n\nPrices include delivery to {{3}}. Just answer here if you have a question.",
		template.Button{Type: template.URLButton, Text: "View quotation", URL: "https://shop.example/q/{{1}}"}, template.Button{Type: template.QuickReply, Text: "I have a question"})
	setText(&quotation, template.Header, "Your quotation")
	setText(&quotation, template.Footer, "Lantern & Oak · Madrid")
	k.put(app.Template{Name: "Quotation with link", Document: quotation, Draft: true, RecordType: "quotation", Bindings: []app.Binding{
		{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "customer.name", Sample: "Mai"},
		{Slot: template.BodySlot("2"), Kind: app.BindField, Path: "total"},
		{Slot: template.BodySlot("3"), Kind: app.BindField, Path: "customer.country", Sample: "Vietnam"},
		{Slot: template.ButtonSlot(0, "1"), Kind: app.BindPortal, Sample: "S00022"},
	}})
	add := func(name, language string, c template.Category, s app.TemplateStatus, quality string) app.ID {
		d := document("Hello there, this is a message of the shop.")
		d.Name, d.Language, d.Category = "message_"+strconv.Itoa(k.len()), language, c
		return k.put(app.Template{Name: name, Document: d, RecordType: "contact", Standing: app.Standing{MetaID: name, MetaStatus: s, Quality: quality, Reason: map[bool]string{true: "PROMOTIONAL"}[s == app.TemplateRejected]}})
	}
	add("Báo giá", "vi", template.Utility, app.TemplateApproved, "GREEN")
	add("Presupuesto", "es", template.Utility, app.TemplatePending, "UNKNOWN")
	add("Invoice reminder", "en", template.Utility, app.TemplateApproved, "GREEN")
	add("Delivery is on its way to you, as promised", "en", template.Utility, app.TemplateApproved, "GREEN")
	add("Autumn lamps", "es", template.Marketing, app.TemplatePaused, "YELLOW")
	add("عرض سعر", "ar", template.Utility, app.TemplateRejected, "")
	return k
}

func TestPictures(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	w.Until("records", func() bool { return len(w.phone.offers) > 0 })
	w.Picture("body")
	w.editor.ShowTab(tabButtons)
	w.Queue.Run()
	w.Picture("buttons")
	w.editor.ShowTab(tabVariables)
	w.Queue.Run()
	w.Picture("variables")
	w.Window.Resize(fyne.NewSize(824, 568))
	w.Picture("small")
	w.Window.Resize(fyne.NewSize(1844, 1048))
	w.Picture("large")
	w.Window.Resize(fyne.NewSize(1204, 768))
	w.Open(7)
	w.Until("rejected", func() bool { return w.editor.is(7) && w.checked() })
	w.editor.ShowTab(tabBody)
	w.Picture("rejected")
	if w.editor.told.lead == "" || !strings.Contains(w.editor.told.text, "sells") {
		t.Errorf("the rejection is not explained: %+v", w.editor.told)
	}
	w.New()
	w.Until("the gallery", func() bool { return w.sh.Layers.Any() })
	w.Picture("gallery")
}

func (w *world) body(s string) {
	w.editor.body.body.edit.SetText(s)
	w.editor.body.body.edit.OnChanged(s)
}

func (w *world) stored(id app.ID) app.Template {
	t, err := w.kept.Get(w.Ctx, app.Staff{}, id)
	if err != nil {
		w.T.Fatal(err)
	}
	return t
}

func TestWhatIsWrittenIsKept(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	w.body("Hello {{1}}, good day to you.")
	if w.kept.saves != 0 {
		t.Fatal("every letter is saved")
	}
	w.Clock.Pass(saveAfter)
	w.Until("the save", func() bool { return !w.editor.save.busy && w.kept.saves == 1 })
	if got := textOf(w.stored(1).Document, template.Body); got != "Hello {{1}}, good day to you." || w.editor.m.dirty() {
		t.Errorf("%q is kept, dirty %v", got, w.editor.m.dirty())
	}
	w.body("Hello {{1}}, good day to you all.")
	w.Open(2) // leaving keeps it at once
	w.Until("the other", func() bool { return w.editor.is(2) })
	if got := textOf(w.stored(1).Document, template.Body); got != "Hello {{1}}, good day to you all." {
		t.Errorf("leaving kept %q", got)
	}
	w.Open(1)
	w.Until("back", func() bool { return w.editor.is(1) })
	w.body("Hello {{1}}, bye.")
	left := false
	w.kept.fails(errNo)
	w.Leave(func() { left = true })
	w.Until("the question", func() bool { return w.sh.Layers.Any() })
	if left {
		t.Error("left, and what was written is lost")
	}
	w.Press("Discard")
	if !left {
		t.Error("a person agreed to lose it, and still it stays")
	}
}

func TestEditedElsewhere(t *testing.T) {
	for _, mine := range []bool{true, false} {
		w := newWorld(t, shop(), app.Staff{})
		w.open(1)
		w.body("Mine {{1}} is here.")
		if _, err := w.kept.alter(1, func(t *app.Template) {
			t.Document = document("Theirs {{1}} is here.")
			t.Revision++
		}); err != nil {
			t.Fatal(err)
		}
		w.Changed(app.Changes{IDs: map[app.Topic][]app.ID{app.TopicTemplates: {1}}})
		w.Until("the question", func() bool { return w.sh.Layers.Any() })
		w.Picture("collided")
		want := "Theirs {{1}} is here."
		if mine {
			want = "Mine {{1}} is here."
			w.Press("Keep mine")
			w.Until("the save", func() bool { return !w.editor.save.busy && !w.editor.m.dirty() })
		} else {
			w.Press("Take the other")
		}
		if got := textOf(w.stored(1).Document, template.Body); got != want || textOf(w.editor.m.now.Document, template.Body) != want {
			t.Errorf("%q is kept, %q is shown", got, textOf(w.editor.m.now.Document, template.Body))
		}
		if b, ok := w.editor.m.binding(template.BodySlot("1")); mine && (!ok || b.Path != "customer.name") {
			t.Errorf("the binding is %+v", b)
		}
	}
}

func TestFindingsAreMendedByOneClick(t *testing.T) {
	k := shop()
	w := newWorld(t, k, app.Staff{})
	w.open(1)
	n := len(w.editor.findings.now)
	i := slices.IndexFunc(w.editor.findings.now, func(f template.Finding) bool { return len(f.Mends) > 0 && f.Level == template.Refused })
	if i < 0 {
		t.Fatalf("nothing can be mended: %+v", w.editor.findings.now)
	}
	w.editor.findings.mend(w.editor.findings.now[i].Mends[0])
	w.Until("the check", w.checked)
	if len(w.editor.findings.now) >= n {
		t.Errorf("still %d findings", len(w.editor.findings.now))
	}
	if b, _ := w.editor.m.binding(template.BodySlot("2")); b.Path != "total" || b.Sample == "" {
		t.Errorf("%+v", b)
	}
	w.Undo()
	w.Until("the check", w.checked)
	if len(w.editor.findings.now) != n {
		t.Error("undo does not bring the finding back")
	}
}

func TestApprovedOnesAreReadOnlyUntilEdit(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(2)
	if on, _ := w.editor.locked(); !on || w.editor.head.submit.Text() != "Edit" || !w.editor.form.category.Disabled() || w.editor.form.name.Disabled() {
		t.Error("an approved template can be written in")
	}
	w.Submit() // the button says Edit
	w.Until("the draft", func() bool { on, _ := w.editor.locked(); return !on })
	if !w.editor.form.language.Disabled() || !w.editor.form.category.Disabled() {
		t.Error("what Meta never changes can be changed")
	}
	staff := newWorld(t, shop(), app.Staff{ID: 7, Name: "Ana", Role: app.RoleStaff})
	staff.open(1)
	if on, _ := staff.editor.locked(); !on || staff.editor.head.submit.Visible() {
		t.Error("staff can change templates")
	}
}

func TestSubmit(t *testing.T) {
	k := newKept()
	d := document("Hello there, your order is ready to be fetched from the shop.")
	d.Name = "order_ready"
	k.put(app.Template{Name: "Order ready", Document: d, Draft: true, RecordType: "contact"})
	hold := make(chan struct{})
	k.submit = func(_ *app.Template, progress func(service.Progress)) error {
		progress(service.Progress{Step: service.StepUpload, Done: 500_000, Total: 1_000_000})
		<-hold
		return nil
	}
	w := newWorld(t, k, app.Staff{})
	w.open(1)
	if n := w.editor.findings.refusals(); n != 0 {
		t.Fatalf("%+v", w.editor.findings.now)
	}
	w.Submit()
	w.Press("Submit")
	w.Until("progress", func() bool { j := w.work.submits[1]; return j != nil && j.row.Share() == 0.5 })
	w.Picture("submitting")
	if on, _ := w.editor.locked(); !on {
		t.Error("what is on its way can be changed")
	}
	w.work.submits[1].cancel()
	close(hold)
	w.Until("the end", func() bool { return !w.work.submitting(1) })
	if st := w.stored(1).Status(); st != app.TemplateDraft || len(w.Toasts) == 0 || !strings.Contains(w.Toasts[0].Text, "Stopped") {
		t.Errorf("after Cancel it is %s, said %+v", st, w.Toasts)
	}
	k.submit = nil
	w.Until("the template again", w.checked)
	w.Submit()
	w.Press("Submit")
	w.Until("pending", func() bool { return w.editor.m.now.Status() == app.TemplatePending })
	if last := w.Toasts[len(w.Toasts)-1]; !last.Good {
		t.Errorf("%+v", last)
	}
}

func TestSyncAllSaysTheNumbersAndCanBeStopped(t *testing.T) {
	k := shop()
	w := newWorld(t, k, app.Staff{})
	w.open(1)
	w.SyncAll()
	w.Until("the numbers", func() bool { return len(w.Toasts) > 0 })
	if got := w.Toasts[0].Text; got != "6 updated, 4 new, 26 unchanged" {
		t.Errorf("%q", got)
	}
	k.sync = func(ctx context.Context, progress func(service.Progress)) (service.Counts, error) {
		progress(service.Progress{Step: service.StepCompare, Done: 50, Total: 200})
		<-ctx.Done()
		return service.Counts{Updated: 1}, ctx.Err()
	}
	w.SyncAll()
	w.Until("progress", func() bool { return w.work.sync.row.Share() == 0.25 })
	w.Picture("syncing")
	w.work.sync.cancel()
	w.Until("the end", func() bool { return w.work.sync == nil && len(w.Toasts) > 1 })
	if got := w.Toasts[1].Text; !strings.HasPrefix(got, "Stopped. 1 updated") {
		t.Errorf("%q", got)
	}
}

func TestConflictsAreDecidedByAPerson(t *testing.T) {
	for words, want := range map[string]string{"Link them": "link", "Rename mine": "rename_mine", "Keep both": "keep_both"} {
		k := shop()
		if _, err := k.alter(1, func(t *app.Template) {
			t.Conflict = &app.TemplateConflict{Kind: app.ConflictSameName, Theirs: app.RemoteTemplate{Document: document("Theirs")}}
		}); err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, k, app.Staff{})
		w.open(1)
		w.Decide()
		w.Picture("same-name")
		w.Press(words)
		w.Until("the decision", func() bool { return w.editor.m.now.Conflict == nil })
		if k.resolved[0] != want {
			t.Errorf("%s is %s", words, k.resolved[0])
		}
	}
	for words, want := range map[string]string{"Take Meta's": "theirs", "Keep mine": "mine"} {
		k := shop()
		if _, err := k.alter(1, func(t *app.Template) {
			t.Conflict = &app.TemplateConflict{Kind: app.ConflictDiverged, Theirs: app.RemoteTemplate{Document: document("Theirs {{1}} is here")}}
		}); err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, k, app.Staff{})
		w.open(1)
		w.Decide()
		w.Press(words)
		w.Until("the decision", func() bool { return w.editor.m.now.Conflict == nil })
		if k.resolved[0] != want || want == "theirs" && textOf(w.editor.m.now.Document, template.Body) != "Theirs {{1}} is here" {
			t.Errorf("%s is %s, and shows %q", words, k.resolved[0], textOf(w.editor.m.now.Document, template.Body))
		}
	}
}

func TestPreviewWithARecord(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{Name: "Ana"})
	w.open(1)
	w.Until("records", func() bool { return len(w.phone.offers) > 0 })
	r := w.phone.offers[0]
	w.phone.choose(r.Type + "/" + r.ID)
	w.Until("its values", func() bool { return w.phone.values[template.BodySlot("2")] != "" })
	value := w.phone.value(w.editor.m.now)
	if value(template.BodySlot("1")) == "Mai" || value(template.BodySlot("1")) == "" || !strings.Contains(value(template.BodySlot("2")), "€") {
		t.Errorf("%q, %q", value(template.BodySlot("1")), value(template.BodySlot("2")))
	}
	w.Picture("record")
}

func TestNewFromAStarterCopyAndDelete(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	w.New()
	w.Until("the gallery", func() bool { return w.sh.Layers.Any() })
	w.Press("Begin with this")
	w.Until("the new one", func() bool { return w.editor.m != nil && w.editor.m.now.ID == 8 })
	if !strings.Contains(textOf(w.editor.m.now.Document, template.Body), "{{1}}") {
		t.Errorf("%+v", w.editor.m.now.Document)
	}
	w.Copy()
	w.Until("the copy", func() bool { return w.editor.m != nil && w.editor.m.now.ID == 9 && w.list.place(9) >= 0 })
	w.Delete()
	w.Press("Delete")
	w.Until("gone", func() bool { return w.kept.len() == 8 && !w.editor.is(9) })
	w.list.reload()
	w.Until("the list", func() bool { _, ok := w.list.get(9); return !ok })
}

func TestListEmptyAndFailing(t *testing.T) {
	w := newWorld(t, newKept(), app.Staff{})
	w.Shown()
	w.Until("the list", func() bool { return w.list.loaded })
	if !w.list.hint.Visible() || !w.start.Visible() {
		t.Error("an empty list says nothing")
	}
	w.Picture("empty")
	k := newKept()
	k.fails(errNo)
	w = newWorld(t, k, app.Staff{})
	w.Shown()
	w.Until("the failure", func() bool { return w.list.hint.Visible() })
	k.fails(nil)
	w.Press("Try again")
	w.Until("the list", func() bool { return w.list.loaded })
}

func TestArrange(t *testing.T) {
	if p := arrange(1100-76, wishes{open: true}); p.editor < editorLeast || p.phone != phoneWidth {
		t.Errorf("at exactly 1100: %+v", p)
	}
	for width := float32(300); width < 2000; width += 37 {
		for _, open := range []bool{false, true} {
			for _, over := range []bool{false, true} {
				p := arrange(width, wishes{open: open, inFront: open, phoneOver: over})
				if !p.turns && p.list < listLeast && (p.list < listNarrow || width+76 > 1120) || p.list+p.editor > width+0.5 || p.phoneX+p.phone > width+0.5 {
					t.Errorf("%v %v %v: %+v", width, open, over, p)
				}
				if open && width+76 >= phoneFrom && (p.phone != phoneWidth || p.editor < editorLeast) {
					t.Errorf("%v: %+v", width, p)
				}
				if open && width+76 < phoneFrom && (p.phone > 0) != over {
					t.Errorf("%v: the phone is %v wide, asked for: %v", width, p.phone, over)
				}
			}
		}
	}
}
