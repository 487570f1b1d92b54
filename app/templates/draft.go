package templates

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"shopbell/app"
	"shopbell/meta/template"
)

// Start is what a new template begins with: blank, a starter, or anything else that has a document.
type Start struct {
	AccountID  app.ID
	Name       string            // the shop's own; "" makes “New template”
	Document   template.Document // the zero value is blank; its technical name is made from Name
	RecordType string            // "" is contact
	PhoneField string
	Staff      []app.ID
	Bindings   []app.Binding
}

// Create begins a template. Nothing goes to Meta before Submit.
func (s *Service) Create(ctx context.Context, who app.Staff, b Start) (app.Template, error) {
	if err := adminsOnly(who); err != nil {
		return app.Template{}, err
	}
	t := app.Template{
		AccountID: b.AccountID, Name: strings.TrimSpace(b.Name), Document: b.Document.Clone(), RecordType: b.RecordType, PhoneField: b.PhoneField,
		Staff: b.Staff, Draft: true,
	}
	if t.Name == "" {
		t.Name = "New template"
	}
	if t.RecordType == "" {
		t.RecordType = "contact"
	}
	d := &t.Document
	if d.Language == "" {
		d.Language = "en"
	}
	if d.Category == "" {
		d.Category = template.Marketing
	}
	d.Ensure(template.Body)
	dropHandles(d)
	t.Bindings, _ = app.MergeBindings(*d, b.Bindings, nil)
	for _, x := range t.Bindings {
		setSample(d, x.Slot, x.Sample)
	}
	return s.insert(ctx, who, t, Slug(t.Name))
}

// insert adds a template under a technical name that is free, made from base.
func (s *Service) insert(ctx context.Context, who app.Staff, t app.Template, base string) (app.Template, error) {
	name, err := s.free(ctx, t.AccountID, base)
	if err != nil {
		return app.Template{}, err
	}
	t.Document.Name = name
	trace := line(app.TemplateEventCreated, who.ID, "")
	trace.Versions = append(trace.Versions, version(t, app.VersionCreated, who.ID))
	return s.c.Store.AddTemplate(ctx, app.TemplateWrite{Template: t, Trace: trace})
}

// free gives a technical name that no template of the account has.
func (s *Service) free(ctx context.Context, account app.ID, base string) (string, error) {
	for n := 1; ; n++ {
		name := base
		if n > 1 {
			end := fmt.Sprintf("_%d", n)
			name = base[:min(len(base), template.MaxName-len(end))] + end
		}
		rows, err := s.c.Store.Templates(ctx, app.TemplateFilter{AccountID: account, Technical: name, Everything: true})
		if err != nil || len(rows) == 0 {
			return name, err
		}
	}
}

// Save writes what a person changed: name, document, record type, phone field, staff, bindings and account. It is cheap enough for every pause in
// typing. Bindings and samples follow the document's placeholders. Somebody else's change since t was read is a *Collision, which holds both.
func (s *Service) Save(ctx context.Context, who app.Staff, t app.Template) (app.Template, error) {
	if strings.TrimSpace(t.Name) == "" {
		return app.Template{}, invalid("The template has no name.", "Give it a name of your own, such as “Order ready”.")
	}
	was, err := s.c.Store.Template(ctx, t.ID)
	if err != nil {
		return app.Template{}, err
	}
	follow := false
	if followsName(was, t) {
		rows, err := s.c.Store.Templates(ctx, app.TemplateFilter{AccountID: was.AccountID, Technical: was.Document.Name, Everything: true})
		if err != nil {
			return app.Template{}, err
		}
		follow = len(rows) == 1 // else its other languages would be left behind
	}
	return s.change(ctx, who, t.ID, func(cur *app.Template) (app.TemplateTrace, error) {
		if cur.Revision != t.Revision {
			return app.TemplateTrace{}, &Collision{Mine: t, Theirs: *cur}
		}
		mine := t
		mine.Document = t.Document.Clone()
		if follow {
			mine.Document.Name = Slug(mine.Name)
		}
		return write(cur, mine, who.ID)
	})
}

// followsName tells whether the technical name still follows the name: until it is submitted or somebody writes it himself.
func followsName(cur, mine app.Template) bool {
	return cur.Name != mine.Name && cur.MetaID == "" && cur.SubmittedAt.IsZero() && mine.Document.Name == cur.Document.Name && cur.Document.Name == Slug(cur.Name)
}

