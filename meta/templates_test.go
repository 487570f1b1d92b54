package meta

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"shopbell/meta/sandbox"
)

// practice is a practice server and a client of it whose pauses take no time.
func practice(t *testing.T, change func(*sandbox.Config)) (*Client, *sandbox.Server, sandbox.Credentials) {
	t.Helper()
	cfg := sandbox.Config{Pace: sandbox.QuickPace(), Limits: sandbox.NoLimits(), HoldReview: true}
	if change != nil {
		change(&cfg)
	}
	s := sandbox.New(cfg)
	if err := s.Start(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	cred := s.Credentials()
	c, _ := clientOf(t, cred.URL, func(cfg *Config) {
		cfg.AccessToken, cfg.AppID, cfg.AppSecret = cred.AccessToken, cred.AppID, cred.AppSecret
	})
	return c, s, cred
}

// control makes the practice server do something.
func control(t *testing.T, cred sandbox.Credentials, path, body string) {
	t.Helper()
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, strings.TrimSuffix(cred.URL, "/v26.0")+"/sandbox/"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := tr.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d", path, resp.StatusCode)
	}
}

func createBody(name, text string) map[string]any {
	return map[string]any{
		"name": name, "language": "en_US", "category": "UTILITY",
		"components": []any{map[string]any{"type": "BODY", "text": text}},
	}
}

// TestTemplateRoad: make, find, read, edit, unpause, archive, delete.
func TestTemplateRoad(t *testing.T) {
	c, _, cred := practice(t, nil)
	ctx := t.Context()
	made, err := c.CreateTemplate(ctx, cred.WABAID, createBody("order", "Your order is here and waits."))
	if err != nil || made.Status != "PENDING" || made.ID == "" {
		t.Fatalf("%+v %v", made, err)
	}
	if _, err := c.CreateTemplate(ctx, cred.WABAID, createBody("orders_more", "Your orders are here and wait.")); err != nil {
		t.Fatal(err)
	}
	found, ok, err := c.FindTemplate(ctx, cred.WABAID, "order", "en-US")
	if err != nil || !ok || found.ID != made.ID || !json.Valid(found.Raw) || !bytes.Contains(found.Components, []byte("waits")) {
		t.Fatalf("%+v %v %v", found, ok, err)
	}
	if _, ok, err := c.FindTemplate(ctx, cred.WABAID, "orde", "en_US"); ok || err != nil {
		t.Errorf("a part of a name is found: %v", err)
	}
	var e *Error
	if _, err := c.CreateTemplate(ctx, cred.WABAID, createBody("order", "Another text of that name.")); !errors.As(err, &e) || e.Subcode != SubcodeTemplateExists {
		t.Errorf("%v", err)
	}
	if err := c.EditTemplate(ctx, string(made.ID), map[string]any{"components": createBody("", "x y z")["components"]}); !errors.As(err, &e) || e.Subcode != SubcodeTemplateState {
		t.Errorf("edited in review: %v", err)
	}
	control(t, cred, "templates/order", `{"status":"REJECTED","reason":"SCAM"}`)
	if x, err := c.Template(ctx, string(made.ID)); err != nil || x.Status != "REJECTED" || x.RejectedReason != "SCAM" || x.UpdatedAt().IsZero() {
		t.Errorf("%+v %v", x, err)
	}
	if err := c.EditTemplate(ctx, string(made.ID), map[string]any{"components": createBody("", "A better text than before.")["components"]}); err != nil {
		t.Error(err)
	}
	if why, err := c.UnpauseTemplate(ctx, string(made.ID)); err != nil || why == "" {
		t.Errorf("unpaused what is not paused: %v", err)
	}
	control(t, cred, "templates/order", `{"pause":3600}`)
	if why, err := c.UnpauseTemplate(ctx, string(made.ID)); err != nil || why != "" {
		t.Errorf("%q %v", why, err)
	}
	if r, err := c.ArchiveTemplates(ctx, cred.WABAID, []string{string(made.ID), "77"}); err != nil || len(r.Done) != 1 || len(r.Failed) != 1 {
		t.Errorf("%+v %v", r, err)
	}
	if r, err := c.UnarchiveTemplates(ctx, cred.WABAID, []string{string(made.ID)}); err != nil || len(r.Done) != 1 || r.Failed != nil {
		t.Errorf("%+v %v", r, err)
	}
	now := time.Now()
	if x, err := c.CompareTemplates(ctx, string(made.ID), []string{string(found.ID)}, now.AddDate(0, 0, -7), now); err != nil || len(x.BlockRate) != 1 || len(x.Sends) != 1 {
		t.Errorf("%+v %v", x, err)
	}
	if err := c.DeleteTemplate(ctx, cred.WABAID, string(made.ID), "other"); !errors.As(err, &e) || !IsGone(err) {
		t.Errorf("%v", err)
	}
	if err := c.DeleteTemplate(ctx, cred.WABAID, string(made.ID), "order"); err != nil {
		t.Error(err)
	}
	if _, err := c.Template(ctx, string(made.ID)); !IsGone(err) {
		t.Errorf("%v", err)
	}
	if err := c.DeleteTemplateNamed(ctx, cred.WABAID, "orders_more"); err != nil {
		t.Error(err)
	}
	if err := c.DeleteTemplates(ctx, cred.WABAID, nil); err == nil {
		t.Error("deleted nothing")
	}
}

