package sandbox

import (
	"net/url"
	"strconv"
	"strings"
)

// libraryItem is one ready-made template (Meta: Template library). Wording is ours.
type libraryItem struct {
	id, name, topic, usecase string
	industry                 []string
	header, body             string
	params, kinds            []string
	buttons                  []map[string]any
}

func libraryButton(typ, text string) map[string]any {
	b := map[string]any{"type": typ, "text": text}
	switch typ {
	case "URL":
		b["url"] = "https://www.example.com/"
	case "PHONE_NUMBER":
		b["phone_number"] = "+15550100"
	}
	return b
}

var library = []libraryItem{
	{
		"7147013345418927", "delivery_update_1", "ORDER_MANAGEMENT", "SHIPMENT_CONFIRMATION",
		[]string{"E_COMMERCE"},
		"Your order is on its way",
		"Hello {{1}}, we handed your order {{2}} to the carrier. It should arrive on {{3}} at the latest.",
		[]string{"Ann", "12345", "Monday"},
		[]string{"TEXT", "NUMBER", "DATE"},
		[]map[string]any{libraryButton("URL", "Track order")},
	},
	{
		"7138055039625658", "order_confirmed_1", "ORDER_MANAGEMENT", "ORDER_CONFIRMATION",
		[]string{"E_COMMERCE"},
		"Order confirmed",
		"Thank you, {{1}}! We have your order {{2}} and will write again when it leaves.",
		[]string{"Ann", "12345"},
		[]string{"TEXT", "NUMBER"},
		[]map[string]any{libraryButton("URL", "View order"), libraryButton("PHONE_NUMBER", "Call us")},
	},
	{
		"7086904498017521", "payment_received_1", "PAYMENTS", "PAYMENT_CONFIRMATION",
		[]string{"E_COMMERCE", "FINANCIAL_SERVICES"},
		"",
		"Hello {{1}}, your payment of {{2}} for invoice {{3}} has arrived. Thank you very much.",
		[]string{"Ann", "$24.00", "INV/0042"},
		[]string{"TEXT", "AMOUNT", "NUMBER"},
		nil,
	},
	{
		"7012550985488932", "payment_due_1", "PAYMENTS", "PAYMENT_DUE_REMINDER",
		[]string{"FINANCIAL_SERVICES"},
		"Payment due soon",
		"Hello {{1}}, a payment of {{2}} is due on {{3}}. You can pay it on our page at any time.",
		[]string{"Ann", "$24.00", "1 March"},
		[]string{"TEXT", "AMOUNT", "DATE"},
		[]map[string]any{libraryButton("URL", "Pay now")},
	},
	{
		"7399082236808116", "appointment_reminder_1", "EVENT_REMINDER", "EVENT_DETAILS_REMINDER",
		[]string{"HEALTHCARE", "PROF_SERVICES"},
		"",
		"Hello {{1}}, we look forward to seeing you on {{2}}. Please tell us if it does not suit you.",
		[]string{"Ann", "1 March"},
		[]string{"TEXT", "DATE"},
		[]map[string]any{libraryButton("QUICK_REPLY", "Confirm"), libraryButton("QUICK_REPLY", "Move it")},
	},
	{
		"7203918846358011", "feedback_request_1", "CUSTOMER_FEEDBACK", "FEEDBACK_SURVEY",
		[]string{"E_COMMERCE", "RESTAURANT"},
		"",
		"Hello {{1}}, how was your order {{2}}? Two minutes of your time help us to get better.",
		[]string{"Ann", "12345"},
		[]string{"TEXT", "NUMBER"},
		[]map[string]any{libraryButton("URL", "Give feedback")},
	},
}

// libraryLanguage is the only one that the library is kept in here.
const libraryLanguage = "en_US"

