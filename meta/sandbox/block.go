package sandbox

import (
	"slices"
	"time"
)

// listBlocked pages through the blocked users of a number.
func (c *call) listBlocked() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	from, to, pg, e := c.paging(len(p.blocked), 100)
	if e != nil {
		return nil, e
	}
	var data []any
	for _, w := range p.blocked[from:to] {
		data = append(data, map[string]any{"messaging_product": "whatsapp", "wa_id": w})
	}
	return list(data, pg), nil
}

func (c *call) blockUsers() (any, *graphErr)   { return c.changeBlocks("added_users", true) }
func (c *call) unblockUsers() (any, *graphErr) { return c.changeBlocks("removed_users", false) }

// changeBlocks does what it can of a list and reports the rest with 139100 (Meta: Block users).
func (c *call) changeBlocks(key string, block bool) (any, *graphErr) {
	if e := c.needProduct(); e != nil {
		return nil, e
	}
	users, ok := c.p.v["block_users"].([]any)
	if !ok || len(users) == 0 {
		return nil, missing100("block_users")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	done, failed := []any{}, []any{}
	for _, u := range users {
		o := asObject(u)
		input := asText(o["user"])
		var who *customer
		if input != "" {
			who = c.s.w.customers[onlyDigits(input)]
		} else if input = asText(o["user_id"]); input != "" {
			who = c.s.w.byUser[input]
		} else {
			return nil, missing100("block_users[user]")
		}
		item := map[string]any{"input": input}
		wa := onlyDigits(input)
		if who != nil {
			wa = who.waID
			item["wa_id"] = wa
			if c.s.cfg.Shape == Shape2026 {
				item["user_id"] = who.userID
			}
		}
		code := 0
		switch {
		case wa == p.digits():
			code = 131021
		case block && (who == nil || c.now.Sub(who.lastIn[p.id]) >= 24*time.Hour):
			code = 131047
		case block && len(p.blocked) >= 64000:
			code = 139101
		}
		if code != 0 {
			e := fail(code, "")
			item["errors"] = []any{map[string]any{"message": e.msg, "code": code, "error_data": map[string]any{"details": e.details}}}
			failed = append(failed, item)
			continue
		}
		at := slices.Index(p.blocked, wa)
		switch {
		case block && at < 0:
			p.blocked = append(p.blocked, wa)
		case !block && at >= 0:
			p.blocked = slices.Delete(p.blocked, at, at+1)
		}
		done = append(done, item)
	}
	result := map[string]any{key: done}
	if len(failed) > 0 {
		result["failed_users"] = failed
		e := fail(139100, "")
		e.beside = map[string]any{"messaging_product": "whatsapp", "block_users": result}
		return nil, e
	}
	return map[string]any{"messaging_product": "whatsapp", "block_users": result}, nil
}
