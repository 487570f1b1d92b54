package inbox

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/inbox"
	"shopbell/app/outbox"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Params is what the tab needs.
type Params struct {
	Inbox    *inbox.Service
	Outbox   *outbox.Service
	Accounts *accounts.Service
	Me       app.Staff
	// Records are the shop's own; nil: the contact panel shows none.
	Records Records
	// Templates are those that can be sent; nil: the panel that sends shows them alone.
	Templates Templates
	// Previews shows templates filled in; nil: as they are written.
	Previews Previews
	// People gives everybody at the desk; nil: nobody is named but Me.
	People func(ctx context.Context) ([]app.Staff, error)
	// Media opens a file that came with a message; nil: pictures stay names.
	Media OpenMedia
	// Changed is told when another conversation is open, so that the menus can follow.
	Changed func()
}

// View is the tab.
type View struct {
	sh        *shell.Shell
	inbox     *inbox.Service
	outbox    *outbox.Service
	accounts  *accounts.Service
	records   Records
	templates Templates
	previews  Previews
	people    func(ctx context.Context) ([]app.Staff, error)
	media     OpenMedia
	staff     app.ID
	me        app.Staff
	changed   func()

	content *fyne.Container
	panes   *panes
	list    *listPane
	thread  *thread
	panel   *panel
	banner  *fyne.Container
	over    bool // the contact panel lies over the thread
	chosen  app.ID
	accts   []app.Account
	counts  app.Counts
	shown   bool
	begun   bool
}

var _ shell.View = (*View)(nil)

// New makes the tab.
func New(sh *shell.Shell, p Params) *View {
	v := &View{
		sh: sh, inbox: p.Inbox, outbox: p.Outbox, accounts: p.Accounts, records: p.Records, templates: p.Templates, previews: p.Previews, people: p.People,
		media: p.Media, staff: p.Me.ID, me: p.Me, changed: p.Changed,
	}
	v.list = newListPane(v)
	v.thread = newThread(v)
	v.panel = newPanel(v)
	v.banner = layout.Column(0)
	v.panes = &panes{list: v.list.object, thread: v.thread.object, panel: v.panel.object, banner: v.banner, wish: v.wishes, arranged: v.arranged}
	v.panes.listEdge = widget.NewEdge(func(dx float32) {
		v.sh.Keep.List = clamp(or(v.panes.now.list, listWidth)+dx, listLeast, listMost)
		v.layout()
	})
	v.panes.panelEdge = widget.NewEdge(func(dx float32) {
		v.sh.Keep.Panel = clamp(or(v.panes.now.panel, panelWidth)-dx, panelLeast, panelMost)
		v.layout()
	})
	v.content = &fyne.Container{Layout: v.panes, Objects: v.panes.objects()}
	v.showNone()
	return v
}

func (v *View) wishes() wishes {
	k := v.sh.Keep
	return wishes{list: k.List, panel: k.Panel, panelOn: !k.PanelHidden, panelOver: v.over, open: v.chosen != 0}
}

func (v *View) layout() {
	v.content.Refresh()
	if v.sh.FootChanged != nil {
		v.sh.FootChanged()
	}
	v.sh.Keep.Changed()
}

// arranged tells head and panel what shows beside them.
func (v *View) arranged() {
	v.panel.setOver(v.panes.now.over)
	v.thread.head.panel.SetOn(v.panes.now.panel > 0)
	if back := v.thread.head.back; v.panes.now.list == 0 {
		back.Show()
	} else {
		back.Hide()
	}
}

// Content is the tab.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Shown reads what the tab shows when it first comes, and looks again at what is unread.
func (v *View) Shown() {
	v.shown = true
	if !v.begun {
		v.begun = true
		v.readAccounts()
		v.readCounts()
		v.list.reload()
	}
	v.thread.look()
	v.Tick()
}

