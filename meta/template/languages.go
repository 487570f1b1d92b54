package template

import "strings"

// Language is one of the languages that a template may be in.
type Language struct {
	Code    string // Meta's code, such as pt_BR
	English string // its name in English
	Native  string // its name in itself
	RTL     bool   // written from right to left
}

// LanguageOf finds a language by Meta's code; a hyphen in place of the underscore and any case are understood, as
// Meta's webhooks write them.
func LanguageOf(code string) (Language, bool) {
	want := strings.ReplaceAll(code, "-", "_")
	for _, l := range Languages {
		if strings.EqualFold(l.Code, want) {
			return l, true
		}
	}
	return Language{}, false
}

// RightToLeft tells whether a language is written from right to left, also for codes that the table does not have.
func RightToLeft(code string) bool {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(code), "-", "_"), "_")
	switch base {
	case "ar", "fa", "he", "ps", "prs", "ur":
		return true
	}
	return false
}

// Languages are Meta's languages of 2026, in the order of their English names (Meta: Templates › Supported languages).
var Languages = []Language{
	{"af", "Afrikaans", "Afrikaans", false},
	{"sq", "Albanian", "Shqip", false},
	{"ar", "Arabic", "العربية", true},
	{"ar_EG", "Arabic (Egypt)", "العربية (مصر)", true},
	{"ar_LB", "Arabic (Lebanon)", "العربية (لبنان)", true},
	{"ar_MA", "Arabic (Morocco)", "العربية (المغرب)", true},
	{"ar_QA", "Arabic (Qatar)", "العربية (قطر)", true},
	{"ar_AE", "Arabic (United Arab Emirates)", "العربية (الإمارات)", true},
	{"az", "Azerbaijani", "Azərbaycan", false},
	{"be_BY", "Belarusian", "Беларуская", false},
	{"bn", "Bengali", "বাংলা", false},
	{"bn_IN", "Bengali (India)", "বাংলা (ভারত)", false},
	{"bg", "Bulgarian", "Български", false},
	{"ca", "Catalan", "Català", false},
	{"zh_CN", "Chinese (China)", "中文（中国）", false},
	{"zh_HK", "Chinese (Hong Kong)", "中文（香港）", false},
	{"zh_TW", "Chinese (Taiwan)", "中文（台灣）", false},
	{"hr", "Croatian", "Hrvatski", false},
	{"cs", "Czech", "Čeština", false},
	{"da", "Danish", "Dansk", false},
	{"prs_AF", "Dari", "دری", true},
	{"nl", "Dutch", "Nederlands", false},
	{"nl_BE", "Dutch (Belgium)", "Nederlands (België)", false},
	{"en", "English", "English", false},
	{"en_AU", "English (Australia)", "English (Australia)", false},
	{"en_CA", "English (Canada)", "English (Canada)", false},
	{"en_GH", "English (Ghana)", "English (Ghana)", false},
	{"en_IN", "English (India)", "English (India)", false},
	{"en_IE", "English (Ireland)", "English (Ireland)", false},
	{"en_JM", "English (Jamaica)", "English (Jamaica)", false},
	{"en_MY", "English (Malaysia)", "English (Malaysia)", false},
	{"en_NZ", "English (New Zealand)", "English (New Zealand)", false},
	{"en_QA", "English (Qatar)", "English (Qatar)", false},
	{"en_SG", "English (Singapore)", "English (Singapore)", false},
	{"en_ZA", "English (South Africa)", "English (South Africa)", false},
	{"en_UG", "English (Uganda)", "English (Uganda)", false},
	{"en_AE", "English (United Arab Emirates)", "English (United Arab Emirates)", false},
	{"en_GB", "English (United Kingdom)", "English (United Kingdom)", false},
	{"en_US", "English (United States)", "English (United States)", false},
	{"et", "Estonian", "Eesti", false},
	{"fil", "Filipino", "Filipino", false},
	{"fi", "Finnish", "Suomi", false},
	{"fr", "French", "Français", false},
	{"fr_BE", "French (Belgium)", "Français (Belgique)", false},
	{"fr_CA", "French (Canada)", "Français (Canada)", false},
	{"fr_CI", "French (Côte d’Ivoire)", "Français (Côte d’Ivoire)", false},
	{"fr_MA", "French (Morocco)", "Français (Maroc)", false},
	{"fr_CH", "French (Switzerland)", "Français (Suisse)", false},
	{"ka", "Georgian", "ქართული", false},
	{"de", "German", "Deutsch", false},
	{"de_AT", "German (Austria)", "Deutsch (Österreich)", false},
	{"de_CH", "German (Switzerland)", "Deutsch (Schweiz)", false},
	{"el", "Greek", "Ελληνικά", false},
	{"gu", "Gujarati", "ગુજરાતી", false},
	{"ha", "Hausa", "Hausa", false},
	{"he", "Hebrew", "עברית", true},
	{"hi", "Hindi", "हिन्दी", false},
	{"hu", "Hungarian", "Magyar", false},
	{"id", "Indonesian", "Bahasa Indonesia", false},
	{"ga", "Irish", "Gaeilge", false},
	{"it", "Italian", "Italiano", false},
	{"ja", "Japanese", "日本語", false},
	{"kn", "Kannada", "ಕನ್ನಡ", false},
	{"kk", "Kazakh", "Қазақ тілі", false},
	{"rw_RW", "Kinyarwanda", "Ikinyarwanda", false},
	{"ko", "Korean", "한국어", false},
	{"ky_KG", "Kyrgyz", "Кыргызча", false},
	{"lo", "Lao", "ລາວ", false},
	{"lv", "Latvian", "Latviešu", false},
	{"lt", "Lithuanian", "Lietuvių", false},
	{"mk", "Macedonian", "Македонски", false},
	{"ms", "Malay", "Bahasa Melayu", false},
	{"ml", "Malayalam", "മലയാളം", false},
	{"mr", "Marathi", "मराठी", false},
	{"nb", "Norwegian", "Norsk bokmål", false},
	{"ps_AF", "Pashto", "پښتو", true},
	{"fa", "Persian", "فارسی", true},
	{"pl", "Polish", "Polski", false},
	{"pt_BR", "Portuguese (Brazil)", "Português (Brasil)", false},
	{"pt_PT", "Portuguese (Portugal)", "Português (Portugal)", false},
	{"pa", "Punjabi", "ਪੰਜਾਬੀ", false},
	{"ro", "Romanian", "Română", false},
	{"ru", "Russian", "Русский", false},
	{"sr", "Serbian", "Српски", false},
	{"si_LK", "Sinhala", "සිංහල", false},
	{"sk", "Slovak", "Slovenčina", false},
	{"sl", "Slovenian", "Slovenščina", false},
	{"es", "Spanish", "Español", false},
	{"es_AR", "Spanish (Argentina)", "Español (Argentina)", false},
	{"es_CL", "Spanish (Chile)", "Español (Chile)", false},
	{"es_CO", "Spanish (Colombia)", "Español (Colombia)", false},
	{"es_CR", "Spanish (Costa Rica)", "Español (Costa Rica)", false},
	{"es_DO", "Spanish (Dominican Republic)", "Español (República Dominicana)", false},
	{"es_EC", "Spanish (Ecuador)", "Español (Ecuador)", false},
	{"es_HN", "Spanish (Honduras)", "Español (Honduras)", false},
	{"es_MX", "Spanish (Mexico)", "Español (México)", false},
	{"es_PA", "Spanish (Panama)", "Español (Panamá)", false},
	{"es_PE", "Spanish (Peru)", "Español (Perú)", false},
	{"es_ES", "Spanish (Spain)", "Español (España)", false},
	{"es_UY", "Spanish (Uruguay)", "Español (Uruguay)", false},
	{"sw", "Swahili", "Kiswahili", false},
	{"sv", "Swedish", "Svenska", false},
	{"ta", "Tamil", "தமிழ்", false},
	{"te", "Telugu", "తెలుగు", false},
	{"th", "Thai", "ไทย", false},
	{"tr", "Turkish", "Türkçe", false},
	{"uk", "Ukrainian", "Українська", false},
	{"ur", "Urdu", "اردو", true},
	{"uz", "Uzbek", "Oʻzbek", false},
	{"vi", "Vietnamese", "Tiếng Việt", false},
	{"zu", "Zulu", "isiZulu", false},
}
