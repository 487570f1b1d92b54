package settings

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"shopbell/app/inbox"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// OptOut reads and keeps the words by which customers opt out. The zero value shows nothing of it.
type OptOut struct {
	// Read gives the words that count, and whether the shop changed them.
	Read func(ctx context.Context) (words inbox.OptWords, own bool, err error)
	// Save keeps other words; nil goes back to those of the program.
	Save func(ctx context.Context, words *inbox.OptWords) error
}

// optOutCard lets the words of one language be changed.
type optOutCard struct {
	v        *View
	p        OptOut
	language *widget.Choice
	fields   [3]*widget.Field // stop, stop all, start
	save     *widget.Button
	reset    *widget.Button
	words    inbox.OptWords
	chosen   string
	own      bool
	dirty    bool
}

// newOptOutCard makes the card; nil where nothing can be told of the words.
func newOptOutCard(v *View, p OptOut) (c *optOutCard, object fyne.CanvasObject) {
	if p.Read == nil {
		return nil, nil
	}
	c = &optOutCard{v: v, p: p, chosen: "en"}
	c.language = widget.NewChoice(lang.X("settings.optout_language", "Language"), nil, func(key string) {
		c.keep()
		c.chosen = key
		c.show()
	})
	for i, label := range []string{
		lang.X("settings.optout_stop", "No more offers"), lang.X("settings.optout_stop_all", "Nothing more but answers"), lang.X("settings.optout_start", "All again"),
	} {
		c.fields[i] = widget.NewField(label, lang.X("settings.optout_words", "words, separated by commas"))
		c.fields[i].OnChanged = func(string) {
			c.dirty = true
			c.save.Enable()
		}
		c.fields[i].OnSubmitted = func(string) { c.store() }
	}
	c.save = widget.NewButton(widget.Plain, lang.X("settings.optout_save", "Keep these words"), "", c.store)
	c.save.Disable()
	c.reset = widget.NewButton(widget.TextOnly, lang.X("settings.optout_reset", "Back to the program's words"), "", c.askReset)
	object = card(lang.X("settings.optout", "Opting out"),
		widget.NewParagraph(lang.X("settings.optout_text", "A customer who writes one of these words, and nothing else, opts out or in again. Case does not matter; a sentence with the word in it changes nothing."), theme.TypeSmall, theme.Text2, 60),
		c.language, c.fields[0], c.fields[1], c.fields[2], layout.Row(theme.Space2, c.save, c.reset, layout.Gap()))
	v.optOut = c
	c.read()
	return c, object
}

// read shows the words that count, unless somebody is changing them just now.
func (c *optOutCard) read() {
	if c == nil || c.dirty {
		return
	}
	c.v.sh.Async(c.v.sh.Base, func(ctx context.Context) (func(), error) {
		words, own, err := c.p.Read(ctx)
		return func() {
			if c.dirty {
				return
			}
			c.words, c.own = words, own
			c.language.SetOptions(languages(words))
			c.language.SetChosen(c.chosen)
			c.show()
		}, err
	}, c.v.sh.Layers.Problem)
}

// languages are those that have words, by their names.
func languages(w inbox.OptWords) []widget.Option {
	codes := map[string]bool{}
	for _, m := range []map[string][]string{w.Stop, w.StopAll, w.Start, inbox.ShippedOptWords().Stop} {
		for code := range m {
			codes[code] = true
		}
	}
	var out []widget.Option
	for code := range codes {
		tag := language.Make(code)
		out = append(out, widget.Option{Key: code, Label: display.English.Languages().Name(tag), Detail: code, Words: display.Self.Name(tag)})
	}
	slices.SortFunc(out, func(a, b widget.Option) int { return strings.Compare(a.Label, b.Label) })
	return out
}

func (c *optOutCard) lists() [3]map[string][]string {
	for _, m := range []*map[string][]string{&c.words.Stop, &c.words.StopAll, &c.words.Start} {
		if *m == nil {
			*m = map[string][]string{}
		}
	}
	return [3]map[string][]string{c.words.Stop, c.words.StopAll, c.words.Start}
}

// show fills the fields with the words of the chosen language.
func (c *optOutCard) show() {
	dirty := c.dirty
	for i, m := range c.lists() {
		c.fields[i].SetText(strings.Join(m[c.chosen], ", "))
	}
	c.dirty = dirty
	set(c.save, dirty)
	set(c.reset, c.own)
}

// keep takes what stands in the fields into the words, without storing them.
func (c *optOutCard) keep() {
	for i, m := range c.lists() {
		var words []string
		for w := range strings.SplitSeq(c.fields[i].Text(), ",") {
			if w = strings.TrimSpace(w); w != "" {
				words = append(words, w)
			}
		}
		m[c.chosen] = words
	}
}

func (c *optOutCard) store() {
	if !c.dirty {
		return
	}
	c.keep()
	words := c.words.Clone()
	c.put(&words, lang.X("settings.optout_kept", "These words count from now on"))
}

func (c *optOutCard) askReset() {
	c.v.sh.Layers.Ask(lang.X("settings.optout_reset_title", "Go back to the program's words?"), lang.X("settings.optout_reset_text", "Your own words are forgotten, in all languages."),
		lang.X("settings.optout_reset", "Back to the program's words"), true, func() { c.put(nil, lang.X("settings.optout_is_reset", "The program's words count again")) })
}

func (c *optOutCard) put(words *inbox.OptWords, said string) {
	c.v.sh.Async(c.v.sh.Base, func(ctx context.Context) (func(), error) {
		err := c.p.Save(ctx, words)
		return func() {
			c.dirty = false
			c.save.Disable()
			c.v.sh.Toasts(shell.Toast{Text: said, Good: true})
			c.read()
		}, err
	}, c.v.sh.Layers.Problem)
}
