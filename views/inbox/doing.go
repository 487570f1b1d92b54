package inbox

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/views/shell"
)

// Step opens the conversation below (1) or above (-1).
func (v *View) Step(by int) {
	i := v.list.book.place(v.chosen)
	if i < 0 {
		i = -1
		if by < 0 {
			return
		}
	}
	if i += by; i >= 0 && i < v.list.book.len() {
		v.Choose(v.list.book.order[i].ID)
	}
}

// NextUnread opens the next conversation with unread messages.
func (v *View) NextUnread() {
	if id := v.list.book.nextUnread(v.chosen); id != 0 {
		v.Choose(id)
		return
	}
	// Not among those at hand: ask the store.
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		convs, err := v.inbox.Conversations(ctx, app.ConversationFilter{Unread: true}, nil, 2)
		return func() {
			for _, c := range convs {
				if c.ID != v.chosen {
					v.Choose(c.ID)
					return
				}
			}
			v.sh.Say(lang.X("inbox.none_unread", "Everything is read."))
		}, err
	}, v.sh.Layers.Problem)
}

// ToggleDone marks the conversation done, or not done, with a way back.
func (v *View) ToggleDone() {
	c := v.thread.conv
	if v.chosen == 0 || c.Contact.ID == 0 {
		return
	}
	v.setDone(c, !c.Closed)
}

func (v *View) setDone(c app.Conversation, done bool) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		err := v.inbox.SetClosed(ctx, c.ID, done)
		return func() {
			words := lang.X("inbox.said_done", "Conversation done")
			if !done {
				words = lang.X("inbox.said_reopened", "Conversation reopened")
			}
			v.sh.Toasts(shell.Toast{Text: words, Do: func() { v.setDone(c, !done) }})
			if done && c.ID == v.chosen {
				v.leaveDone()
				c.Closed = true
				v.list.book.apply([]app.Conversation{c}, nil) // it was kept while it was open
				v.list.refresh()
			}
		}, err
	}, v.sh.Layers.Problem)
}

// leaveDone goes on to the conversation below the one that was marked done, else to the one above, else to none.
func (v *View) leaveDone() {
	i, order := v.list.book.place(v.chosen), v.list.book.order
	v.list.book.keep = 0
	switch {
	case i < 0: // the list has let it go already
		v.Choose(0)
	case i+1 < len(order):
		v.Choose(order[i+1].ID)
	case i > 0:
		v.Choose(order[i-1].ID)
	default:
		v.Choose(0)
	}
}

// MarkUnread marks the conversation unread until it is opened again.
func (v *View) MarkUnread() {
	if v.chosen == 0 {
		return
	}
	v.markUnread(v.chosen)
}

func (v *View) markUnread(id app.ID) {
	if id == v.chosen {
		v.thread.held = true
		v.thread.look()
	}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) { return nil, v.inbox.MarkUnread(ctx, id) }, v.sh.Layers.Problem)
}

// rowMenu is the menu of a row of the list.
func (v *View) rowMenu(c app.Conversation, at fyne.Position) {
	done := lang.X("inbox.mark_done", "Done")
	if c.Closed {
		done = lang.X("inbox.reopen", "Reopen")
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(done, func() { v.setDone(c, !c.Closed) }),
		fyne.NewMenuItem(lang.X("command.mark_unread", "Mark as unread"), func() { v.markUnread(c.ID) }),
	}
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), v.sh.Window.Canvas(), at)
}
