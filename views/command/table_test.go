package command

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

func table() (*Table, *[]string) {
	var ran []string
	run := func(id string) func() { return func() { ran = append(ran, id) } }
	t := New(map[Menu]string{Shopbell: "Shopbell", Go: "Go", Help: "Help"})
	on := true
	t.Add(
		Command{ID: "settings", Title: "Settings", Menu: Shopbell, Key: Ctrl(fyne.KeyComma), Run: run("settings")},
		Command{ID: Quit, Title: "Quit", Menu: Shopbell, Group: 1, Key: Ctrl(fyne.KeyQ), Run: run(Quit), NoSearch: true},
		Command{ID: "inbox", Title: "Inbox", Menu: Go, Key: Ctrl(fyne.Key1), Run: run("inbox"), Enabled: func() bool { return on }},
		Command{ID: "off", Title: "Off", Menu: Go, Key: Ctrl(fyne.Key2), Run: run("off"), Enabled: func() bool { return false }},
		Command{ID: "keys", Title: "Shortcuts", Menu: Help, Key: Ctrl(fyne.KeySlash), Also: []Key{Plain(fyne.KeyF1), CtrlShift(fyne.KeyK)}, Run: run("keys")},
		Command{ID: "dark", Title: "Dark theme", Menu: Hidden, Run: run("dark")},
	)
	return t, &ran
}

func TestMainMenu(t *testing.T) {
	tab, ran := table()
	menu := tab.MainMenu()
	var titles []string
	for _, m := range menu.Items {
		titles = append(titles, m.Label)
	}
	if !slices.Equal(titles, []string{"Shopbell", "Go", "Help"}) {
		t.Fatalf("menus: %v", titles)
	}
	first := menu.Items[0].Items
	if len(first) != 3 || !first[1].IsSeparator || !first[2].IsQuit {
		t.Fatalf("first menu: %+v", first)
	}
	off := menu.Items[1].Items[1]
	if !off.Disabled {
		t.Error("a command that cannot be run is not grey")
	}
	off.Action() // as its shortcut would
	menu.Items[1].Items[0].Action()
	if !slices.Equal(*ran, []string{"inbox"}) {
		t.Errorf("ran %v", *ran)
	}
}

func TestKeys(t *testing.T) {
	tab, ran := table()
	var handler fyne.ShortcutHandler
	tab.Bind(&handler)
	handler.TypedShortcut(CtrlShift(fyne.KeyK).Shortcut())
	if !tab.Typed(fyne.KeyF1) || tab.Typed(fyne.KeyF2) {
		t.Error("F1 is known, F2 is not")
	}
	if !tab.Shortcut(CtrlShift(fyne.KeyK).Shortcut()) || tab.Shortcut(Ctrl(fyne.Key1).Shortcut()) {
		t.Error("only the further keys are looked up")
	}
	if !slices.Equal(*ran, []string{"keys", "keys", "keys"}) {
		t.Errorf("ran %v", *ran)
	}
	if s := CtrlShift(fyne.KeyN).String(); s != "Ctrl+Shift+N" {
		t.Errorf("written as %q", s)
	}
	if s := Alt(fyne.KeyUp).String(); s != "Alt+↑" {
		t.Errorf("written as %q", s)
	}
}

func TestCollisions(t *testing.T) {
	tab, _ := table()
	if c := tab.Collisions(); len(c) != 0 {
		t.Fatalf("collisions: %v", c)
	}
	tab.Add(Command{ID: "twice", Key: Ctrl(fyne.Key1)}, Command{ID: "copy", Key: Ctrl(fyne.KeyC)})
	if c := tab.Collisions(); len(c) != 2 {
		t.Fatalf("collisions: %v", c)
	}
}

func TestFind(t *testing.T) {
	tab, _ := table()
	all := tab.Entries()
	if len(all) != 4 { // neither Quit nor what is off
		t.Fatalf("%d entries", len(all))
	}
	if got := Find("", all); len(got) != 4 || got[0].At != nil {
		t.Errorf("nothing typed: %+v", got)
	}
	if got := Find("drk", all); len(got) != 1 || got[0].Title != "Dark theme" || len(got[0].At) != 3 {
		t.Errorf("drk: %+v", got)
	}
	if got := Find("zz", all); len(got) != 0 {
		t.Errorf("zz: %+v", got)
	}
	many := make([]Entry, 100)
	for i := range many {
		many[i].Title = "Mai"
	}
	if got := Find("m", many); len(got) != MostFound {
		t.Errorf("%d found", len(got))
	}
}
