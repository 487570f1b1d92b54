package views

import (
	"slices"

	"fyne.io/fyne/v2/lang"

	"shopbell/views/shell"
	"shopbell/views/widget"
)

// tabs lists the tabs in the order of the rail.
var tabs = []shell.Tab{shell.TabInbox, shell.TabOutbox, shell.TabTemplates, shell.TabRecords, shell.TabAccounts, shell.TabSettings}

func tabTitle(t shell.Tab) string {
	switch t {
	case shell.TabInbox:
		return lang.X("tab.inbox", "Inbox")
	case shell.TabOutbox:
		return lang.X("tab.outbox", "Outbox")
	case shell.TabTemplates:
		return lang.X("tab.templates", "Templates")
	case shell.TabRecords:
		return lang.X("tab.records", "Records")
	case shell.TabAccounts:
		return lang.X("tab.accounts", "Accounts")
	}
	return lang.X("tab.settings", "Settings")
}

func newRail(open func(shell.Tab), hint func(words, command string) string) *widget.Rail {
	var items []widget.RailItem
	for _, t := range tabs {
		items = append(items, widget.RailItem{Icon: string(t), Label: tabTitle(t), Hint: hint(tabTitle(t), "go."+string(t))})
	}
	return widget.NewRail(items, func(i int) { open(tabs[i]) })
}

func (w *Window) badge(t shell.Tab, n int) { w.rail.SetBadge(slices.Index(tabs, t), n) }