// write puts what a person changed into the template as it is kept.
func write(cur *app.Template, mine app.Template, who app.ID) (app.TemplateTrace, error) {
	var trace app.TemplateTrace
	moved := mine.AccountID != cur.AccountID
	if moved {
		if err := Idle(*cur); err != nil {
			return trace, err
		}
		cur.AccountID, cur.Draft, cur.Standing = mine.AccountID, true, app.Standing{}
		trace = line(app.TemplateEventMoved, who, "")
	}
	d := mine.Document
	dropHandles(&d)
	if cur.MetaStatus.Sendable() {
		d.Category = cur.Document.Category // Meta's word, which may have changed meanwhile
	}
	live, parked := app.MergeBindings(d, mine.Bindings, slices.Concat(cur.Bindings, cur.Parked))
	for i, b := range live {
		was, had := bindingOf(cur.Bindings, b.Slot)
		switch {
		case had && was.Sample == b.Sample && d.SampleOf(b.Slot) != cur.Document.SampleOf(b.Slot):
			live[i].Sample = d.SampleOf(b.Slot) // written in the document itself
		case had && was.Sample == b.Sample && d.SampleOf(b.Slot) != "":
		default:
			setSample(&d, b.Slot, b.Sample)
		}
	}
	pruneSamples(&d)
	if !app.SameTemplate(d, cur.Document) {
		if err := Editable(*cur); err != nil {
			if !sameButSamples(d, cur.Document) {
				return trace, err
			}
			d = cur.Document // samples may be written at any time; Meta's text gets them when it is taken back to be edited
		}
		if cur.MetaID != "" && (d.Name != cur.Document.Name || d.Language != cur.Document.Language) {
			return trace, invalid("Meta lets neither the technical name nor the language of a template change.", "Make a copy, or add a language to it.")
		}
	}
	cur.Document, cur.Bindings, cur.Parked = d, live, parked
	cur.Name, cur.RecordType, cur.PhoneField, cur.Staff = strings.TrimSpace(mine.Name), mine.RecordType, mine.PhoneField, mine.Staff
	cur.Files = keepFiles(arranged(cur.Files, mine.Files), d)
	return trace, nil
}

// arranged gives the files that a person's version has, of those that the template has: cards that were moved take theirs along. Others come only
// through SetHeaderFile, which looks at them.
func arranged(have, want []app.HeaderFile) []app.HeaderFile {
	return slices.DeleteFunc(slices.Clone(want), func(w app.HeaderFile) bool {
		return !slices.ContainsFunc(have, func(h app.HeaderFile) bool { return h.SHA256 == w.SHA256 })
	})
}

// Editable tells why the document can't be changed now; nil when it can.
func Editable(t app.Template) error {
	if err := Idle(t); err != nil {
		return err
	}
	switch st := t.Status(); st {
	case app.TemplateDraft, app.TemplateRejected, app.TemplatePaused:
		return nil
	case app.TemplateApproved, app.TemplateFlagged, app.TemplateGone:
		return invalid("This template is "+strings.ToLower(st.Explain().Title)+", so its text is locked.", "Reset it to draft to change it; Meta's version stays until you submit yours.")
	default:
		return invalid("This template can't be changed now: "+st.Explain().Plain, st.Explain().Mend)
	}
}

// Idle tells whether no submission of the template is under way; else why not.
func Idle(t app.Template) error {
	if t.Submission == nil || t.Submission.State == app.SubmitCut {
		return nil
	}
	if t.Submission.State == app.SubmitUnknown {
		return &app.Error{
			Code: app.CodeUnavailable, Message: "The answer to the last submission never came; Meta is being asked whether it arrived.",
			Mend: "Wait a minute: it settles by itself.",
		}
	}
	return &app.Error{Code: app.CodeConflict, Message: "This template is being submitted at this moment.", Mend: "Wait until it has gone."}
}

// busy tells whether a submission of the template is under way.
func busy(t app.Template) bool { return Idle(t) != nil }

// ResetToDraft takes a template back to be edited. What Meta has stays as it is until the next Submit.
func (s *Service) ResetToDraft(ctx context.Context, who app.Staff, id app.ID) (app.Template, error) {
	return s.change(ctx, who, id, func(t *app.Template) (app.TemplateTrace, error) {
		if err := Idle(*t); err != nil {
			return app.TemplateTrace{}, err
		}
		switch st := t.Status(); st {
		case app.TemplateDraft:
			return app.TemplateTrace{}, nil
		case app.TemplateGone, app.TemplateDeleted:
			t.Standing = app.Standing{}
		case app.TemplateApproved, app.TemplateFlagged, app.TemplateRejected, app.TemplatePaused, app.TemplateArchived:
		default:
			return app.TemplateTrace{}, invalid("This template can't be taken back now: "+st.Explain().Plain, st.Explain().Mend)
		}
		t.Draft = true
		t.Document = sampled(*t)
		return line(app.TemplateEventReset, who.ID, ""), nil
	})
}

