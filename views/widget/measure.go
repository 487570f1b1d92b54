package widget

import (
	"container/list"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/rivo/uniseg"

	"shopbell/views/theme"
)

const ellipsis = "…"

// width is how wide a string is drawn, in logical pixels.
func width(s string, size float32, style fyne.TextStyle) float32 {
	if s == "" {
		return 0
	}
	return widths.of(s, size, style)
}

// fit shortens a string with an ellipsis until it is at most maxWidth wide; it cuts between grapheme clusters only.
func fit(s string, t theme.Type, style fyne.TextStyle, maxWidth float32) string {
	s = oneLine(s)
	if s == "" || maxWidth <= 0 {
		return ""
	}
	// Nothing narrower than 1.5 px is drawn at these sizes, so what cannot fit is not even measured.
	if limit := int(maxWidth/1.5) + 8; len(s) > limit*4 {
		s = s[:cutAt(s, limit)] + ellipsis
	}
	if width(s, t.Size, style) <= maxWidth {
		return s
	}
	ends := clusterEnds(strings.TrimSuffix(s, ellipsis))
	lo, hi := 0, len(ends)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if measured(s[:ends[mid-1]]+ellipsis, t.Size, style).Width <= maxWidth {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	if lo == 0 {
		return ellipsis
	}
	return strings.TrimRight(s[:ends[lo-1]], " ") + ellipsis
}

// oneLine turns line breaks and tabs into spaces, for text that is shown in a row.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\r\t\v\f\u2028\u2029") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune("\n\r\t\v\f\u2028\u2029", r)
	}), " ")
}

// clusterEnds gives the byte offset after each grapheme cluster.
func clusterEnds(s string) []int {
	ends := make([]int, 0, len(s))
	at, state := 0, -1
	for rest := s; rest != ""; {
		var c string
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		at += len(c)
		ends = append(ends, at)
	}
	return ends
}

// cutAt is the byte offset after n grapheme clusters.
func cutAt(s string, n int) int {
	at, state := 0, -1
	for rest := s; rest != "" && n > 0; n-- {
		var c string
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		at += len(c)
	}
	return at
}

// widths remembers how wide words are: measuring shapes the text anew and costs a thousand times more.
var widths = newWidthCache(8192)

type widthKey struct {
	s     string
	size  float32
	style fyne.TextStyle
}

type widthEntry struct {
	key widthKey
	w   float32
}

// widthCache is a bounded cache of widths, the least recently used going first. It lives on the UI goroutine.
type widthCache struct {
	max   int
	byKey map[widthKey]*list.Element
	order *list.List
}

func newWidthCache(max int) *widthCache {
	return &widthCache{max: max, byKey: make(map[widthKey]*list.Element, max), order: list.New()}
}

func (c *widthCache) of(s string, size float32, style fyne.TextStyle) float32 {
	key := widthKey{s, size, style}
	if e, ok := c.byKey[key]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*widthEntry).w
	}
	w := measured(s, size, style).Width
	if len(s) > 256 {
		return w // long strings come once; they would only push the words out
	}
	key.s = strings.Clone(s) // not to hold the whole message for one of its words
	c.byKey[key] = c.order.PushFront(&widthEntry{key, w})
	if c.order.Len() > c.max {
		last := c.order.Back()
		c.order.Remove(last)
		delete(c.byKey, last.Value.(*widthEntry).key)
	}
	return w
}
