package meta

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// TokenInfo is what Meta knows about an access token.
type TokenInfo struct {
	Valid       bool
	AppID       string
	Application string
	Type        string // USER SYSTEM_USER APP PAGE
	UserID      string
	Scopes      []string
	Granular    []GranularScope
	Issued      time.Time // zero when unknown
	Expires     time.Time // zero = never
	Err         *Error    // why it is not valid
}

// GranularScope limits a permission to some assets; no Targets means all.
type GranularScope struct {
	Scope   string
	Targets []string
}

// Allows reports whether the token has the permission for the asset (a WABA's id; "" asks for any).
func (t TokenInfo) Allows(scope, asset string) bool {
	for _, g := range t.Granular {
		if g.Scope == scope {
			return asset == "" || len(g.Targets) == 0 || slices.Contains(g.Targets, asset)
		}
	}
	return slices.Contains(t.Scopes, scope)
}

// DebugToken asks Meta about the account's token, as the app when AppID and AppSecret are set (which proves them too), else
// as the token itself. Meta wants the token that is asked about in the address; this is the one call where it stands there.
// A token that is not valid is no error: see Valid and Err.
func (c *Client) DebugToken(ctx context.Context) (TokenInfo, error) {
	return c.debugToken(ctx, c.appToken())
}

// DebugOwnToken has the token ask about itself, without the app.
func (c *Client) DebugOwnToken(ctx context.Context) (TokenInfo, error) { return c.debugToken(ctx, "") }

func (c *Client) debugToken(ctx context.Context, as string) (TokenInfo, error) {
	if c.cfg.AccessToken == "" {
		return TokenInfo{}, &InputError{Field: "access token", Reason: "is missing"}
	}
	var ans struct {
		Data struct {
			AppID       String   `json:"app_id"`
			Application String   `json:"application"`
			Type        String   `json:"type"`
			Valid       bool     `json:"is_valid"`
			UserID      String   `json:"user_id"`
			Issued      Int      `json:"issued_at"`
			Expires     Int      `json:"expires_at"`
			Scopes      []String `json:"scopes"`
			Granular    []struct {
				Scope   String   `json:"scope"`
				Targets []String `json:"target_ids"`
			} `json:"granular_scopes"`
			Error *struct {
				Code    Int    `json:"code"`
				Message String `json:"message"`
				Subcode Int    `json:"subcode"`
			} `json:"error"`
		} `json:"data"`
	}
	err := c.retry(ctx, call{
		method: http.MethodGet, path: []string{"debug_token"}, query: url.Values{"input_token": {c.cfg.AccessToken}},
		token: as, again: true,
	}, &ans)
	if err != nil {
		return TokenInfo{}, err
	}
	d := ans.Data
	t := TokenInfo{
		Valid: d.Valid, AppID: string(d.AppID), Application: string(d.Application), Type: string(d.Type), UserID: string(d.UserID),
		Scopes: texts(d.Scopes), Issued: unix(d.Issued), Expires: unix(d.Expires),
	}
	for _, g := range d.Granular {
		t.Granular = append(t.Granular, GranularScope{string(g.Scope), texts(g.Targets)})
	}
	if d.Error != nil {
		t.Err = &Error{HTTPStatus: http.StatusOK, Type: "OAuthException", Code: int(d.Error.Code), Subcode: int(d.Error.Subcode), Message: string(d.Error.Message)}
	}
	return t, nil
}

func texts(in []String) []string {
	var out []string
	for _, s := range in {
		out = append(out, string(s))
	}
	return out
}

func unix(n Int) time.Time {
	if n <= 0 {
		return time.Time{}
	}
	return time.Unix(int64(n), 0).UTC()
}
