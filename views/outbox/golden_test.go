package outbox

import (
	"testing"
	"time"

	"shopbell/app"
	"shopbell/views/goldentest"
	"shopbell/views/theme"
)

func TestTheOutboxLooksAsItIsDrawn(t *testing.T) {
	for look, choice := range map[string]theme.Choice{"light": theme.Light, "dark": theme.Dark} {
		t.Run(look, func(t *testing.T) {
			w := newWorld(t)
			w.App.Settings().SetTheme(theme.New(choice))
			b := w.broadcast("Autumn quotations", 212, 40)
			w.send(40, func(i int) int { return []int{0, 131026, 0, 131049, -1, 0, 0, 131000}[i%8] })
			must(w.store.MoveBroadcast(bg, b.ID, []app.BroadcastState{app.BroadcastRunning}, app.BroadcastPaused, nil))
			w.size(1204, 768)
			w.v.Shown()
			w.Until("it is open", func() bool { return w.v.page.loaded && !w.v.page.busy && w.v.page.p.State == app.BroadcastPaused })
			w.Settle()
			// Points lie where the clock of the database has them: the course and the beginning are not the same in two runs.
			p := w.v.page
			p.second.SetText("Quotation with link · Madrid shop · started by Ana at 10:36")
			p.p.Pace = nil
			for i := range 12 {
				p.p.Pace = append(p.p.Pace, app.PacePoint{At: time.Date(2026, 11, 22, 10, 36, 10*i, 0, time.UTC), Messages: 4 + i%3})
			}
			p.p.Slow = []app.SlowDown{{At: time.Date(2026, 11, 22, 10, 37, 20, 0, time.UTC), Code: 130429}}
			w.Now = time.Date(2026, 11, 22, 10, 40, 0, 0, time.UTC)
			p.pace.paint(p.p, p.width, w.Now)
			w.Settle()
			goldentest.Compare(t, "outbox-"+look, w.Window.Canvas().Capture())
		})
	}
}
