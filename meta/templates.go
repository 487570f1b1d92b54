package meta

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// templateFields is everything that the program keeps about a template (Meta: Templates API, fields of a message template).
const templateFields = "id,name,language,category,sub_category,status,components,parameter_format,correct_category,previous_category," +
	"rejected_reason,quality_score,last_updated_time,message_send_ttl_seconds,cta_url_link_tracking_opted_out,library_template_name," +
	"display_format,source"

// templatePage is how many templates are asked for at once; Meta's reference allows a hundred.
const templatePage = 100

// Template is one message template in one language as Meta describes it. Values of the enumerations are Meta's own capital
// letters, and may be ones that this version does not know.
type Template struct {
	ID               String          `json:"id"`
	Name             String          `json:"name"`
	Language         String          `json:"language"`
	Category         String          `json:"category"` // AUTHENTICATION MARKETING UTILITY, older ones on old templates
	SubCategory      String          `json:"sub_category"`
	Status           String          `json:"status"`           // PENDING APPROVED REJECTED PAUSED DISABLED …
	ParameterFormat  String          `json:"parameter_format"` // POSITIONAL NAMED
	CorrectCategory  String          `json:"correct_category"` // what Meta will make of the category
	PreviousCategory String          `json:"previous_category"`
	RejectedReason   String          `json:"rejected_reason"` // NONE INVALID_FORMAT …
	Quality          Quality         `json:"quality_score"`
	Updated          Int             `json:"last_updated_time"`        // unix seconds, 0 unknown
	TTLSeconds       *Int            `json:"message_send_ttl_seconds"` // nil: Meta's default
	LibraryName      String          `json:"library_template_name"`
	DisplayFormat    String          `json:"display_format"`
	Source           String          `json:"source"` // manual auto_generated
	Components       json.RawMessage `json:"components"`

	Raw json.RawMessage `json:"-"` // the whole item as it came
}

// Quality is how customers like a template: GREEN, YELLOW, RED or UNKNOWN, with what they complained of.
type Quality struct {
	Score   String   `json:"score"`
	Date    Int      `json:"date"` // unix seconds
	Reasons []String `json:"reasons"`
}

// UpdatedAt is when the template changed last; zero when Meta did not say.
func (t Template) UpdatedAt() time.Time { return unix(t.Updated) }

// UnmarshalJSON forgives odd members and keeps the item.
func (t *Template) UnmarshalJSON(b []byte) error {
	type plain Template
	var p plain
	if err := lenient(b, &p); err != nil {
		return err
	}
	*t = Template(p)
	t.Raw = bytes.Clone(b)
	return nil
}

// TemplateFilter narrows a list of templates; empty members do not. Meta matches Name as a part of the name.
type TemplateFilter struct {
	Name, Language, Category, Status, Quality string
	Content, NameOrContent                    string
	Source                                    string
	Fields                                    string // empty: everything that the program keeps
	Limit                                     int    // templates a page; 0 = 100
}

func (f TemplateFilter) query() url.Values {
	q := url.Values{}
	for k, v := range map[string]string{
		"name": f.Name, "language": f.Language, "category": f.Category, "status": f.Status, "quality_score": f.Quality,
		"content": f.Content, "name_or_content": f.NameOrContent, "source": f.Source, "fields": f.Fields,
	} {
		if v != "" {
			q.Set(k, v)
		}
	}
	if f.Fields == "" {
		q.Set("fields", templateFields)
	}
	return q
}

// TemplatePage is a part of a list of templates. Total is how many the whole list has, 0 when Meta does not say.
type TemplatePage struct {
	Templates []Template
	Total     int
}

// TemplatePages walks all pages of the account's templates; for progress. A template that stands on two pages, because
// another was made meanwhile, comes once, and a cursor that expired on the way starts the walk again without repeating any.
func (c *Client) TemplatePages(ctx context.Context, wabaID string, f TemplateFilter) iter.Seq2[TemplatePage, error] {
	return func(yield func(TemplatePage, error) bool) {
		q := call{path: []string{wabaID, "message_templates"}, query: f.query()}
		q.query.Set("summary", "total_count")
		limit := f.Limit
		if limit <= 0 {
			limit = templatePage
		}
		seen := map[String]bool{}
		for try := 0; ; try++ {
			again := false
			for p, err := range c.pages(ctx, q, limit) {
				if err != nil {
					if codeOf(err) == CodeCursor && try < 2 {
						again = true
						break
					}
					yield(TemplatePage{}, err)
					return
				}
				if !yield(readTemplates(p, seen), nil) {
					return
				}
			}
			if !again {
				return
			}
		}
	}
}

