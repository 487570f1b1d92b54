package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Type is one step of the type scale: the size of the letters and the pitch of the lines, in logical pixels.
type Type struct{ Size, Pitch float32 }

// The type scale.
var (
	TypeTime       = Type{11, 14}   // time in a bubble, rail labels, text in a ring
	TypeCaption    = Type{12, 16}   // captions, labels, badges, second lines
	TypeSmall      = Type{13, 18}   // previews, table cells, menus
	TypeNote       = Type{13, 19}   // the text of notes
	TypeBody       = Type{14, 20}   // body, messages, fields, names in rows
	TypeThread     = Type{15, 20}   // title of the thread
	TypeRTL        = Type{15, 24}   // lines of Arabic and Hebrew
	TypeSubHeading = Type{16, 22}   // sub-headings
	TypePage       = Type{18, 24}   // page titles
	TypeHeading    = Type{20, 28}   // headings, big counts
	TypeWelcome    = Type{26, 34}   // the welcome page
	TypeMono       = Type{12.5, 18} // ids and code
)

// Space: a grid of 4.
const (
	Space1 float32 = 4
	Space2 float32 = 8
	Space3 float32 = 12
	Space4 float32 = 16
	Space5 float32 = 20
	Space6 float32 = 24
)

// Corners.
const (
	RadiusControl float32 = 8  // fields, buttons
	RadiusBox     float32 = 10 // text boxes, small cards
	RadiusCard    float32 = 12 // cards, popovers, notes, rail items
	RadiusBubble  float32 = 14
)

// Heights and widths of the parts that several screens share.
const (
	HeightHeader       float32 = 60
	HeightBanner       float32 = 48
	HeightConversation float32 = 72
	HeightTableRow     float32 = 44
	HeightTableHead    float32 = 36
	HeightControl      float32 = 36
	HeightSmallButton  float32 = 30
	HeightBigButton    float32 = 40
	HeightFilterChip   float32 = 26
	HeightPill         float32 = 28
	HeightSmallPill    float32 = 22
	HeightBadge        float32 = 18
	HeightTab          float32 = 38
	HeightComposer     float32 = 46
	WidthRail          float32 = 76
	WidthThreadColumn  float32 = 880
	WidthBubble        float32 = 520
	WidthNote          float32 = 460
)

var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText:            14,
	fynetheme.SizeNameCaptionText:     12,
	fynetheme.SizeNameHeadingText:     20,
	fynetheme.SizeNameSubHeadingText:  16,
	fynetheme.SizeNamePadding:         4,
	fynetheme.SizeNameInnerPadding:    8,
	fynetheme.SizeNameInputBorder:     1,
	fynetheme.SizeNameInputRadius:     8,
	fynetheme.SizeNameSelectionRadius: 8,
	fynetheme.SizeNameButtonRadius:    8,
	fynetheme.SizeNameCardRadius:      12,
	fynetheme.SizeNameDialogRadius:    12,
	fynetheme.SizeNamePopupRadius:     12,
	fynetheme.SizeNameMenuRadius:      12,
	fynetheme.SizeNameInlineIcon:      20,
	fynetheme.SizeNameScrollBar:       10,
	fynetheme.SizeNameScrollBarSmall:  3,
	fynetheme.SizeNameScrollBarRadius: 3,
	fynetheme.SizeNameModalBlurRadius: 0,
}
