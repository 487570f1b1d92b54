package sandbox

import (
	"regexp"
	"strings"
	"unicode"
)

// verdict is what the review says.
type verdict struct {
	reason    string // "" is approval
	why, mend string // rejection_info
	category  string // the category that fits
}

// review decides after a while (Pace.Review), unless reviews are held. Callers hold Server.mu.
func (s *Server) review(t *template) {
	if s.w.holdReview {
		return
	}
	w, round := s.w, t.round
	s.later(s.cfg.Pace.Review, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.w == w && t.status == "PENDING" && t.round == round && w.template(t.id) == t {
			s.decide(t, s.judgeContent(t))
		}
	})
}

// decide applies a verdict and tells it. Callers hold Server.mu.
func (s *Server) decide(t *template, v verdict) {
	t.round++
	t.updated, t.reason = s.now(), v.reason
	if v.reason != "" {
		t.status = "REJECTED"
		var info map[string]any
		if v.why != "" {
			info = map[string]any{"rejection_info": map[string]any{"reason": v.why, "recommendation": v.mend}}
		}
		s.tellStatus(t, "REJECTED", info)
		return
	}
	t.status = "APPROVED"
	changed := v.category != "" && v.category != t.category
	if changed {
		t.previous, t.category, t.ttl = t.category, v.category, nil
	}
	s.tellStatus(t, "APPROVED", nil)
	if changed {
		s.tellCategory(t)
	}
}

// named verdicts: a word in the template's name that orders a rejection, for trying. The plain "reject" comes last.
var orderedVerdicts = []struct{ word, reason string }{
	{"reject_scam", "SCAM"},
	{"reject_promo", "PROMOTIONAL"},
	{"reject_abus", "ABUSIVE_CONTENT"},
	{"reject_tag", "TAG_CONTENT_MISMATCH"},
	{"reject_category", "INCORRECT_CATEGORY"},
	{"reject", "INVALID_FORMAT"},
}

// explanations are rejection_info by reason.
var explanations = map[string][2]string{
	"INVALID_FORMAT":         {"The template's form or samples are not as they should be.", "Check variables and samples, and submit it again."},
	"SCAM":                   {"The template asks for data that must not be asked for, or hides where a link leads.", "Do not ask for card numbers, PINs or passwords; use links of your own domain."},
	"ABUSIVE_CONTENT":        {"The template threatens or insults.", "Write it politely."},
	"PROMOTIONAL":            {"The template advertises, which this kind may not.", "Take the offer out, or submit it as marketing."},
	"TAG_CONTENT_MISMATCH":   {"The text is not in the language that was chosen.", "Choose the text's language, or translate it."},
	"INCORRECT_CATEGORY":     {"The content belongs to another category.", "Submit it with the category that fits."},
	"CATEGORY_NOT_AVAILABLE": {"The category is not available for this account.", "Choose another category."},
}

func rejected(reason string) verdict {
	x := explanations[reason]
	return verdict{reason: reason, why: x[0], mend: x[1]}
}

var (
	// promotional words, in the languages that starter templates have. Whole phrases: "free" alone says nothing.
	promotional = regexp.MustCompile(`(?i)\b(\d+ ?% off|discount|coupon|promo(tion)?( code)?|special offer|limited offer|flash sale|big sale|on sale|buy now|` +
		`shop now|free gift|black friday|giảm giá|khuyến mãi|ưu đãi|descuento|oferta especial|rebajas|desconto|promoção|cupom|réduction|soldes|offre spéciale)`)
	codeWords = regexp.MustCompile(`(?i)(verification code|one[- ]time (pass(word|code)|code)|\bOTP\b|login code|mã xác (minh|thực)|código de verificaci[oó]n|` +
		`código de verificação|code de vérification)`)
	scamWords = regexp.MustCompile(`(?i)(card number|credit card details|\bcvv\b|\bpin code\b|your pin\b|your password|bank details|you (have )?won|lottery|wire transfer|` +
		`\bbit\.ly/|\btinyurl\.com/|\bgoo\.gl/)`)
	abusiveWords = regexp.MustCompile(`(?i)(\bidiot|\bstupid\b|\bmoron|we will hurt|we know where you live|or else you will regret|\bkill you\b)`)
)

