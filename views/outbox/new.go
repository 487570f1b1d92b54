package outbox

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/widget"
)

// newBroadcast asks what the broadcast goes to, and opens the sending panel with it. To some of the records people go by the Records tab, where they
// can be found, filtered and picked.
func (v *View) newBroadcast(from fyne.CanvasObject) {
	if v.p.Types == nil {
		v.sh.Open(shell.TabRecords)
		return
	}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		types, err := v.p.Types(ctx)
		return func() { v.chooseAudience(from, types) }, err
	}, v.sh.Layers.Problem)
}

func (v *View) chooseAudience(from fyne.CanvasObject, types []records.Type) {
	const pick = " "
	options := []widget.Option{{Key: pick, Label: lang.X("outbox.new_pick", "Pick from the records…"), Icon: "records"}}
	for _, t := range types {
		if !t.Part {
			options = append(options, widget.Option{Key: t.Name, Label: lang.X("outbox.new_all", "All of {{.Type}}…", map[string]any{"Type": naming.Types(t)}), Icon: "users"})
		}
	}
	widget.ShowMenu(from, options, 280, func(key string) {
		if key == pick {
			v.sh.Open(shell.TabRecords)
			return
		}
		v.sh.SendTo(shell.SendTarget{Type: key, Filter: &app.RecordFilter{Type: key}})
	})
}

func idText(id app.ID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

func textID(s string) app.ID {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
