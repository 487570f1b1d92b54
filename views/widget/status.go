package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// StatusLook is how a template's status is shown: the word, the icon and the tone. Statuses are Meta's (Meta:
// message templates, field status) and the desk's own: empty or DRAFT, UPLOADING, GONE, CONFLICT, ARCHIVED. One that
// is not known is shown in its own letters.
func StatusLook(status string) (word, icon string, tone Tone) {
	switch strings.ToUpper(status) {
	case "", "DRAFT":
		return lang.X("status.draft", "Draft"), "edit", Quiet
	case "UPLOADING":
		return lang.X("status.uploading", "Uploading"), "upload", Accent
	case "PENDING", "IN_REVIEW", "SUBMITTED":
		return lang.X("status.pending", "Pending"), "clock", Warn
	case "APPROVED", "ACTIVE":
		return lang.X("status.approved", "Approved"), "check", Ok
	case "REJECTED":
		return lang.X("status.rejected", "Rejected"), "alert", Bad
	case "PAUSED":
		return lang.X("status.paused", "Paused"), "pause", Warn
	case "FLAGGED":
		return lang.X("status.flagged", "Flagged"), "warn", Warn
	case "DISABLED":
		return lang.X("status.disabled", "Disabled"), "stop", Bad
	case "LOCKED":
		return lang.X("status.locked", "Locked"), "lock", Warn
	case "LIMIT_EXCEEDED":
		return lang.X("status.limit", "Limit reached"), "warn", Bad
	case "IN_APPEAL", "APPEAL_REQUESTED":
		return lang.X("status.appeal", "In appeal"), "shield", Warn
	case "PENDING_DELETION":
		return lang.X("status.deleting", "Being deleted"), "trash", Warn
	case "DELETED", "GONE":
		return lang.X("status.gone", "Gone at Meta"), "trash", Quiet
	case "CONFLICT":
		return lang.X("status.conflict", "Differs"), "copy", Warn
	case "ARCHIVED":
		return lang.X("status.archived", "Archived"), "file", Quiet
	}
	word = strings.ToLower(strings.ReplaceAll(cleanLine(status), "_", " "))
	end := cutAt(word, 1)
	return strings.ToUpper(word[:end]) + word[end:], "info", Quiet
}

// StatusChip says in a small pill how a template stands, and why when the pointer rests on it. Clicks go through it
// to what it lies on.
type StatusChip struct {
	fynewidget.BaseWidget
	// OnHover tells the row below that the pointer is still over it; it may be nil.
	OnHover func(in bool)

	pill   *Pill
	status string
	reason string
	tip    tip
}

var _ desktop.Hoverable = (*StatusChip)(nil)

// NewStatusChip makes the chip of a status; an empty reason shows none.
func NewStatusChip(status, reason string) *StatusChip {
	c := &StatusChip{pill: NewSmallPill("", "", Quiet)}
	c.ExtendBaseWidget(c)
	c.Set(status, reason)
	return c
}

// Set changes the status and its reason.
func (c *StatusChip) Set(status, reason string) {
	c.status, c.reason = status, reason
	c.pill.Set(StatusLook(status))
	c.Refresh()
}

// Words is what the chip says.
func (c *StatusChip) Words() string { return c.pill.Text() }

// Reason is what it says on hover.
func (c *StatusChip) Reason() string { return c.reason }

// MouseIn is for Fyne.
func (c *StatusChip) MouseIn(ev *desktop.MouseEvent) {
	c.tip.hover(c, c.reason, true, ev.AbsolutePosition)
	if c.OnHover != nil {
		c.OnHover(true)
	}
}

// MouseMoved is for Fyne.
func (c *StatusChip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (c *StatusChip) MouseOut() {
	c.tip.hide()
	if c.OnHover != nil {
		c.OnHover(false)
	}
}

// CreateRenderer is for Fyne.
func (c *StatusChip) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer(c, func() fyne.Size { return c.pill.MinSize() },
		func(size fyne.Size) { place(c.pill, 0, 0, size.Width, size.Height) }, func() {}, c.pill)
}

// QualityDot shows how Meta rates a template: a full dot, or a ring while it has no rating.
type QualityDot struct {
	fynewidget.BaseWidget
	score string
	tip   tip
}

var _ desktop.Hoverable = (*QualityDot)(nil)

// NewQualityDot makes the dot of a score (Meta: GREEN, YELLOW, RED, UNKNOWN; empty is unknown).
func NewQualityDot(score string) *QualityDot {
	d := &QualityDot{score: score}
	d.ExtendBaseWidget(d)
	return d
}

// Set changes the score.
func (d *QualityDot) Set(score string) {
	if d.score != score {
		d.score = score
		d.Refresh()
	}
}

// Words names the score, for the tip and for a line of text beside it.
func (d *QualityDot) Words() string {
	switch strings.ToUpper(d.score) {
	case "GREEN":
		return lang.X("quality.green", "High quality")
	case "YELLOW":
		return lang.X("quality.yellow", "Medium quality: some customers blocked or reported it")
	case "RED":
		return lang.X("quality.red", "Low quality: Meta may pause it")
	}
	return lang.X("quality.unknown", "No quality rating yet")
}

// MouseIn is for Fyne.
func (d *QualityDot) MouseIn(ev *desktop.MouseEvent) {
	d.tip.hover(d, d.Words(), true, ev.AbsolutePosition)
}

// MouseMoved is for Fyne.
func (d *QualityDot) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (d *QualityDot) MouseOut() { d.tip.hide() }

// CreateRenderer is for Fyne.
func (d *QualityDot) CreateRenderer() fyne.WidgetRenderer {
	const side = 8
	dot := newRect(side / 2)
	paint := func() {
		switch strings.ToUpper(d.score) {
		case "GREEN":
			fill(dot, theme.OkDot, "", 0)
		case "YELLOW":
			fill(dot, theme.WarnDot, "", 0)
		case "RED":
			fill(dot, theme.DangerDot, "", 0)
		default:
			fill(dot, "", theme.LineStrong, 1)
		}
	}
	layout := func(size fyne.Size) { place(dot, (size.Width-side)/2, (size.Height-side)/2, side, side) }
	return newRenderer(d, func() fyne.Size { return fyne.NewSquareSize(side + 4) }, layout, paint, dot)
}
