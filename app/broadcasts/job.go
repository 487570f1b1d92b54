package broadcasts

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"

	"shopbell/app"
	"shopbell/app/sending"
	"shopbell/meta/template"
)

// kept is a job as a broadcast keeps it: slots by their spelling.
type kept struct {
	Others      []string                `json:"others,omitempty"` // templates in other languages
	RecordType  string                  `json:"record_type"`
	PhoneField  string                  `json:"phone_field,omitempty"`
	Country     string                  `json:"country,omitempty"`
	SenderID    app.ID                  `json:"sender_id,string,omitempty"`
	SenderName  string                  `json:"sender_name,omitempty"`
	SenderRole  app.Role                `json:"sender_role,omitempty"`
	SenderPhone string                  `json:"sender_phone,omitempty"`
	Values      map[string]string       `json:"values,omitempty"`
	Files       map[string]app.SendFile `json:"files,omitempty"`
	Papers      sending.Papers          `json:"papers,omitempty"`
	Payloads    map[string]string       `json:"payloads,omitempty"`
	SkipDays    int                     `json:"skip_days,omitempty"`
	Currency    string                  `json:"currency,omitempty"` // of the rates when it was made
}

func pack(j sending.Job, currency string) (string, error) {
	var others []string
	for _, id := range j.Others {
		others = append(others, strconv.FormatInt(id, 10))
	}
	raw, err := json.Marshal(kept{
		Others: others, SkipDays: j.SkipDays, Currency: currency,
		RecordType: j.RecordType, PhoneField: j.PhoneField, Country: j.Country, SenderID: j.Sender.ID, SenderName: j.Sender.Name, SenderRole: j.Sender.Role,
		SenderPhone: cmp.Or(j.SenderPhone, app.FormatPhone(j.Sender.Phone)), Values: spell(j.Values), Files: spell(j.Files), Papers: j.Papers, Payloads: spell(j.Payloads),
	})
	return string(raw), err
}

func unpack(b app.Broadcast) (sending.Job, error) {
	var k kept
	if err := json.Unmarshal([]byte(b.Job), &k); err != nil {
		return sending.Job{}, fmt.Errorf("a broadcast is not readable: %w", err)
	}
	j := sending.Job{
		Template: b.TemplateID, RecordType: k.RecordType, PhoneField: k.PhoneField, Country: k.Country, SenderPhone: k.SenderPhone,
		Sender: app.Staff{ID: k.SenderID, Name: k.SenderName, Role: k.SenderRole}, Values: read(k.Values), Files: read(k.Files), Papers: k.Papers, Payloads: read(k.Payloads),
		SkipDays: k.SkipDays, SkipBefore: b.StartedAt, // its own messages are no reason to skip anybody
	}
	for _, text := range k.Others {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			j.Others = append(j.Others, id)
		}
	}
	return j, nil
}

func spell[V any](m map[template.Slot]V) map[string]V {
	out := map[string]V{}
	for s, v := range m {
		out[s.String()] = v
	}
	return out
}

func read[V any](m map[string]V) map[template.Slot]V {
	out := map[template.Slot]V{}
	for text, v := range m {
		if s, err := template.ParseSlot(text); err == nil {
			out[s] = v
		}
	}
	return out
}
