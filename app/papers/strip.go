package papers

import "strings"

// strip lays a sheet out on a roll: one column under the other, as a till prints.
func (f *flow) strip() {
	w := f.inner()
	if f.shop.Logo != nil {
		lw, lh := f.shop.Logo.fit(w*0.6, 60)
		f.canvas.picture(f.shop.Logo, f.side+(w-lw)/2, f.y, lw, lh)
		f.y += lh + 6
	}
	f.text(some(f.lines(f.sheet.shopName, true, w, 12), 4), f.side, w, 12, f.main.legible(), middle)
	f.text(some(f.lines(strings.Join(f.sheet.shop, "\n"), false, w, f.small), 16), f.side, w, f.small, grey, middle)
	f.divide(f.main)
	f.text(some(f.lines(f.sheet.title+" "+f.sheet.number, true, w, f.heading), 4), f.side, w, f.heading, ink, middle)
	f.text(some(f.lines(f.sheet.headline, true, w, f.heading), 6), f.side, w, f.heading, ink, middle)
	f.y += 3
	f.text(some(f.lines(strings.Join(f.addressee(), "\n"), false, w, f.body), 12), f.side, w, f.body, ink, middle)
	f.y += f.gap / 2
	f.facts(f.side, w)
	f.text(f.lines(f.sheet.greeting, false, w, f.body), f.side, w, f.body, ink, start)
	if len(f.sheet.rows) > 0 {
		f.divide(rule)
		for _, r := range f.sheet.rows {
			if f.err != nil {
				return
			}
			f.item(r)
		}
	}
	if len(f.sheet.totals) > 0 {
		f.divide(rule)
		for _, t := range f.sheet.totals {
			size := f.body
			if t.strong {
				size = 11
			}
			f.opposite(t.label, t.value, size, t.strong)
		}
	}
	f.divide(f.main)
	if q, ok := f.code(); ok {
		const side = 120
		f.need(side + 12)
		f.canvas.code(q, f.side+(w-side)/2, f.y, side)
		f.y += side
		f.text(some(f.lines(f.sheet.code, true, w, f.body), 3), f.side, w, f.body, ink, middle)
		f.y += f.gap
	}
	for _, s := range f.sheet.sections {
		f.text(f.lines(s.label, true, w, f.small), f.side, w, f.small, ink, start)
		f.text(f.lines(s.text, false, w, f.small), f.side, w, f.small, ink, start)
		f.y += f.gap / 2
	}
	for _, l := range f.sheet.links {
		if web(l.url) {
			f.text(f.lines(l.label, false, w, f.small), f.side, w, f.small, grey, middle)
			value := some(f.lines(l.value, false, w, f.small), 8)
			f.need(height(value, f.small))
			f.canvas.link(f.side, f.y, w, height(value, f.small), l.url)
			f.text(value, f.side, w, f.small, f.main.legible(), middle)
			f.y += 3
		}
	}
	f.text(f.lines(f.sheet.footer, false, w, f.small), f.side, w, f.small, grey, middle)
}

// addressee is who the paper is for: on a roll with the address only where something goes to it.
func (f *flow) addressee() []string {
	if f.sheet.priced {
		return f.sheet.to[:min(len(f.sheet.to), 1)]
	}
	return f.sheet.to
}

// divide draws a rule across the roll.
func (f *flow) divide(fill Colour) {
	f.y += f.gap / 2
	f.canvas.box(f.side, f.y, f.inner(), 0.8, fill)
	f.y += f.gap / 2
}

// item writes one line: what was bought, then how much of it opposite to what it costs.
func (f *flow) item(r row) {
	w := f.inner()
	f.text(f.lines(r.product, true, w, f.body), f.side, w, f.body, ink, start)
	f.text(f.lines(r.detail, false, w, f.small), f.side, w, f.small, grey, start)
	many := r.quantity
	if f.sheet.priced && r.price != "" {
		many = strings.TrimPrefix(many+" × "+r.price, " × ")
	}
	if r.discount != "" && f.sheet.priced {
		many += "  (" + wDiscount.in(f.sheet.lang) + " " + r.discount + ")"
	}
	amount := r.amount
	if !f.sheet.priced {
		amount = ""
	}
	f.opposite(many, amount, f.body, false)
	f.y += 2
}

// opposite writes two texts at the two ends of the roll.
func (f *flow) opposite(left, right string, size float64, bold bool) {
	w := f.inner()
	l, r := some(f.lines(left, bold, w*0.56, size), 8), some(f.lines(right, bold, w*0.44-4, size), 8)
	f.need(max(height(l, size), height(r, size)))
	f.y = f.abreast(l, r, [2]float64{f.side, w * 0.56}, [2]float64{f.side + w*0.56, w * 0.44}, size, ink, ink, end)
}
