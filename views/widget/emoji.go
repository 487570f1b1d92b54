package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// emojiNames are the emoji that are offered, each with the words by which it is found: what a shop writes with, from
// the set that the program's own font draws on every desktop.
var emojiNames = strings.Split(strings.TrimSpace(`
😀 grin smile happy|😄 laugh smile happy|😁 beam smile|😂 tears joy laugh|😊 blush smile thanks|🙂 slight smile|😉 wink|😍 heart eyes love|😘 kiss|😎 cool sunglasses|🤗 hug|🤔 think question|😅 sweat relief|😇 angel|😢 cry sad|😭 sob cry|😮 wow surprise|😴 sleep|😷 mask ill|🤝 handshake deal agreed|
👍 thumbs up yes good ok|👎 thumbs down no|👏 clap bravo|🙏 please thanks pray|👌 ok perfect|✌ peace victory|💪 strong|👋 wave hello bye|🙌 hooray hands|👉 point right|👇 point down|👆 point up|✍ write sign|
❤ heart love red|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|💔 broken heart|💖 sparkling heart|⭐ star|🌟 glowing star|✨ sparkles new|🔥 fire hot|🎉 party congratulations|🎊 confetti|🎁 gift present|🎂 cake birthday|🎈 balloon|🎄 christmas tree|🎃 halloween pumpkin|🥂 cheers toast|🏆 trophy winner|🥇 medal first|
✅ done yes check|✔ check|❌ no cross wrong|❗ important|❓ question|⚠ warning|🔔 bell reminder|📢 announcement|💡 idea lamp light|🔑 key|🔒 lock safe|🆕 new|🆓 free|💯 hundred|➡ right arrow|⬇ down arrow|🔗 link|
📦 package parcel box delivery|🚚 truck delivery van|🚗 car|✈ plane travel|🏠 house home|🏪 shop store|🏢 office|📍 place pin location address|🗺 map|⏰ alarm clock time|⏳ wait hourglass|📅 calendar date|🕐 clock one|🛒 cart basket shop|🛍 bags shopping|🏷 tag price label|💳 card pay|💰 money bag|💵 money note|🧾 receipt|📄 document page|📝 note form|📎 clip attachment|📷 camera photo|🎥 film video|📱 phone mobile|📞 telephone call|💻 laptop computer|✉ envelope mail|📧 e-mail|💬 message chat|🎫 ticket event|🎟 ticket admission|🎵 music|🎬 film clapper|
☕ coffee|🍵 tea|🍕 pizza|🍔 burger|🍜 noodles pho|🍣 sushi|🍰 cake slice|🍞 bread|🍎 apple|🍇 grapes|🍷 wine|🍺 beer|🍽 plate dinner restaurant|🌹 rose flower|🌸 blossom flower spring|🌻 sunflower|🌿 leaf herb|🌳 tree wood|☀ sun summer|🌧 rain|❄ snow winter|🌈 rainbow|🌍 world earth|🐶 dog|🐱 cat|👕 shirt clothes|👗 dress|👟 shoe|👜 handbag|💍 ring|💄 lipstick beauty|💇 hair cut|💅 nails|🧹 broom clean|🔧 tool repair|🔨 hammer|🛋 sofa furniture|🛏 bed|🚪 door|🕯 candle|🖼 picture frame|📚 books|✂ scissors|🎨 art paint|⚽ football|🏋 gym sport|🧘 yoga|🏥 hospital|💊 medicine pill|🦷 tooth dentist|🎓 school graduate|👶 baby|👪 family
`), "|")

// ShowEmoji shows the emoji at an anchor; one that is chosen closes them.
func ShowEmoji(anchor fyne.CanvasObject, chosen func(emoji string)) {
	e := &emojiGrid{}
	e.search = NewSearchField(lang.X("emoji.search", "Search emoji"), "")
	e.search.OnChanged = e.find
	e.search.OnSubmitted = func(string) { e.take(e.cursor) }
	e.search.OnKey = e.key
	e.scroll = newScroller(&e.page, false)
	e.page.grid = e
	e.page.ExtendBaseWidget(&e.page)
	e.ExtendBaseWidget(e)
	e.find("")
	p := ShowPopover(anchor, e, emojiColumns*emojiSide+2*emojiPad, nil)
	if p == nil {
		return
	}
	e.pop, e.chosen = p, chosen
	p.Focus(e.search.entry)
}

const (
	emojiColumns         = 8
	emojiSide    float32 = 36
	emojiPad     float32 = 12
	emojiSize    float32 = 20
)

// emojiGrid is the inside of the popover.
type emojiGrid struct {
	fynewidget.BaseWidget
	search *SearchField
	scroll *scroller
	page   emojiPage
	shown  []string // emoji and words
	cursor int
	pop    *Popover
	chosen func(string)
}

func emojiOf(entry string) string {
	s, _, _ := strings.Cut(strings.TrimSpace(entry), " ")
	return s
}

