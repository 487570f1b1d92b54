package template

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
)

// writer appends a JSON object: known fields in a fixed order, then what came besides. A known field that has a value
// wins over extra, unless extra holds that same value in another spelling.
type writer struct {
	extra map[string]json.RawMessage
	out   []byte
	begun bool
	known []string // keys of extra that were dealt with
	err   error
}

// appender is what can be part of a larger object without being checked again at each level.
type appender interface {
	appendJSON(b []byte) ([]byte, error)
}

func (w *writer) done() ([]byte, error) {
	if len(w.extra) > len(w.known) {
		keys := make([]string, 0, len(w.extra))
		for k := range w.extra {
			if !slices.Contains(w.known, k) {
				keys = append(keys, k)
			}
		}
		slices.Sort(keys)
		for _, k := range keys {
			w.key(k)
			w.out = append(w.out, w.extra[k]...)
		}
	}
	if !w.begun {
		w.out = append(w.out, '{')
	}
	return append(w.out, '}'), w.err
}

func (w *writer) key(key string) {
	if w.begun {
		w.out = append(w.out, ',')
	} else {
		w.out = append(w.out, '{')
		w.begun = true
	}
	w.out = append(appendString(w.out, key), ':')
}

// came writes the raw spelling of a key when the value is empty or the spelling says the same; false leaves the value
// to the caller, unless it is empty, for then there is nothing to write.
func (w *writer) came(key string, empty bool, same func(raw json.RawMessage) bool) bool {
	raw, ok := w.extra[key]
	if !ok {
		return empty
	}
	w.known = append(w.known, key)
	if !empty && (same == nil || !same(raw)) {
		return false
	}
	w.key(key)
	w.out = append(w.out, raw...)
	return true
}

func (w *writer) text(key, v string) {
	if !w.came(key, v == "", nil) {
		w.key(key)
		w.out = appendString(w.out, v)
	}
}

func (w *writer) id(key, v string) {
	if !w.came(key, v == "", func(raw json.RawMessage) bool { return idOf(raw) == v }) {
		w.key(key)
		w.out = appendString(w.out, v)
	}
}

func (w *writer) flag(key string, v bool) {
	if !w.came(key, !v, nil) {
		w.key(key)
		w.out = append(w.out, "true"...)
	}
}

func (w *writer) int(key string, v int) {
	if !w.came(key, v == 0, nil) {
		w.key(key)
		w.out = strconv.AppendInt(w.out, int64(v), 10)
	}
}

func (w *writer) optionalInt(key string, v *int) {
	if !w.came(key, v == nil, nil) {
		w.key(key)
		w.out = strconv.AppendInt(w.out, int64(*v), 10)
	}
}

func (w *writer) texts(key string, v []string, single bool) {
	same := func(raw json.RawMessage) bool {
		list, _ := textsOf(raw)
		return slices.Equal(list, v)
	}
	if w.came(key, len(v) == 0, same) {
		return
	}
	w.key(key)
	if single && len(v) == 1 {
		w.out = appendString(w.out, v[0])
		return
	}
	w.out = append(w.out, '[')
	for i, s := range v {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.out = appendString(w.out, s)
	}
	w.out = append(w.out, ']')
}

// value writes anything.
func (w *writer) value(key string, v any, empty bool, same func(raw json.RawMessage) bool) {
	if w.came(key, empty, same) {
		return
	}
	b, err := encode(v)
	if err != nil {
		w.err = err
		return
	}
	w.key(key)
	w.out = append(w.out, b...)
}

func writeEnum[T ~string](w *writer, key string, v T) {
	if !w.came(key, v == "", func(raw json.RawMessage) bool {
		s, _ := stringOf(raw)
		return upper[T](s) == upper[T](string(v))
	}) {
		w.key(key)
		w.out = appendString(w.out, string(v))
	}
}

func writeList[T appender](w *writer, key string, v []T) {
	if w.came(key, len(v) == 0, nil) {
		return
	}
	w.key(key)
	w.out = append(w.out, '[')
	for i := range v {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.append(v[i])
	}
	w.out = append(w.out, ']')
}

func writeObject[T appender](w *writer, key string, v *T) {
	if !w.came(key, v == nil, nil) {
		w.key(key)
		w.append(*v)
	}
}

func (w *writer) append(v appender) {
	b, err := v.appendJSON(w.out)
	if err != nil {
		w.err = err
		return
	}
	w.out = b
}

// appendString writes a string without HTML's escapes, which only make texts longer.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c >= 0x7F || c == '"' || c == '\\' {
			quoted, _ := encode(s) // a string always has an encoding
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
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
