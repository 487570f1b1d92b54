package sending

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

var (
	bg  = context.Background()
	now = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
)

// people is a Store without a database.
type people struct {
	templates map[app.ID]app.Template
	byKey     map[string]app.Reach
	byID      map[app.ID]app.Reach
	queued    []app.Outgoing
	got       map[[2]app.ID]time.Time // when a template went to a contact
}

func (p *people) Template(_ context.Context, id app.ID) (app.Template, error) {
	return p.templates[id], nil
}

func (p *people) ReachPhones(_ context.Context, _ app.ID, keys []string) (map[string]app.Reach, error) {
	out := map[string]app.Reach{}
	for _, k := range keys {
		if r, ok := p.byKey[k]; ok {
			out[k] = r
		}
	}
	return out, nil
}

func (p *people) ReachContacts(_ context.Context, _ app.ID, ids []app.ID) (map[app.ID]app.Reach, error) {
	out := map[app.ID]app.Reach{}
	for _, id := range ids {
		if r, ok := p.byID[id]; ok {
			out[id] = r
		}
	}
	return out, nil
}

func (p *people) TemplateSent(_ context.Context, _ app.ID, templates, contacts []app.ID, since, before time.Time) (map[app.ID]time.Time, error) {
	out := map[app.ID]time.Time{}
	for _, c := range contacts {
		for _, t := range templates {
			if at := p.got[[2]app.ID{t, c}]; at.After(since) && (before.IsZero() || at.Before(before)) && at.After(out[c]) {
				out[c] = at
			}
		}
	}
	return out, nil
}

func (p *people) Queue(_ context.Context, out app.Outgoing) (app.Message, error) {
	p.queued = append(p.queued, out)
	return app.Message{ID: app.ID(len(p.queued)), Text: out.Text}, nil
}

// counted counts the reads of a source.
type counted struct {
	*records.Shop
	reads int
}

func (c *counted) Read(ctx context.Context, wants []records.Want) (map[records.Ref]records.Record, error) {
	c.reads++
	return c.Shop.Read(ctx, wants)
}

func ref(typ, id string) records.Ref { return records.Ref{Type: typ, ID: id} }

func quotation(id, number, customer string) records.Record {
	f := map[string]records.Value{"number": records.Text(number)}
	if customer != "" {
		f["customer"] = records.Relation(records.Link{Ref: ref(records.TypeContact, customer), Title: customer})
	}
	return records.Record{Ref: ref(records.TypeQuotation, id), Title: number, Fields: f}
}

func contact(id, name, phone string) records.Record {
	return records.Record{Ref: ref(records.TypeContact, id), Title: name, Fields: map[string]records.Value{"name": records.Text(name), "phone": records.Text(phone)}}
}

func bodyTemplate(category template.Category) app.Template {
	d := template.Document{Name: "ready", Language: "en", Category: category, Components: []template.Component{{
		Type: template.Body, Text: "Hello {{1}}, your order {{2}} is ready. Ask for {{3}} at the desk.",
	}}}
	return app.Template{
		ID: 1, AccountID: 5, Document: d, RecordType: records.TypeQuotation,
		Bindings: []app.Binding{
			{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "customer.name"},
			{Slot: template.BodySlot("2"), Kind: app.BindField, Path: "number"},
			{Slot: template.BodySlot("3"), Kind: app.BindUserName},
		},
		Standing: app.Standing{MetaID: "1", MetaStatus: app.TemplateApproved, Remote: &d},
	}
}

// desk is a service over some records.
func desk(t app.Template, list ...records.Record) (*Service, *people, *counted) {
	p := &people{templates: map[app.ID]app.Template{1: t}, byKey: map[string]app.Reach{}, byID: map[app.ID]app.Reach{}}
	src := &counted{Shop: &records.Shop{Kept: records.NewMemory(list), Types: records.Builtin()}}
	return New(Config{Store: p, Records: src, Rates: ShippedRates, Zone: time.UTC, Now: func() time.Time { return now }}), p, src
}

func job() Job {
	return Job{Template: 1, RecordType: records.TypeQuotation, Sender: app.Staff{ID: 3, Name: "Bo", Role: app.RoleStaff}, Country: "VN"}
}

