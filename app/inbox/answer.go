package inbox

import (
	"context"
	"errors"
	"time"

	"shopbell/app"
)

// AnswerTime is how long a message of a customer counts as the answer to the template before it.
const AnswerTime = 15 * 24 * time.Hour

// Answer is what a message of a customer answers.
type Answer struct {
	Message app.Message   // the template, as it went out; its StaffID is who sent it
	Record  app.RecordRef // what it was made from; zero: nothing
}

// AnswerTo finds the template that a message answers: the one it quotes, else the last that went to the customer within AnswerTime. False means
// that it answers none.
func (s *Service) AnswerTo(ctx context.Context, m app.Message) (Answer, bool, error) {
	if m.Direction != app.In {
		return Answer{}, false, nil
	}
	if m.ContextID != "" {
		q, err := s.MessageByWamid(ctx, m.ContextID)
		if a, ok := answering(q); err == nil && ok {
			return a, true, nil
		}
		if err != nil && !errors.Is(err, app.ErrNotFound) {
			return Answer{}, false, err
		}
	}
	t, err := s.TemplateBefore(ctx, m.ConversationID, m.At, m.At.Add(-AnswerTime))
	if errors.Is(err, app.ErrNotFound) {
		return Answer{}, false, nil
	}
	a, ok := answering(t)
	return a, ok && err == nil, err
}

// answering is a message as something that is answered; false when it is no template.
func answering(m app.Message) (Answer, bool) {
	sent, ok := m.SentTemplate()
	if !ok {
		return Answer{}, false
	}
	a := Answer{Message: m}
	if sent.Record != nil {
		a.Record = *sent.Record
	}
	return a, true
}
