// Package shop keeps what the shop says about itself, its name, logo, colours and texts, where it is and on which paper it prints, and makes the
// papers of its records with it.
package shop

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"shopbell/app"
	"shopbell/app/papers"
)

// setting is where all of it is kept.
const setting = "shop"

// Settings are what the shop says about itself. The zero value is a shop that has said nothing yet.
type Settings struct {
	Name    string                  `json:"name,omitempty"`
	Address string                  `json:"address,omitempty"` // with line breaks
	Contact string                  `json:"contact,omitempty"` // phone, email, web page, with line breaks
	TaxID   string                  `json:"tax_id,omitempty"`
	Logo    *Logo                   `json:"logo,omitempty"`
	Main    string                  `json:"main,omitempty"` // colours, such as #1F6F5C; "" is papers.DefaultMain
	Second  string                  `json:"second,omitempty"`
	Texts   map[string]papers.Texts `json:"texts,omitempty"`   // by language code
	Paper   papers.Size             `json:"paper,omitempty"`   // of all papers but receipts; "" is A4
	Country string                  `json:"country,omitempty"` // ISO 3166: phone numbers without a country code are of it
}

// Logo is the picture at the head of papers, in the media folder.
type Logo struct {
	Name   string `json:"name"`
	MIME   string `json:"mime"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// maxText is how long a text of the shop may be, in bytes. It keeps papers to a few pages.
const maxText = 4000

// Check says what of the settings can't be. The error is an app.Error.
func (s Settings) Check() error {
	for _, c := range []string{s.Main, s.Second} {
		if c == "" {
			continue
		}
		if _, err := papers.ParseColour(c); err != nil {
			return err
		}
	}
	if s.Country != "" && phonenumbers.GetCountryCodeForRegion(s.Country) == 0 {
		return &app.Error{Code: app.CodeInvalid, Message: "“" + s.Country + "” is no country.", Mend: "Choose one of the list."}
	}
	switch s.Paper {
	case "", papers.A4, papers.Letter:
	default:
		return &app.Error{Code: app.CodeInvalid, Message: "“" + string(s.Paper) + "” is no size of paper.", Mend: "Choose A4 or Letter."}
	}
	texts := []string{s.Name, s.Address, s.Contact, s.TaxID}
	for _, t := range s.Texts {
		texts = append(texts, t.Greeting, t.Terms, t.Footer, t.Bank)
	}
	for _, t := range texts {
		if len(t) > maxText {
			return &app.Error{Code: app.CodeInvalid, Message: "A text of the shop is longer than a paper should carry.", Mend: "Shorten it."}
		}
	}
	return nil
}

// tidy leaves out what says nothing.
func (s Settings) tidy() Settings {
	for _, p := range []*string{&s.Name, &s.Address, &s.Contact, &s.TaxID, &s.Main, &s.Second} {
		*p = strings.TrimSpace(*p)
	}
	texts := map[string]papers.Texts{}
	for lang, t := range s.Texts {
		if t != (papers.Texts{}) {
			texts[lang] = t
		}
	}
	s.Texts = texts
	return s
}

// Settings gives what the shop says about itself. What can't be read any more is as if it had never been said.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	raw, err := s.c.Store.Setting(ctx, setting)
	if err != nil || raw == "" {
		return Settings{}, err
	}
	var out Settings
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		s.c.Log.Warn("what the shop says about itself can't be read", "err", err)
		return Settings{}, nil
	}
	return out, nil
}

// Save keeps it. The error is an app.Error for what can't be.
func (s *Service) Save(ctx context.Context, set Settings) error {
	set = set.tidy()
	if err := set.Check(); err != nil {
		return err
	}
	raw, err := json.Marshal(set)
	if err != nil {
		return err
	}
	if err := s.c.Store.SetSetting(ctx, setting, string(raw)); err != nil {
		return err
	}
	return s.tell(ctx)
}

// tell tells where the shop is.
func (s *Service) tell(ctx context.Context) error {
	if s.c.Moved == nil {
		return nil
	}
	code, err := s.Country(ctx)
	if err == nil {
		s.c.Moved(code)
	}
	return err
}

// Begin tells for the first time where the shop is. It is called before the records are used.
func (s *Service) Begin(ctx context.Context) error { return s.tell(ctx) }

// Country is where the shop is: what was chosen, else where its number is from; "" when neither is known.
func (s *Service) Country(ctx context.Context) (string, error) {
	set, err := s.Settings(ctx)
	if err != nil || set.Country != "" || s.c.Guess == nil {
		return set.Country, err
	}
	return s.c.Guess(ctx)
}

// SetCountry keeps where the shop is.
func (s *Service) SetCountry(ctx context.Context, code string) error {
	set, err := s.Settings(ctx)
	if err != nil || set.Country == code {
		return err
	}
	set.Country = code
	return s.Save(ctx, set)
}
