package template_test

import (
	"reflect"
	"testing"

	"shopbell/meta/template"
)

func TestRender(t *testing.T) {
	d := read(t, "utility-positional")
	p := template.Render(d, func(s template.Slot) string {
		return map[template.Slot]string{template.HeaderSlot("1"): "S00022", template.BodySlot("1"): "*Mai*", template.ButtonSlot(1, "1"): "42"}[s]
	})
	if p.Header.Text != "Order S00022 update" || p.Header.Format != template.HeaderText || p.RightToLeft {
		t.Errorf("%+v", p.Header)
	}
	want := []template.Block{{Spans: []template.Span{{Text: "Hi "}, {Text: "Mai", Bold: true}, {Text: ", your parcel {{2}} is on its way today."}}}}
	if !reflect.DeepEqual(p.Body, want) {
		t.Errorf("%+v", p.Body)
	}
	if !reflect.DeepEqual(p.Buttons, []template.PreviewButton{
		{Type: template.QuickReply, Label: "Stop"},
		{Type: template.URLButton, Label: "Track", Detail: "https://a.co/t/42"},
		{Type: template.PhoneNumber, Label: "Call", Detail: "+15550051310"},
	}) {
		t.Errorf("%+v", p.Buttons)
	}
	if shown, more := p.Folded(); len(shown) != 3 || more {
		t.Errorf("%v %v", shown, more)
	}
	p.Buttons = append(p.Buttons, p.Buttons[0])
	if shown, more := p.Folded(); len(shown) != 2 || !more {
		t.Errorf("%v %v", shown, more)
	}
}

func TestRenderEachKind(t *testing.T) {
	if p := template.Render(read(t, "carousel"), nil); len(p.Cards) != 2 || p.Cards[1].Header.File != (template.Slot{Part: template.PartCardHeader, Card: 1, Button: -1}) || len(p.Cards[0].Buttons) != 2 {
		t.Errorf("%+v", p.Cards)
	}
	if p := template.Render(read(t, "limited-time-offer"), nil); p.Offer == nil || p.Offer.Text != "Até domingo" || p.Buttons[0].Label != "Copy offer code" || p.Header.Format != template.HeaderVideo {
		t.Errorf("%+v", p)
	}
	if p := template.Render(read(t, "auth-one-tap"), nil); len(p.Body) == 0 || p.Footer[0].Text != "This code expires in 10 minutes." || p.Buttons[0].Label != "Copy code" {
		t.Errorf("%+v", p)
	}
	if p := template.Render(read(t, "auth-zero-tap"), nil); len(p.Buttons) != 0 {
		t.Errorf("%+v", p.Buttons)
	}
	if p := template.Render(read(t, "call-permission"), nil); !p.CallPermission {
		t.Errorf("%+v", p)
	}
	if p := template.Render(read(t, "unknown-parts"), nil); !reflect.DeepEqual(p.Unknown, []string{"HOLOGRAM", "", ""}) {
		t.Errorf("%q", p.Unknown)
	}
	for code, want := range map[string]bool{"ar": true, "ar_EG": true, "he": true, "fa": true, "ur": true, "ps_AF": true, "prs_AF": true, "en": false, "es_AR": false, "ar-AE": true} {
		if p := template.Render(template.Document{Language: code}, nil); p.RightToLeft != want {
			t.Errorf("%s: %v", code, p.RightToLeft)
		}
	}
}

func TestLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range template.Languages {
		if seen[l.Code] || l.English == "" || l.Native == "" || l.RTL != template.RightToLeft(l.Code) {
			t.Errorf("%+v", l)
		}
		seen[l.Code] = true
	}
	if len(seen) != 111 {
		t.Errorf("%d languages", len(seen))
	}
	if l, ok := template.LanguageOf("en-us"); !ok || l.Code != "en_US" {
		t.Errorf("%+v", l)
	}
	if _, ok := template.LanguageOf("tlh"); ok {
		t.Error("Klingon")
	}
}
