package accounts

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Params is what the tab needs.
type Params struct {
	Accounts      *accounts.Service
	Listener      func() shell.Listener // as it was found last; it does not wait
	Health        func(ctx context.Context) []app.Check
	SecretsKind   func() string
	StartPractice func(busy func(bool))
}

// View is the tab.
type View struct {
	sh      *shell.Shell
	p       Params
	content fyne.CanvasObject
	page    *shell.Page
	cards   *fyne.Container
	side    *fyne.Container
	empty   *widget.Scroll
	connect *widget.Button // at the head, while the empty page has none of its own
	wait    *shell.Waiting
	cancel  context.CancelFunc
	columns *fyne.Container

	list     []app.Account
	chosen   app.ID
	archived bool // archived ones show too
	doctor   *doctor
	form     *form
	shown    bool
	stale    bool
	loaded   bool
}

var (
	_ shell.View    = (*View)(nil)
	_ shell.Guarded = (*View)(nil)
)

// New makes the tab.
func New(sh *shell.Shell, p Params) *View {
	v := &View{sh: sh, p: p, stale: true}
	v.cards = layout.Column(12)
	v.side = layout.Over()
	v.doctor = newDoctor(v)
	v.connect = widget.NewButton(widget.Main, lang.X("accounts.connect", "Connect account"), "plus", v.NewAccount)
	practise := widget.NewButton(widget.Plain, lang.X("setup.practice", "Try the practice account"), "bolt", func() { v.p.StartPractice(nil) })
	v.empty = widget.NewVScroll(widget.NewEmptyState("accounts", lang.X("accounts.none", "No account is connected yet"),
		lang.X("accounts.none_text", "Connect your WhatsApp Business number, or try everything with the practice account first."),
		widget.NewButton(widget.Main, lang.X("accounts.connect", "Connect account"), "plus", v.NewAccount), practise))
	v.empty.Hide()
	v.columns = &fyne.Container{Layout: columns{}, Objects: []fyne.CanvasObject{
		widget.NewVScroll(layout.Pad(theme.Space5, 10, theme.Space5, theme.Space5, v.cards)),
		widget.NewVScroll(layout.Pad(theme.Space5, theme.Space5, theme.Space5, 10, v.side)),
	}}
	v.columns.Hide() // until there is something to show
	v.wait = shell.NewWaiting(sh, layout.Pad(theme.Space5, theme.Space5, 0, theme.Space5, widget.NewSkeleton(4, 96)), v.giveUp, v.reload)
	v.page = shell.NewPage(lang.X("tab.accounts", "Accounts"), layout.Over(v.columns, v.empty, v.wait.Object), v.connect)
	v.content = v.page.Object()
	return v
}

// Content is the tab.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Shown reads the accounts.
func (v *View) Shown() {
	v.shown = true
	if v.stale {
		v.reload()
	}
}

// Hidden is called when the tab goes.
func (v *View) Hidden() { v.shown = false }

// Tick draws the times anew.
func (v *View) Tick() { v.paint() }

// ListenerChanged draws the listener's card anew.
func (v *View) ListenerChanged() {
	if v.shown && !v.stale {
		v.paint()
	}
}

// Changed reads again when an account changed.
func (v *View) Changed(c app.Changes) {
	if !c.Has(app.TopicAccounts) {
		return
	}
	v.stale = true
	if v.shown {
		v.reload()
	}
}

// TypedKey closes the form on Esc, as Cancel does.
func (v *View) TypedKey(name fyne.KeyName) {
	if name == fyne.KeyEscape && v.form != nil {
		v.Leave(v.paint)
	}
}

// Leave asks first when the form holds something that was not saved.
func (v *View) Leave(then func()) {
	if v.form == nil || !v.form.dirty() {
		v.closeForm()
		then()
		return
	}
	v.sh.Layers.Ask(lang.X("form.leave", "Leave without saving?"), lang.X("form.leave_text", "What you wrote in the form would be lost."), lang.X("form.discard", "Discard"), true, func() {
		v.closeForm()
		then()
	})
}

func (v *View) reload() {
	v.stale = false
	if v.cancel != nil {
		v.cancel()
	}
	ctx, cancel := context.WithCancel(v.sh.Base)
	v.cancel = cancel
	if !v.loaded {
		v.wait.Begin()
	}
	v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		list, err := v.p.Accounts.List(ctx)
		list = slices.Clone(list)
		return func() {
			v.list, v.loaded = list, true
			v.wait.End()
			v.paint()
		}, err
	}, func(err error) {
		v.stale = true
		if v.loaded {
			v.sh.Toasts(shell.Toast{Text: shell.WordsOf(err).Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: v.reload})
			return
		}
		v.wait.Fail(err)
	})
}

// giveUp ends a reading that takes too long.
func (v *View) giveUp() {
	v.cancel()
	v.stale = true
}

// visible are the accounts whose cards show: those in use first.
func (v *View) visible() (out []app.Account, hidden int) {
	for _, a := range v.list {
		if a.Archived && !v.archived {
			hidden++
			continue
		}
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b app.Account) int {
		rank := func(x app.Account) int {
			switch {
			case x.Archived:
				return 2
			case x.Practice:
				return 1
			}
			return 0
		}
		return rank(a) - rank(b)
	})
	return out, hidden
}

