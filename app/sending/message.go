package sending

import (
	"context"
	"encoding/json"
	"fmt"

	"shopbell/app"
	"shopbell/meta/template"
)

// Send queues one row that was checked. due may be zero: now. The same key twice is one message.
func (s *Service) Send(ctx context.Context, job Job, id, key string) (app.Message, Row, error) {
	c, err := s.Checker(ctx, job)
	if err != nil {
		return app.Message{}, Row{}, err
	}
	rows, err := c.Rows(ctx, []string{id})
	if err != nil {
		return app.Message{}, Row{}, err
	}
	return s.queue(ctx, c, rows[0], key)
}

// SendTo queues a template message to a phone number; nothing but the job's values fills it in.
func (s *Service) SendTo(ctx context.Context, job Job, phone, key string) (app.Message, Row, error) {
	job.RecordType = ""
	c, err := s.Checker(ctx, job)
	if err != nil {
		return app.Message{}, Row{}, err
	}
	row, err := c.Number(ctx, phone)
	if err != nil {
		return app.Message{}, row, err
	}
	return s.queue(ctx, c, row, key)
}

// Number checks a sending to a phone number, without a record.
func (c *Checker) Number(ctx context.Context, phone string) (Row, error) {
	rows, err := c.rowsTo(ctx, phone)
	if err != nil {
		return Row{}, err
	}
	return rows[0], nil
}

func (s *Service) queue(ctx context.Context, c *Checker, row Row, key string) (app.Message, Row, error) {
	if row.Problem != nil {
		return app.Message{}, row, row.Problem.Error()
	}
	out, err := c.Outgoing(ctx, row)
	if err != nil {
		return app.Message{}, row, err
	}
	out.ClientKey = key
	m, err := s.c.Store.Queue(ctx, out)
	return m, row, err
}

// Error is the problem as an error in words.
func (p *Problem) Error() error {
	code := app.CodeInvalid
	if p.Reason == NotAllowed {
		code = app.CodeForbidden
	}
	return &app.Error{Code: code, Message: p.Plain, Mend: p.Mend}
}

// Outgoing makes the message of a row that can go, and draws its record's paper if it carries one. An app.Error says that the row is at fault.
func (c *Checker) Outgoing(ctx context.Context, row Row) (app.Outgoing, error) {
	r, err := c.withPapers(ctx, row)
	if err != nil {
		return app.Outgoing{}, err
	}
	components, err := r.components(row.Values)
	if err != nil {
		return app.Outgoing{}, valueProblem(err).Error()
	}
	type language struct {
		Code string `json:"code"`
	}
	type content struct {
		Name       string                   `json:"name"`
		Language   language                 `json:"language"`
		Components []template.SendComponent `json:"components,omitempty"`
	}
	payload, err := json.Marshal(struct {
		Type     string  `json:"type"` // first: an index of the outbox looks for it
		Template content `json:"template"`
	}{"template", content{r.doc.Name, language{r.doc.Language}, components}})
	if err != nil {
		return app.Outgoing{}, fmt.Errorf("a template message: %w", err)
	}
	sent := app.SentTemplate{TemplateID: r.t.ID, Document: withoutSamples(r.doc), Values: map[string]string{}}
	for slot, v := range row.Values {
		sent.Values[slot.String()] = v
	}
	out := app.Outgoing{
		AccountID: r.t.AccountID, To: row.To, ContactID: row.Contact, Type: "template", Payload: string(payload), StaffID: r.Sender.ID,
		TemplateID: r.t.ID, Category: string(r.category()), Cost: row.Cost.Micros,
	}
	for _, slot := range r.doc.Files() {
		if f, ok := r.file(slot); ok {
			if sent.Files == nil {
				sent.Files = map[string]app.SendFile{}
			}
			sent.Files[slot.String()] = f
			out.Files = append(out.Files, f)
		}
	}
	if row.Record.ID != "" {
		out.Record = row.Record
		sent.Record = &row.Record
	}
	out.Text, out.Raw = sent.Text(), sent.String()
	return out, nil
}

// components are the parts of Meta's message; the ids of files are still those of the media folder.
func (r *ready) components(values map[template.Slot]string) ([]template.SendComponent, error) {
	return template.SendComponents(r.doc, template.Values{
		Text: func(s template.Slot) string { return values[s] },
		File: func(s template.Slot) template.File {
			f, ok := r.file(s)
			if !ok {
				return template.File{}
			}
			return template.File{ID: app.FileID(f.SHA256), Name: f.Name}
		},
		Payload: func(s template.Slot) string { return r.Payloads[s] },
	})
}

// file gives the file of a media header: the one chosen for this sending, else the record's paper, else the template's own.
func (r *ready) file(s template.Slot) (app.SendFile, bool) {
	if f, ok := r.Files[s]; ok {
		return f, f.SHA256 != ""
	}
	if _, ok := r.paper(s); ok {
		return paperToCome, true
	}
	f, ok := r.t.File(s.Card)
	return app.SendFile{Name: f.Name, MIME: f.MIME, Size: f.Size, SHA256: f.SHA256}, ok && f.SHA256 != ""
}

// withoutSamples is a document without what only Meta's reviewers need.
func withoutSamples(d template.Document) template.Document {
	d = d.Clone()
	strip := func(list []template.Component) {
		for i := range list {
			list[i].Samples, list[i].Handles = nil, nil
			delete(list[i].Extra, "example")
			for j := range list[i].Buttons {
				list[i].Buttons[j].Example = nil
			}
		}
	}
	strip(d.Components)
	for i := range d.Components {
		for j := range d.Components[i].Cards {
			strip(d.Components[i].Cards[j].Components)
		}
	}
	d.Extra = nil
	return d
}

// rowsTo checks one number that is on no record.
func (c *Checker) rowsTo(ctx context.Context, phone string) ([]Row, error) {
	rows, err := c.Rows(ctx, []string{""})
	if err != nil {
		return nil, err
	}
	if p := rows[0].Problem; p != nil && p.Reason != NoNumber {
		return rows, nil
	}
	rows[0].Problem, rows[0].Phone = nil, phone
	return rows, c.reach(ctx, rows)
}
