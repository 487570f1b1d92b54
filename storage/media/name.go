package media

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest name that SafeName gives, chosen so that every common file system takes it.
const (
	maxNameRunes = 120
	maxNameBytes = 240
	maxExtBytes  = 16
)

// nameless stands for a name of which nothing is left.
const nameless = "file"

// SafeName makes a file name that came from outside fit to show and to save under: one path element that no common
// system reads as a path, a device or a hidden file, in which no invisible or direction-turning character hides the true
// ending, of at most 120 characters and 240 bytes, with its extension kept. SafeName of a safe name is that name.
func SafeName(display string) string {
	name := trim(strings.Map(safeRune, strings.ToValidUTF8(display, "")))
	name = shorten(name)
	if strings.Trim(name, "\u200c\u200d. ") == "" {
		return nameless
	}
	if isDevice(name) {
		return shorten("_" + name)
	}
	return name
}

// safeRune drops what can't be seen, makes every kind of space a plain one, and puts _ where a character means something
// to a file system or a shell.
func safeRune(r rune) rune {
	switch {
	case strings.ContainsRune(`/\:*?"<>|`, r):
		return '_'
	case r == '\u200c' || r == '\u200d':
		return r // joiners: Persian, Indic scripts and emoji need them
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), r == utf8.RuneError:
		return -1 // bidi marks and overrides, zero widths, tags, private use
	case strings.ContainsRune("\u034f\u115f\u1160\u3164\uffa0", r):
		return -1 // fillers and a joiner that are letters or marks by their class, and draw nothing
	case r == '\u2800':
		return ' ' // the blank Braille cell
	case unicode.IsSpace(r), unicode.Is(unicode.Z, r):
		return ' '
	case unicode.IsControl(r):
		return -1
	}
	return r
}

// trim makes runs of spaces one, and takes the dots and spaces from both ends: Windows drops the last ones, and a first
// dot hides a file.
func trim(name string) string {
	return strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
}

// shorten cuts the name before its extension.
func shorten(name string) string {
	if utf8.RuneCountInString(name) <= maxNameRunes && len(name) <= maxNameBytes {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > maxExtBytes {
		ext = ""
	}
	stem := cut(strings.TrimSuffix(name, ext), maxNameRunes-utf8.RuneCountInString(ext), maxNameBytes-len(ext))
	return trim(stem) + ext
}

// cut gives the longest beginning of s within both limits, between characters.
func cut(s string, runes, bytes int) string {
	n := 0
	for i, r := range s {
		if n == runes || i+utf8.RuneLen(r) > bytes {
			return s[:i]
		}
		n++
	}
	return s
}

// isDevice tells whether Windows would open a device under this name, with any extension.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		port, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.ContainsAny(port, "0123456789¹²³")
}
