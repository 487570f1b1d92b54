package templates

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// View is the tab.
type View struct {
	sh      *shell.Shell
	p       Params
	content fyne.CanvasObject
	panes   *panes
	list    *listPane
	editor  *editor
	phone   *phonePane
	start   *widget.EmptyState // where the editor stands while nothing is open

	accts  []app.Account
	rates  sending.Rates
	staff  []app.Staff
	chosen app.ID // open in the editor, or being opened
	cancel context.CancelFunc
	stop   func() // the bars that wait
	shown  bool
	stale  bool
	first  bool // nothing has been opened yet
	work   *work
}

var (
	_ shell.View    = (*View)(nil)
	_ shell.Guarded = (*View)(nil)
)

// New makes the tab.
func New(sh *shell.Shell, p Params) *View {
	v := &View{sh: sh, p: p, stale: true, first: true}
	v.work = newWork(v)
	v.list = newListPane(v)
	v.phone = newPhonePane(v)
	v.editor = newEditor(v)
	v.start = widget.NewEmptyState("templates", lang.X("templates.start", "Messages that Meta has approved"),
		lang.X("templates.start_text", "A template may be sent at any time, also when the customer last wrote long ago. Start with one of ours, or fetch those that your account has at Meta."),
		widget.NewButton(widget.Plain, lang.X("templates.sync_all", "Sync all"), "retry", v.SyncAll),
		widget.NewButton(widget.Main, lang.X("templates.new", "New template"), "plus", v.New))
	v.panes = newPanes(v)
	v.content = layout.Over(widget.NewGround(theme.Pane, "", 0), v.panes.object)
	return v
}

// Content is the tab.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Shown reads what has changed while the tab was hidden.
func (v *View) Shown() {
	v.shown = true
	if v.stale {
		v.reload()
	}
}

// Hidden keeps what was written.
func (v *View) Hidden() {
	v.shown = false
	v.editor.flush(nil)
}

// Tick draws the times anew.
func (v *View) Tick() { v.editor.tick() }

// Foot is how high that is what toasts must not cover.
func (v *View) Foot() float32 { return v.editor.foot() }

// Changed reads again what changed.
func (v *View) Changed(c app.Changes) {
	if c.Has(app.TopicAccounts) || c.Has(app.TopicSettings) {
		v.readAround()
	}
	if !c.Has(app.TopicTemplates) && !c.Has(app.TopicAccounts) {
		return
	}
	if !v.shown {
		v.stale = true
	} else {
		v.list.reload()
	}
	if c.Missed || contains(c.IDs[app.TopicTemplates], v.chosen) {
		v.editor.readAgain()
	}
}

func contains(ids []app.ID, id app.ID) bool {
	for _, i := range ids {
		if i == id {
			return true
		}
	}
	return false
}

// Leave keeps what was written and goes on once it is kept.
func (v *View) Leave(then func()) { v.editor.flush(then) }

func (v *View) reload() {
	v.stale = false
	v.readAround()
	v.list.reload()
}

// readAround reads the accounts and the people.
func (v *View) readAround() {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		accts, err := v.p.Accounts(ctx)
		if err != nil {
			return nil, err
		}
		var staff []app.Staff
		if v.p.Staff != nil {
			if staff, err = v.p.Staff(ctx); err != nil {
				return nil, err
			}
		}
		rates := v.readRates()
		return func() {
			v.accts, v.staff, v.rates = accts, staff, rates
			v.editor.around()
		}, nil
	}, func(err error) {
		v.sh.Toasts(shell.Toast{Text: shell.WordsOf(err).Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: v.readAround})
	})
}

// readRows reads the list. It runs away from the UI goroutine.
func (v *View) readRows(ctx context.Context) ([]row, error) {
	list, err := v.p.Templates.List(ctx, v.who(), app.TemplateFilter{Everything: true})
	if err != nil {
		return nil, err
	}
	accts, err := v.p.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	shops := map[app.ID]string{}
	for _, a := range accts {
		shops[a.ID] = a.Name
	}
	rows := make([]row, len(list))
	for i, t := range list {
		rows[i] = rowOf(t, shops[t.AccountID])
	}
	return rows, nil
}

func rowOf(t app.TemplateRow, shop string) row {
	r := row{
		id: t.ID, name: t.Name, meta: t.Technical, status: t.Status, quality: t.Quality, language: t.Language, speaks: t.Language, short: t.Language, kind: string(t.Category),
		category: categoryName(t.Category), account: t.AccountID, shop: shop, archived: t.Archived, conflict: t.Conflict != "", used: t.Uses, updated: t.UpdatedAt,
		gone: t.Status == app.TemplateGone, linked: t.Linked, moved: t.CategoryMoved,
		begins: strings.TrimRight(strings.Join(strings.Fields(t.Preview), " "), " …"),
	}
	if l, ok := template.LanguageOf(t.Language); ok {
		r.speaks, r.short = l.English, shortRegions.Replace(l.English)
	}
	advice := statusAdvice(t.Status)
	if t.Status == app.TemplateRejected {
		advice = rejectionAdvice(t.Reason)
	}
	r.reason = advice.Plain
	if r.conflict {
		r.reason = lang.X("templates.differs", "It is not the same here and at Meta")
	}
	r.found = fold(t.Name + " " + t.Technical + " " + r.speaks + " " + t.Language + " " + r.category + " " + shop + " " + t.Preview)
	return r
}

