package templates

import (
	"context"

	"shopbell/app"
	"shopbell/meta/template"
)

// Resolution is what a person decides about a template here and one of Meta's that have the same name.
type Resolution string

// The ways out of a ConflictSameName.
const (
	Link       Resolution = "link"        // they are the same; if their texts differ, choose with TakeTheirs or KeepMine
	RenameMine Resolution = "rename_mine" // mine gets another technical name, Meta's comes as a template of its own
	KeepBoth   Resolution = "keep_both"   // Meta's comes as a template of its own; mine keeps its name and must be renamed before it is submitted
)

// Resolve decides a conflict of names. name is the new technical name for RenameMine; "" lets the program choose one.
func (s *Service) Resolve(ctx context.Context, who app.Staff, id app.ID, how Resolution, name string) (app.Template, error) {
	if err := adminsOnly(who); err != nil {
		return app.Template{}, err
	}
	t, err := s.c.Store.Template(ctx, id)
	if err != nil {
		return t, err
	}
	if t.Conflict == nil || t.Conflict.Kind != app.ConflictSameName {
		return t, errNoConflict
	}
	r := t.Conflict.Theirs
	if how == RenameMine {
		if name == "" {
			name, err = s.free(ctx, t.AccountID, t.Document.Name[:min(len(t.Document.Name), template.MaxName-8)]+"_mine")
		} else if name = Slug(name); name == r.Document.Name {
			err = invalid("That is the name that Meta's template has.", "Choose another one.")
		}
		if err != nil {
			return t, err
		}
	}
	err = s.c.Store.MergeTemplates(ctx, t.AccountID, []string{r.ID}, []string{t.Document.Name}, func(found []app.Template) ([]app.TemplateWrite, error) {
		var mine *app.Template
		other := false
		for i := range found {
			if found[i].ID == id {
				mine = &found[i]
			} else if found[i].MetaID == r.ID {
				other = true
			}
		}
		if mine == nil || mine.Conflict == nil || mine.Conflict.Theirs.ID != r.ID {
			return nil, errNoConflict
		}
		now := s.c.Now()
		if how == Link {
			if other {
				return nil, &app.Error{Code: app.CodeConflict, Message: "Another template here is linked to that one already.", Mend: "Keep both, or rename yours."}
			}
			trace := link(mine, r, now)
			trace.Events[0].StaffID = who.ID
			return []app.TemplateWrite{{Template: *mine, Trace: trace}}, nil
		}
		mine.Conflict = nil
		if how == RenameMine {
			mine.Document.Name = name
		}
		out := []app.TemplateWrite{{Template: *mine, Trace: line(app.TemplateEventResolved, who.ID, string(how))}}
		if !other {
			w := imported(mine.AccountID, r, now)
			schedule(&w.Template, now)
			out = append(out, w)
		}
		return out, nil
	})
	if err != nil {
		return t, err
	}
	s.hurry()
	return s.c.Store.Template(ctx, id)
}

var errNoConflict = &app.Error{Code: app.CodeConflict, Message: "There is nothing to decide any more.", Mend: "Look at the template again."}

// TakeTheirs makes Meta's version the document. What was written here is kept as a version; bindings whose placeholder remains are kept.
func (s *Service) TakeTheirs(ctx context.Context, who app.Staff, id app.ID) (app.Template, error) {
	return s.change(ctx, who, id, func(t *app.Template) (app.TemplateTrace, error) {
		if err := Idle(*t); err != nil {
			return app.TemplateTrace{}, err
		}
		theirs := t.Remote
		if t.Conflict != nil && t.Conflict.Kind == app.ConflictDiverged {
			theirs = &t.Conflict.Theirs.Document
		}
		if theirs == nil || t.MetaID == "" {
			return app.TemplateTrace{}, errNoConflict
		}
		trace := line(app.TemplateEventResolved, who.ID, "theirs")
		trace.Versions = append(trace.Versions, version(*t, app.VersionReplaced, who.ID))
		take(t, *theirs)
		trace.Versions = append(trace.Versions, version(*t, app.VersionSynced, who.ID))
		return trace, nil
	})
}

// KeepMine keeps what was written here, as a draft to be submitted. Meta's version is kept as a version.
func (s *Service) KeepMine(ctx context.Context, who app.Staff, id app.ID) (app.Template, error) {
	return s.change(ctx, who, id, func(t *app.Template) (app.TemplateTrace, error) {
		if t.Conflict == nil || t.Conflict.Kind != app.ConflictDiverged {
			return app.TemplateTrace{}, errNoConflict
		}
		base := t.Conflict.Theirs.Document.Clone()
		trace := line(app.TemplateEventResolved, who.ID, "mine")
		v := version(*t, app.VersionSynced, 0)
		v.Document = base
		trace.Versions = append(trace.Versions, v, version(*t, app.VersionRestored, who.ID))
		t.Base, t.Conflict, t.Draft = &base, nil, true
		return trace, nil
	})
}
