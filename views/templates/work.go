package templates

import (
	"context"
	"errors"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	service "shopbell/app/templates"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// work is what takes long and may be stopped: submissions and syncs. Both go on while other templates and tabs are looked at.
type work struct {
	v       *View
	submits map[app.ID]*job
	sync    *job
}

// job is one long piece of work and its row.
type job struct {
	row    *widget.ProgressRow
	cancel context.CancelFunc
}

func newWork(v *View) *work { return &work{v: v, submits: map[app.ID]*job{}} }

func (w *work) submitting(id app.ID) bool { return w.submits[id] != nil }

// meter hands progress from the work's goroutine to the UI's, the newest only.
type meter struct {
	mu      sync.Mutex
	last    service.Progress
	waiting bool
	later   func(func())
	show    func(service.Progress)
}

func (m *meter) tell(p service.Progress) {
	m.mu.Lock()
	m.last = p
	first := !m.waiting
	m.waiting = true
	m.mu.Unlock()
	if first {
		m.later(func() {
			m.mu.Lock()
			p := m.last
			m.waiting = false
			m.mu.Unlock()
			m.show(p)
		})
	}
}

// Submit sends the open template to Meta for review; where it is locked, it is taken back to be edited instead.
func (v *View) Submit() {
	e := v.editor
	if e.m == nil || !v.admin() {
		return
	}
	if locked, _ := e.locked(); locked {
		if editable(e.m.now) {
			v.Edit()
		}
		return
	}
	if n := e.findings.refusals(); n > 0 {
		v.sh.Toasts(shell.Toast{Text: refusedWords(n), Bad: true})
		e.showPlace(firstRefusal(e.findings.now))
		return
	}
	t := e.m.now
	title := lang.X("submit.ask", "Submit “{{.Name}}” for approval?", map[string]any{"Name": t.Name})
	text := lang.X("submit.ask_text", "Meta looks at it within minutes as a rule, 24 hours at most. Its name at Meta, {{.Technical}}, and its language are fixed then; the name “{{.Name}}” here is not.", map[string]any{"Technical": t.Document.Name, "Name": t.Name}) + " " + v.costWords(t)
	if t.MetaStatus.Sendable() {
		text = lang.X("submit.ask_edit", "Meta looks at the new version, and until it is approved nothing can be sent from this template. An approved template may be changed once a day and ten times in 30 days.") + " " + v.costWords(t)
	}
	v.sh.Layers.Ask(title, text, lang.X("submit.yes", "Submit"), false, func() { e.flush(func() { v.submit(t.ID) }) })
}

func refusedWords(n int) string {
	if n == 1 {
		return lang.X("submit.refused_one", "Meta would refuse it: mend the finding below first")
	}
	return lang.X("submit.refused", "Meta would refuse it: mend the {{.N}} findings below first", map[string]any{"N": n})
}

func (v *View) submit(id app.ID) {
	if v.work.submitting(id) {
		return
	}
	ctx, cancel := context.WithCancel(v.sh.Base)
	j := &job{cancel: cancel}
	j.row = widget.NewProgressRow(lang.X("submit.sending", "Sending it to Meta…"), cancel)
	v.work.submits[id] = j
	v.editor.strip()
	m := &meter{later: v.sh.Later, show: func(p service.Progress) {
		if p.Step == service.StepUpload {
			j.row.Set(lang.X("submit.uploading", "Uploading the sample, in kB"), int(p.Done/1000), int((p.Total+999)/1000))
			return
		}
		j.row.Set(lang.X("submit.sending", "Sending it to Meta…"), 0, 0)
	}}
	over := func() {
		cancel()
		delete(v.work.submits, id)
		v.editor.strip()
	}
	// The work hears of a cancel by its own context; its answer is wanted all the same, for it says what was kept.
	v.sh.Async(v.sh.Base, func(context.Context) (func(), error) {
		t, err := v.p.Templates.Submit(ctx, v.who(), id, m.tell)
		return func() {
			over()
			v.took(t)
			v.sh.Toasts(shell.Toast{Text: submittedWords(t), Good: true})
		}, err
	}, func(err error) {
		over()
		v.editor.readAgain()
		v.submitFailed(id, err)
	})
}

func submittedWords(t app.Template) string {
	if t.Status() == app.TemplateApproved {
		return lang.X("submit.approved", "“{{.Name}}” is approved", map[string]any{"Name": t.Name})
	}
	return lang.X("submit.done", "“{{.Name}}” is with Meta for review", map[string]any{"Name": t.Name})
}

func (v *View) submitFailed(id app.ID, err error) {
	if errors.Is(err, context.Canceled) {
		v.sh.Say(lang.X("submit.stopped", "Stopped. What was uploaded is kept; Submit goes on from there."))
		return
	}
	var refused *service.Refused
	if errors.As(err, &refused) && v.editor.is(id) && len(refused.Findings) > 0 {
		v.editor.findings.now = refused.Findings
		v.editor.findings.paint()
		v.sh.Toasts(shell.Toast{Text: refusedWords(len(refused.Findings)), Bad: true})
		v.editor.showPlace(refused.Findings[0].Where)
		return
	}
	v.sh.Layers.Problem(err)
}

// took takes what the service made of a template, if it is the open one.
func (v *View) took(t app.Template) {
	if v.editor.is(t.ID) {
		v.editor.came(t)
		v.editor.redraw()
	}
	v.list.reload()
	v.changed()
}

// strip shows the progress of the open template's submission below its head.
func (e *editor) strip() {
	e.progress.Objects = nil
	if e.m != nil {
		if j := e.v.work.submits[e.m.now.ID]; j != nil {
			e.progress.Objects = []fyne.CanvasObject{layout.Pad(8, theme.Space5, 8, theme.Space5, j.row), widget.NewLine()}
		}
	}
	e.whole.Refresh()
	e.redraw()
}

// SyncAll compares the templates of every account with Meta's.
func (v *View) SyncAll() {
	if v.work.sync != nil || !v.admin() {
		return
	}
	ctx, cancel := context.WithCancel(v.sh.Base)
	j := &job{cancel: cancel}
	j.row = widget.NewProgressRow(lang.X("sync.asking", "Asking Meta…"), cancel)
	v.work.sync = j
	v.list.strip(j.row)
	v.sh.Async(v.sh.Base, func(context.Context) (func(), error) {
		var sum service.Counts
		n, err := v.syncAccounts(ctx, j, &sum)
		return func() {
			v.syncOver(cancel)
			if n == 0 && err == nil {
				v.noAccount()
				return
			}
			v.sayCounts(sum, err)
		}, nil
	}, nil)
}

func (v *View) syncOver(cancel func()) {
	cancel()
	v.work.sync = nil
	v.list.strip(nil)
	v.list.reload()
	v.editor.readAgain()
}

// syncAccounts runs away from the UI goroutine. One account that fails does not keep the others from being compared.
func (v *View) syncAccounts(ctx context.Context, j *job, sum *service.Counts) (int, error) {
	accts, err := v.p.Accounts(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	var failed error
	for _, a := range accts {
		if a.Archived {
			continue
		}
		n++
		m := &meter{later: v.sh.Later, show: func(p service.Progress) {
			j.row.Set(lang.X("sync.account", "Comparing “{{.Name}}”", map[string]any{"Name": a.Name}), int(p.Done), int(p.Total))
		}}
		c, err := v.p.Templates.Sync(ctx, v.who(), a.ID, m.tell)
		sum.Created += c.Created
		sum.Updated += c.Updated
		sum.Unchanged += c.Unchanged
		sum.Gone += c.Gone
		sum.Conflicts += c.Conflicts
		sum.Skipped += c.Skipped
		if ctx.Err() != nil {
			return n, ctx.Err()
		}
		if err != nil && failed == nil {
			failed = err
		}
	}
	return n, failed
}

// sayCounts says what a sync did, also one that was stopped or failed on the way.
func (v *View) sayCounts(c service.Counts, err error) {
	words := countWords(c)
	switch {
	case errors.Is(err, context.Canceled):
		v.sh.Say(lang.X("sync.stopped", "Stopped. {{.What}}", map[string]any{"What": words}))
	case err != nil:
		v.sh.Layers.Problem(err)
	case c.Conflicts > 0:
		v.sh.Toasts(shell.Toast{Text: words, Action: lang.X("sync.show", "Show"), Do: func() { v.list.choose(chipMend) }})
	default:
		v.sh.Toasts(shell.Toast{Text: words, Good: true})
	}
}

// countWords says the numbers of a sync.
func countWords(c service.Counts) string {
	words := lang.X("sync.counts", "{{.Updated}} updated, {{.Created}} new, {{.Unchanged}} unchanged", map[string]any{"Updated": c.Updated, "Created": c.Created, "Unchanged": c.Unchanged})
	if c.Gone > 0 {
		words += lang.X("sync.gone", ", {{.N}} gone at Meta", map[string]any{"N": c.Gone})
	}
	if c.Conflicts > 0 {
		words += lang.X("sync.conflicts", ", {{.N}} to decide", map[string]any{"N": c.Conflicts})
	}
	if c.Skipped > 0 {
		words += lang.X("sync.skipped", ", {{.N}} unreadable", map[string]any{"N": c.Skipped})
	}
	return words
}

func (v *View) noAccount() {
	if v.p.Connect == nil {
		v.sh.Say(lang.X("sync.no_account", "No account is connected yet"))
		return
	}
	v.sh.Toasts(shell.Toast{Text: lang.X("sync.no_account", "No account is connected yet"), Action: lang.X("sync.connect", "Connect"), Do: v.p.Connect})
}

// syncOne compares the open template with Meta's.
func (v *View) syncOne() {
	e := v.editor
	if e.m == nil || !v.admin() {
		return
	}
	id := e.m.now.ID
	e.flush(func() {
		e.head.sync.SetBusy(lang.X("sync.asking", "Asking Meta…"))
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			t, err := v.p.Templates.SyncOne(ctx, v.who(), id)
			return func() {
				e.head.sync.SetIdle()
				v.took(t)
				if t.Conflict != nil && e.is(id) {
					v.Decide()
					return
				}
				v.sh.Toasts(shell.Toast{Text: lang.X("sync.one", "“{{.Name}}” is as Meta has it: {{.Status}}", map[string]any{"Name": t.Name, "Status": statusAdvice(t.Status()).Title}), Good: true})
			}, err
		}, func(err error) {
			e.head.sync.SetIdle()
			e.readAgain()
			v.sh.Layers.Problem(err)
		})
	})
}
