package widget

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

// TestSheet draws the component sheet of the design into the folder named by SHOPBELL_SHEET, to be compared by eye.
// Without it the sheet is still built and laid out in both themes.
func TestSheet(t *testing.T) {
	for name, choice := range map[string]theme.Choice{"light": theme.Light, "dark": theme.Dark} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(theme.New(choice))
		draw(t, "sheet-"+name, sheet())
		draw(t, "parts-"+name, parts())
		draw(t, "thread-"+name, thread())
	}
}

func draw(t *testing.T, name string, content fyne.CanvasObject) {
	t.Helper()
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1280, 960))
	keepSheet(t, name, w)
}

// keepSheet draws a window into the folder of the sheets, if there is one.
func keepSheet(t *testing.T, name string, w fyne.Window) {
	t.Helper()
	img := w.Canvas().Capture()
	dir := os.Getenv("SHOPBELL_SHEET")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func parts() fyne.CanvasObject {
	rail := NewRail([]RailItem{{Icon: "inbox", Label: "Inbox", Badge: 3}, {Icon: "outbox", Label: "Outbox"}, {Icon: "templates", Label: "Templates"}, {Icon: "records", Label: "Records"}, {Icon: "accounts", Label: "Accounts", Badge: 120}, {Icon: "settings", Label: "Settings"}}, nil)
	rail.SetStatus(false, "Not receiving", nil)
	rail.SetPerson("Ana Ruiz", "4", nil)
	row := func(c Conversation, selected bool, f func(r *ConversationRow)) *ConversationRow {
		r := NewConversationRow()
		if f != nil {
			f(r)
		}
		r.Set(c, selected)
		return r
	}
	day := 24 * time.Hour
	toast := NewToastLayer(func(time.Duration, func()) func() { return func() {} })
	toast.Say(Quiet, "Conversation done", func() {})
	composer := NewComposer([]*Button{NewIconButton("emoji", "Emoji", nil), NewIconButton("clip", "Attach", nil)}, []*Button{NewIconButton("templates", "Template", nil), NewIconButton("slash", "Replies", nil)}, nil)
	composer.SetText("Yes, solid walnut. Saturday at four?")
	composer.focused = true
	long := NewComposer(nil, nil, nil)
	long.SetText("One line\nTwo lines\nand three of them, xin chào")
	long.SetMode(ModeNote)
	closed := NewComposer(nil, nil, nil)
	closed.SetReason("The 24 hours ended on Saturday at 09:26. Only a template may be sent.")
	return absolute(
		at{0, 0, 76, 700, rail},
		at{80, 0, 320, 72, row(Conversation{Name: "Nguyễn Thị Mai", Key: "a", Time: "10:52", Preview: "📷 Photo · Cái này bằng gỗ óc chó, phải không?", Unread: 1, Assignee: "Ana Ruiz", Left: 23 * time.Hour, All: day}, true, nil)},
		at{80, 72, 320, 72, row(Conversation{Name: "سارة الحداد", Key: "b", Time: "10:31", Preview: "هل يصل الطلب قبل يوم الخميس؟", Unread: 120, Assignee: "Luis Ortega", Left: 22 * time.Hour, All: day}, false, nil)},
		at{80, 144, 320, 72, row(Conversation{Name: "Oliver Bennett", Key: "c", Time: "10:12", Preview: "The lamp is back in stock on Friday", Tick: Read, Assignee: "Ana Ruiz", Left: 20 * time.Hour, All: day}, false, func(r *ConversationRow) { r.hovered = true })},
		at{80, 216, 320, 72, row(Conversation{Name: "Maximiliana Konstantinopoulou-Bartholomew", Key: "d", Time: "09:48", Preview: "Dạ em gửi anh báo giá S00024", Tick: Delivered, Assignee: "Luis Ortega", Left: 3 * time.Hour, All: day}, false, nil)},
		at{80, 288, 320, 72, row(Conversation{Name: "Lucía Fernández", Key: "e", Time: "09:15", Draft: "Could we try the oak first, and then", Assignee: "Ana Ruiz", Left: 40 * time.Minute, All: day}, false, func(r *ConversationRow) { r.focused = true })},
		at{80, 360, 320, 72, row(Conversation{Name: "Café Wren", Key: "f", Time: "Yesterday", Preview: "Not delivered · picture too large", Failed: true, Left: 0, All: day}, false, nil)},
		at{80, 440, 320, 0, NewSkeleton(2, 72)},
		at{420, 0, 860, 48, NewBanner(Warn, "tunnel", "Messages cannot reach this computer yet.", "It has no public address; Meta keeps them until it has.", NewButton(Plain, "Why?", "", nil), NewButton(Main, "Open a tunnel", "", nil))},
		at{420, 52, 860, 48, NewBanner(Bad, "alert", "Tunnel lost 3 minutes ago.", "Messages wait at Meta; next try in 20 s.", NewButton(Main, "Try now", "", nil))},
		at{420, 110, 584, 0, composer},
		at{420, 220, 584, 150, long},
		at{420, 380, 584, 0, closed},
		at{420, 490, 744, 0, NewCard(container.NewVBox(
			NewCheckRow(CheckBroken, "Access token", "It is a temporary one and ends in 5 hours; after that nothing can be sent.", NewButton(Main, "Make it permanent", "", nil)),
			NewCheckRow(CheckFine, "App", "live, webhook signature matches", nil)), 1)},
		at{420, 640, 860, 300, NewEmptyState("", "The desk is ready, nobody has rung yet", "When a customer writes to your number, the conversation appears here. You can also write first, with an approved template.", NewButton(Main, "Write to a customer", "edit", nil), NewButton(Plain, "Write to yourself to try it", "phone", nil))},
		at{0, 700, 400, 200, toast},
	)
}

type at struct {
	x, y, w, h float32
	o          fyne.CanvasObject
}

func absolute(items ...at) *fyne.Container {
	c := container.NewWithoutLayout(NewGround(theme.Pane, "", 0))
	place(c.Objects[0], 0, 0, 1280, 960)
	for _, it := range items {
		s := it.o.MinSize()
		if it.w > 0 {
			s.Width = it.w
		}
		if it.h > 0 {
			s.Height = it.h
		}
		c.Add(it.o)
		place(it.o, it.x, it.y, s.Width, s.Height)
	}
	return c
}

func sheet() fyne.CanvasObject {
	state := func(b *Button, f func(b *Button)) *Button { f(b); return b }
	y := float32(188)
	items := []at{
		{28, 164, 0, 0, NewBold("Main button", theme.TypeCaption, theme.Text2)},
		{28, y, 0, 0, NewButton(Main, "Send", "", nil)},
		{108, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.hovered = true })},
		{188, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.pressed = true })},
		{268, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.focused = true })},
		{348, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.Disable() })},
		{427, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.SetBusy("Sending…") })},
	}
	y = 290
	items = append(items,
		at{28, y, 0, 0, NewButton(Plain, "Preview", "", nil)},
		at{125, y, 0, 0, state(NewButton(Plain, "Preview", "", nil), func(b *Button) { b.hovered = true })},
		at{222, y, 0, 0, state(NewButton(Plain, "Preview", "", nil), func(b *Button) { b.pressed = true })},
		at{319, y, 0, 0, state(NewButton(Plain, "Preview", "", nil), func(b *Button) { b.focused = true })},
		at{416, y, 0, 0, NewButton(Danger, "Delete…", "", nil)},
		at{512, y, 0, 0, NewButton(TextOnly, "Show all", "", nil)},
	)
	y = 392
	focused := NewField("", "")
	focused.SetText("Country")
	focused.focused = true
	wrong := NewField("", "")
	wrong.SetText("no sample")
	wrong.wrong = "No sample"
	ro := NewField("", "").ReadOnly()
	ro.SetText("read only")
	items = append(items,
		at{28, y, 150, 0, NewField("", "placeholder")}, at{190, y, 150, 0, focused},
		at{352, y, 150, 0, wrong}, at{514, y, 150, 0, ro})
	y = 492
	items = append(items,
		at{28, y, 0, 0, NewBadge(3, Brass)}, at{62, y, 0, 0, NewBadge(120, Brass)}, at{107, y, 0, 0, NewBadge(1, Accent)},
		at{141, y, 0, 0, NewBadge(4, Quiet)}, at{175, y, 0, 0, NewBadge(9, Bad)},
		at{209, y - 2, 0, 0, NewSmallPill("Approved", "check", Ok)}, at{313, y - 2, 0, 0, NewSmallPill("Pending", "clock", Warn)},
		at{410, y - 2, 0, 0, NewSmallPill("Rejected", "alert", Bad)}, at{508, y - 2, 0, 0, NewSmallPill("Draft", "edit", Quiet)},
		at{588, y - 2, 0, 0, NewSmallPill("Sending", "", Accent)})
	for i, h := range []int{21, 11, 4, 1, 0} {
		a := NewAvatar("Nguyễn Mai", "3", 44)
		a.SetWindow(time.Duration(h)*time.Hour, 24*time.Hour)
		items = append(items, at{728 + float32(i)*64, 543, 0, 0, a})
	}
	chip := NewFilterChip("All", nil)
	chip.SetOn(true)
	items = append(items, at{28, 760, 0, 0, chip}, at{90, 760, 0, 0, NewFilterChip("Mine 9", nil)},
		at{28, 800, 260, 0, NewSearchField("Search", "Ctrl K")},
		at{300, 800, 0, 0, NewTabs([]Tab{{Text: "Reply", Icon: "reply"}, {Text: "Note", Icon: "note"}}, nil)},
		at{28, 850, 300, 0, NewPasswordField("Access token", "").Mono().With(NewButton(Plain, "Paste", "copy", nil))})
	return absolute(items...)
}

