package files

import (
	"bufio"
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/views/shell"
)

// place is a folder that people go to.
type place struct {
	label, icon, path string
}

// places are those that exist. The folders of a person may have any name (freedesktop: user-dirs.dirs); it is shown as it is.
func places() []place {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	out := []place{{lang.X("files.home", "Home"), "user", home}}
	named := userFolders(home)
	for _, p := range []struct{ key, name string }{{"DESKTOP", "Desktop"}, {"DOCUMENTS", "Documents"}, {"DOWNLOAD", "Downloads"}, {"PICTURES", "Pictures"}} {
		path := cmp.Or(named[p.key], filepath.Join(home, p.name))
		if st, err := os.Stat(path); err == nil && st.IsDir() && path != home {
			out = append(out, place{filepath.Base(path), "folder", path})
		}
	}
	return out
}

// userFolders reads which folders a person's desktop uses, by their keys, such as DOCUMENTS.
func userFolders(home string) map[string]string {
	out := map[string]string{}
	f, err := os.Open(filepath.Join(cmp.Or(os.Getenv("XDG_CONFIG_HOME"), filepath.Join(home, ".config")), "user-dirs.dirs"))
	if err != nil {
		return out
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		key, value, ok := strings.Cut(strings.TrimSpace(s.Text()), "=")
		key, isDir := strings.CutSuffix(strings.TrimPrefix(key, "XDG_"), "_DIR")
		if !ok || !isDir {
			continue
		}
		value = strings.Trim(value, `"`)
		if rest, ok := strings.CutPrefix(value, "$HOME"); ok {
			value = filepath.Join(home, rest)
		}
		if filepath.IsAbs(value) {
			out[key] = filepath.Clean(value)
		}
	}
	return out
}

// beginnings are the folders in which a question may begin; the first that can be read is taken.
func beginnings(last string) (out []string) {
	if last != "" {
		out = append(out, last)
	}
	if home, err := os.UserHomeDir(); err == nil {
		out = append(out, cmp.Or(userFolders(home)["DOCUMENTS"], filepath.Join(home, "Documents")), home)
	}
	return append(out, string(filepath.Separator))
}

// remembered is the folder in which the last file of this use was; "" where none was.
func remembered(sh *shell.Shell, key string) string {
	if sh.Keep == nil || key == "" {
		return ""
	}
	return sh.Keep.Folders[key]
}

// remember keeps the folder for the next file of this use.
func remember(sh *shell.Shell, key, dir string) {
	if sh.Keep == nil || key == "" || sh.Keep.Folders[key] == dir {
		return
	}
	if sh.Keep.Folders == nil {
		sh.Keep.Folders = map[string]string{}
	}
	sh.Keep.Folders[key] = dir
	sh.Keep.Changed()
}
