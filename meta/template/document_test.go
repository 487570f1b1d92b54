package template_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"shopbell/meta/template"
	"shopbell/meta/template/templatetest"
)

// parse reads JSON so that it can be compared: numbers stay as they are written.
func parse(t interface{ Fatalf(string, ...any) }, b []byte) any {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	return v
}

func sameAgain(t interface{ Fatalf(string, ...any) }, in []byte) {
	d, err := template.Decode(in)
	if err != nil {
		t.Fatalf("%v in %s", err, in)
	}
	out, err := json.Marshal(d)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if !reflect.DeepEqual(parse(t, in), parse(t, out)) {
		t.Fatalf("came %s\nwent %s", in, out)
	}
	r, err := template.DecodeRemote(in)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if out, err = json.Marshal(r); err != nil || !reflect.DeepEqual(parse(t, in), parse(t, out)) {
		t.Fatalf("came %s\nwent %s as an answer, %v", in, out, err)
	}
	if clone, err := json.Marshal(d.Clone()); err != nil || !reflect.DeepEqual(parse(t, in), parse(t, clone)) {
		t.Fatalf("came %s\nwent %s as a copy, %v", in, clone, err)
	}
}

func TestSamplesSurvive(t *testing.T) {
	files, err := filepath.Glob("testdata/documents/*.json")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(f), func(t *testing.T) { sameAgain(t, b) })
	}
}

func TestGeneratedDocumentsSurvive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := templatetest.Cases().Draw(t, "c").Document
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		sameAgain(t, b)
		again, err := template.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if c, _ := json.Marshal(again); !bytes.Equal(b, c) {
			t.Fatalf("%s\n%s", b, c)
		}
	})
}

// oddJSON makes anything, with the keys and values that a template has.
func oddJSON(depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		kinds := 6
		if depth > 0 {
			kinds = 9
		}
		switch rapid.IntRange(0, kinds).Draw(t, "kind") {
		case 0:
			return nil
		case 1:
			return rapid.Bool().Draw(t, "bool")
		case 2:
			return json.Number(rapid.SampledFrom([]string{"0", "-0", "1", "10", "1.0", "1e3", "-1", "99999999999999999999", "0.10"}).Draw(t, "number"))
		case 3, 4, 5:
			return rapid.SampledFrom([]string{
				"", "body", "BODY", "HEADER", "header", "TEXT", "BUTTONS", "URL", "copy_code", "COPY_CODE", "CAROUSEL", "Ann", "{{1}}",
				"\u2028 <b>&", "\U0001F600", "AUTHENTICATION", "OTP", "1",
			}).Draw(t, "string")
		case 6:
			return rapid.String().Draw(t, "text")
		case 7:
			return rapid.SliceOfN(oddJSON(depth-1), 0, 3).Draw(t, "list")
		}
		keys := rapid.SampledFrom([]string{
			"type", "format", "text", "example", "buttons", "components", "cards", "limited_time_offer", "header_text", "body_text",
			"body_text_named_params", "header_handle", "param_name", "url", "flow_id", "ttl_minutes", "code_expiration_minutes", "name",
			"language", "category", "parameter_format", "message_send_ttl_seconds", "supported_apps", "has_expiration", "id", "status",
			"quality_score", "score", "last_updated_time", "add_security_recommendation", "", "newer",
		})
		return rapid.MapOfN(keys, oddJSON(depth-1), 0, 6).Draw(t, "object")
	})
}

func TestOddDocumentsSurvive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, ok := oddJSON(5).Draw(t, "v").(map[string]any)
		if !ok {
			return
		}
		if v["components"] == nil {
			v["components"] = rapid.SliceOfN(oddJSON(4), 0, 3).Draw(t, "components")
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		sameAgain(t, b)
		d, _ := template.Decode(b)
		template.Lint(d, template.Env{})
		template.Render(d, nil)
		d.Slots()
		d.Files()
	})
}

func TestDecodeReadsWhatMetaAnswers(t *testing.T) {
	b, err := os.ReadFile("testdata/documents/answer-otp-as-url.json")
	if err != nil {
		t.Fatal(err)
	}
	r, err := template.DecodeRemote(b)
	if err != nil {
		t.Fatal(err)
	}
	if r.ID != "594425479261596" || r.Status != "APPROVED" || r.Quality != "GREEN" || r.Category != template.Authentication || r.LastUpdated != 1732500000 {
		t.Errorf("%+v", r)
	}
	d := r.Draft()
	if got := d.Component(template.Buttons).Buttons[0]; got.Type != template.OTP || got.OTPType != template.OTPCopyCode || got.Text != "Copy code" {
		t.Errorf("%+v", got)
	}
	if refused := template.Refusals(template.Lint(d, template.Env{})); len(refused) > 0 {
		t.Errorf("%+v", refused)
	}
	out, _ := json.Marshal(d)
	for _, key := range []string{`"id"`, `"status"`, `"quality_score"`, `"otp_type=`} {
		if bytes.Contains(out, []byte(key)) {
			t.Errorf("%s is still in %s", key, out)
		}
	}
	if b, _ := json.Marshal(r); !bytes.Contains(b, []byte("otp_type=COPY_CODE")) {
		t.Errorf("the answer itself changed: %s", b)
	}
}

// Meta's answer may tell how long a code lasts in the button's address alone.
func TestDraftOfAnAuthenticationAnswer(t *testing.T) {
	r, err := template.DecodeRemote([]byte(`{"id":"1","name":"otp","language":"en","category":"AUTHENTICATION","components":[{"type":"BODY","text":"*{{1}}* is your verification code."},{"type":"FOOTER","text":"This code expires in 15 minutes."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=15&code=otp{{1}}"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	d := r.Draft()
	if f := d.Component(template.Footer); f.CodeExpirationMinutes != 15 || f.Text != "" {
		t.Errorf("%+v", f)
	}
	if found := template.Lint(d, template.Env{}); len(found) > 0 {
		t.Errorf("%+v", found)
	}
}

func TestDecodeRefusesWhatIsNoObject(t *testing.T) {
	for _, in := range []string{"", "null", "[]", "1", `"x"`, `{"a":`, `{}{}`} {
		if d, err := template.Decode([]byte(in)); err == nil {
			t.Errorf("%q became %+v", in, d)
		}
	}
}

// A changed field is written, and what came beside it stays.
func TestEditsKeepTheRest(t *testing.T) {
	d, err := template.Decode([]byte(`{"name":"a","category":"utility","components":[{"type":"body","text":"Hi {{1}} there","example":{"body_text":[["Ann"]],"hint":7},"newer":[1.0]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	c := d.Component(template.Body)
	c.Text = "Hello {{1}} there"
	c.SetSample("1", "Bob")
	d.Category = template.Marketing
	want := `{"name":"a","category":"MARKETING","components":[{"type":"body","text":"Hello {{1}} there","example":{"body_text":[["Bob"]],"hint":7},"newer":[1.0]}]}`
	if got, _ := json.Marshal(d); !reflect.DeepEqual(parse(t, got), parse(t, []byte(want))) {
		t.Errorf("%s", got)
	}
}

func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/documents/*.json")
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		d, err := template.Decode(in)
		if err != nil {
			return
		}
		sameAgain(t, in)
		template.Lint(d, template.Env{})
		template.Render(d, d.SampleOf)
		_, _ = template.SendComponents(d, template.Values{Text: d.SampleOf})
	})
}
