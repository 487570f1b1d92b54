package views

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	viewsaccounts "shopbell/views/accounts"
	viewsinbox "shopbell/views/inbox"
	viewsoutbox "shopbell/views/outbox"
	"shopbell/views/settings"
	"shopbell/views/shell"
	viewstemplates "shopbell/views/templates"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// errPanic stands for a mistake of the program that was caught; the log has the details.
var errPanic = errors.New("a part of the window stopped; the log says where")

// settleScale is how long Fyne takes to bring a new scale to the window, on a quick computer; on a slow one it is asked again.
const (
	settleScale = 80 * time.Millisecond
	settleTries = 25
)

// beat is how often what depends on the clock alone is drawn anew: countdowns, "12 s ago".
const beat = 30 * time.Second

// begin reads the accounts and shows the first page or the tab of last time; then it follows the feed.
func (w *Window) begin() {
	w.sh.Async(w.sh.Base, func(ctx context.Context) (func(), error) {
		list, err := w.desk.Accounts.List(ctx)
		return func() {
			w.accts = list
			if len(list) == 0 && !w.sh.Keep.Welcomed {
				w.welcome()
				return
			}
			w.openFirst()
		}, err
	}, func(err error) {
		w.problem(err)
		w.openFirst()
	})
	w.follow()
	w.tick()
}

func (w *Window) openFirst() {
	tab := w.sh.Keep.Tab
	if !slices.Contains(tabs, tab) {
		tab = shell.TabInbox
	}
	w.open(tab)
	w.refreshCounts()
	w.refreshReceiving()
}

// follow reads the feed until the window closes. What is shown is read again by whoever shows it.
func (w *Window) follow() {
	changes, cancel := w.desk.Feed.Subscribe(app.TopicAccounts, app.TopicContacts, app.TopicConversations, app.TopicMessages, app.TopicOutbox, app.TopicJournal, app.TopicSettings, app.TopicTemplates, app.TopicRecords, app.TopicBroadcasts)
	w.runner.Async(w.sh.Base, func(ctx context.Context) (func(), error) {
		defer cancel()
		for {
			select {
			case <-ctx.Done():
				return nil, nil
			case c, ok := <-changes:
				if !ok {
					return nil, nil
				}
				w.runner.Poster().Post(func() { w.changed(c) })
			}
		}
	})
}

func (w *Window) changed(c app.Changes) {
	if w.sh.Base.Err() != nil {
		return
	}
	for _, v := range w.views {
		v.Changed(c)
	}
	if w.panel != nil {
		w.panel.Changed(c)
	}
	if c.Has(app.TopicConversations) || c.Has(app.TopicOutbox) || c.Has(app.TopicAccounts) {
		w.refreshCounts()
	}
	if c.Has(app.TopicJournal) || c.Has(app.TopicSettings) || c.Has(app.TopicAccounts) {
		w.refreshReceiving()
	}
}

// tick tells the tabs that time has passed.
func (w *Window) tick() {
	w.sh.After(beat, func() {
		w.refreshReceiving()
		if v, ok := w.views[w.now].(interface{ Tick() }); ok {
			v.Tick()
		}
		w.tick()
	})
}

// refreshCounts brings the badges of the rail up to date.
func (w *Window) refreshCounts() {
	w.sh.Async(w.sh.Base, func(ctx context.Context) (func(), error) {
		n, err := w.desk.Inbox.Counts(ctx)
		if err != nil {
			return nil, err
		}
		list, err := w.desk.Accounts.List(ctx)
		return func() {
			w.accts = list
			w.badge(shell.TabInbox, n.UnreadThreads)
			w.badge(shell.TabOutbox, n.Failed)
			w.badge(shell.TabAccounts, viewsaccounts.ToMend(list))
			title := lang.X("window.title", "Shopbell")
			if n.UnreadThreads > 0 {
				title = lang.X("window.title_unread", "({{.N}}) Shopbell", map[string]any{"N": n.UnreadThreads})
			}
			w.win.SetTitle(title)
		}, err
	}, func(err error) { w.log.Warn("the counts could not be read", "err", err) })
}

