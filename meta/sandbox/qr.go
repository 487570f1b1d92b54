package sandbox

import (
	"net/http"
	"slices"
)

func (q *qrCode) view(image bool) map[string]any {
	m := map[string]any{"code": q.code, "prefilled_message": q.text, "deep_link_url": "https://wa.me/message/" + q.code}
	if image && q.image != "" {
		m["qr_image_url"] = q.image
	}
	return m
}

func (c *call) findQR(p *phone, code string) int {
	return slices.IndexFunc(p.qr, func(q *qrCode) bool { return q.code == code })
}

// getQR lists a number's short links or answers one.
func (c *call) getQR() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	if len(c.rest) == 1 {
		i := c.findQR(p, c.rest[0])
		if i < 0 {
			return nil, unsupported(http.MethodGet, c.rest[0])
		}
		return list([]any{p.qr[i].view(true)}, nil), nil
	}
	from, to, pg, e := c.paging(len(p.qr), 25)
	if e != nil {
		return nil, e
	}
	var data []any
	for _, q := range p.qr[from:to] {
		data = append(data, q.view(true))
	}
	return list(data, pg), nil
}

// postQR makes a short link, or changes the text of one when code is given.
func (c *call) postQR() (any, *graphErr) {
	text := c.p.str("prefilled_message")
	format := c.p.str("generate_qr_image")
	switch {
	case text == "":
		return nil, missing100("prefilled_message")
	case runes(text) > 140:
		return nil, param100("Param prefilled_message must be at most 140 characters long.")
	case format != "" && format != "PNG" && format != "SVG":
		return nil, param100("Param generate_qr_image must be one of {PNG, SVG} - got %q.", format)
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	if code := c.p.str("code"); code != "" {
		i := c.findQR(p, code)
		if i < 0 {
			return nil, param100("Param code is not a code of this number")
		}
		p.qr[i].text = text
		return p.qr[i].view(false), nil
	}
	if len(p.qr) >= 2000 {
		return nil, param100("The phone number has reached its limit of 2000 codes")
	}
	q := &qrCode{code: c.s.dice.str(base32, 14), text: text}
	if format != "" {
		q.image = "https://scontent.xx.fbcdn.net/v/qr/" + q.code + "?format=" + format
	}
	p.qr = append(p.qr, q)
	return q.view(true), nil
}

func (c *call) deleteQR() (any, *graphErr) {
	code := c.p.str("code")
	if len(c.rest) == 1 {
		code = c.rest[0]
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	i := c.findQR(p, code)
	if i < 0 {
		return nil, unsupported(http.MethodDelete, code)
	}
	p.qr = slices.Delete(p.qr, i, i+1)
	return success(), nil
}
