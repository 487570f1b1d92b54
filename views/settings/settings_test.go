package settings

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/views/shell"
)

type noStore struct{}

func (noStore) Setting(context.Context, string) (string, error)  { return "", nil }
func (noStore) SetSetting(context.Context, string, string) error { return nil }

func TestEveryChoiceWorksAtOnce(t *testing.T) {
	t.Setenv("LANG", "C")
	a := test.NewTempApp(t)
	var looks []string
	var scales []float32
	var said []string
	listener := shell.Listener{Addr: "127.0.0.1:8787", Listening: true}
	sh := &shell.Shell{App: a, Base: t.Context(), Now: time.Now, Toasts: func(s shell.Toast) { said = append(said, s.Text) }}
	sh.After = func(time.Duration, func()) func() { return func() {} }
	sh.Async = func(ctx context.Context, work func(context.Context) (func(), error), failed func(error)) {
		if done, err := work(ctx); err != nil {
			failed(err)
		} else {
			done()
		}
	}
	sh.Keep = shell.NewKeep(sh, noStore{}, shell.State{Theme: "light", Scale: 2}, func(err error) { t.Error(err) })
	v := New(sh, Params{
		Theme: func(s string) { looks = append(looks, s) }, Scale: func(s float32) { scales = append(scales, s) },
		Listener: func() shell.Listener { return listener },
		Listen: func(_ context.Context, addr string) error {
			if addr == "127.0.0.1:80" {
				listener = shell.Listener{Addr: "127.0.0.1:8787", Listening: true, Free: "127.0.0.1:8788"}
				return &app.Error{Code: app.CodeListener, Message: "The address 127.0.0.1:80 is taken by nginx."}
			}
			listener = shell.Listener{Addr: addr, Listening: true}
			return nil
		},
	})
	if v.look.Chosen() != 1 || len(looks) != 0 {
		t.Errorf("number %d is chosen, and told: %v", v.look.Chosen(), looks)
	}
	w := test.NewTempWindow(t, v.Content())
	w.Resize(fyne.NewSize(900, 700))
	w.Canvas().FocusNext()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if len(looks) != 1 || looks[0] != "dark" {
		t.Errorf("looks %v", looks)
	}
	if !v.larger.Disabled() || v.smaller.Disabled() {
		t.Error("at 200 % it could still grow")
	}
	v.smaller.Tapped(nil)
	if len(scales) != 1 || scales[0] < 1.89 || scales[0] > 1.91 {
		t.Errorf("scales %v", scales)
	}
	v.enter.SetChecked(false)
	if !sh.Keep.ReturnBreaks {
		t.Error("Enter still sends")
	}

	v.SetListener(listener)
	if v.addr.Text() != "127.0.0.1:8787" {
		t.Errorf("the address is %q", v.addr.Text())
	}
	v.listen("127.0.0.1:80")
	if v.addr.Wrong() != "The address 127.0.0.1:80 is taken by nginx." || !v.use.Visible() || v.addr.Text() != "127.0.0.1:80" {
		t.Errorf("wrong: %q, %q, offer %v", v.addr.Wrong(), v.addr.Text(), v.use.Visible())
	}
	v.use.Tapped(nil)
	if listener.Addr != "127.0.0.1:8788" || v.addr.Wrong() != "" || v.use.Visible() || len(said) != 1 {
		t.Errorf("listening on %q, %q, said %v", listener.Addr, v.addr.Wrong(), said)
	}
}