// Copy makes a new draft like a template: same text, bindings and file, no tie to Meta.
func (s *Service) Copy(ctx context.Context, who app.Staff, id app.ID) (app.Template, error) {
	t, err := s.twin(ctx, who, id)
	if err != nil {
		return app.Template{}, err
	}
	t.Name += " (copy)"
	base := t.Document.Name
	return s.insert(ctx, who, t, base[:min(len(base), template.MaxName-5)]+"_copy")
}

// AddLanguage begins a translation: the same technical name in another language, with the text to be translated.
func (s *Service) AddLanguage(ctx context.Context, who app.Staff, id app.ID, language string) (app.Template, error) {
	if _, ok := template.LanguageOf(language); !ok {
		return app.Template{}, invalid("“"+language+"” is not one of Meta's languages.", "Choose one from the list.")
	}
	t, err := s.twin(ctx, who, id)
	if err != nil {
		return app.Template{}, err
	}
	rows, err := s.c.Store.Templates(ctx, app.TemplateFilter{AccountID: t.AccountID, Technical: t.Document.Name, Languages: []string{language}, Everything: true})
	if err != nil {
		return app.Template{}, err
	}
	if len(rows) > 0 {
		return app.Template{}, &app.Error{Code: app.CodeConflict, Message: "This template has that language already.", Mend: "Open it, or choose another language."}
	}
	t.Document.Language = language
	trace := line(app.TemplateEventCreated, who.ID, language)
	trace.Versions = append(trace.Versions, version(t, app.VersionCreated, who.ID))
	return s.c.Store.AddTemplate(ctx, app.TemplateWrite{Template: t, Trace: trace})
}

// twin is a template as a new draft.
func (s *Service) twin(ctx context.Context, who app.Staff, id app.ID) (app.Template, error) {
	if err := adminsOnly(who); err != nil {
		return app.Template{}, err
	}
	t, err := s.c.Store.Template(ctx, id)
	if err != nil {
		return t, err
	}
	t.Document = sampled(t)
	dropHandles(&t.Document)
	t.ID, t.Revision, t.Draft, t.Archived, t.Standing = 0, 0, true, false, app.Standing{}
	return t, nil
}

// Archive takes a template out of sight here, or brings it back. Meta's version is not touched.
func (s *Service) Archive(ctx context.Context, who app.Staff, id app.ID, archived bool) (app.Template, error) {
	return s.change(ctx, who, id, func(t *app.Template) (app.TemplateTrace, error) {
		if t.Archived == archived {
			return app.TemplateTrace{}, nil
		}
		t.Archived = archived
		return line(app.TemplateEventArchived, who.ID, map[bool]string{true: "yes", false: "no"}[archived]), nil
	})
}

// Restore takes an older version back as the document. What was written is kept as a version first.
func (s *Service) Restore(ctx context.Context, who app.Staff, id, versionID app.ID) (app.Template, error) {
	versions, err := s.Versions(ctx, who, id)
	if err != nil {
		return app.Template{}, err
	}
	i := slices.IndexFunc(versions, func(v app.TemplateVersion) bool { return v.ID == versionID })
	if i < 0 {
		return app.Template{}, &app.Error{Code: app.CodeNotFound, Message: "This version is not here."}
	}
	v := versions[i]
	return s.change(ctx, who, id, func(t *app.Template) (app.TemplateTrace, error) {
		if err := Editable(*t); err != nil {
			return app.TemplateTrace{}, err
		}
		trace := line(app.TemplateEventRestored, who.ID, fmt.Sprint(v.Number))
		trace.Versions = append(trace.Versions, version(*t, app.VersionReplaced, who.ID))
		d := v.Document.Clone()
		if t.MetaID != "" {
			d.Name, d.Language = t.Document.Name, t.Document.Language
		}
		if t.MetaStatus.Sendable() {
			d.Category = t.Document.Category
		}
		t.Document = d
		t.Bindings, t.Parked = app.MergeBindings(d, v.Bindings, slices.Concat(t.Bindings, t.Parked))
		t.Files = keepFiles(t.Files, d)
		trace.Versions = append(trace.Versions, version(*t, app.VersionRestored, who.ID))
		return trace, nil
	})
}

func bindingOf(list []app.Binding, s template.Slot) (app.Binding, bool) {
	i := slices.IndexFunc(list, func(b app.Binding) bool { return b.Slot == s })
	if i < 0 {
		return app.Binding{}, false
	}
	return list[i], true
}