// judgeContent looks at the content as a reviewer might; the same content always gets the same verdict. Callers hold Server.mu.
func (s *Server) judgeContent(t *template) verdict {
	for _, o := range orderedVerdicts {
		if strings.Contains(t.name, o.word) {
			return rejected(o.reason)
		}
	}
	if t.category == "AUTHENTICATION" {
		return verdict{}
	}
	text := t.everyText()
	switch {
	case scamWords.MatchString(text):
		return rejected("SCAM")
	case abusiveWords.MatchString(text):
		return rejected("ABUSIVE_CONTENT")
	case codeWords.MatchString(t.text("BODY")) && strings.Contains(t.text("BODY"), "{{"):
		return rejected("INCORRECT_CATEGORY")
	case foreign(t.language, t.text("BODY")):
		return rejected("TAG_CONTENT_MISMATCH")
	}
	if o := s.double(t); o != nil {
		return verdict{
			reason: "INVALID_FORMAT", why: "Body and footer are those of the template " + o.name + ".",
			mend: "Use that template, or change the wording.",
		}
	}
	if t.category == "UTILITY" && (promotional.MatchString(text) || t.part("LIMITED_TIME_OFFER") != nil) {
		if t.subCategory != "" && t.subCategory != "CUSTOM" {
			return rejected("PROMOTIONAL")
		}
		return verdict{category: "MARKETING"}
	}
	return verdict{}
}

// everyText joins all texts that a customer would read, cards and buttons included.
func (t *template) everyText() string {
	var b strings.Builder
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			for _, k := range []string{"text", "url"} {
				if s, ok := x[k].(string); ok {
					b.WriteString(s + "\n")
				}
			}
			for _, k := range []string{"buttons", "cards", "components", "limited_time_offer"} {
				walk(x[k])
			}
		case []any:
			for _, y := range x {
				walk(y)
			}
		}
	}
	walk(t.components)
	return b.String()
}

// double finds another template of the language with the same body and footer.
func (s *Server) double(t *template) *template {
	for _, o := range s.w.templates {
		if o != t && o.language == t.language && o.category != "AUTHENTICATION" && o.status != "REJECTED" && o.status != "PENDING" &&
			o.text("BODY") == t.text("BODY") && o.text("FOOTER") == t.text("FOOTER") {
			return o
		}
	}
	return nil
}

// scripts are the letters of languages that are not written in Latin ones.
var scripts = map[string]*unicode.RangeTable{
	"ar": unicode.Arabic, "fa": unicode.Arabic, "ur": unicode.Arabic, "ps": unicode.Arabic, "prs": unicode.Arabic, "he": unicode.Hebrew,
	"ru": unicode.Cyrillic, "uk": unicode.Cyrillic, "bg": unicode.Cyrillic, "be": unicode.Cyrillic, "mk": unicode.Cyrillic, "el": unicode.Greek,
	"th": unicode.Thai, "ko": unicode.Hangul, "zh": unicode.Han, "hi": unicode.Devanagari, "mr": unicode.Devanagari, "bn": unicode.Bengali,
	"ta": unicode.Tamil, "te": unicode.Telugu, "ka": unicode.Georgian, "km": unicode.Khmer, "lo": unicode.Lao,
}

var latinLanguages = strings.Fields("en vi es pt fr de it nl pl sv da fi nb id ms tr cs hu ro")

// foreign is true when hardly a letter of the text belongs to the script of the language.
func foreign(language, text string) bool {
	base, _, _ := strings.Cut(language, "_")
	own := scripts[base]
	latin := contains(latinLanguages, base)
	if own == nil && !latin {
		return false
	}
	if own == nil {
		own = unicode.Latin
	}
	letters, ours := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(own, r) {
				ours++
			}
		}
	}
	return letters >= 12 && ours*5 < letters
}
