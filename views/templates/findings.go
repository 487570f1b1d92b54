package templates

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/widget"
)

// findingsPanel says below the editor what Meta would refuse and what could be better, as one types.
type findingsPanel struct {
	e      *editor
	object *fyne.Container
	panel  *widget.Findings
	most   float32 // how high it may be; 0 is not known yet

	now     []template.Finding
	checked int // the version that was checked last
	busy    bool
	again   bool
	id      app.ID
	twins   twins
}

func newFindingsPanel(e *editor) *findingsPanel {
	f := &findingsPanel{e: e, checked: -1}
	f.panel = widget.NewFindings(lang.X("templates.before", "Before you submit"), lang.X("templates.as_you_type", "checked as you type"), 3)
	f.object = &fyne.Container{Layout: f, Objects: []fyne.CanvasObject{f.panel}}
	return f
}

// room fits the panel to the height of the editor: where that is low, the text comes first and the findings scroll.
func (f *findingsPanel) room(height float32) {
	most := max(82, height*0.26)
	if most != f.most {
		f.most = most
		f.e.whole.Refresh()
	}
}

// MinSize is for Fyne.
func (f *findingsPanel) MinSize([]fyne.CanvasObject) fyne.Size {
	m := f.panel.MinSize()
	if f.most > 0 {
		m.Height = min(m.Height, f.most)
	}
	return m
}

// Layout is for Fyne.
func (f *findingsPanel) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	layout.Place(f.panel, 0, 0, size.Width, size.Height)
}

func (f *findingsPanel) clear() {
	f.now, f.checked = nil, -1
	f.panel.SetFine("")
	f.panel.Set(nil)
}

// check lints the template as it is now, away from the UI goroutine; one check runs at a time, and the newest version is always checked last.
func (f *findingsPanel) check(t app.Template) {
	m := f.e.m
	if locked, _ := f.e.locked(); f.object.Visible() == locked { // nothing is to be submitted now
		layout.SetVisible(f.object, !locked)
		f.e.whole.Refresh()
	}
	if f.checked == m.version && f.id == t.ID {
		return
	}
	if f.busy {
		f.again = true
		return
	}
	f.busy, f.again, f.checked, f.id = true, false, m.version, t.ID
	env, rows := f.env(t), f.e.v.list.rows
	f.e.v.sh.Async(f.e.v.sh.Base, func(ctx context.Context) (func(), error) {
		env.Twin = f.twins.finder(ctx, f.e.v.p.Templates, f.e.v.who(), rows, t)
		found := template.Lint(t.Document, env)
		return func() {
			f.busy = false
			if f.e.m == m {
				f.now = found
				f.paint()
			}
			if f.again && f.e.m != nil {
				f.check(f.e.m.now)
			}
		}, nil
	}, nil)
}

// env is what the lint asks about the world: the other templates of the list and the files at hand. It is read by another goroutine, so it holds copies.
func (f *findingsPanel) env(t app.Template) template.Env {
	rows, files := f.e.v.list.rows, t.Files
	return template.Env{
		FromMeta: t.Linked(),
		Taken: func(name, language string) bool {
			for i := range rows {
				if r := &rows[i]; r.id != t.ID && r.account == t.AccountID && r.meta == name && r.language == language && !r.gone {
					return true
				}
			}
			return false
		},
		File: func(s template.Slot) bool {
			for _, x := range files {
				if x.Card == s.Card {
					return true
				}
			}
			return false
		},
	}
}

// refusals are the findings for which Meta would refuse the template.
func (f *findingsPanel) refusals() int { return len(template.Refusals(f.now)) }

func (f *findingsPanel) paint() {
	locked, _ := f.e.locked()
	rows := make([]widget.FindingRow, 0, len(f.now))
	for _, found := range f.now {
		where, text := findingWords(found, f.e.m.now.Document)
		r := widget.FindingRow{Tone: widget.Warn, Place: where, Text: text, Mend: lang.X("templates.show", "Show"), OnShow: func() { f.e.showPlace(found.Where) }}
		r.OnMend = r.OnShow
		if found.Level == template.Refused {
			r.Tone = widget.Bad
		}
		if len(found.Mends) > 0 && !locked {
			mend := found.Mends[0]
			r.Mend = phraseWords(mend.Says)
			r.OnMend = func() { f.mend(mend) }
		}
		rows = append(rows, r)
	}
	f.panel.Set(rows)
	f.panel.SetFine(lang.X("templates.nothing_found", "Nothing to mend"))
	f.e.body.body.edit.SetMarks(bodyMarks(f.now))
	f.e.whole.Refresh()
	if f.e.v.sh.FootChanged != nil {
		f.e.v.sh.FootChanged()
	}
}

