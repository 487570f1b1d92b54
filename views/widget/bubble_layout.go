package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/theme"
)

// box is a rectangle inside a row, in logical pixels.
type box struct{ x, y, w, h float32 }

func (b box) holds(p fyne.Position) bool {
	return p.X >= b.x && p.X < b.x+b.w && p.Y >= b.y && p.Y < b.y+b.h
}

// placedRun is a run of text where it is drawn.
type placedRun struct {
	run
	y      float32
	typ    theme.Type
	colour fyne.ThemeColorName
}

func (r placedRun) box() box { return box{r.x, r.y, r.width, r.typ.Pitch} }

// bubbleLayout is one row of the timeline, measured: everything that is drawn, and where. It holds no canvas
// object, so measuring a row that is not seen costs only its words.
type bubbleLayout struct {
	height float32

	day, unread box // empty when not there
	bubble      box
	corners     [4]float32 // top left, top right, bottom right, bottom left
	ground      fyne.ThemeColorName
	edge        fyne.ThemeColorName

	quote    box
	image    box
	icon     box
	iconName string
	iconTint fyne.ThemeColorName
	runs     []placedRun
	tick     box
	reaction box
	mend     box
	raw      box
	record   box // what a card was made from

	bare   bool // there is no bubble round the picture
	carded bool // the bubble is the card of a template, with this look
	look   CardLook
}

const (
	bubblePadX  float32 = 13
	bubblePadY  float32 = 8
	columnPad   float32 = 24
	dayHeight   float32 = 26
	quoteHeight float32 = 44
)

// labels are the words of the timeline that depend on its place and language.
type labels struct {
	clock, day, unread, note, noteRest string
}

// measureRow lays out a message in a timeline of some width.
func measureRow(m *Message, s setting, words labels, width float32) *bubbleLayout {
	l := &bubbleLayout{}
	column := fyne.Max(120, fyne.Min(width-2*columnPad, theme.WidthThreadColumn))
	left := (width - column) / 2
	y := float32(0)
	switch {
	case s.day:
		y += 8
		w := pillWidth(words.day, false)
		l.day = box{(width - w) / 2, y, w, dayHeight}
		l.text(words.day, theme.TypeCaption, plain, theme.Text2, l.day.x+12, y+5)
		y += dayHeight + 6 + 2
	case s.joined && s.unread == 0:
		y += 2
	default:
		y += 8
	}
	if s.unread > 0 {
		l.unread = box{left, y + 4, column, theme.TypeCaption.Pitch}
		w := wordsWidth(words.unread, theme.TypeCaption.Size, bold)
		l.text(words.unread, theme.TypeCaption, bold, theme.Accent, (width-w)/2, y+4)
		y += theme.TypeCaption.Pitch + 14
	}
	switch {
	case m.Kind == KindSystem:
		l.system(m, width, y)
	case m.Kind == KindNote:
		l.note(m, words, left, column, y)
	case m.Card != nil:
		l.card(m, s, words, left, column, y)
	case m.Sticker && m.Image != nil:
		l.sticker(m, words, left, column, y)
	default:
		l.message(m, s, words, left, column, y)
	}
	return l
}

func pillWidth(text string, icon bool) float32 {
	w := wordsWidth(text, theme.TypeCaption.Size, plain) + 24
	if icon {
		w += 20
	}
	return w
}

func (l *bubbleLayout) text(s string, t theme.Type, style fyne.TextStyle, colour fyne.ThemeColorName, x, y float32) float32 {
	w := wordsWidth(s, t.Size, style)
	l.runs = append(l.runs, placedRun{run{text: s, style: style, x: x, width: w}, y, t, colour})
	return w
}

