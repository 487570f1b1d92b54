package meta

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// String is text that Meta sends as a JSON string or as a number or boolean; ids come both ways. null is "".
type String string

// UnmarshalJSON accepts every scalar.
func (s *String) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	switch {
	case len(b) == 0 || string(b) == "null":
		*s = ""
	case b[0] == '"':
		var v string
		if err := json.Unmarshal(b, &v); err != nil {
			return err
		}
		*s = String(v)
	case b[0] == '{' || b[0] == '[':
		return fmt.Errorf("meta: text expected, found %q…", b[0])
	default:
		*s = String(b)
	}
	return nil
}

// Int is a whole number that Meta sends as a JSON number or as a string; null, "" and fractions' tails count as 0.
type Int int64

// UnmarshalJSON accepts numbers and strings of digits.
func (n *Int) UnmarshalJSON(b []byte) error {
	var s String
	if err := s.UnmarshalJSON(b); err != nil {
		return err
	}
	t := strings.TrimSpace(string(s))
	if t == "" {
		*n = 0
		return nil
	}
	if v, err := strconv.ParseInt(t, 10, 64); err == nil {
		*n = Int(v)
		return nil
	}
	f, err := strconv.ParseFloat(t, 64)
	if err != nil || f > 9e18 || f < -9e18 || f != f {
		return fmt.Errorf("meta: number expected, found %.20q", t)
	}
	*n = Int(f)
	return nil
}