func TestEveryReasonIsSaid(t *testing.T) {
	list := []records.Record{
		contact("a", "Mai", "0903 123 456"), contact("b", "Huy", ""), contact("c", "José", "12"), contact("d", "", "+34 612 345 678"),
		contact("e", "Ann", "+84 903 123 456"), contact("f", "Out", "+34612000001"), contact("g", "Capped", "+34612000002"), contact("h", "All", "+34612000003"),
	}
	for i, c := range "abcdefgh" {
		list = append(list, quotation(fmt.Sprint("q", string(c)), fmt.Sprint("S", i), string(c)))
	}
	for _, c := range []struct {
		category template.Category
		want     string
	}{
		{template.Marketing, "qa= qb=no_number qc=bad_number qd=empty_variable qe=same_number_twice qf=opted_out qg=category_capped qh=opted_out gone=no_record example-x=example_record"},
		{template.Utility, "qa= qb=no_number qc=bad_number qd=empty_variable qe=same_number_twice qf= qg= qh=opted_out gone=no_record example-x=example_record"},
	} {
		s, p, src := desk(bodyTemplate(c.category), list...)
		p.byKey["34612000001"] = app.Reach{ContactID: 1, OptOut: app.OptOutMarketing}
		p.byKey["34612000002"] = app.Reach{ContactID: 2, CappedUntil: now.Add(time.Hour)}
		p.byKey["34612000003"] = app.Reach{ContactID: 3, OptOut: app.OptOutAll}
		ids := strings.Fields("qa qb qc qd qe qf qg qh gone example-x")
		report, err := s.Check(bg, job(), ids)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range report.Rows {
			reason := Reason("")
			if r.Problem != nil {
				reason = r.Problem.Reason
				if r.Problem.Plain == "" || r.Problem.Mend == "" {
					t.Errorf("%s is not explained", reason)
				}
			}
			got = append(got, r.Record.ID+"="+string(reason))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.category, strings.Join(got, " "), c.want)
		}
		if src.reads > 3 { // two levels of paths, and the titles
			t.Errorf("%d reads for %d rows", src.reads, len(ids))
		}
		if len(p.queued) != 0 {
			t.Error("checking sent something")
		}
	}
}

func TestATemplateThatCannotGoStopsEveryRow(t *testing.T) {
	for want, change := range map[Reason]func(*app.Template){
		Paused:      func(t *app.Template) { t.MetaStatus = app.TemplatePaused },
		NotApproved: func(t *app.Template) { t.MetaStatus = app.TemplateRejected },
		NotAllowed:  func(t *app.Template) { t.Staff = []app.ID{99} },
		WrongType:   func(t *app.Template) { t.RecordType = records.TypeInvoice },
	} {
		tpl := bodyTemplate(template.Utility)
		change(&tpl)
		s, p, _ := desk(tpl, contact("a", "Mai", "0903 123 456"), quotation("q", "S1", "a"))
		report, err := s.Check(bg, job(), []string{"q"})
		if err != nil || report.OK != 0 || report.ByReason[want] != 1 {
			t.Errorf("%s: %+v %v", want, report, err)
		}
		if _, _, err := s.Send(bg, job(), "q", ""); err == nil || len(p.queued) != 0 {
			t.Errorf("%s: it was sent all the same", want)
		}
	}
}

// What was written for a sending is checked as it was written.
func TestValuesThatMetaRefusesAreSaid(t *testing.T) {
	s, _, _ := desk(bodyTemplate(template.Utility), contact("a", "Mai", "0903 123 456"), quotation("q", "S1", "a"))
	for text, want := range map[string]Reason{"a\nb": BadValue, "a\tb": BadValue, "a     b": BadValue, "   ": Empty, "a    b": ""} {
		j := job()
		j.Values = map[template.Slot]string{template.BodySlot("2"): text}
		row, _, err := s.Preview(bg, j, "q")
		if err != nil || (row.Problem == nil) != (want == "") || row.Problem != nil && row.Problem.Reason != want {
			t.Errorf("%q: %+v %v", text, row.Problem, err)
		}
	}
}

func TestAMessageIsMadeOfTheRow(t *testing.T) {
	s, p, _ := desk(bodyTemplate(template.Utility), contact("a", "Mai", "0903 123 456"), quotation("q", "S1", "a"))
	m, _, err := s.Send(bg, job(), "q", "key")
	if err != nil {
		t.Fatal(err)
	}
	out := p.queued[0]
	if m.Text != "Hello Mai, your order S1 is ready. Ask for Bo at the desk." || out.To != "84903123456" || out.ClientKey != "key" || out.StaffID != 3 ||
		out.Record != (app.RecordRef{Type: "quotation", ID: "q", Title: "S1"}) || out.Category != "UTILITY" || !strings.HasPrefix(out.Payload, `{"type":"template"`) {
		t.Errorf("%+v", out)
	}
}

