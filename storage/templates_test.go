package storage

import (
	"errors"
	"flag"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/app"
	"shopbell/meta/template"
)

// orderReady is the template that most tests use.
func orderReady(account app.ID) app.Template {
	d := template.Document{Name: "order_ready", Language: "en", Category: template.Utility, Components: []template.Component{
		{Type: template.Header, Format: template.HeaderText, Text: "Order {{1}}", Samples: []template.Sample{{Placeholder: "1", Value: "S00022"}}},
		{
			Type: template.Body, Text: "Hello {{1}}, your order is ready.\nWe are open until {{2}} today.",
			Samples: []template.Sample{{Placeholder: "1", Value: "Mai"}, {Placeholder: "2", Value: "18:00"}},
		},
		{Type: "SPARKLES"},
	}}
	return app.Template{
		AccountID: account, Name: "Order ready", Document: d, RecordType: "order", PhoneField: "customer.phone", Staff: []app.ID{7, 8}, Draft: true,
		Bindings: []app.Binding{
			{Slot: template.HeaderSlot("1"), Kind: app.BindField, Path: "number", Sample: "S00022"},
			{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "customer.name", Sample: "Mai"},
			{Slot: template.BodySlot("2"), Kind: app.BindFree, Sample: "18:00"},
		},
		Files: []app.HeaderFile{{Card: -1, Name: "a.png", MIME: "image/png", Size: 3, SHA256: strings.Repeat("a", 64)}},
	}
}

func addTemplate(t testing.TB, s *Store, tpl app.Template) app.Template {
	t.Helper()
	return ok[app.Template](t)(s.AddTemplate(bg, app.TemplateWrite{Template: tpl, Trace: app.TemplateTrace{
		Versions: []app.TemplateVersion{{Why: app.VersionCreated, Name: tpl.Name, Document: tpl.Document, Bindings: tpl.Bindings}},
		Events:   []app.TemplateEvent{{Kind: app.TemplateEventCreated}},
	}}))
}

// linked is a template that Meta approved under an id.
func linkedTemplate(account app.ID, metaID string) app.Template {
	tpl := orderReady(account)
	base := tpl.Document.Clone()
	tpl.Draft, tpl.MetaID, tpl.MetaStatus, tpl.Base, tpl.Remote = false, metaID, app.TemplatePending, &base, &base
	return tpl
}

func TestATemplateIsKeptAsItWasGiven(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		put := orderReady(a.ID)
		put.Submission = &app.Submission{State: app.SubmitUploading, Owner: "me", Begun: noon, Beat: noon, Doc: put.Document}
		put.Conflict = &app.TemplateConflict{Kind: app.ConflictSameName, At: noon, Theirs: app.RemoteTemplate{ID: "9", Status: app.TemplateApproved, Document: put.Document}}
		put.Parked = []app.Binding{{Slot: template.ButtonSlot(1, "1"), Kind: app.BindPortal}}
		got := addTemplate(t, s, put)
		read := ok[app.Template](t)(s.Template(bg, got.ID))
		if !reflect.DeepEqual(got, read) {
			t.Errorf("given back\n%+v\nread\n%+v", got, read)
		}
		put.ID, put.Revision, put.CreatedAt, put.UpdatedAt = read.ID, 1, read.CreatedAt, read.UpdatedAt
		if !reflect.DeepEqual(put, read) {
			t.Errorf("put\n%+v\nread\n%+v", put, read)
		}
		if read.CreatedAt.IsZero() || !read.Edited() {
			t.Errorf("%+v", read)
		}
		versions := ok[[]app.TemplateVersion](t)(s.TemplateVersions(bg, got.ID))
		if len(versions) != 1 || versions[0].Number != 1 || versions[0].Why != app.VersionCreated || !app.SameTemplate(versions[0].Document, put.Document) ||
			!slices.Equal(versions[0].Bindings, put.Bindings) {
			t.Errorf("%+v", versions)
		}
		if _, err := s.Template(bg, 1); !errors.Is(err, app.ErrNotFound) {
			t.Error(err)
		}
		if _, err := s.AddTemplate(bg, app.TemplateWrite{Template: orderReady(12345)}); !errors.Is(err, app.ErrNotFound) {
			t.Error("a template of no account:", err)
		}
	})
}

