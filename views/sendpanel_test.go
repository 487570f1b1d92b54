package views

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/storage"
	"shopbell/views/shell"
	viewstemplates "shopbell/views/templates"
	"shopbell/views/theme"
)

// kept is the templates of a store, as far as the panel reads them.
type kept struct {
	viewstemplates.Service // nothing else is asked of it here
	store                  *storage.Store
}

func (k kept) List(ctx context.Context, _ app.Staff, f app.TemplateFilter) ([]app.TemplateRow, error) {
	return k.store.Templates(ctx, f)
}

func (k kept) Get(ctx context.Context, _ app.Staff, id app.ID) (app.Template, error) {
	return k.store.Template(ctx, id)
}

// sendingHouse is a window from which a template can be sent to two contacts.
func sendingHouse(t *testing.T) (h *house, ids []string) {
	h = newHouse(t, t.TempDir())
	h.practice(nil)
	h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox })
	a := must(h.store.Accounts(h.ctx))[0]
	d := template.Document{Name: "hello", Language: "en", Category: template.Utility, Components: []template.Component{{Type: template.Body, Text: "Hello {{1}}, it is ready."}}}
	must(h.store.AddTemplate(h.ctx, app.TemplateWrite{Template: app.Template{
		AccountID: a.ID, Name: "Hello", Document: d, RecordType: records.TypeContact, Bindings: []app.Binding{{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "name"}},
		Standing: app.Standing{MetaID: "1", MetaStatus: app.TemplateApproved, Remote: &d, Base: &d},
	}}))
	k := &records.Kept{Store: h.store}
	for _, n := range []string{"+34612345678", "+34612345679"} {
		ids = append(ids, must(k.Create(h.ctx, app.Staff{}, records.TypeContact, map[string]records.Value{"name": records.Text("Mai " + n), "phone": records.Text(n)})).ID)
	}
	shop := &records.Shop{Contacts: h.store, Kept: k, Types: records.Builtin()}
	h.desk.Kept, h.desk.Records, h.desk.Templates = k, shop, kept{store: h.store}
	h.desk.Sending = sending.New(sending.Config{Store: h.store, Records: shop, Zone: time.UTC, Now: time.Now})
	return h, ids
}

func TestTheSendingPanelStandsBesideTheTabOrOverIt(t *testing.T) {
	h, ids := sendingHouse(t)
	h.sh.SendTo(shell.SendTarget{Type: records.TypeContact, Records: ids[:1]})
	for width, beside := range map[float32]bool{1280: true, 1100: true, 1000: false, 900: false} {
		h.win.Resize(fyne.NewSize(width, 800))
		h.root.object.Resize(fyne.NewSize(width, 768))
		page := h.root.page.Size().Width
		if want := width - theme.WidthRail; !beside && page != want || beside && page != want-sideWidth {
			t.Errorf("at %v the tab is %v wide", width, page)
		}
		if h.root.side.Size().Width != sideWidth || h.root.side.Position().X != width-sideWidth {
			t.Errorf("at %v the panel stands at %v, %v", width, h.root.side.Position(), h.root.side.Size())
		}
	}
}

func TestEscClosesTheSendingPanel(t *testing.T) {
	h, ids := sendingHouse(t)
	done := false
	h.sh.SendTo(shell.SendTarget{Type: records.TypeContact, Records: ids[:1], Done: func() { done = true }})
	h.until("the template has the keyboard", func() bool { return h.win.Canvas().Focused() != nil })
	h.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if h.panel != nil || !done || h.root.page.Size().Width != h.root.object.Size().Width-theme.WidthRail {
		t.Errorf("%v %v", h.panel, done)
	}
	h.typed(&fyne.KeyEvent{Name: fyne.KeyEscape}) // nothing is left to close
}

func TestAltArrowsLeafThroughTheMessages(t *testing.T) {
	h, ids := sendingHouse(t)
	if h.table.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt}) {
		t.Error("there is nothing to leaf through")
	}
	h.sh.SendTo(shell.SendTarget{Type: records.TypeContact, Records: ids[:1]})
	if !h.table.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt}) {
		t.Error("the key does nothing")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
