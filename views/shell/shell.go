// Package shell is what a tab may ask of the window it is in: work off the UI thread, time, toasts, questions, the way to other tabs.
// Tabs know it instead of the window, so that each can be built and tested alone.
package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/records"
)

// Shell is the window as its tabs see it. All of it is used on the UI goroutine.
type Shell struct {
	App    fyne.App
	Window fyne.Window
	// Base is the context of the window: it ends when the window closes.
	Base context.Context //nolint:containedctx // the life of the window, from which each view derives its own
	Now  func() time.Time

	// Async runs work away from the UI goroutine and then, there, what it returns; or failed with its error. Nothing runs there once ctx has ended.
	Async func(ctx context.Context, work func(ctx context.Context) (func(), error), failed func(error))
	// After runs f on the UI goroutine once d has passed, unless stop was called before.
	After func(d time.Duration, f func()) (stop func())
	// Later runs f on the UI goroutine. It may be called from anywhere.
	Later func(f func())
	// InFront tells whether the window is the one that the person works in.
	InFront func() bool
	// Open shows a tab.
	Open func(tab Tab)
	// SendTo opens, at the side of the window, the panel that sends a template to someone or to many. Never nil.
	SendTo func(SendTarget)
	// OpenRecord shows a record in the Records tab, OpenConversation a conversation in the Inbox, OpenBroadcast a broadcast in the Outbox. Never nil.
	OpenRecord       func(ref records.Ref)
	OpenConversation func(id app.ID)
	OpenBroadcast    func(id app.ID)
	// OpenPaper shows the document of a record over the window; nil: records have none here.
	OpenPaper func(ref records.Ref)
	// Run runs a command of the window's table by its id.
	Run func(command string) bool
	// Keys is the shortcut of a command by its id, as a person reads it; "" where it has none. May be nil.
	Keys func(command string) string
	// Toasts shows a short word in the corner.
	Toasts func(Toast)
	// FootChanged is told when the tab's foot, which toasts leave free, has another height (nil: nobody cares).
	FootChanged func()
	// Explain tells in plain words why a message failed and what helps; nil: the failure's own words.
	Explain func(app.Failure) (plain, mend string)
	// Layers shows what floats over the window.
	Layers *Layers
	// Keep holds what a person set up in the window: sizes, toggles, where they were.
	Keep *Keep
}

// SendTarget says to whom a template is to be sent. Of the recipients one way is given: Records, Filter, Contact or Conversation.
type SendTarget struct {
	Type         string            // of the records; "" where a contact or a conversation is given
	Records      []string          // their ids, in the order shown
	Filter       *app.RecordFilter // all that it finds, in its order, when they are sent
	Contact      app.ID            // one contact
	Conversation app.ID            // the contact of a conversation, from its account
	Account      app.ID            // 0: the one that was used last
	Template     app.ID            // 0: the person chooses
	Done         func()            // what follows when the panel closed; nil: nothing
}

// Tab names a tab of the rail.
type Tab string

// The tabs, in the order of the rail.
const (
	TabInbox     Tab = "inbox"
	TabOutbox    Tab = "outbox"
	TabTemplates Tab = "templates"
	TabRecords   Tab = "records"
	TabAccounts  Tab = "accounts"
	TabSettings  Tab = "settings"
)

// Toast is a short word in the corner of the window, gone after six seconds.
type Toast struct {
	Text   string
	Good   bool   // says that something worked, with a check
	Bad    bool   // says that something did not, with a mark
	Action string // the words on its button; "" is Undo
	Do     func() // nil: no button
}

// View is one tab.
type View interface {
	Content() fyne.CanvasObject
	// Shown and Hidden are told when the tab comes and goes.
	Shown()
	Hidden()
	// Changed is told what changed in the store, also while hidden.
	Changed(app.Changes)
}

// Guarded is a view that may have to ask before it is left.
type Guarded interface {
	// Leave calls then at once, or after the person agreed to lose what was not saved.
	Leave(then func())
}

// Hint is what a button says of itself: its words and the shortcut of its command, where there is one.
func (s *Shell) Hint(words, command string) string {
	if s.Keys != nil {
		if key := s.Keys(command); key != "" {
			return words + " (" + key + ")"
		}
	}
	return words
}

// Say shows a toast.
func (s *Shell) Say(text string) { s.Toasts(Toast{Text: text}) }

// Copy puts text onto the clipboard and says so.
func (s *Shell) Copy(text, said string) {
	s.App.Clipboard().SetContent(text)
	s.Toasts(Toast{Text: said, Good: true})
}

// Listener is how the webhook listener stands.
type Listener struct {
	Addr        string // what it listens on, or should
	URL         string // where webhooks are taken in, on this computer
	Public      string // the same from outside; "" if nobody knows
	Listening   bool
	Err         error  // why it does not listen
	Free        string // an address that is free, when Addr is taken; "" if none was found
	LastWebhook time.Time
}
