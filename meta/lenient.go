package meta

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
)

// String is text that Meta sends as a JSON string or as a number or boolean; ids come both ways. null is "", and so is an
// object or a list: one odd value must not hide the rest of an answer.
type String string

// UnmarshalJSON accepts everything that is JSON.
func (s *String) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	*s = ""
	switch {
	case len(b) == 0 || string(b) == "null" || b[0] == '{' || b[0] == '[':
	case b[0] == '"':
		var v string
		if err := json.Unmarshal(b, &v); err != nil {
			return err
		}
		*s = String(v)
	default:
		*s = String(b)
	}
	return nil
}

// Int is a whole number that Meta sends as a JSON number or as a string of digits; anything else is 0.
type Int int64

// UnmarshalJSON accepts everything that is JSON.
func (n *Int) UnmarshalJSON(b []byte) error {
	var s String
	if err := s.UnmarshalJSON(b); err != nil {
		return err
	}
	*n = 0
	t := strings.TrimSpace(string(s))
	if v, err := strconv.ParseInt(t, 10, 64); err == nil {
		*n = Int(v)
	} else if f, err := strconv.ParseFloat(t, 64); err == nil && math.Abs(f) < 1<<62 {
		*n = Int(f)
	}
	return nil
}

// lenient decodes JSON and forgives a part of an unexpected type, which stays zero: the rest has then been decoded. What is
// wrong as a whole is still an error.
func lenient(raw []byte, out any) error {
	err := json.Unmarshal(raw, out)
	var typ *json.UnmarshalTypeError
	if errors.As(err, &typ) && typ.Field != "" {
		return nil
	}
	return err
}
