package papers

import "strings"

// letter lays a sheet out on A4 or Letter.
func (f *flow) letter() {
	f.letterhead()
	f.entitle()
	f.parties()
	f.text(f.lines(f.sheet.greeting, false, f.inner(), f.body), f.side, f.inner(), f.body, ink, start)
	if f.sheet.greeting != "" {
		f.y += f.gap
	}
	f.table()
	f.totals()
	f.closing()
}

// letterhead puts the logo, or the name in its place, opposite to the shop's address.
func (f *flow) letterhead() {
	half := f.inner()/2 - 10
	left := f.y
	if f.shop.Logo != nil {
		w, h := f.shop.Logo.fit(half, 56)
		f.canvas.picture(f.shop.Logo, f.side, f.y, w, h)
		left += h
	} else {
		name := some(f.lines(f.sheet.shopName, true, half, 18), 3)
		left = f.put(name, f.side, f.y, half, 18, f.main.legible(), start)
	}
	x, right := f.side+half+20, f.y
	if f.shop.Logo != nil {
		right = f.put(some(f.lines(f.sheet.shopName, true, half, f.body), 3), x, right, half, f.body, ink, end)
	}
	address := some(f.lines(strings.Join(f.sheet.shop, "\n"), false, half, f.small), 14)
	right = f.put(address, x, right, half, f.small, grey, end)
	f.y = max(left, right) + 10
	f.canvas.box(f.side, f.y, f.inner(), 2, f.main)
	f.canvas.box(f.side, f.y, 64, 2, f.second)
	f.y += 22
}

// entitle writes what the paper is.
func (f *flow) entitle() {
	title := f.lines(f.sheet.title+" "+f.sheet.number, true, f.inner(), f.heading)
	f.y = f.put(some(title, 4), f.side, f.y, f.inner(), f.heading, f.main.legible(), start) + 8
	if f.sheet.headline != "" {
		f.y = f.put(some(f.lines(f.sheet.headline, true, f.inner(), 15), 4), f.side, f.y, f.inner(), 15, ink, start) + 6
	}
}

// parties puts who the paper is for beside the facts; a ticket has its code there.
func (f *flow) parties() {
	half := f.inner()/2 - 12
	top, left := f.y, f.y
	if q, ok := f.code(); ok {
		const side = 170
		f.canvas.code(q, f.side+f.inner()-side, f.y, side)
		left = f.put(some(f.lines(f.sheet.code, true, side, f.body), 3), f.side+f.inner()-side, f.y+side, side, f.body, ink, middle)
		f.facts(f.side, f.inner()-side-20)
	} else {
		if len(f.sheet.to) > 0 {
			left = f.put(f.lines(f.sheet.forLabel, false, half, f.small), f.side, left, half, f.small, grey, start) + 1
			left = f.put(some(f.lines(f.sheet.to[0], true, half, f.body+1), 6), f.side, left, half, f.body+1, ink, start)
			rest := some(f.lines(strings.Join(f.sheet.to[1:], "\n"), false, half, f.body), 14)
			left = f.put(rest, f.side, left, half, f.body, ink, start)
		}
		f.y = top
		f.facts(f.side+half+24, half)
	}
	f.y = max(left, f.y) + f.gap
}

func (f *flow) code() (code, bool) {
	if f.sheet.code == "" {
		return nil, false
	}
	q, ok := newCode(f.sheet.code)
	return q, ok
}

// facts writes what is known, its name before it. Nothing of it is so long that it needs another sheet.
func (f *flow) facts(x, w float64) {
	label := w * 0.42
	for _, one := range f.sheet.facts {
		name := some(f.lines(one.label, false, label-8, f.body), 4)
		value := some(f.lines(one.value, false, w-label, f.body), 10)
		if web(one.url) {
			f.canvas.link(x+label, f.y, w-label, height(value, f.body), one.url)
		}
		f.y = f.abreast(name, value, [2]float64{x, label}, [2]float64{x + label, w - label}, f.body, grey, f.linked(one.url), start) + 2
	}
}

func (f *flow) linked(url string) Colour {
	if web(url) {
		return f.main.legible()
	}
	return ink
}

// web tells whether a link may be put into a file that others open.
func web(url string) bool {
	return (strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")) && len(url) < 2000 && !strings.ContainsFunc(url, func(r rune) bool {
		return r <= ' ' || r == 0x7f
	})
}

// totals stand together at the end of the line.
func (f *flow) totals() {
	if len(f.sheet.totals) == 0 {
		return
	}
	const size = 11.0
	w := min(270, f.inner())
	x := f.side + f.inner() - w
	type part struct {
		name, value []line
		size, h     float64
		strong      bool
	}
	var parts []part
	all := 0.0
	for _, t := range f.sheet.totals {
		p := part{size: f.body, strong: t.strong}
		if t.strong {
			p.size = size
		}
		p.value = some(f.lines(t.value, t.strong, w*0.62, p.size), 4)
		p.name = some(f.lines(t.label, t.strong, w*0.38-16, p.size), 4)
		p.h = max(height(p.name, p.size), height(p.value, p.size)) + 6
		if t.strong {
			p.h += 4
		}
		all += p.h
		parts = append(parts, p)
	}
	f.need(all)
	for _, p := range parts {
		pad := 3.0
		if p.strong {
			pad = 5
			f.canvas.box(x, f.y, w, p.h, f.second.tint(0.22))
		}
		top := f.y
		f.y += pad
		f.abreast(p.name, p.value, [2]float64{x + 8, w*0.38 - 16}, [2]float64{x + w*0.38 - 8, w * 0.62}, p.size, ink, ink, end)
		f.y = top + p.h
	}
	f.y += f.gap
}

// closing writes the links and the shop's own words.
func (f *flow) closing() {
	for _, l := range f.sheet.links {
		if !web(l.url) {
			continue
		}
		f.pair(l)
	}
	if len(f.sheet.links) > 0 {
		f.y += f.gap / 2
	}
	for _, s := range f.sheet.sections {
		if s.label != "" {
			label := f.lines(s.label, true, f.inner(), f.body)
			f.need(height(label, f.body) + 2*f.body)
			f.text(label, f.side, f.inner(), f.body, f.main.legible(), start)
		}
		f.text(f.lines(s.text, false, f.inner(), f.body), f.side, f.inner(), f.body, ink, start)
		f.y += f.gap / 2
	}
}

// pair writes a link behind what it is for.
func (f *flow) pair(l fact) {
	name := some(f.lines(l.label, false, f.inner()*0.3, f.body), 2)
	room := f.inner() * 0.68
	value := some(f.lines(l.value, false, room, f.body), 6)
	f.need(max(height(value, f.body), height(name, f.body)))
	x := f.side + f.inner() - room
	f.canvas.link(x, f.y, room, height(value, f.body), l.url)
	f.y = f.abreast(name, value, [2]float64{f.side, f.inner() * 0.3}, [2]float64{x, room}, f.body, grey, f.main.legible(), start) + 2
}
