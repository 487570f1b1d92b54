package widget

import (
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// File is what a FileRow shows of a file.
type File struct {
	Name   string
	MIME   string
	Size   int64       // bytes
	Detail string      // "1200 × 628", "0:24"; may be empty
	Thumb  image.Image // may be nil
}

// FileRow takes one file: chosen, dropped or pasted. It shows what it has, what is wrong with it and how far its
// upload is.
type FileRow struct {
	fynewidget.BaseWidget
	hint, limits string
	file         *File
	wrong        string
	share        float32 // of the upload, below 0 when there is none
	choose       *Button
	remove       *Button
	mend         *Button
	mendDo       func()
	disabled     bool
}

// NewFileRow makes an empty row. hint says what may be dropped, limits what it may be: "JPEG or PNG, at most 5 MB".
func NewFileRow(hint, limits string, choose, remove func()) *FileRow {
	f := &FileRow{hint: hint, limits: limits, share: -1}
	f.choose = NewButton(Plain, lang.X("file.choose", "Choose…"), "clip", choose).Sized(Small)
	f.remove = NewIconButton("x", lang.X("file.remove", "Remove the file"), remove).Sized(Small)
	f.mend = NewButton(TextOnly, "", "", func() { callIf(f.mendDo) }).Sized(Small)
	f.ExtendBaseWidget(f)
	return f
}

// SetFile shows a file; nil empties the row. What was wrong is forgotten.
func (f *FileRow) SetFile(file *File) {
	f.file, f.wrong, f.share = file, "", -1
	f.Refresh()
}

// File is the file it shows, nil when there is none.
func (f *FileRow) File() *File { return f.file }

// SetWrong says why the file cannot be used, and offers what mends it; mend may be empty.
func (f *FileRow) SetWrong(reason, mend string, do func()) {
	f.wrong, f.mendDo = reason, do
	f.mend.SetText(mend)
	f.Refresh()
}

// SetProgress shows how much of the upload is done, from 0 to 1; less than 0 ends it.
func (f *FileRow) SetProgress(share float32) {
	f.share = fyne.Min(share, 1)
	f.Refresh()
}

// SetReadOnly shows the file without letting it be changed.
func (f *FileRow) SetReadOnly(on bool) {
	f.disabled = on
	f.Refresh()
}

// Holds tells whether a point of the canvas lies on the row, for files that are dropped on the window.
func (f *FileRow) Holds(at fyne.Position) bool {
	p := fyne.CurrentApp().Driver().AbsolutePositionForObject(f)
	return f.Visible() && at.X >= p.X && at.Y >= p.Y && at.X < p.X+f.Size().Width && at.Y < p.Y+f.Size().Height
}

// FileSize is a size in bytes as a person reads it.
func FileSize(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1_000_000:
		return fmt.Sprintf("%d kB", (n+500)/1000)
	case n < 1_000_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// fileKind names the kind of a file shortly, and its icon.
func fileKind(mime string) (name, icon string) {
	major, minor, _ := strings.Cut(mime, "/")
	minor, _, _ = strings.Cut(minor, ";")
	switch major {
	case "image":
		icon = "image"
	case "video", "audio":
		icon = "play"
	default:
		icon = "file"
	}
	minor = strings.TrimPrefix(minor, "x-")
	if i := strings.LastIndexByte(minor, '.'); i >= 0 {
		minor = minor[i+1:]
	}
	return strings.ToUpper(minor), icon
}

func (f *FileRow) facts() string {
	if f.file == nil {
		return f.limits
	}
	kind, _ := fileKind(f.file.MIME)
	parts := make([]string, 0, 3)
	size := FileSize(f.file.Size)
	if f.file.Size == 0 { // nobody knows
		size = ""
	}
	for _, s := range []string{kind, size, f.file.Detail} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// CreateRenderer is for Fyne.
func (f *FileRow) CreateRenderer() fyne.WidgetRenderer {
	const height = 60
	frame, track, full := newRect(theme.RadiusBox), newRect(2), newRect(2)
	icon, name, facts := newGlyph(), newText(theme.TypeBody, plain), newText(theme.TypeCaption, plain)
	thumb := &canvas.Image{FillMode: canvas.ImageFillCover, CornerRadius: 6}
	thumb.Hidden = true
	below := newText(theme.TypeCaption, plain)
	paint := func() {
		g, e, w := theme.PaneAlt, theme.LineStrong, float32(1)
		switch {
		case f.wrong != "":
			e, w = theme.Danger, 2
		case f.file != nil:
			g, e = theme.Field, theme.LineBtn
		}
		fill(frame, g, e, w)
		fill(track, theme.Chip, "", 0)
		fill(full, theme.Accent, "", 0)
		kind := "upload"
		if f.file != nil {
			_, kind = fileKind(f.file.MIME)
		}
		var picture image.Image
		if f.file != nil {
			picture = f.file.Thumb
		}
		if picture != nil {
			kind = ""
		}
		icon.set(kind, theme.Text2)
		show(thumb, picture != nil)
		if thumb.Image != picture {
			thumb.Image = picture
			thumb.Refresh()
		}
		name.Color, facts.Color, below.Color = theme.Color(theme.Text), theme.Color(theme.Text2), theme.Color(theme.Danger)
		busy := f.share >= 0
		show(track, busy)
		show(full, busy && f.share > 0)
		show(f.choose, f.file == nil && !f.disabled)
		show(f.remove, f.file != nil && !f.disabled)
		show(f.mend, f.wrong != "" && f.mend.Text() != "")
	}
	layout := func(size fyne.Size) {
		place(frame, 0, 0, size.Width, height)
		place(icon.Image, 14, (height-22)/2, 22, 22)
		place(thumb, 8, 8, height-16, height-16)
		x, end := float32(50), size.Width-12
		if thumb.Visible() {
			x = 62
		}
		for _, b := range []*Button{f.choose, f.remove} {
			if b.Visible() {
				m := b.MinSize()
				place(b, end-m.Width, (height-m.Height)/2, m.Width, m.Height)
				end -= m.Width + theme.Space2
			}
		}
		title := f.hint
		if f.file != nil {
			title = cleanLine(f.file.Name)
		}
		y := float32(11)
		if f.facts() == "" {
			y = (height - theme.TypeBody.Pitch) / 2
		}
		setText(name, drawn(fit(title, theme.TypeBody, plain, end-x)))
		place(name, x, y, end-x, theme.TypeBody.Pitch)
		setText(facts, fit(f.facts(), theme.TypeCaption, plain, end-x))
		place(facts, x, y+theme.TypeBody.Pitch, end-x, theme.TypeCaption.Pitch)
		place(track, x, height-8, end-x, 4)
		place(full, x, height-8, fyne.Max(4, (end-x)*fyne.Max(0, f.share)), 4)
		room := size.Width
		if f.mend.Visible() {
			m := f.mend.MinSize()
			room -= m.Width
			place(f.mend, size.Width-m.Width+12, height+1, m.Width, m.Height)
		}
		setText(below, fit(f.wrong, theme.TypeCaption, plain, room))
		place(below, 0, height+theme.Space1+4, room, theme.TypeCaption.Pitch)
	}
	min := func() fyne.Size {
		h := float32(height)
		if f.wrong != "" {
			h += theme.HeightSmallButton + 2
		}
		return fyne.NewSize(260, h)
	}
	return newRenderer(f, min, layout, paint, frame, icon.Image, thumb, name, facts, track, full, f.choose, f.remove, below, f.mend)
}
