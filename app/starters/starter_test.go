package starters_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/records/samples"
	"shopbell/app/starters"
	"shopbell/meta/template"
)

// madrid is where the shop of the examples is.
var madrid = time.FixedZone("Madrid in winter", 60*60)

func folder() fs.FS { return os.DirFS("../../assets/templates") }

func load(t *testing.T) []starters.Starter {
	t.Helper()
	list, err := starters.Load(folder())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// each runs f for every starter in every language.
func each(t *testing.T, f func(t *testing.T, s starters.Starter, d app.Template)) {
	t.Helper()
	for _, s := range load(t) {
		for _, language := range s.Languages() {
			t.Run(s.Name+"/"+language, func(t *testing.T) { f(t, s, s.Draft(language)) })
		}
	}
}

func TestAllThatAreAskedForAreThere(t *testing.T) {
	want := map[string]template.Category{
		"quotation": template.Utility, "invoice": template.Utility, "payment_receipt": template.Utility, "payment_link": template.Utility,
		"delivery": template.Utility, "shop_receipt": template.Utility, "event_ticket": template.Utility, "event_reminder": template.Utility,
		"appointment": template.Utility, "order_ready": template.Utility, "conversation_reviver": template.Marketing,
		"opt_in": template.Marketing, "password_code": template.Authentication,
	}
	for _, s := range load(t) {
		if s.Category() != want[s.Name] {
			t.Errorf("%s is %s, want %s", s.Name, s.Category(), want[s.Name])
		}
		delete(want, s.Name)
		if got := s.Languages(); !slices.Equal(got, []string{"en", "vi", "es", "pt_BR", "fr"}) {
			t.Errorf("%s speaks %v", s.Name, got)
		}
		for _, l := range s.Languages() {
			if s.Label[l] == "" || s.About[l] == "" {
				t.Errorf("%s has no title or purpose in %s", s.Name, l)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestLintFindsNothing(t *testing.T) {
	each(t, func(t *testing.T, s starters.Starter, d app.Template) {
		env := template.Env{File: func(template.Slot) bool { return s.File != "" }}
		for _, f := range template.Lint(d.Document, env) {
			t.Errorf("%s %s at %+v: %s", f.Level, f.Code, f.Where, f.Message)
		}
	})
}

// The documents of the files are read and written without loss.
func TestDocumentsSurviveARoundTrip(t *testing.T) {
	names, err := fs.Glob(folder(), "*.json")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(folder(), name)
		if err != nil {
			t.Fatal(err)
		}
		var file struct{ Documents []json.RawMessage }
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		for _, raw := range file.Documents {
			d, err := template.Decode(raw)
			if err != nil {
				t.Fatal(err)
			}
			back, err := json.Marshal(d)
			if err != nil {
				t.Fatal(err)
			}
			var a, b any
			if json.Unmarshal(raw, &a) != nil || json.Unmarshal(back, &b) != nil || !reflect.DeepEqual(a, b) {
				t.Errorf("%s became %s", raw, back)
			}
		}
	}
}

// Every slot has exactly one binding, every path exists and its format fits, and every slot has a sample.
func TestBindingsFitTheDocuments(t *testing.T) {
	c := records.Builtin()
	each(t, func(t *testing.T, s starters.Starter, d app.Template) {
		var bound []template.Slot
		for _, b := range d.Bindings {
			bound = append(bound, b.Slot)
			if b.Sample == "" {
				t.Errorf("%s has no sample", b.Slot)
			}
			if b.Kind != app.BindField {
				continue
			}
			f, err := c.Check(d.RecordType, b.Path)
			if err != nil || !records.ValidFormat(f.Kind, b.Format) || f.Kind == records.KindFile {
				t.Errorf("%s: %s as %q: %v", b.Slot, b.Path, b.Format, err)
			}
		}
		if slots := d.Document.Slots(); !slices.Equal(bound, slots) {
			t.Errorf("bound %v, the document has %v", bound, slots)
		}
		if f, err := c.Check(d.RecordType, d.PhoneField); err != nil || !f.Phone {
			t.Errorf("phone field %s: %v", d.PhoneField, err)
		}
		live, parked := app.MergeBindings(d.Document, d.Bindings, nil)
		if !slices.Equal(live, d.Bindings) || len(parked) > 0 {
			t.Errorf("the editor would change the bindings to %+v, park %+v", live, parked)
		}
	})
}

// What a reviewer sees as the sample is what the example record gives, in the template's language.
func TestSamplesAreWhatTheExampleGives(t *testing.T) {
	src := &records.Shop{Examples: samples.Store(), Types: records.Builtin()}
	each(t, func(t *testing.T, s starters.Starter, d app.Template) {
		r, ok := samples.First(d.RecordType)
		if !ok {
			t.Fatalf("no example of %s", d.RecordType)
		}
		got, err := records.Resolve(context.Background(), src, records.Job{
			Document: d.Document, Bindings: d.Bindings, RecordType: d.RecordType, PhoneField: d.PhoneField, Samples: true, Zone: madrid,
		}, []string{r.ID})
		if err != nil {
			t.Fatal(err)
		}
		if len(got[0].Missing) > 0 || got[0].Phone == "" {
			t.Errorf("missing %v, phone %q", got[0].Missing, got[0].Phone)
		}
		for _, b := range d.Bindings {
			if v := got[0].Value(b.Slot); v != b.Sample {
				t.Errorf("%s: sample %q, the example gives %q", b.Slot, b.Sample, v)
			}
		}
	})
}

func TestHeaderFiles(t *testing.T) {
	for _, s := range load(t) {
		doc := s.Draft("en").Document
		media := len(doc.Files()) > 0
		name, mime, data, err := s.Sample()
		if err != nil || media != (name != "") || media && (len(data) == 0 || mime == "") {
			t.Errorf("%s: media header %v, file %q of %d bytes, %s, %v", s.Name, media, name, len(data), mime, err)
		}
		if h := doc.Component(template.Header); media && h.Format == template.HeaderDocument && mime != "application/pdf" {
			t.Errorf("%s: a document header with %s", s.Name, mime)
		}
	}
}

func TestClosestLanguage(t *testing.T) {
	s := load(t)[0]
	for asked, want := range map[string]string{
		"pt_PT": "pt_BR", "pt_BR": "pt_BR", "en_US": "en", "es-MX": "es", "vi": "vi", "fr_CA": "fr", "ja": "en", "": "en",
	} {
		if got := s.Closest(asked); got != want {
			t.Errorf("closest to %q is %q, want %q", asked, got, want)
		}
		if got := s.Draft(asked).Document.Language; got != want {
			t.Errorf("draft for %q is in %q", asked, got)
		}
	}
}

// A draft is the caller's own: what it changes is not seen by the next.
func TestDraftsShareNothing(t *testing.T) {
	s := load(t)[0]
	a := s.Draft("en")
	a.Document.Component(template.Body).Text = "changed"
	a.Bindings[0].Path = "changed"
	if b := s.Draft("en"); b.Document.Component(template.Body).Text == "changed" || b.Bindings[0].Path == "changed" {
		t.Error("two drafts share memory")
	}
}