func (l *bubbleLayout) system(m *Message, width, y float32) {
	room := fyne.Max(80, width-2*columnPad)
	text := fit(clean(m.Text), theme.TypeCaption, plain, room-44)
	w := pillWidth(text, m.Icon != "")
	l.bubble = box{(width - w) / 2, y, w, dayHeight}
	l.corners = [4]float32{13, 13, 13, 13}
	l.ground, l.edge = theme.Pane, theme.Line
	x := l.bubble.x + 12
	if m.Icon != "" {
		l.iconName, l.iconTint, l.icon = m.Icon, theme.Text2, box{x, y + 6.5, 13, 13}
		x += 20
	}
	l.text(text, theme.TypeCaption, plain, theme.Text2, x, y+5)
	l.height = y + dayHeight
}

func (l *bubbleLayout) note(m *Message, words labels, left, column, y float32) {
	w := fyne.Min(theme.WidthNote, column)
	x := left + (column-w)/2
	const textX, pad = 39, 10
	room := w - textX - pad
	l.iconName, l.iconTint, l.icon = "note", theme.NoteText, box{x + 13, y + 10, 16, 16}
	at := y + 8
	head := fit(words.note, theme.TypeCaption, bold, room)
	used := l.text(head, theme.TypeCaption, bold, theme.NoteText, x+textX, at)
	if rest := fit(words.noteRest, theme.TypeCaption, plain, room-used); rest != ellipsis {
		l.text(rest, theme.TypeCaption, plain, theme.NoteText, x+textX+used, at)
	}
	at += theme.TypeCaption.Pitch + 2
	at = l.body(parse(clean(m.Text)), theme.TypeNote, theme.NoteText, x+textX, at, room, room)
	l.bubble = box{x, y, w, at + 9 - y}
	l.corners = [4]float32{12, 12, 12, 12}
	l.ground, l.edge = theme.Note, theme.NoteLine
	l.height = y + l.bubble.h
}

// body places text that may run to any width up to room, and returns where it ends. Right-to-left paragraphs end at
// the right of what is finally as wide as align.
func (l *bubbleLayout) body(s styled, t theme.Type, colour fyne.ThemeColorName, x, y, room, align float32) float32 {
	for _, ln := range breakLines(s, t.Size, room) {
		l.line(s, ln, t, colour, x, y, align)
		y += t.Pitch
	}
	return y
}

func (l *bubbleLayout) line(s styled, ln line, t theme.Type, colour fyne.ThemeColorName, x, y, align float32) {
	rtl := rightToLeft(paragraphOf(s.text, ln.start))
	if rtl {
		x += align - ln.width
	}
	for _, r := range s.runs(ln, t.Size, rtl) {
		r.x += x
		c := colour
		if r.link != "" {
			c = theme.Accent
		}
		l.runs = append(l.runs, placedRun{r, y, t, c})
	}
}

// paragraphOf is the text from the last line break before at.
func paragraphOf(text string, at int) string {
	if i := strings.LastIndexByte(text[:at], '\n'); i >= 0 {
		text = text[i+1:]
	}
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	return text
}

func (l *bubbleLayout) message(m *Message, s setting, words labels, left, column, y float32) {
	max := fyne.Min(column*0.76, theme.WidthBubble)
	inner := max - 2*bubblePadX
	text := parse(clean(m.Text))
	typ := typeFor(text.text)
	var lines []line
	textWidth := float32(0)
	if strings.TrimSpace(text.text) != "" {
		lines = breakLines(text, typ.Size, inner)
		for _, ln := range lines {
			textWidth = fyne.Max(textWidth, ln.width)
		}
	}
	from := len(l.runs)
	top := l.content(m, inner, y, &textWidth)

	// Time and tick end the last line where 12 px are left, else they take a line of their own.
	meta := metaWidth(m, words)
	last := l.lastWidth(m, lines)
	sameLine := last+12+meta <= inner && (len(lines) > 0 || l.icon != box{})
	if sameLine {
		textWidth = fyne.Max(textWidth, last+12+meta)
	} else {
		textWidth = fyne.Max(textWidth, meta)
	}
	rtl := len(lines) > 0 && rightToLeft(paragraphOf(text.text, lines[len(lines)-1].start))

	w := textWidth + 2*bubblePadX
	x := left
	if m.Out {
		x = left + column - w
	}
	l.shift(from, x, textWidth)
	at := top
	for _, ln := range lines {
		l.line(text, ln, typ, theme.Text, x+bubblePadX, at, textWidth)
		at += typ.Pitch
	}
	if !sameLine {
		at += theme.TypeBody.Pitch
	}
	l.bubble = box{x, y, w, at + bubblePadY - y}
	metaX := x + w - bubblePadX - meta
	if rtl {
		metaX = x + bubblePadX
	}
	l.meta(m, words, metaX, at-theme.TypeTime.Pitch, meta)
	l.dress(m, s)
	l.height = y + l.bubble.h
	l.below(m, x, left, column)
}

