// Package clip reads pictures off the clipboard, which the window toolkit cannot: it asks the desktop's own programs. What they answer is looked at by
// whoever takes it, like any file from outside.
package clip

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
)

// Limits of what is read: a picture larger than this is cut, and then refused by its size like every other; a program that does not answer is ended.
const (
	mostBytes = 32 << 20
	patience  = 10 * time.Second
)

// ErrNone tells that the clipboard holds no picture.
var ErrNone = errors.New("no picture on the clipboard")

// Picture is a picture that was copied.
type Picture struct {
	Name string // with the ending of its kind
	Data []byte
}

// Desktop asks the programs of the desktop. The zero value is the real one.
type Desktop struct {
	OS   string // "" is this computer's
	Env  func(key string) string
	Find func(program string) (string, error)
	Run  func(ctx context.Context, program string, args ...string) ([]byte, error)
}

// kinds are the pictures that Meta takes, the better one first.
var kinds = []struct{ mime, name string }{{"image/png", "clipboard.png"}, {"image/jpeg", "clipboard.jpg"}}

// Picture reads the picture on the clipboard; it may take seconds. ErrNone tells that there is none, an app.Error that a program is missing, which it names.
func (d Desktop) Picture(ctx context.Context) (Picture, error) {
	d = d.filled()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	list, read, program, err := d.way()
	if err != nil {
		return Picture{}, err
	}
	offered, err := d.Run(ctx, program, list...)
	if err != nil {
		return Picture{}, none(ctx, err)
	}
	types := strings.Fields(string(offered))
	for _, k := range kinds {
		if !slices.Contains(types, k.mime) {
			continue
		}
		data, err := d.Run(ctx, program, append(read, k.mime)...)
		if err != nil {
			return Picture{}, none(ctx, err)
		}
		if len(data) == 0 {
			return Picture{}, ErrNone
		}
		return Picture{Name: k.name, Data: data}, nil
	}
	return Picture{}, ErrNone
}

// none: the programs fail where the clipboard is empty; only an end of patience is an error of its own.
func none(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &app.Error{
			Code: app.CodeUnavailable, Cause: err, Message: lang.X("clip.slow", "The program that the picture was copied in does not hand it over."),
			Mend: lang.X("clip.slow_mend", "Save the picture as a file and choose that."),
		}
	}
	return ErrNone
}

// way is how this desktop is asked: the arguments that list the kinds on offer, and those that read one, before its name.
func (d Desktop) way() (list, read []string, program string, err error) {
	if d.OS != "linux" && !strings.HasSuffix(d.OS, "bsd") {
		return nil, nil, "", &app.Error{
			Code: app.CodeUnavailable, Message: lang.X("clip.system", "Pictures can't be pasted on this system."), Mend: lang.X("clip.slow_mend", "Save the picture as a file and choose that."),
		}
	}
	wayland := d.Env("WAYLAND_DISPLAY") != ""
	if wayland {
		if program, err := d.Find("wl-paste"); err == nil {
			return []string{"--list-types"}, []string{"--no-newline", "--type"}, program, nil
		}
	}
	if d.Env("DISPLAY") != "" {
		if program, err := d.Find("xclip"); err == nil {
			return []string{"-selection", "clipboard", "-out", "-target", "TARGETS"}, []string{"-selection", "clipboard", "-out", "-target"}, program, nil
		}
	}
	need := "xclip"
	if wayland {
		need = "wl-clipboard"
	}
	return nil, nil, "", &app.Error{
		Code: app.CodeUnavailable, Message: lang.X("clip.missing", "Pictures can be pasted once the program {{.Program}} is installed.", map[string]any{"Program": need}),
		Mend: lang.X("clip.missing_mend", "Install it, for example with “sudo apt install {{.Program}}”, or save the picture as a file and choose that.", map[string]any{"Program": need}),
	}
}

func (d Desktop) filled() Desktop {
	if d.OS == "" {
		d.OS = runtime.GOOS
	}
	if d.Env == nil {
		d.Env = os.Getenv
	}
	if d.Find == nil {
		d.Find = exec.LookPath
	}
	if d.Run == nil {
		d.Run = run
	}
	return d
}

// run gives what a program writes, up to a limit.
func run(ctx context.Context, program string, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, program, args...)
	c.WaitDelay = time.Second
	var out bytes.Buffer
	c.Stdout = &limited{&out, mostBytes}
	err := c.Run()
	return out.Bytes(), err
}

// limited takes so many bytes and lets the rest go.
type limited struct {
	w    io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.left -= n
	if _, err := l.w.Write(p[:n]); err != nil {
		return 0, err
	}
	return len(p), nil
}