// readTemplates decodes a page and leaves out what was seen before.
func readTemplates(p page, seen map[String]bool) TemplatePage {
	var out TemplatePage
	var sum struct {
		Total Int `json:"total_count"`
	}
	if len(p.Summary) > 0 && lenient(p.Summary, &sum) == nil {
		out.Total = int(sum.Total)
	}
	for _, raw := range p.Data {
		var t Template
		if t.UnmarshalJSON(raw) != nil || t.ID != "" && seen[t.ID] {
			continue
		}
		seen[t.ID] = true
		out.Templates = append(out.Templates, t)
	}
	return out
}

// Templates walks the account's templates over all pages, each once.
func (c *Client) Templates(ctx context.Context, wabaID string, f TemplateFilter) iter.Seq2[Template, error] {
	return func(yield func(Template, error) bool) {
		for p, err := range c.TemplatePages(ctx, wabaID, f) {
			if err != nil {
				yield(Template{}, err)
				return
			}
			for _, t := range p.Templates {
				if !yield(t, nil) {
					return
				}
			}
		}
	}
}

// Template reads one template. A template that is gone answers code 100 with subcode 33; see IsGone.
func (c *Client) Template(ctx context.Context, id string) (Template, error) {
	var t Template
	err := c.retry(ctx, call{method: http.MethodGet, path: []string{id}, query: url.Values{"fields": {templateFields}}, again: true}, &t)
	if err == nil && t.ID == "" {
		err = &TransportError{Op: "GET /template", Sent: true, Err: ErrBadAnswer}
	}
	return t, err
}

// FindTemplate looks a template up by its exact name and language; false when there is none. Meta's own filter also matches
// parts of names, so every page is compared.
func (c *Client) FindTemplate(ctx context.Context, wabaID, name, language string) (Template, bool, error) {
	for t, err := range c.Templates(ctx, wabaID, TemplateFilter{Name: name}) {
		if err != nil {
			return Template{}, false, err
		}
		if string(t.Name) == name && sameLanguage(string(t.Language), language) {
			return t, true, nil
		}
	}
	return Template{}, false, nil
}

// sameLanguage compares language codes; webhooks write en-US where the API writes en_US.
func sameLanguage(a, b string) bool {
	return strings.EqualFold(strings.ReplaceAll(a, "-", "_"), strings.ReplaceAll(b, "-", "_"))
}

// IsGone reports whether Meta said that an object does not exist, or that this token may not see it.
func IsGone(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	return e.Code == CodeInvalid && (e.Subcode == subcodeGone || e.Subcode == SubcodeTemplateGone) || e.Code == subcodeGone || e.Code == 803
}

// Comparison sets templates beside each other (Meta: Template comparison). Orders are template ids, best first.
type Comparison struct {
	BlockRate []string          // least blocked first
	Sends     map[string]int    // messages sent, by template id
	TopReason map[string]string // why customers block most, by template id
}

// CompareTemplates compares a template with others of its account between two moments, 7, 30, 60 or 90 days apart.
func (c *Client) CompareTemplates(ctx context.Context, id string, others []string, start, end time.Time) (Comparison, error) {
	ids, err := json.Marshal(others)
	if err != nil {
		return Comparison{}, unwrapInput(err)
	}
	var ans struct {
		Data []struct {
			Metric  String   `json:"metric"`
			Order   []String `json:"order_by_relative_metric"`
			Numbers []struct {
				Key   String `json:"key"`
				Value Int    `json:"value"`
			} `json:"number_values"`
			Strings []struct {
				Key   String `json:"key"`
				Value String `json:"value"`
			} `json:"string_values"`
		} `json:"data"`
	}
	err = c.retry(ctx, call{method: http.MethodGet, path: []string{id, "compare"}, again: true, query: url.Values{
		"template_ids": {string(ids)}, "start": {strconv.FormatInt(start.Unix(), 10)}, "end": {strconv.FormatInt(end.Unix(), 10)},
	}}, &ans)
	out := Comparison{Sends: map[string]int{}, TopReason: map[string]string{}}
	for _, d := range ans.Data {
		switch d.Metric {
		case "BLOCK_RATE":
			out.BlockRate = texts(d.Order)
		case "MESSAGE_SENDS":
			for _, n := range d.Numbers {
				out.Sends[string(n.Key)] = int(n.Value)
			}
		case "TOP_BLOCK_REASON":
			for _, s := range d.Strings {
				out.TopReason[string(s.Key)] = string(s.Value)
			}
		}
	}
	return out, err
}
