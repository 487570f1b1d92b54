package templates_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/templates"
	"shopbell/meta/template"
)

func TestSyncBringsEverythingOnce(t *testing.T) {
	w := newWorld(t)
	var last templates.Progress
	n, err := w.svc.Sync(bg, boss, w.account.ID, func(p templates.Progress) { last = p })
	must(t, err)
	if n.Created < 5 || n.Updated+n.Unchanged+n.Gone+n.Conflicts+n.Skipped != 0 || last.Done != int64(n.Created) || last.Total != last.Done {
		t.Errorf("%+v, progress %+v", n, last)
	}
	for _, r := range w.named("order_confirmation") {
		if r.Name != "Order Confirmation" || r.Status != app.TemplateApproved || !r.Linked || r.Edited || r.RecordType != "contact" {
			t.Errorf("%+v", r)
		}
	}
	again := w.sync()
	if again.Unchanged != n.Created || again.Created+again.Updated+again.Gone+again.Conflicts != 0 {
		t.Errorf("%+v", again)
	}
	if _, err := w.svc.Sync(bg, hand, w.account.ID, nil); app.ErrorCode(err) != app.CodeForbidden {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(bg)
	cancel()
	if _, err := w.svc.Sync(ctx, boss, w.account.ID, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if n := w.sync(); n.Gone != 0 {
		t.Errorf("a cancelled sync made templates go: %+v", n)
	}
}

func TestSyncKeepsBindingsAndSamples(t *testing.T) {
	w := newWorld(t)
	a := w.approved("Kept")
	w.sync()
	text := "Hello {{1}}, your order is ready. Please bring the paper {{2}} to our shop, and the other one {{3}} as well, thank you."
	w.control("templates/"+a.MetaID, map[string]any{"components": []any{
		map[string]any{"type": "BODY", "text": text, "example": map[string]any{"body_text": []any{[]any{"Joe", "A4", "B5"}}}},
		map[string]any{"type": "SPARKLES", "shine": 3},
	}})
	if n := w.sync(); n.Updated != 1 || n.Conflicts != 0 {
		t.Fatalf("%+v", n)
	}
	got := w.get(a.ID)
	if got.Document.Component(template.Body).Text != text || got.Document.Component("SPARKLES") == nil || got.Edited() {
		t.Errorf("%+v", got.Document)
	}
	raw, err := json.Marshal(got.Document)
	must(t, err)
	if !strings.Contains(string(raw), `"shine":3`) {
		t.Errorf("%s", raw)
	}
	if len(got.Bindings) != 3 || got.Bindings[0].Path != "name" || got.Bindings[0].Sample != "Mai" || got.Bindings[2].Kind != app.BindFree || got.Bindings[2].Sample != "B5" {
		t.Errorf("%+v", got.Bindings)
	}
	// What comes back the other way: a placeholder that vanished takes its row along.
	w.control("templates/"+a.MetaID, map[string]any{"components": []any{map[string]any{"type": "BODY", "text": "Hello there, your order is ready for you at our shop."}}})
	got, err = w.svc.SyncOne(bg, boss, a.ID)
	must(t, err)
	if len(got.Bindings) != 0 || got.Document.Component("SPARKLES") != nil {
		t.Errorf("%+v", got)
	}
	// Saving what was not changed leaves nothing edited.
	if got, err = w.svc.Save(bg, boss, got); err != nil || got.Edited() {
		t.Errorf("%v, edited %v", err, got.Edited())
	}
}

func TestEditedHereAndThere(t *testing.T) {
	w := newWorld(t)
	mine := "Hello {{1}}, mine is order {{2}} and it waits in our shop for you until the evening of this day."
	for name, resolve := range map[string]func(id app.ID) app.Template{
		"theirs": func(id app.ID) app.Template { return w.ok(w.svc.TakeTheirs(bg, boss, id)) },
		"mine":   func(id app.ID) app.Template { return w.ok(w.svc.KeepMine(bg, boss, id)) },
	} {
		a := w.approved("Diverged " + name)
		w.sync()
		w.ok(w.svc.ResetToDraft(bg, boss, a.ID))
		w.edit(a.ID, mine)
		theirs := "Hello {{1}}, theirs is order {{2}} and it waits in our shop for you until the evening, " + name + "."
		w.control("templates/"+a.MetaID, map[string]any{"components": []any{
			map[string]any{"type": "BODY", "text": theirs, "example": map[string]any{"body_text": []any{[]any{"Mai", "S1"}}}},
		}})
		for range 2 {
			if n := w.sync(); n.Conflicts != 1 {
				t.Fatalf("%s: %+v", name, n)
			}
		}
		got := w.get(a.ID)
		if got.Conflict == nil || got.Conflict.Kind != app.ConflictDiverged || body(got.Document) != mine || body(got.Conflict.Theirs.Document) != theirs {
			t.Fatalf("%s: %+v", name, got.Conflict)
		}
		if _, err := w.svc.Submit(bg, boss, a.ID, nil); app.ErrorCode(err) != app.CodeConflict {
			t.Errorf("%s: submitted over a conflict: %v", name, err)
		}
		got = resolve(a.ID)
		want := map[string]string{"theirs": theirs, "mine": mine}[name]
		if got.Conflict != nil || body(got.Document) != want || got.Edited() != (name == "mine") || got.Bindings[0].Path != "name" {
			t.Errorf("%s: %+v", name, got)
		}
		if n := w.sync(); n.Conflicts != 0 {
			t.Errorf("%s: again %+v", name, n)
		}
		kept := map[string]bool{}
		versions, err := w.svc.Versions(bg, boss, a.ID)
		must(t, err)
		for _, v := range versions {
			kept[body(v.Document)] = true
		}
		if !kept[mine] || !kept[theirs] {
			t.Errorf("%s: a side is lost: %v", name, kept)
		}
		if name == "mine" {
			w.pass(25 * time.Hour)
			w.submit(a.ID)
		}
	}
}

func TestSameNameIsNeverAnError(t *testing.T) {
	w := newWorld(t)
	for _, how := range []templates.Resolution{templates.Link, templates.RenameMine, templates.KeepBoth} {
		name := "same_" + string(how)
		other := w.approved("Same " + string(how))
		must(t, w.svc.Delete(bg, boss, other.ID, false))
		mine := w.draft("Same "+string(how), func(d *template.Document) {
			d.Components[0].Text = "Hello {{1}}, this is about order {{2}}, which we packed for you this morning."
		})
		if n := w.sync(); n.Conflicts != 1 {
			t.Fatalf("%s: %+v", how, n)
		}
		got := w.get(mine.ID)
		if got.Conflict == nil || got.Conflict.Kind != app.ConflictSameName || got.MetaID != "" {
			t.Fatalf("%s: %+v", how, got.Standing)
		}
		got = w.ok(w.svc.Resolve(bg, boss, mine.ID, how, ""))
		rows := w.named(name)
		switch how {
		case templates.Link:
			if got.MetaID != other.MetaID || got.Conflict == nil || got.Conflict.Kind != app.ConflictDiverged || got.Bindings[0].Path != "name" || len(rows) != 1 {
				t.Errorf("link: %+v, %d rows", got.Standing, len(rows))
			}
			got = w.ok(w.svc.TakeTheirs(bg, boss, mine.ID))
			if got.Status() != app.TemplateApproved || got.Edited() {
				t.Errorf("link: %s", got.Status())
			}
		case templates.RenameMine:
			if got.Document.Name != name+"_mine" || got.MetaID != "" || got.Conflict != nil || len(rows) != 1 || rows[0].Status != app.TemplateApproved {
				t.Errorf("rename: %+v, %+v", got.Document.Name, rows)
			}
			w.submit(mine.ID)
		case templates.KeepBoth:
			if got.Document.Name != name || got.Conflict != nil || len(rows) != 2 {
				t.Errorf("both: %+v", rows)
			}
			if _, err := w.svc.Submit(bg, boss, mine.ID, nil); app.ErrorCode(err) != app.CodeConflict {
				t.Errorf("both: submitted under a name that is taken: %v", err)
			}
		}
		if n := w.sync(); n.Conflicts != 0 || n.Created != 0 && how != templates.Link {
			t.Errorf("%s: again %+v", how, n)
		}
	}
	// The same words under the same name are the same template.
	other := w.approved("Twins")
	must(t, w.svc.Delete(bg, boss, other.ID, false))
	twin := w.draft("Twins")
	w.sync()
	if got := w.get(twin.ID); got.MetaID != other.MetaID || got.Status() != app.TemplateApproved || got.Conflict != nil {
		t.Errorf("%+v", got.Standing)
	}
	// Meta says that it exists: the same three ways out.
	other = w.approved("Exists")
	must(t, w.svc.Delete(bg, boss, other.ID, false))
	mine := w.draft("Exists", func(d *template.Document) {
		d.Components[0].Text = "Hello {{1}}, this is about order {{2}}, which we packed for you on Monday."
	})
	if _, err := w.svc.Submit(bg, boss, mine.ID, nil); app.ErrorCode(err) != app.CodeConflict {
		t.Errorf("%v", err)
	}
	if got := w.get(mine.ID); got.Conflict == nil || got.Conflict.Theirs.ID != other.MetaID || got.Submission != nil {
		t.Errorf("%+v", got.Standing)
	}
}

func TestWhatVanishesAtMetaStaysHere(t *testing.T) {
	w := newWorld(t)
	a := w.approved("Vanishes")
	w.sync()
	w.control("templates/"+a.MetaID, map[string]any{"status": "DELETED", "silent": true})
	n := w.sync()
	got := w.get(a.ID)
	if n.Gone != 1 || !got.Gone || got.Status() != app.TemplateGone || got.Linked() {
		t.Fatalf("%+v %+v", n, got.Standing)
	}
	if n := w.sync(); n.Gone != 0 {
		t.Errorf("gone twice: %+v", n)
	}
	got = w.ok(w.svc.ResetToDraft(bg, boss, a.ID))
	if got.Status() != app.TemplateDraft || got.MetaID != "" || got.Bindings[0].Path != "name" {
		t.Errorf("%+v", got)
	}
	if again := w.submit(a.ID); again.Status() != app.TemplatePending || again.MetaID == a.MetaID {
		t.Errorf("%+v", again.Standing)
	}
}

func TestDelete(t *testing.T) {
	w := newWorld(t)
	a := w.approved("Deleted")
	if err := w.svc.Delete(bg, hand, a.ID, false); app.ErrorCode(err) != app.CodeForbidden {
		t.Error(err)
	}
	d := w.draft("Only here")
	if err := w.svc.Delete(bg, boss, d.ID, true); app.ErrorCode(err) != app.CodeInvalid {
		t.Error(err)
	}
	w.control("templates/"+a.MetaID, map[string]any{"status": "DISABLED"})
	w.status(a.ID, app.TemplateDisabled)
	if err := w.svc.Delete(bg, boss, a.ID, true); app.ErrorCode(err) != app.CodeInvalid {
		t.Error(err)
	}
	b := w.approved("Deleted too", func(d *template.Document) { d.Components[0].Text += " Ring twice." })
	must(t, w.svc.Delete(bg, boss, b.ID, true))
	if _, err := w.svc.Get(bg, boss, b.ID); !errors.Is(err, app.ErrNotFound) {
		t.Error(err)
	}
	if w.sync(); len(w.named("deleted_too")) != 0 {
		t.Error("it came back")
	}
	c := w.draft("Deleted too")
	if _, err := w.svc.Submit(bg, boss, c.ID, nil); app.ErrorCode(err) != app.CodeMeta || !strings.Contains(err.Error(), "four weeks") {
		t.Errorf("a name that is locked: %v", err)
	}
}

// Meta's other words: quality, category, pause; told by webhook, and found by a sync when the webhooks were lost.
func TestWhatMetaSaysIsFollowed(t *testing.T) {
	for _, silent := range []bool{false, true} {
		t.Run(fmt.Sprint("silent ", silent), func(t *testing.T) {
			w := newWorld(t)
			a := w.approved("Followed")
			w.sync()
			w.pass(2 * time.Second)
			w.control("templates/"+a.MetaID, map[string]any{"category": "MARKETING", "quality": "YELLOW", "silent": silent})
			w.control("templates/"+a.MetaID, map[string]any{"pause": true, "silent": silent})
			if silent {
				w.sync()
			}
			got := w.until(a.ID, "the pause", func(t app.Template) bool {
				return t.Status() == app.TemplatePaused && t.Quality == "YELLOW" && t.Document.Category == template.Marketing
			})
			if got.PreviousCategory != template.Utility || got.Edited() || got.PollAt.IsZero() {
				t.Errorf("%+v", got.Standing)
			}
			if advice := got.Status().Explain(); advice.Plain == "" || advice.Mend == "" {
				t.Errorf("%+v", advice)
			}
			w.pass(2 * time.Second)
			w.control("templates/"+a.MetaID, map[string]any{"unpause": true, "silent": silent})
			if silent {
				w.pass(time.Hour)
				_, err := w.svc.Poll(bg)
				must(t, err)
			}
			w.status(a.ID, app.TemplateApproved)
		})
	}
}

func TestExport(t *testing.T) {
	w := newWorld(t)
	a := w.approved("Exported")
	n := 0
	must(t, w.svc.Export(bg, func(r templates.ExportRow) error {
		n++
		if r.Account != "Shop" || r.Name != "exported" || r.Status != "approved" || r.MetaID != a.MetaID || len(r.Components) != 1 ||
			len(r.Bindings) != 2 || r.Bindings[0].Slot != "body:1" || r.Bindings[0].Path != "name" {
			t.Errorf("%+v", r)
		}
		_, err := json.Marshal(r)
		return err
	}))
	if n != 1 {
		t.Errorf("%d rows", n)
	}
}

func body(d template.Document) string { return d.Component(template.Body).Text }

func (w *world) ok(t app.Template, err error) app.Template {
	w.Helper()
	must(w, err)
	return t
}
