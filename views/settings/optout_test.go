package settings

import (
	"context"
	"slices"
	"sync"
	"testing"

	"shopbell/app/inbox"
	"shopbell/views/viewtest"
)

func TestOptOutWordsAreChanged(t *testing.T) {
	bed := viewtest.New(t, nil)
	var mu sync.Mutex // the card reads and saves away from the UI goroutine
	now, own := inbox.ShippedOptWords(), false
	kept := func() (inbox.OptWords, bool) {
		mu.Lock()
		defer mu.Unlock()
		return now.Clone(), own
	}
	v := &View{sh: bed.Shell}
	c, object := newOptOutCard(v, OptOut{
		Read: func(context.Context) (inbox.OptWords, bool, error) { w, own := kept(); return w, own, nil },
		Save: func(_ context.Context, w *inbox.OptWords) error {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case w == nil:
				now, own = inbox.ShippedOptWords(), false
			case w.Check() != nil:
				return w.Check()
			default:
				now, own = w.Clone(), true
			}
			return nil
		},
	})
	bed.Show(object)
	bed.Until("the words are there", func() bool { return c.fields[0].Text() == "stop, unsubscribe, opt out, opt-out" })
	if !c.save.Disabled() || !c.reset.Disabled() {
		t.Error("there is nothing to keep yet")
	}
	bed.Picture("settings-optout")
	c.fields[0].SetText("stop,  no ads ,")
	if c.save.Disabled() {
		t.Error("it can't be kept")
	}
	c.store()
	bed.Until("it is kept", func() bool { _, own := kept(); return own && len(bed.Toasts) == 1 })
	if now, _ := kept(); !slices.Equal(now.Stop["en"], []string{"stop", "no ads"}) || len(now.Stop["vi"]) == 0 {
		t.Errorf("%q", now.Stop)
	}
	bed.Until("the card says so", func() bool { return c.fields[0].Text() == "stop, no ads" && !c.reset.Disabled() })
	c.fields[2].SetText("NO ADS")
	c.store()
	bed.Until("it is refused", func() bool { return bed.Shell.Layers.Any() })
	if now, _ := kept(); len(now.Start["en"]) < 2 {
		t.Error("a word that means two things was kept")
	}
	bed.Shell.Layers.Escape()
	c.put(nil, "back")
	bed.Until("the program's words are back", func() bool {
		_, own := kept()
		return !own && c.fields[0].Text() == "stop, unsubscribe, opt out, opt-out"
	})
}