// Hidden is called when the tab goes.
func (v *View) Hidden() {
	v.shown = false
	v.thread.drafts.flush()
	v.thread.look()
}

// FrontChanged is called when the window comes to the front or leaves it.
func (v *View) FrontChanged(bool) { v.thread.look() }

// Tick draws anew what depends on the clock.
func (v *View) Tick() {
	v.list.list.Refresh()
	v.thread.tick()
	if v.panes.now.panel > 0 && v.thread.conv.Contact.ID != 0 {
		v.panel.tick()
	}
}

// Changed reads again what changed.
func (v *View) Changed(c app.Changes) {
	if !v.begun {
		return
	}
	if c.Has(app.TopicAccounts) {
		v.readAccounts()
	}
	if c.Has(app.TopicConversations) {
		v.list.changed(c.IDs[app.TopicConversations], c.Missed)
		v.readCounts()
	}
	if c.Has(app.TopicMessages) && v.chosen != 0 && (c.Missed || slices.Contains(c.IDs[app.TopicMessages], v.chosen)) {
		v.thread.refresh()
	}
	if v.chosen != 0 && (c.Has(app.TopicRecords) || c.Has(app.TopicContacts) || c.Has(app.TopicOutbox) || c.Has(app.TopicMessages) && slices.Contains(c.IDs[app.TopicMessages], v.chosen) || c.Missed) {
		v.panel.changed()
	}
	if c.Has(app.TopicTemplates) {
		v.thread.closed.changed()
	}
}

func (v *View) readAccounts() {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		list, err := v.accounts.List(ctx)
		return func() {
			v.accts = list
			v.showNone()
			if v.thread.conv.Contact.ID != 0 {
				v.thread.head.show(v.thread.conv)
			}
		}, err
	}, v.sh.Layers.Problem)
}

func (v *View) readCounts() {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		n, err := v.inbox.Counts(ctx)
		return func() {
			v.counts = n
			v.list.setCounts(n)
		}, err
	}, func(error) {}) // the list itself says what is wrong
}

// conversationsRead is told of conversations that were read again.
func (v *View) conversationsRead(asked []app.ID, convs []app.Conversation) {
	for _, c := range convs {
		if c.ID != v.chosen || v.thread.conv.Contact.ID == 0 {
			continue
		}
		if c.Unread > v.thread.conv.Unread && v.thread.held && c.LastInbound.After(v.thread.conv.LastInbound) {
			v.thread.held = false
		}
		c.Draft = v.thread.conv.Draft // what is being written here counts
		v.thread.setConversation(c)
		v.panel.show(c)
		v.thread.look()
		v.changed()
	}
	if v.chosen != 0 && slices.Contains(asked, v.chosen) && !slices.ContainsFunc(convs, func(c app.Conversation) bool { return c.ID == v.chosen }) {
		v.gone(v.chosen)
	}
}

// listLoaded opens the conversation of last time once the list is there.
func (v *View) listLoaded() {
	v.showNone()
	if id := v.sh.Keep.Conversation; v.chosen == 0 && id != 0 && v.list.book.place(id) >= 0 {
		v.Choose(id)
	}
}

// showNone is what stands in the thread's place while no conversation is open.
func (v *View) showNone() {
	v.thread.none.SetText(lang.X("inbox.nothing_open", "No conversation is open"), lang.X("inbox.nothing_open_text", "Choose one at the left, or press Ctrl+J for the next unread."))
	if v.list.book.len() == 0 && v.list.loaded && v.list.book.filter == (app.ConversationFilter{}) {
		text := lang.X("inbox.ready_text", "When a customer writes to your number, the conversation appears here.")
		if slices.ContainsFunc(v.accts, func(a app.Account) bool { return a.Practice && !a.Archived }) {
			text = lang.X("inbox.ready_practice", "The practice customers begin to write in a moment.")
		}
		v.thread.none.SetText(lang.X("inbox.ready", "The desk is ready, nobody has rung yet"), text)
	}
}

