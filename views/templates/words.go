package templates

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

// The words of the domain, in the language of the window. Their English is beside them in the domain; en.json has it too.

// statusAdvice says what a status means and what to do.
func statusAdvice(s app.TemplateStatus) app.Advice {
	return adviceWords("template.status."+strings.ToLower(string(s)), s.Explain())
}

// rejectionAdvice says why Meta rejected a template.
func rejectionAdvice(reason string) app.Advice {
	key := strings.ToLower(strings.TrimSpace(reason))
	if key == "" {
		key = "none"
	}
	return adviceWords("template.rejected."+key, app.ExplainRejection(reason))
}

func adviceWords(key string, a app.Advice) app.Advice {
	word := func(part, english string) string {
		if english == "" || strings.Contains(english, "{{") {
			return english
		}
		return lang.X(key+part, english)
	}
	return app.Advice{Title: word(".title", a.Title), Plain: word(".plain", a.Plain), Mend: word(".mend", a.Mend)}
}

// phraseWords says what the lint says.
func phraseWords(p template.Phrase) string {
	args := make(map[string]any, len(p.Args))
	for name, a := range p.Args {
		if inner, ok := a.(template.Phrase); ok {
			a = phraseWords(inner)
		}
		args[name] = a
	}
	return lang.X("lint."+p.Key, p.English, args)
}

// domainWord translates a label that the program itself gave; one that a person wrote is theirs.
func domainWord(key, english string, theirs bool) string {
	if theirs || english == "" || strings.Contains(english, "{{") {
		return english
	}
	return lang.X(key, english)
}

func typeWords(t records.Type) string {
	_, ours := builtin.Type(t.Name)
	return domainWord("record.type."+t.Name, t.Label, !ours)
}

// fieldWords names a field of a record type.
func fieldWords(typ string, f records.Field) string {
	t, ours := builtin.Type(typ)
	if ours {
		_, ours = t.Field(f.Name)
	}
	return domainWord("record.field."+typ+"."+f.Name, f.Label, f.Custom || !ours)
}

// pathWords names a field by the way to it: "Customer › Country".
func pathWords(c records.Catalog, typ string, p records.Path) string {
	words := make([]string, len(p))
	t, ok := c.Type(typ)
	for i, name := range p {
		words[i] = name
		if !ok {
			continue
		}
		f, found := t.Field(name)
		if found {
			words[i] = fieldWords(t.Name, f)
		}
		t, ok = c.Type(f.Relation)
	}
	return strings.Join(words, " › ")
}

// formatWords names a way to write a field.
func formatWords(f records.Format) string { return domainWord("format."+f.Name, f.Label, false) }

var builtin = records.Builtin()

// shortRegions are the regions whose names are long, as lists write them.
var shortRegions = strings.NewReplacer(
	"(United States)", "(US)", "(United Kingdom)", "(UK)", "(United Arab Emirates)", "(UAE)", "(Dominican Republic)", "(DR)", "(South Africa)", "(ZA)", "(New Zealand)", "(NZ)", "(Hong Kong)", "(HK)",
)

// shortLanguage is a language's name for lists.
func shortLanguage(code string) string { return shortRegions.Replace(languageName(code)) }

func languageName(code string) string {
	if l, ok := template.LanguageOf(code); ok {
		return l.English
	}
	return code
}
