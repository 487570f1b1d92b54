package template

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
)

// Positional samples are a list in the order of their numbers; beyond this number they are written by name, so that
// a stray {{99999999}} does not make a list of that length.
const maxListed = 100

// exampleKeys are the known keys of a component's example (Meta: Templates › Components).
type exampleKeys struct{ list, named string }

func keysFor(t ComponentType) exampleKeys {
	if t == Header {
		return exampleKeys{"header_text", "header_text_named_params"}
	}
	return exampleKeys{"body_text", "body_text_named_params"}
}

const handleKey = "header_handle"

type namedSample struct {
	Name  string `json:"param_name"`
	Value string `json:"example"`
}

// example takes the samples and handles out. The raw example stays behind when it says more than they do.
func (o object) example(t ComponentType) ([]Sample, []string) {
	raw, ok := o["example"]
	if !ok {
		return nil, nil
	}
	samples, handles := readExample(raw, t)
	if written, err := encode(exampleOf(nil, t, samples, handles)); err == nil && len(samples)+len(handles) > 0 && sameJSON(written, raw) {
		delete(o, "example")
	}
	return samples, handles
}

func readExample(raw json.RawMessage, t ComponentType) (samples []Sample, handles []string) {
	o, err := readObject(raw)
	if err != nil {
		return nil, nil
	}
	keys := keysFor(t)
	row := o[keys.list]
	if t != Header {
		// A list of rows, of which the first counts.
		var rows []json.RawMessage
		if json.Unmarshal(row, &rows) == nil && len(rows) > 0 && bytes.HasPrefix(bytes.TrimSpace(rows[0]), []byte("[")) {
			row = rows[0]
		}
	}
	list, _ := textsOf(row)
	for i, v := range list {
		samples = append(samples, Sample{strconv.Itoa(i + 1), v})
	}
	var named []namedSample
	if json.Unmarshal(o[keys.named], &named) == nil {
		for _, n := range named {
			if n.Name != "" {
				samples = append(samples, Sample(struct{ Placeholder, Value string }{n.Name, n.Value}))
			}
		}
	}
	handles, _ = textsOf(o[handleKey])
	return samples, handles
}

// exampleOf writes samples and handles over the known keys of what came.
func exampleOf(came json.RawMessage, t ComponentType, samples []Sample, handles []string) map[string]any {
	out := map[string]any{}
	if o, err := readObject(came); err == nil {
		for k, v := range o {
			out[k] = v
		}
	}
	keys := keysFor(t)
	delete(out, keys.list)
	delete(out, keys.named)
	delete(out, handleKey)
	var listed []string
	var named []namedSample
	for _, s := range samples {
		n := number(s.Placeholder)
		if n < 1 || n > maxListed {
			named = append(named, namedSample{s.Placeholder, s.Value})
			continue
		}
		for len(listed) < n {
			listed = append(listed, "")
		}
		listed[n-1] = s.Value
	}
	if listed != nil {
		if t == Header {
			out[keys.list] = listed
		} else {
			out[keys.list] = [][]string{listed}
		}
	}
	if named != nil {
		out[keys.named] = named
	}
	if len(handles) > 0 {
		out[handleKey] = handles
	}
	return out
}

func (w *writer) example(c Component) {
	came, ok := w.extra["example"]
	if !ok && len(c.Samples)+len(c.Handles) == 0 {
		return
	}
	if ok {
		w.known = append(w.known, "example")
		samples, handles := readExample(came, c.Type)
		if slices.Equal(samples, c.Samples) && slices.Equal(handles, c.Handles) {
			w.key("example")
			w.out = append(w.out, came...)
			return
		}
	}
	out := exampleOf(came, c.Type, c.Samples, c.Handles)
	if len(out) == 0 {
		return
	}
	b, err := encode(out)
	if err != nil {
		w.err = err
		return
	}
	w.key("example")
	w.out = append(w.out, b...)
}

// sameJSON compares two values, numbers by their spelling.
func sameJSON(a, b []byte) bool {
	x, err := anyOf(a)
	if err != nil {
		return false
	}
	y, err := anyOf(b)
	return err == nil && equalAny(x, y)
}

func anyOf(b []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

func equalAny(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for k, v := range x {
			if w, ok := y[k]; !ok || !equalAny(v, w) {
				return false
			}
		}
		return true
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, equalAny)
	default:
		return a == b
	}
}