// mend does what one click can.
func (f *findingsPanel) mend(m template.Mend) {
	e := f.e
	if locked, _ := e.locked(); locked || e.m == nil {
		return
	}
	if e.m.mend(e.v.sh.Now(), m.Apply) {
		e.body.begin()
		e.buttons.begin()
		e.edited()
	}
}

// findingWords says where something was found and what. A placeholder is named once: with the place where the sentence begins with it or leaves
// it out, else in the sentence.
func findingWords(found template.Finding, d template.Document) (where, text string) {
	where, text = placeWords(found.Where), phraseWords(found.Says)
	at := placeholderAt(found.Where, d)
	if at == "" {
		return where, text
	}
	if rest, begins := strings.CutPrefix(text, at+" "); begins && !strings.Contains(rest, at) {
		return where + " " + at, rest
	}
	if strings.Contains(text, at) {
		return where, text
	}
	return where + " " + at, text
}

// placeWords names the place of a finding.
func placeWords(p template.Place) string {
	n := func(i int) map[string]any { return map[string]any{"N": i + 1} }
	var where string
	switch p.Part {
	case template.PartHeader:
		where = lang.X("place.header", "Header")
	case template.PartBody:
		where = lang.X("place.body", "Body")
	case template.PartFooter:
		where = lang.X("place.footer", "Footer")
	case template.PartOffer:
		where = lang.X("place.offer", "Offer")
	case template.PartButton:
		where = lang.X("place.buttons", "Buttons")
		if p.Button >= 0 {
			where = lang.X("place.button", "Button {{.N}}", n(p.Button))
		}
	case template.PartCarousel:
		where = lang.X("place.cards", "Cards")
	case template.PartCardHeader, template.PartCardBody, template.PartCardButton:
		where = lang.X("place.card", "Card {{.N}}", n(p.Card))
		if p.Button >= 0 {
			where += " › " + lang.X("place.button", "Button {{.N}}", n(p.Button))
		}
	case template.PartDocument:
		switch p.Field {
		case "name":
			where = lang.X("place.name", "Name")
		case "language":
			where = lang.X("place.language", "Language")
		case "category":
			where = lang.X("place.category", "Category")
		default:
			where = lang.X("place.template", "Template")
		}
	default:
		where = lang.X("place.other", "Other part")
	}
	return where
}

// placeholderAt is the placeholder that a place covers, as it is written; "" if it covers none alone.
func placeholderAt(p template.Place, d template.Document) string {
	text := ""
	switch p.Part {
	case template.PartBody:
		text = textOf(d, template.Body)
	case template.PartHeader:
		text = textOf(d, template.Header)
	}
	for _, h := range template.Placeholders(text) {
		if h.Start == p.Start && h.End == p.End {
			return text[h.Start:h.End]
		}
	}
	return ""
}

// showPlace turns to the tab that a finding is about and marks its place.
func (e *editor) showPlace(p template.Place) {
	if e.m == nil {
		return
	}
	switch p.Part {
	case template.PartDocument:
		e.scroll.ScrollToTop()
		switch p.Field {
		case "language":
			e.form.language.Focus()
		case "category":
			e.form.category.Focus()
		default:
			e.form.name.Focus()
		}
	case template.PartButton:
		e.ShowTab(tabButtons)
		e.buttons.mark(-1, p)
	case template.PartCardHeader, template.PartCardBody, template.PartCardButton, template.PartCarousel:
		e.ShowTab(tabBody)
		e.body.markCard(p)
	default:
		if p.Field == "example" || p.Field == "sample" {
			if s, ok := slotAt(p, e.m.now.Document); ok {
				e.ShowTab(tabVariables)
				e.variables.mark(s)
				return
			}
		}
		e.ShowTab(tabBody)
		e.body.mark(p)
	}
}

// slotAt is the slot of the placeholder that a place covers.
func slotAt(p template.Place, d template.Document) (template.Slot, bool) {
	name := placeholderAt(p, d)
	if len(name) < 5 {
		return template.Slot{}, false
	}
	return template.Slot{Part: p.Part, Card: p.Card, Button: p.Button, Name: name[2 : len(name)-2]}, true
}

func number(n int) string { return strconv.Itoa(n) }

// firstRefusal is the place of the first finding for which Meta would refuse the template.
func firstRefusal(found []template.Finding) template.Place {
	for _, f := range found {
		if f.Level == template.Refused {
			return f.Where
		}
	}
	return template.Place{Part: template.PartDocument, Card: -1, Button: -1}
}

// bodyMarks are the places in the body that findings are about; the editor underlines them.
func bodyMarks(found []template.Finding) (marks []widget.TextMark) {
	for _, f := range found {
		if f.Where.Part != template.PartBody || f.Where.End <= f.Where.Start {
			continue
		}
		m := widget.TextMark{Start: f.Where.Start, End: f.Where.End, Tone: widget.Warn}
		if f.Level == template.Refused {
			m.Tone = widget.Bad
		}
		marks = append(marks, m)
	}
	return marks
}
