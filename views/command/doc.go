// Package command is the one table of what a person can ask the window to do. Menus, shortcuts, the palette and the sheet of shortcuts are all
// made from it, so that they cannot drift apart.
package command
