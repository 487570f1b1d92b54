package sandbox

import (
	"sort"
	"strconv"
	"time"
)

// compareSpans are the lengths that a comparison may have, in days.
var compareSpans = []int{7, 30, 60, 90}

// compareTemplates sets a template beside others (Meta: Template comparison): who is blocked less, what was sent, why people block.
func (c *call) compareTemplates() (any, *graphErr) {
	ids := c.wordsOf("template_ids")
	from, okFrom := c.p.int("start", -1)
	to, okTo := c.p.int("end", -1)
	switch {
	case len(ids) == 0:
		return nil, missing100("template_ids")
	case !okFrom || from < 0:
		return nil, missing100("start")
	case !okTo || to < 0:
		return nil, missing100("end")
	case !spanAllowed(to - from):
		return nil, wrongParam("compare", "Params start and end must be 7, 30, 60 or 90 days apart.")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	all := []*template{c.s.w.template(c.id)}
	for _, id := range ids {
		if id == c.id {
			continue
		}
		t := c.s.w.template(id)
		if t == nil {
			return nil, noTemplate("id")
		}
		all = append(all, t)
	}
	sends := map[*template]int{}
	for _, o := range c.s.w.sent {
		if at := o.at.Unix(); o.tpl != nil && at >= int64(from) && at <= int64(to) {
			sends[o.tpl]++
		}
	}
	order := append([]*template(nil), all...)
	rank := map[string]int{"GREEN": 0, "UNKNOWN": 1, "YELLOW": 2, "RED": 3}
	sort.SliceStable(order, func(i, j int) bool { return rank[order[i].score()] < rank[order[j].score()] })
	var relative, numbers, reasons []any
	for _, t := range order {
		relative = append(relative, t.id)
	}
	for _, t := range all {
		numbers = append(numbers, map[string]any{"key": t.id, "value": sends[t]})
		why := "UNKNOWN_BLOCK_REASON"
		if t.score() == "RED" {
			why = "SPAM"
		}
		reasons = append(reasons, map[string]any{"key": t.id, "value": why})
	}
	return list([]any{
		map[string]any{"metric": "BLOCK_RATE", "type": "RELATIVE", "order_by_relative_metric": relative},
		map[string]any{"metric": "MESSAGE_SENDS", "type": "NUMBER_VALUES", "number_values": numbers},
		map[string]any{"metric": "TOP_BLOCK_REASON", "type": "STRING_VALUES", "string_values": reasons},
	}, nil), nil
}

// spanAllowed forgives an hour, so that summer time does not spoil a comparison.
func spanAllowed(seconds int) bool {
	for _, days := range compareSpans {
		if d := time.Duration(seconds)*time.Second - time.Duration(days)*24*time.Hour; d.Abs() <= time.Hour {
			return true
		}
	}
	return false
}

// migrateTemplates has nothing to move: there is one account here.
func (c *call) migrateTemplates() (any, *graphErr) {
	from := c.p.str("source_waba_id")
	if from == "" {
		return nil, missing100("source_waba_id")
	}
	if _, err := strconv.ParseInt(from, 10, 64); err != nil || from != c.s.cred.WABAID {
		return nil, unsupported(c.method, clip(from, 40))
	}
	return nil, refused("migrate", 2388103, "Templates cannot be moved", "Source and destination are the same account.")
}