func TestTheRevisionRisesWithWhatPeopleWrite(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		tpl := addTemplate(t, s, orderReady(a.ID))
		change := func(f func(t *app.Template)) app.Template {
			return ok[app.Template](t)(s.ChangeTemplate(bg, tpl.ID, func(t *app.Template) (app.TemplateTrace, error) { f(t); return app.TemplateTrace{}, nil }))
		}
		if got := change(func(t *app.Template) { t.Document.Component(template.Body).Text = "Hello there." }); got.Revision != 2 {
			t.Errorf("revision %d after a change of the text", got.Revision)
		}
		if got := change(func(t *app.Template) { t.PollAt, t.Quality = noon, "GREEN" }); got.Revision != 2 || got.Quality != "GREEN" {
			t.Errorf("revision %d after Meta's word", got.Revision)
		}
		if got := change(func(*app.Template) {}); got.Revision != 2 {
			t.Errorf("revision %d after nothing", got.Revision)
		}
		boom := errors.New("no")
		if _, err := s.ChangeTemplate(bg, tpl.ID, func(t *app.Template) (app.TemplateTrace, error) { t.Name = "x"; return app.TemplateTrace{}, boom }); !errors.Is(err, boom) {
			t.Error(err)
		}
		if got := ok[app.Template](t)(s.Template(bg, tpl.ID)); got.Name != "Order ready" || got.Revision != 2 {
			t.Errorf("a refused change was written: %+v", got)
		}
		together(20, func(i int) {
			if _, err := s.ChangeTemplate(bg, tpl.ID, func(t *app.Template) (app.TemplateTrace, error) {
				t.Name += "."
				return app.TemplateTrace{Events: []app.TemplateEvent{{Kind: app.TemplateEventReset, StaffID: app.ID(i)}}}, nil
			}); err != nil {
				t.Error(err)
			}
		})
		if got := ok[app.Template](t)(s.Template(bg, tpl.ID)); got.Name != "Order ready"+strings.Repeat(".", 20) || got.Revision != 22 {
			t.Errorf("%q, revision %d", got.Name, got.Revision)
		}
		if lines := ok[[]app.TemplateEvent](t)(s.TemplateHistory(bg, tpl.ID, 100)); len(lines) != 21 {
			t.Errorf("%d lines of history", len(lines))
		}
		must(t, s.DeleteTemplate(bg, tpl.ID))
		if _, err := s.Template(bg, tpl.ID); !errors.Is(err, app.ErrNotFound) {
			t.Error(err)
		}
		if err := s.DeleteTemplate(bg, tpl.ID); !errors.Is(err, app.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestTheListIsFiltered(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		other := ok[app.Account](t)(s.SaveAccount(bg, app.Account{Name: "Other", WABAID: "waba2", PhoneNumberID: "number2"}))
		draft := addTemplate(t, s, orderReady(a.ID))
		live := linkedTemplate(a.ID, "11")
		live.Name, live.Staff, live.Document.Language, live.MetaStatus = "Đơn hàng sẵn sàng", nil, "vi", app.TemplateApproved
		live.Document.Category = template.Marketing
		vi := addTemplate(t, s, live)
		old := orderReady(other.ID)
		old.Archived, old.Document.Name = true, "old_one"
		addTemplate(t, s, old)
		lost := linkedTemplate(a.ID, "12")
		lost.Gone, lost.Conflict = true, &app.TemplateConflict{Kind: app.ConflictDiverged}
		gone := addTemplate(t, s, lost)
		for name, c := range map[string]struct {
			f    app.TemplateFilter
			want []app.ID
		}{
			"all":            {app.TemplateFilter{}, []app.ID{draft.ID, vi.ID, gone.ID}},
			"an account":     {app.TemplateFilter{AccountID: other.ID}, nil},
			"everything":     {app.TemplateFilter{AccountID: other.ID, Everything: true}, []app.ID{old.ID}},
			"words":          {app.TemplateFilter{Search: "don hang"}, []app.ID{vi.ID}},
			"body":           {app.TemplateFilter{Search: "OPEN unt"}, []app.ID{draft.ID, vi.ID, gone.ID}},
			"technical":      {app.TemplateFilter{Search: "order_rea", Statuses: []app.TemplateStatus{app.TemplateDraft}}, []app.ID{draft.ID}},
			"inside a word":  {app.TemplateFilter{Search: "rder"}, nil},
			"quotes":         {app.TemplateFilter{Search: `'"%_ ready`}, []app.ID{draft.ID, gone.ID, vi.ID}},
			"approved":       {app.TemplateFilter{Statuses: []app.TemplateStatus{app.TemplateApproved, app.TemplateGone}}, []app.ID{vi.ID, gone.ID}},
			"language":       {app.TemplateFilter{Languages: []string{"vi", "fr"}}, []app.ID{vi.ID}},
			"category":       {app.TemplateFilter{Category: template.Marketing}, []app.ID{vi.ID}},
			"conflicts":      {app.TemplateFilter{Conflicts: true}, []app.ID{gone.ID}},
			"a group":        {app.TemplateFilter{Technical: "order_ready", AccountID: a.ID}, []app.ID{draft.ID, vi.ID, gone.ID}},
			"named staff":    {app.TemplateFilter{For: app.Staff{ID: 8, Role: app.RoleStaff}}, []app.ID{draft.ID, vi.ID, gone.ID}},
			"other staff":    {app.TemplateFilter{For: app.Staff{ID: 88, Role: app.RoleStaff}}, []app.ID{vi.ID}},
			"an admin":       {app.TemplateFilter{For: app.Staff{ID: 88, Role: app.RoleAdmin}}, []app.ID{draft.ID, vi.ID, gone.ID}},
			"nothing at all": {app.TemplateFilter{Search: "zebra"}, nil},
		} {
			if name == "everything" {
				c.want = nil
				for _, r := range ok[[]app.TemplateRow](t)(s.Templates(bg, c.f)) {
					if r.Technical != "old_one" || !r.Archived {
						t.Errorf("%+v", r)
					}
				}
				continue
			}
			var got []app.ID
			for _, r := range ok[[]app.TemplateRow](t)(s.Templates(bg, c.f)) {
				got = append(got, r.ID)
			}
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		rows := ok[[]app.TemplateRow](t)(s.Templates(bg, app.TemplateFilter{}))
		if r := rows[0]; r.Status != app.TemplateDraft || r.Preview != "Hello {{1}}, your order is ready. We are open until {{2}} today." ||
			r.HeaderFormat != template.HeaderText || !r.Edited || r.Linked || r.Uses != 0 || r.Revision != 1 || !slices.Equal(r.Staff, []app.ID{7, 8}) {
			t.Errorf("%+v", r)
		}
		if r := rows[2]; r.Status != app.TemplateGone || r.Conflict != app.ConflictDiverged || r.Linked || r.Edited {
			t.Errorf("%+v", r)
		}
	})
}

func TestUsesAreCounted(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		addTemplate(t, s, orderReady(a.ID))
		for i, payload := range []string{
			`{"type":"template","template":{"name":"order_ready","language":{"code":"en"}}}`, `{"type":"template","template":{"name":"order_ready","language":{"code":"en"}}}`,
			`{"type":"template","template":{"name":"order_ready","language":{"code":"es"}}}`, `{"type":"text","text":{"body":"order_ready"}}`, `not JSON at all`,
		} {
			ok[app.Message](t)(s.Queue(bg, app.Outgoing{AccountID: a.ID, To: fmt.Sprint("3461234567", i), Type: "template", Text: "x", Payload: payload}))
		}
		if r := ok[[]app.TemplateRow](t)(s.Templates(bg, app.TemplateFilter{})); r[0].Uses != 2 {
			t.Errorf("%d uses", r[0].Uses)
		}
	})
}

