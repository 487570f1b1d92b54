package main

import (
	"context"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	invented "shopbell/app/records/samples"
	"shopbell/meta/sandbox"
)

// furnish gives the practice account's customers records, once: a newcomer has something to look at and to send from.
func (p *practice) furnish(ctx context.Context) error {
	k := p.desk.kept
	if k == nil {
		return nil
	}
	cast := sandbox.Cast()
	keys := make([]string, len(cast))
	for i, c := range cast {
		keys[i] = app.PhoneKey(c.Phone)
	}
	here, err := p.desk.store.ContactsByPhone(ctx, keys)
	if err != nil {
		return err
	}
	customers := make([]invented.Customer, len(cast))
	for i, c := range cast {
		customers[i] = invented.Customer{Name: c.Name, Phone: c.Phone, ID: here[keys[i]]}
	}
	_, err = k.WriteExamples(ctx, "Practice account", func() []records.Draft { return invented.Practice(customers, time.Now(), k.NewID) })
	return err
}

// practises tells whether an account is for practice.
func (d *desk) practises(ctx context.Context, account app.ID) (bool, error) {
	a, err := d.store.Account(ctx, account)
	return a.Practice, err
}
