package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"shopbell/app"
)

// settingHistory is how many days the Outbox keeps what is settled; "" for ever.
const settingHistory = "outbox_days"

// The least that may be chosen: younger messages are asked about, by their statuses and by who got a template lately.
const historyLeast = 90

const (
	purgeEvery = 6 * time.Hour
	purgePage  = 500
)

// historyDays is how long the Outbox keeps what is settled; 0 is for ever.
func (d *desk) historyDays(ctx context.Context) (int, error) {
	raw, err := d.store.Setting(ctx, settingHistory)
	if err != nil || raw == "" {
		return 0, err
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < historyLeast {
		return 0, nil //nolint:nilerr // what nobody can have chosen forgets nothing
	}
	return n, nil
}

// setHistoryDays keeps another choice. It is heard within hours.
func (d *desk) setHistoryDays(ctx context.Context, days int) error {
	if days != 0 && days < historyLeast {
		return &app.Error{Code: app.CodeInvalid, Message: fmt.Sprintf("Messages are kept for %d days at least.", historyLeast), Mend: "Choose a longer time."}
	}
	value := ""
	if days > 0 {
		value = strconv.Itoa(days)
	}
	return d.store.SetSetting(ctx, settingHistory, value)
}

// purge forgets what is older than the shop wants to keep, a little at a time. It does nothing unless the shop chose so.
func (d *desk) purge(ctx context.Context) error {
	for {
		if err := d.purgeOnce(ctx, time.Now()); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(purgeEvery):
		}
	}
}

func (d *desk) purgeOnce(ctx context.Context, now time.Time) error {
	days, err := d.historyDays(ctx)
	if err != nil || days == 0 {
		return err
	}
	for total := 0; ; {
		n, err := d.store.PurgeSends(ctx, now.AddDate(0, 0, -days), purgePage)
		if total += n; err != nil || n < purgePage {
			if total > 0 {
				d.log.Info("old messages were taken out of the Outbox", "rows", total, "older_than_days", days)
			}
			return err
		}
	}
}
