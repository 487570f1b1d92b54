package sending

import (
	"context"
	"errors"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

// withHeader is an approved template with a media header and a file of its own.
func withHeader(id app.ID, format template.HeaderFormat) app.Template {
	t := bodyTemplate(template.Utility)
	d := t.Document.Clone()
	d.Components = append([]template.Component{{Type: template.Header, Format: format}}, d.Components...)
	t.ID, t.Document, t.Remote = id, d, &d
	t.Files = []app.HeaderFile{{Card: -1, Name: "own.pdf", MIME: "application/pdf", Size: 3, SHA256: "aa"}}
	return t
}

func TestEachMessageCarriesThePaperOfItsRecord(t *testing.T) {
	shop := &records.Shop{Types: records.Builtin(), Kept: records.NewMemory([]records.Record{
		quotation("1", "S1", "7"), quotation("2", "S2", "8"), quotation("3", "S3", "9"),
		contact("7", "Mai", "+84903123456"), contact("8", "Huy", "+84903123457"), contact("9", "Lan", "+84903123458"),
	})}
	store := &people{templates: map[app.ID]app.Template{1: withHeader(1, template.HeaderDocument), 2: withHeader(2, template.HeaderImage)}}
	type call struct {
		id, language string
		kind         PaperKind
	}
	var drawn []call
	full := errors.New("the disk is full")
	var fail error
	s := New(Config{
		Store: store, Records: shop, Now: func() time.Time { return now }, HasPaper: func(typ string) bool { return typ == records.TypeQuotation },
		Paper: func(_ context.Context, ref records.Ref, language string, kind PaperKind) (app.SendFile, error) {
			drawn = append(drawn, call{ref.ID, language, kind})
			return app.SendFile{Name: ref.ID + "." + string(kind), SHA256: "paper" + ref.ID}, fail
		},
	})
	job := Job{Template: 1, RecordType: records.TypeQuotation, Sender: app.Staff{Name: "Ana", Role: app.RoleAdmin}}
	c, err := s.Checker(bg, job)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := c.Rows(bg, []string{"1", "2", "3"})
	if err != nil {
		t.Fatal(err)
	}
	if kind, ok := c.PaperOf(rows[0]); !ok || kind != PaperPDF || len(drawn) != 0 {
		t.Fatalf("%q %t, drawn before it was queued: %v", kind, ok, drawn)
	}
	for i, row := range rows {
		if row.Problem != nil {
			t.Fatalf("%+v", row.Problem)
		}
		out, err := c.Outgoing(bg, row)
		id := row.Record.ID
		if err != nil || len(out.Files) != 1 || out.Files[0].SHA256 != "paper"+id || out.Files[0].Name != id+".pdf" || len(drawn) != i+1 || drawn[i] != (call{id, "en", PaperPDF}) {
			t.Errorf("%+v %v %v", out.Files, drawn, err)
		}
	}
	fail = full
	if _, err := c.Outgoing(bg, rows[0]); !errors.Is(err, full) {
		t.Errorf("a paper that could not be kept: %v", err)
	}
	fail = nil

	// Whoever chooses a file, or wants the template's, gets it; pictures are papers only where somebody says so.
	for _, x := range []struct {
		name string
		job  func(j *Job)
		want string
	}{
		{"the template's", func(j *Job) { j.Papers = PapersNone }, "aa"},
		{"a chosen one", func(j *Job) {
			j.Files = map[template.Slot]app.SendFile{{Part: template.PartHeader, Card: -1, Button: -1}: {Name: "x", SHA256: "bb"}}
		}, "bb"},
		{"an image", func(j *Job) { j.Template = 2 }, "aa"},
		{"a picture of the paper", func(j *Job) { j.Template, j.Papers = 2, PapersAll }, "paper1"},
	} {
		other := job
		x.job(&other)
		if _, _, err := s.Send(bg, other, "1", x.name); err != nil {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		if out := store.queued[len(store.queued)-1]; len(out.Files) != 1 || out.Files[0].SHA256 != x.want {
			t.Errorf("%s: %+v", x.name, out.Files)
		}
	}
	if last := drawn[len(drawn)-1]; last.kind != PaperPicture {
		t.Errorf("%+v", last)
	}
}

func TestTheHeaderCarriesTheFileKeptWithTheRecord(t *testing.T) {
	d := template.Document{Components: []template.Component{{Type: template.Header, Format: template.HeaderDocument}}}
	typ, _ := records.Builtin().Type(records.TypeDelivery)
	with := map[string]records.Value{"document": records.Attached("note.pdf", records.Attachment{MIME: "application/pdf", SHA256: "ab"})}
	for _, x := range []struct {
		name   string
		r      ready
		fields map[string]records.Value
		kind   PaperKind
		lacks  bool
	}{
		{"its file", ready{Job: Job{Papers: PapersFiles}, doc: d, has: true}, with, PaperFile, false},
		{"none", ready{Job: Job{Papers: PapersFiles}, doc: d, has: true}, nil, PaperFile, true},
		{"a drawn one in its place", ready{Job: Job{Papers: PapersFiles}, doc: d, has: true, drawn: true}, nil, PaperFile, false},
		{"drawn", ready{doc: d, has: true, drawn: true}, nil, PaperPDF, false},
		{"the template's", ready{Job: Job{Papers: PapersNone}, doc: d, has: true, drawn: true}, nil, "", false},
	} {
		kind, _ := x.r.paper(d.Files()[0])
		if lacks := x.r.lacksFile(typ, x.fields); kind != x.kind || lacks != x.lacks {
			t.Errorf("%s: %q, lacking %v", x.name, kind, lacks)
		}
	}
}
