package widget

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestTimelineOpensOnlySafeAddresses(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	var opened []string
	tl.OnLink = func(a string) { opened = append(opened, a) }
	for _, a := range []string{"https://a.example", "HTTP://b.example", "mailto:x@y.example", "tel:+34919010022", "file:///etc/passwd", "javascript:alert(1)", "smb://x"} {
		tl.openLink(a)
	}
	if len(opened) != 4 {
		t.Errorf("opened %q", opened)
	}
	// A click on the words of a link opens exactly those.
	opened = nil
	tl.SetItems([]Message{{ID: 1, Text: "see https://shop.example/q?a=1, or file:///etc/passwd", At: monday}}, false, false)
	b := tl.view.shown[1]
	i := slices.IndexFunc(b.row.layout.runs, func(r placedRun) bool { return r.link != "" })
	if i < 0 {
		t.Fatal("no link in the bubble")
	}
	r := b.row.layout.runs[i]
	b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(r.x+2, r.y+2)})
	if len(opened) != 1 || opened[0] != "https://shop.example/q?a=1" {
		t.Errorf("opened %q", opened)
	}
	b.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(r.x+2, r.y+2)}})
	if b.Cursor() != desktop.PointerCursor {
		t.Error("no hand over a link")
	}
}

func TestTimelineActions(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	var mended, raw, missing int64
	tl.OnMend = func(id int64) { mended = id }
	tl.OnRaw = func(id int64) { raw = id }
	tl.OnMissing = func(id int64) { missing = id }
	tl.SetItems([]Message{
		{ID: 1, Kind: KindMedia, Icon: "image", Title: "workshop-photo.png · 8.2 MB", Out: true, Tick: Failed, Failure: "Not delivered: the picture is larger than 5 MB.", Mend: "Make smaller and retry", MendIcon: "retry", At: monday},
		{ID: 2, Kind: KindUnknown, Title: "A message of an unknown kind", At: monday},
		{ID: 3, Text: "yes", Quote: &Quote{ID: 77, Name: "Mai", Text: "Tôi có thể đến lấy"}, At: monday},
	}, false, false)
	test.Tap(tl.view.shown[1].mend)
	tap := func(id int64, at box) {
		b := tl.view.shown[id]
		b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(at.x+2, at.y+2)})
	}
	tap(2, tl.rows[1].layout.raw)
	tap(3, tl.rows[2].layout.quote)
	if mended != 1 || raw != 2 || missing != 77 {
		t.Errorf("mended %d, raw %d, missing %d", mended, raw, missing)
	}
	b := tl.view.shown[3]
	at := tl.rows[2].layout.bubble
	b.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(at.x+20, at.y+at.h-4), AbsolutePosition: fyne.NewPos(100, 100)})
	menu := fyne.CurrentApp().Driver().CanvasForObject(tl).Overlays().Top()
	if menu == nil {
		t.Fatal("no menu")
	}
	if tl.rows[2].copyText() != "yes" {
		t.Error("Copy text would copy something else")
	}
}
