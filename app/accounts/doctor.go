package accounts

import (
	"context"

	"shopbell/app"
)

// Doctor tests every account that is in use. What a test only warns of, because an account being set up lacks it as a matter of course, counts as wrong here
// when it keeps messages from coming in.
func (s *Service) Doctor(ctx context.Context) ([]app.Check, error) {
	list, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	var all []app.Check
	for _, a := range list {
		if a.Archived || a.Practice {
			continue
		}
		checks, err := s.Test(ctx, a.ID, nil)
		if err != nil {
			return all, err
		}
		for i, c := range checks {
			if c.ID == "subscription" && c.Warning {
				checks[i].OK = false
			}
		}
		all = append(all, checks...)
	}
	return all, nil
}

// TurnMessagesOn subscribes the account's app to its business account, so that Meta delivers messages (Meta: subscribed_apps).
func (s *Service) TurnMessagesOn(ctx context.Context, id app.ID) error {
	a, err := s.c.Store.Account(ctx, id)
	if err != nil {
		return err
	}
	client, err := s.Client(ctx, id)
	if err != nil {
		return err
	}
	return client.Subscribe(ctx, a.WABAID, nil)
}
