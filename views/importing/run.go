package importing

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records/importer"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// runPage is the import under way, and what came of it.
type runPage struct {
	w        *Wizard
	progress *widget.ProgressRow
	rate     *widget.Text
	cancel   context.CancelFunc
	begun    time.Time
	stopped  bool // the person wants it to end
}

// startRun takes the file in.
func (w *Wizard) startRun() {
	p := &runPage{w: w, begun: w.sh.Now()}
	w.run = p
	p.progress = widget.NewProgressRow(lang.X("import.running", "Importing {{.File}}…", map[string]any{"File": w.src.name}), p.stop)
	p.rate = widget.NewText("", theme.TypeCaption, theme.Text2)
	w.show(stepImport, layout.Column(0, layout.Gap(), layout.AtMost(560, layout.Column(theme.Space2, layout.Exactly(0, 60, p.progress), p.rate)), layout.Gap()))
	plan, src, total := w.plan, w.src, w.preview.Rows
	src.keep()
	ctx, cancel := context.WithCancel(w.sh.Base)
	p.cancel = cancel
	// It waits on the window's own life: what was written before a cancel must be told.
	w.sh.Async(w.sh.Base, func(context.Context) (func(), error) {
		defer src.release()
		out, err := plan.Run(ctx, func(now importer.Progress) { w.sh.Later(func() { p.show(now, total) }) })
		return func() {
			cancel()
			p.cancel = nil
			p.done(out, err)
		}, nil
	}, nil)
}

func (p *runPage) running() bool { return p.cancel != nil }

// show says how far it is and how quick.
func (p *runPage) show(now importer.Progress, total int64) {
	if !p.running() {
		return
	}
	p.progress.Set(lang.X("import.running", "Importing {{.File}}…", map[string]any{"File": p.w.src.name}), int(now.Rows), int(total))
	took := p.w.sh.Now().Sub(p.begun)
	if now.Rows == 0 || took <= 0 {
		return
	}
	rate := float64(now.Rows) / took.Seconds()
	left := time.Duration(float64(total-now.Rows) / rate * float64(time.Second)).Round(time.Second)
	p.rate.SetText(lang.X("import.rate", "{{.Rate}} rows a second · about {{.Left}} left", map[string]any{"Rate": naming.Number(int64(rate)), "Left": left.String()}))
}

// stop ends the import between two groups of rows. What was taken in by then is asked about.
func (p *runPage) stop() {
	if p.running() {
		p.stopped = true
		p.cancel()
	}
}

// done shows what came of it.
func (p *runPage) done(out importer.Report, err error) {
	w := p.w
	if err != nil {
		w.sh.Layers.Problem(err)
	}
	p.result(out, err != nil)
	if out.Cancelled && out.Batch != 0 {
		n := naming.Number(out.New + out.Changed)
		w.sh.Layers.Ask(lang.X("import.stopped_title", "The import was stopped"),
			lang.X("import.stopped_text", "{{.N}} records were taken in before. Take them back, or leave this question to keep them; they can be taken back later too.", map[string]any{"N": n}),
			lang.X("import.undo_do", "Take it back"), true, func() { p.takeBack(out.Batch, nil) })
	}
}

func (p *runPage) result(out importer.Report, failed bool) {
	w := p.w
	icon, heading := "check", lang.X("import.done", "The file is taken in")
	switch {
	case failed:
		icon, heading = "alert", lang.X("import.failed", "The import ended early")
	case out.Cancelled:
		icon, heading = "stop", lang.X("import.stopped_title", "The import was stopped")
	}
	text := lang.X("import.result", "{{.New}} new, {{.Changed}} changed, {{.Same}} the same as before, {{.Refused}} refused.", map[string]any{
		"New": naming.Number(out.New), "Changed": naming.Number(out.Changed), "Same": naming.Number(out.Unchanged), "Refused": naming.Number(out.Refused),
	})
	var buttons []*widget.Button
	if out.Batch != 0 {
		var undo *widget.Button
		undo = widget.NewButton(widget.Plain, lang.X("import.undo_all", "Undo the import"), "reply", func() { p.takeBack(out.Batch, undo) })
		buttons = append(buttons, undo)
		if w.p.Show != nil {
			typ, batch := w.typ, out.Batch
			buttons = append(buttons, widget.NewButton(widget.Plain, lang.X("import.show", "Show what came in"), "list", func() {
				w.sheet.Close()
				w.p.Show(typ, batch)
			}))
		}
	}
	again := widget.NewButton(widget.Plain, lang.X("import.another", "Another file"), "", w.another)
	done := widget.NewButton(widget.Main, lang.X("button.done", "Done"), "", func() { w.sheet.Close() })
	w.show(stepImport, widget.NewEmptyState(icon, heading, text, buttons...), layout.Gap(), again, done)
}

// takeBack undoes the whole import.
func (p *runPage) takeBack(batch app.ID, button *widget.Button) {
	w := p.w
	if button != nil {
		button.SetBusy(lang.X("import.undoing", "Taking back…"))
	}
	w.undo(batch, func(n int64) {
		if button != nil {
			button.SetBusy(naming.Number(n) + "…")
		}
	}, func(n app.RecordUndo) {
		if n == (app.RecordUndo{}) {
			if button != nil {
				button.SetIdle()
			}
			return
		}
		again := widget.NewButton(widget.Plain, lang.X("import.another", "Another file"), "", w.another)
		done := widget.NewButton(widget.Main, lang.X("button.done", "Done"), "", func() { w.sheet.Close() })
		var page fyne.CanvasObject = widget.NewEmptyState("reply", lang.X("import.back", "The import is taken back"),
			lang.X("import.undone_all", "{{.Removed}} removed, {{.Restored}} as they were", map[string]any{"Removed": naming.Number(n.Removed), "Restored": naming.Number(n.Restored)}))
		w.show(stepImport, page, layout.Gap(), again, done)
	})
}

// another begins again.
func (w *Wizard) another() {
	w.file.clear()
	w.way, w.page, w.header, w.said = importer.Way{}, "", importer.HeaderGuess, map[int]string{}
	w.show(stepFile, w.file.object)
	w.file.readPast()
}
