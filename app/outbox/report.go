package outbox

import (
	"context"
	"strconv"
	"time"

	"shopbell/app"
)

// Table takes rows of texts; app/records/importer has writers of CSV and XLSX.
type Table interface {
	Write(cells []string) error
}

var reportColumns = []string{"name", "to", "account", "template", "record", "text", "state", "reason", "meta_code", "attempts", "created", "updated"}

// Report writes the messages that a filter lets through into a table, the newest first. name gives the names of accounts and templates.
func (s *Service) Report(ctx context.Context, f app.SendFilter, into Table, name func(ctx context.Context, account, template app.ID) (string, string), explain func(app.Failure) (plain, mend string)) (rows int, err error) {
	if err := into.Write(reportColumns); err != nil {
		return 0, err
	}
	for before := app.ID(0); ; {
		list, err := s.FindSends(ctx, f, before, resendPage)
		if err != nil {
			return rows, err
		}
		for _, row := range list {
			before = row.ID
			rows++
			account, template := name(ctx, row.AccountID, row.TemplateID)
			reason, code := "", ""
			if row.Failure != nil && row.State != app.SendAccepted {
				reason = row.Failure.Title
				if explain != nil {
					if plain, _ := explain(*row.Failure); plain != "" {
						reason = plain
					}
				}
				if row.Failure.Code != 0 {
					code = strconv.Itoa(row.Failure.Code)
				}
			}
			to := row.Recipient
			if row.To != "" {
				to = "+" + app.Digits(row.To)
			}
			if err := into.Write([]string{
				row.ContactName, to, account, template, row.Record.Title, row.Text, string(row.State), reason, code, strconv.Itoa(row.Attempts),
				row.CreatedAt.UTC().Format(time.RFC3339), row.UpdatedAt.UTC().Format(time.RFC3339),
			}); err != nil {
				return rows, err
			}
		}
		if len(list) < resendPage {
			return rows, nil
		}
	}
}
