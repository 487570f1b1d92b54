package sending

import (
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

func TestWhoGotTheTemplateLatelyIsSkippedOnWish(t *testing.T) {
	s, p, _ := desk(bodyTemplate(template.Utility), contact("a", "Mai", "+34612000001"), contact("b", "Huy", "+34612000002"),
		quotation("q1", "S1", "a"), quotation("q2", "S2", "b"))
	p.byKey["34612000001"] = app.Reach{ContactID: 1}
	p.byKey["34612000002"] = app.Reach{ContactID: 2}
	p.got = map[[2]app.ID]time.Time{{1, 1}: now.AddDate(0, 0, -3)}
	for _, c := range []struct {
		days   int
		before time.Time
		ok     int
	}{{0, time.Time{}, 2}, {2, time.Time{}, 2}, {7, time.Time{}, 1}, {7, now.AddDate(0, 0, -5), 2}} {
		j := job()
		j.SkipDays, j.SkipBefore = c.days, c.before
		r, err := s.Check(bg, j, []string{"q1", "q2"})
		if err != nil || r.OK != c.ok || r.ByReason[Recent] != 2-c.ok {
			t.Errorf("%+v: %+v %v", c, r, err)
		}
	}
}

func inLanguage(t app.Template, id app.ID, language, text string) app.Template {
	d := t.Document.Clone()
	d.Language = language
	d.Components[0].Text = text
	t.ID, t.Document, t.Remote = id, d, &d
	return t
}

func TestACustomerGetsTheTemplateInTheirLanguage(t *testing.T) {
	en := bodyTemplate(template.Utility)
	speaks := func(id, phone, language string) records.Record {
		r := contact(id, "Mai", phone)
		r.Fields["language"] = records.Text(language)
		return r
	}
	s, p, _ := desk(en,
		speaks("a", "+34612000001", "vi"), speaks("b", "+34612000002", "es-MX"), speaks("c", "+34612000003", ""), speaks("d", "+34612000004", "Tiếng Việt"), speaks("e", "+34612000005", "fr"),
		quotation("q1", "S1", "a"), quotation("q2", "S2", "b"), quotation("q3", "S3", "c"), quotation("q4", "S4", "d"), quotation("q5", "S5", "e"))
	p.templates[2] = inLanguage(en, 2, "vi", "Chào {{1}}, đơn {{2}} đã xong. Hỏi {{3}} nhé.")
	p.templates[3] = inLanguage(en, 3, "es", "Hola {{1}}, su pedido {{2}} está listo. Pregunte por {{3}} aquí.")
	unfit := inLanguage(en, 4, "fr", "Bonjour {{1}}, {{2}} est prêt. Demandez {{3}} ici.")
	unfit.MetaStatus = app.TemplatePaused
	p.templates[4] = unfit
	j := job()
	j.Others = []app.ID{2, 3, 4}
	ids := []string{"q1", "q2", "q3", "q4", "q5"}
	c, err := s.Checker(bg, j)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := c.Rows(bg, ids)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		language string
		id       app.ID
	}{{"vi", 2}, {"es", 3}, {"en", 1}, {"vi", 2}, {"en", 1}} {
		out, err := c.Outgoing(t.Context(), rows[i])
		if err != nil || c.Language(rows[i]) != want.language || out.TemplateID != want.id || rows[i].Record.ID != ids[i] {
			t.Errorf("row %d: %s %+v %v", i, c.Language(rows[i]), out, err)
		}
	}
}

func TestACopyGoesToTheSender(t *testing.T) {
	s, p, _ := desk(bodyTemplate(template.Marketing), contact("a", "Mai", ""), contact("b", "", "+34612000002"), quotation("q1", "S1", "a"), quotation("q2", "S2", "b"))
	m, err := s.Copy(bg, job(), "q1", "0903 123 456", "key")
	if err != nil || m.ID == 0 {
		t.Fatal(err)
	}
	if out := p.queued[0]; out.To != "84903123456" || out.Record.ID != "" || out.ClientKey != "key" || out.Text == "" {
		t.Errorf("%+v", out)
	}
	if _, err := s.Copy(bg, job(), "q2", "0903 123 456", "key2"); app.ErrorCode(err) != app.CodeInvalid {
		t.Errorf("a message that can't be made is copied: %v", err)
	}
	if _, err := s.Copy(bg, job(), "q1", "12", "key3"); app.ErrorCode(err) != app.CodeInvalid {
		t.Errorf("a copy goes to no number: %v", err)
	}
}
