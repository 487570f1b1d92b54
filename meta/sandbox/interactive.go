package sandbox

import (
	"fmt"
	"strings"
)

// parts are the members around an interactive action that a type allows.
type parts struct {
	body    int    // most characters; 0 forbids a body
	bodyOpt bool   // the body may be absent
	header  string // "", "text", "media" (text or media)
	needHdr bool
	footer  bool
}

// interactiveParts says what each type may carry around its action (Meta: Interactive messages).
var interactiveParts = map[string]parts{
	"button":                   {body: 1024, header: "media", footer: true},
	"list":                     {body: 4096, header: "text", footer: true},
	"cta_url":                  {body: 1024, header: "media", footer: true},
	"location_request_message": {body: 1024},
	"flow":                     {body: 1024, header: "media", footer: true},
	"address_message":          {body: 1024, header: "media", footer: true},
	"product":                  {body: 1024, bodyOpt: true, footer: true},
	"product_list":             {body: 1024, header: "text", needHdr: true, footer: true},
	"catalog_message":          {body: 1024, bodyOpt: true, footer: true},
	"carousel":                 {body: 1024},
	"voice_call":               {body: 1024, header: "media", footer: true},
	"call_permission_request":  {body: 1024, bodyOpt: true},
	"request_contact_info":     {body: 1024},
	"order_details":            {body: 1024, header: "media", footer: true},
	"order_status":             {body: 1024, footer: true},
}

// interactive checks a message with something to tap.
func (o *order) interactive(k *check, m map[string]any) {
	t, _ := m["type"].(string)
	if t == "" {
		k.missing("interactive: type")
		return
	}
	rule, ok := interactiveParts[t]
	if !ok {
		k.bad("interactive: the type %q is not supported", clip(t, 60))
		return
	}
	if b, has := m["body"]; has && b != nil || !rule.bodyOpt {
		body := k.object(m, "interactive: ", "body")
		if k.e == nil {
			o.text = k.text(body, "interactive: body.", "text", "Body text", 1, rule.body)
		}
	}
	o.header(k, m, t, rule)
	if f, has := m["footer"]; has && f != nil {
		if !rule.footer {
			k.bad("interactive: a %s message has no footer", t)
		} else if foot := k.object(m, "interactive: ", "footer"); k.e == nil {
			k.text(foot, "interactive: footer.", "text", "Footer text", 1, 60)
		}
	}
	if k.e != nil {
		return
	}
	a := k.object(m, "interactive: ", "action")
	if k.e != nil {
		return
	}
	switch t {
	case "button":
		o.buttons(k, a)
	case "list":
		o.sections(k, a)
	case "cta_url":
		named(k, a, "cta_url")
		link(k, k.object(a, "action: ", "parameters"))
	case "location_request_message":
		named(k, a, "send_location")
	case "flow":
		named(k, a, "flow")
		flow(k, k.object(a, "action: ", "parameters"))
	case "address_message":
		named(k, a, "address_message")
		k.text(k.object(a, "action: ", "parameters"), "action: parameters.", "country", "Country", 2, 2)
	case "product":
		k.text(a, "action: ", "catalog_id", "Catalog id", 1, 64)
		k.text(a, "action: ", "product_retailer_id", "Product retailer id", 1, 256)
	case "product_list":
		k.text(a, "action: ", "catalog_id", "Catalog id", 1, 64)
		products(k, a)
	case "catalog_message", "voice_call", "call_permission_request", "request_contact_info":
		named(k, a, t)
	case "carousel":
		o.cards(k, a)
	}
}

func named(k *check, a map[string]any, name string) {
	switch got := asText(a["name"]); got {
	case name:
	case "":
		k.missing("action: name")
	default:
		k.bad("action: name must be %q", name)
	}
}

func (o *order) header(k *check, m map[string]any, t string, rule parts) {
	v, has := m["header"]
	if !has || v == nil {
		if rule.needHdr {
			k.missing("interactive: header")
		}
		return
	}
	h := k.object(m, "interactive: ", "header")
	if h == nil {
		return
	}
	ht, _ := h["type"].(string)
	switch {
	case rule.header == "":
		k.bad("interactive: a %s message has no header", t)
	case ht == "":
		k.missing("interactive: header.type")
	case ht == "text":
		if h["text"] == nil {
			k.bad("Text cannot be null for header type text")
			return
		}
		k.text(h, "interactive: header.", "text", "Header text", 1, 60)
	case ht == "image" || ht == "video" || ht == "document":
		if rule.header != "media" {
			k.bad("interactive: the header of a %s message must be of type text", t)
			return
		}
		if obj := k.object(h, "interactive: header.", ht); obj != nil {
			o.media(k, obj, ht, "header "+ht)
		}
	default:
		k.bad("interactive: the header type %q is not supported", clip(ht, 40))
	}
}

func (o *order) buttons(k *check, a map[string]any) {
	ids, titles := map[string]bool{}, map[string]bool{}
	for i, v := range k.array(a, "action: ", "buttons", 1, 3) {
		path := fmt.Sprintf("buttons[%d]: ", i)
		b := asObject(v)
		if asText(b["type"]) != "reply" {
			k.bad("%stype must be \"reply\"", path)
			return
		}
		r := k.object(b, path, "reply")
		id := k.text(r, path+"reply.", "id", "Button id", 1, 256)
		title := k.text(r, path+"reply.", "title", "Button title", 1, 20)
		if k.e != nil {
			return
		}
		if ids[id] || titles[title] {
			k.bad("Button ids and titles must be unique")
			return
		}
		if strings.TrimSpace(id) != id {
			k.bad("%sreply.id must not begin or end with a space", path)
		}
		ids[id], titles[title] = true, true
		o.options = append(o.options, map[string]any{"kind": "button_reply", "id": id, "title": title})
	}
}

