// Package views is the window: the rail with its tabs, the menu bar, the palette, and what floats over them.
// It reads what it shows from the services of the domain, subscribes to the change feed, and reads again.
package views