// SetBanner puts a banner above the thread; nil takes it away.
func (v *View) SetBanner(b fyne.CanvasObject) {
	v.banner.Objects = nil
	if b != nil {
		v.banner.Objects = []fyne.CanvasObject{b}
	}
	v.banner.Refresh()
	v.content.Refresh()
}

// Chosen is the conversation that is open; 0 for none.
func (v *View) Chosen() app.ID { return v.chosen }

// Choose opens a conversation; 0 goes back to none.
func (v *View) Choose(id app.ID) { v.ChooseMessage(id, 0) }

// Pick opens a conversation and puts the keyboard into its composer, as a click does.
func (v *View) Pick(id app.ID) {
	already := id == v.chosen && v.thread.loaded
	v.Choose(id)
	if already {
		v.thread.composer.Focus()
	}
}

// ChooseMessage opens a conversation at one of its messages.
func (v *View) ChooseMessage(id, message app.ID) {
	if id == v.chosen && message == 0 && id != 0 {
		v.layout()
		return
	}
	v.chosen, v.over = id, false
	v.list.book.keep = id
	v.sh.Keep.Conversation = id
	if id == 0 {
		v.thread.close()
	} else {
		v.thread.open(id, message)
	}
	if i := v.list.book.place(id); i >= 0 {
		v.list.moveTo(i)
	}
	v.list.list.Refresh()
	v.layout()
	v.changed()
}

// opened is told once a conversation was read.
func (v *View) opened(c app.Conversation) {
	v.panel.show(c)
	v.layout()
	if c.Closed == v.list.book.filter.Closed && v.list.loaded {
		v.list.book.apply([]app.Conversation{c}, nil)
		v.list.refresh()
	}
	v.changed()
	// A moment later, since Fyne focuses only what it has drawn.
	v.sh.After(focusDelay, func() {
		if v.shown && c.ID == v.chosen && !v.sh.Layers.Any() && !v.list.list.focused && !v.list.found.list.focused {
			v.thread.composer.Focus()
		}
	})
}

const focusDelay = 50 * time.Millisecond

// gone is told when the conversation that is open does not exist any more.
func (v *View) gone(id app.ID) {
	v.list.book.apply(nil, []app.ID{id})
	v.Choose(0)
}

// Write puts the cursor into the composer, for a reply or a note.
func (v *View) Write(note bool) { v.thread.write(note) }

// Foot is how high the composer is, with what stands on it; 0 while none shows.
func (v *View) Foot() float32 {
	if v.panes.now.thread == 0 || !v.thread.middle.Visible() || !v.thread.foot.Visible() {
		return 0
	}
	return v.thread.foot.MinSize().Height
}

// Search puts the cursor into the search field.
func (v *View) Search() { v.list.search.Focus() }

// FocusList gives the list the keyboard.
func (v *View) FocusList() { v.list.focus() }

// TogglePanel shows or hides the contact panel.
func (v *View) TogglePanel() {
	if v.chosen == 0 {
		return
	}
	if v.content.Size().Width+theme.WidthRail < panelFrom {
		v.over = !v.over
	} else {
		v.sh.Keep.PanelHidden = !v.sh.Keep.PanelHidden
	}
	v.layout()
	v.changed()
}

// TypedKey sees keys that nothing else took.
func (v *View) TypedKey(name fyne.KeyName) {
	switch name {
	case fyne.KeyEscape:
		if v.over {
			v.TogglePanel()
		}
	case fyne.KeyUp, fyne.KeyDown:
		v.list.focus()
	}
}

func (v *View) accountName(id app.ID) string {
	for _, a := range v.accts {
		if a.ID == id {
			return a.Name
		}
	}
	return ""
}

func (v *View) staffName(id app.ID) string {
	if id == v.me.ID {
		return v.me.Name
	}
	return v.panel.known.staff[id]
}
