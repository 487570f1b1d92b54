package template_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"shopbell/meta/template"
)

func tableSource(t *testing.T) string {
	b, err := os.ReadFile("limits_test.go")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAdvice(t *testing.T) {
	for _, e := range []edge{
		{"text.promotion", around("Your invoice is ready."), around("Your invoice is ready, with 20% off today.")},
		{"text.promotion", around("Hóa đơn của bạn đã sẵn sàng."), around("Hóa đơn của bạn có khuyến mãi.")},
		{"text.promotion", around("Tu factura está lista."), around("Tu factura tiene un descuento.")},
		{"text.promotion", around("A sua fatura está pronta."), around("A sua fatura tem desconto.")},
		{"text.promotion", around("Votre facture est prête."), around("Votre facture : offre spéciale.")},
		{"text.promotion", category(around("Big discount today."), "MARKETING"), around("Big DISCOUNT today.")},
		{"text.greeting", around("Hello {{1}} your table is ready"), around("Good morning {{1}}, welcome to you")},
		{"text.vague", around("Your order has an update for you."), around("Hi there, we have an update for you!")},
		{"text.sensitive", around("Your card was charged."), around("Please send your credit card number.")},
		{"text.short_link", around("See https://shop.example.com/x for it."), around("See bit.ly/abc for it.")},
		{"text.short_link", around("See mywa.me for it."), around("See https://wa.me/1555 for it.")},
		{"text.capitals", around("Your order at IKEA is ready."), around("YOUR ORDER IS READY NOW")},
		{"text.invisible", around("Family 👨‍👩‍👧 table"), around("Your\u202e order is ready")},
		{"text.invisible", around("Your order is ready"), around("Your\u200b order is ready")},
		{"variable.single_braces", around("Hi {{1}} good day"), around("Hi {1} good day")},
		{"variable.repeated_number", around("Hi {{1}} good day"), around("Hi {{1}} and {{1}} good day")},
		{"variable.edge_punctuation", around("Pay by {{1}} at the till."), around("Pay here the sum {{1}}.")},
		{"body.blanks", around("one    two"), around("one     two")},
		{"body.emoji", around("one " + strings.Repeat("😀", 10)), around("one " + strings.Repeat("😀", 11))},
		{"length.near", around(strings.Repeat("a", 1022) + "😀"), around(strings.Repeat("a", 1023) + "😀")},
		{"footer.looks", footer("Bye"), footer("Bye 👋")},
		{"url.shortener", buttons(address("Open", "https://a.co", "")), buttons(address("Open", "https://bit.ly/x", ""))},
		{"url.http", buttons(address("Open", "https://a.co", "")), buttons(address("Open", "http://a.co", ""))},
		{"url.sample", buttons(address("Open", "https://a.co/{{1}}", "https://a.co/7")), buttons(address("Open", "https://a.co/{{1}}", "https://b.co/7"))},
		{"buttons.desktop", buttons(quick("a", "b", "c")), buttons(quick("a", "b", "c", "d"))},
		{"label.fixed", buttons(`{"type":"CATALOG","text":"View catalog"}`), buttons(`{"type":"CATALOG","text":"Our lamps"}`)},
		{"auth.text", auth(`{"type":"BODY"}`), auth(`{"type":"BODY","text":"Your code is {{1}}"}`)},
		{"header.edge", header("Of {{1}}"), header("{{1}}")},
		{"header.gif", category(document(`{"type":"HEADER","format":"GIF","example":{"header_handle":["4:x"]}}`, plainBody), "MARKETING"), document(`{"type":"HEADER","format":"GIF","example":{"header_handle":["4:x"]}}`, plainBody)},
		{"header.product", header("x"), document(`{"type":"HEADER","format":"PRODUCT"}`, plainBody)},
		{"carousel.beside", cards(card("x", quick("a")), card("x", quick("a"))), strings.Replace(cards(card("x", quick("a")), card("x", quick("a"))), plainBody, plainBody+`,{"type":"FOOTER","text":"f"}`, 1)},
		{"component.unknown", ok(), document(plainBody, `{"type":"HOLOGRAM"}`)},
		{"component.unknown", ok(), buttons(`{"type":"TELEPORT","text":"x"}`)},
		{"component.unknown", ok(), document(`{"type":"HEADER","format":"HOLOGRAM"}`, plainBody)},
		{"library.components", ok(), with(ok(), "library_template_name", `"x"`)},
	} {
		for _, in := range []struct {
			doc  string
			want bool
		}{{e.good, false}, {e.bad, true}} {
			d, err := template.Decode([]byte(in.doc))
			if err != nil {
				t.Fatalf("%s: %v\n%s", e.code, err, in.doc)
			}
			found := template.Lint(d, template.Env{FromMeta: e.code == "component.unknown"})
			i := slices.IndexFunc(found, func(f template.Finding) bool { return f.Code == e.code })
			if (i >= 0) != in.want {
				t.Errorf("%s: want %v, got %v\n%s", e.code, in.want, codes(found), in.doc)
			}
			if i >= 0 && found[i].Level != template.Advice {
				t.Errorf("%s is no advice", e.code)
			}
		}
	}
}

func ok() string { return around("Your table is ready.") }

// Places are where the finger would point: byte offsets on whole characters of the text that they speak of.
func TestPlaces(t *testing.T) {
	for text, want := range map[string]map[string]string{
		"Hi {{ 1 }} there you":              {"variable.braces": "{{ 1 }}"},
		"Đơn {{1}}{{2}} của bạn đây rồi ạ ": {"variable.adjacent": "{{1}}{{2}}"},
		"Đây là {1} của bạn":                {"variable.single_braces": "{1}"},
		"Hóa đơn có khuyến mãi nhé":         {"text.promotion": "khuyến mãi"},
		"Xem ở bit.ly/abc nhé":              {"text.short_link": "bit.ly"},
		"Thẻ\u202e của bạn":                 {"text.invisible": "\u202e"},
		"{{1}} là số của bạn đây":           {"variable.edge": "{{1}}"},
	} {
		d, err := template.Decode([]byte(around(text)))
		if err != nil {
			t.Fatal(err)
		}
		for code, piece := range want {
			found := template.Lint(d, template.Env{})
			i := slices.IndexFunc(found, func(f template.Finding) bool { return f.Code == code })
			if i < 0 {
				t.Errorf("%s is not found in %q, only %v", code, text, codes(found))
				continue
			}
			if w := found[i].Where; w.Part != template.PartBody || w.Field != "text" || text[w.Start:w.End] != piece {
				t.Errorf("%s in %q points at %+v", code, text, w)
			}
		}
	}
}

// One click at a time, what the editor offers for a text.
func TestMends(t *testing.T) {
	for _, m := range []struct{ code, in, out string }{
		{"variable.braces", "Hi {{ 1 }} good day", "Hi {{1}} good day"},
		{"variable.braces", "Hi {{Order No}} good day", "Hi {{order_no}} good day"},
		{"variable.single_braces", "Hi {1} good day", "Hi {{1}} good day"},
		{"variable.gap", "Hi {{2}} so you {{5}} good day", "Hi {{1}} so you {{2}} good day"},
		{"variable.adjacent", "Hi to {{1}} {{2}} and all of you", "Hi to {{1}} – {{2}} and all of you"},
		{"variable.edge", "{{1}} your table is ready", "Hello {{1}} your table is ready"},
		{"variable.edge", "Your table is ready {{1}}", "Your table is ready {{1}}. Thank you for choosing us."},
		{"text.invisible", "Your\u202e or\u200bder", "Your order"},
		{"body.lines", "a\n \n\n\nb", "a\n\nb"},
		{"body.blanks", "a      b  c", "a b  c"},
		{"body.length", strings.Repeat("a", 1030), strings.Repeat("a", 1024)},
		{"body.length", strings.Repeat("a", 1020) + " {{1}} b", strings.Repeat("a", 1020)},
	} {
		d, err := template.Decode([]byte(around(m.in)))
		if err != nil {
			t.Fatal(err)
		}
		found := template.Lint(d, template.Env{})
		i := slices.IndexFunc(found, func(f template.Finding) bool { return f.Code == m.code })
		if i < 0 || len(found[i].Mends) == 0 {
			t.Errorf("%s: no mend for %q: %v", m.code, m.in, codes(found))
			continue
		}
		fixed, _ := found[i].Mends[0].Apply(d)
		if got := fixed.Component(template.Body).Text; got != m.out {
			t.Errorf("%s: %q became %q, want %q", m.code, m.in, got, m.out)
		}
	}
}
