package webhook

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Cutting gives what encoding/json gives, for any JSON with any white space.
func TestCuttingAgreesWithEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw, err := json.Marshal(tree(3).Draw(t, "value"))
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "indented") {
			var b bytes.Buffer
			_ = json.Indent(&b, raw, "\r\n", " \t")
			raw = b.Bytes()
		}
		same(t, raw)
	})
}

// tree is any JSON value of at most that depth, with quotes, backslashes and braces in its texts.
func tree(depth int) *rapid.Generator[any] {
	words := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\\"{}\[\],: é\n]{0,6}`))
	leaf := []*rapid.Generator[any]{
		words.AsAny(), rapid.Int64().AsAny(), rapid.Float64Range(-1e300, 1e300).AsAny(), rapid.Bool().AsAny(), rapid.Just[any](nil),
	}
	if depth == 0 {
		return rapid.OneOf(leaf...)
	}
	sub := tree(depth - 1)
	return rapid.OneOf(append(leaf, rapid.SliceOfN(sub, 0, 4).AsAny(), rapid.MapOfN(words, sub, 0, 4).AsAny())...)
}

func same(t *rapid.T, raw json.RawMessage) {
	var want any
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	switch want := want.(type) {
	case map[string]any:
		o, err := objectOf(raw)
		if err != nil || len(o) != len(want) {
			t.Fatalf("%s: %d members, want %d (%v)", raw, len(o), len(want), err)
		}
		for _, m := range o {
			if _, ok := want[m.key]; !ok && !strings.Contains(m.key, "\uFFFD") {
				t.Fatalf("%s: member %q", raw, m.key)
			}
			same(t, m.val)
		}
	case []any:
		items, err := array(raw)
		if err != nil || len(items) != len(want) {
			t.Fatalf("%s: %d items, want %d (%v)", raw, len(items), len(want), err)
		}
		for i, item := range items {
			var got any
			if err := json.Unmarshal(item, &got); err != nil || !reflect.DeepEqual(got, want[i]) {
				t.Fatalf("%s: item %d is %s", raw, i, item)
			}
			same(t, item)
		}
	default:
		if _, err := objectOf(raw); err == nil {
			t.Fatalf("%s is taken for an object", raw)
		}
	}
}

func TestNULIsNotKept(t *testing.T) {
	if got := text(json.RawMessage(`"a\u0000b\ud83d"`)); got != "a\uFFFDb\uFFFD" {
		t.Errorf("%q", got)
	}
}