func (v *View) paint() {
	if !v.loaded && v.form == nil {
		return
	}
	v.wait.End()
	shown, hidden := v.visible()
	v.page.SetBeside(beside(v.list))
	if !slices.ContainsFunc(shown, func(a app.Account) bool { return a.ID == v.chosen }) {
		v.chosen = 0
		if len(shown) > 0 {
			v.chosen = shown[0].ID
		}
	}
	v.cards.Objects = v.cards.Objects[:0]
	if o := v.receiving(); o != nil {
		v.cards.Add(o)
	}
	for _, a := range shown {
		v.cards.Add(newAccountCard(a, a.ID == v.chosen && v.form == nil, v.sh.Now(), func() { v.choose(a.ID) }))
	}
	if hidden > 0 || v.archived {
		words := lang.X("accounts.show_archived", "Show {{.N}} archived", map[string]any{"N": hidden})
		if v.archived {
			words = lang.X("accounts.hide_archived", "Hide archived")
		}
		v.cards.Add(layout.Row(0, widget.NewButton(widget.TextOnly, words, "", func() {
			v.archived = !v.archived
			v.paint()
		}).Sized(widget.Small)))
	}
	v.cards.Add(layout.Row(theme.Space2, layout.Exactly(18, 34, widget.NewIcon("info", 16, theme.Text2)),
		layout.Grow(widget.NewParagraph(lang.X("accounts.kept", "Messages that arrive while Shopbell is closed are kept by Meta and delivered later, for up to 7 days."), theme.TypeCaption, theme.Text2, 60))))
	none := len(shown) == 0 && v.form == nil
	if none {
		v.empty.Show()
		v.columns.Hide()
		v.connect.Hide()
	} else {
		v.empty.Hide()
		v.columns.Show()
		v.connect.Show()
	}
	if v.form == nil {
		if a, ok := v.account(v.chosen); ok {
			v.doctor.show(a)
			v.side.Objects = []fyne.CanvasObject{v.doctor.object}
		}
	} else {
		v.side.Objects = []fyne.CanvasObject{v.form.object}
	}
	v.side.Refresh()
	v.cards.Refresh()
	v.columns.Refresh()
}

func (v *View) account(id app.ID) (app.Account, bool) {
	i := slices.IndexFunc(v.list, func(a app.Account) bool { return a.ID == id })
	if i < 0 {
		return app.Account{}, false
	}
	return v.list[i], true
}

// receiving is the card of the listener.
func (v *View) receiving() fyne.CanvasObject {
	if v.p.Listener == nil {
		return nil
	}
	l := v.p.Listener()
	dot, soft, head, text := theme.OkDot, theme.OkSoft, lang.X("accounts.listening", "Listening"), l.Addr
	if !l.Listening {
		dot, soft, head = theme.DangerDot, theme.DangerSoft, lang.X("accounts.not_listening", "Not listening")
		if l.Err != nil {
			text = shell.WordsOf(l.Err).Message
		}
	}
	address := widget.NewButton(widget.Plain, lang.X("accounts.address", "Address"), "copy", func() { v.sh.Copy(callback(l), lang.X("said.copied", "Copied")) }).Sized(widget.Small)
	return widget.NewCard(layout.Row(theme.Space3,
		layout.Exactly(36, 36, layout.Over(widget.NewGround(soft, "", 18), layout.Centre(layout.Exactly(12, 12, widget.NewGround(dot, "", 6))))),
		layout.Grow(layout.Column(0, widget.NewBold(head, theme.TypeBody, theme.Text).Shrinking(), widget.NewText(text, theme.TypeCaption, theme.Text2).Shrinking())),
		address,
	), theme.Space4)
}

// callback is the address that Meta must be given: the public one if it is known.
func callback(l shell.Listener) string {
	if l.Public != "" {
		return l.Public
	}
	return l.URL
}

func (v *View) choose(id app.ID) {
	v.Leave(func() {
		v.chosen = id
		v.paint()
	})
}

// NewAccount opens the form of a new account.
func (v *View) NewAccount() {
	if v.form != nil && v.form.start.ID == 0 {
		v.form.focus()
		return
	}
	v.Leave(func() { v.openForm(app.Account{}) })
}

func (v *View) openForm(a app.Account) {
	v.form = newForm(v, a)
	v.paint()
	v.form.focus()
}

func (v *View) closeForm() {
	if v.form != nil {
		v.form.close()
		v.form = nil
		v.paint()
	}
}

// setArchived takes an account out of sight or brings it back, with a way back.
func (v *View) setArchived(a app.Account, on bool) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		err := v.p.Accounts.Archive(ctx, a.ID, on)
		return func() {
			words := lang.X("accounts.archived", "“{{.Name}}” is archived; its messages stay", map[string]any{"Name": a.Name})
			if !on {
				words = lang.X("accounts.back", "“{{.Name}}” is back", map[string]any{"Name": a.Name})
			}
			v.sh.Toasts(shell.Toast{Text: words, Do: func() { v.setArchived(a, !on) }})
			v.reload()
		}, err
	}, v.sh.Layers.Problem)
}

// columns are the cards at the left and the doctor or the form beside them, or below them where there is no room beside.
type columns struct{}

// besideFrom is the width from which the doctor stands beside the cards.
const besideFrom float32 = 660

func (columns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }

func (columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width < besideFrom {
		h := size.Height * 0.42
		objects[0].Move(fyne.NewPos(0, 0))
		objects[0].Resize(fyne.NewSize(size.Width, h))
		objects[1].Move(fyne.NewPos(0, h))
		objects[1].Resize(fyne.NewSize(size.Width, size.Height-h))
		return
	}
	w := fyne.Min(430, fyne.Max(322, size.Width*0.357))
	objects[0].Resize(fyne.NewSize(w, size.Height))
	objects[1].Move(fyne.NewPos(w, 0))
	objects[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}