// usedWords says how often a template was sent.
func usedWords(n int) string {
	switch n {
	case 0:
		return lang.X("templates.never_used", "Not used yet")
	case 1:
		return lang.X("templates.used_once", "Used once")
	}
	return lang.X("templates.used", "Used {{.N}} times", map[string]any{"N": n})
}

// timesWords is how often a template was sent, as short as a row needs it.
func timesWords(n int) string {
	if n == 0 {
		return ""
	}
	return lang.X("templates.times", "{{.N}}×", map[string]any{"N": n})
}

// rowsRead opens the template of last time, or the first, once the list is there.
func (v *View) rowsRead() {
	if m := v.editor.m; m != nil {
		v.editor.head.show(m.now)
		v.editor.langs.show(m.now)
	}
	if !v.first {
		if _, ok := v.list.get(v.chosen); v.chosen != 0 && !ok {
			v.gone()
		}
		v.panes.refresh()
		return
	}
	v.first = false
	id := v.sh.Keep.Template
	if _, ok := v.list.get(id); !ok && len(v.list.shown) > 0 {
		id = v.list.rows[v.list.shown[0]].id
	}
	if _, ok := v.list.get(id); ok && v.chosen == 0 && !v.panes.turns() {
		v.Open(id)
	}
	v.panes.refresh()
}

// gone empties the editor: what it showed is no longer there.
func (v *View) gone() {
	v.chosen = 0
	v.editor.close()
	v.panes.refresh()
	v.changed()
}

// Open shows a template in the editor, after the one that shows is kept.
func (v *View) Open(id app.ID) {
	if id == 0 || id == v.chosen && v.editor.is(id) {
		v.panes.front(true)
		return
	}
	v.editor.flush(func() { v.open(id) })
}

func (v *View) open(id app.ID) { v.openThen(id, nil) }

// openThen opens a template and then goes on.
func (v *View) openThen(id app.ID, then func()) {
	if v.cancel != nil {
		v.cancel()
	}
	ctx, cancel := context.WithCancel(v.sh.Base)
	v.cancel, v.chosen = cancel, id
	v.sh.Keep.Template = id
	v.sh.Keep.Changed()
	v.list.list.Refresh()
	if v.stop != nil {
		v.stop()
	}
	v.stop = v.sh.After(shell.BarsAfter, v.editor.wait)
	done := func() {
		if v.stop != nil {
			v.stop()
			v.stop = nil
		}
	}
	v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		t, err := v.p.Templates.Get(ctx, v.who(), id)
		return func() {
			done()
			v.editor.show(t)
			v.panes.front(true)
			v.changed()
			if then != nil {
				then()
			}
		}, err
	}, func(err error) {
		done()
		v.gone()
		v.sh.Layers.Problem(err)
	})
}

// changed tells the window that what can be done has changed.
func (v *View) changed() {
	v.panes.refresh()
	v.list.list.Refresh()
	if v.p.Changed != nil {
		v.p.Changed()
	}
}

// Chosen is the open template, 0 if there is none.
func (v *View) Chosen() app.ID {
	if v.editor.m == nil {
		return 0
	}
	return v.editor.m.now.ID
}

// Search puts the cursor into the search field.
func (v *View) Search() {
	v.panes.front(false)
	v.list.search.Focus()
}

// FocusList gives the list the keyboard.
func (v *View) FocusList() {
	v.panes.front(false)
	v.list.focus()
}

// Step opens the next or the previous template of the list.
func (v *View) Step(by int) { v.list.step(by) }

// TypedKey hears the keys that nobody else wanted.
func (v *View) TypedKey(name fyne.KeyName) {
	switch name {
	case fyne.KeyEscape:
		if !v.panes.escape() {
			v.list.focus()
		}
	case fyne.KeyDown, fyne.KeyUp:
		v.list.focus()
	}
}

// rowMenu is the menu of a row.
func (v *View) rowMenu(r row, at fyne.Position) {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(lang.X("templates.open", "Open"), func() { v.Open(r.id) }),
		fyne.NewMenuItem(lang.X("templates.copy", "Copy"), func() { v.copy(r.id, "") }),
		fyne.NewMenuItem(archiveWords(r.archived), func() { v.archive(r.id, r.name, !r.archived) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.X("templates.delete", "Delete…"), func() { v.askDelete(r.id) }),
	}
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), v.sh.Window.Canvas(), at)
}

func archiveWords(archived bool) string {
	if archived {
		return lang.X("templates.unarchive", "Take out of the archive")
	}
	return lang.X("templates.archive", "Archive")
}

// who is the person at the desk. Where nobody is known, whoever sits here is the admin.
// me is who sits here, with the name and number that the settings have now.
func (v *View) me() app.Staff {
	me := v.who()
	for _, s := range v.staff {
		if s.ID == me.ID {
			me.Name, me.Phone = s.Name, s.Phone
		}
	}
	return me
}

func (v *View) who() app.Staff {
	me := v.p.Me
	if me.Role == "" {
		me.Role = app.RoleAdmin
	}
	return me
}

// admin tells whether this person may change what goes to Meta.
func (v *View) admin() bool { return v.who().Role == app.RoleAdmin }