// metaWidth is how wide the time is, with the tick behind it.
func metaWidth(m *Message, words labels) float32 {
	w := wordsWidth(words.clock, theme.TypeTime.Size, plain)
	if m.Tick != None {
		w += 4 + tickWidth
	}
	return w
}

// meta places the time and the tick.
func (l *bubbleLayout) meta(m *Message, words labels, x, y, width float32) {
	l.text(words.clock, theme.TypeTime, plain, theme.Text2, x, y+1)
	if m.Tick != None {
		l.tick = box{x + width - tickWidth, y, tickWidth, tickHeight}
	}
}

// content places what stands above the text: quote, picture, card. It returns where the text begins and widens
// textWidth to what it needs. Positions are relative to the bubble until shift.
func (l *bubbleLayout) content(m *Message, inner, y float32, textWidth *float32) float32 {
	top := y + bubblePadY
	if m.Quote != nil {
		name := fit(clean(m.Quote.Name), theme.TypeCaption, bold, inner-14)
		words := fit(clean(m.Quote.Text), theme.TypeSmall, plain, inner-14)
		l.quote = box{-4, y + 8, 0, quoteHeight}
		w := l.text(name, theme.TypeCaption, bold, theme.Accent, 8, y+13)
		w = fyne.Max(w, l.text(drawn(words), theme.TypeSmall, plain, theme.Text2, 8, y+30))
		*textWidth = fyne.Max(*textWidth, w+14)
		top = y + 8 + quoteHeight + 5
	}
	switch {
	case m.Image != nil:
		w := fyne.Min(236, inner+2*bubblePadX-10)
		h := float32(160)
		if b := m.Image.Bounds(); b.Dx() > 0 {
			h = fyne.Max(80, fyne.Min(320, w*float32(b.Dy())/float32(b.Dx())))
		}
		l.image = box{-bubblePadX + 5, top - 3, w, h}
		*textWidth = fyne.Max(*textWidth, w+10-2*bubblePadX)
		top += h + 3
	case m.Kind == KindMedia || m.Kind == KindUnknown:
		icon := m.Icon
		if icon == "" {
			icon = "file"
		}
		l.iconName, l.iconTint, l.icon = icon, theme.Text, box{0, top + 2, 16, 16}
		title := fit(clean(m.Title), theme.TypeBody, plain, inner-22)
		w := l.text(title, theme.TypeBody, plain, theme.Text, 22, top)
		*textWidth = fyne.Max(*textWidth, 22+w)
		top += theme.TypeBody.Pitch
		if m.Kind == KindUnknown {
			l.raw = box{0, top, 0, theme.TypeSmall.Pitch + 2}
			top += theme.TypeSmall.Pitch + 4
		}
	}
	return top
}

// lastWidth is how wide the line is beside which the time would stand.
func (l *bubbleLayout) lastWidth(m *Message, lines []line) float32 {
	switch {
	case len(lines) > 0:
		return lines[len(lines)-1].width
	case m.Kind == KindUnknown:
		return wordsWidth(rawWords(), theme.TypeSmall.Size, bold)
	case l.icon != box{} && len(l.runs) > 0:
		return 22 + l.runs[len(l.runs)-1].width
	}
	return 0
}