func thread() fyne.CanvasObject {
	at := func(h, m int) time.Time { return time.Date(2026, 11, 23, h, m, 0, 0, time.UTC) }
	groups := NewTimeline()
	groups.DayText = func(time.Time) string { return "Today" }
	groups.SetItems([]Message{
		{ID: 1, Text: "Alone", At: at(10, 10)},
		{ID: 2, Text: "First of a group", At: at(10, 31)},
		{ID: 3, Text: "Middle", At: at(10, 31)},
		{ID: 4, Text: "Last of a group, and long enough to take a second line in a bubble", At: at(10, 32)},
		{ID: 5, Text: "First, ours", Out: true, Tick: Delivered, At: at(10, 33)},
		{ID: 6, Text: "Last, ours, with *bold*, _italic_ and ~struck~ drawn", Out: true, Tick: Sent, At: at(10, 33)},
		{ID: 7, Kind: KindNote, Name: "Luis", Text: "Notes sit in the middle, never left or right.", At: at(10, 36)},
	}, false, false)
	full := NewTimeline()
	full.DayText = func(time.Time) string { return "Friday 20 November" }
	full.SetUnread(15, 1)
	full.SetItems([]Message{
		{ID: 8, Text: "صباح الخير، هل يصل الطلب قبل يوم الخميس؟ أحتاج الطاولة لاجتماع في المكتب.", At: at(9, 2)},
		{ID: 9, Text: "وهل يمكن الدفع عند الاستلام؟", At: at(9, 3)},
		{ID: 10, Kind: KindSystem, Icon: "lock", Text: "The 24 hours ended on Saturday at 09:26", At: at(9, 4)},
		{ID: 11, Text: "Dạ được ạ! Shop có thể giao tận nhà cho chị.", Out: true, Tick: Read, Quote: &Quote{1, "Nguyễn Thị Mai", "Tôi có thể đến lấy vào chiều thứ Bảy…"}, Reactions: []Reaction{{"❤️", "Mai"}}, At: at(10, 44)},
		{ID: 12, Kind: KindMedia, Icon: "image", Title: "workshop-photo.png · 8.2 MB", Out: true, Tick: Failed, Failure: "Not delivered: the picture is larger than 5 MB.", Mend: "Make smaller and retry", MendIcon: "retry", At: at(10, 45)},
		{ID: 13, Kind: KindUnknown, Title: "A kind of message that Shopbell does not know", At: at(10, 46)},
		{ID: 14, Text: "السعر S00029 بقيمة 7,350.00 € جاهز. See https://shop.example/q/22.", At: at(10, 50)},
		{ID: 15, Text: "Cái này bằng gỗ óc chó?", At: at(10, 52)},
		{ID: 16, Text: strings.Repeat("https://example.com/", 8), Out: true, Tick: Unknown, At: at(10, 53)},
	}, true, false)
	return absolute(boxed(0, 0, 560, 440, groups), boxed(640, 0, 596, 940, full))
}

func boxed(x, y, w, h float32, o fyne.CanvasObject) at { return at{x, y, w, h, o} }
