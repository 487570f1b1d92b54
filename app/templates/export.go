package templates

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// ExportRow is a template as export writes it.
type ExportRow struct {
	Account    string                     `json:"account"`
	Name       string                     `json:"name"`  // Meta's, such as order_shipped
	Title      string                     `json:"title"` // the shop's own
	Language   string                     `json:"language"`
	Category   string                     `json:"category"`
	Format     string                     `json:"parameter_format"`
	Status     string                     `json:"status"`
	Quality    string                     `json:"quality,omitempty"`
	Reason     string                     `json:"reason,omitempty"` // of a rejection
	MetaID     string                     `json:"meta_id,omitempty"`
	AppliesTo  string                     `json:"applies_to,omitempty"`
	Archived   bool                       `json:"archived,omitempty"`
	Edited     bool                       `json:"edited,omitempty"` // not (yet) as Meta has it
	UpdatedAt  time.Time                  `json:"updated_at"`
	Components []template.Component       `json:"components"`
	Bindings   []ExportBinding            `json:"bindings,omitempty"`
	Extra      map[string]json.RawMessage `json:"extra,omitempty"` // what Meta says of it that the desk does not know
}

// ExportBinding is a binding as export writes it.
type ExportBinding struct {
	Slot   string `json:"slot"`
	Kind   string `json:"kind"`
	Path   string `json:"path,omitempty"`
	Format string `json:"format,omitempty"`
	Sample string `json:"sample,omitempty"`
}

// Export gives every template, archived ones too, until fn fails.
func (s *Service) Export(ctx context.Context, fn func(ExportRow) error) error {
	rows, err := s.c.Store.Templates(ctx, app.TemplateFilter{Everything: true})
	if err != nil {
		return err
	}
	accounts := map[app.ID]string{}
	for _, r := range rows {
		if _, ok := accounts[r.AccountID]; !ok {
			a, err := s.c.Account(ctx, r.AccountID)
			if err != nil {
				return err
			}
			accounts[r.AccountID] = a.Name
		}
		t, err := s.c.Store.Template(ctx, r.ID)
		if app.ErrorCode(err) == app.CodeNotFound {
			continue // deleted meanwhile
		}
		if err != nil {
			return err
		}
		if err := fn(exported(accounts[r.AccountID], t)); err != nil {
			return err
		}
	}
	return nil
}

func exported(account string, t app.Template) ExportRow {
	d := t.Document
	out := ExportRow{
		Account: account, Name: d.Name, Title: t.Name, Format: string(cmp.Or(d.ParameterFormat, template.Positional)), Language: d.Language, Category: string(d.Category), Status: string(t.Status()),
		Quality: t.Quality, Reason: t.Reason, MetaID: t.MetaID, AppliesTo: t.RecordType, Archived: t.Archived, Edited: t.Edited(),
		UpdatedAt: t.UpdatedAt, Components: d.Components, Extra: d.Extra,
	}
	for _, b := range t.Bindings {
		out.Bindings = append(out.Bindings, ExportBinding{b.Slot.String(), string(b.Kind), b.Path, b.Format, b.Sample})
	}
	return out
}
