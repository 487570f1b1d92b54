package sandbox

import (
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

// check collects the first thing that is wrong; after it every further question is answered with nothing.
type check struct{ e *graphErr }

func (k *check) fail(e *graphErr) {
	if k.e == nil {
		k.e = e
	}
}

func (k *check) bad(format string, args ...any) { k.fail(fail(131009, format, args...)) }

func (k *check) missing(path string) { k.fail(fail(131008, "%s is required", path)) }

// object wants a JSON object under key.
func (k *check) object(o map[string]any, path, key string) map[string]any {
	v, ok := o[key]
	if !ok || v == nil {
		k.missing(path + key)
		return nil
	}
	m, ok := v.(map[string]any)
	if !ok {
		k.bad("%s%s must be an object", path, key)
	}
	return m
}

// array wants a list with lo to hi elements.
func (k *check) array(o map[string]any, path, key string, lo, hi int) []any {
	v, ok := o[key]
	if !ok || v == nil {
		k.missing(path + key)
		return nil
	}
	l, ok := v.([]any)
	if !ok {
		k.bad("%s%s must be an array", path, key)
		return nil
	}
	if len(l) < lo || len(l) > hi {
		k.bad("%s%s count invalid. Min: %d, Max: %d", path, key, lo, hi)
	}
	return l
}

// text wants a string of lo to hi characters; with lo 0 it may be absent.
func (k *check) text(o map[string]any, path, key, label string, lo, hi int) string {
	v, ok := o[key]
	if !ok || v == nil {
		if lo > 0 {
			k.missing(path + key)
		}
		return ""
	}
	s, ok := v.(string)
	if !ok {
		k.bad("%s%s must be a string", path, key)
		return ""
	}
	if n := runes(s); n < lo || n > hi || lo > 0 && strings.TrimSpace(s) == "" {
		k.bad("%s length invalid. Min length: %d, Max length: %d", label, lo, hi)
	}
	return s
}

// content checks the object of the message's type.
func (o *order) content() *graphErr {
	if o.kind == "contacts" {
		return o.contacts()
	}
	obj, ok := o.obj.(map[string]any)
	if !ok {
		return param100("Param %s must be a JSON object.", o.kind)
	}
	k := &check{}
	switch o.kind {
	case "text":
		return o.plain(obj)
	case "image", "video", "document":
		o.media(k, obj, o.kind, o.kind)
		if c, has := obj["caption"]; has && c != nil {
			s, isText := c.(string)
			if !isText || runes(s) > 1024 {
				return param100("Param %s['caption'] must be a string of at most 1024 characters.", o.kind)
			}
			o.text = s
		}
		if f, has := obj["filename"]; has && f != nil {
			if _, isText := f.(string); !isText || o.kind != "document" {
				return param100("Unexpected key \"filename\" on param %q.", o.kind)
			}
		}
	case "audio", "sticker":
		if _, has := obj["caption"]; has {
			return param100("Unexpected key \"caption\" on param %q.", o.kind)
		}
		if v, has := obj["voice"]; has {
			if _, isBool := asBool(v); !isBool {
				return param100("Param audio['voice'] must be a boolean.")
			}
		}
		o.media(k, obj, o.kind, o.kind)
	case "location":
		coordinate(k, obj, "latitude", 90)
		coordinate(k, obj, "longitude", 180)
		for _, f := range []string{"name", "address"} {
			if v, has := obj[f]; has && v != nil {
				if _, isText := v.(string); !isText {
					k.bad("location: %s must be a string", f)
				}
			}
		}
	case "reaction":
		o.reaction(k, obj)
	case "interactive":
		o.interactive(k, obj)
	case "template":
		return o.template(obj)
	}
	return k.e
}

func (o *order) plain(obj map[string]any) *graphErr {
	v, has := obj["body"]
	s, isText := v.(string)
	switch {
	case !has || v == nil || isText && strings.TrimSpace(s) == "":
		return missing100("text['body']")
	case !isText:
		return param100("Param text['body'] must be a string.")
	case runes(s) > 4096:
		return param100("Param text['body'] must be at most 4096 characters long.")
	}
	if pv, has := obj["preview_url"]; has && pv != nil {
		if _, ok := asBool(pv); !ok {
			return param100("Param text['preview_url'] must be a boolean.")
		}
	}
	o.text = s
	return nil
}

func coordinate(k *check, obj map[string]any, key string, most float64) {
	v, has := obj[key]
	if !has || v == nil {
		k.missing("location: " + key)
		return
	}
	f, err := strconv.ParseFloat(asText(v), 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > most {
		k.bad("location: %s must be a number between -%g and %g", key, most, most)
	}
}

// media wants an id of this number's media or a link, not both.
func (o *order) media(k *check, obj map[string]any, kind, path string) {
	id, link := asText(obj["id"]), asText(obj["link"])
	switch {
	case id == "" && link == "":
		k.missing(path + ": id or link")
	case id != "" && link != "":
		k.bad("%s: give either id or link", path)
	case id != "":
		m := o.c.s.w.media[id]
		if m == nil || m.phone != o.phone.id || o.c.now.After(m.expires) {
			k.bad("%s: the media id %s is not known or has expired", path, clip(id, 40))
			return
		}
		if got, _ := mediaKind(m.mime); got != kind && kind != "document" && o.late == 0 {
			o.late, o.lateWhy = 131053, fmt.Sprintf("Unsupported %s mime type %s.", kind, m.mime)
		}
	default:
		if !validURL(link) {
			k.bad("%s: link is not a valid http or https URL", path)
			return
		}
		o.links = append(o.links, mediaLink{kind, link})
	}
}

func validURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && len(s) <= 2048
}

func (o *order) reaction(k *check, obj map[string]any) {
	if id, ok := obj["message_id"].(string); !ok || id == "" {
		k.missing("reaction: message_id")
	}
	v, has := obj["emoji"]
	s, isText := v.(string)
	switch {
	case !has:
		k.missing("reaction: emoji")
	case !isText:
		k.bad("reaction: emoji must be a string")
	case s != "" && !oneEmoji(s):
		k.bad("reaction: emoji must be exactly one emoji")
	}
	o.text = s
}

// oneEmoji is true for one user-perceived character that is not a letter or digit by itself.
func oneEmoji(s string) bool {
	if len(s) > 64 || uniseg.GraphemeClusterCount(s) != 1 {
		return false
	}
	first := []rune(s)[0]
	switch {
	case first < 0x80: // keycaps: digit, variation selector, enclosing keycap
		return strings.ContainsRune("0123456789#*", first) && strings.HasSuffix(s, "\u20e3")
	case first == 0xa9 || first == 0xae || first == 0x203c || first == 0x2049:
		return true
	}
	return first >= 0x2100
}

// reactionTarget says why a reaction cannot be shown, if so (Meta tells it by webhook).
func (o *order) reactionTarget() (int, string) {
	id := asText(asObject(o.obj)["message_id"])
	w := o.c.s.w
	switch in, out := w.inbound[id], w.sentByID[id]; {
	case in != nil && in.kind != "reaction" && o.c.now.Sub(in.at) <= 30*24*60*60*1e9:
	case out != nil && out.kind != "reaction" && o.c.now.Sub(out.at) <= 30*24*60*60*1e9:
	default:
		return 131009, "The message reacted to is unknown, older than 30 days, deleted or a reaction itself."
	}
	return 0, ""
}

var birthdayForm = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`)

// contacts checks shared contact cards.
func (o *order) contacts() *graphErr {
	l, ok := o.obj.([]any)
	if !ok {
		return param100("Param contacts must be an array.")
	}
	k := &check{}
	if len(l) < 1 || len(l) > 257 {
		k.bad("contacts count invalid. Min: 1, Max: 257")
	}
	for i, v := range l {
		path := fmt.Sprintf("contacts[%d]: ", i)
		c, ok := v.(map[string]any)
		if !ok {
			k.bad("%smust be an object", path)
			break
		}
		name := k.object(c, path, "name")
		k.text(name, path+"name.", "formatted_name", "Formatted name", 1, 1024)
		if k.e == nil && !slices.ContainsFunc([]string{"first_name", "last_name", "middle_name", "suffix", "prefix"}, func(p string) bool { return asText(name[p]) != "" }) {
			k.missing(path + "at least one more part of name")
		}
		if b, has := c["birthday"]; has && b != nil && asText(b) != "" && !birthdayForm.MatchString(asText(b)) {
			k.bad("%sbirthday must have the form YYYY-MM-DD", path)
		}
		for _, part := range []string{"phones", "emails", "addresses", "urls"} {
			p, has := c[part]
			if !has || p == nil {
				continue
			}
			items, ok := p.([]any)
			if !ok || slices.ContainsFunc(items, func(x any) bool { return asObject(x) == nil }) {
				k.bad("%s%s must be an array of objects", path, part)
			}
		}
		if org, has := c["org"]; has && org != nil && asObject(org) == nil {
			k.bad("%sorg must be an object", path)
		}
	}
	return k.e
}
