package accounts

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// doctor is the panel that shows what the last test of an account found, and tests again.
type doctor struct {
	v       *View
	object  fyne.CanvasObject
	title   *widget.Text
	below   *widget.Text
	rows    *fyne.Container
	test    *widget.Button
	copyIt  *widget.Button
	edit    *widget.Button
	archive *widget.Button

	account app.Account
	running app.ID // the account under test
	coming  []app.Check
}

func newDoctor(v *View) *doctor {
	d := &doctor{v: v, rows: layout.Column(0), title: widget.NewBold("", theme.TypeSubHeading, theme.Text).Shrinking(), below: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()}
	d.test = widget.NewButton(widget.Plain, lang.X("doctor.test", "Test Connection"), "retry", d.run).Sized(widget.Small)
	d.copyIt = widget.NewIconButton("copy", lang.X("doctor.copy", "Copy report"), func() {
		v.sh.Copy(report(d.account, d.account.LastTest), lang.X("doctor.copied", "The report is copied; nothing secret is in it"))
	}).Sized(widget.Small)
	d.edit = widget.NewButton(widget.Plain, lang.X("button.edit", "Edit"), "edit", func() { v.openForm(d.account) }).Sized(widget.Small)
	d.archive = widget.NewIconButton("trash", lang.X("accounts.archive", "Archive"), func() { v.setArchived(d.account, !d.account.Archived) }).Sized(widget.Small)
	d.object = layout.Column(0, widget.NewCard(layout.Column(0,
		layout.Pad(14, 14, 14, 16, &fyne.Container{Layout: &headAndButtons{title: d.title}, Objects: []fyne.CanvasObject{
			layout.Column(0, d.title, d.below), layout.Row(theme.Space2, d.archive, d.copyIt, d.edit, d.test),
		}}),
		widget.NewLine(),
		d.rows,
		layout.Pad(10, 16, 10, 16, layout.Row(theme.Space2, widget.NewIcon("shield", 16, theme.Text2), layout.Grow(widget.NewText(lang.X("doctor.secret", "Nothing secret is in the report."), theme.TypeSmall, theme.Text2).Shrinking()))),
	), 1))
	return d
}

// show shows an account; while it is under test, the lines as they came.
func (d *doctor) show(a app.Account) {
	d.account = a
	d.title.SetText(lang.X("doctor.title", "Doctor · {{.Name}}", map[string]any{"Name": a.Name}))
	defer d.object.Refresh() // another name may need the buttons below it
	if d.running == a.ID {
		d.below.SetText(lang.X("doctor.running", "Testing…"))
		d.paint(d.coming)
		return
	}
	d.test.SetIdle()
	d.below.SetText(tested(a, d.v.sh.Now()))
	if a.Archived {
		d.archive.SetIcon("retry")
		d.archive.WithHint(lang.X("accounts.unarchive", "Bring back"))
	} else {
		d.archive.SetIcon("trash")
		d.archive.WithHint(lang.X("accounts.archive", "Archive"))
	}
	d.paint(a.LastTest)
}

func (d *doctor) paint(checks []app.Check) {
	d.rows.Objects = d.rows.Objects[:0]
	for _, c := range checks {
		d.rows.Add(widget.NewCheckRow(checkState(c), c.What, finding(c), d.mend(c)))
	}
	if len(checks) == 0 && d.running == 0 {
		d.rows.Add(layout.Pad(24, 16, 24, 16, widget.NewParagraph(lang.X("doctor.begin", "Test Connection asks Meta about the token, the number and the webhook, one after the other. It changes nothing."), theme.TypeBody, theme.Text2, 60)))
	}
	d.rows.Refresh()
}

// mend is the button of a line that can be mended here; nil for none.
func (d *doctor) mend(c app.Check) *widget.Button {
	if c.OK && !c.Warning {
		return nil
	}
	switch c.ID {
	case "subscription":
		return widget.NewButton(widget.Main, lang.X("doctor.turn_on", "Turn messages on"), "", d.turnOn)
	case "app", "token", "scopes", "waba", "number", "keyring":
		return widget.NewButton(widget.Plain, lang.X("button.edit", "Edit"), "", func() {
			d.v.openForm(d.account)
			d.v.form.focusOn(fieldOf(c.ID))
		})
	}
	return nil
}

