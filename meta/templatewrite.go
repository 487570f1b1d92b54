package meta

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// CreatedTemplate is Meta's word on a new template. Status may be PENDING, APPROVED or REJECTED at once, and Category another
// than was asked for. Found says that it was not made by this call: it was there when a lost answer made us look.
type CreatedTemplate struct {
	ID       String `json:"id"`
	Status   String `json:"status"`
	Category String `json:"category"`
	Found    bool   `json:"-"`
}

// CreateTemplate submits a template for review. body is Meta's create body: anything that encoding/json writes as an object
// with name, language, category and components. It is sent again only where Meta refused it for the moment: after a lost
// answer (ClassAmbiguous) the template may exist; see CreateTemplateOnce.
func (c *Client) CreateTemplate(ctx context.Context, wabaID string, body any) (CreatedTemplate, error) {
	var ans CreatedTemplate
	q := call{method: http.MethodPost, path: []string{wabaID, "message_templates"}, json: body}
	err := c.retry(ctx, q, &ans)
	if err == nil && ans.ID == "" {
		err = &TransportError{Op: q.op(), Sent: true, Err: ErrBadAnswer}
	}
	return ans, err
}

// lookDelay is how long Meta is given to show a template whose answer was lost.
const lookDelay = 2 * time.Second

// CreateTemplateOnce submits a template and sees to it that a lost answer neither loses nor doubles it: after one it looks
// for the name and language (twice, a little apart) and submits again only when nothing is there. name and language are
// those in body.
func (c *Client) CreateTemplateOnce(ctx context.Context, wabaID, name, language string, body any) (CreatedTemplate, error) {
	ans, err := c.CreateTemplate(ctx, wabaID, body)
	for range 2 {
		if err == nil || Classify(err) != ClassAmbiguous || ctx.Err() != nil {
			return ans, err
		}
		found, ok, lookErr := c.lookTwice(ctx, wabaID, name, language)
		switch {
		case lookErr != nil:
			return ans, err // the first failure is still the story
		case ok:
			return CreatedTemplate{ID: found.ID, Status: found.Status, Category: found.Category, Found: true}, nil
		}
		ans, err = c.CreateTemplate(ctx, wabaID, body)
		var e *Error
		if errors.As(err, &e) && e.Subcode == SubcodeTemplateExists { // it appeared after we looked
			if found, ok, lookErr = c.FindTemplate(ctx, wabaID, name, language); lookErr == nil && ok {
				return CreatedTemplate{ID: found.ID, Status: found.Status, Category: found.Category, Found: true}, nil
			}
		}
	}
	return ans, err
}

func (c *Client) lookTwice(ctx context.Context, wabaID, name, language string) (Template, bool, error) {
	t, ok, err := c.FindTemplate(ctx, wabaID, name, language)
	if err != nil || ok {
		return t, ok, err
	}
	if err := c.cfg.Sleep(ctx, lookDelay); err != nil {
		return Template{}, false, err
	}
	return c.FindTemplate(ctx, wabaID, name, language)
}

// EditTemplate replaces what body names of a template: components (all of them), category, parameter_format,
// message_send_ttl_seconds or cta_url_link_tracking_opted_out. Accepted edits go into review again. Only approved, rejected
// and paused templates can be edited, approved ones once in 24 hours and ten times in 30 days, without their category. After a lost answer (ClassAmbiguous) read
// the template before editing again: the edit may have been counted.
func (c *Client) EditTemplate(ctx context.Context, id string, body any) error {
	var ans struct {
		Success *bool `json:"success"`
	}
	q := call{method: http.MethodPost, path: []string{id}, json: body}
	err := c.retry(ctx, q, &ans)
	if err == nil && ans.Success != nil && !*ans.Success {
		err = &TransportError{Op: "POST /template", Sent: true, Err: ErrBadAnswer}
	}
	return err
}

// DeleteTemplate deletes one template; Meta wants both its id and its name. A name whose template was approved cannot be used
// again in that language for 30 days.
func (c *Client) DeleteTemplate(ctx context.Context, wabaID, id, name string) error {
	switch {
	case id == "":
		return &InputError{Field: "template id", Reason: "is missing"}
	case name == "":
		return &InputError{Field: "template name", Reason: "is missing"}
	}
	return c.deleteTemplates(ctx, wabaID, url.Values{"hsm_id": {id}, "name": {name}})
}