func TestCosts(t *testing.T) {
	r := ShippedRates()
	open, entry := app.Reach{LastInbound: now.Add(-time.Hour)}, app.Reach{FreeEntry: now.Add(time.Hour)}
	vn := r.Markets[r.Countries["VN"]]
	for _, c := range []struct {
		category template.Category
		to       string
		who      app.Reach
		want     Cost
	}{
		{template.Utility, "84903123456", app.Reach{}, Cost{Micros: int64(vn.Utility*1e6 + .5), Known: true}},
		{template.Utility, "84903123456", open, Cost{Free: FreeWindow, Known: true}},
		{template.Marketing, "84903123456", open, Cost{Micros: int64(vn.Marketing*1e6 + .5), Known: true}},
		{template.Marketing, "84903123456", entry, Cost{Free: FreeEntry, Known: true}},
		{template.Marketing, "12025550123", app.Reach{}, Cost{Micros: 25000, Known: true}},
		{template.Marketing, "", app.Reach{}, Cost{}},
		{"SOMETHING", "84903123456", app.Reach{}, Cost{}},
	} {
		if got := r.Cost(c.category, c.to, c.who, now); got != c.want {
			t.Errorf("%s to %q %+v: %+v, want %+v", c.category, c.to, c.who, got, c.want)
		}
	}
	r.FreeUntil = "2026-03-02"
	if got := r.Cost(template.Utility, "84903123456", open, now); got.Free != "" {
		t.Errorf("free after its end: %+v", got)
	}
	for _, raw := range []string{`{`, `{"date":"x"}`, `{"date":"2025-07-01","currency":"USD","markets":{"a":{}},"other":"b"}`, `{"date":"2025-07-01","currency":"USD","markets":{"a":{"utility":-1}},"other":"a"}`} {
		if _, err := ReadRates([]byte(raw)); app.ErrorCode(err) != app.CodeInvalid {
			t.Errorf("%s: %v", raw, err)
		}
	}
}

// Whatever the rows are, each is counted once, no number goes twice, and whoever may not be written to is not.
func TestTheReportAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "rows")
		var list []records.Record
		var ids []string
		phones := []string{"", "abc", "0903 123 456", "+84903123456", "84 903 123 456", "+34612345678", "0912345678", "+521 55 1234 5678", "+52 55 1234 5678"}
		for i := range n {
			id := fmt.Sprint("c", i)
			name := rapid.SampledFrom([]string{"", "Mai", "a\nb", "José  María", strings.Repeat("x", 80)}).Draw(t, "name")
			list = append(list, contact(id, name, rapid.SampledFrom(phones).Draw(t, "phone")), quotation(fmt.Sprint("q", i), fmt.Sprint("S", i), id))
			ids = append(ids, fmt.Sprint("q", i))
		}
		s, p, _ := desk(bodyTemplate(template.Marketing), list...)
		for _, key := range []string{"84903123456", "34612345678"} {
			p.byKey[key] = app.Reach{ContactID: 1, OptOut: rapid.SampledFrom([]string{"", app.OptOutMarketing, app.OptOutAll}).Draw(t, "opt")}
		}
		j := job()
		if j.SkipDays = rapid.IntRange(0, 3).Draw(t, "skip"); rapid.Bool().Draw(t, "got") {
			p.got = map[[2]app.ID]time.Time{{1, 1}: now.Add(-36 * time.Hour)}
		}
		if rapid.Bool().Draw(t, "translated") {
			p.templates[2] = inLanguage(p.templates[1], 2, "vi", "Chào {{1}}, đơn {{2}} đã xong. Hỏi {{3}} nhé.")
			j.Others = []app.ID{2}
			for _, r := range list {
				if r.Type == records.TypeContact {
					r.Fields["language"] = records.Text(rapid.SampledFrom([]string{"", "vi", "es"}).Draw(t, "language"))
				}
			}
		}
		report, err := s.Check(bg, j, ids)
		if err != nil {
			t.Fatal(err)
		}
		sum := report.OK
		for _, k := range report.ByReason {
			sum += k
		}
		e := report.Estimate
		if sum != n || report.Total != n || len(report.Rows) != n || e.Charged+e.Free+e.Unknown != report.OK {
			t.Fatalf("%+v of %d", report, n)
		}
		seen := map[string]bool{}
		for _, r := range report.Rows {
			if !r.OK() {
				continue
			}
			key := app.PhoneKey(r.To)
			if seen[key] || j.SkipDays > 1 && p.got != nil && r.Contact == 1 || p.byKey[key].OptOut != "" || r.Value(template.BodySlot("1")) == "" {
				t.Fatalf("%+v should not go", r)
			}
			seen[key] = true
		}
	})
}

// A preview of any row is one read a level.
func BenchmarkPreview(b *testing.B) {
	var list []records.Record
	for i := range 100_000 {
		id := fmt.Sprint("c", i)
		list = append(list, contact(id, "Mai", fmt.Sprintf("+346%08d", i)), quotation(fmt.Sprint("q", i), fmt.Sprint("S", i), id))
	}
	s, _, _ := desk(bodyTemplate(template.Utility), list...)
	j := job()
	b.ResetTimer()
	for i := range b.N {
		if _, _, err := s.Preview(bg, j, fmt.Sprint("q", i*7919%100_000)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/50_000, "of-50ms")
}
