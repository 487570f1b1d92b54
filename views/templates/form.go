package templates

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// form is what stands above the tabs: what the template is called, whose it is, in which language, what for, and who may send it.
type form struct {
	e        *editor
	object   fyne.CanvasObject
	name     *widget.Field
	account  *widget.Choice
	language *widget.Choice
	category *widget.Choice
	applies  *widget.Choice
	phone    *widget.Choice
	staff    *widget.MultiChoice
	header   *widget.Choice

	catalog records.Catalog
	phoneOf string // the record type whose phone fields are offered
	offered template.HeaderFormat
	quiet   bool // the form is being filled in, nobody chooses
}

func newForm(e *editor) *form {
	f := &form{e: e}
	f.name = widget.NewField(lang.X("templates.name", "Name"), lang.X("templates.name_hint", "Quotation with link"))
	f.name.OnChanged = func(s string) { f.set("name", func(t *app.Template) { t.Name = s }) }
	f.account = widget.NewChoice(lang.X("templates.account", "Account"), nil, f.setAccount).Least(240)
	f.account.Foot = func() (string, func()) {
		if e.v.p.Connect == nil {
			return "", nil
		}
		return lang.X("templates.add_account", "Connect an account…"), e.v.p.Connect
	}
	f.language = widget.NewChoice(lang.X("templates.language", "Language"), languageOptions(), func(key string) {
		f.set("", func(t *app.Template) { t.Document.Language = key })
	}).Least(320)
	f.category = widget.NewChoice(lang.X("templates.category", "Category"), nil, func(key string) {
		f.set("", func(t *app.Template) { setCategory(&t.Document, template.Category(key)) })
	}).Least(440)
	f.applies = widget.NewChoice(lang.X("templates.applies", "Applies to"), nil, func(key string) {
		f.set("", func(t *app.Template) { t.RecordType, t.PhoneField = key, "" })
	}).Least(220)
	f.phone = widget.NewChoice(lang.X("templates.phone_field", "Phone field"), nil, func(key string) {
		f.set("", func(t *app.Template) { t.PhoneField = key })
	}).Least(260)
	f.staff = widget.NewMultiChoice(lang.X("templates.staff", "Who may send it"), lang.X("templates.everybody", "Everybody"), nil, func(keys []string) {
		f.set("", func(t *app.Template) { t.Staff = idsOf(keys) })
	})
	f.header = widget.NewChoice(lang.X("templates.header", "Header"), headerOptions(""), func(key string) {
		f.set("", func(t *app.Template) {
			setHeaderFormat(&t.Document, template.HeaderFormat(key))
			if !template.HeaderFormat(key).Media() {
				t.Files = withoutFile(t.Files, -1)
			}
		})
	}).Least(180)
	f.categories()
	f.object = layout.Pad(12, theme.Space5, 10, theme.Space5, &fyne.Container{
		Layout:  &formRows{turned: func() { e.v.sh.Later(func() { e.scroll.Content.Refresh() }) }, shares: [][]float32{{190, 150, 125, 95}, {153, 174, 114, 119}}},
		Objects: []fyne.CanvasObject{f.name, f.account, f.language, f.category, f.applies, f.phone, f.staff, f.header},
	})
	f.readCatalog()
	return f
}

func (f *form) set(key string, do func(t *app.Template)) {
	if !f.quiet {
		f.e.change(key, do)
	}
}

// readCatalog reads which records there are.
func (f *form) readCatalog() {
	src := f.e.v.p.Records
	if src == nil {
		f.applies.Disable()
		f.phone.Disable()
		return
	}
	f.e.v.sh.Async(f.e.v.sh.Base, func(ctx context.Context) (func(), error) {
		c, err := src.Catalog(ctx)
		return func() {
			f.catalog = c
			var options []widget.Option
			for _, t := range c.Subjects() {
				options = append(options, widget.Option{Key: t.Name, Label: typeWords(t)})
			}
			f.applies.SetOptions(options)
			f.phoneOf = ""
			f.e.redraw()
		}, err
	}, func(err error) {
		f.e.v.sh.Toasts(shell.Toast{Text: shell.WordsOf(err).Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: f.readCatalog})
	})
}

