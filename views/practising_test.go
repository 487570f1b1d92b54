package views

import (
	"context"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/views/shell"
	"shopbell/views/widget"
)

// taken has another program hold the address of the listener: practising works only once it listens elsewhere.
func (h *house) taken(free string) {
	why := &app.Error{Code: app.CodeListener, Message: "The address 127.0.0.1:8787 is taken by nginx.", Mend: "Stop that program."}
	h.mu.Lock()
	h.listen = shell.Listener{Addr: "127.0.0.1:8787", Free: free, Err: why}
	h.mu.Unlock()
	start := h.desk.StartPractice
	h.desk.StartPractice = func(ctx context.Context) (app.Account, error) {
		if h.desk.Listener().Listening {
			return start(ctx)
		}
		return app.Account{}, fmt.Errorf("the practice account needs the listener: %w", why)
	}
}

// floating gives the words of the buttons of what floats over the window.
func (h *house) floating() map[string]*widget.Button {
	found := map[string]*widget.Button{}
	if top := h.win.Canvas().Overlays().Top(); top != nil {
		walk(h.t, top, func(o fyne.CanvasObject) {
			if b, ok := o.(*widget.Button); ok {
				found[b.Text()] = b
			}
		})
	}
	return found
}

func TestPractisingOffersAnotherPortWhereItsOwnIsTaken(t *testing.T) {
	for name, mend := range map[string]func(h *house){
		"button": func(h *house) { test.Tap(h.floating()["Use 127.0.0.1:8788"]) },
		"Return": func(h *house) { h.sh.Layers.Enter() },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, t.TempDir())
			h.taken("127.0.0.1:8788")
			h.until("the first page shows", func() bool { return h.root.page.Objects != nil })
			var busy []bool
			h.practice(func(on bool) { busy = append(busy, on) })
			h.until("it is said", h.sh.Layers.Any)
			if h.floating()["Use 127.0.0.1:8788"] == nil || h.floating()["Close"] == nil {
				t.Fatalf("the buttons are %v", h.floating())
			}
			if fmt.Sprint(busy) != "[true false]" {
				t.Errorf("the page's button went %v", busy)
			}
			mend(h)
			h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox && h.state.Addr == "127.0.0.1:8788" && h.state.Listening })
			if h.sh.Layers.Any() {
				t.Error("the question stays")
			}
			if fmt.Sprint(busy) != "[true false true false]" {
				t.Errorf("the page's button went %v", busy)
			}
		})
	}
}

func TestPractisingThatCannotBeMendedSaysWhy(t *testing.T) {
	h := newHouse(t, t.TempDir())
	h.taken("")
	h.practice(nil)
	h.until("it is said", h.sh.Layers.Any)
	if len(h.floating()) != 1 || h.floating()["Close"] == nil {
		t.Errorf("the buttons are %v", h.floating())
	}
}
