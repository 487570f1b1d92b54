package template

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

func (l *linter) url(b Button, where Place) {
	address := b.URL
	if strings.TrimSpace(address) == "" {
		l.add(ruleURLEmpty, where, say("url.missing", "has no address"))
		return
	}
	l.length(ruleURLLength, where, address, MaxURL)
	l.urlForm(address, where)
	l.urlVariable(b, where)
}

func (l *linter) urlForm(address string, where Place) {
	lower := strings.ToLower(address[:min(len(address), len("https://"))])
	secure := strings.HasPrefix(lower, "https://")
	open := strings.HasPrefix(lower, "http://")
	if !secure && !open {
		var mends []Mend
		if !strings.Contains(address, ":") || strings.HasPrefix(lower, "www.") {
			mends = []Mend{rewrite(say("mend.add_https", "Add https://"), where, func(t string) string { return "https://" + strings.TrimLeft(strings.TrimSpace(t), "/") })}
		}
		l.add(ruleURLForm, where, say("url.form", "must begin with https:// or http://"), mends...)
		return
	}
	host := hostOf(address)
	switch {
	case host == "" || strings.ContainsAny(address, " \n\t\r"):
		l.add(ruleURLForm, where, say("url.form.site", "is no address of a site"))
	case host == "wa.me" || strings.HasSuffix(host, ".wa.me"):
		l.add(ruleURLWhatsApp, where, say("url.whatsapp", "leads to wa.me, which Meta refuses; use a quick reply or a call button"))
	case isShortener(host) || host == "api.whatsapp.com":
		l.add(ruleURLShort, where, say("url.shortener", "{{.Site}} hides where it leads, and reviewers often reject that; use your site's own address", "Site", shorten(host)))
	case open:
		l.add(ruleURLPlain, where, say("url.http", "is not encrypted; browsers warn before they open it"),
			rewrite(say("mend.use_https", "Use https://"), where, func(t string) string { return "https://" + t[len("http://"):] }))
	}
}

// hostOf is the site of an address that begins with http:// or https://, or "" when it has none.
func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	u, err := url.Parse("https://" + rest)
	if err != nil || strings.ContainsAny(rest, "{}") {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

func (l *linter) urlVariable(b Button, where Place) {
	ps := Placeholders(b.URL)
	rest := b.URL
	for i := len(ps) - 1; i >= 0; i-- {
		rest = rest[:ps[i].Start] + rest[ps[i].End:]
	}
	if i := strings.IndexAny(rest, "{}"); i >= 0 {
		j := strings.IndexAny(b.URL, "{}")
		l.add(ruleURLVariable, where.at(j, j+1), say("url.variable.braces", "has braces that are no placeholder; {{.Placeholder}} at the end is the only one that Meta takes", "Placeholder", "{{1}}"))
		return
	}
	if len(ps) == 0 {
		return
	}
	p := ps[0]
	at := where.at(p.Start, p.End)
	named := l.d.ParameterFormat == Named && isName(p.Name)
	switch {
	case len(ps) > 1:
		l.add(ruleURLVariable, where.at(ps[1].Start, ps[1].End), say("url.variable.count", "has {{.Count}} placeholders; an address takes one, at its end", "Count", len(ps)))
	case p.End < len(b.URL):
		l.add(ruleURLVariable, at, say("url.variable.end", "must have its placeholder at the very end"),
			rewrite(say("mend.cut_behind", "Cut behind it"), where, func(t string) string { return t[:min(p.End, len(t))] }))
	case p.Name != "1" && !named:
		l.add(ruleURLVariable, at, say("url.variable", "has {{.Placeholder}}; an address counts by itself, from {{.First}}", "Placeholder", braced(p.Name), "First", "{{1}}"),
			mend(makeItFirst, func(d Document) (Document, map[Slot]Slot) {
				d = d.Clone()
				s := where.slot()
				if _, b := d.at(s); b != nil {
					b.URL = Rename(b.URL, p.Name, "1")
				}
				from, to := s, s
				from.Name, to.Name = p.Name, "1"
				return d, map[Slot]Slot{from: to}
			}))
	}
	l.urlExample(b, ps[0], where.field("example"))
}

func (l *linter) urlExample(b Button, p Placeholder, where Place) {
	prefix := b.URL[:p.Start]
	if len(b.Example) == 0 || strings.TrimSpace(b.Example[0]) == "" {
		example := prefix + "example"
		l.add(ruleURLExample, where, say("url.example", "needs an example of the whole address"), edit(use(example), func(d *Document) {
			if _, b := d.at(where.slot()); b != nil {
				b.Example = []string{example}
			}
		}))
		return
	}
	example := b.Example[0]
	if strings.Contains(example, "://") && !strings.HasPrefix(example, prefix) {
		l.add(ruleURLSample, where, say("url.sample", "the example is another address than the one above"))
	}
}

func (l *linter) phone(b Button, where Place) {
	n := b.PhoneNumber
	digits := strings.TrimPrefix(n, "+")
	switch {
	case n == "":
		l.add(rulePhone, where, say("phone", "has no number"))
	case !isDigits(digits):
		cleaned := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, n)
		var mends []Mend
		if cleaned != "" && len(cleaned) < MaxPhone {
			mends = []Mend{rewrite(use("+"+cleaned), where, func(string) string { return "+" + cleaned })}
		}
		l.add(rulePhone, where, say("phone.form", "must be + and digits only, with the country's code"), mends...)
	case len(n) > MaxPhone:
		l.add(rulePhone, where, tooLong(len(n), MaxPhone))
	}
}

