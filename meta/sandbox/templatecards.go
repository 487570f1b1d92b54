package sandbox

import (
	"fmt"
	"strings"
)

// carousel holds the rules for cards (Meta: Carousel templates): two to ten of one structure.
func (d *draft) carousel(o map[string]any) *graphErr {
	cards, ok := o["cards"].([]any)
	if !ok || len(cards) < 2 || len(cards) > 10 {
		return wrongParam("carousel_cards", "Param components['cards'] must be a list of 2 to 10 cards.")
	}
	first := ""
	for i, v := range cards {
		shape, e := d.card(asObject(v))
		if e != nil {
			return inCard(i, e)
		}
		if i == 0 {
			first = shape
		} else if shape != first {
			return wrongParam("carousel_structure", "All cards of a carousel need the same components: card %d has %s, the first has %s.", i, shape, first)
		}
	}
	return nil
}

// inCard says in which card something was wrong.
func inCard(i int, e *graphErr) *graphErr {
	if e.userMsg != "" {
		e.userMsg = fmt.Sprintf("Card %d: %s", i, e.userMsg)
		return e
	}
	e.msg += fmt.Sprintf(" (card %d)", i)
	e.details = e.msg
	return e
}

// card checks one card and describes its structure.
func (d *draft) card(card map[string]any) (shape string, e *graphErr) {
	parts := map[string]map[string]any{}
	var order []string
	for _, v := range asList(card["components"]) {
		o := asObject(v)
		typ := strings.ToUpper(asText(o["type"]))
		switch {
		case typ != "HEADER" && typ != "BODY" && typ != "BUTTONS":
			return "", wrongParam("carousel_parts", "A card has a header, a body and buttons, not %q.", clip(typ, 40))
		case parts[typ] != nil:
			return "", wrongParam("component_twice", "A card has more than one component of type %s.", typ)
		}
		parts[typ] = o
		order = append(order, typ)
	}
	header, body, buttons := parts["HEADER"], parts["BODY"], parts["BUTTONS"]
	format := strings.ToUpper(asText(header["format"]))
	switch {
	case header == nil:
		return "", wrongParam("carousel_parts", "A card needs a header.")
	case format != "IMAGE" && format != "VIDEO" && format != "PRODUCT":
		return "", wrongParam("carousel_header", "The header of a card must be of format IMAGE, VIDEO or PRODUCT.")
	case buttons == nil:
		return "", wrongParam("carousel_parts", "A card needs buttons.")
	}
	if format != "PRODUCT" {
		if e := d.sample("HEADER", header, format); e != nil {
			return "", e
		}
	}
	if body != nil {
		if e := d.cardBody(body); e != nil {
			return "", e
		}
	}
	types, e := d.cardButtons(buttons, format)
	return strings.Join(order, " ") + " with " + format + " and " + strings.Join(types, " "), e
}

func (d *draft) cardBody(o map[string]any) *graphErr {
	text, isText := o["text"].(string)
	if !isText || blank(text) {
		return badBody("body_missing", "The body needs a text.")
	}
	vars, e := d.checkBody(text, "body of a card", 160)
	if e != nil {
		return e
	}
	return d.checkSamples("BODY", o, vars, "body_text", "body_text_named_params", true)
}

func (d *draft) cardButtons(o map[string]any, format string) ([]string, *graphErr) {
	l, ok := o["buttons"].([]any)
	if !ok || len(l) < 1 || len(l) > 2 {
		return nil, wrongParam("carousel_buttons", "A card has 1 or 2 buttons.")
	}
	for _, v := range l {
		switch typ := strings.ToUpper(asText(asObject(v)["type"])); {
		case typ == "QUICK_REPLY" || typ == "URL" || typ == "PHONE_NUMBER" || typ == "SPM" && format == "PRODUCT":
		default:
			return nil, wrongParam("carousel_buttons", "A card cannot have a button of type %q.", clip(typ, 40))
		}
	}
	return d.checkButtons(l)
}
