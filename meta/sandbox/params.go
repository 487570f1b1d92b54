package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxPlainBody = 4 << 20   // JSON and forms
	maxMediaBody = 110 << 20 // multipart bodies and resumable uploads
)

// params are a call's parameters wherever they came from: query, form or JSON, the body winning over the query as in Graph.
type params struct {
	v    map[string]any    // JSON values; form values that are JSON objects or arrays are decoded
	raw  map[string]string // form and query values as they came
	file *upload
	json bool // the body was a JSON object
}

type upload struct {
	name  string
	ctype string
	data  []byte
}

var errTooLarge = errors.New("the body is too large")

// readParams takes a request apart. The second result is the body of a request that is not multipart.
func readParams(r *http.Request, rawBody bool) (params, []byte, error) {
	p := params{v: map[string]any{}, raw: map[string]string{}}
	p.addValues(lenientQuery(r.URL.RawQuery))
	ctype, attrs, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if ctype == "multipart/form-data" && !rawBody {
		return p, nil, p.readMultipart(r.Body, attrs["boundary"])
	}
	limit := int64(maxPlainBody)
	if rawBody {
		limit = maxMediaBody
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	if err != nil {
		return p, body, fmt.Errorf("reading the body: %w", err)
	}
	if int64(len(body)) > limit {
		return p, nil, errTooLarge
	}
	trimmed := bytes.TrimSpace(body)
	switch {
	case rawBody || len(trimmed) == 0:
	case strings.HasSuffix(ctype, "json"), ctype == "" && trimmed[0] == '{', ctype == "text/plain" && trimmed[0] == '{':
		v, err := decodeJSON(trimmed)
		if err != nil {
			return p, body, err
		}
		o, ok := v.(map[string]any)
		if !ok {
			return p, body, errors.New("the body is not a JSON object")
		}
		p.json = true
		for k, x := range o {
			p.v[k] = x
			delete(p.raw, k)
		}
	default:
		p.addValues(lenientQuery(string(trimmed)))
	}
	return p, body, nil
}

func lenientQuery(q string) url.Values {
	v, _ := url.ParseQuery(q) // keeps what it understood
	return v
}

func (p *params) addValues(vals url.Values) {
	for k, l := range vals {
		if len(l) > 0 {
			p.addText(k, l[len(l)-1])
		}
	}
}

func (p *params) addText(k, s string) {
	p.raw[k], p.v[k] = s, s
	if s != "" && (s[0] == '{' || s[0] == '[') {
		if v, err := decodeJSON([]byte(s)); err == nil {
			p.v[k] = v
		}
	}
}

func (p *params) readMultipart(body io.Reader, boundary string) error {
	if boundary == "" {
		return errors.New("multipart body without a boundary")
	}
	mr := multipart.NewReader(io.LimitReader(body, maxMediaBody+1), boundary)
	for {
		part, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a part: %w", err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return fmt.Errorf("reading a part: %w", err)
		}
		if part.FileName() != "" || part.FormName() == "file" {
			p.file = &upload{name: part.FileName(), ctype: part.Header.Get("Content-Type"), data: data}
			continue
		}
		p.addText(part.FormName(), string(data))
	}
}

// decodeJSON reads exactly one JSON value and keeps numbers as they were written.
func decodeJSON(b []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("the body is not valid JSON: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("the body is not valid JSON: something follows the value")
	}
	return v, nil
}

func (p params) has(k string) bool { v, ok := p.v[k]; return ok && v != nil }

// str returns a parameter as text; numbers and booleans are written out.
func (p params) str(k string) string {
	if s, ok := p.raw[k]; ok {
		return s
	}
	return asText(p.v[k])
}

func (p params) int(k string, def int) (int, bool) {
	s := p.str(k)
	if s == "" {
		return def, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// asText writes a JSON scalar; anything else is "".
func asText(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case json.Number:
		return x.String()
	case bool:
		return strconv.FormatBool(x)
	}
	return ""
}

// asBool reads true, "true", 1 and "1" (Graph takes them all).
func asBool(v any) (val, ok bool) {
	switch strings.ToLower(asText(v)) {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}

func asInt(v any) (int, bool) {
	n, err := strconv.Atoi(asText(v))
	return n, err == nil
}

func asObject(v any) map[string]any { o, _ := v.(map[string]any); return o }

func asList(v any) []any { l, _ := v.([]any); return l }

func runes(s string) int { return utf8.RuneCountInString(s) }
