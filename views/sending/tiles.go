package sending

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app/records"
	service "shopbell/app/sending"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// tiles are the three figures: how many will be sent, how many won't, and what it costs.
type tiles struct {
	object           *fyne.Container
	goes, not, costs *tile
}

func newTiles() *tiles {
	t := &tiles{goes: newTile(theme.OkSoft, theme.Ok), not: newTile(theme.WarnSoft, theme.Warn), costs: newTile(theme.Chip, theme.Text)}
	t.object = layout.TallRow(theme.Space2, layout.Grow(t.goes), layout.Grow(t.not), layout.Grow(t.costs))
	return t
}

// set shows a report; of a single message only what it costs.
func (t *tiles) set(r service.Report, one bool) {
	for _, box := range t.object.Objects[:2] {
		layout.SetVisible(box, !one)
	}
	no := r.Total - r.OK
	t.goes.set(naming.Number(r.OK), lang.X("sending.will", "will be sent"), "")
	t.not.set(naming.Number(no), lang.X("sending.will_not", "will not"), "")
	if no == 0 {
		t.not.colours(theme.Chip, theme.Text2)
	} else {
		t.not.colours(theme.WarnSoft, theme.Warn)
	}
	if r.OK == 0 {
		t.goes.colours(theme.Chip, theme.Text2)
	} else {
		t.goes.colours(theme.OkSoft, theme.Ok)
	}
	t.costs.set(costWords(r.Estimate), costBelow(r.Estimate), costHint(r.Estimate))
}

// costWords is the sum, as near as the table knows it.
func costWords(e service.Estimate) string {
	switch {
	case e.Charged == 0 && e.Unknown == 0 && e.Free > 0:
		return lang.X("sending.free", "Free")
	case e.Charged == 0 && e.Unknown > 0:
		return lang.X("sending.unknown_cost", "?")
	case e.Charged == 0:
		return "–"
	case e.Micros < 10_000:
		return "< " + money(10_000, e.Currency)
	}
	return "≈ " + money(e.Micros, e.Currency)
}

func costBelow(e service.Estimate) string {
	switch {
	case e.Unknown > 0:
		return lang.X("sending.no_price", "{{.N}} without a price", map[string]any{"N": naming.Number(e.Unknown)})
	case e.Free == 1 && e.Charged > 0:
		return lang.X("sending.free_1", "1 is free")
	case e.Free > 0 && e.Charged > 0:
		return lang.X("sending.free_n", "{{.N}} are free", map[string]any{"N": naming.Number(e.Free)})
	case e.Free > 0:
		return lang.X("sending.free_all", "window open")
	}
	return lang.X("sending.cost", "if delivered")
}

func costHint(e service.Estimate) string {
	if e.Currency == "" {
		return ""
	}
	return lang.X("sending.rates_of", "Prices in {{.Currency}}, of {{.Date}}", map[string]any{"Currency": e.Currency, "Date": rateDay(e.Date)})
}

func rateDay(date string) string {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return records.Style{Language: language()}.Write(records.Field{Kind: records.KindDate}, records.Date(at), "")
}

// money writes millionths of a unit as the person's language does.
func money(micros int64, currency string) string {
	cents := (micros + 5000) / 10_000
	return records.Style{Language: language()}.Write(records.Field{Kind: records.KindAmount}, records.Amount(fmt.Sprintf("%d.%02d", cents/100, cents%100), currency), "")
}

// language is that of the window, as the domain spells it.
func language() string { return strings.ReplaceAll(string(lang.SystemLocale()), "-", "_") }

// prices says where the prices come from and how to replace them.
func (c *check) prices() {
	e := c.report.Estimate
	column := layout.Column(theme.Space3, widget.NewBold(lang.X("sending.about_prices", "About these prices"), theme.TypePage, theme.Text))
	say := func(words string, colour fyne.ThemeColorName) { column.Add(shell.Paragraph(words, colour)) }
	if e.Currency == "" {
		say(lang.X("sending.no_rates", "There is no table of prices here."), theme.Text)
	} else {
		say(lang.X("sending.rates_text", "Meta charges for each template message that is delivered, by its category and the customer’s country. The prices here are in {{.Currency}} and of {{.Date}}, without the discounts for large numbers.",
			map[string]any{"Currency": e.Currency, "Date": rateDay(e.Date)}), theme.Text)
	}
	if c.v.p.Rates != nil {
		if r := c.v.p.Rates(); len(r.FreeWindow) > 0 {
			now := c.v.sh.Now()
			until, err := time.Parse(time.DateOnly, r.FreeUntil)
			switch {
			case err != nil:
				say(lang.X("sending.rates_free", "Utility messages to customers who wrote within the last 24 hours are counted as free."), theme.Text)
			case now.Before(until):
				say(lang.X("sending.rates_free_until", "Utility messages to customers who wrote within the last 24 hours are counted as free until {{.Date}}.", map[string]any{"Date": rateDay(r.FreeUntil)}), theme.Text)
			default:
				say(lang.X("sending.rates_free_over", "Since {{.Date}} utility messages to customers who wrote within the last 24 hours are charged, too.", map[string]any{"Date": rateDay(r.FreeUntil)}), theme.Text)
			}
		}
	}
	say(lang.X("sending.rates_replace", "Meta changes its prices every quarter and has no way to ask for them. To use newer ones, put a table named rates.json into Shopbell’s data folder (Settings says where that is)."), theme.Text2)
	var s *shell.Sheet
	done := widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.Close() })
	column.Add(layout.Row(0, layout.Gap(), done))
	s = c.v.sh.Layers.Show(column, 460, 0, nil)
	c.v.sh.Layers.FocusFirst()
}

// tile is one figure with what it means below it.
type tile struct {
	fynewidget.BaseWidget
	ground       *widget.Ground
	count, below *widget.Text
	content      *fyne.Container
	hint         string
	tip          widget.Tip
}

var _ desktop.Hoverable = (*tile)(nil)

func newTile(ground, letters fyne.ThemeColorName) *tile {
	t := &tile{ground: widget.NewGround(ground, "", theme.RadiusBox), count: widget.NewBold("", theme.TypeHeading, letters).Shrinking(), below: widget.NewText("", theme.TypeSmall, theme.Text2).Shrinking()}
	t.content = layout.Over(t.ground, layout.Pad(theme.Space2, theme.Space2, theme.Space2, theme.Space3, layout.Column(0, t.count, t.below)))
	t.ExtendBaseWidget(t)
	return t
}

func (t *tile) set(count, below, hint string) {
	t.count.SetText(count)
	t.below.SetText(below)
	t.hint = hint
}

func (t *tile) colours(ground, letters fyne.ThemeColorName) {
	t.ground.Set(ground, "")
	t.count.SetColour(letters)
}

// MouseIn shows where the figure comes from.
func (t *tile) MouseIn(*desktop.MouseEvent) { t.tip.Hover(t, t.hint, true) }

// MouseMoved is for Fyne.
func (t *tile) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides it.
func (t *tile) MouseOut() { t.tip.Hover(t, "", false) }

// CreateRenderer is for Fyne.
func (t *tile) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(t.content) }