// TestTemplateSmallEdges: library, several languages of a code, previews.
func TestTemplateSmallEdges(t *testing.T) {
	c, _, cred := practice(t, nil)
	ctx := t.Context()
	lib, err := all(c.TemplateLibrary(ctx, LibraryFilter{Topic: "PAYMENTS"}))
	if err != nil || len(lib) != 2 || len(lib[0].BodyParams) != len(lib[0].ParamTypes) || lib[0].Body == "" {
		t.Errorf("%+v %v", lib, err)
	}
	ups, err := c.UpsertAuthTemplates(ctx, cred.WABAID, map[string]any{
		"name": "code", "languages": []string{"en_US", "vi"}, "category": "AUTHENTICATION",
		"components": []any{map[string]any{"type": "BODY"}, map[string]any{"type": "BUTTONS", "buttons": []any{map[string]any{"type": "OTP", "otp_type": "COPY_CODE"}}}},
	})
	if err != nil || len(ups) != 2 || ups[1].Language != "vi" || ups[1].ID == "" {
		t.Errorf("%+v %v", ups, err)
	}
	ps, err := c.AuthPreviews(ctx, cred.WABAID, PreviewQuery{Languages: []string{"es"}, Recommendation: true, ExpiresMinutes: 5})
	if err != nil || len(ps) != 1 || ps[0].Body == "" || ps[0].Footer == "" || ps[0].Buttons[0].Text == "" {
		t.Errorf("%+v %v", ps, err)
	}
}

// TestEveryPage: a list of many pages comes whole, each template once, with its total on the first page.
func TestEveryPage(t *testing.T) {
	c, _, cred := practice(t, nil)
	for i := range 240 {
		if _, err := c.CreateTemplate(t.Context(), cred.WABAID, createBody(fmt.Sprintf("many_%03d", i), "Text.")); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[String]bool{}
	pages := 0
	for p, err := range c.TemplatePages(t.Context(), cred.WABAID, TemplateFilter{Name: "many_", Limit: 50}) {
		if err != nil {
			t.Fatal(err)
		}
		pages++
		if p.Total != 240 {
			t.Errorf("total %d", p.Total)
		}
		for _, x := range p.Templates {
			if seen[x.ID] {
				t.Errorf("%s twice", x.Name)
			}
			seen[x.ID] = true
		}
	}
	if pages != 5 || len(seen) != 240 {
		t.Errorf("%d pages, %d templates", pages, len(seen))
	}
}

// TestOddPages: cursors that repeat end the walk, items that come twice are dropped, an expired cursor starts it again.
func TestOddPages(t *testing.T) {
	item := func(ids ...int) string {
		var l []string
		for _, i := range ids {
			l = append(l, fmt.Sprintf(`{"id":"%d","name":"n%d"}`, i, i))
		}
		return "[" + strings.Join(l, ",") + "]"
	}
	page := func(after string, ids ...int) string {
		return fmt.Sprintf(`{"data":%s,"paging":{"cursors":{"after":%q},"next":"https://elsewhere.example/steal"}}`, item(ids...), after)
	}
	for name, c := range map[string]struct {
		pages map[string]string // by cursor
		want  int
		calls int
	}{
		"same cursor again":   {map[string]string{"": page("a", 1, 2), "a": page("a", 3)}, 3, 2},
		"a circle":            {map[string]string{"": page("a", 1), "a": page("b", 2), "b": page("a", 3)}, 3, 3},
		"overlapping pages":   {map[string]string{"": page("a", 1, 2), "a": `{"data":` + item(2, 3) + `}`}, 3, 2},
		"an empty page first": {map[string]string{"": page("a"), "a": `{"data":` + item(1) + `}`}, 1, 2},
		"odd items":           {map[string]string{"": `{"data":[7,{"id":5,"name":{"x":1},"components":"?"},null,{"id":"6","quality_score":"GREEN"}]}`}, 3, 1},
	} {
		calls := 0
		cl, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			calls++
			answer(w, 200, c.pages[r.URL.Query().Get("after")])
		})
		got := 0
		for _, err := range cl.Templates(t.Context(), "1", TemplateFilter{}) {
			if err != nil {
				t.Fatal(err)
			}
			got++
		}
		if got != c.want || calls != c.calls {
			t.Errorf("%s: %d templates in %d calls, want %d in %d", name, got, calls, c.want, c.calls)
		}
	}
	expired := 0
	cl, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("after") == "" {
			answer(w, 200, page("a", 1, 2))
			return
		}
		if expired++; expired == 1 {
			refuseWith(CodeCursor, 400)(w, r)
			return
		}
		answer(w, 200, `{"data":`+item(3)+`}`)
	})
	var ids []String
	for x, err := range cl.Templates(t.Context(), "1", TemplateFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, x.ID)
	}
	if fmt.Sprint(ids) != "[1 2 3]" {
		t.Errorf("%v", ids)
	}
}