func (d *doctor) turnOn() {
	id := d.account.ID
	d.v.sh.Async(d.v.sh.Base, func(ctx context.Context) (func(), error) {
		err := d.v.p.Accounts.TurnMessagesOn(ctx, id)
		return func() {
			d.v.sh.Toasts(shell.Toast{Text: lang.X("doctor.turned_on", "Meta sends messages here from now on"), Good: true})
			d.run()
		}, err
	}, d.v.sh.Layers.Problem)
}

// run tests the account and shows each line as it comes.
func (d *doctor) run() {
	if d.running != 0 {
		return
	}
	id := d.account.ID
	d.running, d.coming = id, nil
	d.test.SetBusy(lang.X("doctor.running", "Testing…"))
	d.show(d.account)
	d.v.sh.Async(d.v.sh.Base, func(ctx context.Context) (func(), error) {
		checks, err := d.v.p.Accounts.Test(ctx, id, func(c app.Check) {
			d.v.sh.Later(func() { d.came(id, c) })
		})
		return func() { d.done(checks) }, err
	}, func(err error) {
		d.done(nil)
		d.v.sh.Layers.Problem(err)
	})
}

func (d *doctor) came(id app.ID, c app.Check) {
	if d.running != id {
		return
	}
	d.coming = append(d.coming, c)
	if d.account.ID == id {
		d.paint(d.coming)
	}
}

func (d *doctor) done(checks []app.Check) {
	d.running, d.coming = 0, nil
	d.test.SetIdle()
	if checks != nil {
		sayTested(d.v.sh, checks)
	}
	d.v.reload()
}

// sayTested is the toast after a test.
func sayTested(sh *shell.Shell, checks []app.Check) {
	bad, warned := broken(checks)
	switch {
	case bad > 0:
		sh.Toasts(shell.Toast{Text: lang.X("doctor.bad", "{{.N}} to mend: see the lines in red", map[string]any{"N": bad}), Bad: true})
	case warned > 0:
		sh.Toasts(shell.Toast{Text: lang.X("doctor.warned", "The connection works; {{.N}} to look at", map[string]any{"N": warned}), Good: true})
	default:
		sh.Toasts(shell.Toast{Text: lang.X("doctor.good", "The connection works"), Good: true})
	}
}

// headAndButtons is a head with buttons beside it, or below it where the head would be cut beside them.
type headAndButtons struct {
	title *widget.Text // of the head, in TypeSubHeading
	width float32      // as the last layout had it
}

// headMost is how much of a line the head may claim beside the buttons; a longer name is cut.
const headMost float32 = 320

// beside tells whether there is room for the head beside buttons of that width.
func (h *headAndButtons) beside(buttons float32) bool {
	want := fyne.MeasureText(h.title.Text(), theme.TypeSubHeading.Size, fyne.TextStyle{Bold: true}).Width + 1
	return h.width-buttons-theme.Space2 >= fyne.Min(want, headMost)
}

// MinSize is for Fyne. The width of the last layout decides.
func (h *headAndButtons) MinSize(objects []fyne.CanvasObject) fyne.Size {
	head, buttons := objects[0].MinSize(), objects[1].MinSize()
	if h.beside(buttons.Width) {
		return fyne.NewSize(buttons.Width, fyne.Max(head.Height, buttons.Height))
	}
	return fyne.NewSize(buttons.Width, head.Height+theme.Space2+buttons.Height)
}

// Layout is for Fyne.
func (h *headAndButtons) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h.width = size.Width
	head, buttons := objects[0], objects[1]
	m, b := head.MinSize(), buttons.MinSize()
	buttons.Resize(b)
	if h.beside(b.Width) {
		head.Resize(fyne.NewSize(size.Width-b.Width-theme.Space2, m.Height))
		head.Move(fyne.NewPos(0, (size.Height-m.Height)/2))
		buttons.Move(fyne.NewPos(size.Width-b.Width, 0))
		return
	}
	head.Resize(fyne.NewSize(size.Width, m.Height))
	head.Move(fyne.NewPos(0, 0))
	buttons.Move(fyne.NewPos(0, m.Height+theme.Space2))
}
