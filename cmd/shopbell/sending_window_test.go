package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

// bind has a template of the shop be filled in from contacts: its first variable is the name.
func (w *world) bind(technical string) {
	w.t.Helper()
	w.applyTo(technical, records.TypeContact)
	d := w.openHere()
	defer d.close()
	rows, err := d.store.Templates(w.t.Context(), app.TemplateFilter{Technical: technical})
	if err != nil || len(rows) != 1 {
		w.t.Fatalf("%s: %d %v", technical, len(rows), err)
	}
	if _, err := d.store.ChangeTemplate(w.t.Context(), rows[0].ID, func(t *app.Template) (app.TemplateTrace, error) {
		t.Bindings = []app.Binding{{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "name"}}
		return app.TemplateTrace{}, nil
	}); err != nil {
		w.t.Fatal(err)
	}
}

// until presses keys, one after the other and again after a while, until something is so: a slow machine may not have been ready for them.
func (s *screen) until(ok func() bool, keys ...string) {
	s.w.t.Helper()
	for range 12 {
		for _, k := range keys {
			s.key(k)
			time.Sleep(time.Second)
		}
		for range 20 {
			if ok() {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	s.w.t.Fatalf("%v did nothing", keys)
}

// A file of customers is imported in the real window, twelve of them are chosen and looked at, a template goes to each once, and the one that failed is
// sent again.
func TestABroadcastsWholeWayInARealWindow(t *testing.T) {
	needScreen(t)
	w := newWorld(t)
	w.addAccount("Shop")
	w.listen = freePort(t)
	w.path = "http://" + w.listen + "/webhook"
	w.must("template", "sync", "--account", "Shop")
	w.bind("come_back")
	lines := []string{"Full name;Mobile;Town"}
	for i := 1; i <= 14; i++ {
		lines = append(lines, fmt.Sprintf("Customer %02d;+34 612 000 0%02d;Madrid", i, i))
	}
	file := filepath.Join(t.TempDir(), "customers.csv")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := w.openWindow("SHOPBELL_LISTEN=" + w.listen)
	w.subscribe("messages")

	s.key("ctrl+4")
	s.command("import")
	s.key("Return") // choose a file
	time.Sleep(500 * time.Millisecond)
	s.write(file)
	s.key("Return")
	time.Sleep(time.Second)
	s.picture("import-columns")
	here := func() bool { return strings.Count(w.must("export", "contacts"), "\n") == 14 }
	s.until(here, "Return") // check the rows, import them
	s.picture("import-done")
	s.key("Escape")

	time.Sleep(500 * time.Millisecond)
	s.click(102, 290) // the first row's box
	s.xdo("keydown", "shift")
	s.click(102, 290+11*44) // the twelfth's
	s.xdo("keyup", "shift")
	s.picture("records-chosen")
	s.command("send a template to the records")
	time.Sleep(500 * time.Millisecond)
	s.key("Return") // the list of templates
	s.write("come_back")
	time.Sleep(300 * time.Millisecond)
	s.key("Return")
	time.Sleep(time.Second)
	s.picture("send-panel")
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "messages", "count": 1, "error": map[string]any{"code": 131059}}, nil)
	s.until(func() bool { return len(w.sent()) > 0 }, "ctrl+Return", "Return") // send; it costs something, so it asks
	eventually(t, "eleven have it", func() bool { return len(w.sent()) == 11 })
	failed := func() int { return strings.Count(w.must("export", "sends"), `"state":"failed"`) }
	eventually(t, "one failed", func() bool { return failed() == 1 })
	time.Sleep(time.Second)
	s.picture("broadcast-failed")
	s.command("retry the failed")
	eventually(t, "the twelfth has it", func() bool { return len(w.sent()) == 12 })
	time.Sleep(time.Second)
	s.picture("broadcast-done")
	got := map[string]int{}
	for _, m := range w.sent() {
		got[m.To]++
		if !strings.Contains(string(m.Body), "Customer") {
			t.Errorf("without its name: %s", m.Body)
		}
	}
	if len(got) != 12 {
		t.Errorf("%v", got)
	}
	s.quiet()
}
