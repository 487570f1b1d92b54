package views

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/assets"
	"shopbell/views/layout"
	"shopbell/views/post"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Action is a button of a Fatal window.
type Action struct {
	Title string
	Main  bool   // the one that mends it
	Do    func() // on the UI goroutine; the window is closed before
}

// Fatal shows why the program cannot start, in a window instead of a crash: a database that is newer, locked, read-only or corrupt, a full disk, a keyring
// that does not open. Each action is a button; Quit is always there. It must run before the app does, or on the UI goroutine.
func Fatal(a fyne.App, err error, actions ...Action) fyne.Window {
	win := plainWindow(a)
	w := shell.WordsOf(err)
	body := layout.Column(theme.Space3,
		layout.Row(theme.Space3, layout.Exactly(44, 44, layout.Over(widget.NewGround(theme.DangerSoft, "", 22), layout.Centre(widget.NewIcon("alert", 24, theme.Danger)))),
			layout.Grow(widget.NewBold(fatalTitle(err), theme.TypeHeading, theme.Text).Shrinking())),
		widget.NewParagraph(w.Message, theme.TypeBody, theme.Text, 60),
	)
	if w.Mend != "" {
		body.Add(widget.NewParagraph(w.Mend, theme.TypeBody, theme.Text2, 60))
	}
	buttons := layout.Row(theme.Space2)
	if w.Raw != "" {
		buttons.Add(widget.NewButton(widget.Plain, lang.X("fatal.copy", "Copy details"), "copy", func() { a.Clipboard().SetContent(w.Message + "\n" + w.Raw) }))
		raw := fynewidget.NewLabel(w.Raw)
		raw.Wrapping, raw.TextStyle, raw.Selectable = fyne.TextWrapBreak, fyne.TextStyle{Monospace: true}, true
		body.Add(widget.NewText(lang.X("fatal.details", "For whoever looks after Shopbell:"), theme.TypeCaption, theme.Text2))
		body.Add(layout.Exactly(0, 84, widget.NewVScroll(raw)))
	}
	buttons.Add(layout.Gap())
	first := widget.NewButton(widget.Plain, lang.X("command.quit", "Quit"), "", a.Quit)
	buttons.Add(first)
	for _, act := range actions {
		kind := widget.Plain
		if act.Main {
			kind = widget.Main
		}
		b := widget.NewButton(kind, act.Title, "", func() {
			win.SetCloseIntercept(nil)
			win.Hide()
			act.Do()
			win.Close()
		})
		if act.Main {
			first = b
		}
		buttons.Add(b)
	}
	showPlain(a, win, body, buttons)
	win.Canvas().Focus(first) // Return does what mends it
	return win
}

func fatalTitle(err error) string {
	switch app.ErrorCode(err) {
	case app.CodeDatabase:
		return lang.X("fatal.database", "The database can't be opened")
	case app.CodeSecrets:
		return lang.X("fatal.secrets", "The secrets can't be opened")
	case app.CodeListener:
		return lang.X("fatal.listener", "Shopbell can't listen for messages")
	}
	return lang.X("fatal.title", "Shopbell can't start")
}

