package views

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/setup"
	"shopbell/views/shell"
)

// welcome shows the first page.
func (w *Window) welcome() {
	w.now = ""
	w.root.show(setup.New(w.sh, w.desk.SecretsKind, w.practice, w.connect).Content(), false) // never left for good: one page of buttons costs nothing
	w.table.Refresh()
}

// practice starts the practice account and goes to the Inbox; what fails is said over the window. busy (may be nil) is told when it begins, and when it has
// ended without one.
func (w *Window) practice(busy func(bool)) { w.practiseOn("", busy) }

// practiseOn is practice after the listener moved to addr; "" leaves it where it is. The practice account is served through the listener like any other, so
// a port that another program holds is offered to be changed at once.
func (w *Window) practiseOn(addr string, busy func(bool)) {
	if w.desk.StartPractice == nil {
		return
	}
	if busy == nil {
		busy = func(bool) {}
	}
	busy(true)
	w.sh.Async(w.sh.Base, func(ctx context.Context) (func(), error) {
		var err error
		if addr != "" && w.desk.SetListen != nil {
			err = w.desk.SetListen(ctx, addr)
		}
		if err == nil {
			_, err = w.desk.StartPractice(ctx)
		}
		if err != nil {
			free := w.freeInstead(err)
			return func() { //nolint:nilerr // told over the window
				busy(false)
				w.refreshReceiving()
				w.practiceFailed(err, free, busy)
			}, nil
		}
		return func() {
			busy(false)
			w.open(shell.TabInbox)
			w.refreshCounts()
			w.refreshReceiving()
			w.sh.Toasts(shell.Toast{Text: lang.X("practice.started", "The practice account is ready; its customers will write to you"), Good: true})
		}, nil
	}, nil)
}

// freeInstead gives the address that is free where err is that the listener's is not; "" otherwise. It may wait for the network of this computer.
func (w *Window) freeInstead(err error) string {
	if app.ErrorCode(err) != app.CodeListener || w.desk.Listener == nil || w.desk.SetListen == nil {
		return ""
	}
	return w.desk.Listener().Free
}

func (w *Window) practiceFailed(err error, free string, busy func(bool)) {
	w.log.Warn("the practice account did not start", "err", err)
	if free == "" {
		w.sh.Layers.Problem(err)
		return
	}
	w.sh.Layers.ProblemWith(err, lang.X("banner.use_free", "Use {{.Addr}}", map[string]any{"Addr": free}), func() { w.practiseOn(free, busy) })
}
