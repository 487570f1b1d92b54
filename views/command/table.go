package command

import (
	"fmt"

	"fyne.io/fyne/v2"
)

// Menu says in which menu of the menu bar a command stands. The order is that of the bar.
type Menu int

// The menus of the bar. Hidden commands are in no menu, but in the palette.
const (
	Shopbell Menu = iota
	Edit
	Conversation
	Template
	Record
	View
	Go
	Help
	Hidden
)

// Command is one thing a person can ask for.
type Command struct {
	ID       string      // stable; never shown
	Title    string      // in the language of the person
	Menu     Menu        // where it stands
	Group    int         // commands of a menu with different groups have a line between them
	Key      Key         // works wherever the focus is, because it stands on a menu item; zero for none
	Also     []Key       // further keys, which a focused text field may swallow
	Enabled  func() bool // nil: always
	Checked  func() bool // nil: never
	Run      func()
	NoSearch bool // not in the palette: it makes no sense there
}

// Table holds the commands of a window, in the order of the menus.
type Table struct {
	commands []*Command
	byID     map[string]*Command
	items    map[string]*fyne.MenuItem
	menu     *fyne.MainMenu
	names    map[Menu]string
}

// New makes a table. names are the titles of the menus.
func New(names map[Menu]string) *Table {
	return &Table{byID: map[string]*Command{}, items: map[string]*fyne.MenuItem{}, names: names}
}

// Add puts commands into the table. An id given twice is a mistake of the program.
func (t *Table) Add(commands ...Command) {
	for _, c := range commands {
		if _, ok := t.byID[c.ID]; ok {
			panic("command: " + c.ID + " is in the table twice")
		}
		t.commands = append(t.commands, &c)
		t.byID[c.ID] = &c
	}
}

// All gives the commands in the order they were added.
func (t *Table) All() []*Command { return t.commands }

// Get gives a command by its id, or nil.
func (t *Table) Get(id string) *Command { return t.byID[id] }

// Usable tells whether a command can be run now.
func (c *Command) Usable() bool { return c.Run != nil && (c.Enabled == nil || c.Enabled()) }

// Run runs a command if it can be run now, and tells whether it did.
func (t *Table) Run(id string) bool {
	c := t.byID[id]
	if c == nil || !c.Usable() {
		return false
	}
	c.Run()
	return true
}

// MainMenu makes the menu bar. Every item runs its command through Run, since Fyne runs the shortcut of a disabled item too.
func (t *Table) MainMenu() *fyne.MainMenu {
	var menus []*fyne.Menu
	for m := Shopbell; m < Hidden; m++ {
		var items []*fyne.MenuItem
		group := 0
		for _, c := range t.commands {
			if c.Menu != m {
				continue
			}
			if len(items) > 0 && c.Group != group {
				items = append(items, fyne.NewMenuItemSeparator())
			}
			group = c.Group
			item := fyne.NewMenuItem(c.Title, func() { t.Run(c.ID) })
			item.IsQuit = c.ID == Quit
			if !c.Key.IsZero() {
				item.Shortcut = c.Key.Shortcut()
			}
			t.items[c.ID] = item
			items = append(items, item)
		}
		if len(items) > 0 {
			menus = append(menus, fyne.NewMenu(t.names[m], items...))
		}
	}
	t.menu = fyne.NewMainMenu(menus...)
	t.update()
	return t.menu
}

// Quit is the id of the command that ends the program; Fyne must know its menu item.
const Quit = "quit"

// Refresh brings the menu bar up to date with what can be run now. It draws only when something changed.
func (t *Table) Refresh() {
	if t.menu != nil && t.update() {
		t.menu.Refresh()
	}
}

func (t *Table) update() (changed bool) {
	for id, item := range t.items {
		c := t.byID[id]
		off, on := !c.Usable(), c.Checked != nil && c.Checked()
		if item.Disabled != off || item.Checked != on {
			item.Disabled, item.Checked, changed = off, on, true
		}
	}
	return changed
}

// Shortcuts is the part of a canvas that takes shortcuts.
type Shortcuts interface {
	AddShortcut(fyne.Shortcut, func(fyne.Shortcut))
}

// Bind makes the further keys work on a canvas.
func (t *Table) Bind(c Shortcuts) {
	for _, cmd := range t.commands {
		for _, k := range cmd.Also {
			if k.Modifier != 0 {
				c.AddShortcut(k.Shortcut(), func(fyne.Shortcut) { t.Run(cmd.ID) })
			}
		}
	}
}

// Shortcut runs the command that one of the further keys stands for, and tells whether there was one.
func (t *Table) Shortcut(s fyne.Shortcut) bool {
	for _, c := range t.commands {
		for _, k := range c.Also {
			if k.Modifier != 0 && k.Shortcut().ShortcutName() == s.ShortcutName() {
				return t.Run(c.ID)
			}
		}
	}
	return false
}

// Typed runs the command that a key without modifiers stands for, and tells whether there was one.
func (t *Table) Typed(name fyne.KeyName) bool {
	for _, c := range t.commands {
		for _, k := range c.Also {
			if k.Modifier == 0 && k.Name == name {
				return t.Run(c.ID)
			}
		}
	}
	return false
}

// Collisions names every key that stands for two commands, or for one that text fields need themselves.
func (t *Table) Collisions() []string {
	var out []string
	taken := map[Key]string{}
	for _, k := range entryKeys {
		taken[k] = "text fields"
	}
	for _, c := range t.commands {
		for _, k := range append([]Key{c.Key}, c.Also...) {
			if k.IsZero() {
				continue
			}
			if other, ok := taken[k]; ok {
				out = append(out, fmt.Sprintf("%s is taken by %s and %s", k, other, c.ID))
			}
			taken[k] = c.ID
		}
	}
	return out
}

// Name is the title of a menu.
func (t *Table) Name(m Menu) string { return t.names[m] }
