package widget

import (
	"image"
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"pgregory.net/rapid"

	"shopbell/views/theme"
)

func TestGrouping(t *testing.T) {
	at := func(min int) time.Time { return monday.Add(time.Duration(min) * time.Minute) }
	base := Message{ID: 1, Sender: "a", At: at(0)}
	for name, c := range map[string]struct {
		next Message
		want bool
	}{
		"soon":           {Message{Sender: "a", At: at(9)}, true},
		"after ten":      {Message{Sender: "a", At: at(10)}, false},
		"another sender": {Message{Sender: "b", At: at(1)}, false},
		"our side":       {Message{Sender: "a", Out: true, At: at(1)}, false},
		"a note":         {Message{Sender: "a", Kind: KindNote, At: at(1)}, false},
		"out of order":   {Message{Sender: "a", At: at(-1)}, false},
		"the next day":   {Message{Sender: "a", At: at(24 * 60)}, false},
	} {
		if got := joins(&base, &c.next); got != c.want {
			t.Errorf("%s: joined is %v", name, got)
		}
	}
	failed := base
	failed.Failure = "no"
	if joins(&failed, &Message{Sender: "a", At: at(1)}) {
		t.Error("a failed message has its reason below it and ends its group")
	}
}

func TestRightToLeftBubble(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	tl.SetItems([]Message{{ID: 1, Text: "وهل يمكن الدفع عند الاستلام؟", At: monday}}, false, false)
	l := tl.rows[0].layout
	var clock, first placedRun
	for _, r := range l.runs {
		switch {
		case r.typ == theme.TypeTime:
			clock = r
		case r.typ == theme.TypeRTL && first.text == "":
			first = r
		}
	}
	if first.text == "" || clock.text == "" {
		t.Fatalf("runs %+v", l.runs)
	}
	if clock.x > first.x || math.Abs(float64(clock.x-l.bubble.x-bubblePadX)) > 0.5 {
		t.Errorf("the time stands at %v, the text at %v of a bubble at %v", clock.x, first.x, l.bubble.x)
	}
	if end := first.x + first.width; math.Abs(float64(end-(l.bubble.x+l.bubble.w-bubblePadX))) > 1 {
		t.Errorf("the text ends at %v, the bubble at %v", end, l.bubble.x+l.bubble.w)
	}
}

func TestBubblesStayInTheirColumn(t *testing.T) {
	newApp(t)
	rapid.Check(t, func(rt *rapid.T) {
		m := Message{
			ID: 1, Text: rapid.String().Draw(rt, "text"), Out: rapid.Bool().Draw(rt, "out"), At: monday,
			Kind:  MessageKind(rapid.IntRange(0, 4).Draw(rt, "kind")),
			Title: rapid.String().Draw(rt, "title"), Name: rapid.String().Draw(rt, "name"), Tick: Delivery(rapid.IntRange(0, 7).Draw(rt, "tick")),
		}
		if rapid.Bool().Draw(rt, "quoted") {
			m.Quote = &Quote{2, rapid.String().Draw(rt, "qname"), rapid.String().Draw(rt, "qtext")}
		}
		if rapid.Bool().Draw(rt, "failed") {
			m.Failure, m.Mend = rapid.String().Draw(rt, "failure"), "Retry"
		}
		if rapid.Bool().Draw(rt, "pictured") {
			m.Image = image.NewRGBA(image.Rect(0, 0, rapid.IntRange(1, 400).Draw(rt, "wide"), rapid.IntRange(1, 400).Draw(rt, "high")))
			m.Kind, m.Sticker = KindMedia, rapid.Bool().Draw(rt, "sticker")
		}
		w := rapid.Float32Range(260, 1600).Draw(rt, "width")
		words := labels{clock: "10:42", day: "Today", unread: "2 unread messages", note: "Note from Luis", noteRest: " · only your team sees this"}
		l := measureRow(&m, setting{day: rapid.Bool().Draw(rt, "day"), unread: rapid.IntRange(0, 2).Draw(rt, "unread")}, words, w)
		if l.bubble.x < 0 || l.bubble.x+l.bubble.w > w || l.bubble.w > theme.WidthBubble+1 || l.bubble.y+l.bubble.h > l.height+0.01 {
			rt.Fatalf("bubble %+v in a row %v by %v", l.bubble, w, l.height)
		}
		if i := l.image; i.x < l.bubble.x-0.01 || i.x+i.w > l.bubble.x+l.bubble.w+0.01 || i.y+i.h > l.bubble.y+l.bubble.h {
			if m.Image != nil {
				rt.Fatalf("picture %+v in a bubble %+v", i, l.bubble)
			}
		}
		for _, r := range l.runs {
			if r.y < 0 || r.y+r.typ.Pitch > l.height+8 || r.x < l.bubble.x-400 && r.x < 0 {
				rt.Fatalf("run %+v in a row %v by %v", r, w, l.height)
			}
		}
	})
}

