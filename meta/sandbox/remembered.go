package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// KnownTemplate is a template whom the client knows from an earlier server.
type KnownTemplate struct {
	ID, Name, Language, Category string
	Status, Reason, Quality      string // as Meta writes them
	ParameterFormat              string // POSITIONAL or NAMED
	Components                   json.RawMessage
	Updated                      time.Time
}

// RememberTemplate tells a new server of a template that an earlier one had, in place of one of the same name and language. What was in review is
// reviewed again. It is to be called before the first callback is set.
func (s *Server) RememberTemplate(k KnownTemplate) error {
	var comps []any
	if err := json.Unmarshal(k.Components, &comps); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.w
	w.templates = slices.DeleteFunc(w.templates, func(t *template) bool { return t.id == k.ID || t.name == k.Name && t.language == k.Language })
	t := &template{
		id: k.ID, name: k.Name, language: k.Language, category: strings.ToUpper(k.Category), status: strings.ToUpper(k.Status), format: k.ParameterFormat,
		components: comps, reason: k.Reason, quality: k.Quality, updated: k.Updated, sample: k.Name == "hello_world",
	}
	if t.format == "" {
		t.format = "POSITIONAL"
	}
	w.templates = append(w.templates, t)
	if t.status == "PENDING" {
		s.review(t)
	}
	return nil
}