func (o *order) sections(k *check, a map[string]any) {
	k.text(a, "action: ", "button", "Button text", 1, 20)
	secs := k.array(a, "action: ", "sections", 1, 10)
	rows, ids := 0, map[string]bool{}
	for i, v := range secs {
		path := fmt.Sprintf("sections[%d]: ", i)
		sec := asObject(v)
		least := 0
		if len(secs) > 1 {
			least = 1
		}
		k.text(sec, path, "title", "Section title", least, 24)
		for j, rv := range k.array(sec, path, "rows", 1, 10) {
			rp := fmt.Sprintf("%srows[%d].", path, j)
			row := asObject(rv)
			id := k.text(row, rp, "id", "Row id", 1, 200)
			title := k.text(row, rp, "title", "Row title", 1, 24)
			desc := k.text(row, rp, "description", "Row description", 0, 72)
			if k.e != nil {
				return
			}
			if ids[id] {
				k.bad("Row ids must be unique")
				return
			}
			ids[id] = true
			if rows++; rows > 10 {
				k.bad("Total row count exceed max allowed count: 10")
				return
			}
			opt := map[string]any{"kind": "list_reply", "id": id, "title": title}
			if desc != "" {
				opt["description"] = desc
			}
			o.options = append(o.options, opt)
		}
	}
}

func link(k *check, p map[string]any) {
	k.text(p, "parameters.", "display_text", "Display text", 1, 20)
	u := k.text(p, "parameters.", "url", "URL", 1, 2000)
	if k.e == nil && !validURL(u) {
		k.bad("parameters.url is not a valid http or https URL")
	}
}

func flow(k *check, p map[string]any) {
	if k.e != nil {
		return
	}
	if v := asText(p["flow_message_version"]); v != "3" {
		k.bad("parameters.flow_message_version must be \"3\"")
	}
	id, name := asText(p["flow_id"]), asText(p["flow_name"])
	if (id == "") == (name == "") {
		k.missing("parameters: one of flow_id and flow_name")
	}
	k.text(p, "parameters.", "flow_cta", "Flow button text", 1, 30)
	oneOf := func(key string, allowed ...string) {
		if v, has := p[key]; has && v != nil && !contains(allowed, asText(v)) {
			k.bad("parameters.%s must be one of %s", key, strings.Join(allowed, ", "))
		}
	}
	oneOf("mode", "draft", "published")
	oneOf("flow_action", "navigate", "data_exchange")
	if pl, has := p["flow_action_payload"]; has && pl != nil {
		k.text(asObject(pl), "flow_action_payload.", "screen", "Screen", 1, 256)
	}
}

func products(k *check, a map[string]any) {
	secs := k.array(a, "action: ", "sections", 1, 10)
	items := 0
	for i, v := range secs {
		path := fmt.Sprintf("sections[%d]: ", i)
		least := 0
		if len(secs) > 1 {
			least = 1
		}
		sec := asObject(v)
		k.text(sec, path, "title", "Section title", least, 24)
		for j, it := range k.array(sec, path, "product_items", 1, 30) {
			k.text(asObject(it), fmt.Sprintf("%sproduct_items[%d].", path, j), "product_retailer_id", "Product retailer id", 1, 256)
			items++
		}
	}
	if items > 30 {
		k.bad("Total product count exceed max allowed count: 30")
	}
}

// cards checks a carousel: two to ten cards of one kind, numbered from 0.
func (o *order) cards(k *check, a map[string]any) {
	kind := ""
	for i, v := range k.array(a, "action: ", "cards", 2, 10) {
		path := fmt.Sprintf("cards[%d]: ", i)
		c := asObject(v)
		n, ok := asInt(c["card_index"])
		if !ok || n != i {
			k.bad("%scard_index must be %d", path, i)
			return
		}
		t := asText(c["type"])
		if kind == "" {
			kind = t
		}
		if t != kind {
			k.bad("%sall cards must be of one type", path)
			return
		}
		if b, has := c["body"]; has && b != nil {
			text := k.text(asObject(b), path+"body.", "text", "Card body text", 1, 160)
			if strings.Count(text, "\n") > 2 {
				k.bad("%sbody.text has more than 2 line breaks", path)
			}
		}
		act := k.object(c, path, "action")
		if k.e != nil {
			return
		}
		switch t {
		case "cta_url":
			h := k.object(c, path, "header")
			ht := asText(h["type"])
			if k.e == nil && ht != "image" && ht != "video" {
				k.bad("%sheader.type must be image or video", path)
				return
			}
			if obj := k.object(h, path+"header.", ht); obj != nil {
				o.media(k, obj, ht, path+"header "+ht)
			}
			named(k, act, "cta_url")
			link(k, k.object(act, path, "parameters"))
		case "product":
			k.text(act, path, "product_retailer_id", "Product retailer id", 1, 256)
			k.text(act, path, "catalog_id", "Catalog id", 1, 64)
		default:
			k.bad("%stype must be cta_url or product", path)
			return
		}
	}
}
