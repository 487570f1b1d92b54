package templates

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/records/samples"
	"shopbell/app/starters"
	service "shopbell/app/templates"
	"shopbell/assets"
	"shopbell/meta/template"
	"shopbell/views/viewtest"
)

// kept is a service in memory that keeps what it is given as the real one does: with revisions, collisions and technical names of its own.
type kept struct {
	mu       sync.Mutex
	list     map[app.ID]app.Template
	order    []app.ID
	next     app.ID
	saves    int
	fail     error
	submit   func(t *app.Template, progress func(service.Progress)) error
	sync     func(ctx context.Context, progress func(service.Progress)) (service.Counts, error)
	versions []app.TemplateVersion
	resolved []string
	uses     map[app.ID]int
	judge    *service.Service // looks at header files as the program does; nil: takes all
}

func newKept() *kept { return &kept{list: map[app.ID]app.Template{}} }

func (k *kept) put(t app.Template) app.ID {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next++
	t.ID, t.Revision = k.next, 1
	if t.AccountID == 0 {
		t.AccountID = 1
	}
	t.UpdatedAt = noon.Add(-time.Duration(t.ID) * time.Minute)
	t.Bindings, t.Parked = app.MergeBindings(t.Document, t.Bindings, t.Parked)
	k.list[t.ID] = t
	k.order = append(k.order, t.ID)
	return t.ID
}

func (k *kept) alter(id app.ID, do func(t *app.Template)) (app.Template, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	t, ok := k.list[id]
	if !ok {
		return t, app.ErrNotFound
	}
	do(&t)
	k.list[id] = t
	return t, nil
}

func (k *kept) List(context.Context, app.Staff, app.TemplateFilter) ([]app.TemplateRow, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []app.TemplateRow
	for _, id := range k.order {
		t, ok := k.list[id]
		if !ok {
			continue
		}
		r := app.TemplateRow{ID: id, AccountID: t.AccountID, Name: t.Name, Technical: t.Document.Name, Language: t.Document.Language, Category: t.Document.Category, Status: t.Status(), Reason: t.Reason, Quality: t.Quality, Archived: t.Archived, UpdatedAt: t.UpdatedAt, Linked: t.Linked(), Preview: textOf(t.Document, template.Body), Uses: k.uses[id]}
		if t.Conflict != nil {
			r.Conflict = t.Conflict.Kind
		}
		out = append(out, r)
	}
	return out, k.fail
}

func (k *kept) Get(_ context.Context, _ app.Staff, id app.ID) (app.Template, error) {
	return k.alter(id, func(*app.Template) {})
}

func (k *kept) Create(_ context.Context, _ app.Staff, b service.Start) (app.Template, error) {
	b.Document.Ensure(template.Body)
	id := k.put(app.Template{AccountID: b.AccountID, Name: b.Name, Document: b.Document, RecordType: b.RecordType, Bindings: b.Bindings, Draft: true})
	return k.Get(context.Background(), app.Staff{}, id)
}

func (k *kept) Save(_ context.Context, _ app.Staff, t app.Template) (app.Template, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.saves++
	if k.fail != nil {
		return app.Template{}, k.fail
	}
	cur := k.list[t.ID]
	if cur.Revision != t.Revision {
		return app.Template{}, &service.Collision{Mine: t, Theirs: cur}
	}
	t.Revision++
	t.Standing = cur.Standing
	k.list[t.ID] = t
	return t, nil
}

func (k *kept) Copy(_ context.Context, _ app.Staff, id app.ID) (app.Template, error) {
	t, err := k.Get(context.Background(), app.Staff{}, id)
	t.Name += " (copy)"
	t.Standing, t.Draft = app.Standing{}, true
	if err != nil {
		return t, err
	}
	return k.Get(context.Background(), app.Staff{}, k.put(t))
}

func (k *kept) AddLanguage(_ context.Context, _ app.Staff, id app.ID, language string) (app.Template, error) {
	t, err := k.Get(context.Background(), app.Staff{}, id)
	t.Document = t.Document.Clone()
	t.Document.Language = language
	t.Standing, t.Draft = app.Standing{}, true
	if err != nil {
		return t, err
	}
	return k.Get(context.Background(), app.Staff{}, k.put(t))
}

func (k *kept) Archive(_ context.Context, _ app.Staff, id app.ID, on bool) (app.Template, error) {
	return k.alter(id, func(t *app.Template) { t.Archived = on; t.Revision++ })
}

func (k *kept) Delete(_ context.Context, _ app.Staff, id app.ID, _ bool) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.list, id)
	return nil
}

func (k *kept) ResetToDraft(_ context.Context, _ app.Staff, id app.ID) (app.Template, error) {
	return k.alter(id, func(t *app.Template) { t.Draft = true; t.Revision++ })
}

