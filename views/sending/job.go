package sending

import (
	"maps"

	"shopbell/app"
	service "shopbell/app/sending"
	"shopbell/meta/template"
)

// job is what is written and chosen now.
func (v *Panel) job() service.Job {
	j := service.Job{
		Template: v.choose.id(), Others: v.choose.others(), RecordType: v.who.typ.Name, PhoneField: v.choose.phonePath(), Sender: v.p.Me, SenderPhone: app.FormatPhone(app.Digits(v.myPhone)),
		Country: v.country, Values: map[template.Slot]string{}, Files: maps.Clone(v.files.chosen), Papers: v.files.papers, SkipDays: v.options.days(),
	}
	for slot, text := range v.values.sent() {
		j.Values[slot] = text
	}
	return j
}

// documentOf is the template as Meta has it, which is what is sent.
func documentOf(t app.Template) template.Document {
	if t.Remote != nil {
		return *t.Remote
	}
	return t.Document
}

func (v *Panel) draftKey() string {
	return v.who.typ.Name + "/" + v.choose.current.Document.Name
}

// keepDraft keeps what was written for the next time.
func (v *Panel) keepDraft() {
	if v.ready && v.choose.current.ID != 0 && (v.values.written() || len(v.files.chosen) > 0) {
		v.p.Drafts.keep(v.draftKey(), draft{values: maps.Clone(v.values.texts), files: maps.Clone(v.files.chosen), name: v.options.named()})
	}
}