// show fills the form in.
func (f *form) show(t app.Template) {
	f.quiet = true
	defer func() { f.quiet = false }()
	if f.name.Text() != t.Name {
		f.name.SetText(t.Name)
	}
	f.name.SetHelp(technicalWords(t), widget.Quiet)
	f.account.SetChosen(strconv.FormatInt(t.AccountID, 10))
	f.language.SetChosen(t.Document.Language)
	f.category.SetChosen(string(t.Document.Category))
	f.applies.SetChosen(t.RecordType)
	if f.phoneOf != t.RecordType {
		f.phoneOf = t.RecordType
		f.phone.SetOptions(f.phoneOptions(t.RecordType))
	}
	phone := t.PhoneField
	if typ, ok := f.catalog.Type(t.RecordType); ok && phone == "" {
		phone = typ.Phone
	}
	f.phone.SetChosen(phone)
	f.staff.SetChosen(keysOf(t.Staff))
	format := template.HeaderFormat("")
	if h := t.Document.Component(template.Header); h != nil {
		format = h.Format
		if format == "" {
			format = template.HeaderText
		}
	}
	if f.offered != format {
		f.offered = format
		f.header.SetOptions(headerOptions(format))
	}
	f.header.SetChosen(string(format))
	f.enable(t)
}

// enable lets those be changed that may be.
func (f *form) enable(t app.Template) {
	locked, _ := f.e.locked()
	admin := f.e.v.admin()
	fixed := t.Linked() // Meta never changes name and language of a template it has (Meta: Templates › Edit)
	kind := kindOf(t.Document)
	able(f.name, admin)
	able(f.account, !locked && !fixed)
	able(f.language, !locked && !fixed)
	able(f.category, !locked && !(fixed && t.MetaStatus.Sendable()))
	able(f.applies, admin && f.e.v.p.Records != nil)
	able(f.phone, admin && f.e.v.p.Records != nil)
	able(f.staff, admin)
	able(f.header, !locked && kind != authDoc)
}

func able(w fyne.Disableable, on bool) {
	switch {
	case on == !w.Disabled():
	case on:
		w.Enable()
	default:
		w.Disable()
	}
}

// around offers the accounts and the people.
func (f *form) around() {
	var accounts []widget.Option
	for _, a := range f.e.v.accts {
		if a.Archived {
			continue
		}
		o := widget.Option{Key: strconv.FormatInt(a.ID, 10), Label: a.Name, Detail: a.DisplayPhone}
		if a.Practice {
			o.Detail = lang.X("templates.practice", "Practice")
		}
		accounts = append(accounts, o)
	}
	f.account.SetOptions(accounts)
	var people []widget.Option
	for _, s := range f.e.v.staff {
		people = append(people, widget.Option{Key: strconv.FormatInt(s.ID, 10), Label: s.Name})
	}
	f.staff.SetOptions(people)
}

// setAccount moves the template to another account; only one that Meta does not have can be moved.
func (f *form) setAccount(key string) {
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil || f.quiet || f.e.m == nil {
		return
	}
	f.e.change("", func(t *app.Template) { t.AccountID = id })
}

func (f *form) phoneOptions(typ string) (out []widget.Option) {
	for _, p := range f.catalog.PhonePaths(typ) {
		out = append(out, widget.Option{Key: p.String(), Label: pathWords(f.catalog, typ, p)})
	}
	return out
}

// categories offers the categories with what they are for.
func (f *form) categories() {
	var options []widget.Option
	for _, c := range []template.Category{template.Utility, template.Marketing, template.Authentication} {
		options = append(options, widget.Option{Key: string(c), Label: categoryName(c), Detail: categoryMeans(c)})
	}
	f.category.SetOptions(options)
}

