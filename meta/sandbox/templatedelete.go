package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// deletionWait is how long a template with messages on their way may stay PENDING_DELETION.
const deletionWait = 30 * 24 * time.Hour

// archiveFor is how long an archived template is kept before it is deleted.
const archiveFor = 28 * 24 * time.Hour

// deleteTemplates removes by name, by id and name, or by a list of ids: all or none.
func (c *call) deleteTemplates() (any, *graphErr) {
	name, id, ids := c.p.str("name"), c.p.str("hsm_id"), c.wordsOf("hsm_ids")
	switch {
	case len(ids) > 100:
		return nil, wrongParam("delete", "Param hsm_ids must have at most 100 elements")
	case len(ids) == 0 && name == "":
		return nil, ruled("delete", missing100("name"))
	case len(ids) == 0 && id != "":
		ids = []string{id}
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	gone, e := c.chosen(ids, name)
	if e != nil {
		return nil, e
	}
	for _, t := range gone {
		switch {
		case t.sample:
			return nil, refused("delete", 2388094, "Sample Template Cannot Be Deleted", "Templates that came with the account as samples stay.")
		case t.status == "DISABLED":
			return nil, badState("Template cannot be deleted", "A disabled template cannot be deleted.")
		}
	}
	for _, t := range gone {
		c.s.discard(t, c.now)
	}
	return success(), nil
}

// chosen finds the templates by ids, or by name when there are none.
func (c *call) chosen(ids []string, name string) ([]*template, *graphErr) {
	var out []*template
	for _, want := range ids {
		t := c.s.w.template(want)
		if t == nil || name != "" && t.name != name {
			return nil, noTemplate("id and name")
		}
		out = append(out, t)
	}
	if len(ids) == 0 {
		for _, t := range c.s.w.templates {
			if t.name == name {
				out = append(out, t)
			}
		}
	}
	if len(out) == 0 {
		return nil, noTemplate("name")
	}
	return out, nil
}

// discard deletes a template; while messages with it are on their way it waits in PENDING_DELETION. Callers hold Server.mu.
func (s *Server) discard(t *template, now time.Time) {
	if t.status == "PENDING_DELETION" {
		return
	}
	if t.sendable() || t.status == "PAUSED" || t.status == "ARCHIVED" {
		s.w.deleted[t.name+"/"+t.language] = now
	}
	t.round++
	if !s.onTheWay(t, now) {
		s.w.removeTemplate(t)
		s.tellStatus(t, "DELETED", nil)
		return
	}
	t.status, t.updated = "PENDING_DELETION", now
	s.tellStatus(t, "PENDING_DELETION", nil)
	s.plan(now.Add(deletionWait), t, func() { s.bury(t) })
}

// bury ends the wait of a template in PENDING_DELETION. Callers hold Server.mu.
func (s *Server) bury(t *template) {
	if t.status == "PENDING_DELETION" {
		s.w.removeTemplate(t)
		s.tellStatus(t, "DELETED", nil)
	}
}

// onTheWay is true while a message with the template has not arrived.
func (s *Server) onTheWay(t *template, now time.Time) bool {
	for i := len(s.w.sent) - 1; i >= 0; i-- {
		o := s.w.sent[i]
		if now.Sub(o.at) > deletionWait {
			break
		}
		if o.tpl == t && (o.status == "accepted" || o.status == "sent") {
			return true
		}
	}
	return false
}

// arrived lets a template go that waited for its last message. Callers hold Server.mu.
func (s *Server) arrived(t *template) {
	if t != nil && t.status == "PENDING_DELETION" && !s.onTheWay(t, s.now()) {
		s.bury(t)
	}
}

func (c *call) archiveTemplates() (any, *graphErr)   { return c.shelve(true) }
func (c *call) unarchiveTemplates() (any, *graphErr) { return c.shelve(false) }

// shelve archives templates or brings them back; what cannot be moved is named, the others are moved.
func (c *call) shelve(away bool) (any, *graphErr) {
	ids := c.wordsOf("hsm_ids")
	if len(ids) == 0 {
		return nil, missing100("hsm_ids")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	done, failed := []any{}, []any{}
	for _, id := range ids {
		id = strings.TrimSpace(id)
		t := c.s.w.template(id)
		switch {
		case t == nil || away && t.status != "APPROVED" && t.status != "PAUSED" && t.status != "REJECTED" || !away && t.status != "ARCHIVED":
			failed = append(failed, id)
			continue
		case away:
			t.status = "ARCHIVED"
			t.round++
			c.s.tellStatus(t, "ARCHIVED", nil)
			c.s.plan(c.now.Add(archiveFor), t, func() { c.s.discard(t, c.s.now()) })
		default:
			t.status = "APPROVED"
			t.round++
			c.s.tellStatus(t, "UNARCHIVED", nil)
		}
		t.updated = c.now
		done = append(done, id)
	}
	key := "archived_templates"
	if !away {
		key = "unarchived_templates"
	}
	return map[string]any{key: done, "failed_templates": failed}, nil
}

// unpauseTemplate ends a pause before its time, as Meta allows for pauses of pacing.
func (c *call) unpauseTemplate() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	t := c.s.w.template(c.id)
	if t == nil {
		return nil, unsupported(http.MethodPost, c.id)
	}
	if t.status != "PAUSED" {
		return map[string]any{"success": false, "reason": "The template is not paused."}, nil
	}
	c.s.unpause(t)
	return success(), nil
}
