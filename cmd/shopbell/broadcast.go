package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"strconv"
	"time"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/app/records"
	"shopbell/app/sending"
)

// broadcastAnswer is what broadcast prints. Its names are a contract.
type broadcastAnswer struct {
	Broadcast string                 `json:"broadcast"` // id; "" of a dry run
	Template  string                 `json:"template"`
	Language  string                 `json:"language"`
	Type      string                 `json:"type"`
	DryRun    bool                   `json:"dry_run"`
	Total     int                    `json:"total"`
	Send      int                    `json:"send"`
	Skip      int                    `json:"skip"`
	Reasons   map[sending.Reason]int `json:"reasons"`
	Skipped   []skippedLine          `json:"skipped"`
	Cost      costLine               `json:"cost"`
}

type skippedLine struct {
	ID     string         `json:"id"`
	Title  string         `json:"title"`
	Phone  string         `json:"phone"`
	Reason sending.Reason `json:"reason"`
	Words  string         `json:"words"`
	Mend   string         `json:"mend"`
}

type costLine struct {
	Currency string `json:"currency"`
	Amount   string `json:"amount"` // a plain decimal
	Rates    string `json:"rates"`  // the day since when they hold
	Charged  int    `json:"charged"`
	Free     int    `json:"free"`
	Unknown  int    `json:"unknown"` // without a price
}

// listFlags gathers a flag that may be given several times.
type listFlags []string

// String gives nothing: the flag has no default.
func (l *listFlags) String() string { return "" }

// Set takes one more.
func (l *listFlags) Set(s string) error {
	*l = append(*l, s)
	return nil
}

