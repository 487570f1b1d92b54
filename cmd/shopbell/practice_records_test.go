package main

import (
	"context"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/meta/sandbox"
)

// The practice account comes with records of its customers, once. What is sent from them stays within the practice account, and they go as one
// import.
func TestThePracticeAccountHasRecords(t *testing.T) {
	d := runningDesk(t, t.TempDir())
	a, err := d.practice.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.practice.open(t.Context()); err != nil { // nothing comes twice
		t.Fatal(err)
	}
	count := func(typ string) int {
		n, err := d.kept.Count(t.Context(), app.RecordFilter{Type: typ})
		if err != nil {
			t.Fatal(err)
		}
		return int(n)
	}
	cast := len(sandbox.Cast())
	for typ, want := range map[string]int{records.TypeContact: cast, records.TypeQuotation: cast, records.TypeInvoice: 4, records.TypeReceipt: 3, records.TypeTicket: 3} {
		if got := count(typ); got != want {
			t.Errorf("%d records of the type %s, want %d", got, typ, want)
		}
	}
	page, err := d.kept.List(t.Context(), app.RecordFilter{Type: records.TypeQuotation, Sort: "number"}, nil, 10)
	if err != nil {
		t.Fatal(err)
	}
	first := page.Records[0]
	if !first.Example || first.Title != "S00022" || first.Fields["customer"].Links[0].Title != "Nguyễn Thị Mai" || len(first.Fields["lines"].Links) != 2 {
		t.Errorf("the first quotation: %+v", first)
	}
	paths := []records.Path{{"customer", "phone"}}
	c, err := d.kept.Catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := records.Walk(t.Context(), d.kept, c, first.Type, []string{first.ID}, paths); err != nil || got[first.ID][0][0].Text == "" {
		t.Errorf("the customer's number: %v, %v", got, err)
	}

	template := func(account app.ID) app.ID {
		made, err := d.templates.Sync(t.Context(), operator(), a.ID, nil)
		if err != nil || made.Created == 0 && made.Unchanged == 0 {
			t.Fatalf("sync: %+v, %v", made, err)
		}
		rows, err := d.store.Templates(t.Context(), app.TemplateFilter{AccountID: account, Technical: "hello_world"})
		if err != nil || len(rows) == 0 {
			t.Fatalf("templates: %v, %v", rows, err)
		}
		return rows[0].ID
	}(a.ID)
	customer := first.Fields["customer"].Links[0].ID
	check := func(s *sending.Service) *sending.Problem {
		out, err := s.Check(t.Context(), sending.Job{Template: template, RecordType: records.TypeContact, Sender: operator()}, []string{customer})
		if err != nil {
			t.Fatal(err)
		}
		return out.Rows[0].Problem
	}
	if p := check(d.sending); p != nil {
		t.Errorf("within the practice account: %+v", p)
	}
	outside := sending.New(sending.Config{Store: d.store, Records: d.records, Now: time.Now, Practises: func(context.Context, app.ID) (bool, error) { return false, nil }})
	if p := check(outside); p == nil || p.Reason != sending.Example {
		t.Errorf("from an account that is not for practice: %+v", p)
	}

	batches, err := d.kept.Batches(t.Context(), 5)
	if err != nil || len(batches) != 1 {
		t.Fatalf("batches: %+v, %v", batches, err)
	}
	if _, err := d.kept.Undo(t.Context(), batches[0].ID, nil); err != nil {
		t.Fatal(err)
	}
	if n := count(records.TypeQuotation); n != 0 {
		t.Errorf("%d quotations after they were taken back", n)
	}
}
