package widget

import (
	"fyne.io/fyne/v2"

	"shopbell/views/theme"
)

// TableColumn is one column of a Table.
type TableColumn struct {
	Key      string  // what the screen calls it
	Title    string  // what a person reads above it
	Width    float32 // in logical pixels; 0: as the table finds room
	Share    float32 // how much of the room that is left it takes, beside others; 0 takes none
	Trailing bool    // numbers, amounts, pills: at the right edge
	Bold     bool    // names the row
	Fixed    bool    // a click on its head does not sort
}

// TableCell is what stands in one cell.
type TableCell struct {
	Text   string
	Colour fyne.ThemeColorName // "" is the usual one
	Pill   bool                // in a pill of the tone
	Tone   Tone
}

// TableRow is what a Table draws of one row.
type TableRow struct {
	Cells  []TableCell // as many as there are columns
	Marked bool        // its box is ticked
	Open   bool        // it is open beside the table
}

// MarkState is the tick of the head's box.
type MarkState int

// The states of the head's box.
const (
	MarkNone MarkState = iota
	MarkSome
	MarkAll
)

// The measures of a table, as the design has them.
const (
	tableBox       float32 = 18 // the tick box
	tableLeft      float32 = 16 // from the edge to the box
	tableLead      float32 = 46 // from the edge to the first column
	tableEnd       float32 = 12 // from the last column to the edge
	tableGap       float32 = 20 // between columns
	tableLeast     float32 = 56 // a column's width at least
	tablePillPad   float32 = 8
	tableGrip      float32 = 9 // where a column's edge can be taken
	tableNearPages float32 = 1 // how many pages around what is seen are asked for
)

// tableSpot is where a column stands.
type tableSpot struct{ x, w float32 }

// spots gives each column its place in a width. Columns that share what is left never get narrower than their own width, so a table that is
// too wide scrolls sideways; all is then the width of its content.
func spots(columns []TableColumn, width float32) (at []tableSpot, all float32) {
	at = make([]tableSpot, len(columns))
	var fixed, shares float32
	for i, c := range columns {
		at[i].w = max(c.Width, tableLeast)
		fixed += at[i].w
		shares += c.Share
	}
	gaps := tableGap * float32(max(len(columns)-1, 0))
	left := width - tableLead - tableEnd - fixed - gaps
	if left > 0 && shares > 0 {
		for i, c := range columns {
			at[i].w += left * c.Share / shares
		}
	}
	x := tableLead
	for i := range at {
		at[i].x = x
		x += at[i].w + tableGap
	}
	all = x - tableGap + tableEnd
	if len(at) == 0 {
		all = width
	}
	return at, max(all, width)
}

// usual is the colour of a cell that asks for none.
func (c TableColumn) usual() fyne.ThemeColorName {
	if c.Bold {
		return theme.Text
	}
	return theme.Text2
}
