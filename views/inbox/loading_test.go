package inbox

import (
	"context"
	"errors"
	"sync"
	"testing"

	"shopbell/app"
	"shopbell/storage"
)

// sick is a store whose reads can be held up or fail.
type sick struct {
	*storage.Store
	mu   sync.Mutex
	hold chan struct{} // reads wait for it
	err  error         // reads fail with it
}

func (s *sick) set(hold chan struct{}, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hold, s.err = hold, err
}

func (s *sick) ask(ctx context.Context) error {
	s.mu.Lock()
	hold, err := s.hold, s.err
	s.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return err
}

func (s *sick) Conversations(ctx context.Context, f app.ConversationFilter, after *app.ConversationKey, limit int) ([]app.Conversation, error) {
	if err := s.ask(ctx); err != nil {
		return nil, err
	}
	return s.Store.Conversations(ctx, f, after, limit)
}

func (s *sick) Conversation(ctx context.Context, id app.ID) (app.Conversation, error) {
	if err := s.ask(ctx); err != nil {
		return app.Conversation{}, err
	}
	return s.Store.Conversation(ctx, id)
}

var errSick = &app.Error{Code: app.CodeDatabase, Message: "The database file is damaged.", Mend: "Restore it from the copy of yesterday.", Cause: errors.New("malformed")}

func TestTheListIsSlowAndThenFails(t *testing.T) {
	w := newWorldWith(t, nil)
	w.writes("84905550122", "Mai", "Is my order ready?", w.Now)
	w.sick.set(make(chan struct{}), nil)
	w.Shown()
	wait := w.list.wait
	shown := func() (bars, slow bool) { return w.list.wait.Bars(), w.list.wait.Slow() }
	if bars, slow := shown(); bars || slow {
		t.Error("bars show at once")
	}
	w.Clock.Ring()
	if bars, slow := shown(); !bars || slow {
		t.Error("no bars after a moment")
	}
	w.Picture("loading-list")
	w.Clock.Ring()
	if bars, slow := shown(); !bars || !slow {
		t.Error("no way out after two seconds")
	}
	w.Picture("loading-list-slow")
	w.PressIn(w.list.object, "Cancel")
	if bars, slow := shown(); bars || slow || !wait.Failed() || w.list.loading {
		t.Error("it goes on after Cancel")
	}
	w.Picture("loading-list-stopped")
	w.sick.set(nil, errSick)
	w.PressIn(w.list.object, "Try again")
	w.Until("it says why not", func() bool { return !w.list.loading && wait.Failed() })
	w.Picture("loading-list-failed")
	if w.list.hint.Visible() || w.list.loaded {
		t.Error("it says that there is nothing, too")
	}
	w.sick.set(nil, nil)
	w.PressIn(w.list.object, "Try again")
	w.Until("it is there", func() bool { return w.list.loaded && w.list.book.len() == 1 && !wait.Failed() })
	w.sick.set(nil, errSick)
	n := len(w.Toasts)
	w.list.reload()
	w.Until("a toast says it", func() bool { return len(w.Toasts) > n })
	if w.list.book.len() != 1 || wait.Failed() {
		t.Error("what was read is gone")
	}
	w.sick.set(nil, nil)
}

func TestTheThreadIsSlowAndThenFails(t *testing.T) {
	w := newWorldWith(t, nil)
	mai, jose := w.begin()
	w.Choose(mai)
	w.Until("it is open", func() bool { return w.thread.loaded })
	w.thread.composer.SetText("for Mai")
	w.Clock.Forget()
	w.sick.set(make(chan struct{}), nil)
	w.Choose(jose)
	w.Clock.Ring()
	if !w.thread.wait.Bars() || !w.thread.middle.Visible() {
		t.Error("no bars")
	}
	if w.thread.head.name.Text() != "José" || w.thread.foot.Visible() || w.Foot() != 0 {
		t.Errorf("the head says %q, the composer of another conversation shows: %v", w.thread.head.name.Text(), w.thread.foot.Visible())
	}
	if w.panel.conv.ID != jose {
		t.Error("the panel shows another customer")
	}
	w.Clock.Ring()
	w.Picture("loading-thread-slow")
	w.PressIn(w.thread.object, "Cancel")
	w.sick.set(nil, errSick)
	w.PressIn(w.thread.object, "Try again")
	w.Until("it says why not", func() bool { return !w.thread.reading && w.thread.wait.Failed() })
	w.Picture("loading-thread-failed")
	w.sick.set(nil, nil)
	w.PressIn(w.thread.object, "Try again")
	w.Until("it is open", func() bool { return w.thread.loaded && w.thread.conv.ID == jose })
	if !w.thread.foot.Visible() || w.thread.composer.Text() != "" || w.thread.wait.Failed() {
		t.Errorf("the composer has %q", w.thread.composer.Text())
	}
	w.Until("Mai's draft is kept", func() bool { return w.stored(mai).Draft == "for Mai" && w.stored(jose).Draft == "" })
}
