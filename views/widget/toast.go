package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// ToastTime is how long a toast stays.
const ToastTime = 6 * time.Second

// After starts a timer whose function runs on the UI goroutine, and returns what stops it. The window passes one
// that uses its clock; tests one that they hold.
type After func(d time.Duration, f func()) (stop func())

// ToastLayer shows short news over the window, at the bottom, above the composer. Stack one over the content of
// each window; where there is no toast it lets every event through.
type ToastLayer struct {
	fynewidget.BaseWidget
	// Below is how high that is what stands at the bottom of the window and must not be covered, such as the composer; nil is nothing.
	Below func() float32

	after After
	stop  func()
	words string
	tone  Tone
	undo  *toastButton
	do    func()
}

// NewToastLayer makes the layer of one window.
func NewToastLayer(after After) *ToastLayer {
	l := &ToastLayer{after: after}
	l.undo = newToastButton(func() {
		do := l.do
		l.Dismiss()
		if do != nil {
			do()
		}
	})
	l.ExtendBaseWidget(l)
	return l
}

// Say replaces what is shown. A nil undo shows no button. Ok puts a check before the words, Bad a mark.
func (l *ToastLayer) Say(tone Tone, words string, undo func()) {
	l.SayAction(tone, words, lang.X("button.undo", "Undo"), undo)
}

// SayAction is Say with other words on the button.
func (l *ToastLayer) SayAction(tone Tone, words, action string, do func()) {
	if l.stop != nil {
		l.stop()
	}
	l.words, l.tone, l.do = words, tone, do
	l.undo.words = action
	l.Refresh()
	l.stop = l.after(ToastTime, func() {
		l.stop = nil
		l.Dismiss()
	})
}

// Dismiss takes the toast away.
func (l *ToastLayer) Dismiss() {
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
	if l.words != "" {
		l.words, l.do = "", nil
		l.Refresh()
	}
}

// bottom is how much room there is below the toast.
func (l *ToastLayer) bottom() float32 {
	below := float32(0)
	if l.Below != nil {
		below = l.Below()
	}
	return below + theme.Space5
}

// Words is what is shown now, empty when nothing is.
func (l *ToastLayer) Words() string { return l.words }

// CreateRenderer is for Fyne.
func (l *ToastLayer) CreateRenderer() fyne.WidgetRenderer {
	ground, text, icon := newRect(theme.RadiusCard), newText(theme.TypeBody, plain), newGlyph()
	iconName := func() string {
		switch l.tone {
		case Ok:
			return "check"
		case Bad, Warn:
			return "alert"
		}
		return ""
	}
	paint := func() {
		on := l.words != ""
		fill(ground, theme.ToastBg, "", 0)
		ground.Shadow = canvas.Shadow{Color: theme.Color(theme.Shadow), BlurRadius: 20, Offset: fyne.NewPos(0, 6)}
		text.Color = theme.Color(theme.ToastFg)
		show(ground, on)
		show(text, on)
		show(l.undo, on && l.do != nil)
		name := iconName()
		if !on {
			name = ""
		}
		icon.set(name, theme.ToastDo)
	}
	layout := func(size fyne.Size) {
		const height = 44
		action, lead := float32(0), float32(0)
		if l.do != nil {
			action = l.undo.MinSize().Width + 4
		}
		if iconName() != "" {
			lead = 26
		}
		room := fyne.Max(60, fyne.Min(560, size.Width-32)-32-action-lead)
		words := fit(l.words, theme.TypeBody, plain, room)
		setText(text, words)
		w := width(words, theme.TypeBody.Size, plain)
		total := 32 + lead + w + action
		x, y := (size.Width-total)/2, size.Height-l.bottom()-height
		place(ground, x, y, total, height)
		place(icon.Image, x+16, y+(height-18)/2, 18, 18)
		place(text, x+16+lead, y+(height-20)/2, w, 20)
		place(l.undo, x+total-action-6, y+4, action, height-8)
	}
	return newRenderer(l, func() fyne.Size { return fyne.Size{} }, layout, paint, ground, icon.Image, text, l.undo)
}

type toastButton struct {
	control
	words string
}

func newToastButton(tapped func()) *toastButton {
	b := &toastButton{}
	b.onTap = tapped
	b.Hidden = true
	b.ExtendBaseWidget(b)
	return b
}

func (b *toastButton) AccessibilityLabel() string { return b.words }

func (b *toastButton) CreateRenderer() fyne.WidgetRenderer {
	text, ring := newText(theme.TypeBody, bold), newRect(8)
	text.Alignment = fyne.TextAlignCenter
	paint := func() {
		text.Color, text.Text = theme.Color(theme.ToastDo), b.words
		fill(ring, "", theme.Focus, 2)
		show(ring, b.focused)
	}
	layout := func(size fyne.Size) {
		text.Resize(size)
		ring.Resize(size)
	}
	min := func() fyne.Size { return fyne.NewSize(width(b.words, 14, bold)+20, 36) }
	return newRenderer(b, min, layout, paint, text, ring)
}
