package views

import (
	"context"
	"strconv"

	"shopbell/app"
)

// saveMe keeps another name or number of whoever works here, and shows it in the rail; nil where nothing of it can be kept.
func (w *Window) saveMe() func(ctx context.Context, me app.Staff) error {
	if w.desk.SaveMe == nil {
		return nil
	}
	return func(ctx context.Context, me app.Staff) error {
		saved, err := w.desk.SaveMe(ctx, me)
		if err != nil {
			return err
		}
		w.sh.Later(func() {
			w.desk.Me = saved
			w.rail.SetPerson(saved.Name, strconv.FormatInt(saved.ID, 10), nil)
		})
		return nil
	}
}
