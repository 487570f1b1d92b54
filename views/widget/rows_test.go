package widget

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"shopbell/views/theme"
)

func TestConversationRowSaysEverything(t *testing.T) {
	newApp(t)
	r := NewConversationRow()
	tapped := 0
	r.OnTapped = func() { tapped++ }
	var menuAt fyne.Position
	r.OnMenu = func(at fyne.Position) { menuAt = at }
	shown(t, r, fyne.NewSize(320, 72))
	r.Set(Conversation{Name: "Lucía", Time: "09:15", Draft: "Could we", Unread: 120, Left: 3 * time.Hour, All: 24 * time.Hour}, true)
	words := strings.Join(texts(r), "|")
	for _, want := range []string{"Lucía", "09:15", "Draft:", "Could we", "99+", "3 h"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is missing in %q", want, words)
		}
	}
	test.Tap(r)
	r.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(5, 6)})
	if tapped != 1 || menuAt != fyne.NewPos(5, 6) {
		t.Errorf("tapped %d, menu at %v", tapped, menuAt)
	}
	for left, want := range map[time.Duration]string{5 * time.Hour: "", 4 * time.Hour: "4 h", 61 * time.Minute: "1 h", 59 * time.Minute: "59 min", time.Second: "1 min", 0: "closed", -time.Hour: "closed"} {
		if _, got, _ := WindowWord(left, 24*time.Hour); got != want {
			t.Errorf("%v left is %q, want %q", left, got, want)
		}
	}
}

// No row may wrap or paint outside of itself, however long the names and however narrow the row.
func TestRowsNeverOverflow(t *testing.T) {
	newApp(t)
	long := "Maximiliana Konstantinopoulou-Bartholomew Nguyễn Thị Mai سارة الحداد"
	row := NewConversationRow()
	row.Set(Conversation{Name: long, Time: "Yesterday", Preview: long + long, Unread: 120, Assignee: long, Left: time.Hour, All: 24 * time.Hour, Tick: Read}, false)
	objects := map[string]fyne.CanvasObject{
		"row": row, "pill": NewPill(long, "check", Ok), "button": NewButton(Main, long, "send", nil), "text": NewText(long, theme.TypeBody, theme.Text),
		"banner": NewBanner(Bad, "alert", long, long, NewButton(Main, "Try now", "", nil)), "field": NewField(long, "short"), "check": NewCheckRow(CheckBroken, long, long, nil),
	}
	for name, o := range objects {
		for _, w := range []float32{200, 260, 320, 900} {
			w = fyne.Max(w, o.MinSize().Width)
			if name == "pill" || name == "button" || name == "text" { // these are shortened by whoever lays them out
				w = 200
			}
			shown(t, o, fyne.NewSize(w, o.MinSize().Height))
			o.Resize(fyne.NewSize(w, o.MinSize().Height))
			walk(o, func(c fyne.CanvasObject) {
				text, ok := c.(*canvas.Text)
				if !ok || text.Text == "" {
					return
				}
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
				room := text.Size().Width
				if end := at.X + fyne.MeasureText(text.Text, text.TextSize, text.TextStyle).Width; end > w+2 {
					t.Errorf("%s at %v: %q ends at %v (room %v)", name, w, text.Text, end, room)
				}
			})
		}
	}
}

// Every icon that a widget asks for exists, and a change of theme reaches every text.
func TestSheetsInBothThemes(t *testing.T) {
	app := newApp(t)
	for name, o := range map[string]fyne.CanvasObject{"sheet": sheet(), "parts": parts(), "thread": thread()} {
		w := test.NewTempWindow(t, o)
		w.Resize(fyne.NewSize(1280, 960))
		light := map[*canvas.Text]bool{}
		app.Settings().SetTheme(theme.New(theme.Light))
		refreshAll(o)
		walk(o, func(c fyne.CanvasObject) {
			switch c := c.(type) {
			case *canvas.Image:
				if c.Resource != nil && c.Resource.Name() == fynetheme.QuestionIcon().Name() {
					t.Errorf("%s: an icon is missing", name)
				}
			case *canvas.Text:
				light[c] = c.Color == theme.Color(theme.Text)
			}
		})
		app.Settings().SetTheme(theme.New(theme.Dark))
		refreshAll(o)
		walk(o, func(c fyne.CanvasObject) {
			if text, ok := c.(*canvas.Text); ok && light[text] && text.Text != "" && text.Color != theme.Color(theme.Text) {
				t.Errorf("%s: %q keeps its light colour in the dark", name, text.Text)
			}
		})
	}
}

func refreshAll(o fyne.CanvasObject) {
	walk(o, func(c fyne.CanvasObject) {
		if w, ok := c.(fyne.Widget); ok {
			w.Refresh()
		}
	})
}

func TestTipNamesThingsAndLetsClicksThrough(t *testing.T) {
	newApp(t)
	n := 0
	b := NewIconButton("emoji", "Emoji", func() { n++ })
	layer := NewTipLayer()
	c := shown(t, container.NewWithoutLayout(b, layer), fyne.NewSize(300, 200))
	place(b, 20, 20, 36, 36)
	place(layer, 0, 0, 300, 200)
	test.MoveMouse(c, fyne.NewPos(30, 30))
	if layer.words != "Emoji" {
		t.Errorf("the tip says %q", layer.words)
	}
	test.TapCanvas(c, fyne.NewPos(30, 30))
	if n != 1 {
		t.Error("the tip swallowed the click")
	}
	test.MoveMouse(c, fyne.NewPos(200, 150))
	if layer.words != "" {
		t.Error("the tip stays")
	}
}

func TestAvatarRing(t *testing.T) {
	newApp(t)
	for _, c := range []struct {
		left   time.Duration
		colour fyne.ThemeColorName
		share  float32
	}{
		{24 * time.Hour, theme.WindowOpen, 1},
		{12 * time.Hour, theme.WindowOpen, 0.5},
		{4 * time.Hour, theme.WindowSoon, 4.0 / 24},
		{time.Hour, theme.Danger, 1.0 / 24},
		{time.Second, theme.Danger, 0.02},
		{0, theme.WindowClosed, 0},
		{72 * time.Hour, theme.WindowOpen, 1},
	} {
		if colour, share := windowRing(c.left, 24*time.Hour); colour != c.colour || share < c.share-1e-6 || share > c.share+1e-6 {
			t.Errorf("%v left: %s %v, want %s %v", c.left, colour, share, c.colour, c.share)
		}
	}
}
