package sending

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// chooser is the account, the template with its language, and the field that the number is in.
type chooser struct {
	v        *Panel
	object   *fyne.Container
	account  *widget.Choice
	template *widget.Choice
	language *widget.Choice
	own      *widget.Check // each customer's language, where it is there
	ownRow   *fyne.Container
	phone    *widget.Choice
	none     *fyne.Container
	noneText *widget.Paragraph

	rows    []app.TemplateRow // that may be sent, of every account
	groups  [][]app.TemplateRow
	current app.Template // zero until it was read
	loading context.CancelFunc
}

func newChooser(v *Panel) *chooser {
	c := &chooser{v: v}
	c.account = widget.NewChoice(lang.X("sending.account", "From"), nil, func(string) { c.fromAccount() })
	c.template = widget.NewChoice(lang.X("sending.template", "Template"), nil, func(key string) { c.pick(keyID(key)) })
	c.template.SetPlaceholder(lang.X("sending.choose", "Choose a template…"))
	c.template.Foot = func() (string, func()) {
		return lang.X("sending.manage", "Manage templates…"), func() { v.sh.Open(shell.TabTemplates) }
	}
	c.language = widget.NewChoice(lang.X("sending.language", "Language"), nil, func(key string) { c.load(keyID(key)) })
	c.own = widget.NewCheck(lang.X("sending.own_language", "Customers whose language is known get theirs"), func(bool) { v.changed() })
	c.own.Checked = true
	c.ownRow = layout.Pad(0, 0, 0, -checkPad, c.own)
	c.phone = widget.NewChoice(lang.X("sending.phone", "Phone number from"), nil, func(key string) {
		c.remember(func(k *shell.SendChoice) { k.Phone = key })
		v.changed()
	})
	c.noneText = widget.NewParagraph("", theme.TypeSmall, theme.Text2, 200)
	c.none = layout.Column(theme.Space2, c.noneText, layout.Row(0, widget.NewButton(widget.Plain, lang.X("sending.to_templates", "Go to Templates"), "templates", func() { v.sh.Open(shell.TabTemplates) }), layout.Gap()))
	c.object = layout.Column(theme.Space3, c.account, c.template, c.none, c.language, c.ownRow, c.phone)
	for _, o := range []fyne.CanvasObject{c.account, c.none, c.language, c.ownRow, c.phone} {
		o.Hide()
	}
	return c
}

// approved asks for the templates that Meta may have approved; which of them are is looked at one by one, since one that is edited here counts as
// a draft though Meta still sends it.
func approved() app.TemplateFilter { return app.TemplateFilter{} }

// show offers what may be sent.
func (c *chooser) show(rows []app.TemplateRow) {
	c.take(rows)
	options := make([]widget.Option, 0, len(c.v.accounts))
	for _, a := range c.v.accounts {
		options = append(options, widget.Option{Key: idKey(a.ID), Label: a.Name, Detail: a.DisplayPhone, Icon: "phone"})
	}
	c.account.SetOptions(options)
	first := c.v.accounts[0].ID
	for _, want := range []app.ID{c.v.sh.Keep.SendAccount, c.rowOf(c.v.target.Template).AccountID, c.v.who.account} { // what counts most comes last
		if c.v.account(want).ID != 0 {
			first = want
		}
	}
	c.account.SetChosen(idKey(first))
	layout.SetVisible(c.account, len(c.v.accounts) > 1)
	if c.v.who.account != 0 {
		c.account.Disable()
	}
	c.phones()
	c.offer()
	c.pickFirst()
}

func (c *chooser) take(rows []app.TemplateRow) {
	c.rows = nil
	for _, r := range rows {
		if r.Linked && r.MetaStatus.Sendable() && r.Status != app.TemplateGone && (r.RecordType == "" || r.RecordType == c.v.who.typ.Name) && r.Allows(c.v.p.Me) {
			c.rows = append(c.rows, r)
		}
	}
}

// reread offers what may be sent by now.
func (c *chooser) reread() {
	c.v.sh.Async(c.v.ctx, func(ctx context.Context) (func(), error) {
		rows, err := c.v.p.Templates.List(ctx, c.v.p.Me, approved())
		return func() {
			c.take(rows)
			c.offer()
			if c.current.ID == 0 {
				c.pickFirst()
			}
		}, err
	}, func(error) {}) // what was offered stays
}