func TestMergeWritesAllOrNothing(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		here := addTemplate(t, s, linkedTemplate(a.ID, "11"))
		namesake := addTemplate(t, s, orderReady(a.ID))
		fresh := linkedTemplate(a.ID, "12")
		fresh.Document.Name = "other"
		merge := func(found []app.Template) ([]app.TemplateWrite, error) {
			if len(found) != 2 || found[0].ID != here.ID || found[1].ID != namesake.ID {
				t.Errorf("found %d", len(found))
			}
			found[0].Quality = "RED"
			return []app.TemplateWrite{{Template: found[0]}, {Template: fresh}}, nil
		}
		must(t, s.MergeTemplates(bg, a.ID, []string{"11", "12"}, []string{"order_ready"}, merge))
		if l := ok[[]app.LinkedTemplate](t)(s.LinkedTemplates(bg, a.ID)); len(l) != 2 || l[0].MetaID != "11" || l[1].MetaID != "12" {
			t.Errorf("%+v", l)
		}
		err := s.MergeTemplates(bg, a.ID, nil, nil, func([]app.Template) ([]app.TemplateWrite, error) {
			one, two := linkedTemplate(a.ID, "13"), linkedTemplate(a.ID, "12")
			return []app.TemplateWrite{{Template: one}, {Template: two}}, nil
		})
		if !errors.Is(err, app.ErrConflict) {
			t.Error("two templates of one Meta id:", err)
		}
		if l := ok[[]app.LinkedTemplate](t)(s.LinkedTemplates(bg, a.ID)); len(l) != 2 {
			t.Errorf("half of a merge was written: %+v", l)
		}
		at := noon.Add(time.Hour)
		must(t, s.TemplatesSynced(bg, a.ID, at))
		if got := ok[app.Template](t)(s.Template(bg, here.ID)); !got.SyncedAt.Equal(at) || got.Quality != "RED" {
			t.Errorf("%+v", got)
		}
		if got := ok[app.Template](t)(s.Template(bg, namesake.ID)); !got.SyncedAt.IsZero() {
			t.Errorf("a draft was synced: %v", got.SyncedAt)
		}
	})
}