func languageOptions() []widget.Option {
	out := make([]widget.Option, 0, len(template.Languages))
	for _, l := range template.Languages {
		out = append(out, widget.Option{Key: l.Code, Label: l.English, Detail: l.Native, Words: l.Native + " " + l.Code})
	}
	return out
}

// headerOptions are the headers that may be chosen; a newer one only where the template has it.
func headerOptions(has template.HeaderFormat) []widget.Option {
	out := []widget.Option{
		{Key: "", Label: lang.X("header.none", "None")},
		{Key: string(template.HeaderText), Label: lang.X("header.text", "Text")},
		{Key: string(template.HeaderImage), Label: lang.X("header.image", "Picture")},
		{Key: string(template.HeaderVideo), Label: lang.X("header.video", "Video")},
		{Key: string(template.HeaderDocument), Label: lang.X("header.document", "Document")},
		{Key: string(template.HeaderLocation), Label: lang.X("header.location", "Location")},
	}
	switch has {
	case template.HeaderGIF:
		out = append(out, widget.Option{Key: string(has), Label: lang.X("header.gif", "Animation")})
	case template.HeaderProduct:
		out = append(out, widget.Option{Key: string(has), Label: lang.X("header.product", "Product")})
	default:
		if has != "" && !has.Known() {
			out = append(out, widget.Option{Key: string(has), Label: string(has)})
		}
	}
	return out
}

func idsOf(keys []string) (out []app.ID) {
	for _, k := range keys {
		if id, err := strconv.ParseInt(k, 10, 64); err == nil {
			out = append(out, id)
		}
	}
	return out
}

func keysOf(ids []app.ID) (out []string) {
	for _, id := range ids {
		out = append(out, strconv.FormatInt(id, 10))
	}
	return out
}

// formRows lays fields out in rows by their shares of the width; where it is narrow, two fields share a row.
type formRows struct {
	shares [][]float32
	width  float32 // as the last layout had it
	turned func()  // the rows have become more or fewer, and with them the height
}

// twoFrom and threeFrom are the widths below which only two and three fields stand side by side.
const (
	twoFrom   float32 = 440
	threeFrom float32 = 570
)

func (l *formRows) rows(width float32) [][]float32 {
	if width >= threeFrom {
		return l.shares
	}
	side, n := 3, 0
	if width < twoFrom {
		side = 2
	}
	for _, r := range l.shares {
		n += len(r)
	}
	var out [][]float32
	for ; n > 0; n -= side {
		row := make([]float32, min(side, n))
		for i := range row {
			row[i] = 1
		}
		out = append(out, row)
	}
	return out
}

// MinSize is for Fyne.
func (l *formRows) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.width
	if width == 0 {
		width = threeFrom
	}
	h := l.place(objects, width, false)
	return fyne.NewSize(260, h)
}

// Layout is for Fyne.
func (l *formRows) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	was := l.width
	l.width = size.Width
	l.place(objects, size.Width, true)
	if was == 0 {
		was = threeFrom // as MinSize takes it
	}
	if size.Width > 0 && len(l.rows(was)) != len(l.rows(l.width)) && l.turned != nil { // of no width: not laid out yet
		l.turned()
	}
}

func (l *formRows) place(objects []fyne.CanvasObject, width float32, move bool) (height float32) {
	const gap, line = theme.Space3, theme.Space2
	i := 0
	for _, shares := range l.rows(width) {
		sum, tall := float32(0), float32(0)
		for k, s := range shares {
			sum += s
			tall = max(tall, objects[i+k].MinSize().Height)
		}
		x := float32(0)
		for k, s := range shares {
			w := (width - gap*float32(len(shares)-1)) * s / sum
			if move {
				layout.Place(objects[i+k], x, height, w, tall)
			}
			x += w + gap
		}
		height += tall + line
		i += len(shares)
	}
	return height - line
}
