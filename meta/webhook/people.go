package webhook

import "encoding/json"

// errorsOf reads a list of errors; error_data may be an object or text.
func errorsOf(raw json.RawMessage) []Error {
	items, _ := array(raw)
	var out []Error
	for _, item := range items {
		e, err := objectOf(item)
		if err != nil {
			continue
		}
		details := e.object("error_data").str("details")
		if details == "" {
			details = e.str("error_data")
		}
		if details == "" {
			details = e.str("details")
		}
		out = append(out, Error{
			Code: int(e.num("code")), Title: e.str("title"), Message: e.str("message"), Details: details, Href: e.str("href"),
		})
	}
	return out
}

// contactsOf reads the people that a value describes.
func contactsOf(raw json.RawMessage) []Contact {
	items, _ := array(raw)
	var out []Contact
	for _, item := range items {
		c, err := objectOf(item)
		if err != nil {
			continue
		}
		p := c.object("profile")
		out = append(out, Contact{
			Name: p.str("name"), Username: p.str("username"),
			WaID: digits(c.str("wa_id")), UserID: c.str("user_id"), ParentUserID: c.str("parent_user_id"),
		})
	}
	return out
}

// whoIs completes a person by the contact that is the same one. A body may carry several people, so the first is not good
// enough; a contact that shares no identity counts only where there is nobody else it could mean.
func whoIs(people []Contact, who Contact, alone bool) Contact {
	clash := func(a, b string) bool { return a != "" && b != "" && a != b }
	for _, c := range people {
		if who.UserID != "" && c.UserID == who.UserID {
			return merge(who, c)
		}
	}
	for _, c := range people {
		if who.WaID != "" && c.WaID == who.WaID && !clash(c.UserID, who.UserID) {
			return merge(who, c)
		}
	}
	if alone && len(people) == 1 && !clash(people[0].WaID, who.WaID) && !clash(people[0].UserID, who.UserID) {
		return merge(who, people[0])
	}
	return who
}

func merge(who, c Contact) Contact {
	first := func(a, b string) string {
		if a != "" {
			return a
		}
		return b
	}
	c.WaID, c.UserID, c.ParentUserID = first(who.WaID, c.WaID), first(who.UserID, c.UserID), first(who.ParentUserID, c.ParentUserID)
	return c
}
