package inbox

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/inbox"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// NewConversation asks for a phone number and goes to its conversation. Somebody who never wrote can be sent a template only, and the sheet says so.
func (v *View) NewConversation() {
	if v.sh.Layers.Any() {
		return
	}
	var names []string
	var ids []app.ID
	for _, a := range v.accts {
		if !a.Archived {
			names = append(names, a.Name)
			ids = append(ids, a.ID)
		}
	}
	phone := widget.NewField(lang.X("new.phone", "Phone number of the customer"), "+34 612 345 678")
	account := widget.NewSelect(names, nil)
	if len(names) > 0 {
		account.SetSelectedIndex(0)
	}
	answer := widget.NewParagraph("", theme.TypeSmall, theme.Text2, 60)
	var s *shell.Sheet
	var find *widget.Button
	var beginNow func()
	begin := widget.NewButton(widget.Plain, lang.X("new.template", "Send template…"), "templates", func() { beginNow() })
	begin.Hide()
	look := func() {
		digits, err := app.ParsePhone(phone.Text(), "")
		if err != nil {
			w := shell.WordsOf(err)
			phone.SetWrong(w.Mend)
			return
		}
		i := account.SelectedIndex()
		if i < 0 {
			return
		}
		find.SetBusy(lang.X("new.looking", "Looking…"))
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			c, err := byPhone(ctx, v.inbox, ids[i], digits)
			return func() {
				find.SetIdle()
				if c.ID == 0 {
					answer.SetText(lang.X("new.never", "{{.Phone}} has not written to “{{.Account}}” yet. WhatsApp lets a shop begin a conversation only with an approved template.",
						map[string]any{"Phone": app.FormatPhone(digits), "Account": names[i]}))
					beginNow = func() { v.beginWith(ids[i], digits, s.Close) }
					if v.records != nil {
						begin.Show()
					}
					v.sh.Layers.Resized()
					return
				}
				s.Close()
				v.Choose(c.ID)
			}, err
		}, func(err error) {
			find.SetIdle()
			phone.SetWrong(shell.WordsOf(err).Message)
		})
	}
	find = widget.NewButton(widget.Main, lang.X("new.open", "Open conversation"), "", look)
	if len(names) == 0 {
		find.DisableFor(lang.X("new.no_account", "Connect an account first"))
		answer.SetText(lang.X("new.no_account", "Connect an account first"))
	}
	phone.OnSubmitted = func(string) { look() }
	phone.OnChanged = func(string) {
		phone.SetWrong("")
		begin.Hide()
	}
	s = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("new.title", "New conversation"), theme.TypePage, theme.Text),
		phone,
		layout.Column(theme.Space1, widget.NewText(lang.X("new.account", "From"), theme.TypeCaption, theme.Text2), account),
		answer,
		layout.Row(theme.Space2, layout.Gap(), widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { s.Close() }), begin, find),
	), 460, 0, nil)
	v.sh.Layers.FocusFirst()
}

// beginWith opens the panel that sends a template to a number that never wrote; whoever has it becomes a contact. then follows once that is done.
func (v *View) beginWith(account app.ID, digits string, then func()) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		id, err := contactOf(ctx, v.records, v.me, digits)
		return func() {
			then()
			v.sh.SendTo(shell.SendTarget{Contact: id, Account: account})
		}, err
	}, v.sh.Layers.Problem)
}

// contactOf finds the contact who has a number, and makes one where there is none.
func contactOf(ctx context.Context, r Records, me app.Staff, digits string) (app.ID, error) {
	found, err := r.Search(ctx, records.TypeContact, digits, 20)
	if err != nil {
		return 0, err
	}
	for _, c := range found {
		if app.PhoneKey(app.Digits(c.Fields["phone"].Text)) == app.PhoneKey(digits) {
			return number(c.ID), nil
		}
	}
	ref, err := r.Create(ctx, me, records.TypeContact, map[string]records.Value{"phone": records.Text("+" + digits)})
	return number(ref.ID), err
}

// byPhone finds an account's conversation with a number, however it is written; ID 0 if there is none.
func byPhone(ctx context.Context, in *inbox.Service, account app.ID, digits string) (app.Conversation, error) {
	key := app.PhoneKey(digits)
	convs, err := in.SearchConversations(ctx, digits, 50)
	if err != nil {
		return app.Conversation{}, err
	}
	for _, c := range convs {
		if c.AccountID != account {
			continue
		}
		for _, i := range c.Contact.Identities {
			if i.Kind == app.IdentityPhone && app.PhoneKey(i.Value) == key {
				return c, nil
			}
		}
	}
	return app.Conversation{}, nil
}
