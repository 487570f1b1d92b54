package papers

// page is a sheet with what is drawn on it. Lengths are points (1/72 inch) from its upper left corner.
type page struct {
	w, h  float64
	items []any // box, words, picture
	links []area
}

// box is a filled rectangle.
type box struct {
	x, y, w, h float64
	fill       Colour
}

// words is one line of text; y is where its letters stand.
type words struct {
	x, y, size float64
	fill       Colour
	line       line
}

// picture is the logo.
type picture struct {
	x, y, w, h float64
	logo       *Logo
}

// area leads to a page of the web.
type area struct {
	x, y, w, h float64
	url        string
}

// align says where in its room a text stands. Start is left where writing goes to the right.
type align int

const (
	start align = iota
	middle
	end
)

// canvas draws on one page as if writing went to the right, and turns everything round where it goes to the left.
type canvas struct {
	page *page
	turn bool
}

func (c *canvas) left(x, w float64) float64 {
	if c.turn {
		return c.page.w - x - w
	}
	return x
}

func (c *canvas) box(x, y, w, h float64, fill Colour) {
	if w > 0 && h > 0 {
		c.page.items = append(c.page.items, box{c.left(x, w), y, w, h, fill})
	}
}

// text draws a line in the room that begins at x and is w wide; y is the upper edge.
func (c *canvas) text(l line, x, y, w, size float64, fill Colour, where align) {
	long := l.width * size / em
	at := c.left(x, w)
	switch {
	case where == middle:
		at += (w - long) / 2
	case (where == end) != c.turn:
		at += w - long
	}
	c.page.items = append(c.page.items, words{at, y + l.ascent*size/em, size, fill, l})
}

func (c *canvas) picture(l *Logo, x, y, w, h float64) {
	c.page.items = append(c.page.items, picture{c.left(x, w), y, w, h, l})
}

func (c *canvas) link(x, y, w, h float64, url string) {
	c.page.links = append(c.page.links, area{c.left(x, w), y, w, h, url})
}

// code draws a QR code of a side, with a white margin of four squares inside it (ISO/IEC 18004: quiet zone).
func (c *canvas) code(q code, x, y, side float64) {
	const quiet = 4
	c.box(x, y, side, side, white)
	square := side / float64(len(q)+2*quiet)
	x = c.left(x, side)
	for row, squares := range q {
		for col := 0; col < len(squares); col++ {
			from := col
			for col < len(squares) && squares[col] {
				col++
			}
			if col > from {
				c.page.items = append(c.page.items, box{
					x + float64(quiet+from)*square, y + float64(quiet+row)*square, float64(col-from) * square, square, ink,
				})
			}
		}
	}
}
