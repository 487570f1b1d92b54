package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// The colour names of the house. Every widget takes its colour by name; Focus and the names ending in Dot or Line are for shapes, never for text.
const (
	Canvas        fyne.ThemeColorName = "shopbell.canvas"        // the ground of the thread and of empty pages
	Pane          fyne.ThemeColorName = "shopbell.pane"          // a pane and the cards on it
	PaneAlt       fyne.ThemeColorName = "shopbell.paneAlt"       // the list pane, heads of tables
	Raised        fyne.ThemeColorName = "shopbell.raised"        // buttons, popovers, menus
	Field         fyne.ThemeColorName = "shopbell.field"         // inside of a field
	Chip          fyne.ThemeColorName = "shopbell.chip"          // quiet chips, disabled buttons, loading bars
	Hover         fyne.ThemeColorName = "shopbell.hover"         // ground under the pointer
	Press         fyne.ThemeColorName = "shopbell.press"         // ground while pressed
	Selected      fyne.ThemeColorName = "shopbell.selected"      // ground of the chosen row
	Line          fyne.ThemeColorName = "shopbell.line"          // hairlines between panes and rows
	LineBtn       fyne.ThemeColorName = "shopbell.lineBtn"       // edge of a plain button
	LineStrong    fyne.ThemeColorName = "shopbell.lineStrong"    // edge of a field, scroll bar
	Text          fyne.ThemeColorName = "shopbell.text"          // body text
	Text2         fyne.ThemeColorName = "shopbell.text2"         // second lines, captions
	Text3         fyne.ThemeColorName = "shopbell.text3"         // placeholders, disabled text
	Accent        fyne.ThemeColorName = "shopbell.accent"        // the one accent: main button, links, unread
	AccentHover   fyne.ThemeColorName = "shopbell.accentHover"   // main button under the pointer
	AccentPress   fyne.ThemeColorName = "shopbell.accentPress"   // main button while pressed
	OnAccent      fyne.ThemeColorName = "shopbell.onAccent"      // text on the accent
	AccentSoft    fyne.ThemeColorName = "shopbell.accentSoft"    // soft accent ground
	AccentSoft2   fyne.ThemeColorName = "shopbell.accentSoft2"   // quote ground, selection of text
	Focus         fyne.ThemeColorName = "shopbell.focus"         // keyboard focus ring; a shape, never text
	BubbleIn      fyne.ThemeColorName = "shopbell.bubbleIn"      // bubble of the customer
	BubbleLine    fyne.ThemeColorName = "shopbell.bubbleLine"    // its edge
	BubbleOut     fyne.ThemeColorName = "shopbell.bubbleOut"     // our bubble
	BubbleOutLine fyne.ThemeColorName = "shopbell.bubbleOutLine" // its edge
	Note          fyne.ThemeColorName = "shopbell.note"          // ground of an internal note
	NoteLine      fyne.ThemeColorName = "shopbell.noteLine"      // its edge
	NoteText      fyne.ThemeColorName = "shopbell.noteText"      // its text
	Tick          fyne.ThemeColorName = "shopbell.tick"          // ticks up to delivered
	TickRead      fyne.ThemeColorName = "shopbell.tickRead"      // ticks when read
	Ok            fyne.ThemeColorName = "shopbell.ok"            // good news as text
	OkSoft        fyne.ThemeColorName = "shopbell.okSoft"        // good news as ground
	OkDot         fyne.ThemeColorName = "shopbell.okDot"         // good news as a dot
	Warn          fyne.ThemeColorName = "shopbell.warn"          // attention as text
	WarnSoft      fyne.ThemeColorName = "shopbell.warnSoft"      // attention as ground
	WarnDot       fyne.ThemeColorName = "shopbell.warnDot"       // attention as a dot
	Danger        fyne.ThemeColorName = "shopbell.danger"        // failure as text
	DangerSoft    fyne.ThemeColorName = "shopbell.dangerSoft"    // failure as ground
	DangerDot     fyne.ThemeColorName = "shopbell.dangerDot"     // failure as a dot
	WindowOpen    fyne.ThemeColorName = "shopbell.windowOpen"    // ring above 4 hours
	WindowSoon    fyne.ThemeColorName = "shopbell.windowSoon"    // ring from 4 hours to 1
	WindowClosed  fyne.ThemeColorName = "shopbell.windowClosed"  // the closed window
	Rail          fyne.ThemeColorName = "shopbell.rail"          // ground of the rail
	RailHover     fyne.ThemeColorName = "shopbell.railHover"     // rail item under the pointer
	RailOn        fyne.ThemeColorName = "shopbell.railOn"        // chosen rail item
	RailText      fyne.ThemeColorName = "shopbell.railText"      // rail labels
	RailTextOn    fyne.ThemeColorName = "shopbell.railTextOn"    // label of the chosen rail item
	RailOk        fyne.ThemeColorName = "shopbell.railOk"        // dot: receiving
	RailBad       fyne.ThemeColorName = "shopbell.railBad"       // dot: not receiving
	Brass         fyne.ThemeColorName = "shopbell.brass"         // the bell and its badge
	Phone         fyne.ThemeColorName = "shopbell.phone"         // frame of the phone

	Scrim   fyne.ThemeColorName = "shopbell.scrim"   // over the window behind a sheet
	Shadow  fyne.ThemeColorName = "shopbell.shadow"  // under what floats
	OnBrass fyne.ThemeColorName = "shopbell.onBrass" // text on a brass badge
	ToastBg fyne.ThemeColorName = "shopbell.toastBg" // ground of a toast: the other variant's, so that it stands out
	ToastFg fyne.ThemeColorName = "shopbell.toastFg" // its text
	ToastDo fyne.ThemeColorName = "shopbell.toastDo" // its action
)

