package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
)

// object is a JSON object while it is being read. Taking a known key out leaves its raw value in place whenever
// writing the taken value would not give the same JSON again; what is left at the end becomes Extra.
type object map[string]json.RawMessage

var errNotObject = errors.New("a template is a JSON object")

func readObject(b []byte) (object, error) {
	if t := bytes.TrimSpace(b); len(t) == 0 || t[0] != '{' {
		return nil, errNotObject
	}
	var o object
	if err := json.Unmarshal(b, &o); err != nil {
		return nil, err
	}
	return o, nil
}

// readAny reads an object; anything else comes back as it is, in odd.
func readAny(b []byte) (o object, odd json.RawMessage, err error) {
	o, err = readObject(b)
	if errors.Is(err, errNotObject) {
		return nil, bytes.Clone(b), nil
	}
	return o, nil, err
}

func (o object) rest() map[string]json.RawMessage {
	if len(o) == 0 {
		return nil
	}
	return o
}

// text takes a string. The empty string stays behind, for it is written only if it came.
func (o object) text(key string) string {
	s, ok := stringOf(o[key])
	if ok && s != "" {
		delete(o, key)
	}
	return s
}

// id takes a string or a number written without fraction.
func (o object) id(key string) string {
	if s := o.text(key); s != "" {
		return s
	}
	return idOf(o[key])
}

func enumOf[T ~string](o object, key string) T {
	s, ok := stringOf(o[key])
	u := upper[T](s)
	if ok && s != "" && s == string(u) {
		delete(o, key)
	}
	return u
}

func (o object) flag(key string) bool {
	is := string(bytes.TrimSpace(o[key])) == "true"
	if is {
		delete(o, key)
	}
	return is
}

// int takes a whole number; zero stays behind.
func (o object) int(key string) int {
	n, ok := intOf(o[key])
	if ok && n != 0 {
		delete(o, key)
	}
	return n
}

func (o object) optionalInt(key string) *int {
	n, ok := intOf(o[key])
	if !ok {
		return nil
	}
	delete(o, key)
	return &n
}

// texts takes a list of strings, or one string, which is the usual spelling when single is set.
func (o object) texts(key string, single bool) []string {
	list, isSingle := textsOf(o[key])
	if len(list) > 0 && isSingle == (single && len(list) == 1) {
		delete(o, key)
	}
	return list
}

func listOf[T any](o object, key string) []T {
	raw := bytes.TrimSpace(o[key])
	if len(raw) == 0 || raw[0] != '[' {
		return nil
	}
	var list []T
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return nil
	}
	delete(o, key)
	return list
}

func objectOf[T any](o object, key string) *T {
	raw := bytes.TrimSpace(o[key])
	if len(raw) == 0 || raw[0] != '{' {
		return nil
	}
	v := new(T)
	if json.Unmarshal(raw, v) != nil {
		return nil
	}
	delete(o, key)
	return v
}

func stringOf(raw json.RawMessage) (string, bool) {
	t := bytes.TrimSpace(raw)
	if len(t) < 2 || t[0] != '"' {
		return "", false
	}
	var s string
	if json.Unmarshal(t, &s) != nil {
		return "", false
	}
	return s, true
}

// idOf is a number as text when it is written as whole numbers are, else "".
func idOf(raw json.RawMessage) string {
	t := bytes.TrimSpace(raw)
	for _, c := range t {
		if c < '0' || c > '9' {
			return ""
		}
	}
	return string(t)
}

// intOf is a number that would be written the same way again.
func intOf(raw json.RawMessage) (int, bool) {
	t := string(bytes.TrimSpace(raw))
	n, err := strconv.Atoi(t)
	if err != nil || strconv.Itoa(n) != t {
		return 0, false
	}
	return n, true
}

// textsOf reads a list of strings or a single one; nil for everything else.
func textsOf(raw json.RawMessage) (list []string, single bool) {
	if s, ok := stringOf(raw); ok {
		return []string{s}, true
	}
	t := bytes.TrimSpace(raw)
	if len(t) == 0 || t[0] != '[' {
		return nil, false
	}
	var items []json.RawMessage
	if json.Unmarshal(t, &items) != nil {
		return nil, false
	}
	for _, item := range items {
		s, ok := stringOf(item)
		if !ok {
			return nil, false
		}
		list = append(list, s)
	}
	return list, false
}
