package meta

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// LibraryTemplate is one of Meta's ready-made templates. A template made from it (library_template_name in the create body)
// is usually approved at once.
type LibraryTemplate struct {
	ID         String          `json:"id"`
	Name       String          `json:"name"`
	Language   String          `json:"language"`
	Category   String          `json:"category"`
	Topic      String          `json:"topic"`
	UseCase    String          `json:"usecase"`
	Industry   []String        `json:"industry"`
	Header     String          `json:"header"`
	Body       String          `json:"body"`
	BodyParams []String        `json:"body_params"`      // sample values
	ParamTypes []String        `json:"body_param_types"` // TEXT AMOUNT DATE PHONE_NUMBER EMAIL NUMBER ADDRESS
	Buttons    []LibraryButton `json:"buttons"`
}

// LibraryButton is a button of a library template.
type LibraryButton struct {
	Type  String `json:"type"`
	Text  String `json:"text"`
	URL   String `json:"url"`
	Phone String `json:"phone_number"`
}

// LibraryFilter narrows the library; empty members do not.
type LibraryFilter struct{ Search, Topic, UseCase, Industry, Language string }

// TemplateLibrary walks Meta's template library.
func (c *Client) TemplateLibrary(ctx context.Context, f LibraryFilter) iter.Seq2[LibraryTemplate, error] {
	q := url.Values{}
	for k, v := range map[string]string{"search": f.Search, "topic": f.Topic, "usecase": f.UseCase, "industry": f.Industry, "language": f.Language} {
		if v != "" {
			q.Set(k, v)
		}
	}
	return list[LibraryTemplate](ctx, c, call{path: []string{"message_template_library"}, query: q}, templatePage)
}

// UpsertedTemplate is one language of an authentication template that was made or brought up to date.
type UpsertedTemplate struct {
	ID       String `json:"id"`
	Status   String `json:"status"`
	Language String `json:"language"`
}

// UpsertAuthTemplates makes an authentication template in several languages, or changes it where it is. body has name,
// languages, category AUTHENTICATION and components. Doing it twice is the same as once.
func (c *Client) UpsertAuthTemplates(ctx context.Context, wabaID string, body any) ([]UpsertedTemplate, error) {
	var ans struct {
		Data []UpsertedTemplate `json:"data"`
	}
	err := c.retry(ctx, call{method: http.MethodPost, path: []string{wabaID, "upsert_message_templates"}, json: body, again: true}, &ans)
	return ans.Data, err
}

// AuthPreview is how Meta words an authentication template in one language.
type AuthPreview struct {
	Language String              `json:"language"`
	Body     String              `json:"body"`
	Footer   String              `json:"footer"`
	Buttons  []AuthPreviewButton `json:"buttons"`
}

// AuthPreviewButton has the labels of a code button.
type AuthPreviewButton struct {
	Text     String `json:"text"`
	Autofill String `json:"autofill_text"`
}

// PreviewQuery says what an authentication template will have. No languages means all.
type PreviewQuery struct {
	Languages      []string
	Recommendation bool // the sentence that asks not to share the code
	ExpiresMinutes int  // 1 to 90; 0 leaves the footer out
}

// AuthPreviews asks for Meta's fixed texts of authentication templates.
func (c *Client) AuthPreviews(ctx context.Context, wabaID string, p PreviewQuery) ([]AuthPreview, error) {
	types, err := json.Marshal([]string{"OTP"})
	if err != nil {
		return nil, unwrapInput(err)
	}
	q := url.Values{"category": {"AUTHENTICATION"}, "button_types": {string(types)}}
	if len(p.Languages) > 0 {
		q.Set("languages", strings.Join(p.Languages, ","))
	}
	if p.Recommendation {
		q.Set("add_security_recommendation", "true")
	}
	if p.ExpiresMinutes > 0 {
		q.Set("code_expiration_minutes", strconv.Itoa(p.ExpiresMinutes))
	}
	return all(list[AuthPreview](ctx, c, call{path: []string{wabaID, "message_template_previews"}, query: q}, 0))
}
