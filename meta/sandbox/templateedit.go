package sandbox

import (
	"slices"
	"strings"
	"time"
)

// Meta's limits for edits of approved templates.
const (
	editEvery = 24 * time.Hour
	editSpan  = 30 * 24 * time.Hour
	editMost  = 10
)

// editTemplate replaces components, category or settings and sends the template back into review.
func (c *call) editTemplate() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	t := c.s.w.template(c.id)
	if t == nil {
		return nil, unsupported(c.method, c.id)
	}
	next, comps, e := c.edited(t)
	if e != nil {
		return nil, e
	}
	var used []*uploadSession
	if comps == nil {
		// What stays must still fit: another category or kind of variable has other rules.
		d := &draft{category: next.category, named: next.format == "NAMED", has: kindsOf(t.components)}
		if e = d.check(t.components); e != nil && next.category == t.category && next.format == t.format {
			e = nil
		}
	} else {
		used, e = c.s.checkContent(next, comps, c.now)
	}
	if e != nil {
		return nil, e
	}
	if e := c.countEdit(t); e != nil {
		return nil, e
	}
	for _, u := range used {
		u.usedBy = t.name
	}
	t.category, t.format, t.ttl, t.untracked, t.subCategory, t.displayFormat = next.category, next.format, next.ttl, next.untracked, next.subCategory, next.displayFormat
	if comps != nil {
		t.components = c.s.normal(comps, t.category, t.language)
		c.s.tellComponents(t)
	}
	t.status, t.reason, t.correct, t.updated = "PENDING", "", "", c.now
	t.round++
	c.s.review(t)
	return map[string]any{"success": true, "id": t.id, "name": t.name, "category": t.category}, nil
}

// edited is the template as the request wants it, and its new components if there are any.
func (c *call) edited(t *template) (*template, []any, *graphErr) {
	next := *t
	switch {
	case t.status != "APPROVED" && t.status != "REJECTED" && t.status != "PAUSED":
		return nil, nil, badState("Template cannot be edited", "A template can be edited while it is approved, rejected or paused; this one is %s.", t.status)
	case c.p.has("name") && c.p.str("name") != t.name, c.p.has("language") && c.p.str("language") != t.language:
		return nil, nil, wrongParam("identity", "Name and language of a template cannot be edited.")
	}
	some := false
	for _, k := range []string{"components", "category", "message_send_ttl_seconds", "parameter_format", "cta_url_link_tracking_opted_out"} {
		some = some || c.p.has(k)
	}
	if !some {
		return nil, nil, ruled("components", missing100("components"))
	}
	if cat := strings.ToUpper(c.p.str("category")); cat != "" && cat != t.category {
		switch {
		case !contains(categories, cat):
			return nil, nil, badCategory(cat)
		case t.status == "APPROVED":
			return nil, nil, badState("Category cannot be changed", "The category of an approved template cannot be edited.")
		}
		next.category = cat
		if next.ttl != nil && !ttlAllowed(cat, *next.ttl) {
			next.ttl = nil
		}
	}
	if e := c.settings(&next); e != nil {
		return nil, nil, e
	}
	if !c.p.has("components") {
		return &next, nil, nil
	}
	comps, e := c.components()
	return &next, comps, e
}

// countEdit holds the limits for edits of approved templates; rejected and paused ones are free.
func (c *call) countEdit(t *template) *graphErr {
	if t.status != "APPROVED" {
		return nil
	}
	t.edits = slices.DeleteFunc(t.edits, func(at time.Time) bool { return c.now.Sub(at) >= editSpan })
	if n := len(t.edits); n >= editMost || n > 0 && c.now.Sub(t.edits[n-1]) < editEvery {
		return badState("Template was edited too often", "An approved template can be edited once in 24 hours and ten times in 30 days.")
	}
	t.edits = append(t.edits, c.now)
	return nil
}
