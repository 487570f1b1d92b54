package records

import "strings"

// yesNoWords are "yes" and "no" as they stand alone in a list of facts, by language. Languages without such words (Irish, Chinese) use what their forms use.
var yesNoWords = map[string][2]string{
	"af": {"ja", "nee"}, "ar": {"نعم", "لا"}, "az": {"bəli", "xeyr"}, "be": {"так", "не"}, "bg": {"да", "не"}, "bn": {"হ্যাঁ", "না"},
	"ca": {"sí", "no"}, "cs": {"ano", "ne"}, "da": {"ja", "nej"}, "de": {"ja", "nein"}, "el": {"ναι", "όχι"}, "en": {"yes", "no"},
	"es": {"sí", "no"}, "et": {"jah", "ei"}, "fa": {"بله", "خیر"}, "fi": {"kyllä", "ei"}, "fil": {"oo", "hindi"}, "fr": {"oui", "non"},
	"ga": {"tá", "níl"}, "gu": {"હા", "ના"}, "ha": {"eh", "a’a"}, "he": {"כן", "לא"}, "hi": {"हाँ", "नहीं"}, "hr": {"da", "ne"},
	"hu": {"igen", "nem"}, "id": {"ya", "tidak"}, "it": {"sì", "no"}, "ja": {"はい", "いいえ"}, "ka": {"კი", "არა"}, "kk": {"иә", "жоқ"},
	"kn": {"ಹೌದು", "ಇಲ್ಲ"}, "ko": {"예", "아니요"}, "ky": {"ооба", "жок"}, "lo": {"ແມ່ນ", "ບໍ່"}, "lt": {"taip", "ne"}, "lv": {"jā", "nē"},
	"mk": {"да", "не"}, "ml": {"അതെ", "ഇല്ല"}, "mr": {"होय", "नाही"}, "ms": {"ya", "tidak"}, "nb": {"ja", "nei"}, "nl": {"ja", "nee"},
	"pa": {"ਹਾਂ", "ਨਹੀਂ"}, "pl": {"tak", "nie"}, "prs": {"بلی", "نخیر"}, "ps": {"هو", "نه"}, "pt": {"sim", "não"}, "ro": {"da", "nu"},
	"ru": {"да", "нет"}, "rw": {"yego", "oya"}, "si": {"ඔව්", "නැත"}, "sk": {"áno", "nie"}, "sl": {"da", "ne"}, "sq": {"po", "jo"},
	"sr": {"да", "не"}, "sv": {"ja", "nej"}, "sw": {"ndiyo", "hapana"}, "ta": {"ஆம்", "இல்லை"}, "te": {"అవును", "కాదు"}, "th": {"ใช่", "ไม่ใช่"},
	"tr": {"evet", "hayır"}, "uk": {"так", "ні"}, "ur": {"جی ہاں", "نہیں"}, "uz": {"ha", "yo‘q"}, "vi": {"có", "không"}, "zh": {"是", "否"},
	"zu": {"yebo", "cha"},
}

// yesNoIn writes a yes or a no in one of Meta's languages.
func yesNoIn(language string, yes bool) string {
	words, ok := yesNoWords[baseLanguage(language)]
	if !ok {
		words = yesNoWords["en"]
	}
	if yes {
		return words[0]
	}
	return words[1]
}

// baseLanguage is a language code without its region: pt for pt_BR.
func baseLanguage(code string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(code, "-", "_"), "_")
	return base
}
