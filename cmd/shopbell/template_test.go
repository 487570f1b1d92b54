package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type templateLine struct {
	Account, Name, Language, Category, Status, Quality, Reason string
	MetaID                                                     string `json:"meta_id"`
	Components                                                 []json.RawMessage
}

func (w *world) templates() map[string]templateLine {
	w.t.Helper()
	out := map[string]templateLine{}
	for _, line := range strings.Split(strings.TrimSpace(w.must("export", "templates", "--format", "jsonl")), "\n") {
		if line == "" {
			continue
		}
		var l templateLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			w.t.Fatalf("%v in %q", err, line)
		}
		out[l.Name+"/"+l.Language] = l
	}
	return out
}

func (w *world) syncTemplates() map[string]int {
	w.t.Helper()
	var n map[string]int
	if err := json.Unmarshal([]byte(w.must("template", "sync", "--account", "Shop")), &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// The command line brings Meta's templates here and says how many were new; webhooks that a station takes in show in the next export.
func TestTemplatesAreSyncedAndFollowed(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	if n := w.syncTemplates(); n["created"] != 14 || n["updated"]+n["unchanged"]+n["gone"]+n["conflicts"]+n["skipped"] != 0 {
		t.Errorf("the first sync: %v", n)
	}
	if n := w.syncTemplates(); n["unchanged"] != 14 || n["created"]+n["updated"] != 0 {
		t.Errorf("the second sync: %v", n)
	}
	all := w.templates()
	if len(all) != 14 || all["order_confirmation/vi"].Status != "approved" || all["vip_offer/en_US"].Reason == "" || len(all["hello_world/en_US"].Components) == 0 {
		t.Errorf("exported: %+v", all)
	}

	w.startStation()
	w.subscribe("messages", "message_template_status_update", "message_template_quality_update", "template_category_update")
	w.control(http.MethodPost, "/sandbox/templates/order_confirmation", map[string]any{"language": "vi", "pause": true}, nil)
	eventually(t, "the pause is known", func() bool { return w.templates()["order_confirmation/vi"].Status == "paused" })
	w.control(http.MethodPost, "/sandbox/templates/come_back", map[string]any{"quality": "YELLOW"}, nil)
	eventually(t, "the quality is known", func() bool { return w.templates()["come_back/en_US"].Quality == "YELLOW" })
	if got := w.templates()["order_confirmation/es"].Status; got != "approved" {
		t.Errorf("another language became %s", got)
	}

	if _, errOut, code := w.run("template", "sync", "--account", "Nobody"); code != 1 || !strings.Contains(errOut, "Nobody") {
		t.Errorf("an unknown account: exit %d %q", code, errOut)
	}
	if _, errOut, code := w.run("template", "sync"); code != 2 || !strings.Contains(errOut, "--account") {
		t.Errorf("no account: exit %d %q", code, errOut)
	}
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"token_expired": true}, nil)
	if _, errOut, code := w.run("template", "sync", "--account", "Shop"); code != 1 || !strings.Contains(strings.ToLower(errOut), "token") {
		t.Errorf("an expired token: exit %d %q", code, errOut)
	}
}

func TestTemplateLint(t *testing.T) {
	w := newWorld(t)
	file := func(s string) string {
		path := filepath.Join(t.TempDir(), "template.json")
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := `{"name":"order_ship","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Hi {{1}}, your parcel {{2}} is on its way today.","example":{"body_text":[["Ann","PX1"]]}}]}`
	if out, errOut, code := w.run("template", "lint", file(good)); code != 0 || !strings.Contains(out, "refused: 0") {
		t.Errorf("a good one: exit %d %q %q", code, out, errOut)
	}
	bad := strings.Replace(good, " is on its way today.", "", 1)
	out, _, code := w.run("template", "lint", "--json", file(bad))
	var found []findingLine
	if err := json.Unmarshal([]byte(out), &found); err != nil || code != 1 {
		t.Fatalf("exit %d %v in %q", code, err, out)
	}
	edge := false
	for _, f := range found {
		edge = edge || f.Code == "variable.edge" && f.Level == "refused" && f.Part == "body" && f.Subcode == 2388299 && f.End > f.Start
	}
	if !edge {
		t.Errorf("a variable at the end: %+v", found)
	}
	for name, path := range map[string]string{"no file": "/nowhere.json", "no object": file("[]"), "no JSON": file("{"), "huge": file(strings.Repeat(" ", maxTemplateFile+2))} {
		if _, errOut, code := w.run("template", "lint", path); code != 1 || errOut == "" {
			t.Errorf("%s: exit %d %q", name, code, errOut)
		}
	}
}