func TestWhatIsDueIsFound(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		if _, found, err := s.NextPoll(bg); found || err != nil {
			t.Error(found, err)
		}
		late, soon, never, stuck, cut := orderReady(a.ID), orderReady(a.ID), orderReady(a.ID), orderReady(a.ID), orderReady(a.ID)
		late.PollAt, soon.PollAt = noon.Add(time.Hour), noon
		stuck.Submission = &app.Submission{State: app.SubmitSending, Beat: noon.Add(-time.Hour)}
		cut.Submission = &app.Submission{State: app.SubmitCut, Beat: noon.Add(-time.Hour)}
		addTemplate(t, s, late)
		first := addTemplate(t, s, soon)
		addTemplate(t, s, never)
		broken := addTemplate(t, s, stuck)
		addTemplate(t, s, cut)
		if got := ok[[]app.ID](t)(s.DueTemplates(bg, noon, noon.Add(-time.Minute), 10)); !slices.Equal(got, []app.ID{broken.ID, first.ID}) {
			t.Error(got)
		}
		if at, found, err := s.NextPoll(bg); !found || err != nil || !at.Equal(noon) {
			t.Error(at, found, err)
		}
		u := app.Upload{AccountID: a.ID, SHA256: "abc", Session: "upload:x", Offset: 7, UpdatedAt: noon}
		must(t, s.SaveUpload(bg, u))
		u.Offset, u.Handle = 9, "4:h"
		must(t, s.SaveUpload(bg, u))
		if got := ok[app.Upload](t)(s.Upload(bg, a.ID, "abc")); got != u {
			t.Errorf("%+v", got)
		}
		must(t, s.DropUpload(bg, a.ID, "abc"))
		if got := ok[app.Upload](t)(s.Upload(bg, a.ID, "abc")); got.Session != "" {
			t.Errorf("%+v", got)
		}
	})
}

