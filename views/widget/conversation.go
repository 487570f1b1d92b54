package widget

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/theme"
)

// Conversation is what a row of the conversation list shows.
type Conversation struct {
	Name, Key string // Key chooses the colours of the avatar
	Time      string // as it is to be read: 10:42, Yesterday, Fri
	Preview   string
	Tick      Delivery // of the last message, when it is ours
	Unread    int
	Draft     string // shown instead of the preview
	Failed    bool   // the preview says what failed
	OptedOut  bool   // wants to get less than everything: a sign beside the name

	Assignee, AssigneeKey string

	// Left of All is what remains of the customer-service window; without All there is no ring.
	Left, All time.Duration
}

// ConversationRow is one row of the list, 72 high. It is no stop of the keyboard: the list is, and says by
// SetFocused which row has it.
type ConversationRow struct {
	pointer
	OnTapped func()
	OnMenu   func(at fyne.Position)

	data              Conversation
	selected, focused bool
}

var _ fyne.SecondaryTappable = (*ConversationRow)(nil)

// NewConversationRow makes an empty row, to be filled by Set.
func NewConversationRow() *ConversationRow {
	r := &ConversationRow{}
	r.ExtendBaseWidget(r)
	r.onTap = func() {
		if r.OnTapped != nil {
			r.OnTapped()
		}
	}
	return r
}

// Set shows a conversation.
func (r *ConversationRow) Set(c Conversation, selected bool) {
	if r.data == c && r.selected == selected {
		return
	}
	r.data, r.selected = c, selected
	r.Refresh()
}

// SetFocused draws the keyboard's ring inside the row.
func (r *ConversationRow) SetFocused(on bool) { r.set(&r.focused, on) }

// Data is the conversation shown.
func (r *ConversationRow) Data() Conversation { return r.data }

// TappedSecondary opens the menu.
func (r *ConversationRow) TappedSecondary(ev *fyne.PointEvent) {
	if r.OnMenu != nil {
		r.OnMenu(ev.AbsolutePosition)
	}
}

// AccessibilityLabel names it for a screen reader.
func (r *ConversationRow) AccessibilityLabel() string {
	if r.data.OptedOut {
		return r.data.Name + ", " + lang.X("row.opted_out", "opted out")
	}
	return r.data.Name
}

// WindowWord says in words what is left to answer, from 4 hours on: the icon, the words and their colour.
func WindowWord(left, all time.Duration) (icon, words string, colour fyne.ThemeColorName) {
	switch {
	case all <= 0 || left > 4*time.Hour:
		return "", "", ""
	case left <= 0:
		return "lock", lang.X("window.closed", "closed"), theme.Text2
	case left > time.Hour:
		n := strconv.Itoa(int((left + 30*time.Minute) / time.Hour))
		return "clock", lang.X("window.hours", "{{.n}} h", map[string]string{"n": n}), theme.Warn
	default:
		n := strconv.Itoa(max(1, int(left/time.Minute)))
		return "clock", lang.X("window.minutes", "{{.n}} min", map[string]string{"n": n}), theme.Danger
	}
}

// CreateRenderer is for Fyne.
func (r *ConversationRow) CreateRenderer() fyne.WidgetRenderer {
	p := &conversationPaint{
		row: r, ground: newRect(0), bar: newRect(0), line: newRect(0), ring: newRect(8),
		avatar: newAvatarPaint(44), assignee: newAvatarPaint(18),
		name: newText(theme.TypeBody, bold), time: newText(theme.TypeCaption, plain), word: newText(theme.TypeCaption, plain),
		draft: newText(theme.TypeSmall, bold), preview: newText(theme.TypeSmall, plain), count: newText(theme.TypeTime, bold),
		badge: newRect(theme.HeightBadge / 2), wordIcon: newGlyph(), tick: newGlyph(), out: newGlyph(),
	}
	p.count.Alignment = fyne.TextAlignCenter
	objects := []fyne.CanvasObject{p.ground, p.bar, p.line}
	objects = append(objects, p.avatar.objects()...)
	objects = append(objects, p.assignee.objects()...)
	objects = append(objects, p.name, p.out.Image, p.wordIcon.Image, p.word, p.time, p.tick.Image, p.draft, p.preview, p.badge, p.count, p.ring)
	min := func() fyne.Size { return fyne.NewSize(200, theme.HeightConversation) }
	return newRenderer(r, min, p.layout, p.paint, objects...)
}

