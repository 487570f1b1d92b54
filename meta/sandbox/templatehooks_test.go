package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"testing"
)

// TestHooksLikeMeta: each webhook about a template has the members of Meta's example of it, and of the same types.
func TestHooksLikeMeta(t *testing.T) {
	d := open(t, unbatched, func(c *Config) { c.HoldReview = true })
	h := d.all()
	comps := `{"type":"HEADER","format":"TEXT","text":"Hi"},{"type":"BODY","text":"Your order is in our shop."},{"type":"FOOTER","text":"F"},{"type":"BUTTONS","buttons":[{"type":"PHONE_NUMBER","text":"Call","phone_number":"+1555"},{"type":"URL","text":"Go","url":"https://a.example"}]}`
	d.create("like_meta", utility, comps)
	order := func(body string) { d.control(http.MethodPost, "templates/like_meta", body) }
	for _, c := range []struct{ file, body, field string }{
		{"metadocs-048", `{"status":"APPROVED"}`, statusField},
		{"metadocs-049", `{"status":"REJECTED","reason":"INVALID_FORMAT"}`, statusField},
		{"meta2026-026", `{"status":"REINSTATED"}`, statusField},
		{"meta2026-024", `{"pause":true}`, statusField},
		{"meta2026-025", `{"status":"DISABLED"}`, statusField},
		{"metadocs-047", `{"quality":"YELLOW"}`, qualityField}, // Meta's example of it has the wrong field
		{"metadocs-059", `{"category":"MARKETING"}`, categoryField},
		{"metadocs-058", `{"correct_category":"UTILITY"}`, categoryField},
		{"meta2026-030", `{"correct_category":"UTILITY"}`, "template_correct_category_detection"},
		{"metadocs-046", `{"components":[` + comps + `]}`, "message_template_components_update"},
	} {
		raw, err := os.ReadFile("testdata/webhooks/" + c.file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var sample answer
		if err := json.Unmarshal(raw, &sample.body); err != nil {
			t.Fatal(err)
		}
		order(c.body)
		got := h.change(c.field)
		if a, b := shapeOf(sample.at("entry.0.changes.0.value")), shapeOf(got.body); a != b {
			t.Errorf("%s:\nMeta    %s\nsandbox %s", c.file, a, b)
		}
	}
}

// shapeOf is the members of a JSON value and their types; a list is its first element.
func shapeOf(v any) string {
	switch x := v.(type) {
	case map[string]any:
		s := "{"
		for _, k := range slices.Sorted(maps.Keys(x)) {
			s += k + ":" + shapeOf(x[k]) + " "
		}
		return s + "}"
	case []any:
		if len(x) == 0 {
			return "[]"
		}
		return "[" + shapeOf(x[0]) + "]"
	}
	return fmt.Sprintf("%T", v)
}
