package accounts

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// form connects an account or changes one.
type form struct {
	v       *View
	object  fyne.CanvasObject
	start   accounts.Draft // as it was when the form opened
	fields  map[string]*widget.Field
	order   []string
	url     *widget.Field
	verify  *widget.Field
	test    *widget.Button
	save    *widget.Button
	rows    *fyne.Container
	trouble *fyne.Container

	busy   bool
	ctx    context.Context //nolint:containedctx // ends with the form
	cancel context.CancelFunc
}

func newForm(v *View, a app.Account) *form {
	f := &form{v: v, start: draftOf(a), fields: map[string]*widget.Field{}, rows: layout.Column(0), trouble: layout.Column(0)}
	f.ctx, f.cancel = context.WithCancel(v.sh.Base)
	kept := ""
	if a.ID != 0 {
		kept = lang.X("form.kept", "kept in the keyring")
		if v.p.SecretsKind != nil && v.p.SecretsKind() == "file" {
			kept = lang.X("form.kept_file", "kept in the encrypted file")
		}
	}
	f.add(fieldName, widget.NewField(lang.X("form.name", "Name"), lang.X("form.name_hint", "Madrid shop")), a.Name)
	f.add(fieldPhone, widget.NewField(lang.X("form.phone", "Phone Number ID"), "104512345678901").Mono(), a.PhoneNumberID)
	f.add(fieldWABA, widget.NewField(lang.X("form.waba", "Account ID (WABA)"), "102290129340398").Mono(), a.WABAID)
	f.add(fieldApp, widget.NewField(lang.X("form.app", "App ID"), "671230084412").Mono(), a.AppID)
	f.add(fieldSecret, widget.NewPasswordField(lang.X("form.secret", "App Secret"), kept), "")
	f.add(fieldToken, widget.NewPasswordField(lang.X("form.token", "Access token"), kept), "")
	f.url = widget.NewField(lang.X("form.callback", "Callback URL"), "").Mono().ReadOnly()
	f.url.With(f.copier(f.url))
	f.verify = widget.NewField(lang.X("form.verify", "Webhook verify token"), lang.X("form.verify_made", "made when you save")).Mono().ReadOnly()
	f.verify.With(f.copier(f.verify))
	f.webhook(a)
	f.test = widget.NewButton(widget.Plain, lang.X("doctor.test", "Test Connection"), "retry", f.try)
	f.save = widget.NewButton(widget.Main, lang.X("button.save", "Save"), "", f.keep)
	cancel := widget.NewButton(widget.TextOnly, lang.X("button.cancel", "Cancel"), "", func() { v.Leave(v.paint) })
	title := lang.X("form.new", "Connect an account")
	if a.ID != 0 {
		title = a.Name
	}
	half := func(a, b fyne.CanvasObject) fyne.CanvasObject {
		return layout.TallRow(theme.Space5, layout.Grow(a), layout.Grow(b))
	}
	f.object = layout.Column(0, widget.NewCard(layout.Column(0,
		layout.Pad(16, 20, 0, 20, layout.Column(2,
			widget.NewBold(title, theme.TypeSubHeading, theme.Text).Shrinking(),
			widget.NewParagraph(lang.X("form.where", "You find these values in your app at Meta, under WhatsApp › API Setup and App settings › Basic."), theme.TypeSmall, theme.Text2, 60),
		)),
		layout.Pad(14, 20, 16, 20, layout.Column(theme.Space3,
			f.fields[fieldName],
			half(f.fields[fieldPhone], f.fields[fieldWABA]),
			half(f.fields[fieldApp], f.fields[fieldSecret]),
			f.fields[fieldToken],
			half(f.url, f.verify),
			f.trouble,
		)),
		widget.NewLine(),
		f.rows,
		layout.Pad(12, 16, 12, 12, layout.Row(theme.Space2, cancel,
			widget.NewIcon("lock", 16, theme.Text2), layout.Grow(widget.NewText(f.keptWhere(), theme.TypeSmall, theme.Text2).Shrinking()), f.test, f.save)),
	), 1))
	return f
}

func (f *form) keptWhere() string {
	if f.v.p.SecretsKind != nil && f.v.p.SecretsKind() == "file" {
		return lang.X("form.in_file", "Secrets go into the encrypted file")
	}
	return lang.X("form.in_keyring", "Secrets go into the keyring")
}

func (f *form) add(id string, field *widget.Field, text string) {
	field.SetText(text)
	field.OnChanged = func(string) {
		field.SetWrong("")
		field.SetIcon("", "")
	}
	field.OnSubmitted = func(string) { f.keep() }
	f.fields[id] = field
	f.order = append(f.order, id)
}

func (f *form) copier(field *widget.Field) *widget.Button {
	return widget.NewButton(widget.Plain, "", "copy", func() {
		if field.Text() != "" {
			f.v.sh.Copy(field.Text(), lang.X("said.copied", "Copied"))
		}
	}).WithHint(lang.X("button.copy", "Copy"))
}

