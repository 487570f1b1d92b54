package shell

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// WordsAfter is how long something may take to load before words and a way out stand over the bars.
const WordsAfter = 2 * time.Second

// Waiting stands in for what is being read: nothing for a moment, then bars, then words with Cancel; and when it could not be read, why not and
// Try again. Its Object lies over the pane.
type Waiting struct {
	Object fyne.CanvasObject
	// OnBars is told before the bars show (nil: nobody cares).
	OnBars func()

	sh      *Shell
	bars    fyne.CanvasObject
	slow    *fyne.Container
	trouble *widget.EmptyState
	stop    func()
}

// NewWaiting makes it for bars. cancel ends the reading, again begins it anew.
func NewWaiting(sh *Shell, bars fyne.CanvasObject, cancel, again func()) *Waiting {
	w := &Waiting{sh: sh, bars: bars}
	stop := widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() {
		w.End()
		cancel()
		w.say(lang.X("waiting.stopped", "Loading was stopped"), lang.X("waiting.stopped_text", "Nothing is lost; it can be loaded whenever you like."))
	})
	w.slow = layout.Column(0, layout.Gap(), layout.Centre(layout.Over(widget.NewGround(theme.Raised, theme.Line, theme.RadiusCard),
		layout.Pad(theme.Space4, theme.Space5, theme.Space4, theme.Space5, layout.CentreColumn(theme.Space3,
			widget.NewText(lang.X("waiting.slow", "This takes longer than usual…"), theme.TypeBody, theme.Text), stop)))), layout.Gap())
	w.trouble = widget.NewEmptyState("alert", "", "", widget.NewButton(widget.Main, lang.X("button.again", "Try again"), "retry", again))
	w.Object = layout.Over(w.bars, w.slow, w.trouble)
	w.End()
	return w
}

// Begin is called when the reading begins. What failed before is not said any more.
func (w *Waiting) Begin() {
	w.End()
	w.stop = w.sh.After(BarsAfter, func() {
		if w.OnBars != nil {
			w.OnBars()
		}
		w.bars.Show()
		w.stop = w.sh.After(WordsAfter-BarsAfter, func() {
			w.stop = nil
			w.slow.Show()
		})
	})
}

// End is called when it was read, or is not wanted any more.
func (w *Waiting) End() {
	if w.stop != nil {
		w.stop()
		w.stop = nil
	}
	w.bars.Hide()
	w.slow.Hide()
	w.trouble.Hide()
}

// Fail says why it could not be read.
func (w *Waiting) Fail(err error) {
	w.End()
	words := WordsOf(err)
	text := words.Message
	if words.Mend != "" {
		text += " " + words.Mend
	}
	w.say(lang.X("waiting.failed", "This could not be read"), text)
}

// Bars tells whether the bars show.
func (w *Waiting) Bars() bool { return w.bars.Visible() }

// Slow tells whether the words with Cancel show.
func (w *Waiting) Slow() bool { return w.slow.Visible() }

// Failed tells whether it says that something went wrong, or was stopped.
func (w *Waiting) Failed() bool { return w.trouble.Visible() }

func (w *Waiting) say(heading, text string) {
	w.trouble.SetText(heading, text)
	w.trouble.Show()
}