func TestWebhooksOfATemplate(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		news := func(at time.Time, f app.TemplateFact) app.Fact {
			f.MetaID, f.Name, f.Language, f.At = "11", "order_ready", "en", at
			return app.Fact{WABAID: "waba", Template: &f}
		}
		now := s.now().Truncate(time.Second)
		// The approval overtakes the answer of the submission.
		apply(t, s, news(now, app.TemplateFact{Aspect: app.AspectStatus, Status: app.TemplateApproved}))
		tpl := addTemplate(t, s, linkedTemplate(a.ID, "11"))
		if tpl.MetaStatus != app.TemplateApproved {
			t.Errorf("linked after its approval: %s", tpl.MetaStatus)
		}
		apply(t, s,
			news(now.Add(2*time.Second), app.TemplateFact{Aspect: app.AspectCategory, Category: "MARKETING", PreviousCategory: "UTILITY"}),
			news(now.Add(2*time.Second), app.TemplateFact{Aspect: app.AspectQuality, Quality: "RED"}),
			news(now.Add(2*time.Second), app.TemplateFact{Aspect: app.AspectStatus, Status: app.TemplatePaused, Notice: app.TemplateNotice{Title: "FIRST_PAUSE"}}),
			news(now.Add(time.Second), app.TemplateFact{Aspect: app.AspectStatus, Status: app.TemplateRejected, Reason: "SCAM"}))
		got := ok[app.Template](t)(s.Template(bg, tpl.ID))
		if got.MetaStatus != app.TemplatePaused || got.Reason != "" || got.Notice.Title != "FIRST_PAUSE" || got.Quality != "RED" ||
			got.Document.Category != template.Marketing || got.PreviousCategory != template.Utility || got.Edited() || got.PollAt.IsZero() || got.Revision != tpl.Revision {
			t.Errorf("%+v", got)
		}
		// A person submits it again: what was said before does not count any more, not even twice.
		paused := news(now.Add(2*time.Second), app.TemplateFact{Aspect: app.AspectStatus, Status: app.TemplatePaused, Notice: app.TemplateNotice{Title: "FIRST_PAUSE"}})
		ok[app.Template](t)(s.ChangeTemplate(bg, tpl.ID, func(t *app.Template) (app.TemplateTrace, error) {
			t.MetaStatus, t.SubmittedAt = app.TemplatePending, s.now()
			return app.TemplateTrace{}, nil
		}))
		apply(t, s, paused, news(now.Add(time.Second), app.TemplateFact{Aspect: app.AspectStatus, Status: app.TemplateRejected}))
		if got := ok[app.Template](t)(s.Template(bg, tpl.ID)); got.MetaStatus != app.TemplatePending {
			t.Errorf("an old webhook undid the submission: %s", got.MetaStatus)
		}
		byName := news(now.Add(2*time.Second), app.TemplateFact{Aspect: app.AspectStatus, Status: app.TemplateDisabled})
		byName.Template.MetaID = ""
		apply(t, s, byName)
		if got := ok[app.Template](t)(s.Template(bg, tpl.ID)); got.MetaStatus != app.TemplateDisabled {
			t.Errorf("in the same second, later in its life: %s", got.MetaStatus)
		}
		n := len(ok[[]app.TemplateEvent](t)(s.TemplateHistory(bg, tpl.ID, 100)))
		apply(t, s, byName, paused)
		if again := len(ok[[]app.TemplateEvent](t)(s.TemplateHistory(bg, tpl.ID, 100))); again != n {
			t.Errorf("told twice, %d lines became %d", n, again)
		}
	})
}