// runBroadcast sends a template to the records that a filter lets through, or says what would happen.
func runBroadcast(ctx context.Context, c *call) error {
	var account, name, language, typ, search, at, country, title string
	var values valueFlags
	var filters listFlags
	dry, skip := false, 0
	if _, err := c.flags(func(fs *flag.FlagSet) {
		fs.StringVar(&account, "account", "", "")
		fs.StringVar(&name, "template", "", "")
		fs.StringVar(&language, "language", "", "")
		fs.StringVar(&typ, "type", records.TypeContact, "")
		fs.StringVar(&search, "search", "", "")
		fs.StringVar(&at, "at", "", "")
		fs.StringVar(&country, "country", "", "")
		fs.StringVar(&title, "name", "", "")
		fs.Var(&values, "value", "")
		fs.Var(&filters, "filter", "")
		fs.BoolVar(&dry, "dry-run", false, "")
		fs.IntVar(&skip, "skip-days", 0, "")
	}, 0); err != nil {
		return err
	}
	if name == "" {
		return &usageError{"broadcast wants --template NAME and --type TYPE."}
	}
	var due time.Time
	if at != "" {
		var err error
		if due, err = time.ParseInLocation("2006-01-02T15:04", at, time.Local); err != nil {
			return &usageError{"--at wants a time such as 2026-03-01T09:30."}
		}
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	a, err := d.senderAccount(ctx, account)
	if err != nil {
		return err
	}
	t, err := d.findTemplate(ctx, a.ID, name, language)
	if err != nil {
		return err
	}
	doc := t.Document
	if t.Remote != nil {
		doc = *t.Remote
	}
	filled, err := values.slots(doc)
	if err != nil {
		return err
	}
	ids, err := d.audience(ctx, typ, search, filters)
	if err != nil {
		return err
	}
	if country == "" {
		if country, err = d.shop.Country(ctx); err != nil {
			return err
		}
	}
	job := sending.Job{Template: t.ID, RecordType: typ, Sender: operator(), Country: country, Values: filled, SkipDays: skip}
	report, err := d.sending.Check(ctx, job, ids)
	if err != nil {
		return err
	}
	answer := broadcastAnswer{
		Template: doc.Name, Language: doc.Language, Type: typ, DryRun: dry, Total: report.Total, Send: report.OK, Skip: report.Total - report.OK,
		Reasons: report.ByReason, Skipped: []skippedLine{},
		Cost: costLine{
			Currency: report.Estimate.Currency, Amount: fmt.Sprintf("%d.%06d", report.Estimate.Micros/1e6, report.Estimate.Micros%1e6), Rates: report.Estimate.Date,
			Charged: report.Estimate.Charged, Free: report.Estimate.Free, Unknown: report.Estimate.Unknown,
		},
	}
	for _, r := range report.Rows {
		if p := r.Problem; p != nil {
			answer.Skipped = append(answer.Skipped, skippedLine{r.Record.ID, r.Record.Title, r.Phone, p.Reason, p.Plain, p.Mend})
		}
	}
	var refused error
	if !dry {
		b, err := d.broadcasts.Create(ctx, broadcasts.Draft{Name: title, Job: job, Records: ids, Due: due})
		if err != nil {
			refused = err
		} else {
			answer.Broadcast = strconv.FormatInt(b.ID, 10)
		}
	}
	enc := json.NewEncoder(c.stdout)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(answer); err != nil {
		return err
	}
	return refused
}

// senderAccount finds the account to send from; its name may be left out where there is one only.
func (d *desk) senderAccount(ctx context.Context, name string) (app.Account, error) {
	if name != "" {
		return d.accounts.ByName(ctx, name)
	}
	list, err := d.accounts.List(ctx)
	if err != nil {
		return app.Account{}, err
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return app.Account{}, &usageError{"Say from which account with --account NAME."}
}

// audience gives the ids of the records that a filter lets through.
func (d *desk) audience(ctx context.Context, typ, search string, filters []string) ([]string, error) {
	catalog, err := d.kept.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	t, ok := catalog.Type(typ)
	if !ok || t.Part {
		return nil, &usageError{"There is no record type “" + typ + "” to send to."}
	}
	f, err := broadcasts.ParseFilter(catalog, t, filters)
	if err != nil {
		return nil, err
	}
	f.Search = search
	var ids []string
	err = d.kept.Each(ctx, f, func(r records.Record) error {
		ids = append(ids, r.ID)
		return nil
	})
	return ids, err
}

// sendLine is one line of export sends. Its names are a contract.
type sendLine struct {
	ID        string     `json:"id"`
	Account   string     `json:"account"`
	To        string     `json:"to"`
	UserID    string     `json:"user_id"`
	Template  string     `json:"template"`
	Category  string     `json:"category"`
	Record    recordPart `json:"record"`
	Broadcast string     `json:"broadcast"`
	Text      string     `json:"text"`
	State     string     `json:"state"`
	Attempts  int        `json:"attempts"`
	MessageID string     `json:"message_id"`
	Wamid     *string    `json:"wamid"`
	Error     *errorLine `json:"error"`
	CreatedAt int64      `json:"created_at"` // unix ms
	UpdatedAt int64      `json:"updated_at"` // unix ms
}

type recordPart struct {
	Type  string `json:"type"`
	ID    string `json:"id"`
	Title string `json:"title"`
}

// runExportSends prints every row of the outbox, newest first.
func runExportSends(ctx context.Context, c *call) error {
	return c.export(ctx, func(d *desk, write func(any) error) error {
		list, err := d.store.Accounts(ctx)
		if err != nil {
			return err
		}
		names := map[app.ID]string{}
		for _, a := range list {
			names[a.ID] = a.Name
		}
		for before := app.ID(0); ; {
			rows, err := d.store.Sends(ctx, nil, before, 1000)
			if err != nil || len(rows) == 0 {
				return err
			}
			for _, s := range rows {
				before = s.ID
				line := sendLine{
					ID: orEmpty(s.ID), Account: names[s.AccountID], To: s.To, UserID: s.Recipient, Template: orEmpty(s.TemplateID), Category: s.Category,
					Record: recordPart(s.Record), Broadcast: orEmpty(s.BroadcastID), Text: s.Text, State: string(s.State), Attempts: s.Attempts,
					MessageID: orEmpty(s.MessageID), Wamid: orNull(s.Wamid), CreatedAt: s.CreatedAt.UnixMilli(), UpdatedAt: s.UpdatedAt.UnixMilli(),
				}
				if s.Failure != nil && s.State != app.SendAccepted {
					line.Error = &errorLine{s.Failure.Code, s.Failure.Title}
				}
				if err := write(line); err != nil {
					return err
				}
			}
		}
	})
}

// orEmpty writes an id, "" for none.
func orEmpty(id app.ID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}
