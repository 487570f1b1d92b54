package sending

import (
	"context"

	"shopbell/app"
)

// Copy queues what the customer of a record would get to another number, such as the sender's own, to see how it looks there. It is no message
// of the record's, and what keeps the customer from getting it does not count. The same key twice is one message.
func (s *Service) Copy(ctx context.Context, job Job, id, phone, key string) (app.Message, error) {
	job.SkipDays = 0
	c, err := s.Checker(ctx, job)
	if err != nil {
		return app.Message{}, err
	}
	rows, err := c.Rows(ctx, []string{id})
	if err != nil {
		return app.Message{}, err
	}
	row := rows[0]
	if p := row.Problem; p != nil && !p.Reason.ofPerson() {
		return app.Message{}, p.Error()
	}
	clear(c.seen)
	copied := []Row{{Phone: phone, Values: row.Values, template: row.template}}
	if err := c.reach(ctx, copied); err != nil {
		return app.Message{}, err
	}
	m, _, err := s.queue(ctx, c, copied[0], key)
	return m, err
}

// ofPerson tells whether a reason is about whom a message goes to, not about the message.
func (r Reason) ofPerson() bool {
	switch r {
	case NoNumber, BadNumber, NeedsPhone, OptedOut, Capped, Recent, Twice:
		return true
	}
	return false
}