func (e *emojiGrid) find(query string) {
	q := fold(strings.TrimSpace(query))
	e.shown = e.shown[:0]
	for _, n := range emojiNames {
		if q == "" || strings.Contains(" "+n, " "+q) {
			e.shown = append(e.shown, n)
		}
	}
	e.cursor = 0
	e.scroll.ScrollToTop()
	e.page.Refresh()
	e.scroll.Refresh()
	e.Refresh()
}

func (e *emojiGrid) take(i int) {
	if i < 0 || i >= len(e.shown) {
		return
	}
	e.pop.Close()
	e.chosen(emojiOf(e.shown[i]))
}

func (e *emojiGrid) key(name fyne.KeyName) bool {
	text := e.search.entry
	var step int
	switch name {
	case fyne.KeyEscape:
		e.pop.Close()
		return true
	case fyne.KeyUp:
		step = -emojiColumns
	case fyne.KeyDown:
		step = emojiColumns
	case fyne.KeyRight:
		if text.CursorColumn < len([]rune(text.Text)) {
			return false
		}
		step = 1
	case fyne.KeyLeft:
		if e.cursor == 0 {
			return false
		}
		step = -1
	default:
		return false
	}
	if to := e.cursor + step; to >= 0 && to < len(e.shown) {
		e.cursor = to
	}
	top := float32(e.cursor/emojiColumns) * emojiSide
	switch y, h := e.scroll.Offset.Y, e.scroll.Size().Height; {
	case top < y:
		e.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case top+emojiSide > y+h:
		e.scroll.ScrollToOffset(fyne.NewPos(0, top+emojiSide-h))
	}
	e.page.Refresh()
	return true
}

func (e *emojiGrid) CreateRenderer() fyne.WidgetRenderer {
	none, edge := newText(theme.TypeSmall, plain), newRect(0)
	const head = 2*12 + 36 + 1
	paint := func() {
		none.Text, none.Color = lang.X("choice.none", "Nothing found"), theme.Color(theme.Text2)
		show(none, len(e.shown) == 0)
		fill(edge, theme.Line, "", 0)
	}
	layout := func(size fyne.Size) {
		place(e.search, 12, 12, size.Width-24, theme.HeightControl)
		place(edge, 0, head-1, size.Width, 1)
		place(e.scroll, emojiPad, head+6, size.Width-2*emojiPad+8, size.Height-head-12)
		place(none, 13, head+6, size.Width-26, pickHeight)
	}
	min := func() fyne.Size { return fyne.NewSize(emojiColumns*emojiSide+2*emojiPad, head+6*emojiSide+12) }
	return newRenderer(e, min, layout, paint, e.scroll, e.search, edge, none)
}

// emojiPage is what scrolls.
type emojiPage struct {
	pointer
	grid  *emojiGrid
	texts []*canvas.Text
	over  int
}

func (p *emojiPage) at(pos fyne.Position) int {
	i := int(pos.Y/emojiSide)*emojiColumns + int(pos.X/emojiSide)
	if pos.X < 0 || pos.X >= emojiColumns*emojiSide || i >= len(p.grid.shown) {
		return -1
	}
	return i
}

// Tapped takes the emoji under the pointer.
func (p *emojiPage) Tapped(ev *fyne.PointEvent) { p.grid.take(p.at(ev.Position)) }

// MouseMoved lights the emoji under the pointer.
func (p *emojiPage) MouseMoved(ev *desktop.MouseEvent) {
	if i := p.at(ev.Position); i != p.over {
		p.over = i
		p.Refresh()
	}
}

// Cursor is a hand: all of it can be clicked.
func (p *emojiPage) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (p *emojiPage) CreateRenderer() fyne.WidgetRenderer {
	p.over = -1
	on, over := newRect(theme.RadiusControl), newRect(theme.RadiusControl)
	var r *renderer
	spot := func(o fyne.CanvasObject, i int) {
		show(o, i >= 0 && i < len(p.grid.shown))
		place(o, float32(i%emojiColumns)*emojiSide, float32(i/emojiColumns)*emojiSide, emojiSide, emojiSide)
	}
	layout := func(fyne.Size) {
		fill(on, theme.Selected, theme.Focus, 2)
		fill(over, theme.Hover, "", 0)
		spot(over, p.over)
		spot(on, p.grid.cursor)
		for len(p.texts) < len(p.grid.shown) {
			p.texts = append(p.texts, &canvas.Text{TextSize: emojiSize})
		}
		r.objects = append(r.objects[:0], over, on)
		for i, n := range p.grid.shown {
			t := p.texts[i]
			t.Color = theme.Color(theme.Text)
			setText(t, emojiOf(n))
			m := fyne.MeasureText(t.Text, emojiSize, plain)
			x, y := float32(i%emojiColumns)*emojiSide, float32(i/emojiColumns)*emojiSide
			place(t, x+(emojiSide-m.Width)/2, y+(emojiSide-m.Height)/2, m.Width, m.Height)
			r.objects = append(r.objects, t)
		}
	}
	min := func() fyne.Size {
		rows := (len(p.grid.shown) + emojiColumns - 1) / emojiColumns
		return fyne.NewSize(emojiColumns*emojiSide, float32(rows)*emojiSide)
	}
	r = newRenderer(p, min, layout, func() {})
	return r
}
