package meta

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

// seen is one request as the server saw it.
type seen struct {
	line  string
	query url.Values
	auth  string
	body  map[string]any
}

func record(t *testing.T, reply string) (*Client, *[]seen) {
	t.Helper()
	var all []seen
	c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		s := seen{line: r.Method + " " + strings.TrimPrefix(r.URL.Path, "/v26.0"), query: r.URL.Query(), auth: r.Header.Get("Authorization")}
		if len(b) > 0 && json.Unmarshal(b, &s.body) != nil {
			t.Errorf("%s: body %q", s.line, b)
		}
		all = append(all, s)
		answer(w, 200, reply)
	})
	return c, &all
}

func TestEdges(t *testing.T) {
	const own, app = "Bearer " + canary, "Bearer 42|s3cret"
	ctx := context.Background()
	for name, c := range map[string]struct {
		do   func(c *Client) error
		line string
		auth string
		body string
	}{
		"request code":  {func(c *Client) error { return c.RequestCode(ctx, "7", "SMS", "en_US") }, "POST /7/request_code", own, `{"code_method":"SMS","language":"en_US"}`},
		"verify code":   {func(c *Client) error { return c.VerifyCode(ctx, "7", "123456") }, "POST /7/verify_code", own, `{"code":"123456"}`},
		"register":      {func(c *Client) error { return c.Register(ctx, "7", "123456", "DE") }, "POST /7/register", own, `{"messaging_product":"whatsapp","pin":"123456","data_localization_region":"DE"}`},
		"deregister":    {func(c *Client) error { return c.Deregister(ctx, "7") }, "POST /7/deregister", own, `{"messaging_product":"whatsapp"}`},
		"phone webhook": {func(c *Client) error { return c.OverridePhoneWebhook(ctx, "7", "https://a/w", "v") }, "POST /7", own, `{"webhook_configuration":{"override_callback_uri":"https://a/w","verify_token":"v"}}`},
		"no webhook":    {func(c *Client) error { return c.OverridePhoneWebhook(ctx, "7", "", "") }, "POST /7", own, `{"webhook_configuration":{"override_callback_uri":""}}`},
		"subscribe":     {func(c *Client) error { return c.Subscribe(ctx, "8", nil) }, "POST /8/subscribed_apps", own, ``},
		"override":      {func(c *Client) error { return c.Subscribe(ctx, "8", &Override{"https://a/w", "v"}) }, "POST /8/subscribed_apps", own, `{"override_callback_uri":"https://a/w","verify_token":"v"}`},
		"unsubscribe":   {func(c *Client) error { return c.Unsubscribe(ctx, "8") }, "DELETE /8/subscribed_apps", own, ``},
		"subscribe app": {func(c *Client) error {
			return c.SubscribeApp(ctx, "https://a/w", "v", []string{"messages", "security"})
		}, "POST /42/subscriptions", app, `{"object":"whatsapp_business_account","callback_url":"https://a/w","verify_token":"v","fields":"messages,security","include_values":true}`},
		"leave app":      {func(c *Client) error { return c.UnsubscribeApp(ctx, "security") }, "DELETE /42/subscriptions", app, ``},
		"delete media":   {func(c *Client) error { return c.DeleteMedia(ctx, "9", "7") }, "DELETE /9", own, ``},
		"media info":     {func(c *Client) error { _, err := c.MediaInfo(ctx, "9", "7"); return err }, "GET /9", own, ``},
		"debug token":    {func(c *Client) error { _, err := c.DebugToken(ctx); return err }, "GET /debug_token", app, ``},
		"debug own":      {func(c *Client) error { _, err := c.DebugOwnToken(ctx); return err }, "GET /debug_token", own, ``},
		"account":        {func(c *Client) error { _, err := c.WABA(ctx, "8"); return err }, "GET /8", own, ``},
		"upload session": {func(c *Client) error { _, err := c.OpenUpload(ctx, "a.png", "image/png", 10); return err }, "POST /42/uploads", own, ``},
	} {
		cl, reqs := record(t, `{"success":true,"id":"upload:x?sig=y","data":{}}`)
		if err := c.do(cl); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := (*reqs)[0]
		var want map[string]any
		if c.body != "" {
			_ = json.Unmarshal([]byte(c.body), &want)
		}
		if got.line != c.line || got.auth != c.auth || !reflect.DeepEqual(got.body, want) || len(*reqs) != 1 {
			t.Errorf("%s: %s by %q with %v", name, got.line, got.auth, got.body)
		}
		if got.query.Get("appsecret_proof") != cl.proof(strings.TrimPrefix(got.auth, "Bearer ")) {
			t.Errorf("%s: the proof is not of the token that was used", name)
		}
		if strings.Contains(got.query.Encode(), canary) != (got.line == "GET /debug_token") {
			t.Errorf("%s: the token in the address: %v", name, got.query)
		}
	}
}

