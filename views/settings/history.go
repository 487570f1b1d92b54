package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// History reads and keeps how many days the Outbox keeps what is settled; 0 is for ever. The zero value shows nothing of it.
type History struct {
	Read func(ctx context.Context) (days int, err error)
	Save func(ctx context.Context, days int) error
}

// historyDays are the choices, in the order of the radio buttons.
var historyDays = []int{0, 2 * 365, 365, 90}

// historyCard lets the shop choose; nil where there is nothing to choose.
func (v *View) historyCard() fyne.CanvasObject {
	if v.p.History.Read == nil {
		return nil
	}
	v.history = widget.NewRadio([]string{
		lang.X("settings.history_ever", "Keep everything"), lang.X("settings.history_two", "Two years"),
		lang.X("settings.history_one", "One year"), lang.X("settings.history_quarter", "90 days"),
	}, v.chooseHistory)
	v.readHistory()
	return card(lang.X("settings.history", "What the Outbox keeps"),
		widget.NewParagraph(lang.X("settings.history_text", "What went out, failed or was taken back longer ago is forgotten. The messages stay in their conversations, and broadcasts keep their counts."), theme.TypeSmall, theme.Text2, 60),
		v.history)
}

func (v *View) readHistory() {
	if v.history == nil {
		return
	}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		days, err := v.p.History.Read(ctx)
		return func() {
			for i, d := range historyDays {
				if d == days {
					v.history.SetChosen(i)
				}
			}
			v.keptDays = days
		}, err
	}, v.sh.Layers.Problem)
}

func (v *View) chooseHistory(i int) {
	days := historyDays[i]
	if days == v.keptDays {
		return
	}
	save := func() {
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			err := v.p.History.Save(ctx, days)
			return func() {
				v.keptDays = days
				v.sh.Toasts(shell.Toast{Text: lang.X("settings.history_kept", "It is kept so from now on"), Good: true})
			}, err
		}, func(err error) {
			v.sh.Layers.Problem(err)
			v.readHistory()
		})
	}
	if days == 0 || v.keptDays != 0 && days > v.keptDays {
		save()
		return
	}
	v.readHistory() // until the person agreed
	v.sh.Layers.Ask(lang.X("settings.history_title", "Forget older messages?"),
		lang.X("settings.history_ask", "Rows of the Outbox that are older go within hours and don't come back. Export them first if you need them."),
		lang.X("settings.history_yes", "Forget them"), true, save)
}
