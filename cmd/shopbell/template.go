package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"shopbell/app"
	"shopbell/meta/template"
)

// maxTemplateFile is more than any template that Meta takes.
const maxTemplateFile = 4 << 20

// findingLine is one finding of template lint --json. Its names are a contract.
type findingLine struct {
	Code    string `json:"code"`
	Level   string `json:"level"` // refused or advice
	Part    string `json:"part"`
	Card    *int   `json:"card"`   // counted from 0
	Button  *int   `json:"button"` // counted from 0
	Field   string `json:"field"`
	Start   int    `json:"start"` // bytes into the field's text
	End     int    `json:"end"`
	Message string `json:"message"`
	Mend    string `json:"mend"`
	Source  string `json:"source"`
	Subcode int    `json:"subcode"` // Meta's, or 0
}

// runTemplateLint says what Meta would refuse of a template, without asking Meta.
func runTemplateLint(_ context.Context, c *call) error {
	asJSON := false
	args, err := c.flags(func(fs *flag.FlagSet) { fs.BoolVar(&asJSON, "json", false, "") }, 1)
	if err != nil {
		return err
	}
	raw, err := c.readTemplate(args[0])
	if err != nil {
		return err
	}
	doc, err := template.Decode(raw)
	if err != nil {
		return &app.Error{
			Code: app.CodeInvalid, Cause: err, Message: "“" + args[0] + "” is not a template as Meta takes it.",
			Mend: "It wants one JSON object with name, language, category and components.",
		}
	}
	found := template.Lint(doc, template.Env{})
	if asJSON {
		err = writeFindings(c.stdout, found)
	} else {
		err = printFindings(c.stdout, found)
	}
	if err != nil {
		return err
	}
	if len(template.Refusals(found)) > 0 {
		return errQuiet
	}
	return nil
}

// readTemplate reads a file, or what comes in for “-”.
func (c *call) readTemplate(name string) ([]byte, error) {
	in := c.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, &app.Error{Code: app.CodeInvalid, Cause: err, Message: "“" + name + "” can't be read.", Mend: "Give the path of a JSON file, or - for what comes in."}
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxTemplateFile+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxTemplateFile {
		return nil, &app.Error{Code: app.CodeInvalid, Message: "“" + name + "” is over 4 MB, which no template is.", Mend: "Give the file of one template."}
	}
	return raw, nil
}

func printFindings(w io.Writer, found []template.Finding) error {
	refused := len(template.Refusals(found))
	for _, f := range found {
		if _, err := fmt.Fprintf(w, "%-8s %s: %s\n%9s%s\n", f.Level, placeWords(f.Where), f.Message, "", sourceWords(f)); err != nil {
			return err
		}
		if len(f.Mends) > 0 {
			if _, err := fmt.Fprintf(w, "%9sMend: %s\n", "", f.Mends[0].Label); err != nil {
				return err
			}
		}
	}
	verdict := "Meta would take it as far as can be told from here"
	if refused > 0 {
		verdict = "Meta would refuse it"
	}
	_, err := fmt.Fprintf(w, "%s (refused: %d, advice: %d)\n", verdict, refused, len(found)-refused)
	return err
}

func placeWords(p template.Place) string {
	words := []string{string(p.Part)}
	if p.Card >= 0 {
		words = append(words, "card "+strconv.Itoa(p.Card+1))
	}
	if p.Button >= 0 {
		words = append(words, strconv.Itoa(p.Button+1))
	}
	if p.Field != "" && p.Field != "text" {
		words = append(words, p.Field)
	}
	if p.End > p.Start {
		words = append(words, fmt.Sprintf("bytes %d to %d", p.Start, p.End))
	}
	return strings.Join(words, " ")
}

func sourceWords(f template.Finding) string {
	s := f.Code + ", " + f.Source
	if f.Subcode != 0 {
		s += ", error subcode " + strconv.Itoa(f.Subcode)
	}
	return "(" + s + ")"
}

func writeFindings(w io.Writer, found []template.Finding) error {
	lines := make([]findingLine, 0, len(found))
	for _, f := range found {
		l := findingLine{
			Code: f.Code, Level: f.Level.String(), Part: string(f.Where.Part), Card: index(f.Where.Card), Button: index(f.Where.Button),
			Field: f.Where.Field, Start: f.Where.Start, End: f.Where.End, Message: f.Message, Source: f.Source, Subcode: f.Subcode,
		}
		if len(f.Mends) > 0 {
			l.Mend = f.Mends[0].Label
		}
		lines = append(lines, l)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(lines)
}

func index(i int) *int {
	if i < 0 {
		return nil
	}
	return &i
}