func (l libraryItem) value() map[string]any {
	v := map[string]any{
		"id": l.id, "name": l.name, "language": libraryLanguage, "category": "UTILITY", "topic": l.topic, "usecase": l.usecase,
		"industry": l.industry, "body": l.body, "body_params": l.params, "body_param_types": l.kinds,
	}
	if l.header != "" {
		v["header"] = l.header
	}
	if l.buttons != nil {
		v["buttons"] = l.buttons
	}
	return v
}

// templateLibrary lists the library, filtered.
func (c *call) templateLibrary() (any, *graphErr) {
	search := strings.ToLower(c.p.str("search"))
	is := func(param string, values ...string) bool {
		want := c.p.str(param)
		for _, v := range values {
			if strings.EqualFold(v, want) {
				return true
			}
		}
		return want == ""
	}
	var found []any
	for _, l := range library {
		text := strings.ToLower(l.name + "\n" + l.header + "\n" + l.body)
		if strings.Contains(text, search) && is("topic", l.topic) && is("usecase", l.usecase) && is("industry", l.industry...) &&
			is("language", libraryLanguage) && is("name", l.name) {
			found = append(found, l.value())
		}
	}
	from, to, pg, e := c.paging(len(found), 1000)
	if e != nil {
		return nil, e
	}
	return list(found[from:to], pg), nil
}

// fromLibrary builds the components of a template made from the library.
func (c *call) fromLibrary(t *template) ([]any, *graphErr) {
	i := -1
	for n, l := range library {
		if l.name == t.library {
			i = n
		}
	}
	switch {
	case i < 0:
		return nil, wrongParam("library", "Param library_template_name is not a template of the library - got %q.", clip(t.library, 60))
	case t.category != "UTILITY":
		return nil, wrongParam("library", "A template of the library has the category UTILITY.")
	case t.language != libraryLanguage:
		return nil, wrongParam("library", "The library has no %s content for this template.", t.language)
	}
	l := library[i]
	var comps []any
	if l.header != "" {
		comps = append(comps, map[string]any{"type": "HEADER", "format": "TEXT", "text": l.header})
	}
	row := make([]any, len(l.params))
	for n, p := range l.params {
		row[n] = p
	}
	comps = append(comps, map[string]any{"type": "BODY", "text": l.body, "example": map[string]any{"body_text": []any{row}}})
	if l.buttons == nil {
		return comps, nil
	}
	buttons, e := libraryButtons(l, asList(c.p.v["library_template_button_inputs"]))
	if e != nil {
		return nil, e
	}
	return append(comps, map[string]any{"type": "BUTTONS", "buttons": buttons}), nil
}

// libraryButtons fills in the addresses and numbers that only the business knows.
func libraryButtons(l libraryItem, inputs []any) ([]any, *graphErr) {
	var out []any
	used := map[int]bool{}
	for n, b := range l.buttons {
		typ := asText(b["type"])
		made := map[string]any{"type": typ, "text": b["text"]}
		if typ == "QUICK_REPLY" {
			out = append(out, made)
			continue
		}
		var in map[string]any
		for k, v := range inputs {
			if o := asObject(v); !used[k] && strings.EqualFold(asText(o["type"]), typ) {
				in, used[k] = o, true
				break
			}
		}
		if in == nil {
			return nil, wrongParam("library", "Param library_template_button_inputs needs an input for button %s of type %s.", strconv.Itoa(n), typ)
		}
		if typ == "PHONE_NUMBER" {
			made["phone_number"] = asText(in["phone_number"])
		} else {
			u := asObject(in["url"])
			base := asText(u["base_url"])
			if p, err := url.Parse(strings.TrimSuffix(base, "{{1}}")); err != nil || p.Host == "" {
				return nil, wrongParam("library", "Param library_template_button_inputs needs url.base_url for button %d.", n)
			}
			made["url"] = base
			if s := asText(u["url_suffix_example"]); s != "" {
				made["example"] = []any{s}
			}
		}
		out = append(out, made)
	}
	return out, nil
}
