package inbox

import (
	"testing"

	"pgregory.net/rapid"

	"shopbell/views/theme"
)

func TestArrange(t *testing.T) {
	on := wishes{panelOn: true, open: true}
	for _, c := range []struct {
		window float32
		w      wishes
		want   places
	}{
		{1280, on, places{list: 320, threadX: 320, thread: 1280 - 76 - 320 - 288, panelX: 1280 - 76 - 288, panel: 288}},
		{1920, on, places{list: 320, threadX: 320, thread: 1920 - 76 - 320 - 344, panelX: 1920 - 76 - 344, panel: 344}},
		{1280, wishes{panelOn: true}, places{list: 320, threadX: 320, thread: 1280 - 76 - 320}},
		{1000, on, places{list: 320, threadX: 320, thread: 604}},
		{1000, wishes{open: true, panelOver: true}, places{list: 320, threadX: 320, thread: 604, panelX: 1000 - 76 - 288, panel: 288, over: true}},
		{700, wishes{}, places{list: 624}},
		{700, on, places{thread: 624}},
		{1280, wishes{open: true, list: 9000}, places{list: 420, threadX: 420, thread: 784}},
	} {
		if got := arrange(c.window-theme.WidthRail, c.w); got != c.want {
			t.Errorf("%v %+v: %+v, want %+v", c.window, c.w, got, c.want)
		}
	}
}

// Whatever the width and the wishes, the panes lie side by side inside the window, and the thread is wide enough where it can be.
func TestArrangeProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := float32(rapid.IntRange(300, 3000).Draw(t, "width"))
		w := wishes{
			list: float32(rapid.IntRange(0, 900).Draw(t, "list")), panel: float32(rapid.IntRange(0, 900).Draw(t, "panel")),
			panelOn: rapid.Bool().Draw(t, "on"), panelOver: rapid.Bool().Draw(t, "over"), open: rapid.Bool().Draw(t, "open"),
		}
		p := arrange(width, w)
		sum := p.list + p.thread
		if !p.over {
			sum += p.panel
		}
		if diff := sum - width; diff > 0.01 || diff < -0.01 {
			t.Fatalf("the panes are %v wide of %v: %+v", sum, width, p)
		}
		if p.thread > 0 && p.list > 0 && width+theme.WidthRail >= bothFrom && p.thread < threadLeast-0.01 {
			t.Fatalf("the thread has only %v: %+v", p.thread, p)
		}
		if p.panel > 0 && p.panelX+p.panel > width+0.01 {
			t.Fatalf("the panel leaves the window: %+v", p)
		}
	})
}
