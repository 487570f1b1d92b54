package template_test

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shopbell/meta/template"
	"shopbell/meta/template/templatetest"
)

func read(t *testing.T, name string) template.Document {
	t.Helper()
	b, err := os.ReadFile("testdata/documents/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	d, err := template.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSendComponents(t *testing.T) {
	file := func(template.Slot) template.File { return template.File{ID: "44", Name: "slip.pdf"} }
	for _, c := range []struct {
		file   string
		values map[string]string
		want   string
	}{
		{"utility-positional", map[string]string{"header:1": "#7", "body:1": "Mai", "body:2": "PX", "button.1:1": "PX"}, `[
			{"type":"header","parameters":[{"type":"text","text":"#7"}]},
			{"type":"body","parameters":[{"type":"text","text":"Mai"},{"type":"text","text":"PX"}]},
			{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"PX"}]}]`},
		{"utility-named", map[string]string{"header:shop": "Oak", "body:first_name": "Mai", "body:order_no": "7"}, `[
			{"type":"header","parameters":[{"type":"text","parameter_name":"shop","text":"Oak"}]},
			{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Mai"},{"type":"text","parameter_name":"order_no","text":"7"}]}]`},
		{"auth-one-tap", map[string]string{"body:1": "J$FpnYnP"}, `[
			{"type":"body","parameters":[{"type":"text","text":"J$FpnYnP"}]},
			{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"J$FpnYnP"}]}]`},
		{"answer-otp-as-url", map[string]string{"body:1": "123"}, `[
			{"type":"body","parameters":[{"type":"text","text":"123"}]},
			{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123"}]}]`},
		{"limited-time-offer", map[string]string{"body:1": "Ana", "offer:expiration": "1209600000", "button.0:code": "D10"}, `[
			{"type":"header","parameters":[{"type":"video","video":{"id":"44"}}]},
			{"type":"body","parameters":[{"type":"text","text":"Ana"}]},
			{"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":{"expiration_time_ms":1209600000}}]},
			{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"D10"}]}]`},
		{"header-location", map[string]string{"header:name": "Atelier", "header:address": "12 rue X", "header:latitude": "48.85", "header:longitude": "2.35", "body:1": "Anne"}, `[
			{"type":"header","parameters":[{"type":"location","location":{"latitude":"48.85","longitude":"2.35","name":"Atelier","address":"12 rue X"}}]},
			{"type":"body","parameters":[{"type":"text","text":"Anne"}]}]`},
		{"answer-media", map[string]string{"body:1": "Mai", "body:2": "S1"}, `[
			{"type":"header","parameters":[{"type":"document","document":{"id":"44","filename":"slip.pdf"}}]},
			{"type":"body","parameters":[{"type":"text","text":"Mai"},{"type":"text","text":"S1"}]}]`},
		{"carousel", map[string]string{"card_body.0:1": "Mai", "card_body.1:1": "Ann", "card_button.0.1:1": "a", "card_button.1.1:1": "b"}, `[{"type":"carousel","cards":[
			{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"44"}}]},{"type":"body","parameters":[{"type":"text","text":"Mai"}]},{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"a"}]}]},
			{"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"44"}}]},{"type":"body","parameters":[{"type":"text","text":"Ann"}]},{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"b"}]}]}]}]`},
	} {
		d := read(t, c.file)
		got, err := template.SendComponents(d, template.Values{Text: func(s template.Slot) string { return c.values[s.String()] }, File: file})
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		b, _ := json.Marshal(got)
		if !reflect.DeepEqual(parse(t, b), parse(t, []byte(c.want))) {
			t.Errorf("%s: %s", c.file, b)
		}
		if len(d.Slots()) != len(c.values) {
			t.Errorf("%s: slots %v, values %v", c.file, d.Slots(), c.values)
		}
	}
}

// Odoo's defect: {{10}} must not go before {{2}}.
func TestSendInNumericOrder(t *testing.T) {
	got, err := template.SendComponents(read(t, "ten-variables"), template.Values{Text: func(s template.Slot) string { return "v" + s.Name }})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range got[0].Parameters {
		if want := []string{"v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10"}[i]; p.Text != want {
			t.Errorf("parameter %d is %s", i, p.Text)
		}
	}
}

func TestValuesThatMetaRefuses(t *testing.T) {
	d := read(t, "utility-positional")
	for v, want := range map[string]template.ValueReason{
		"":            template.Empty,
		" \u00a0":     template.Empty,
		"a\nb":        template.LineBreak,
		"a\u2028b":    template.LineBreak,
		"a\tb":        template.Tab,
		"a     b":     template.ManyBlanks,
		"a    b":      "",
		"Nguyễn Thị ": "",
	} {
		_, err := template.SendComponents(d, template.Values{Text: func(s template.Slot) string {
			if s == template.BodySlot("2") {
				return v
			}
			return "x"
		}})
		var bad *template.ValueError
		errors.As(err, &bad)
		if want == "" && err != nil || want != "" && (bad == nil || bad.Reason != want || bad.Slot != template.BodySlot("2")) {
			t.Errorf("%q: %v", v, err)
		}
		if clean := template.CleanValue(v); want != template.Empty && template.CheckValue(template.BodySlot("2"), clean) != nil {
			t.Errorf("%q is not clean: %q", v, clean)
		}
	}
	_, err := template.SendComponents(read(t, "auth-one-tap"), template.Values{Text: func(template.Slot) string { return strings.Repeat("1", 16) }})
	var bad *template.ValueError
	if !errors.As(err, &bad) || bad.Reason != template.TooLong || bad.Limit != 15 {
		t.Errorf("%v", err)
	}
	if _, err = template.SendComponents(read(t, "header-gif"), template.Values{}); !errors.As(err, &bad) || bad.Reason != template.NoFile {
		t.Errorf("%v", err)
	}
	location := template.Values{Text: func(s template.Slot) string {
		if s.Name == "latitude" {
			return "91"
		}
		return "1"
	}}
	if _, err = template.SendComponents(read(t, "header-location"), location); !errors.As(err, &bad) || bad.Reason != template.NotANumber || bad.Slot.Name != "latitude" {
		t.Errorf("%v", err)
	}
}

// Each slot is asked for, each value that is asked for is a slot, and each value arrives.
func TestSlotsAreWhatIsSent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := templatetest.Legal().Draw(t, "d")
		want := map[template.Slot]bool{}
		for _, s := range d.Slots() {
			want[s] = true
		}
		asked := map[template.Slot]bool{}
		_, err := template.SendComponents(d, template.Values{
			Text: func(s template.Slot) string {
				if !want[s] {
					t.Fatalf("%s is asked for and no slot of %s", s, show(d))
				}
				asked[s] = true
				return "1"
			},
			File:    func(template.Slot) template.File { return template.File{ID: "1"} },
			Action:  func(template.Slot) json.RawMessage { return json.RawMessage(`{}`) },
			Product: func(template.Slot) json.RawMessage { return json.RawMessage(`{}`) },
		})
		if err != nil || len(asked) != len(want) {
			t.Fatalf("%v; asked %v of %v", err, asked, want)
		}
	})
}
