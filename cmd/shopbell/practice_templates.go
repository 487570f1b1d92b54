package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"shopbell/app"
	"shopbell/app/starters"
	"shopbell/app/templates"
)

// stocked are the templates that a new practice account has submitted for its shop: enough to send from each kind of record, and in the languages of its customers.
var stocked = []struct {
	starter   string
	languages []string
}{
	{"quotation", []string{"en", "vi", "es"}},
	{"invoice", []string{"en"}},
	{"shop_receipt", []string{"en"}},
	{"event_ticket", []string{"en"}},
	{"conversation_reviver", []string{"en", "vi", "es"}},
}

// settingStocked says that the practice account has had its templates: what a person deletes there does not come back.
const settingStocked = "practice_stocked"

// start is what the first page's button does: the practice account, and soon its templates.
func (p *practice) start(ctx context.Context) (app.Account, error) {
	a, err := p.open(ctx)
	if err == nil {
		select {
		case p.fresh <- a.ID:
		default: // it is being done
		}
	}
	return a, err
}

// stock submits templates for practice accounts that were just made, as an admin would, until ctx ends.
func (p *practice) stock(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case id := <-p.fresh:
			if err := p.stockUp(ctx, id); err != nil && ctx.Err() == nil {
				p.desk.log.Warn("the practice account has not all of its templates", "err", err)
			}
		}
	}
}

func (p *practice) stockUp(ctx context.Context, account app.ID) error {
	if done, err := p.desk.store.Setting(ctx, settingStocked); err != nil || done != "" {
		return err
	}
	list, err := starterTemplates()
	if err != nil {
		return err
	}
	if _, err := p.desk.templates.Sync(ctx, operator(), account, func(templates.Progress) {}); err != nil {
		return err
	}
	var errs []error
	for _, want := range stocked {
		for _, s := range list {
			if s.Name != want.starter {
				continue
			}
			if err := p.submitStarter(ctx, account, s, want.languages); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", s.Name, err))
			}
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	return p.desk.store.SetSetting(ctx, settingStocked, "1")
}

// submitStarter brings one starter to the practice account's Meta, in those of the languages in which the account has no template of that name.
func (p *practice) submitStarter(ctx context.Context, account app.ID, s starters.Starter, languages []string) error {
	rows, err := p.desk.store.Templates(ctx, app.TemplateFilter{AccountID: account, Technical: s.Name})
	if err != nil {
		return err
	}
	for _, language := range languages {
		if slices.ContainsFunc(rows, func(r app.TemplateRow) bool { return r.Language == language }) {
			continue
		}
		t, err := p.draftStarter(ctx, account, s, language, rows)
		if err != nil {
			return err
		}
		if t, err = p.desk.templates.Submit(ctx, operator(), t.ID, nil); err != nil {
			return err
		}
		rows = append(rows, app.TemplateRow{ID: t.ID, Language: language})
	}
	return nil
}

// draftStarter writes a starter in one language: as a template of its own, or beside those that are there in other languages.
func (p *practice) draftStarter(ctx context.Context, account app.ID, s starters.Starter, language string, beside []app.TemplateRow) (app.Template, error) {
	d := s.Draft(language)
	if len(beside) > 0 {
		t, err := p.desk.templates.AddLanguage(ctx, operator(), beside[0].ID, language)
		if err != nil {
			return t, err
		}
		d.Document.Name = t.Document.Name
		t.Document = d.Document
		return p.desk.templates.Save(ctx, operator(), t)
	}
	t, err := p.desk.templates.Create(ctx, operator(), templates.Start{
		AccountID: account, Name: s.Name, Document: d.Document, RecordType: d.RecordType, PhoneField: d.PhoneField, Bindings: d.Bindings,
	})
	if err != nil {
		return t, err
	}
	t.Name = d.Name
	if t, err = p.desk.templates.Save(ctx, operator(), t); err != nil || s.File == "" {
		return t, err
	}
	name, _, data, err := s.Sample()
	if err != nil {
		return t, err
	}
	return p.desk.templates.SetHeaderFile(ctx, operator(), t.ID, t.Revision, -1, name, bytes.NewReader(data))
}
