package inbox

import (
	"context"
	"net/url"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// thread is the pane of one conversation: its head, its messages, its composer.
type thread struct {
	v        *View
	object   fyne.CanvasObject
	timeline *widget.Timeline
	composer *widget.Composer
	foot     *fyne.Container
	head     *head
	wait     *shell.Waiting
	none     *widget.EmptyState
	middle   *fyne.Container
	quoting  *quoting
	pictures *pictures
	closed   *closed // in the composer's place while only a template may be sent
	seeing   []int64 // the messages on the screen, oldest first

	conv app.Conversation       // ID 0: none is open
	msgs map[app.ID]app.Message // those in the timeline's window, and some that were
	read reader

	quotes       map[string]app.Message // quoted messages by wamid
	answers      map[app.ID]app.Message // the templates that messages answer without quoting them
	older, newer bool                   // the conversation goes on outside the window
	unreadFirst  app.ID                 // below the line "unread"
	unreadCount  int
	held         bool // marked unread by hand: not read again by itself

	ctx     context.Context //nolint:containedctx // the life of the conversation on the screen
	cancel  context.CancelFunc
	loaded  bool
	reading bool
	again   bool
	follow  bool // go to the newest message when it is there: it is one's own
	sending bool
	wish    wish
	drafts  drafts
	reply   string // the reply, while a note is being written
	quiet   bool   // the composer's text is being set, not typed
}

func newThread(v *View) *thread {
	t := &thread{v: v, msgs: map[app.ID]app.Message{}, timeline: widget.NewTimeline()}
	t.read = reader{after: v.sh.After, read: t.markRead}
	t.drafts = drafts{after: v.sh.After, write: t.keepDraft, notes: map[app.ID]string{}}
	t.head = newHead(t)
	t.pictures = newPictures(v.sh, v.media, t.pictured)
	t.quoting = newQuoting(func() { t.layoutFoot() })
	t.composer = widget.NewComposer(nil, nil, func() { t.layoutFoot() })
	t.composer.OnSend = t.send
	t.composer.OnChanged = t.typed
	t.composer.OnMode = t.turned
	t.composer.OnKey = t.key
	t.closed = newClosed(t)
	t.composer.Instead, t.composer.OnInstead = t.closed.object, t.closed.focus
	t.wire()
	t.wait = shell.NewWaiting(v.sh, layout.Pad(24, 24, 0, 24, widget.NewSkeleton(6, 84)), t.giveUp, func() { t.load(0) })
	t.wait.OnBars = func() { t.middle.Show() }
	t.none = widget.NewEmptyState("", "", "")
	t.foot = layout.Column(0, t.quoting.object, t.composer)
	t.middle = layout.Column(0, t.head.object, layout.Grow(layout.Over(t.timeline, t.wait.Object)), t.foot)
	t.middle.Hide()
	t.object = layout.Over(widget.NewGround(theme.Canvas, "", 0), t.none, t.middle)
	return t
}

func (t *thread) wire() {
	tl := t.timeline
	tl.OnNeedOlder = t.readOlder
	tl.OnNeedNewer = t.readNewer
	tl.OnMissing = func(id int64) { t.load(id) }
	tl.OnVisible = t.visible
	tl.OnOpen = t.enlarge
	tl.OnMend = t.mend
	tl.OnRecord = t.openRecord
	tl.OnRaw = t.showRaw
	tl.OnLink = t.openLink
	tl.ClockText = when.Clock
	tl.DayText = func(at time.Time) string { return when.Day(at, t.v.sh.Now()) }
	tl.Menu = t.menu
}

// layoutFoot lays the thread out anew after the composer grew.
func (t *thread) layoutFoot() {
	t.foot.Refresh()
	t.middle.Refresh()
	if t.v.sh.FootChanged != nil {
		t.v.sh.FootChanged()
	}
}

// open shows a conversation; at is a message to go to, 0 for where one left off.
func (t *thread) open(id, at app.ID) {
	if t.conv.ID != id {
		t.leave()
		t.conv = app.Conversation{ID: id}
		t.msgs = map[app.ID]app.Message{}
		t.timeline.SetUnread(0, 0)
		t.timeline.SetItems(nil, false, false)
		t.loaded, t.held = false, false
		t.introduce(t.v.list.known(id))
		t.middle.Hide()
		t.foot.Hide() // what is being written belongs to the conversation before
		t.none.Hide()
	}
	t.load(at)
}

// introduce shows, until the conversation was read, what the list knows of it.
func (t *thread) introduce(c app.Conversation) {
	t.head.show(c)
	t.head.tick(c, t.v.sh.Now())
	t.v.panel.show(c)
}

// leave keeps what was being written and ends what is under way.
func (t *thread) leave() {
	t.drafts.flush()
	t.read.forget()
	t.quoting.set(app.Message{}, "")
	t.pictures.forget()
	if t.cancel != nil {
		t.cancel()
	}
	t.wait.End()
	t.reading, t.again, t.sending, t.follow = false, false, false, false
}

// close shows no conversation.
func (t *thread) close() {
	t.leave()
	t.conv = app.Conversation{}
	t.middle.Hide()
	t.none.Show()
}

// setConversation shows what the head, the composer and the panel say of the conversation.
func (t *thread) setConversation(c app.Conversation) {
	fresh := t.conv.Contact.ID == 0
	t.conv = c
	t.head.show(c)
	if fresh {
		t.quiet = true
		t.composer.SetMode(widget.ModeReply)
		t.composer.SetText(c.Draft)
		t.reply, t.quiet = c.Draft, false
	}
	t.tick()
}

// known is told once more is known of the customer.
func (t *thread) known() {
	if t.conv.Contact.ID == 0 {
		return
	}
	t.head.optOut()
	t.closed.fits()
}

// tick brings what depends on the clock up to date.
func (t *thread) tick() {
	if t.conv.Contact.ID == 0 {
		return
	}
	now := t.v.sh.Now()
	t.head.tick(t.conv, now)
	t.composer.NewlineOnEnter = t.v.sh.Keep.ReturnBreaks
	reason := ""
	if state, _ := app.Window(t.conv.LastInbound, now); state == app.WindowClosed {
		reason = lang.X("composer.closed", "The 24 hours are over: only a template may be sent")
		if t.conv.LastInbound.IsZero() {
			reason = lang.X("composer.never", "This customer has not written yet: only a template may be sent")
		}
	}
	t.composer.SetReason(reason)
	if reason != "" {
		t.closed.show()
	}
	t.composer.Refresh()
	if t.loaded {
		t.placeEnded()
	}
}

// openRecord shows the record that a template was made from.
func (t *thread) openRecord(id int64) {
	if sent, ok := t.msgs[id].SentTemplate(); ok && sent.Record != nil {
		t.v.sh.OpenRecord(records.Ref{Type: sent.Record.Type, ID: sent.Record.ID})
	}
}

func (t *thread) openLink(address string) {
	u, err := url.Parse(address)
	if err != nil {
		return
	}
	switch u.Scheme {
	case "http", "https", "mailto", "tel":
		if err := t.v.sh.App.OpenURL(u); err != nil {
			t.v.sh.Layers.Problem(err)
		}
	}
}

// showRaw shows a message as Meta sent it.
func (t *thread) showRaw(id int64) {
	m, ok := t.msgs[id]
	if !ok {
		return
	}
	raw := m.Raw
	if raw == "" {
		raw = m.Text
	}
	text := fynewidget.NewLabel(raw)
	text.Wrapping, text.TextStyle, text.Selectable = fyne.TextWrapBreak, fyne.TextStyle{Monospace: true}, true
	var s *shell.Sheet
	s = t.v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("raw.title", "As WhatsApp sent it"), theme.TypePage, theme.Text),
		layout.Exactly(0, t.v.sh.Layers.Room(320, 92), scroll(text)),
		layout.Row(theme.Space2, layout.Gap(),
			widget.NewButton(widget.Plain, lang.X("button.copy", "Copy"), "copy", func() { t.v.sh.Copy(raw, lang.X("said.copied", "Copied")) }),
			widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.Close() })),
	), 620, 0, nil)
}

// menu is what a message offers beside copying.
func (t *thread) menu(id int64) []*fyne.MenuItem {
	m, ok := t.msgs[id]
	if !ok {
		return nil
	}
	var items []*fyne.MenuItem
	if m.Wamid != "" && !m.Revoked {
		items = append(items, fyne.NewMenuItem(lang.X("message.reply", "Reply to this"), func() { t.quote(m) }))
	}
	if sent, ok := m.SentTemplate(); ok && sent.Record != nil && sent.Record.ID != "" {
		items = append(items, fyne.NewMenuItem(lang.X("message.record", "Open {{.Record}}", map[string]any{"Record": recordName(sent.Record)}), func() { t.openRecord(id) }))
	}
	if m.Direction == app.Out && m.Status == app.StatusQueued {
		items = append(items, fyne.NewMenuItem(lang.X("outbox.cancel", "Take back"), func() { t.takeBack(m.ID) }))
	}
	if m.Raw != "" {
		items = append(items, fyne.NewMenuItem(lang.X("message.raw", "Show as WhatsApp sent it"), func() { t.showRaw(id) }))
	}
	return items
}
