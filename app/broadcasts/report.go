package broadcasts

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

// reportColumns head a report. They are the names of data, and so the same in every language.
var reportColumns = []string{"name", "phone", "record", "state", "reason", "updated", "answers", "button_presses", "opted_out"}

// Report writes every row of a broadcast into a table, with where its message stands. explain puts a failure into plain words; nil: Meta's own.
func (s *Service) Report(ctx context.Context, id app.ID, into Table, explain func(app.Failure) (plain, mend string)) (rows int, err error) {
	if err := into.Write(reportColumns); err != nil {
		return 0, err
	}
	err = s.Each(ctx, id, func(r app.BroadcastRow) error {
		rows++
		state, reason := r.State, r.Words
		if r.Status != "" {
			state = string(r.Status)
		}
		if r.Failure != nil && (r.Status == app.StatusFailed || r.Status == app.StatusUnknown) {
			reason = words(*r.Failure, explain)
		}
		phone := ""
		if r.Phone != "" {
			phone = "+" + r.Phone
		}
		return into.Write([]string{
			r.Title, phone, r.RecordID, state, reason, stamp(r.UpdatedAt), strconv.Itoa(r.Answers), strconv.Itoa(r.Presses), strconv.FormatBool(r.OptedOut),
		})
	})
	return rows, err
}

func words(f app.Failure, explain func(app.Failure) (plain, mend string)) string {
	if explain != nil {
		if plain, _ := explain(f); plain != "" {
			return plain
		}
	}
	return f.Title
}

// stamp writes a time as every spreadsheet reads it.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
