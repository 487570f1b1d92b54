package inbox

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/meta"
	"shopbell/meta/webhook"
)

// facts puts an event of a webhook into the desk's own words. An event that the desk has no use for gives none.
func facts(e webhook.Event, received time.Time, words wishes) []app.Fact {
	base := app.Fact{PhoneNumberID: e.PhoneNumberID, WABAID: e.WABAID}
	at := received
	if e.EntryTime > 0 {
		at = time.Unix(e.EntryTime, 0)
	}
	switch e.Kind {
	case webhook.KindMessage:
		return messageFacts(base, e, received, words)
	case webhook.KindStatus:
		if e.Status.Type == "call" {
			return nil
		}
		base.Status = statusFact(e, received)
		if f := base.Status; f.Failure != nil && f.Failure.Code == meta.CodeOptedOut && f.Recipient.Group == "" {
			told := base
			told.Status, told.Person = nil, refusedFact(f.Recipient, f.At)
			return []app.Fact{base, told}
		}
	case webhook.KindPreference:
		p := e.Preference
		if p.Category != "marketing_messages" || (p.Value != "stop" && p.Value != "resume") {
			return nil
		}
		out := p.Value == "stop"
		base.Person = &app.PersonFact{
			Person: person(p.Contact), OptOut: &out, Scope: app.OptOutMarketing, How: "WhatsApp's own setting", At: orTime(p.Timestamp, at),
		}
	case webhook.KindContactSync:
		c := e.ContactSync
		if c.Action == "remove" {
			return nil // the address book of a phone forgets; the desk does not
		}
		base.Person = &app.PersonFact{
			Person: app.Person{Phone: c.Phone, UserID: c.UserID, Name: first(c.FullName, c.FirstName)},
			At:     orTime(c.Timestamp, at),
		}
	case webhook.KindTemplate:
		return templateFacts(base, e, at)
	case webhook.KindAccount:
		base.WABAID = first(e.Account.WABAID, e.WABAID)
		base.Event = &app.EventFact{Field: e.Field, Kind: e.Account.Event, At: at, Raw: string(e.Raw)}
	case webhook.KindErrors, webhook.KindOther:
		base.Event = &app.EventFact{Field: e.Field, At: at, Raw: string(e.Raw)}
	default:
		return nil
	}
	return []app.Fact{base}
}

func messageFacts(base app.Fact, e webhook.Event, received time.Time, words wishes) []app.Fact {
	m := e.Message
	from := correspondent(m)
	at := orTime(m.Timestamp, received)
	switch {
	case m.Reaction != nil:
		base.Reaction = &app.ReactionFact{Wamid: m.Reaction.MessageID, From: from, Emoji: m.Reaction.Emoji, At: at, FromMe: m.Echo}
		return []app.Fact{base}
	case m.Revoke != nil:
		base.Amend = &app.AmendFact{Wamid: m.Revoke.OriginalID, From: from, Revoke: true, At: at, Raw: string(e.Raw)}
		return []app.Fact{base}
	case m.Edit != nil:
		base.Amend = &app.AmendFact{Wamid: m.Edit.OriginalID, From: from, Text: m.Text, At: at, Raw: string(e.Raw)}
		return []app.Fact{base}
	}
	var out []app.Fact
	if m.System != nil {
		if f := systemFact(m, from, at); f != nil {
			moved := base
			moved.Person = f
			out = append(out, moved)
			from = f.Person
		}
	}
	f := &app.MessageFact{
		Wamid: m.ID, From: from, Direction: app.In, Type: m.Type, Text: m.Text, At: at, ContextID: m.ContextID,
		Raw: string(e.Raw), Errors: failures(m.Errors), FreeEntry: len(m.Referral) > 0,
	}
	if m.Echo {
		f.Direction, f.Status = app.Out, app.StatusSent
	}
	if m.History != nil {
		f.Quiet = true
		if m.Echo {
			f.Status = historyStatus(m.History.Status)
		}
	}
	if md := m.Media; md != nil {
		f.Media = &app.Media{
			MediaID: md.ID, MIME: md.MIME, SHA256: hexSHA(md.SHA256), Filename: md.Filename, Caption: md.Caption, Voice: md.Voice, State: "remote",
		}
	}
	said := base
	said.Person = words.fact(f)
	f.Wish = said.Person != nil
	base.Message = f
	out = append(out, base)
	if f.Wish {
		out = append(out, said)
	}
	return out
}

