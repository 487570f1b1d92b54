package templates

import (
	"fyne.io/fyne/v2"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// The widths of the panes, as the design has them.
const (
	listWidth   float32 = 264
	listLeast   float32 = 220
	listNarrow  float32 = 200
	listMost    float32 = 360
	editorLeast float32 = 520
	phoneWidth  float32 = 304

	phoneFrom float32 = 1100 // widths of the whole window
	bothFrom  float32 = 760
)

// wishes is what the panes would like to be.
type wishes struct {
	list      float32 // 0: as the design has it
	open      bool    // a template is open
	inFront   bool    // the editor is in front where it takes turns with the list
	phoneOver bool    // the person asked for the phone where there is no room for it
}

// places is where the panes are; a width of 0 is hidden.
type places struct {
	list, editor, phone float32
	editorX, phoneX     float32
	over                bool // the phone lies over the editor
	turns               bool // list and editor take turns
}

// arrange gives each pane its place in a width that the rail has left.
func arrange(width float32, w wishes) places {
	window := width + theme.WidthRail
	list := listWidth
	if w.list > 0 {
		list = max(listLeast, min(w.list, listMost))
	}
	if window < bothFrom {
		p := places{list: width, turns: true}
		if w.open && w.inFront {
			p = places{editor: width, turns: true}
		}
		if p.editor > 0 && w.phoneOver {
			p.phone, p.over = min(phoneWidth, width), true
			p.phoneX = width - p.phone
		}
		return p
	}
	rest := width - editorLeast
	if window >= phoneFrom && w.open {
		rest -= phoneWidth
	}
	list = max(min(list, rest), listLeast)
	if window >= phoneFrom && w.open { // the three leasts are a little more than where the phone begins: the list gives way
		list = max(min(list, rest), listNarrow)
	}
	p := places{list: list, editorX: list, editor: width - list}
	switch {
	case !w.open:
	case window >= phoneFrom:
		p.phone = phoneWidth
		p.editor -= phoneWidth
		p.phoneX = p.editorX + p.editor
	case w.phoneOver:
		p.phone, p.over = min(phoneWidth, p.editor), true
		p.phoneX = width - p.phone
	}
	return p
}

// panes lays list, editor and phone out. The list's edge can be dragged.
type panes struct {
	v       *View
	object  *fyne.Container
	list    fyne.CanvasObject
	editor  fyne.CanvasObject
	phone   fyne.CanvasObject
	edge    *widget.Edge
	now     places
	size    fyne.Size
	inFront bool
	over    bool
}

func newPanes(v *View) *panes {
	p := &panes{v: v, list: v.list.object, editor: v.editor.object, phone: v.phone.object}
	p.edge = widget.NewEdge(func(dx float32) {
		k := v.sh.Keep
		if k.TemplateList == 0 {
			k.TemplateList = listWidth
		}
		k.TemplateList = max(listLeast, min(k.TemplateList+dx, listMost))
		k.Changed()
		p.refresh()
	})
	p.object = &fyne.Container{Layout: p, Objects: []fyne.CanvasObject{p.list, p.editor, v.start, p.phone, p.edge}}
	return p
}

func (p *panes) wishes() wishes {
	return wishes{list: p.v.sh.Keep.TemplateList, open: p.v.editor.open(), inFront: p.inFront, phoneOver: p.over}
}

// turns tells whether list and editor take turns at this width.
func (p *panes) turns() bool { return p.now.turns }

// front brings the editor in front of the list, or the list in front of the editor, where they take turns.
func (p *panes) front(editor bool) {
	p.inFront = editor
	p.refresh()
}

// togglePhone shows the phone over the editor, or takes it away.
func (p *panes) togglePhone() {
	p.over = !p.over
	p.refresh()
}

// escape takes away what lies in front, and tells whether something did.
func (p *panes) escape() bool {
	switch {
	case p.now.over:
		p.over = false
	case p.now.turns && p.inFront:
		p.inFront = false
	default:
		return false
	}
	p.refresh()
	return true
}

func (p *panes) refresh() {
	p.Layout(nil, p.size)
	p.object.Refresh()
}

// MinSize is small: the window has its own.
func (p *panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(listLeast, 200) }

// Layout is for Fyne.
func (p *panes) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	p.size = size
	p.now = arrange(size.Width, p.wishes())
	put := func(o fyne.CanvasObject, x, w float32) {
		layout.SetVisible(o, w > 0)
		if w > 0 {
			layout.Place(o, x, 0, w, size.Height)
		}
	}
	open := p.v.editor.open()
	put(p.list, 0, p.now.list)
	editor, start := p.now.editor, float32(0)
	if !open {
		editor, start = 0, p.now.editor
	}
	put(p.editor, p.now.editorX, editor)
	put(p.v.start, p.now.editorX, start)
	put(p.phone, p.now.phoneX, p.now.phone)
	put(p.edge, p.now.list-widget.EdgeWidth/2, widget.EdgeIf(p.now.list > 0 && p.now.editor > 0))
	p.v.list.placed(p.now.list)
	p.v.editor.placed(p.now)
	p.v.phone.over(p.now.over)
}
