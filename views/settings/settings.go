// Package settings is the Settings tab: how the window looks, how the composer behaves, where webhooks come in, where things are kept.
// Every choice works at once and is kept.
package settings

import (
	"context"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// Params is what the tab shows and changes.
type Params struct {
	Theme       func(name string) // "", "light", "dark"
	Scale       func(scale float32)
	Listen      func(ctx context.Context, addr string) error
	Listener    func() shell.Listener
	SecretsKind func() string
	Home        string
	Version     string
	LogFile     string
	OpenLog     func()

	// Shop is what the shop says about itself; the zero value shows nothing of it.
	Shop Shop

	// OptOut are the words by which customers opt out.
	OptOut OptOut

	// History is how long the Outbox keeps what is settled.
	History History

	// GraphVersion tells which version of Meta's API was chosen here ("" for none), which one stands without a choice, and whether a flag stands above both.
	// nil: nothing of it is shown.
	GraphVersion    func() (now, byDefault string, fixed bool)
	SetGraphVersion func(ctx context.Context, version string) error

	// Me is who sits here, and SaveMe keeps another name or number. nil: nothing of it is shown.
	Me     func() app.Staff
	SaveMe func(ctx context.Context, me app.Staff) error
}

// View is the tab.
type View struct {
	sh      *shell.Shell
	p       Params
	content fyne.CanvasObject

	look    *widget.Radio
	scale   *widget.Text
	smaller *widget.Button
	larger  *widget.Button
	normal  *widget.Button
	enter   *widget.Check

	addr     *widget.Field
	apply    *widget.Button
	state    *widget.Pill
	last     *widget.Text
	use      *widget.Button
	free     string
	listener shell.Listener
	busy     bool
	version  versionField
	shop     *widget.Text
	me       meFields
	optOut   *optOutCard
	parts    *parts
	history  *widget.Radio
	keptDays int // as it is kept
}

var _ shell.View = (*View)(nil)

// New makes the tab.
func New(sh *shell.Shell, p Params) *View {
	v := &View{sh: sh, p: p}
	_, optOut := newOptOutCard(v, p.OptOut)
	v.parts = newParts([]part{
		{lang.X("settings.shop", "The shop"), v.shopCard()},
		{lang.X("settings.me", "Me"), v.meCard()},
		{lang.X("settings.look", "Look"), v.lookCard()},
		{lang.X("settings.writing", "Writing"), v.writingCard()},
		{lang.X("settings.optout", "Opting out"), optOut},
		{lang.X("settings.history", "What the Outbox keeps"), v.historyCard()},
		{lang.X("settings.receiving", "Receiving"), v.receivingCard()},
		{lang.X("settings.meta", "Meta"), v.metaCard()},
		{lang.X("settings.places", "Where things are"), v.placesCard()},
	})
	page := shell.NewPage(lang.X("tab.settings", "Settings"), v.parts.object).Object()
	v.content = &fyne.Container{Layout: narrowing{v}, Objects: []fyne.CanvasObject{page}}
	v.LookChanged()
	return v
}

// Content is the tab.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Shown is called when the tab comes.
func (v *View) Shown() {
	v.readVersion()
	v.readShop()
}

// Hidden is called when it goes.
func (v *View) Hidden() {}

// Changed reads the version of Meta's API again, which another window may have chosen; the window tells of the listener itself.
func (v *View) Changed(c app.Changes) {
	if c.Has(app.TopicSettings) {
		v.readShop()
		v.readMe()
		v.readVersion()
		v.optOut.read()
		v.readHistory()
	}
}

// looks are the choices of the theme, in the order of the radio buttons.
var looks = []string{"", "light", "dark"}

func (v *View) lookCard() fyne.CanvasObject {
	names := []string{lang.X("settings.system", "As the system"), lang.X("settings.light", "Light"), lang.X("settings.dark", "Dark")}
	v.look = widget.NewRadio(names, func(i int) { v.p.Theme(looks[i]) })
	v.scale = widget.NewText("", theme.TypeBody, theme.Text).Aligned(fyne.TextAlignCenter)
	v.smaller = widget.NewButton(widget.Plain, "−", "", func() { v.p.Scale(theme.ClampScale(v.sh.Keep.Scale) - theme.ScaleStep) }).WithHint(v.sh.Hint(lang.X("command.smaller", "Smaller"), "view.smaller"))
	v.larger = widget.NewButton(widget.Plain, "+", "", func() { v.p.Scale(theme.ClampScale(v.sh.Keep.Scale) + theme.ScaleStep) }).WithHint(v.sh.Hint(lang.X("command.larger", "Larger"), "view.larger"))
	v.normal = widget.NewButton(widget.TextOnly, lang.X("settings.normal", "Back to 100 %"), "", func() { v.p.Scale(1) }).WithHint(v.sh.Hint(lang.X("command.normal", "Normal size"), "view.normal"))
	return card(lang.X("settings.look", "Look"),
		line(lang.X("settings.colours", "Colours"), v.look),
		line(lang.X("settings.size", "Size of everything"), layout.Row(theme.Space2, layout.Exactly(44, 0, v.smaller), layout.Exactly(56, 0, v.scale), layout.Exactly(44, 0, v.larger), v.normal)),
	)
}

// LookChanged shows a theme or scale that was chosen elsewhere.
func (v *View) LookChanged() {
	v.look.SetChosen(max(slices.Index(looks, v.sh.Keep.Theme), 0))
	s := theme.ClampScale(v.sh.Keep.Scale)
	v.scale.SetText(lang.X("scale.now", "{{.N}} %", map[string]any{"N": int(math.Round(float64(s) * 100))}))
	set(v.smaller, s > theme.MinScale+0.01)
	set(v.larger, s < theme.MaxScale-0.01)
}

// narrowing has the page fit a narrow window, such as one at 200 %: what stands side by side goes below each other.
type narrowing struct{ v *View }

// narrowBelow is the width under which the choice of colours no longer fits beside its name.
const narrowBelow float32 = 660

// bareBelow is the width under which only what nothing else can do is left.
const bareBelow float32 = 540

// MinSize is for Fyne.
func (n narrowing) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

// Layout is for Fyne.
func (n narrowing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if wide := size.Width >= narrowBelow; wide != n.v.look.Horizontal {
		n.v.look.Horizontal = wide
		n.v.look.Refresh()
	}
	if size.Width >= bareBelow {
		n.v.normal.Show()
	} else {
		n.v.normal.Hide() // the keys and the two buttons are enough
	}
	objects[0].Resize(size)
}

func set(b *widget.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

func (v *View) writingCard() fyne.CanvasObject {
	v.enter = widget.NewCheck(lang.X("settings.enter_sends", "Enter sends"), func(on bool) {
		if v.sh.Keep.ReturnBreaks == !on {
			return
		}
		v.sh.Keep.ReturnBreaks = !on
		v.sh.Keep.Changed()
	})
	v.enter.Checked = !v.sh.Keep.ReturnBreaks
	return card(lang.X("settings.writing", "Writing"), layout.Pad(0, 0, 0, -7, v.enter),
		widget.NewParagraph(lang.X("settings.enter_text", "Shift+Enter begins a new line. When this is off, Enter begins one and Ctrl+Enter sends."), theme.TypeCaption, theme.Text2, 60))
}

func (v *View) receivingCard() fyne.CanvasObject {
	v.state = widget.NewPill("", "", widget.Quiet)
	v.last = widget.NewText("", theme.TypeSmall, theme.Text2).Shrinking()
	v.apply = widget.NewButton(widget.Plain, lang.X("settings.listen", "Listen here"), "", func() { v.listen(v.addr.Text()) })
	v.use = widget.NewButton(widget.Main, "", "", func() { v.listen(v.free) })
	v.use.Hide()
	v.addr = widget.NewField(lang.X("settings.addr", "Address on this computer"), "127.0.0.1:8787").Mono().With(v.apply)
	v.addr.OnSubmitted = v.listen
	if v.p.Listen == nil {
		v.addr.ReadOnly()
		v.apply.Hide()
	}
	return card(lang.X("settings.receiving", "Receiving"),
		widget.NewParagraph(lang.X("settings.receiving_text", "Meta delivers messages to this address, through the tunnel or server that you point at it."), theme.TypeSmall, theme.Text2, 60),
		layout.Row(theme.Space3, v.state, layout.Grow(v.last)),
		layout.Column(0, v.addr, layout.LeftColumn(theme.Space2, layout.Exactly(1, 0, widget.NewGround("", "", 0)), v.use)),
	)
}

// SetListener shows how the listener stands.
func (v *View) SetListener(l shell.Listener) {
	first := v.listener.Addr == ""
	if first || v.addr.Text() == v.listener.Addr {
		v.addr.SetText(l.Addr)
	}
	v.listener = l
	if v.busy {
		return
	}
	if l.Listening {
		v.state.Set(lang.X("settings.listening", "Listening"), "check", widget.Ok)
		v.addr.SetWrong("")
	} else {
		v.state.Set(lang.X("settings.not_listening", "Not listening"), "alert", widget.Bad)
		if l.Err != nil {
			v.addr.SetWrong(shell.WordsOf(l.Err).Message)
		}
	}
	if l.LastWebhook.IsZero() {
		v.last.SetText(lang.X("settings.no_webhook", "No webhook has come in yet"))
	} else {
		v.last.SetText(lang.X("settings.last_webhook", "Last webhook {{.Ago}}", map[string]any{"Ago": when.Ago(l.LastWebhook, v.sh.Now())}))
	}
	v.offer(l.Free, !l.Listening)
}

func (v *View) offer(free string, on bool) {
	v.free = free
	if !on || free == "" || v.p.Listen == nil {
		v.use.Hide()
		return
	}
	v.use.SetText(lang.X("banner.use_free", "Use {{.Addr}}", map[string]any{"Addr": free}))
	v.use.Show()
}

func (v *View) listen(addr string) {
	addr = strings.TrimSpace(addr)
	if v.p.Listen == nil || v.busy || addr == "" {
		return
	}
	v.busy = true
	v.apply.SetBusy(lang.X("settings.moving", "Moving…"))
	done := func() {
		v.busy = false
		v.apply.SetIdle()
	}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		err := v.p.Listen(ctx, addr)
		l := v.p.Listener()
		if err != nil {
			return func() { //nolint:nilerr // told beside the field
				done()
				v.SetListener(l)
				w := shell.WordsOf(err)
				v.addr.SetText(addr)
				v.addr.SetWrong(w.Message)
				v.offer(l.Free, l.Free != "")
			}, nil
		}
		return func() {
			done()
			v.addr.SetText(l.Addr)
			v.SetListener(l)
			v.sh.Toasts(shell.Toast{Text: lang.X("listener.now", "Listening on {{.Addr}}", map[string]any{"Addr": l.Addr}), Good: true})
		}, nil
	}, nil)
}