// refreshReceiving says at the foot of the rail and above the thread whether messages come in.
func (w *Window) refreshReceiving() {
	if w.desk.Listener == nil {
		return
	}
	w.sh.Async(w.sh.Base, func(context.Context) (func(), error) {
		l := w.desk.Listener()
		return func() {
			w.state = l
			words := lang.X("rail.receiving", "Receiving")
			if !l.Listening {
				words = lang.X("rail.not_receiving", "Not receiving")
			}
			w.rail.SetStatus(l.Listening, words, func() { w.open(shell.TabSettings) })
			if in := w.inbox(); in != nil {
				in.SetBanner(w.listenerBanner(l))
			}
			if v, ok := w.views[shell.TabSettings].(*settings.View); ok {
				v.SetListener(l)
			}
			if v, ok := w.views[shell.TabAccounts].(*viewsaccounts.View); ok {
				v.ListenerChanged()
			}
		}, nil
	}, nil)
}

// listenerBanner is what stands above the thread while nothing can come in; nil when it can.
func (w *Window) listenerBanner(l shell.Listener) fyne.CanvasObject {
	if l.Listening {
		return nil
	}
	why := ""
	if l.Err != nil {
		why = shell.WordsOf(l.Err).Message
	}
	buttons := []*widget.Button{widget.NewButton(widget.Plain, lang.X("banner.settings", "Settings"), "", func() { w.open(shell.TabSettings) })}
	if l.Free != "" {
		buttons = append(buttons, widget.NewButton(widget.Main, lang.X("banner.use_free", "Use {{.Addr}}", map[string]any{"Addr": l.Free}), "", func() { w.listenOn(l.Free) }))
	} else {
		buttons = append(buttons, widget.NewButton(widget.Main, lang.X("banner.again", "Try again"), "", func() { w.listenOn(l.Addr) }))
	}
	return widget.NewBanner(widget.Bad, "alert", lang.X("banner.not_receiving", "Messages cannot come in."), why, buttons...)
}

func (w *Window) listenOn(addr string) {
	if w.desk.SetListen == nil {
		return
	}
	w.sh.Async(w.sh.Base, func(ctx context.Context) (func(), error) {
		err := w.desk.SetListen(ctx, addr)
		return func() {
			w.refreshReceiving()
			w.sh.Toasts(shell.Toast{Text: lang.X("listener.now", "Listening on {{.Addr}}", map[string]any{"Addr": addr}), Good: true})
		}, err
	}, func(err error) {
		w.refreshReceiving()
		w.sh.Layers.Problem(err)
	})
}

// open shows a tab, after the one that shows agreed to go.
func (w *Window) open(t shell.Tab) {
	if t == w.now {
		w.rail.SetChosen(slices.Index(tabs, t))
		return
	}
	w.rail.SetChosen(slices.Index(tabs, w.nowOr(t))) // until it agreed
	w.leave(func() { w.turnTo(t) })
}

func (w *Window) nowOr(t shell.Tab) shell.Tab {
	if w.now == "" {
		return t
	}
	return w.now
}

func (w *Window) turnTo(t shell.Tab) {
	if v := w.views[w.now]; v != nil {
		v.Hidden()
	}
	w.now = t
	v := w.view(t)
	w.rail.SetChosen(slices.Index(tabs, t))
	w.root.show(v.Content(), true)
	w.win.Canvas().Unfocus() // the keyboard begins in the tab, wherever it was
	w.sh.Keep.Tab, w.sh.Keep.Welcomed = t, true
	w.sh.Keep.Changed()
	v.Shown()
	w.toasts.Refresh()
	w.table.Refresh()
	w.refreshReceiving()
}

