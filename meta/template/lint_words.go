package template

import "strings"

// phrases are what a mend writes in a template's language.
type phrases struct {
	hello, thanks, example string
}

// wordsFor is empty for a language that the program has no words of.
func wordsFor(language string) phrases {
	base, _, _ := strings.Cut(strings.ReplaceAll(language, "-", "_"), "_")
	return written[strings.ToLower(base)]
}

var written = map[string]phrases{
	"en": {"Hello ", "Thank you for choosing us.", "Example"},
	"vi": {"Xin chào ", "Cảm ơn bạn đã chọn chúng tôi.", "Ví dụ"},
	"es": {"Hola ", "Gracias por confiar en nosotros.", "Ejemplo"},
	"pt": {"Olá ", "Agradecemos a sua confiança.", "Exemplo"},
	"fr": {"Bonjour ", "Merci de votre confiance.", "Exemple"},
}

// sampleFor is an example value that a reviewer can read: the placeholder's name in words, or "Example 2".
func sampleFor(name, language string) string {
	if !isDigits(name) {
		return strings.ReplaceAll(name, "_", " ")
	}
	word := wordsFor(language).example
	if word == "" {
		word = "Example"
	}
	return word + " " + name
}