func (v *View) placesCard() fyne.CanvasObject {
	secrets := lang.X("settings.secrets_keyring", "In the keyring of this computer")
	if v.p.SecretsKind != nil && v.p.SecretsKind() == "file" {
		secrets = lang.X("settings.secrets_file", "In a file that your passphrase encrypts; there is no keyring on this computer")
	}
	rows := []fyne.CanvasObject{
		v.place(lang.X("settings.data", "Data"), v.p.Home),
		line(lang.X("settings.secrets", "Secrets"), widget.NewText(secrets, theme.TypeBody, theme.Text).Shrinking()),
	}
	if v.p.LogFile != "" {
		rows = append(rows, v.place(lang.X("settings.log", "Log"), v.p.LogFile))
	}
	rows = append(rows, line(lang.X("settings.version", "Version"), widget.NewText(v.p.Version, theme.TypeBody, theme.Text)))
	return card(lang.X("settings.places", "Where things are"), rows...)
}

func (v *View) place(name, path string) fyne.CanvasObject {
	copyIt := widget.NewIconButton("copy", lang.X("button.copy", "Copy"), func() { v.sh.Copy(path, lang.X("said.copied", "Copied")) })
	return line(name, layout.Row(theme.Space2, layout.Grow(widget.NewText(path, theme.TypeMono, theme.Text).Styled(fyne.TextStyle{Monospace: true}).Shrinking()), copyIt))
}

func card(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	all := append([]fyne.CanvasObject{widget.NewBold(title, theme.TypeSubHeading, theme.Text)}, rows...)
	return widget.NewCard(layout.Column(theme.Space3, all...), theme.Space5)
}

// line is a name with what belongs to it.
func line(name string, o fyne.CanvasObject) fyne.CanvasObject {
	return layout.Row(theme.Space3, layout.Exactly(120, 0, widget.NewText(name, theme.TypeBody, theme.Text2).Shrinking()), layout.Grow(o))
}