// webhook fills in what Meta must be given.
func (f *form) webhook(a app.Account) {
	if f.v.p.Listener != nil {
		l := f.v.p.Listener()
		f.url.SetText(callback(l))
		if l.Public == "" {
			f.url.SetHelp(lang.X("form.local", "Meta needs the public address that leads here"), widget.Quiet)
		}
	}
	if a.ID == 0 {
		return
	}
	f.v.sh.Async(f.ctx, func(ctx context.Context) (func(), error) {
		token, err := f.v.p.Accounts.VerifyToken(ctx, a.ID)
		return func() { f.verify.SetText(token) }, err
	}, func(err error) { f.verify.SetWrong(shell.WordsOf(err).Message) })
}

// draft is what the form holds.
func (f *form) draft() accounts.Draft {
	d := f.start
	d.Name, d.PhoneNumberID, d.WABAID = f.fields[fieldName].Text(), f.fields[fieldPhone].Text(), f.fields[fieldWABA].Text()
	d.AppID, d.AppSecret, d.AccessToken = f.fields[fieldApp].Text(), f.fields[fieldSecret].Text(), f.fields[fieldToken].Text()
	return trimmed(d)
}

func (f *form) dirty() bool { return !same(f.draft(), f.start) }

func (f *form) close() { f.cancel() }

func (f *form) focus() { f.focusOn(fieldName) }

func (f *form) focusOn(id string) {
	if field := f.fields[id]; field != nil {
		f.v.sh.Window.Canvas().Focus(field.Focusable())
	}
}

// checked marks what can't be right and tells whether all can.
func (f *form) checked(d accounts.Draft) bool {
	problems := wrong(d)
	first := ""
	for _, id := range f.order {
		f.fields[id].SetWrong(problems[id])
		if problems[id] != "" && first == "" {
			first = id
		}
	}
	f.focusOn(first)
	return first == ""
}

func (f *form) setBusy(b *widget.Button, words string) {
	f.busy = true
	f.say(shell.Words{})
	b.SetBusy(words)
}

func (f *form) idle() {
	f.busy = false
	f.test.SetIdle()
	f.save.SetIdle()
}

// say shows what is wrong with the whole, below the fields; no message takes it away.
func (f *form) say(w shell.Words) {
	f.trouble.Objects = nil
	if w.Message != "" {
		card := widget.NewCard(layout.TallRow(theme.Space2, layout.Exactly(20, 20, widget.NewIcon("alert", 18, theme.Danger)),
			layout.Grow(layout.Column(2, widget.NewParagraph(w.Message, theme.TypeBody, theme.Text, 60).Bold(), widget.NewParagraph(w.Mend, theme.TypeSmall, theme.Text, 60)))), theme.Space3)
		card.SetTone(widget.Bad)
		f.trouble.Add(card)
	}
	f.v.side.Refresh()
}

// try tests what the form holds and keeps nothing; each line shows as it comes.
func (f *form) try() {
	d := f.draft()
	if f.busy || !f.checked(d) {
		return
	}
	f.setBusy(f.test, lang.X("doctor.running", "Testing…"))
	f.rows.Objects = nil
	f.v.sh.Async(f.ctx, func(ctx context.Context) (func(), error) {
		checks, err := f.v.p.Accounts.Try(ctx, d, func(c app.Check) { f.v.sh.Later(func() { f.came(c) }) })
		return func() {
			f.idle()
			sayTested(f.v.sh, checks)
		}, err
	}, f.failed)
}

func (f *form) came(c app.Check) {
	if f.ctx.Err() != nil {
		return
	}
	f.rows.Add(widget.NewCheckRow(checkState(c), c.What, finding(c), nil))
	if field := f.fields[fieldOf(c.ID)]; field != nil {
		switch {
		case !c.OK:
			field.SetWrong(c.Why)
		case field.Wrong() == "":
			field.SetIcon("check", theme.Ok)
		}
	}
	f.v.side.Refresh()
}

// keep saves the account; its secrets go to the keyring first.
func (f *form) keep() {
	d := f.draft()
	if f.busy || !f.checked(d) {
		return
	}
	f.setBusy(f.save, lang.X("form.saving", "Saving…"))
	f.v.sh.Async(f.ctx, func(ctx context.Context) (func(), error) {
		a, _, err := f.v.p.Accounts.Save(ctx, d)
		return func() { f.saved(a, d.ID == 0) }, err
	}, f.failed)
}

func (f *form) failed(err error) {
	f.idle()
	f.say(shell.WordsOf(err))
}

// saved closes the form of an account that was changed; a new one stays, for its callback URL and verify token are needed now.
func (f *form) saved(a app.Account, fresh bool) {
	f.idle()
	f.v.chosen = a.ID
	f.v.sh.Toasts(shell.Toast{Text: lang.X("form.saved", "“{{.Name}}” is saved", map[string]any{"Name": a.Name}), Good: true})
	f.start = draftOf(a)
	f.v.reload()
	if !fresh {
		f.v.closeForm()
		return
	}
	f.fields[fieldSecret].SetText("")
	f.fields[fieldToken].SetText("")
	f.v.openForm(a)
}
