package sending

import (
	"context"
	"crypto/rand"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Panel is one sending that a person prepares.
type Panel struct {
	sh     *shell.Shell
	p      Params
	target shell.SendTarget

	ctx    context.Context //nolint:containedctx // the life of the panel, from which its readings derive theirs
	cancel context.CancelFunc

	catalog  records.Catalog
	who      audience
	accounts []app.Account
	myPhone  string
	country  string // of the shop; numbers without a country code are of it
	key      string // of what is sent next: pressing twice sends once

	object  fyne.CanvasObject
	column  *fyne.Container // head, pages and foot
	title   *widget.Text
	waiting *shell.Waiting
	pages   *fyne.Container // the form, an empty state, or what is waited for
	form    *fyne.Container
	empty   *fyne.Container
	scroll  *widget.Scroll

	choose  *chooser
	values  *values
	files   *files
	preview *preview
	check   *check
	options *options
	when    *timing
	send    *sender
	ready   bool // all was read
}

// New makes the panel for a target and begins to read what it needs.
func New(sh *shell.Shell, p Params, target shell.SendTarget) *Panel {
	v := &Panel{sh: sh, p: p, target: target, key: rand.Text()}
	v.ctx, v.cancel = context.WithCancel(sh.Base)
	v.title = widget.NewBold(lang.X("sending.title", "Send a template"), theme.TypePage, theme.Text).Shrinking()
	v.choose = newChooser(v)
	v.values = newValues(v)
	v.files = newFiles(v)
	v.preview = newPreview(v)
	v.check = newCheck(v)
	v.options = newOptions(v)
	v.when = newTiming(v)
	v.send = newSender(v)
	v.build()
	v.read()
	return v
}

// Content is what the window shows at its side.
func (v *Panel) Content() fyne.CanvasObject { return v.object }

// Focus gives the keyboard to the template.
func (v *Panel) Focus() {
	if v.ready {
		v.choose.template.Focus()
	}
}

// Step shows the next message, or the one before with -1.
func (v *Panel) Step(by int) { v.preview.step(by) }

// Send does what the button at its foot does.
func (v *Panel) Send() { v.send.press() }

// Foot is how high the part with the buttons is, which toasts leave free.
func (v *Panel) Foot() float32 { return v.send.object.Size().Height }

// Close takes the panel away, after the person agreed when something was written.
func (v *Panel) Close() {
	if v.send.busy {
		return
	}
	if !v.values.written() {
		v.gone()
		return
	}
	v.sh.Layers.Ask(lang.X("sending.close", "Close without sending?"), lang.X("sending.close_text", "What you wrote stays for the next time you open this."),
		lang.X("button.close", "Close"), false, v.gone)
}

// End takes the panel away without a question; what was written is kept.
func (v *Panel) End() {
	if v.ctx.Err() == nil {
		v.keepDraft()
		v.cancel()
	}
}

func (v *Panel) gone() {
	if v.ctx.Err() != nil {
		return
	}
	v.End()
	v.p.Closed()
	if v.target.Done != nil {
		v.target.Done()
	}
}

// Changed is told what changed in the store.
func (v *Panel) Changed(c app.Changes) {
	if !v.ready || v.send.busy {
		return
	}
	if c.Has(app.TopicTemplates) {
		v.choose.reread()
	}
	if c.Has(app.TopicRecords) || c.Has(app.TopicTemplates) {
		v.preview.again()
		v.check.soon(settleDelay)
	}
}

// How long the panel waits before it counts again: after a key, and after something changed in the store.
const (
	typingDelay = 250 * time.Millisecond
	settleDelay = time.Second
)

func (v *Panel) build() {
	v.waiting = shell.NewWaiting(v.sh, layout.PadAll(theme.Space5, widget.NewSkeleton(6, 44)), func() {}, v.read)
	v.form = layout.Column(theme.Space4, v.choose.object, v.values.object, v.files.object, v.preview.object, v.check.object, v.options.object)
	v.scroll = widget.NewVScroll(layout.Pad(theme.Space3, theme.Space5, theme.Space5, theme.Space5, v.form))
	v.empty = layout.Over()
	v.empty.Hide()
	v.pages = layout.Over(v.scroll, v.empty, v.waiting.Object)
	v.scroll.Hide()
	v.send.object.Hide()
	head := layout.Exactly(0, theme.HeightHeader, layout.Column(0,
		layout.Grow(layout.Pad(0, theme.Space3, 0, theme.Space5, layout.Row(theme.Space2, layout.Grow(v.title),
			widget.NewIconButton("x", lang.X("sending.close_panel", "Close (Esc)"), v.Close)))), widget.NewLine()))
	v.column = layout.Column(0, head, layout.Grow(v.pages), v.send.object)
	v.object = layout.Over(widget.NewGround(theme.Pane, "", 0), layout.TallRow(0, widget.NewLine(), layout.Grow(v.column)))
}

// read finds out to whom, from where and with what templates.
func (v *Panel) read() {
	v.empty.Hide()
	v.waiting.Begin()
	v.sh.Async(v.ctx, func(ctx context.Context) (func(), error) {
		c, err := v.p.Records.Catalog(ctx)
		if err != nil {
			return nil, err
		}
		who, err := v.readAudience(ctx, c)
		if err != nil {
			return nil, err
		}
		accounts, err := v.p.Accounts(ctx)
		if err != nil {
			return nil, err
		}
		rows, err := v.p.Templates.List(ctx, v.p.Me, approved())
		if err != nil {
			return nil, err
		}
		phone := v.p.Me.Phone
		if phone == "" {
			if phone, err = v.p.Settings.Setting(ctx, v.phoneKey()); err != nil {
				return nil, err
			}
		}
		country := ""
		if v.p.Country != nil {
			if country, err = v.p.Country(ctx); err != nil {
				return nil, err
			}
		}
		return func() {
			v.waiting.End()
			v.country = country
			v.catalog, v.who, v.accounts, v.myPhone = c, who, usable(accounts), international(phone)
			v.title.SetText(who.title())
			v.begin(rows)
		}, nil
	}, v.waiting.Fail)
}

// begin shows the form, or why there is nothing to fill in.
func (v *Panel) begin(rows []app.TemplateRow) {
	switch {
	case len(v.accounts) == 0:
		v.say("accounts", lang.X("sending.no_account", "No account to send from"), lang.X("sending.no_account_text", "Connect a WhatsApp account first."),
			lang.X("sending.to_accounts", "Go to Accounts"), func() { v.sh.Open(shell.TabAccounts) })
		return
	case len(v.who.ids) == 0:
		v.say("records", lang.X("sending.nobody", "Nobody to send to"), lang.X("sending.nobody_text", "Nothing fits the filter. Choose records in the list, or a wider filter."), "", nil)
		return
	case !v.who.one && v.p.Broadcasts == nil:
		v.say("outbox", lang.X("sending.no_many", "One at a time here"), lang.X("sending.no_many_text", "This program was started without broadcasts. Choose a single record."), "", nil)
		return
	}
	v.ready = true
	v.scroll.Show()
	v.send.object.Show()
	v.options.show()
	v.choose.show(rows)
	v.when.show()
	v.column.Refresh()
	v.Focus()
}

// say shows an empty state with one way on.
func (v *Panel) say(icon, heading, text, way string, do func()) {
	var buttons []*widget.Button
	if way != "" {
		buttons = append(buttons, widget.NewButton(widget.Main, way, "", do))
	}
	v.empty.Objects = []fyne.CanvasObject{widget.NewEmptyState(icon, heading, text, buttons...)}
	v.scroll.Hide()
	v.send.object.Hide()
	v.empty.Show()
	v.column.Refresh()
}

// usable are the accounts that one can send from.
func usable(list []app.Account) []app.Account {
	var out []app.Account
	for _, a := range list {
		if !a.Archived {
			out = append(out, a)
		}
	}
	return out
}

func (v *Panel) account(id app.ID) app.Account {
	for _, a := range v.accounts {
		if a.ID == id {
			return a
		}
	}
	return app.Account{}
}

// changed is called when what would be sent has changed: the message is drawn anew at once, the counting begins a moment later.
func (v *Panel) changed() {
	if !v.ready {
		return
	}
	v.preview.again()
	v.check.soon(typingDelay)
	v.send.show()
}