// view gives the tab's view, made when it is first shown.
func (w *Window) view(t shell.Tab) shell.View {
	if v := w.views[t]; v != nil {
		return v
	}
	var v shell.View
	switch t {
	case shell.TabInbox:
		v = w.newInbox()
	case shell.TabOutbox:
		v = viewsoutbox.New(w.sh, viewsoutbox.Params{Outbox: w.desk.Outbox, Broadcasts: w.desk.Broadcasts, Accounts: w.desk.Accounts, Types: w.recordTypes})
	case shell.TabAccounts:
		v = viewsaccounts.New(w.sh, viewsaccounts.Params{Accounts: w.desk.Accounts, Health: w.desk.Health, Listener: func() shell.Listener { return w.state }, SecretsKind: w.desk.SecretsKind, StartPractice: w.practice})
	case shell.TabSettings:
		v = settings.New(w.sh, settings.Params{
			Shop: w.shopSettings(), Theme: w.setTheme, Scale: w.setScale, Listen: w.desk.SetListen, Listener: w.desk.Listener, Home: w.desk.Home, SecretsKind: w.desk.SecretsKind,
			Version: w.desk.Version, LogFile: w.desk.LogFile, OpenLog: w.openLog, GraphVersion: w.desk.GraphVersion, SetGraphVersion: w.desk.SetGraphVersion,
			Me: func() app.Staff { return w.desk.Me }, SaveMe: w.saveMe(),
			History: settings.History{Read: w.desk.HistoryDays, Save: w.desk.SetHistoryDays},
			OptOut:  settings.OptOut{Read: w.desk.Inbox.OptWords, Save: w.desk.Inbox.SetOptWords},
		})
	case shell.TabTemplates:
		v = w.newTemplates()
	default:
		v = w.newRecords()
	}
	w.views[t] = v
	w.root.keep(v.Content())
	return v
}

func (w *Window) newInbox() shell.View {
	p := viewsinbox.Params{
		Inbox: w.desk.Inbox, Outbox: w.desk.Outbox, Accounts: w.desk.Accounts, Me: w.desk.Me, Media: w.desk.Media, People: w.desk.Staff, Changed: w.table.Refresh,
	}
	if w.desk.Kept != nil {
		p.Records = w.desk.Kept
	}
	if w.desk.Templates != nil {
		p.Templates = w.desk.Templates
	}
	if w.desk.Sending != nil {
		p.Previews = w.desk.Sending
	}
	return viewsinbox.New(w.sh, p)
}

func (w *Window) newTemplates() shell.View {
	if w.desk.Templates == nil {
		return soon("templates", lang.X("soon.templates", "There are no templates here"), lang.X("soon.templates_text", "This program was started without them."))
	}
	return viewstemplates.New(w.sh, viewstemplates.Params{
		Templates: w.desk.Templates, Records: w.desk.Records, Accounts: w.desk.Accounts.List, Staff: w.desk.Staff, Starters: w.desk.Starters,
		OpenFile: w.desk.OpenFile, Connect: w.connect, Me: w.desk.Me, Changed: w.table.Refresh, Rates: w.desk.Rates,
	})
}

// templates is the tab of the templates, nil where there is none.
func (w *Window) templates() *viewstemplates.View {
	v, _ := w.view(shell.TabTemplates).(*viewstemplates.View)
	return v
}

// recordTypes are the kinds of records that a broadcast can go to.
func (w *Window) recordTypes(ctx context.Context) ([]records.Type, error) {
	if w.desk.Kept == nil {
		return nil, nil
	}
	catalog, err := w.desk.Kept.Catalog(ctx)
	return catalog.Types(), err
}

// openBroadcast shows a broadcast in the Outbox.
func (w *Window) openBroadcast(id app.ID) {
	w.open(shell.TabOutbox)
	if v, ok := w.view(shell.TabOutbox).(*viewsoutbox.View); ok && w.now == shell.TabOutbox {
		v.OpenBroadcast(id)
	}
}

