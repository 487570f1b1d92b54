package sandbox

import (
	"strconv"
	"time"
)

// Meta's pauses for low quality: three hours, then six, then the template is disabled.
const (
	firstPause  = 3 * time.Hour
	secondPause = 6 * time.Hour
	categoryDay = 24 * time.Hour // between the warning and the change of a category
)

// rate gives a template another quality; RED pauses an approved one. Callers hold Server.mu.
func (s *Server) rate(t *template, quality string) {
	before := t.score()
	if t.quality = quality; quality == "UNKNOWN" {
		t.quality = ""
	}
	t.qualityAt = s.now()
	if t.score() != before {
		s.tellQuality(t, before)
	}
	if quality == "RED" && t.status == "APPROVED" {
		s.pause(t)
	}
}

// pause is what low quality leads to, each time more. Callers hold Server.mu.
func (s *Server) pause(t *template) {
	t.pauses++
	t.round++
	t.updated = s.now()
	switch t.pauses {
	case 1:
		s.pauseFor(t, firstPause, "FIRST_PAUSE", "The template was paused for 3 hours because customers do not like it.")
	case 2:
		s.pauseFor(t, secondPause, "SECOND_PAUSE", "The template was paused for 6 hours because customers still do not like it.")
	default:
		s.disable(t, t.updated)
	}
}

func (s *Server) pauseFor(t *template, d time.Duration, title, why string) {
	t.status = "PAUSED"
	s.tellStatus(t, "PAUSED", map[string]any{"other_info": map[string]any{"title": title, "description": why}})
	if d > 0 {
		s.plan(s.now().Add(d), t, func() { s.unpause(t) })
	}
}

// unpause lets a template be sent again. Its quality starts anew. Callers hold Server.mu.
func (s *Server) unpause(t *template) {
	t.round++
	t.status, t.quality, t.qualityAt, t.updated = "APPROVED", "", s.now(), s.now()
	s.tellStatus(t, "APPROVED", map[string]any{"other_info": map[string]any{
		"title": "UNPAUSE", "description": "The template can be sent again.",
	}})
}

// disable turns a template off for good. Callers hold Server.mu.
func (s *Server) disable(t *template, at time.Time) {
	t.round++
	t.status, t.updated = "DISABLED", s.now()
	s.tellStatus(t, "DISABLED", map[string]any{
		"disable_info": map[string]any{"disable_date": strconv.FormatInt(at.Unix(), 10)},
		"other_info":   map[string]any{"title": "DISABLED", "description": "The template was disabled after repeated pauses."},
	})
}

// recategorise changes the category at once. Callers hold Server.mu.
func (s *Server) recategorise(t *template, category string) {
	if category == t.category {
		t.correct = ""
		return
	}
	t.previous, t.category, t.correct, t.updated = t.category, category, "", s.now()
	t.ttl = nil // Meta falls back to the new category's own
	s.tellCategory(t)
}

// planCategory warns of a change of category and makes it after a while. Callers hold Server.mu.
func (s *Server) planCategory(t *template, category string, after time.Duration) {
	t.correct = category
	at := s.now().Add(after)
	s.tellPlannedCategory(t, at)
	s.plan(at, t, func() {
		if t.correct == category {
			s.recategorise(t, category)
		}
	})
}