func TestAReasonIsSaidInFull(t *testing.T) {
	newApp(t)
	m := Message{
		ID: 1, Kind: KindText, Out: true, Text: "Hello", Tick: Failed, Mend: "Send again", MendIcon: "retry", At: monday,
		Failure: "Not delivered: " + strings.Repeat("the number is not on WhatsApp, or uses a very old version of it; ", 4) + "ask them",
	}
	l := measureRow(&m, setting{}, labels{clock: "09:00"}, 560)
	said, right := "", float32(0)
	for _, r := range l.runs {
		if r.colour == theme.Danger {
			said += r.text + " "
			right = max(right, r.x+r.width)
			if r.y+r.typ.Pitch > l.height+0.5 || r.x < columnPad-0.5 {
				t.Errorf("%q stands at %v, %v of a row %v high", r.text, r.x, r.y, l.height)
			}
		}
	}
	if strings.Join(strings.Fields(said), " ") != m.Failure || right > l.mend.x {
		t.Errorf("%q up to %v, the button at %v", said, right, l.mend.x)
	}
}

// A sticker stands by itself: its ground is that of the thread, and nothing of it is cut off.
func TestStickersHaveNoBubble(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	at := func(id int64, out bool, w, h int) Message {
		return Message{ID: id, Kind: KindMedia, Sticker: true, Image: image.NewRGBA(image.Rect(0, 0, w, h)), Out: out, Sender: "x", Tick: Read, At: monday.Add(time.Duration(id) * time.Hour)}
	}
	photo := at(4, false, 320, 160)
	photo.Sticker = false
	tl.SetItems([]Message{at(1, false, 320, 160), at(2, true, 100, 320), at(3, false, 60, 60), photo}, false, false)
	for id, want := range map[int64]fyne.Size{1: fyne.NewSize(160, 80), 2: fyne.NewSize(50, 160), 3: fyne.NewSize(60, 60)} {
		b := tl.view.shown[id]
		if b.ground.Visible() || !b.image.Visible() || b.image.FillMode != canvas.ImageFillContain || b.image.CornerRadius != 0 {
			t.Errorf("%d: ground %v, image %v, mode %v", id, b.ground.Visible(), b.image.Visible(), b.image.FillMode)
		}
		if got := b.image.Size(); got != want {
			t.Errorf("%d is drawn as %v", id, got)
		}
		if what, _ := b.partAt(b.image.Position().AddXY(5, 5)); what != partImage {
			t.Errorf("%d can't be opened: %v", id, what)
		}
	}
	if b := tl.view.shown[4]; !b.ground.Visible() || b.image.FillMode != canvas.ImageFillCover || b.image.CornerRadius == 0 {
		t.Error("a photo lost its bubble")
	}
	if b := tl.view.shown[2]; b.image.Position().X+50 < 596-columnPad-1 {
		t.Errorf("ours ends at %v", b.image.Position().X+50)
	}
	// A bubble that showed a sticker shows a photo as ever.
	b := newBubble(tl)
	b.bind(tl.rows[0])
	b.bind(tl.rows[3])
	if b.image.FillMode != canvas.ImageFillCover || b.image.CornerRadius != theme.RadiusBox || !b.ground.Visible() {
		t.Error("what a sticker left stands round a photo")
	}
}