// DeleteTemplateNamed deletes a template in all its languages.
func (c *Client) DeleteTemplateNamed(ctx context.Context, wabaID, name string) error {
	if name == "" {
		return &InputError{Field: "template name", Reason: "is missing"}
	}
	return c.deleteTemplates(ctx, wabaID, url.Values{"name": {name}})
}

// DeleteTemplates deletes up to 100 templates by their ids, all or none.
func (c *Client) DeleteTemplates(ctx context.Context, wabaID string, ids []string) error {
	if len(ids) == 0 || len(ids) > 100 {
		return &InputError{Field: "template ids", Reason: "must be 1 to 100"}
	}
	b, err := json.Marshal(ids)
	if err != nil {
		return unwrapInput(err)
	}
	return c.deleteTemplates(ctx, wabaID, url.Values{"hsm_ids": {string(b)}})
}

// deleteTemplates deletes again after a lost answer; that they are gone by then is success.
func (c *Client) deleteTemplates(ctx context.Context, wabaID string, query url.Values) error {
	lost := false
	var err error
	for range 3 {
		err = c.retry(ctx, call{method: http.MethodDelete, path: []string{wabaID, "message_templates"}, query: cloneValues(query)}, nil)
		if lost && IsGone(err) {
			return nil
		}
		if Classify(err) != ClassAmbiguous || ctx.Err() != nil {
			return err
		}
		lost = true
		if c.cfg.Sleep(ctx, lookDelay) != nil {
			return err
		}
	}
	return err
}

// UnpauseTemplate asks Meta to let a paused template be sent again; reason says why it may not, and is "" when it may.
func (c *Client) UnpauseTemplate(ctx context.Context, id string) (reason string, err error) {
	var ans struct {
		Success bool   `json:"success"`
		Reason  String `json:"reason"`
	}
	err = c.retry(ctx, call{method: http.MethodPost, path: []string{id, "unpause"}, again: true}, &ans)
	if err == nil && !ans.Success {
		if reason = string(ans.Reason); reason == "" {
			reason = "Meta did not say why."
		}
	}
	return reason, err
}

// ArchiveResult says which templates were moved and which were not.
type ArchiveResult struct{ Done, Failed []string }

// archiveHost is the one host beside the Graph API that templates know (seen in a client library, not in Meta's reference).
const archiveHost = "https://api.facebook.com"

// ArchiveTemplates hides templates without deleting them.
func (c *Client) ArchiveTemplates(ctx context.Context, wabaID string, ids []string) (ArchiveResult, error) {
	return c.archive(ctx, wabaID, "archive", ids)
}

// UnarchiveTemplates brings archived templates back.
func (c *Client) UnarchiveTemplates(ctx context.Context, wabaID string, ids []string) (ArchiveResult, error) {
	return c.archive(ctx, wabaID, "unarchive", ids)
}

func (c *Client) archive(ctx context.Context, wabaID, verb string, ids []string) (ArchiveResult, error) {
	if c.err != nil {
		return ArchiveResult{}, c.err
	}
	if len(ids) == 0 {
		return ArchiveResult{}, &InputError{Field: "template ids", Reason: "are missing"}
	}
	q := call{
		method: http.MethodPost, path: []string{wabaID, "message_templates", verb}, again: true,
		json: map[string]string{"hsm_ids": strings.Join(ids, ",")},
	}
	where := c.cfg.ArchiveURL
	if where == "" && c.base.Hostname() == "graph.facebook.com" {
		where = archiveHost
	}
	if where != "" {
		var err error
		if q.base, err = parseBase(where); err != nil {
			return ArchiveResult{}, err
		}
	}
	var ans struct {
		Archived   []String        `json:"archived_templates"`
		Unarchived []String        `json:"unarchived_templates"`
		Failed     json.RawMessage `json:"failed_templates"`
	}
	err := c.retry(ctx, q, &ans)
	return ArchiveResult{Done: texts(append(ans.Archived, ans.Unarchived...)), Failed: idsIn(ans.Failed)}, err
}

// idsIn reads ids from a list, or from an object of which they are the keys.
func idsIn(raw json.RawMessage) []string {
	var l []String
	if json.Unmarshal(raw, &l) == nil {
		return texts(l)
	}
	var m map[string]json.RawMessage
	var out []string
	if json.Unmarshal(raw, &m) == nil {
		for id := range m {
			out = append(out, id)
		}
	}
	return out
}
