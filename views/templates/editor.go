package templates

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// editor is where a template is written: its head, its tabs, and what would be refused.
type editor struct {
	v      *View
	object fyne.CanvasObject
	m      *model // nil while nothing is open

	head      *head
	banner    *fyne.Container
	progress  *fyne.Container // of a submission
	langs     *languagesRow
	form      *form
	tabs      *widget.Tabs
	body      *bodyTab
	buttons   *buttonsTab
	variables *variablesTab
	pages     *fyne.Container
	scroll    *widget.Scroll
	bars      *widget.Skeleton
	whole     *fyne.Container
	findings  *findingsPanel

	save saver
	told bannerState
}

// The tabs, in their order.
const (
	tabBody = iota
	tabButtons
	tabVariables
)

func newEditor(v *View) *editor {
	e := &editor{v: v}
	e.save.e = e
	e.head = newHead(e)
	e.langs = newLanguagesRow(e)
	e.form = newForm(e)
	e.body = newBodyTab(e)
	e.buttons = newButtonsTab(e)
	e.variables = newVariablesTab(e)
	e.findings = newFindingsPanel(e)
	e.banner, e.progress = layout.Column(0), layout.Column(0)
	e.tabs = widget.NewTabs([]widget.Tab{{Text: lang.X("templates.tab_body", "Body")}, {Text: lang.X("templates.tab_buttons", "Buttons")}, {Text: lang.X("templates.tab_variables", "Variables")}}, e.turnTo).Flush()
	e.pages = layout.Over(e.body.object, e.buttons.object, e.variables.object)
	e.scroll = widget.NewVScroll(layout.Column(0,
		e.langs.object,
		e.form.object,
		layout.Pad(2, theme.Space5, 0, theme.Space5, layout.Row(0, e.tabs)),
		widget.NewLine(),
		e.pages,
	))
	e.bars = widget.NewSkeleton(6, 60)
	e.bars.Hide()
	e.whole = layout.Column(0, e.head.object, widget.NewLine(), e.progress, e.banner, layout.Grow(e.scroll), e.findings.object)
	e.object = layout.Over(widget.NewGround(theme.Pane, "", 0), e.whole, e.bars)
	e.tabs.SetChosen(min(max(v.sh.Keep.TemplateTab, 0), tabVariables))
	e.page()
	return e
}

// open tells whether a template is shown, or will be in a moment.
func (e *editor) open() bool { return e.m != nil || e.bars.Visible() }

func (e *editor) is(id app.ID) bool { return e.m != nil && e.m.now.ID == id }

// wait shows bars while a template is read.
func (e *editor) wait() {
	if e.m == nil {
		e.whole.Hide()
		e.bars.Show()
		e.v.panes.refresh()
	}
}

// show begins to edit a template.
func (e *editor) show(t app.Template) {
	e.bars.Hide()
	e.whole.Show()
	e.save.reset()
	e.m = newModel(t)
	e.findings.clear()
	e.scroll.ScrollToTop()
	e.body.begin()
	e.buttons.begin()
	e.strip()
}

// close ends the editing; what was not kept was flushed before.
func (e *editor) close() {
	e.save.reset()
	e.m = nil
	e.bars.Hide()
}

// change makes a change of the template and draws what it changes.
func (e *editor) change(key string, do func(t *app.Template)) {
	if e.m != nil && e.m.change(key, e.v.sh.Now(), do) {
		e.edited()
	}
}

// moving is change for what gives slots other keys.
func (e *editor) moving(do func(t *app.Template) renames) {
	if e.m != nil && e.m.moving("", e.v.sh.Now(), do) {
		e.edited()
	}
}

func (e *editor) edited() {
	e.save.soon()
	e.redraw()
}

// redraw draws the template as it is now: the form and its tabs, the phone, what would be refused.
func (e *editor) redraw() {
	if e.m == nil {
		return
	}
	t := e.m.now
	e.head.show(t)
	e.tell(t)
	e.langs.show(t)
	e.form.show(t)
	e.count(t)
	e.showPage(t)
	e.v.phone.show(t)
	e.findings.check(t)
}

// showPage draws the tab in front.
func (e *editor) showPage(t app.Template) {
	switch e.tabs.Chosen() {
	case tabBody:
		e.body.show(t)
	case tabButtons:
		e.buttons.show(t)
	case tabVariables:
		e.variables.show(t)
	}
}

// count writes the numbers on the tabs.
func (e *editor) count(t app.Template) {
	buttons := 0
	if b := buttonsAt(&t.Document, -1, false); b != nil {
		buttons = len(b.Buttons)
	}
	e.tabs.SetTab(tabButtons, widget.Tab{Text: lang.X("templates.tab_buttons", "Buttons"), Count: buttons})
	e.tabs.SetTab(tabVariables, widget.Tab{Text: lang.X("templates.tab_variables", "Variables"), Count: len(t.Bindings)})
}

func (e *editor) turnTo(i int) {
	e.v.sh.Keep.TemplateTab = i
	e.v.sh.Keep.Changed()
	e.page()
	if e.m != nil {
		e.m.pause()
		e.showPage(e.m.now)
	}
	e.scroll.Refresh()
}

// ShowTab turns to a tab.
func (e *editor) ShowTab(i int) {
	e.tabs.SetChosen(i)
	e.turnTo(i)
}

func (e *editor) page() {
	for i, o := range e.pages.Objects {
		layout.SetVisible(o, i == e.tabs.Chosen())
	}
	e.pages.Refresh()
}

// placed is told where the panes are.
func (e *editor) placed(p places) {
	e.head.placed(p)
	e.findings.room(e.object.Size().Height)
}

// around draws what depends on accounts and people.
func (e *editor) around() {
	e.form.around()
	e.redraw()
}

func (e *editor) tick() {
	if e.m != nil {
		e.head.show(e.m.now)
		e.v.phone.draw(e.m.now)
	}
}

// foot is how high the findings are, which toasts must not cover.
func (e *editor) foot() float32 {
	if e.m == nil {
		return 0
	}
	return e.findings.object.Size().Height
}

// Undo takes the newest change back, Redo makes it again.
func (e *editor) undo() {
	if e.m != nil && e.m.back() {
		e.body.begin()
		e.buttons.begin()
		e.edited()
	}
}

func (e *editor) redo() {
	if e.m != nil && e.m.forth() {
		e.body.begin()
		e.buttons.begin()
		e.edited()
	}
}

// readAgain reads the open template when somebody says that it changed.
func (e *editor) readAgain() {
	if e.m == nil {
		return
	}
	id := e.m.now.ID
	e.v.sh.Async(e.v.sh.Base, func(ctx context.Context) (func(), error) {
		t, err := e.v.p.Templates.Get(ctx, e.v.who(), id)
		return func() {
			if e.is(id) {
				e.came(t)
			}
		}, err
	}, func(err error) {
		if e.is(id) && isNotFound(err) {
			e.v.gone()
		}
	})
}

// came takes what the store has of the open template now. What was written here and is not kept stays; where both were written, a person decides.
func (e *editor) came(t app.Template) {
	if e.save.busy {
		return // its answer will come
	}
	switch {
	case t.Revision == e.m.kept.Revision:
		e.m.stands(t)
	case t.Revision < e.m.kept.Revision:
		return
	case !e.m.dirty():
		e.m.came(t)
		e.body.begin()
		e.buttons.begin()
	default:
		e.save.collided(t)
		return
	}
	e.redraw()
	e.v.changed()
}

// saveAfter is how long writing must rest before it is kept.
const saveAfter = 800 * time.Millisecond
