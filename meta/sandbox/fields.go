package sandbox

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// node is one Graph object as a reader may see it: its values, the names a reader may ask for, and what comes without asking.
type node struct {
	typ      string // Graph's name of the type, for the refusal of an unknown field
	values   map[string]any
	known    []string // selectable names besides those in values; without a value they are left out
	defaults []string
}

// pick answers fields=a,b{c,d}: the fields asked for and always the id.
func (n node) pick(fields string) (map[string]any, *graphErr) {
	out := map[string]any{}
	if id, ok := n.values["id"]; ok {
		out["id"] = id
	}
	names := splitFields(fields)
	if len(names) == 0 {
		names = n.defaults
	}
	for _, f := range names {
		name, sub := f, ""
		if i := strings.IndexByte(f, '{'); i >= 0 {
			name, sub = f[:i], strings.TrimSuffix(f[i+1:], "}")
		}
		name, _, _ = strings.Cut(name, ".")
		name = strings.TrimSpace(name)
		v, ok := n.values[name]
		if !ok {
			if !contains(n.known, name) {
				return nil, param100("Tried accessing nonexisting field (%s) on node type (%s)", name, n.typ)
			}
			continue
		}
		if nodes, isEdge := v.([]node); isEdge {
			var items []any
			for _, x := range nodes {
				item, e := x.pick(sub)
				if e != nil {
					return nil, e
				}
				items = append(items, item)
			}
			v = list(items, nil)
		} else if o, isObj := v.(map[string]any); isObj && sub != "" {
			cut := map[string]any{}
			for _, k := range splitFields(sub) {
				if x, has := o[k]; has {
					cut[k] = x
				}
			}
			v = cut
		}
		out[name] = v
	}
	return out, nil
}

// splitFields splits at the commas outside braces and parentheses.
func splitFields(s string) []string {
	var out []string
	depth, from := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '{', '(', '[':
			depth++
		case '}', ')', ']':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, strings.TrimSpace(s[from:i]))
				from = i + 1
			}
		}
	}
	if last := strings.TrimSpace(s[from:]); last != "" {
		out = append(out, last)
	}
	return out
}

// paging cuts one page out of n items and returns its bounds with the "paging" member (nil for an empty list).
func (c *call) paging(n, most int) (from, to int, pg map[string]any, e *graphErr) {
	limit, ok := c.p.int("limit", 25)
	if !ok || limit < 1 {
		return 0, 0, nil, param100("Param limit must be an integer greater than zero")
	}
	limit = min(limit, most)
	after, before := c.p.str("after"), c.p.str("before")
	switch {
	case after != "":
		i, ok := readCursor(after)
		if !ok || i >= n {
			return 0, 0, nil, fail(131059, "")
		}
		from = i + 1
		to = min(from+limit, n)
	case before != "":
		i, ok := readCursor(before)
		if !ok || i > n {
			return 0, 0, nil, fail(131059, "")
		}
		to = i
		from = max(0, to-limit)
	default:
		to = min(limit, n)
	}
	if from >= to {
		return from, from, nil, nil
	}
	pg = map[string]any{"cursors": map[string]any{"before": writeCursor(from), "after": writeCursor(to - 1)}}
	if to < n {
		pg["next"] = c.pageURL("after", writeCursor(to-1), limit)
	}
	if from > 0 {
		pg["previous"] = c.pageURL("before", writeCursor(from), limit)
	}
	return from, to, pg, nil
}

func (c *call) pageURL(dir, cursor string, limit int) string {
	q := c.r.URL.Query()
	q.Del("access_token") // a link must not carry a secret into logs
	q.Del("appsecret_proof")
	q.Del("after")
	q.Del("before")
	q.Set("limit", strconv.Itoa(limit))
	q.Set(dir, cursor)
	return c.origin() + c.r.URL.Path + "?" + q.Encode()
}

func writeCursor(i int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("QVFI:" + strconv.Itoa(i)))
}

func readCursor(s string) (int, bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return 0, false
	}
	t, ok := strings.CutPrefix(string(b), "QVFI:")
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(t)
	return i, err == nil && i >= 0
}

func contains(l []string, s string) bool {
	for _, x := range l {
		if x == s {
			return true
		}
	}
	return false
}

// list is the answer of a list edge.
func list(data []any, pg map[string]any) map[string]any {
	if data == nil {
		data = []any{}
	}
	out := map[string]any{"data": data}
	if pg != nil {
		out["paging"] = pg
	}
	return out
}

func success() map[string]any { return map[string]any{"success": true} }
