package template

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

func (l *linter) url(b Button, where Place) {
	address := b.URL
	if strings.TrimSpace(address) == "" {
		l.add(ruleURLEmpty, where, "has no address")
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
			mends = []Mend{rewrite("Add https://", where, func(t string) string { return "https://" + strings.TrimLeft(strings.TrimSpace(t), "/") })}
		}
		l.add(ruleURLForm, where, "must begin with https:// or http://", mends...)
		return
	}
	host := hostOf(address)
	switch {
	case host == "" || strings.ContainsAny(address, " \n\t\r"):
		l.add(ruleURLForm, where, "is no address of a site")
	case host == "wa.me" || strings.HasSuffix(host, ".wa.me"):
		l.add(ruleURLWhatsApp, where, "leads to wa.me, which Meta refuses; use a quick reply or a call button")
	case isShortener(host) || host == "api.whatsapp.com":
		l.add(ruleURLShort, where, host+" hides where it leads, and reviewers often reject that; use your site's own address")
	case open:
		l.add(ruleURLPlain, where, "is not encrypted; browsers warn before they open it",
			rewrite("Use https://", where, func(t string) string { return "https://" + t[len("http://"):] }))
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
		l.add(ruleURLVariable, where.at(j, j+1), "has braces that are no placeholder; {{1}} at the end is the only one that Meta takes")
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
		l.add(ruleURLVariable, where.at(ps[1].Start, ps[1].End), fmt.Sprintf("has %d placeholders; an address takes one, at its end", len(ps)))
	case p.End < len(b.URL):
		l.add(ruleURLVariable, at, "must have its placeholder at the very end",
			rewrite("Cut behind it", where, func(t string) string { return t[:min(p.End, len(t))] }))
	case p.Name != "1" && !named:
		l.add(ruleURLVariable, at, fmt.Sprintf("has {{%s}}; an address counts by itself, from {{1}}", shorten(p.Name)),
			Mend{"Make it {{1}}", func(d Document) (Document, map[Slot]Slot) {
				d = d.Clone()
				s := where.slot()
				if _, b := d.at(s); b != nil {
					b.URL = Rename(b.URL, p.Name, "1")
				}
				from, to := s, s
				from.Name, to.Name = p.Name, "1"
				return d, map[Slot]Slot{from: to}
			}})
	}
	l.urlExample(b, ps[0], where.field("example"))
}

func (l *linter) urlExample(b Button, p Placeholder, where Place) {
	prefix := b.URL[:p.Start]
	if len(b.Example) == 0 || strings.TrimSpace(b.Example[0]) == "" {
		example := prefix + "example"
		l.add(ruleURLExample, where, "needs an example of the whole address", edit("Use "+shorten(example), func(d *Document) {
			if _, b := d.at(where.slot()); b != nil {
				b.Example = []string{example}
			}
		}))
		return
	}
	example := b.Example[0]
	if strings.Contains(example, "://") && !strings.HasPrefix(example, prefix) {
		l.add(ruleURLSample, where, "the example is another address than the one above")
	}
}

func (l *linter) phone(b Button, where Place) {
	n := b.PhoneNumber
	digits := strings.TrimPrefix(n, "+")
	switch {
	case n == "":
		l.add(rulePhone, where, "has no number")
	case !isDigits(digits):
		cleaned := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, n)
		var mends []Mend
		if cleaned != "" && len(cleaned) < MaxPhone {
			mends = []Mend{rewrite("Use +"+cleaned, where, func(string) string { return "+" + cleaned })}
		}
		l.add(rulePhone, where, "must be + and digits only, with the country's code", mends...)
	case len(n) > MaxPhone:
		l.add(rulePhone, where, fmt.Sprintf("has %d characters; Meta takes %d", len(n), MaxPhone))
	}
}

func (l *linter) code(b Button, where Place) {
	limit := MaxCode
	if _, ok := l.d.find(LimitedTimeOffer); ok {
		limit = MaxOfferCode
	}
	if len(b.Example) == 0 || strings.TrimSpace(b.Example[0]) == "" {
		l.add(ruleCodeMissing, where, "needs an example of the code", edit("Use WELCOME10", func(d *Document) {
			if _, b := d.at(where.slot()); b != nil {
				b.Example = []string{"WELCOME10"}
			}
		}))
		return
	}
	if n := Length(b.Example[0]); n > limit {
		l.add(ruleCodeLength, where, fmt.Sprintf("has %d characters; Meta takes %d", n, limit))
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
		l.add(ruleFlow, at.field("flow_id"), "does not say which flow it opens")
	case n > 1:
		l.add(ruleFlow, at.field("flow_id"), "names its flow in more than one way; keep one", edit("Keep one", func(d *Document) {
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
	if a := b.FlowAction; a != "" && !slices.Contains([]string{"navigate", "data_exchange"}, strings.ToLower(a)) {
		l.add(ruleFlowAction, at.field("flow_action"), shorten(a)+" is neither navigate nor data_exchange")
	}
}
