package theme

import (
	"hash/fnv"
	"image/color"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// AvatarColours is the ground of an avatar and the colour of its letters, the same in light and in dark.
type AvatarColours struct{ Ground, Letters color.NRGBA }

var avatars = []AvatarColours{
	{rgb(0xF6D9C8), rgb(0x7A3413)},
	{rgb(0xD9E6D2), rgb(0x2F5A24)},
	{rgb(0xD5E1F3), rgb(0x234A83)},
	{rgb(0xF3D6E2), rgb(0x7F2450)},
	{rgb(0xE4DBF3), rgb(0x51307F)},
	{rgb(0xF5E3B8), rgb(0x6B4A00)},
	{rgb(0xCFE8E6), rgb(0x15595A)},
}

// Avatar picks the colours for a key that stays the same as long as the contact does (its id, else its name).
func Avatar(key string) AvatarColours {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	return avatars[h.Sum32()%uint32(len(avatars))]
}

// Initials shortens a name to what fits into an avatar: the first letters of its first and last word, or the
// first two characters of a number.
func Initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc)
	})
	var firsts []string
	for _, w := range words {
		if c := firstLetter(w); c != "" {
			firsts = append(firsts, c)
		}
	}
	switch len(firsts) {
	case 0:
		return firstClusters(strings.Join(words, ""), 2)
	case 1:
		return firsts[0]
	default:
		return firsts[0] + firsts[len(firsts)-1]
	}
}

func firstLetter(word string) string {
	if rest, ok := strings.CutPrefix(word, "ال"); ok && rest != "" {
		word = rest // the Arabic article: it begins half of all family names
	}
	r := []rune(word)
	for i, c := range r {
		if unicode.IsLetter(c) {
			return strings.ToUpper(firstClusters(string(r[i:]), 1))
		}
		if unicode.IsDigit(c) {
			return ""
		}
	}
	return ""
}

func firstClusters(s string, n int) string {
	var b strings.Builder
	state := -1
	for n > 0 && s != "" {
		var c string
		c, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		b.WriteString(c)
		n--
	}
	return b.String()
}
