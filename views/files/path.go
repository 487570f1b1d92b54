package files

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// fits tells whether a file of this name is of the kind.
func (k Kind) fits(name string) bool {
	return len(k.Extensions) == 0 || slices.Contains(k.Extensions, strings.ToLower(filepath.Ext(name)))
}

// named gives a name the extension of the kind where it has none of them.
func (k Kind) named(path string) string {
	if k.fits(path) {
		return path
	}
	return path + k.Extensions[0]
}

// words name the kind with its extensions.
func (k Kind) words() string {
	var all []string
	for _, e := range k.Extensions {
		all = append(all, "*"+e)
	}
	switch {
	case len(all) == 0:
		return k.Label
	case k.Label == "":
		return strings.Join(all, ", ")
	}
	return k.Label + " (" + strings.Join(all, ", ") + ")"
}

// resolve makes a full path of what a person typed or pasted while in a folder: a name, a path, one that begins with ~ for the home, or an address
// of the scheme file.
func resolve(dir, typed string) string {
	typed = strings.Trim(strings.TrimSpace(typed), `"`)
	if p, ok := fromURI(typed); ok {
		return p
	}
	if typed == "~" || strings.HasPrefix(typed, "~/") || strings.HasPrefix(typed, `~\`) && runtime.GOOS == "windows" {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, typed[1:])
		}
	}
	if filepath.IsAbs(typed) {
		return filepath.Clean(typed)
	}
	return filepath.Join(dir, typed)
}

// fromURI gives the path of an address of the scheme file on this computer.
func fromURI(s string) (string, bool) {
	if len(s) < 5 || !strings.EqualFold(s[:5], "file:") {
		return "", false
	}
	u, err := url.Parse(s)
	if err != nil || u.Path == "" || u.Host != "" && u.Host != "localhost" {
		return "", false
	}
	path := filepath.FromSlash(u.Path)
	if runtime.GOOS == "windows" { // file:///C:/Users
		path = strings.TrimPrefix(path, `\`)
	}
	return filepath.Clean(path), true
}

// parted says which folder a typed text is about, and how the name begins that is looked for there.
func parted(dir, typed string) (in, begins string) {
	t := strings.Trim(strings.TrimSpace(typed), `"`)
	p := resolve(dir, typed)
	switch filepath.Base(t) {
	case ".", "..", "~":
		return p, ""
	}
	if t == "" || os.IsPathSeparator(t[len(t)-1]) || filepath.Dir(p) == p {
		return p, ""
	}
	return filepath.Dir(p), filepath.Base(p)
}