// shift moves what content placed to where the bubble is, now that its width is known.
func (l *bubbleLayout) shift(from int, x, textWidth float32) {
	ox := x + bubblePadX
	for i := from; i < len(l.runs); i++ {
		l.runs[i].x += ox
	}
	if l.quote != (box{}) {
		l.quote.x, l.quote.w = ox-4, textWidth+8
	}
	if l.image != (box{}) {
		l.image.x += ox
		l.image.w = fyne.Max(l.image.w, textWidth+2*bubblePadX-10)
	}
	if l.icon != (box{}) {
		l.icon.x += ox
	}
	if l.raw != (box{}) {
		l.raw.x = ox
		l.raw.w = l.text(rawWords(), theme.TypeSmall, bold, theme.Accent, ox, l.raw.y)
	}
}

func rawWords() string { return lang.X("timeline.raw", "Show raw") }

// dress gives the bubble its colours and corners: touching corners of a group are 4 on the sender's side.
func (l *bubbleLayout) dress(m *Message, s setting) {
	const round, touching = theme.RadiusBubble, 4
	l.corners = [4]float32{round, round, round, round}
	upper, lower := 0, 3
	l.ground, l.edge = theme.BubbleIn, theme.BubbleLine
	if m.Out {
		upper, lower = 1, 2
		l.ground, l.edge = theme.BubbleOut, theme.BubbleOutLine
	}
	if s.joined {
		l.corners[upper] = touching
	}
	if s.joint {
		l.corners[lower] = touching
	}
	if m.Tick == Failed || m.Failure != "" && !m.Waits {
		l.edge = theme.Danger
	}
}

// below places reactions and what is said of a failure.
func (l *bubbleLayout) below(m *Message, x, left, column float32) {
	if len(m.Reactions) > 0 {
		text := reactionText(m.Reactions)
		w := wordsWidth(text, theme.TypeCaption.Size, plain) + 16
		rx := x + 12
		if m.Out {
			rx = x + l.bubble.w - 12 - w
		}
		rx = fyne.Max(left, rx)
		l.reaction = box{rx, l.height - 7, w, theme.HeightSmallPill}
		l.text(text, theme.TypeCaption, plain, theme.Text2, rx+8, l.height-4)
		l.height += theme.HeightSmallPill - 7
	}
	if m.Failure == "" {
		return
	}
	y := l.height + 4
	buttonWidth := float32(0)
	if m.Mend != "" {
		buttonWidth = wordsWidth(m.Mend, theme.TypeSmall.Size, plain) + 24
		if m.MendIcon != "" {
			buttonWidth += 21
		}
		buttonWidth += 8
	}
	reason := unstyled(clean(m.Failure))
	lines := breakLines(reason, theme.TypeCaption.Size, column-buttonWidth)
	w := float32(0)
	for _, ln := range lines {
		w = fyne.Max(w, ln.width)
	}
	rx := left
	if m.Out {
		rx = left + column - buttonWidth - w
	}
	words := theme.TypeCaption.Pitch * float32(len(lines))
	high := words
	if m.Mend != "" {
		high = fyne.Max(words, theme.HeightSmallButton)
		l.mend = box{rx + w + 8, y, buttonWidth - 8, theme.HeightSmallButton}
	}
	colour := theme.Danger
	if m.Waits {
		colour = theme.Text2
	}
	at := y + (high-words)/2
	for _, ln := range lines {
		l.line(reason, ln, theme.TypeCaption, colour, rx, at, w)
		at += theme.TypeCaption.Pitch
	}
	l.height = y + high
}

func reactionText(rs []Reaction) string {
	var b strings.Builder
	for i, r := range rs {
		if i == 3 {
			b.WriteString(" +" + countText(len(rs)-3))
			break
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(cleanLine(r.Emoji))
		if len(rs) == 1 && r.Name != "" {
			b.WriteByte(' ')
			b.WriteString(fit(clean(r.Name), theme.TypeCaption, plain, 120))
		}
	}
	return b.String()
}
