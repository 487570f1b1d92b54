package accounts

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/views/shell"
	"shopbell/views/theme"
)

// store is a list of accounts that can fail.
type store struct {
	accounts.Store
	err  error
	list []app.Account
}

func (s *store) Accounts(context.Context) ([]app.Account, error) { return s.list, s.err }

func TestAccountsThatCannotBeRead(t *testing.T) {
	t.Setenv("LANG", "C")
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	win := test.NewTempWindow(t, nil)
	var toasts []shell.Toast
	var due []*func()
	sh := &shell.Shell{
		App: a, Window: win, Base: t.Context(), Now: time.Now, After: func(_ time.Duration, f func()) func() {
			due = append(due, &f)
			return func() { f = func() {} }
		}, Toasts: func(s shell.Toast) { toasts = append(toasts, s) },
	}
	hold := false
	sh.Async = func(ctx context.Context, work func(context.Context) (func(), error), failed func(error)) {
		if hold {
			return
		}
		done, err := work(ctx)
		if err != nil {
			failed(err)
			return
		}
		done()
	}
	sh.Layers = shell.NewLayers(win.Canvas)
	s := &store{err: &app.Error{Code: app.CodeDatabase, Message: "The database file is damaged."}}
	v := New(sh, Params{Accounts: accounts.New(accounts.Config{Store: s, Now: time.Now})})
	win.SetContent(v.Content())
	win.Resize(fyne.NewSize(1200, 760))
	v.Shown()
	if !v.wait.Failed() || v.empty.Visible() || v.columns.Visible() {
		t.Errorf("failed %v, empty %v, columns %v", v.wait.Failed(), v.empty.Visible(), v.columns.Visible())
	}
	hold = true
	v.reload()
	for i := 0; i < len(due) && i < 10; i++ {
		(*due[i])()
	}
	if !v.wait.Bars() || !v.wait.Slow() {
		t.Error("nothing says that it is slow")
	}
	v.giveUp()
	hold, s.err = false, nil
	v.Shown()
	if v.wait.Failed() || v.wait.Bars() || !v.empty.Visible() {
		t.Errorf("failed %v, empty %v", v.wait.Failed(), v.empty.Visible())
	}
	s.list = []app.Account{{ID: 1, Name: "Madrid"}}
	v.p.Accounts.Forget()
	v.reload()
	v.p.Accounts.Forget()
	s.err = &app.Error{Code: app.CodeDatabase, Message: "The database file is damaged."}
	v.reload()
	if len(toasts) != 1 || v.wait.Failed() || !v.columns.Visible() {
		t.Errorf("%d toasts; what was read is gone: %v", len(toasts), !v.columns.Visible())
	}
}