// Whatever the order of the webhooks, however often each comes, and whether the template is linked before or among them: one outcome.
func TestOrderOfTemplateWebhooksMakesNoDifference(t *testing.T) {
	// Each step is a transaction of its own; -rapid.checks asks for more cases.
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() == f.DefValue {
		must(t, flag.Set("rapid.checks", "40"))
		defer func() { must(t, flag.Set("rapid.checks", f.DefValue)) }()
	}
	test := func(t *testing.T, s *Store) {
		a := shop(t, s)
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			base := s.now().Truncate(time.Second)
			var facts []app.TemplateFact
			for range rapid.IntRange(1, 10).Draw(rt, "facts") {
				f := app.TemplateFact{At: base.Add(time.Duration(rapid.IntRange(0, 4).Draw(rt, "at")) * time.Second)}
				f.Aspect = rapid.SampledFrom([]app.TemplateAspect{app.AspectStatus, app.AspectStatus, app.AspectQuality, app.AspectCategory, app.AspectPlan, app.AspectComponents}).Draw(rt, "aspect")
				switch f.Aspect {
				case app.AspectStatus:
					f.Status = rapid.SampledFrom([]app.TemplateStatus{app.TemplateApproved, app.TemplateRejected, app.TemplatePaused, app.TemplateFlagged, "sleeping", app.TemplateDisabled}).Draw(rt, "status")
					f.Reason = rapid.SampledFrom([]string{"", "SCAM", "INVALID_FORMAT"}).Draw(rt, "reason")
					f.Notice.Text = rapid.SampledFrom([]string{"", "because"}).Draw(rt, "text")
				case app.AspectQuality:
					f.Quality = rapid.SampledFrom([]string{"GREEN", "YELLOW", "RED"}).Draw(rt, "quality")
				case app.AspectCategory:
					f.Category = rapid.SampledFrom([]string{"MARKETING", "UTILITY"}).Draw(rt, "category")
					f.PreviousCategory = rapid.SampledFrom([]string{"", "UTILITY"}).Draw(rt, "previous")
				case app.AspectPlan:
					f.CorrectCategory = rapid.SampledFrom([]string{"", "MARKETING"}).Draw(rt, "plan")
				}
				facts = append(facts, f)
			}
			var want string
			for round := range 3 {
				list := facts
				if round > 0 {
					list = rapid.Permutation(facts).Draw(rt, "order")
					for _, again := range rapid.SliceOfN(rapid.IntRange(0, len(facts)-1), 0, 4).Draw(rt, "twice") {
						list = slices.Insert(slices.Clone(list), rapid.IntRange(0, len(list)).Draw(rt, "where"), facts[again])
					}
				}
				n++
				metaID := fmt.Sprint(1000 + n)
				link := 0
				if round > 0 {
					link = rapid.IntRange(0, len(list)).Draw(rt, "linked")
				}
				var id app.ID
				for k := 0; k <= len(list); k++ {
					if k == link {
						tpl, err := s.AddTemplate(bg, app.TemplateWrite{Template: linkedTemplate(a.ID, metaID)})
						if err != nil {
							rt.Fatal(err)
						}
						id = tpl.ID
					}
					if k < len(list) {
						f := list[k]
						f.MetaID = metaID
						if _, err := s.ApplyFacts(bg, []app.Fact{{WABAID: "waba", Template: &f}}); err != nil {
							rt.Fatal(err)
						}
					}
				}
				tpl, err := s.Template(bg, id)
				if err != nil {
					rt.Fatal(err)
				}
				got := fmt.Sprintf("%s %s %+v %s %s %s %s rev %d", tpl.MetaStatus, tpl.Reason, tpl.Notice, tpl.Quality, tpl.Document.Category, tpl.PreviousCategory, tpl.CorrectCategory, tpl.Revision)
				if round == 0 {
					want = got
				} else if got != want {
					rt.Fatalf("another order, another outcome:\n%s\n%s\n%+v", want, got, list)
				}
			}
		})
	}
	t.Run("sqlite", func(t *testing.T) { test(t, open(t, Options{Home: memory(t)})) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, Options{Home: t.TempDir(), DSN: schema(t)})) })
}
