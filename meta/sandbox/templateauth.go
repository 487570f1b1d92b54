package sandbox

import (
	"strconv"
	"strings"
)

// authWords are the fixed texts of authentication templates in a language.
type authWords struct {
	body, recommendation, footer, copyLabel, autofillLabel string // * stands for the code, # for minutes
}

var authTexts = map[string]authWords{
	"en": {"* is your verification code.", "For your security, do not share this code.", "This code expires in # minutes.", "Copy code", "Autofill"},
	"es": {"Tu código de verificación es *.", "Por tu seguridad, no lo compartas.", "Este código caduca en # minutos.", "Copiar código", "Autocompletar"},
	"pt": {"Seu código de verificação é *.", "Para sua segurança, não o compartilhe.", "Este código expira em # minutos.", "Copiar código", "Preencher"},
	"fr": {"* est votre code de vérification.", "Pour votre sécurité, ne le partagez pas.", "Ce code expire dans # minutes.", "Copier le code", "Remplir"},
	"vi": {"* là mã xác minh của bạn.", "Để bảo mật, vui lòng không chia sẻ mã này.", "Mã này hết hạn sau # phút.", "Sao chép mã", "Tự động điền"},
	"de": {"* ist dein Bestätigungscode.", "Gib diesen Code zu deiner Sicherheit nicht weiter.", "Dieser Code läuft in # Minuten ab.", "Code kopieren", "Autofill"},
}

// authWordsIn falls back to English for languages that are not kept here.
func authWordsIn(language string) authWords {
	base, _, _ := strings.Cut(language, "_")
	if w, ok := authTexts[base]; ok {
		return w
	}
	return authTexts["en"]
}

func (w authWords) bodyText(recommend bool) string {
	s := strings.Replace(w.body, "*", "*{{1}}*", 1)
	if recommend {
		s += " " + w.recommendation
	}
	return s
}

func (w authWords) footerText(minutes int) string {
	return strings.Replace(w.footer, "#", strconv.Itoa(minutes), 1)
}

// previewTemplates shows the fixed texts in the languages asked for.
func (c *call) previewTemplates() (any, *graphErr) {
	if cat := strings.ToUpper(c.p.str("category")); cat != "AUTHENTICATION" {
		return nil, wrongParam("category", "Param category must be one of {AUTHENTICATION} - got %q.", clip(cat, 40))
	}
	types := c.wordsOf("button_types")
	if len(types) == 0 {
		return nil, missing100("button_types")
	}
	for _, t := range types {
		if strings.ToUpper(t) != "OTP" {
			return nil, wrongParam("button_type", "Param button_types must be one of {OTP} - got %q.", clip(t, 40))
		}
	}
	langs, e := c.languagesOf("languages")
	if e == nil {
		e = c.languageParam()
	}
	if e != nil {
		return nil, e
	}
	if len(langs) == 0 {
		langs = languages
	}
	minutes, ok := c.p.int("code_expiration_minutes", 0)
	if !ok || c.p.has("code_expiration_minutes") && (minutes < 1 || minutes > 90) {
		return nil, wrongParam("auth_footer", "Param code_expiration_minutes must be a whole number from 1 to 90.")
	}
	recommend, _ := asBool(c.p.v["add_security_recommendation"])
	var data []any
	for _, l := range langs {
		w := authWordsIn(l)
		item := map[string]any{
			"language": l, "body": w.bodyText(recommend),
			"buttons": []any{map[string]any{"text": w.copyLabel, "autofill_text": w.autofillLabel}},
		}
		if minutes > 0 {
			item["footer"] = w.footerText(minutes)
		}
		data = append(data, item)
	}
	return list(data, nil), nil
}

// languageParam refuses the singular of a parameter that is plural, which would otherwise be ignored.
func (c *call) languageParam() *graphErr {
	if c.p.has("language") && !c.p.has("languages") {
		return wrongParam("language", "Param languages is the name of the list of languages.")
	}
	return nil
}

func (c *call) languagesOf(param string) ([]string, *graphErr) {
	langs := c.wordsOf(param)
	for _, l := range langs {
		if !contains(languages, l) {
			return nil, wrongParam("language", "Param %s must hold supported languages - got %q.", param, clip(l, 40))
		}
	}
	return langs, nil
}

// upsertTemplates makes an authentication template in several languages, or changes it where it is there (Meta: Bulk management).
func (c *call) upsertTemplates() (any, *graphErr) {
	langs, e := c.languagesOf("languages")
	switch {
	case e != nil:
		return nil, e
	case len(langs) == 0:
		return nil, ruled("language", missing100("languages"))
	}
	c.p.v["language"], c.p.raw["language"] = langs[0], langs[0]
	first, e := c.head()
	if e != nil {
		return nil, e
	}
	if first.category != "AUTHENTICATION" {
		return nil, wrongParam("category", "Param category must be one of {AUTHENTICATION} - got %q.", first.category)
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if e := c.settings(first); e != nil {
		return nil, e
	}
	comps, e := c.newComponents(first)
	if e != nil {
		return nil, e
	}
	if _, e := c.s.checkContent(first, comps, c.now); e != nil {
		return nil, e
	}
	var data []any
	for _, l := range langs {
		t := c.s.w.templateNamed(first.name, l)
		switch {
		case t != nil && t.category != "AUTHENTICATION":
			return nil, refused("exists", 2388024, "Content in This Language Already Exists", "The template has %s content of another category.", l)
		case t != nil && t.status != "APPROVED" && t.status != "REJECTED" && t.status != "PAUSED":
		case t != nil:
			t.components, t.ttl, t.status, t.reason, t.updated = c.s.normal(comps, t.category, l), first.ttl, "PENDING", "", c.now
			t.round++
			c.s.review(t)
		default:
			if e := c.room(first.name, l); e != nil {
				return nil, e
			}
			n := *first
			n.language = l
			t = &n
			c.s.add(t, comps, nil, c.now)
		}
		data = append(data, map[string]any{"id": t.id, "status": t.status, "language": l})
	}
	return list(data, nil), nil
}
