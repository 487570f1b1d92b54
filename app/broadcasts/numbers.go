package broadcasts

import (
	"context"

	"shopbell/app"
)

// NewNumbers tells for messages of a broadcast which number their record has by now, where it is another one than the message went to. The keys
// are the ids of the messages; the values are digits.
func (s *Service) NewNumbers(ctx context.Context, id app.ID, rows []app.Send) (map[app.ID]string, error) {
	var records []string
	for _, row := range rows {
		if row.Record.ID != "" {
			records = append(records, row.Record.ID)
		}
	}
	if len(records) == 0 {
		return nil, nil
	}
	b, err := s.Broadcast(ctx, id)
	if err != nil {
		return nil, err
	}
	job, err := unpack(b)
	if err != nil {
		return nil, nil //nolint:nilerr // its step stops it and says why
	}
	checker, err := s.c.Sending.Checker(ctx, job)
	if err != nil {
		if app.ErrorCode(err) == app.CodeNotFound { // the template is gone: nothing can be sent again with it
			return nil, nil
		}
		return nil, err
	}
	checked, err := checker.Rows(ctx, records)
	if err != nil {
		return nil, err
	}
	now := map[string]string{}
	for _, c := range checked {
		now[c.Record.ID] = c.To
	}
	out := map[app.ID]string{}
	for _, row := range rows {
		if to := now[row.Record.ID]; to != "" && to != row.To {
			out[row.ID] = to
		}
	}
	return out, nil
}