func (w *Window) inbox() *viewsinbox.View {
	v, _ := w.view(shell.TabInbox).(*viewsinbox.View)
	return v
}

// openConversation shows a conversation in the Inbox.
func (w *Window) openConversation(id app.ID) {
	w.open(shell.TabInbox)
	w.inbox().Choose(id)
}

// connect opens the form of a new account.
func (w *Window) connect() {
	w.open(shell.TabAccounts)
	if v, ok := w.view(shell.TabAccounts).(*viewsaccounts.View); ok && w.now == shell.TabAccounts {
		v.NewAccount()
	}
}

// soonView is a tab whose time has not come. It says so and has no buttons.
type soonView struct{ content fyne.CanvasObject }

func soon(icon, heading, text string) shell.View {
	return &soonView{widget.NewEmptyState(icon, heading, text)}
}

func (s *soonView) Content() fyne.CanvasObject { return s.content }
func (s *soonView) Shown()                     {}
func (s *soonView) Hidden()                    {}
func (s *soonView) Changed(app.Changes)        {}

// applyLook gives the app the chosen theme and scale.
func (w *Window) applyLook() {
	choice := theme.System
	switch w.sh.Keep.Theme {
	case "light":
		choice = theme.Light
	case "dark":
		choice = theme.Dark
	}
	theme.Apply(w.app, choice, theme.ClampScale(w.sh.Keep.Scale))
	if w.root != nil {
		w.root.scale = theme.ClampScale(w.sh.Keep.Scale)
		w.root.object.Refresh()
	}
}

func (w *Window) setTheme(name string) {
	w.sh.Keep.Theme = name
	w.sh.Keep.Changed()
	w.applyLook()
	w.table.Refresh()
	w.lookChanged()
}

// rescale changes the scale by a step; 0 is back to normal.
func (w *Window) rescale(step float32) {
	if step == 0 {
		w.setScale(1)
		return
	}
	w.setScale(theme.ClampScale(w.sh.Keep.Scale) + step)
}

func (w *Window) setScale(scale float32) {
	scale = theme.ClampScale(scale)
	if scale == theme.ClampScale(w.sh.Keep.Scale) {
		return
	}
	if w.pixels.IsZero() {
		was := theme.ClampScale(w.sh.Keep.Scale)
		w.pixels = fyne.NewSize(w.win.Canvas().Size().Width*was, w.win.Canvas().Size().Height*was)
		w.unit = w.win.Canvas().Scale() / was
		w.settle(settleTries)
	}
	w.sh.Keep.Scale = scale
	w.sh.Keep.Changed()
	w.applyLook()
	w.lookChanged()
	w.sh.Say(lang.X("scale.now", "{{.N}} %", map[string]any{"N": int(scale*100 + 0.5)}))
}

// settle gives the window back the size it had before its scale changed, once Fyne draws it at the new one. Fyne would have the window grow with what is
// in it; a window stays as large as the person made it.
func (w *Window) settle(tries int) {
	w.sh.After(settleScale, func() {
		scale := theme.ClampScale(w.sh.Keep.Scale)
		want := fyne.NewSize(w.pixels.Width/scale, w.pixels.Height/scale)
		c := w.win.Canvas()
		there := math.Abs(float64(c.Scale()-w.unit*scale)) < 0.02
		if there && math.Abs(float64(c.Size().Width-want.Width)) < 2 && math.Abs(float64(c.Size().Height-want.Height)) < 2 || tries == 0 {
			w.pixels = fyne.Size{}
			return
		}
		if there {
			w.win.Resize(want)
		}
		w.settle(tries - 1)
	})
}

func (w *Window) lookChanged() {
	if v, ok := w.views[shell.TabSettings].(*settings.View); ok {
		v.LookChanged()
	}
}