func (l *linter) code(b Button, where Place) {
	limit := MaxCode
	if _, ok := l.d.find(LimitedTimeOffer); ok {
		limit = MaxOfferCode
	}
	if len(b.Example) == 0 || strings.TrimSpace(b.Example[0]) == "" {
		l.add(ruleCodeMissing, where, say("code.example", "needs an example of the code"), edit(use("WELCOME10"), func(d *Document) {
			if _, b := d.at(where.slot()); b != nil {
				b.Example = []string{"WELCOME10"}
			}
		}))
		return
	}
	if n := Length(b.Example[0]); n > limit {
		l.add(ruleCodeLength, where, tooLong(n, limit))
	}
}

// call: how long a customer may call back is Meta's to choose, or a whole number of minutes.
func (l *linter) call(b Button, where Place) {
	minutes := strconv.Itoa(b.TTLMinutes)
	raw, odd := b.Extra["ttl_minutes"]
	if b.TTLMinutes == 0 && odd {
		minutes = strings.Trim(string(raw), `"`) // a number as text is one, too
	}
	if n, err := strconv.Atoi(minutes); (b.TTLMinutes != 0 || odd && minutes != "null") && (err != nil || n < 1) {
		l.add(ruleCallMinutes, where, say("call.minutes", "must be a whole number of minutes, 1 or more"),
			edit(say("mend.leave_meta", "Leave it to Meta"), func(d *Document) {
				if _, b := d.at(where.slot()); b != nil {
					b.TTLMinutes = 0
					delete(b.Extra, "ttl_minutes")
				}
			}))
	}
}

func (l *linter) flow(b Button, at Place) {
	n := 0
	for _, s := range []string{b.FlowID, b.FlowName, b.FlowJSON} {
		if s != "" {
			n++
		}
	}
	switch {
	case n == 0:
		l.add(ruleFlow, at.field("flow_id"), say("flow", "does not say which flow it opens"))
	case n > 1:
		l.add(ruleFlow, at.field("flow_id"), say("flow.many", "names its flow in more than one way; keep one"), edit(say("mend.keep_one", "Keep one"), func(d *Document) {
			if _, b := d.at(at.slot()); b != nil {
				switch {
				case b.FlowID != "":
					b.FlowName, b.FlowJSON = "", ""
				default:
					b.FlowJSON = ""
				}
			}
		}))
	}
	if i := b.Icon; i != "" && !slices.Contains([]string{"DOCUMENT", "PROMOTION", "REVIEW"}, strings.ToUpper(i)) {
		l.add(ruleFlowIcon, at.field("icon"), say("flow.icon", "{{.Text}} is not DOCUMENT, PROMOTION or REVIEW", "Text", shorten(i)),
			edit(removeIt, func(d *Document) {
				if _, b := d.at(at.slot()); b != nil {
					b.Icon = ""
				}
			}))
	}
	if a := b.FlowAction; a != "" && !slices.Contains([]string{"navigate", "data_exchange"}, strings.ToLower(a)) {
		l.add(ruleFlowAction, at.field("flow_action"), say("flow.action", "{{.Text}} is neither navigate nor data_exchange", "Text", shorten(a)))
	}
}
