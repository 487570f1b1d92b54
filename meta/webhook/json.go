package webhook

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"shopbell/meta"
)

// A body is checked once to be JSON; after that it is only cut, without copying: every part below is a slice of the body.
// encoding/json would check and copy again on each of the nine levels between a body and the text of a message.

// object is a JSON object whose members are read one by one, so that an odd one costs nothing but itself. A nil object
// reads as empty; of doubled keys the last counts.
type object []member

type member struct {
	key string
	val json.RawMessage
}

var (
	errNotAnObject = errors.New("not an object")
	errNotAList    = errors.New("not a list")
)

// objectOf cuts a valid JSON object into its members.
func objectOf(raw json.RawMessage) (object, error) {
	i := space(raw, 0)
	if i >= len(raw) || raw[i] != '{' {
		return nil, errNotAnObject
	}
	o := make(object, 0, 8)
	for i = space(raw, i+1); i < len(raw) && raw[i] == '"'; i = space(raw, i) {
		end := skip(raw, i)
		key := text(raw[i:end])
		i = space(raw, end)
		i = space(raw, i+1) // the colon
		end = skip(raw, i)
		o = append(o, member{key, raw[i:end:end]})
		i = space(raw, end)
		if i >= len(raw) || raw[i] != ',' {
			break
		}
		i++
	}
	return o, nil
}

// array cuts a valid JSON list into its items; absent and null are empty.
func array(raw json.RawMessage) ([]json.RawMessage, error) {
	i := space(raw, 0)
	if i >= len(raw) || string(raw[i:]) == "null" {
		return nil, nil
	}
	if raw[i] != '[' {
		return nil, errNotAList
	}
	var items []json.RawMessage
	for i = space(raw, i+1); i < len(raw) && raw[i] != ']'; i = space(raw, i) {
		end := skip(raw, i)
		items = append(items, raw[i:end:end])
		i = space(raw, end)
		if i >= len(raw) || raw[i] != ',' {
			break
		}
		i++
	}
	return items, nil
}

// get is the value under key, nil when there is none.
func (o object) get(key string) json.RawMessage {
	for i := len(o) - 1; i >= 0; i-- {
		if o[i].key == key {
			return o[i].val
		}
	}
	return nil
}

// str reads text, a number or true and false; anything else is "".
func (o object) str(key string) string { return str(o.get(key)) }

func str(raw json.RawMessage) string {
	switch {
	case len(raw) == 0 || raw[0] == '{' || raw[0] == '[' || string(raw) == "null":
		return ""
	case raw[0] == '"':
		return text(raw)
	}
	return string(raw)
}

// num reads a whole number or a string of digits; anything else is 0.
func (o object) num(key string) meta.Int {
	var n meta.Int
	if raw := o.get(key); raw != nil {
		_ = n.UnmarshalJSON(raw)
	}
	return n
}

func (o object) float(key string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(o.str(key)), 64)
	if err != nil {
		return 0
	}
	return f
}

func (o object) flag(key string) bool { return o.str(key) == "true" }

// object is the object under key, nil when there is none.
func (o object) object(key string) object {
	sub, _ := objectOf(o.get(key))
	return sub
}

// text reads a JSON string. NUL becomes U+FFFD: PostgreSQL cannot keep it, and nobody writes it.
func text(raw json.RawMessage) string {
	if len(raw) < 2 {
		return ""
	}
	if in := raw[1 : len(raw)-1]; bytes.IndexByte(in, '\\') < 0 && utf8.Valid(in) {
		return string(in)
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return strings.ReplaceAll(s, "\x00", "\uFFFD")
}

// space is the next place that is not white.
func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// skip is the end of the valid JSON value that begins at i.
func skip(b []byte, i int) int {
	depth := 0
	for ; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = stringEnd(b, i)
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i // the end of a number before it
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\n', '\r', '\t':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}

// stringEnd is the closing quote of the string that opens at i. A quote closes after an even number of backslashes.
func stringEnd(b []byte, i int) int {
	for open := i; ; {
		n := bytes.IndexByte(b[i+1:], '"')
		if n < 0 {
			return len(b) - 1
		}
		i += n + 1
		slashes := 0
		for j := i - 1; j > open && b[j] == '\\'; j-- {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
	}
}