func TestAppCallsNeedTheApp(t *testing.T) {
	for _, cfg := range []Config{{AppID: "1"}, {AppSecret: "s"}} {
		c := NewClient(cfg)
		var in *InputError
		if _, err := c.AppSubscriptions(context.Background()); !errors.As(err, &in) {
			t.Errorf("%+v: %v", cfg, err)
		}
	}
}

func TestAppSubscriptionsReadBothForms(t *testing.T) {
	c, _ := record(t, `{"data":[{"object":"whatsapp_business_account","callback_url":"https://a/w","active":true,"fields":[{"name":"messages","version":"v24.0"},"security"]}]}`)
	got, err := c.AppSubscriptions(context.Background())
	want := []AppSubscription{{ObjectWABA, "https://a/w", true, []SubscribedField{{"messages", "v24.0"}, {"security", ""}}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestDebugToken(t *testing.T) {
	c, _ := record(t, `{"data":{"app_id":42,"type":"SYSTEM_USER","application":"Shop","expires_at":0,"is_valid":true,"issued_at":1700000000,
		"scopes":["whatsapp_business_management","whatsapp_business_messaging"],
		"granular_scopes":[{"scope":"whatsapp_business_messaging","target_ids":["8"]},{"scope":"whatsapp_business_management"}],"user_id":"5"}}`)
	got, err := c.DebugToken(context.Background())
	if err != nil || !got.Valid || got.AppID != "42" || !got.Expires.IsZero() || got.Issued.Unix() != 1700000000 {
		t.Fatalf("%+v %v", got, err)
	}
	for _, q := range []struct {
		scope, asset string
		want         bool
	}{
		{"whatsapp_business_messaging", "8", true},
		{"whatsapp_business_messaging", "9", false},
		{"whatsapp_business_messaging", "", true},
		{"whatsapp_business_management", "9", true},
		{"business_management", "", false},
	} {
		if got.Allows(q.scope, q.asset) != q.want {
			t.Errorf("%+v", q)
		}
	}
	c, _ = record(t, `{"data":{"is_valid":false,"error":{"code":190,"message":"m","subcode":463}}}`)
	got, err = c.DebugToken(context.Background())
	if err != nil || got.Valid || got.Err == nil || ExplainError(got.Err).Title != "Token expired" {
		t.Errorf("%+v %v", got, err)
	}
}

// Pages are walked by cursor; where paging.next points is never asked, since it may point anywhere.
func TestPages(t *testing.T) {
	var queries []string
	c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		queries = append(queries, q.Get("after")+"/"+q.Get("limit"))
		switch q.Get("after") {
		case "":
			answer(w, 200, `{"data":[{"id":"1"},"odd",{"id":2,"is_pin_enabled":"odd"}],"paging":{"cursors":{"after":"A"},"next":"https://evil.example/x"}}`)
		case "A":
			answer(w, 200, `{"data":[{"id":"3"}],"paging":{"cursors":{"after":"B"},"next":"https://evil.example/x"}}`)
		default:
			answer(w, 200, `{"data":[{"id":"4"}],"paging":{"cursors":{"after":"C"}}}`)
		}
	})
	phones, err := all(c.PhoneNumbers(context.Background(), "8"))
	var ids []string
	for _, p := range phones {
		ids = append(ids, string(p.ID))
	}
	if err != nil || fmt.Sprint(ids) != "[1 2 3 4]" || fmt.Sprint(queries) != "[/100 A/100 B/100]" {
		t.Errorf("%v %v %v", ids, queries, err)
	}
	queries = nil
	for range c.PhoneNumbers(context.Background(), "8") {
		break
	}
	if len(queries) != 1 {
		t.Errorf("whoever stops at the first item has %d pages fetched", len(queries))
	}
}

func TestPagesEnd(t *testing.T) {
	n := 0
	c, _ := graph(t, func(w http.ResponseWriter, _ *http.Request) {
		n++
		answer(w, 200, fmt.Sprintf(`{"data":[],"paging":{"cursors":{"after":"%d"},"next":"x"}}`, n%2)) // in a circle
	})
	if _, err := all(c.SubscribedApps(context.Background(), "8")); err != nil || n > maxPages {
		t.Errorf("%d pages, %v", n, err)
	}
	c, _ = graph(t, refuseWith(131059, 400))
	if got, err := all(c.SubscribedApps(context.Background(), "8")); len(got) != 0 || codeOf(err) != 131059 {
		t.Errorf("%v %v", got, err)
	}
}

func TestLenientScalars(t *testing.T) {
	var v struct {
		S []String
		N []Int
	}
	err := json.Unmarshal([]byte(`{"S":["a",1,1.5,true,null,{"x":1},[2],"\u00e9"],"N":[1,"2","",null,"x",3.9,1e3,{},-4,9223372036854775807,1e300]}`), &v)
	if err != nil || fmt.Sprint(v.S) != "[a 1 1.5 true    é]" || fmt.Sprint(v.N) != "[1 2 0 0 0 3 1000 0 -4 9223372036854775807 0]" {
		t.Errorf("%q %v %v", v.S, v.N, err)
	}
}