// refusedFact is what a refusal tells of a customer: they have stopped marketing from this business (Meta: error 131050).
func refusedFact(who app.Person, at time.Time) *app.PersonFact {
	out := true
	return &app.PersonFact{Person: who, OptOut: &out, Scope: app.OptOutMarketing, How: "WhatsApp refused a message (131050)", At: at}
}

// correspondent is the customer (or group) of a message, whichever side wrote it.
func correspondent(m *webhook.Message) app.Person {
	p := person(m.Contact)
	if m.Echo {
		p.Phone, p.UserID = first(m.To, p.Phone), first(m.ToUserID, p.UserID)
	} else {
		p.Phone, p.UserID = first(m.From, p.Phone), first(m.FromUserID, p.UserID)
	}
	if m.GroupID != "" {
		return app.Person{Group: m.GroupID}
	}
	return named(p)
}

// named makes a sender that is no phone number an opaque id: whoever Meta says it is, the message is kept.
func named(p app.Person) app.Person {
	if app.Digits(p.Phone) == "" {
		p.Phone, p.UserID = "", first(p.UserID, p.Phone)
	}
	return p
}

// systemFact tells of a customer who became somebody else: a new number or a new user id.
func systemFact(m *webhook.Message, from app.Person, at time.Time) *app.PersonFact {
	s := m.System
	number, user := first(s.WaID, s.NewWaID), s.UserID
	if number == "" && user == "" {
		return nil
	}
	before := app.Person{Phone: first(s.Customer, from.Phone), UserID: first(s.PreviousUserID, from.UserID)}
	now := app.Person{Phone: number, UserID: user, Name: from.Name, Username: from.Username}
	if now.Phone == "" && s.PreviousUserID != "" {
		now.Phone = from.Phone
	}
	return &app.PersonFact{Person: now, Before: before, At: at}
}

func statusFact(e webhook.Event, received time.Time) *app.StatusFact {
	s := e.Status
	f := &app.StatusFact{
		Wamid: s.ID, Status: app.Status(s.Status), At: orTime(s.Timestamp, received), Raw: string(e.Raw),
		Recipient: app.Person{
			Phone: first(s.RecipientID, s.Contact.WaID), UserID: first(s.RecipientUserID, s.Contact.UserID),
			Name: s.Contact.Name, Username: s.Contact.Username,
		},
	}
	if s.RecipientType == "group" {
		f.Recipient = app.Person{Group: s.RecipientID}
	}
	if id, err := strconv.ParseInt(s.BizOpaque, 10, 64); err == nil && id > 0 {
		f.Opaque = id
	}
	if fs := failures(s.Errors); len(fs) > 0 {
		f.Failure = &fs[0]
	}
	return f
}

func historyStatus(s string) app.Status {
	switch strings.ToUpper(s) {
	case "READ":
		return app.StatusRead
	case "PLAYED":
		return app.StatusPlayed
	case "DELIVERED":
		return app.StatusDelivered
	case "ERROR":
		return app.StatusFailed
	}
	return app.StatusSent
}

func failures(errs []webhook.Error) []app.Failure {
	var out []app.Failure
	for _, e := range errs {
		out = append(out, app.Failure{Code: e.Code, Title: first(e.Title, e.Message), Details: e.Details})
	}
	return out
}

func person(c webhook.Contact) app.Person {
	return app.Person{Phone: c.WaID, UserID: c.UserID, Username: c.Username, Name: c.Name}
}

// hexSHA gives a SHA-256 in hex, whether Meta wrote it so or in base64 (webhooks do).
func hexSHA(s string) string {
	if len(s) == 64 {
		if _, err := hex.DecodeString(s); err == nil {
			return strings.ToLower(s)
		}
	}
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		if b, err := enc.DecodeString(s); err == nil && len(b) == 32 {
			return hex.EncodeToString(b)
		}
	}
	return ""
}

func orTime(t, otherwise time.Time) time.Time {
	if t.IsZero() {
		return otherwise
	}
	return t
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
