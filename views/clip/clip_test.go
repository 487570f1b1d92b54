package clip

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"shopbell/app"
)

// fake is a desktop with some programs and something on its clipboard.
func fake(env, programs string, have map[string]string) Desktop {
	return Desktop{
		OS:  "linux",
		Env: func(key string) string { return map[bool]string{true: "x"}[strings.Contains(env, key)] },
		Find: func(p string) (string, error) {
			if strings.Contains(programs, p) {
				return "/usr/bin/" + p, nil
			}
			return "", os.ErrNotExist
		},
		Run: func(_ context.Context, program string, args ...string) ([]byte, error) {
			last := args[len(args)-1]
			if (program == "/usr/bin/wl-paste") != strings.HasPrefix(args[0], "--") {
				return nil, errors.New("not its arguments")
			}
			if len(have) == 0 {
				return nil, errors.New("nothing is copied")
			}
			if last == "TARGETS" || last == "--list-types" {
				list := "TIMESTAMP\nTARGETS\n"
				for mime := range have {
					list += mime + "\n"
				}
				return []byte(list), nil
			}
			return []byte(have[last]), nil
		},
	}
}

func TestPicture(t *testing.T) {
	for _, c := range []struct {
		name, env, programs string
		have                map[string]string
		want, data          string
	}{
		{"Wayland", "WAYLAND_DISPLAY DISPLAY", "wl-paste xclip", map[string]string{"image/png": "png", "text/html": "x"}, "clipboard.png", "png"},
		{"X", "DISPLAY", "xclip", map[string]string{"image/jpeg": "jpeg"}, "clipboard.jpg", "jpeg"},
		{"X below Wayland", "WAYLAND_DISPLAY DISPLAY", "xclip", map[string]string{"image/jpeg": "jpeg", "image/png": "png"}, "clipboard.png", "png"},
	} {
		got, err := fake(c.env, c.programs, c.have).Picture(t.Context())
		if err != nil || got.Name != c.want || string(got.Data) != c.data {
			t.Errorf("%s: %q %q, %v", c.name, got.Name, got.Data, err)
		}
	}
	for name, have := range map[string]map[string]string{"nothing": nil, "text": {"text/plain": "hello"}, "a GIF": {"image/gif": "gif"}, "an empty one": {"image/png": ""}} {
		if _, err := fake("DISPLAY", "xclip", have).Picture(t.Context()); !errors.Is(err, ErrNone) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAMissingProgramIsNamed(t *testing.T) {
	for env, want := range map[string]string{"DISPLAY": "xclip", "WAYLAND_DISPLAY": "wl-clipboard", "": "xclip"} {
		_, err := fake(env, "", nil).Picture(t.Context())
		var told *app.Error
		if !errors.As(err, &told) || !strings.Contains(told.Message, want) || !strings.Contains(told.Mend, "apt install "+want) {
			t.Errorf("%q: %v", env, err)
		}
	}
	d := fake("DISPLAY", "xclip", nil)
	d.OS = "plan9"
	var told *app.Error
	if _, err := d.Picture(t.Context()); !errors.As(err, &told) || told.Mend == "" {
		t.Errorf("another system: %v", err)
	}
}

func TestAProgramThatHangsIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := fake("DISPLAY", "xclip", nil)
		d.Run = func(ctx context.Context, _ string, _ ...string) ([]byte, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		var told *app.Error
		if _, err := d.Picture(t.Context()); !errors.As(err, &told) || told.Code != app.CodeUnavailable {
			t.Error(err)
		}
	})
}

// The real way, with a program that answers as xclip does.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	script := "#!/bin/sh\nfor last; do :; done\ncase $last in TARGETS) echo image/png;; image/png) head -c 40000000 /dev/zero;; esac\n"
	if err := os.WriteFile(filepath.Join(dir, "xclip"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("DISPLAY", ":7")
	t.Setenv("WAYLAND_DISPLAY", "")
	p, err := Desktop{OS: "linux"}.Picture(t.Context())
	if err != nil || p.Name != "clipboard.png" || len(p.Data) != mostBytes {
		t.Errorf("%q with %d bytes, %v", p.Name, len(p.Data), err)
	}
}
