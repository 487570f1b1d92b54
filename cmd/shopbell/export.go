package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"

	"shopbell/app"
)

// messageLine is one line of export messages. Its names are a contract.
type messageLine struct {
	ID            *string     `json:"id"` // wamid
	LocalID       app.ID      `json:"local_id"`
	Account       string      `json:"account"`
	PhoneNumberID string      `json:"phone_number_id"`
	Contact       contactLine `json:"contact"`
	Direction     string      `json:"direction"`
	Type          string      `json:"type"`
	Text          string      `json:"text"`
	Status        string      `json:"status"`
	Error         *errorLine  `json:"error"`
	Timestamp     int64       `json:"timestamp"` // unix ms
	ContextID     *string     `json:"context_id"`
	Media         *mediaLine  `json:"media"`
	Edited        bool        `json:"edited"`
	Revoked       bool        `json:"revoked"` // taken back by its author; the text is what it was
}

type contactLine struct {
	Name   string `json:"name"`
	Phone  string `json:"phone"`
	UserID string `json:"user_id"`
	Group  string `json:"group,omitempty"` // a group's id
}

type errorLine struct {
	Code  int    `json:"code"`
	Title string `json:"title"`
}

type mediaLine struct {
	MIME     string `json:"mime"`
	SHA256   string `json:"sha256"`
	Filename string `json:"filename"`
}

// journalLine is one line of export journal. Its names are a contract.
type journalLine struct {
	ID         app.ID `json:"id"`
	ReceivedAt int64  `json:"received_at"` // unix ms
	State      string `json:"state"`
	Error      string `json:"error"`
	Body       string `json:"body"` // the bytes that Meta signed
}

// exportFlags reads the flags of an export; jsonl is the one format there is.
func (c *call) exportFlags() error {
	format := "jsonl"
	if _, err := c.flags(func(fs *flag.FlagSet) { fs.StringVar(&format, "format", format, "") }, 0); err != nil {
		return err
	}
	if format != "jsonl" {
		return &usageError{"--format " + format + " is not known; jsonl is."}
	}
	return nil
}

func runExportMessages(ctx context.Context, c *call) error {
	return c.export(ctx, func(d *desk, write func(any) error) error {
		return d.store.EachMessage(ctx, func(a app.Account, conv app.Conversation, m app.Message) error {
			contact := conv.Contact
			line := messageLine{
				ID: orNull(m.Wamid), LocalID: m.ID, Account: a.Name, PhoneNumberID: a.PhoneNumberID,
				Contact:   contactLine{Name: contact.Name, Phone: contact.Phone(), UserID: contact.UserID(), Group: contact.Group()},
				Direction: string(m.Direction), Type: m.Type, Text: m.Text, Status: string(m.Status),
				Timestamp: m.At.UnixMilli(), ContextID: orNull(m.ContextID), Edited: m.Edited, Revoked: m.Revoked,
			}
			if m.Error != nil && (m.Status != app.StatusQueued || m.Error.Code != 0) { // what is tried again by itself is no error yet
				line.Error = &errorLine{m.Error.Code, m.Error.Title}
			}
			if m.Media != nil {
				line.Media = &mediaLine{m.Media.MIME, m.Media.SHA256, m.Media.Filename}
			}
			return write(line)
		})
	})
}

func runExportJournal(ctx context.Context, c *call) error {
	return c.export(ctx, func(d *desk, write func(any) error) error {
		return d.store.EachJournal(ctx, func(e app.JournalEntry) error {
			return write(journalLine{e.ID, e.ReceivedAt.UnixMilli(), string(e.State), e.Error, string(e.Body)})
		})
	})
}

// export opens the desk and writes one JSON object a line.
func (c *call) export(ctx context.Context, each func(d *desk, write func(any) error) error) error {
	if err := c.exportFlags(); err != nil {
		return err
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	out := bufio.NewWriter(c.stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := each(d, enc.Encode); err != nil {
		return err
	}
	return out.Flush()
}

func runJournalReplay(ctx context.Context, c *call) error {
	if _, err := c.flags(nil, 0); err != nil {
		return err
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	n, err := d.store.Journal().Replay(ctx, app.JournalFailed, app.JournalIgnored)
	if err != nil {
		return err
	}
	return json.NewEncoder(c.stdout).Encode(map[string]int{"pending_again": n})
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
