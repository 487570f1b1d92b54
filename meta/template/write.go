package template

import (
	"bytes"
	"encoding/json"
	"slices"
)

// writer builds a JSON object from known fields in a fixed order and from what came besides. A known field that has
// a value wins over extra, unless extra holds that same value in another spelling.
type writer struct {
	extra map[string]json.RawMessage
	out   bytes.Buffer
	known []string // keys dealt with
	err   error
}

func (w *writer) done() ([]byte, error) {
	keys := make([]string, 0, len(w.extra))
	for k := range w.extra {
		if !slices.Contains(w.known, k) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		w.raw(k, w.extra[k])
	}
	if w.err != nil {
		return nil, w.err
	}
	if w.out.Len() == 0 {
		return []byte("{}"), nil
	}
	w.out.WriteByte('}')
	return w.out.Bytes(), nil
}

func (w *writer) raw(key string, value []byte) {
	if w.out.Len() == 0 {
		w.out.WriteByte('{')
	} else {
		w.out.WriteByte(',')
	}
	w.out.Write(plain(key))
	w.out.WriteByte(':')
	w.out.Write(value)
	w.known = append(w.known, key)
}

// value writes v, or the raw spelling when it says the same, or nothing when v is empty and nothing came.
func (w *writer) value(key string, v any, empty bool, same func(raw json.RawMessage) bool) {
	if raw, ok := w.extra[key]; ok && (empty || same != nil && same(raw)) {
		w.raw(key, raw)
		return
	}
	w.known = append(w.known, key)
	if empty {
		return
	}
	b, err := encode(v)
	if err != nil {
		w.err = err
		return
	}
	w.raw(key, b)
}

func (w *writer) text(key, v string) { w.value(key, v, v == "", nil) }

func (w *writer) id(key, v string) {
	w.value(key, v, v == "", func(raw json.RawMessage) bool { return idOf(raw) == v })
}

func (w *writer) flag(key string, v bool) { w.value(key, v, !v, nil) }

func (w *writer) int(key string, v int) { w.value(key, v, v == 0, nil) }

func (w *writer) optionalInt(key string, v *int) { w.value(key, v, v == nil, nil) }

func (w *writer) texts(key string, v []string, single bool) {
	same := func(raw json.RawMessage) bool {
		list, _ := textsOf(raw)
		return slices.Equal(list, v)
	}
	if single && len(v) == 1 {
		w.value(key, v[0], false, same)
		return
	}
	w.value(key, v, len(v) == 0, same)
}

func writeEnum[T ~string](w *writer, key string, v T) {
	w.value(key, string(v), v == "", func(raw json.RawMessage) bool {
		s, _ := stringOf(raw)
		return upper[T](s) == upper[T](string(v))
	})
}

func writeList[T any](w *writer, key string, v []T) { w.value(key, v, len(v) == 0, nil) }

func writeObject[T any](w *writer, key string, v *T) { w.value(key, v, v == nil, nil) }

// encode is JSON without HTML's escapes, which only make texts longer.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

func plain(s string) []byte {
	b, _ := encode(s) // a string always has an encoding
	return b
}

func cloneAll[T any](list []T, clone func(T) T) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = clone(v)
	}
	return out
}

func cloneExtra(extra map[string]json.RawMessage) map[string]json.RawMessage {
	if extra == nil {
		return nil
	}
	out := make(map[string]json.RawMessage, len(extra))
	for k, v := range extra {
		out[k] = bytes.Clone(v)
	}
	return out
}
