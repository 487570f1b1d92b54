package theme

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/assets"
)

// LoadWords gives Fyne the words of the program. It must run once, before the first window is built.
func LoadWords() error {
	if err := lang.AddTranslationsFS(assets.Translations, assets.TranslationsDir); err != nil {
		return fmt.Errorf("load translations: %w", err)
	}
	system := lang.SystemLocale()
	if name, ok := wordsFor(system); ok {
		// Fyne has its own words in more languages than we do. In such a language each of our keys would be
		// reported as missing, so ours stand in under that language's name.
		data, err := assets.Translations.ReadFile(assets.TranslationsDir + "/" + name)
		if err != nil {
			return fmt.Errorf("load translations: %w", err)
		}
		if err := lang.AddTranslationsForLocale(data, system); err != nil {
			return fmt.Errorf("load translations for %s: %w", system, err)
		}
	}
	return nil
}

// wordsFor names the file to lend to a locale that has none of its own.
func wordsFor(l fyne.Locale) (string, bool) {
	if len(l) < 2 {
		return "", false
	}
	own := string(l[:2]) + ".json"
	if _, err := assets.Translations.ReadFile(assets.TranslationsDir + "/" + own); err == nil {
		return "", false
	}
	return "en.json", true
}