// TestCreateOnce: an answer that is lost neither loses nor doubles a template, whether Meta took it or not.
func TestCreateOnce(t *testing.T) {
	for name, fault := range map[string]string{
		"taken, answer lost":        `{"edge":"templates","accept_then_drop":true}`,
		"not taken, server trouble": `{"edge":"templates","error":{"code":2,"http":503}}`,
		"refused for the moment":    `{"edge":"templates","error":{"code":130429}}`,
		"taken, lost twice":         `{"edge":"templates","accept_then_drop":true,"count":2}`,
	} {
		t.Run(name, func(t *testing.T) {
			c, _, cred := practice(t, nil)
			control(t, cred, "faults", fault)
			made, err := c.CreateTemplateOnce(t.Context(), cred.WABAID, "once", "en_US", createBody("once", "Your parcel waits for you."))
			if err != nil || made.ID == "" {
				t.Fatalf("%+v %v", made, err)
			}
			if strings.HasPrefix(name, "taken") != made.Found {
				t.Errorf("found: %v", made.Found)
			}
			n := 0
			for x, err := range c.Templates(t.Context(), cred.WABAID, TemplateFilter{Name: "once"}) {
				if err != nil {
					t.Fatal(err)
				}
				if n++; x.ID != made.ID {
					t.Errorf("another: %+v", x)
				}
			}
			if n != 1 {
				t.Errorf("%d templates", n)
			}
		})
	}
	c, _, cred := practice(t, nil)
	control(t, cred, "faults", `{"edge":"templates","accept_then_drop":true}`)
	if _, err := c.CreateTemplate(t.Context(), cred.WABAID, createBody("blind", "Your parcel waits for you.")); Classify(err) != ClassAmbiguous {
		t.Errorf("repeated blindly, or not ambiguous: %v", err)
	}
	if err := c.DeleteTemplateNamed(t.Context(), cred.WABAID, "blind"); err != nil {
		t.Error(err)
	}
	if _, err := c.CreateTemplate(t.Context(), cred.WABAID, createBody("lost_delete", "Your parcel waits for you.")); err != nil {
		t.Fatal(err)
	}
	control(t, cred, "faults", `{"edge":"templates","accept_then_drop":true}`)
	if err := c.DeleteTemplateNamed(t.Context(), cred.WABAID, "lost_delete"); err != nil {
		t.Errorf("the delete whose answer was lost: %v", err)
	}
}

// TestArchiveHost: Meta's edges for archiving have another host, which is used with Meta's own API only.
func TestArchiveHost(t *testing.T) {
	var hosts []string
	rt := roundTrip(func(r *http.Request) (*http.Response, error) {
		hosts = append(hosts, r.URL.Scheme+"://"+r.URL.Host+r.URL.Path)
		return nil, errors.New("no network here")
	})
	for base, want := range map[string]string{
		"":                          "https://api.facebook.com/1/message_templates/archive",
		"https://desk.example/v1.0": "https://desk.example/v1.0/1/message_templates/archive",
	} {
		hosts = nil
		c := NewClient(Config{BaseURL: base, AccessToken: canary, HTTP: &http.Client{Transport: rt}, Sleep: func(context.Context, time.Duration) error { return context.Canceled }})
		if _, err := c.ArchiveTemplates(t.Context(), "1", []string{"2"}); err == nil || len(hosts) != 1 || hosts[0] != want {
			t.Errorf("%q: %v %v", base, hosts, err)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