// offer lists the templates of the account, one line for all languages of one.
func (c *chooser) offer() {
	account := c.accountID()
	byName := map[string]int{}
	c.groups = nil
	for _, r := range c.rows {
		if r.AccountID != account {
			continue
		}
		i, there := byName[r.Technical]
		if !there {
			i = len(c.groups)
			byName[r.Technical] = i
			c.groups = append(c.groups, nil)
		}
		c.groups[i] = append(c.groups[i], r)
	}
	typ := c.v.who.typ.Name
	slices.SortStableFunc(c.groups, func(a, b []app.TemplateRow) int { // those made for such records first
		return cmp.Or(-compareBool(a[0].RecordType == typ, b[0].RecordType == typ), strings.Compare(records.Fold(a[0].Name), records.Fold(b[0].Name)))
	})
	options := make([]widget.Option, 0, len(c.groups))
	for _, g := range c.groups {
		slices.SortFunc(g, func(a, b app.TemplateRow) int { return strings.Compare(a.Language, b.Language) })
		detail := languageName(g[0].Language)
		if len(g) > 1 {
			detail = lang.X("sending.languages", "{{.N}} languages", map[string]any{"N": len(g)})
		}
		options = append(options, widget.Option{
			Key: idKey(g[0].ID), Label: g[0].Name, Detail: detail + " · " + categoryWords(g[0].Category), Words: g[0].Technical + " " + g[0].Preview, Icon: "templates",
		})
	}
	c.template.SetOptions(options)
	layout.SetVisible(c.template, len(options) > 0)
	layout.SetVisible(c.none, len(options) == 0)
	layout.SetVisible(c.phone, len(options) > 0 && c.many())
	c.v.options.offered(len(options) > 0)
	c.noneText.SetText(c.noneWords())
}

// noneWords says why there is nothing to choose.
func (c *chooser) noneWords() string {
	what := map[string]any{"What": plural(c.v.who.typ)}
	for _, r := range c.rows {
		if r.AccountID != c.accountID() {
			return lang.X("sending.none_here", "This account has no approved template for {{.What}}. Another account has one.", what)
		}
	}
	return lang.X("sending.none", "There is no approved template for {{.What}} that you may send. Make one in Templates and submit it; Meta answers within a day.", what)
}

// pickFirst chooses the template that was asked for or used last, else the first one made for such records.
func (c *chooser) pickFirst() {
	kept := c.v.sh.Keep.Sending[kind(c.v.target)]
	for _, want := range []app.ID{c.v.target.Template, kept.Template} {
		if r := c.rowOf(want); r.ID != 0 && r.AccountID == c.accountID() {
			c.load(want)
			return
		}
	}
	if len(c.groups) > 0 {
		c.pick(c.groups[0][0].ID)
	}
}

// shopLanguage chooses among the languages of a template the one that was used last, else the window's own.
func (c *chooser) shopLanguage(g []app.TemplateRow) int {
	own := strings.ReplaceAll(string(lang.SystemLocale()), "-", "_")
	for _, want := range []string{c.v.sh.Keep.SendLanguage, own, baseOf(own), "en"} {
		for i, r := range g {
			if want != "" && (strings.EqualFold(r.Language, want) || strings.EqualFold(baseOf(r.Language), want)) {
				return i
			}
		}
	}
	return 0
}

// pick reads a template in the language that the shop speaks.
func (c *chooser) pick(id app.ID) {
	if g := c.groupOf(id); g != nil {
		id = g[c.shopLanguage(g)].ID
	}
	c.load(id)
}

func (c *chooser) load(id app.ID) {
	if c.loading != nil {
		c.loading()
	}
	ctx, cancel := context.WithCancel(c.v.ctx)
	c.loading = cancel
	c.v.keepDraft()
	c.v.check.stop()
	c.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		t, err := c.v.p.Templates.Get(ctx, c.v.p.Me, id)
		return func() { c.took(t) }, err
	}, func(err error) { c.template.SetWrong(shell.WordsOf(err).Message) })
}

// took shows what the template asks for.
func (c *chooser) took(t app.Template) {
	c.current = t
	c.template.SetWrong("")
	g := c.groupOf(t.ID)
	if g != nil {
		c.template.SetChosen(idKey(g[0].ID))
		c.template.SetHelp(languageName(t.Document.Language) + " · " + categoryWords(documentOf(t).Category))
	}
	options := make([]widget.Option, 0, len(g))
	for _, r := range g {
		options = append(options, widget.Option{Key: idKey(r.ID), Label: languageName(r.Language)})
	}
	c.language.SetOptions(options)
	c.language.SetChosen(idKey(t.ID))
	layout.SetVisible(c.language, len(g) > 1)
	layout.SetVisible(c.ownRow, len(g) > 1)
	if c.ownRow.Visible() {
		c.template.SetHelp(categoryWords(documentOf(t).Category))
	}
	c.v.sh.Keep.SendLanguage = t.Document.Language
	c.remember(func(k *shell.SendChoice) { k.Template = t.ID })
	c.phoneOf(t)
	d, _ := c.v.p.Drafts.take(c.v.draftKey())
	c.v.values.ask(t, d.values)
	c.v.files.ask(t, d.files)
	c.v.options.draft(d.name)
	c.v.form.Refresh()
	c.v.changed()
}

