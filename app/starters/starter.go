package starters

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"slices"
	"strings"

	"shopbell/app"
	"shopbell/meta/template"
)

// Starter is one template to begin with, in all its languages.
type Starter struct {
	Name       string            // stable; also the technical name of its documents
	Order      int               // where it stands in a list
	Label      map[string]string // what it is called, by Meta's language code
	About      map[string]string // what it is for, in a sentence
	RecordType string
	PhoneField string
	File       string // the sample file of its header; "" when it needs none
	Documents  []template.Document

	bindings []app.Binding
	files    fs.FS
}

// fallback is the language that every starter is written in.
const fallback = "en"

// onDisk is a starter's file.
type onDisk struct {
	Name     string            `json:"name"`
	Order    int               `json:"order"`
	Label    map[string]string `json:"label"`
	About    map[string]string `json:"about"`
	Record   string            `json:"record"`
	Phone    string            `json:"phone"`
	File     string            `json:"file"`
	Bindings []struct {
		Slot   string          `json:"slot"`
		Kind   app.BindingKind `json:"kind"`
		Path   string          `json:"path"`
		Format string          `json:"format"`
		Sample string          `json:"sample"`
	} `json:"bindings"`
	Documents []template.Document `json:"documents"`
}

// Load reads every starter of a folder: NAME.json each, and their sample files in the folder files.
func Load(folder fs.FS) ([]Starter, error) {
	names, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, fmt.Errorf("starter templates: %w", err)
	}
	var out []Starter
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("starter templates: %w", err)
		}
		s, err := decode(data)
		if err != nil {
			return nil, fmt.Errorf("starter template %s: %w", name, err)
		}
		s.files = folder
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Starter) int { return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Name, b.Name)) })
	return out, nil
}

func decode(data []byte) (Starter, error) {
	var d onDisk
	if err := json.Unmarshal(data, &d); err != nil {
		return Starter{}, err
	}
	if len(d.Documents) == 0 {
		return Starter{}, errors.New("it has no documents")
	}
	s := Starter{
		Name: d.Name, Order: d.Order, Label: d.Label, About: d.About, RecordType: d.Record, PhoneField: d.Phone, File: d.File, Documents: d.Documents,
	}
	for _, b := range d.Bindings {
		slot, err := template.ParseSlot(b.Slot)
		if err != nil {
			return Starter{}, err
		}
		s.bindings = append(s.bindings, app.Binding{Slot: slot, Kind: b.Kind, Path: b.Path, Format: b.Format, Sample: b.Sample})
	}
	return s, nil
}

// Languages gives Meta's codes of the languages a starter is written in.
func (s Starter) Languages() []string {
	var out []string
	for _, d := range s.Documents {
		out = append(out, d.Language)
	}
	return out
}

// Closest gives the language of the starter that is nearest to a code: itself, another region's, English.
func (s Starter) Closest(language string) string {
	have := s.Languages()
	if slices.Contains(have, language) {
		return language
	}
	base := func(code string) string {
		b, _, _ := strings.Cut(strings.ReplaceAll(code, "-", "_"), "_")
		return b
	}
	for _, h := range have {
		if base(h) == base(language) {
			return h
		}
	}
	return fallback
}

// Title is what the starter is called in the reader's language.
func (s Starter) Title(language string) string { return s.Label[s.Closest(language)] }

// Purpose says in the reader's language what the starter is for.
func (s Starter) Purpose(language string) string { return s.About[s.Closest(language)] }

// Category is the category of its documents.
func (s Starter) Category() template.Category { return s.Documents[0].Category }

// Draft makes a template of the starter in a language (the closest it has), without an account or an id. The sample of each slot is the
// document's own where it has one. A header's file is not attached yet: see Sample.
func (s Starter) Draft(language string) app.Template {
	language = s.Closest(language)
	i := slices.IndexFunc(s.Documents, func(d template.Document) bool { return d.Language == language })
	if i < 0 {
		i = 0
	}
	t := app.Template{
		Name: s.Title(language), Document: s.Documents[i].Clone(), RecordType: s.RecordType, PhoneField: s.PhoneField, Draft: true,
		Bindings: slices.Clone(s.bindings),
	}
	for i := range t.Bindings {
		if sample := t.Document.SampleOf(t.Bindings[i].Slot); sample != "" {
			t.Bindings[i].Sample = sample
		}
	}
	return t
}

// Sample gives the file for the header's sample; a nil slice when the starter has none.
func (s Starter) Sample() (name, mimeType string, data []byte, err error) {
	if s.File == "" {
		return "", "", nil, nil
	}
	if data, err = fs.ReadFile(s.files, "files/"+s.File); err != nil {
		return "", "", nil, fmt.Errorf("starter template %s: %w", s.Name, err)
	}
	return s.File, mime.TypeByExtension(path.Ext(s.File)), data, nil
}
