package templates

import (
	"context"
	"strings"
	"sync"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// twins knows the texts of other templates, for Meta rejects a second one with the same body and footer in a language. It is asked by the lint, away
// from the UI goroutine. Only templates that begin alike are read, each once as long as nobody changes it.
type twins struct {
	mu    sync.Mutex
	known map[app.ID]twin
}

type twin struct {
	body, footer string
	at           time.Time // when it was changed last, as the list said
}

// finder gives what the lint asks. rows are those of the list; they are not changed by anybody.
func (w *twins) finder(ctx context.Context, src Service, who app.Staff, rows []row, t app.Template) func(language, body, footer string) string {
	return func(language, body, footer string) string {
		start := strings.Join(strings.Fields(body), " ")
		for i := range rows {
			r := &rows[i]
			if r.id == t.ID || r.account != t.AccountID || r.language != language || r.gone || r.archived || r.meta == t.Document.Name && r.meta != "" ||
				r.begins == "" || !strings.HasPrefix(start, r.begins) {
				continue
			}
			if o, ok := w.read(ctx, src, who, r); ok && o.body == body && o.footer == footer {
				return r.name
			}
		}
		return ""
	}
}

func (w *twins) read(ctx context.Context, src Service, who app.Staff, r *row) (twin, bool) {
	w.mu.Lock()
	o, ok := w.known[r.id]
	w.mu.Unlock()
	if ok && o.at.Equal(r.updated) {
		return o, true
	}
	t, err := src.Get(ctx, who, r.id)
	if err != nil {
		return twin{}, false // it is asked for again at the next check
	}
	o = twin{body: textOf(t.Document, template.Body), footer: textOf(t.Document, template.Footer), at: r.updated}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.known == nil {
		w.known = map[app.ID]twin{}
	}
	w.known[r.id] = o
	return o, true
}
