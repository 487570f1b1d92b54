package template

func (l *linter) header(c Component, where Place) {
	switch {
	case c.Format == HeaderText:
		l.headerText(c, where.field("text"))
	case c.Format.Media():
		l.headerFile(c, where.field("file"))
		if c.Format == HeaderGIF && l.d.Category != Marketing {
			l.add(ruleHeaderGIF, where.field("format"), say("header.gif", "animated headers are for marketing templates sent through the Marketing Messages API"))
		}
	case c.Format == HeaderProduct:
		if b, ok := l.d.find(Buttons); !ok || !hasButton(b.Buttons, SingleProduct) {
			l.add(ruleHeaderProduct, where.field("format"), say("header.product", "shows a product, but there is no product button below"))
		}
	case c.Format == HeaderLocation:
	case c.Format == "":
		l.add(ruleHeaderFormat, where.field("format"), say("header.format", "does not say what it shows"), edit(say("mend.text", "Make it text"), func(d *Document) {
			if h := d.Component(Header); h != nil {
				h.Format = HeaderText
			}
		}))
	default:
		l.unknown(where.field("format"), string(c.Format), say("component.unknown.header", "this version of the program does not know headers of kind {{.Kind}}; it is kept as it is", "Kind", shorten(string(c.Format))),
			edit(removeHeader, func(d *Document) { d.Remove(Header) }))
	}
}

func (l *linter) headerText(c Component, where Place) {
	text := c.Text
	if blank(text) {
		l.add(ruleHeaderEmpty, where, say("header.empty", "has no text"), edit(removeHeader, func(d *Document) { d.Remove(Header) }))
		return
	}
	l.length(ruleHeaderLength, where, text, MaxHeader)
	l.oneLine(where, text, ruleHeaderLines, ruleHeaderEmoji, ruleHeaderMarkup)
	ps := Placeholders(text)
	if len(ps) > 1 {
		second := where.at(ps[1].Start, ps[1].End)
		l.add(ruleHeaderVariables, second, say("header.variables", "has {{.Count}} placeholders; a header takes one", "Count", len(ps)))
	}
	if len(ps) == 1 && isDigits(ps[0].Name) && ps[0].Name != "1" && l.d.ParameterFormat != Named {
		p := ps[0]
		l.add(ruleHeaderNumber, where.at(p.Start, p.End), say("header.number", "has {{.Placeholder}}; the header counts by itself, from {{.First}}", "Placeholder", braced(p.Name), "First", "{{1}}"),
			rename(makeItFirst, where, func(t string) (string, Renames) { return apply(t, Renames{p.Name: "1"}) }))
		l.braces(text, ps, where)
		l.samples(c, ps, where)
	} else {
		l.variables(c, where, false)
	}
	if len(ps) > 0 && (!hasWord(text[:ps[0].Start]) || !hasWord(text[ps[len(ps)-1].End:])) {
		if !hasWord(text[:ps[0].Start]) && !hasWord(text[ps[len(ps)-1].End:]) {
			l.add(ruleHeaderEdge, where.at(ps[0].Start, ps[0].End), say("header.edge", "is nothing but a placeholder; reviewers want words around it"))
		}
	}
	l.capitals(where, text)
}

// headerFile: a media header needs an uploaded sample, or a file that will be uploaded.
func (l *linter) headerFile(c Component, where Place) {
	if l.env.File != nil && l.env.File(where.slot()) {
		return
	}
	switch {
	case len(c.Handles) == 0 || c.Handles[0] == "":
		l.add(ruleHeaderFile, where, say("header.file", "needs a sample file that the reviewer can look at"))
	case isAddress(c.Handles[0]):
		l.add(ruleHeaderFile, where, say("header.file.gone", "the sample is an address of Meta's that lasts a short time; choose the file again"))
	}
}

func hasButton(list []Button, t ButtonType) bool {
	for _, b := range list {
		if b.Type == t {
			return true
		}
	}
	return false
}