type conversationPaint struct {
	row                                     *ConversationRow
	ground, bar, line, ring, badge          *canvas.Rectangle
	avatar, assignee                        *avatarPaint
	name, time, word, draft, preview, count *canvas.Text
	wordIcon, tick, out                     *glyph
}

func (p *conversationPaint) paint() {
	r, d := p.row, p.row.data
	g := theme.PaneAlt
	switch {
	case r.selected:
		g = theme.Selected
	case r.pressed:
		g = theme.Press
	case r.hovered:
		g = theme.Hover
	}
	fill(p.ground, g, "", 0)
	fill(p.bar, theme.Accent, "", 0)
	show(p.bar, r.selected)
	fill(p.line, theme.Line, "", 0)
	fill(p.ring, "", theme.Focus, 2)
	show(p.ring, r.focused)
	p.avatar.paint(d.Name, d.Key, d.All > 0, d.Left, d.All)
	p.assignee.hide(d.Assignee == "")
	if d.Assignee != "" {
		p.assignee.paint(d.Assignee, d.AssigneeKey, false, 0, 0)
	}
	p.name.Color = theme.Color(theme.Text)
	out := ""
	if d.OptedOut {
		out = "stop"
	}
	p.out.set(out, theme.Warn)
	p.time.Color, p.time.TextStyle = theme.Color(theme.Text2), plain
	preview := theme.Text2
	if d.Unread > 0 {
		p.time.Color, p.time.TextStyle = theme.Color(theme.Accent), bold
		preview = theme.Text
	}
	if d.Failed {
		preview = theme.Danger
	}
	icon, words, colour := WindowWord(d.Left, d.All)
	p.wordIcon.set(icon, colour)
	p.word.Text, p.word.Color = words, named(colour)
	tick, tickColour := d.Tick.icon()
	if d.Failed {
		tick, tickColour = "tick-failed", theme.Danger
	}
	if d.Draft != "" {
		tick = ""
	}
	p.tick.set(tick, tickColour)
	p.preview.Color = theme.Color(preview)
	p.draft.Color = theme.Color(theme.Danger)
	fill(p.badge, theme.Accent, "", 0)
	p.count.Text, p.count.Color = countText(d.Unread), theme.Color(theme.OnAccent)
	show(p.badge, d.Unread > 0)
	show(p.count, d.Unread > 0)
}

func (p *conversationPaint) layout(size fyne.Size) {
	d := p.row.data
	const left, right, first, second = 74, 13, 24, 47
	p.ground.Resize(size)
	place(p.bar, 0, 0, 3, size.Height)
	place(p.line, 0, size.Height-1, size.Width, 1)
	place(p.ring, 3, 3, size.Width-6, size.Height-6)
	p.avatar.place(16, 14)

	end := size.Width - right
	w := width(d.Time, theme.TypeCaption.Size, p.time.TextStyle)
	setText(p.time, d.Time)
	place(p.time, end-w, first-8, w, 16)
	end -= w + 8
	if p.word.Text != "" {
		w = width(p.word.Text, theme.TypeCaption.Size, plain)
		place(p.word, end-w, first-8, w, 16)
		place(p.wordIcon.Image, end-w-17, first-6.5, 13, 13)
		end -= w + 17 + 8
	}
	if d.OptedOut {
		end -= 18
	}
	name := fit(clean(d.Name), theme.TypeBody, bold, end-left)
	setText(p.name, drawnIn(name, bold))
	place(p.name, left, first-10, end-left, 20)
	place(p.out.Image, left+width(name, theme.TypeBody.Size, bold)+5, first-6.5, 13, 13)

	end = size.Width - right
	if d.Unread > 0 {
		w = badgeWidth(p.count.Text)
		place(p.badge, end-w, second-9, w, theme.HeightBadge)
		place(p.count, end-w, second-9, w, theme.HeightBadge)
		end -= w + 6
	}
	if d.Assignee != "" {
		p.assignee.place(end-18, second-9)
		end -= 18 + 6
	}
	x := float32(left)
	if p.tick.Visible() {
		place(p.tick.Image, x, second-8.5, 17, 17)
		x += 22
	}
	words, lead := d.Preview, ""
	if d.Draft != "" {
		words, lead = d.Draft, lang.X("row.draft", "Draft:")
	}
	setText(p.draft, lead)
	if lead != "" {
		w = width(lead, theme.TypeSmall.Size, bold)
		place(p.draft, x, second-9, w, 18)
		x += w + 4
	}
	setText(p.preview, drawn(fit(clean(words), theme.TypeSmall, plain, end-x)))
	place(p.preview, x, second-9, end-x, 18)
}