// fromAccount offers another account's templates.
func (c *chooser) fromAccount() {
	c.v.sh.Keep.SendAccount = c.accountID()
	c.v.sh.Keep.Changed()
	was := c.current
	c.v.keepDraft()
	c.current = app.Template{}
	c.template.SetChosen("")
	c.template.SetHelp("")
	layout.SetVisible(c.language, false)
	layout.SetVisible(c.ownRow, false)
	c.offer()
	for _, g := range c.groups {
		if g[0].Technical == was.Document.Name {
			c.pick(g[0].ID)
			return
		}
	}
	c.pickFirst()
	if len(c.groups) == 0 {
		c.v.values.ask(app.Template{}, nil)
		c.v.files.ask(app.Template{}, nil)
		c.v.changed()
	}
}

// phones offers the fields that hold numbers.
func (c *chooser) phones() {
	paths := c.v.catalog.PhonePaths(c.v.who.typ.Name)
	options := make([]widget.Option, 0, len(paths))
	for _, p := range paths {
		options = append(options, widget.Option{Key: p.String(), Label: naming.Path(c.v.catalog, c.v.who.typ.Name, p.String()), Icon: "phone"})
	}
	c.phone.SetOptions(options)
}

// many tells whether there are fields with numbers to choose from: of a person the number is fixed.
func (c *chooser) many() bool {
	return !c.v.who.person && len(c.v.catalog.PhonePaths(c.v.who.typ.Name)) > 0
}

// phoneOf chooses the field that was chosen last for such records, else the template's, else the usual one.
func (c *chooser) phoneOf(t app.Template) {
	paths := c.v.catalog.PhonePaths(c.v.who.typ.Name)
	chosen := ""
	if len(paths) > 0 {
		chosen = paths[0].String()
	}
	if t.PhoneField != "" {
		chosen = t.PhoneField
	}
	for _, p := range paths {
		if kept := c.v.sh.Keep.Sending[kind(c.v.target)].Phone; kept == p.String() {
			chosen = kept
		}
	}
	c.phone.SetChosen(chosen)
}

// number says below the field which number the message in the preview goes to.
func (c *chooser) number(words string) { c.phone.SetHelp(words) }

// remember keeps a choice for the next time.
func (c *chooser) remember(change func(*shell.SendChoice)) {
	k := c.v.sh.Keep
	if k.Sending == nil {
		k.Sending = map[string]shell.SendChoice{}
	}
	now := k.Sending[kind(c.v.target)]
	change(&now)
	k.Sending[kind(c.v.target)] = now
	k.Changed()
}

func (c *chooser) id() app.ID { return c.current.ID }

// others are the other languages of the template, when customers are to get theirs.
func (c *chooser) others() []app.ID {
	if !c.ownRow.Visible() || !c.own.Checked {
		return nil
	}
	var out []app.ID
	for _, r := range c.groupOf(c.current.ID) {
		if r.ID != c.current.ID {
			out = append(out, r.ID)
		}
	}
	return out
}

func (c *chooser) phonePath() string {
	if !c.phone.Visible() {
		return ""
	}
	return c.phone.Chosen()
}

func (c *chooser) accountID() app.ID { return keyID(c.account.Chosen()) }

func (c *chooser) groupOf(id app.ID) []app.TemplateRow {
	for _, g := range c.groups {
		if slices.ContainsFunc(g, func(r app.TemplateRow) bool { return r.ID == id }) {
			return g
		}
	}
	return nil
}

func (c *chooser) rowOf(id app.ID) app.TemplateRow {
	for _, r := range c.rows {
		if r.ID == id {
			return r
		}
	}
	return app.TemplateRow{}
}

func idKey(id app.ID) string { return strconv.FormatInt(id, 10) }

func keyID(key string) app.ID {
	id, _ := strconv.ParseInt(key, 10, 64)
	return id
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func baseOf(language string) string {
	b, _, _ := strings.Cut(language, "_")
	return b
}

func languageName(code string) string {
	if l, ok := template.LanguageOf(code); ok {
		return l.English
	}
	return code
}