// pair is one colour in light and in dark.
type pair struct{ light, dark color.NRGBA }

var palette = map[fyne.ThemeColorName]pair{
	Canvas:        {rgb(0xF3EEE6), rgb(0x161412)},
	Pane:          {rgb(0xFFFFFF), rgb(0x211E1B)},
	PaneAlt:       {rgb(0xFBF8F4), rgb(0x1C1917)},
	Raised:        {rgb(0xFFFFFF), rgb(0x2B2723)},
	Field:         {rgb(0xFFFFFF), rgb(0x2A2622)},
	Chip:          {rgb(0xF0EAE1), rgb(0x322D28)},
	Hover:         {rgb(0xF5F1EA), rgb(0x2A2622)},
	Press:         {rgb(0xE4E4F4), rgb(0x383658)},
	Selected:      {rgb(0xECECFA), rgb(0x2E2C4B)},
	Line:          {rgb(0xE7E0D6), rgb(0x37312B)},
	LineBtn:       {rgb(0xD3C9BB), rgb(0x4F473F)},
	LineStrong:    {rgb(0x8F8577), rgb(0x857A6D)},
	Text:          {rgb(0x241F1B), rgb(0xF1EBE3)},
	Text2:         {rgb(0x5F564C), rgb(0xBDB2A5)},
	Text3:         {rgb(0x71675C), rgb(0xA2978A)},
	Accent:        {rgb(0x4347A9), rgb(0xAFB3FA)},
	AccentHover:   {rgb(0x383C95), rgb(0xBFC2FC)},
	AccentPress:   {rgb(0x2D317C), rgb(0x9BA0F0)},
	OnAccent:      {rgb(0xFFFFFF), rgb(0x1D1B3C)},
	AccentSoft:    {rgb(0xECECFA), rgb(0x2E2C4B)},
	AccentSoft2:   {rgb(0xDCDDF6), rgb(0x3B3963)},
	Focus:         {rgb(0x6B70D6), rgb(0x8D92F0)},
	BubbleIn:      {rgb(0xFFFFFF), rgb(0x2B2723)},
	BubbleLine:    {rgb(0xE5DDD1), rgb(0x383129)},
	BubbleOut:     {rgb(0xE3E4F9), rgb(0x37365F)},
	BubbleOutLine: {rgb(0xD2D4F1), rgb(0x45447A)},
	Note:          {rgb(0xFFF2CC), rgb(0x40351B)},
	NoteLine:      {rgb(0xEBCF86), rgb(0x6B5826)},
	NoteText:      {rgb(0x5A4200), rgb(0xF4DFA6)},
	Tick:          {rgb(0x5F564C), rgb(0xBDB2A5)},
	TickRead:      {rgb(0x4347A9), rgb(0xB9BCFF)},
	Ok:            {rgb(0x1B7145), rgb(0x74D09A)},
	OkSoft:        {rgb(0xDFF2E6), rgb(0x1E3628)},
	OkDot:         {rgb(0x2E9B63), rgb(0x4DB37C)},
	Warn:          {rgb(0x8A5300), rgb(0xEDBA63)},
	WarnSoft:      {rgb(0xFDEDCF), rgb(0x3E3016)},
	WarnDot:       {rgb(0xC27803), rgb(0xE3A33C)},
	Danger:        {rgb(0xB02A20), rgb(0xFF9F92)},
	DangerSoft:    {rgb(0xFCE7E3), rgb(0x482520)},
	DangerDot:     {rgb(0xD2453A), rgb(0xF0695C)},
	WindowOpen:    {rgb(0x2E8F5C), rgb(0x5CC48C)},
	WindowSoon:    {rgb(0xC27803), rgb(0xEDB354)},
	WindowClosed:  {rgb(0x8F8577), rgb(0x857A6D)},
	Rail:          {rgb(0x2A2542), rgb(0x15131F)},
	RailHover:     {rgb(0x37315A), rgb(0x221F33)},
	RailOn:        {rgb(0x463E72), rgb(0x332E52)},
	RailText:      {rgb(0xC3BCDD), rgb(0xB3ABCB)},
	RailTextOn:    {rgb(0xFFFFFF), rgb(0xFFFFFF)},
	RailOk:        {rgb(0x5CC48C), rgb(0x5CC48C)},
	RailBad:       {rgb(0xFF9F92), rgb(0xFF9F92)},
	Brass:         {rgb(0xF2B84B), rgb(0xF2B84B)},
	Phone:         {rgb(0x2A2542), rgb(0x4A433B)},

	Scrim:   {alpha(0x241F1B, 38), alpha(0x000000, 55)},
	Shadow:  {alpha(0x3C2D19, 16), alpha(0x000000, 45)},
	OnBrass: {rgb(0x2A1D00), rgb(0x2A1D00)},
	ToastBg: {rgb(0x241F1B), rgb(0xF1EBE3)},
	ToastFg: {rgb(0xFFFFFF), rgb(0x241F1B)},
	ToastDo: {rgb(0xF2B84B), rgb(0x4347A9)},
}

// ColorNames lists every colour name of the house.
func ColorNames() []fyne.ThemeColorName {
	names := make([]fyne.ThemeColorName, 0, len(palette))
	for n := range palette {
		names = append(names, n)
	}
	return names
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func alpha(v, percent uint32) color.NRGBA {
	c := rgb(v)
	c.A = uint8((255*percent + 50) / 100)
	return c
}