// Passphrase asks for the passphrase of the encrypted secrets file, where a computer has no keyring. fresh: the file is made now, so it is asked for twice.
// try runs away from the UI goroutine and tells whether the passphrase is right; done runs on the UI goroutine after it was. It must run before the app does,
// or on the UI goroutine.
func Passphrase(a fyne.App, fresh bool, try func(passphrase string) error, done func()) fyne.Window {
	win := plainWindow(a)
	title, text := lang.X("pass.title", "The passphrase of your secrets"), lang.X("pass.text", "This computer has no keyring, so access tokens and app secrets are in a file that your passphrase encrypts.")
	if fresh {
		title = lang.X("pass.choose", "Choose a passphrase")
		text = lang.X("pass.choose_text", "This computer has no keyring. Access tokens and app secrets go into a file that your passphrase encrypts; Shopbell asks for it at each start, and nobody can bring it back.")
	}
	field := widget.NewPasswordField(lang.X("pass.field", "Passphrase"), "")
	again := widget.NewPasswordField(lang.X("pass.again", "The same once more"), "").WithoutEye()
	if fresh { // from the first field Tab goes to the second: what shows both comes behind them
		field.WithoutEye()
	}
	runner := post.NewRunner(post.UI{}, nil, nil)
	var open *widget.Button
	submit := func() {
		switch phrase := field.Text(); {
		case fresh && len([]rune(phrase)) < leastPassphrase:
			field.SetWrong(lang.X("pass.short", "At least 8 characters"))
		case phrase == "":
			field.SetWrong(lang.X("pass.empty", "Write the passphrase"))
		case fresh && phrase != again.Text():
			again.SetWrong(lang.X("pass.differ", "The two are not the same"))
		default:
			open.SetBusy(lang.X("pass.opening", "Opening…"))
			runner.Async(context.Background(), tryPassphrase(try, phrase, func(err error) {
				open.SetIdle()
				if err != nil {
					field.SetWrong(shell.WordsOf(err).Message)
					field.Focus()
					return
				}
				win.SetCloseIntercept(nil)
				win.Hide()
				done()
				win.Close()
			}))
		}
	}
	open = widget.NewButton(widget.Main, lang.X("pass.open", "Open"), "", submit)
	field.OnChanged = func(string) { field.SetWrong("") }
	again.OnChanged = func(string) { again.SetWrong("") }
	field.OnSubmitted = func(string) { submit() }
	again.OnSubmitted = func(string) { submit() }
	body := layout.Column(theme.Space3, widget.NewBold(title, theme.TypeHeading, theme.Text).Shrinking(), widget.NewParagraph(text, theme.TypeBody, theme.Text2, 60), field)
	if fresh {
		body.Add(again)
		body.Add(layout.Pad(0, 0, 0, -7, widget.NewCheck(lang.X("pass.show", "Show what I write"), func(on bool) {
			field.SetRevealed(on)
			again.SetRevealed(on)
		})))
	}
	showPlain(a, win, body, layout.Row(theme.Space2, layout.Gap(), widget.NewButton(widget.Plain, lang.X("command.quit", "Quit"), "", a.Quit), open))
	win.Canvas().Focus(field.Focusable())
	return win
}

// leastPassphrase is how many characters a new passphrase must have.
const leastPassphrase = 8

func plainWindow(a fyne.App) fyne.Window {
	_ = theme.LoadWords()
	if _, ok := a.Settings().Theme().(*theme.Theme); !ok {
		ctx, cancel := context.WithTimeout(context.Background(), askTimeout)
		theme.AskDesktop(ctx, a.Settings().ThemeVariant())
		cancel()
		theme.Apply(a, theme.System, 1)
	}
	win := a.NewWindow(assets.Name)
	win.SetIcon(theme.AppIcon())
	win.SetPadded(false)
	win.SetCloseIntercept(a.Quit)
	// Esc leaves, as it closes every other question; text fields and buttons hand it on.
	leave := func(name fyne.KeyName) {
		if name == fyne.KeyEscape {
			a.Quit()
		}
	}
	win.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { leave(ev.Name) })
	widget.Unclaimed.Key = leave
	return win
}

func showPlain(_ fyne.App, win fyne.Window, body, buttons fyne.CanvasObject) {
	win.SetContent(layout.Over(widget.NewGround(theme.Canvas, "", 0), layout.PadAll(theme.Space6, widget.NewCard(layout.Column(theme.Space4, body, layout.Gap(), buttons), theme.Space6))))
	win.Resize(fyne.NewSize(620, 400))
	win.CenterOnScreen()
	win.Show()
}

// tryPassphrase is try as work for a runner.
func tryPassphrase(try func(string) error, phrase string, then func(error)) func(context.Context) (func(), error) {
	return func(context.Context) (func(), error) {
		err := try(phrase)
		return func() { then(err) }, nil
	}
}