func (k *kept) SetHeaderFile(_ context.Context, _ app.Staff, id app.ID, revision int64, card int, name string, r io.Reader) (app.Template, error) {
	if k.judge != nil {
		return k.judge.SetHeaderFile(context.Background(), app.Staff{Role: app.RoleAdmin}, id, revision, card, name, r)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return app.Template{}, err
	}
	if string(data) == "bad" {
		return app.Template{}, &app.Error{Code: app.CodeInvalid, Message: "This is no picture.", Mend: "Choose another."}
	}
	return k.alter(id, func(t *app.Template) {
		t.Files = append(withoutFile(t.Files, card), app.HeaderFile{Card: card, Name: name, Size: int64(len(data)), SHA256: "x", MIME: "image/png"})
		t.Revision++
	})
}

func (k *kept) ClearHeaderFile(_ context.Context, _ app.Staff, id app.ID, card int) (app.Template, error) {
	return k.alter(id, func(t *app.Template) { t.Files = withoutFile(t.Files, card); t.Revision++ })
}

func (k *kept) Submit(ctx context.Context, _ app.Staff, id app.ID, progress func(service.Progress)) (app.Template, error) {
	t, err := k.Get(ctx, app.Staff{}, id)
	if err != nil {
		return t, err
	}
	if k.submit != nil {
		if err = k.submit(&t, progress); err != nil {
			return t, err
		}
	}
	if err = ctx.Err(); err != nil {
		return t, err
	}
	return k.alter(id, func(t *app.Template) {
		t.MetaID, t.MetaStatus, t.Draft = "1", app.TemplatePending, false
		t.Revision++
	})
}

func (k *kept) Sync(ctx context.Context, _ app.Staff, _ app.ID, progress func(service.Progress)) (service.Counts, error) {
	if k.sync != nil {
		return k.sync(ctx, progress)
	}
	return service.Counts{Updated: 3, Created: 2, Unchanged: 13}, nil
}

func (k *kept) SyncOne(ctx context.Context, who app.Staff, id app.ID) (app.Template, error) {
	return k.Get(ctx, who, id)
}

func (k *kept) Resolve(_ context.Context, _ app.Staff, id app.ID, how service.Resolution, _ string) (app.Template, error) {
	k.resolved = append(k.resolved, string(how))
	return k.alter(id, func(t *app.Template) { t.Conflict = nil; t.Revision++ })
}

func (k *kept) TakeTheirs(_ context.Context, _ app.Staff, id app.ID) (app.Template, error) {
	k.resolved = append(k.resolved, "theirs")
	return k.alter(id, func(t *app.Template) {
		if t.Conflict != nil {
			t.Document = t.Conflict.Theirs.Document
		}
		t.Conflict = nil
		t.Revision++
	})
}

func (k *kept) KeepMine(_ context.Context, _ app.Staff, id app.ID) (app.Template, error) {
	k.resolved = append(k.resolved, "mine")
	return k.alter(id, func(t *app.Template) { t.Conflict = nil; t.Draft = true; t.Revision++ })
}

func (k *kept) Group(ctx context.Context, who app.Staff, id app.ID) ([]app.TemplateRow, error) {
	t, err := k.Get(ctx, who, id)
	if err != nil {
		return nil, err
	}
	rows, err := k.List(ctx, who, app.TemplateFilter{})
	return slices.DeleteFunc(rows, func(r app.TemplateRow) bool { return r.Technical != t.Document.Name }), err
}

func (k *kept) Versions(context.Context, app.Staff, app.ID) ([]app.TemplateVersion, error) {
	return k.versions, nil
}

func (k *kept) Restore(_ context.Context, _ app.Staff, id, version app.ID) (app.Template, error) {
	i := slices.IndexFunc(k.versions, func(v app.TemplateVersion) bool { return v.ID == version })
	return k.alter(id, func(t *app.Template) { t.Document = k.versions[i].Document; t.Revision++ })
}

func (k *kept) fails(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fail = err
}

func (k *kept) len() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.list)
}

// world is the tab over a service in memory.
type world struct {
	*View
	*viewtest.Bed
	kept *kept
}

func newWorld(t testing.TB, k *kept, me app.Staff) *world {
	w := &world{Bed: viewtest.New(t, nil), kept: k}
	w.View = New(w.Shell, Params{
		Templates: k, Records: &records.Shop{Examples: samples.Store(), Types: records.Builtin()}, Me: me,
		Accounts: func(context.Context) ([]app.Account, error) {
			return []app.Account{{ID: 1, Name: "Madrid shop"}, {ID: 2, Name: "Huế"}}, nil
		},
		Staff:    func(context.Context) ([]app.Staff, error) { return []app.Staff{{ID: 7, Name: "Ana"}}, nil },
		Starters: func() ([]starters.Starter, error) { return starters.Load(assets.Templates()) },
	})
	w.Show(w.Content())
	return w
}

// open shows the tab and waits until a template is in the editor and has been checked.
func (w *world) open(id app.ID) {
	w.T.Helper()
	w.Shown()
	w.Until("the list", func() bool { return w.list.loaded })
	w.Open(id)
	w.Until("the template", func() bool { return w.editor.is(id) && w.checked() })
}

// checked tells whether what is written was looked at to the last letter.
func (w *world) checked() bool {
	f := w.editor.findings
	return !f.busy && w.editor.m != nil && f.checked == w.editor.m.version
}

var errNo = errors.New("no")
