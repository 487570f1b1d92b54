package accounts

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"shopbell/app"
	"shopbell/app/redact"
	"shopbell/meta"
)

// Draft is what a person (or account add) gives of an account, secrets included.
type Draft struct {
	ID            app.ID `json:"-"` // 0: a new one
	Name          string `json:"name"`
	AppID         string `json:"app_id"`
	WABAID        string `json:"waba_id"`
	PhoneNumberID string `json:"phone_number_id"`
	AccessToken   string `json:"access_token"` // "" keeps the one in the keyring
	AppSecret     string `json:"app_secret"`   // "" keeps the one in the keyring
	VerifyToken   string `json:"verify_token"` // "" keeps or makes one
	Practice      bool   `json:"-"`
}

// Config is what the service needs of the world.
type Config struct {
	Store   Store
	Secrets Secrets
	// Graph gives the base URL of Meta's API for an account, version included.
	Graph func(app.Account) string
	HTTP  *http.Client // nil: the client's own
	Now   func() time.Time
	Log   *slog.Logger
}

// Service connects accounts and knows their secrets.
type Service struct {
	c Config

	mu      sync.Mutex
	creds   map[app.ID]app.Credentials // read from the keyring once
	clients map[app.ID]*meta.Client
	list    []app.Account // nil: read again
	looked  time.Time     // when an unknown account last made the list be read again
}

// New makes the service. It reads nothing yet.
func New(c Config) *Service {
	return &Service{c: c, creds: map[app.ID]app.Credentials{}, clients: map[app.ID]*meta.Client{}}
}

// Forget drops what was read of accounts and the keyring, so that a change made by another process is seen.
func (s *Service) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = nil
	s.creds = map[app.ID]app.Credentials{}
	s.clients = map[app.ID]*meta.Client{}
}

// List gives all accounts, in the order of their making.
func (s *Service) List(ctx context.Context) ([]app.Account, error) {
	s.mu.Lock()
	list := s.list
	s.mu.Unlock()
	if list != nil {
		return list, nil
	}
	list, err := s.c.Store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.list = list
	s.mu.Unlock()
	return list, nil
}

// ByName finds an account by its name or by its phone number id.
func (s *Service) ByName(ctx context.Context, name string) (app.Account, error) {
	list, err := s.List(ctx)
	if err != nil {
		return app.Account{}, err
	}
	var names []string
	for _, a := range list {
		if strings.EqualFold(a.Name, name) || a.PhoneNumberID == name {
			return a, nil
		}
		names = append(names, "“"+a.Name+"”")
	}
	e := &app.Error{Code: app.CodeNotFound, Message: "There is no account called “" + name + "”.", Mend: "Add one first, in the window or with shopbell account add."}
	if len(names) > 0 {
		e.Mend = "The accounts here are: " + strings.Join(names, ", ") + "."
	}
	return app.Account{}, e
}

// Save adds an account, or changes one when the draft has its ID. The secrets go to the keyring before the account is stored, so that an account
// without secrets never exists.
func (s *Service) Save(ctx context.Context, d Draft) (app.Account, app.Credentials, error) {
	d, cred, err := s.complete(ctx, d)
	if err != nil {
		return app.Account{}, cred, err
	}
	a := app.Account{CreatedAt: s.c.Now()}
	if d.ID != 0 {
		if a, err = s.c.Store.Account(ctx, d.ID); err != nil {
			return a, cred, err
		}
	}
	if err = s.free(ctx, d); err != nil {
		return a, cred, err
	}
	key := secretKey(d.PhoneNumberID)
	before, errBefore := s.c.Secrets.Get(ctx, key)
	if err = s.putCredentials(ctx, key, cred); err != nil {
		return a, cred, err
	}
	moved := a.PhoneNumberID != "" && a.PhoneNumberID != d.PhoneNumberID
	old := a.PhoneNumberID
	if moved || a.WABAID != d.WABAID {
		a.DisplayPhone, a.VerifiedName, a.Quality, a.Limit, a.LastTest = "", "", "", "", nil
		a.Throughput, a.OnPhoneApp = "", false
	}
	a.Name, a.AppID, a.WABAID, a.PhoneNumberID, a.Practice = d.Name, d.AppID, d.WABAID, d.PhoneNumberID, d.Practice
	saved, err := s.c.Store.SaveAccount(ctx, a)
	if err != nil {
		// The keyring is put back as it was: a refused account must not change the secrets of the one that has the number.
		if errBefore == nil {
			_ = s.c.Secrets.Set(ctx, key, before)
		} else if !errors.Is(err, context.Canceled) {
			_ = s.c.Secrets.Delete(ctx, key)
		}
		return a, cred, err
	}
	if moved {
		_ = s.c.Secrets.Delete(ctx, secretKey(old))
	}
	s.Forget()
	if n, errReplay := s.c.Store.ReplayIgnored(ctx); errReplay != nil {
		s.c.Log.Warn("ignored webhooks could not be replayed", "err", errReplay)
	} else if n > 0 {
		s.c.Log.Info("ignored webhooks are applied again for the new account", "count", n)
	}
	return saved, cred, nil
}

// Archive takes an account out of sight, or brings it back. Its messages stay, and its webhooks still come in.
func (s *Service) Archive(ctx context.Context, id app.ID, archived bool) error {
	a, err := s.c.Store.Account(ctx, id)
	if err != nil {
		return err
	}
	a.Archived = archived
	_, err = s.c.Store.SaveAccount(ctx, a)
	s.Forget()
	return err
}

// VerifyToken gives the token that Meta must repeat in the handshake, for the form's copy button.
func (s *Service) VerifyToken(ctx context.Context, id app.ID) (string, error) {
	a, err := s.c.Store.Account(ctx, id)
	if err != nil {
		return "", err
	}
	c, err := s.Credentials(ctx, a)
	return c.VerifyToken, err
}

// Credentials reads an account's secrets from the keyring, once.
func (s *Service) Credentials(ctx context.Context, a app.Account) (app.Credentials, error) {
	s.mu.Lock()
	c, ok := s.creds[a.ID]
	s.mu.Unlock()
	if ok {
		return c, nil
	}
	raw, err := s.c.Secrets.Get(ctx, secretKey(a.PhoneNumberID))
	if err != nil {
		return c, &app.Error{
			Code: app.CodeSecrets, Cause: err,
			Message: "The secrets of “" + a.Name + "” could not be read from the keyring.",
			Mend:    "Unlock the keyring, or open the account and paste its access token and app secret again.",
		}
	}
	if err = json.Unmarshal([]byte(raw), &c); err != nil {
		return c, &app.Error{
			Code:    app.CodeSecrets,
			Message: "What the keyring holds for “" + a.Name + "” is not readable.",
			Mend:    "Open the account and paste its access token and app secret again.",
		}
	}
	redact.Add(c.AccessToken)
	redact.Add(c.AppSecret)
	s.mu.Lock()
	s.creds[a.ID] = c
	s.mu.Unlock()
	return c, nil
}

// Client gives the account's client of Meta's API.
func (s *Service) Client(ctx context.Context, id app.ID) (*meta.Client, error) {
	s.mu.Lock()
	client := s.clients[id]
	s.mu.Unlock()
	if client != nil {
		return client, nil
	}
	a, err := s.c.Store.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := s.Credentials(ctx, a)
	if err != nil {
		return nil, err
	}
	client = s.client(a, c)
	s.mu.Lock()
	s.clients[id] = client
	s.mu.Unlock()
	return client, nil
}

func (s *Service) client(a app.Account, c app.Credentials) *meta.Client {
	return meta.NewClient(meta.Config{
		BaseURL: s.c.Graph(a), AccessToken: c.AccessToken, AppID: a.AppID, AppSecret: c.AppSecret,
		HTTP: s.c.HTTP, Now: s.c.Now, Log: s.c.Log,
	})
}

// complete trims and checks a draft and fills in what it leaves to the keyring.
func (s *Service) complete(ctx context.Context, d Draft) (Draft, app.Credentials, error) {
	for _, f := range []*string{&d.Name, &d.AppID, &d.WABAID, &d.PhoneNumberID, &d.AccessToken, &d.AppSecret, &d.VerifyToken} {
		*f = strings.TrimSpace(*f)
	}
	var c app.Credentials
	if d.ID != 0 {
		a, err := s.c.Store.Account(ctx, d.ID)
		if err != nil {
			return d, c, err
		}
		// A keyring that lost them is no reason to refuse new ones.
		if c, err = s.Credentials(ctx, a); err != nil && (d.AccessToken == "" || d.AppSecret == "") {
			return d, c, err
		}
	}
	if d.AccessToken != "" {
		c.AccessToken = d.AccessToken
	}
	if d.AppSecret != "" {
		c.AppSecret = d.AppSecret
	}
	if d.VerifyToken != "" {
		c.VerifyToken = d.VerifyToken
	}
	redact.Add(c.AccessToken)
	redact.Add(c.AppSecret)
	if c.VerifyToken == "" {
		c.VerifyToken = rand.Text()
	}
	return d, c, check(d, c)
}

// free tells whether no other account has the draft's name or number.
func (s *Service) free(ctx context.Context, d Draft) error {
	list, err := s.c.Store.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		switch {
		case a.ID == d.ID:
		case a.PhoneNumberID == d.PhoneNumberID:
			return &app.Error{
				Code:    app.CodeConflict,
				Message: "The account “" + a.Name + "” already has the phone number ID " + d.PhoneNumberID + ".",
				Mend:    "Open that account to change it, or correct the phone number ID.",
			}
		case strings.EqualFold(a.Name, d.Name):
			return &app.Error{Code: app.CodeConflict, Message: "There already is an account called “" + a.Name + "”.", Mend: "Choose another name."}
		}
	}
	return nil
}

// check says what of a draft can't be right, naming the field.
func check(d Draft, c app.Credentials) error {
	wrong := func(message, mend string) error {
		return &app.Error{Code: app.CodeInvalid, Message: message, Mend: mend}
	}
	for _, f := range []struct{ value, name, where string }{
		{d.Name, "name", "Give the account a name of your own, such as “Madrid shop”."},
		{d.PhoneNumberID, "phone number ID", "Meta shows it in your app under WhatsApp › API Setup."},
		{d.WABAID, "business account ID", "Meta shows it in your app under WhatsApp › API Setup."},
		{d.AppID, "app ID", "Meta shows it at the top of your app's page."},
		{c.AccessToken, "access token", "Make one for a system user in Business settings, or copy the temporary one from API Setup."},
		{c.AppSecret, "app secret", "Meta shows it in your app under App settings › Basic."},
	} {
		if f.value == "" {
			return wrong("The "+f.name+" is missing.", f.where)
		}
		if strings.ContainsAny(f.value, "\n\r\t\x00") {
			return wrong("The "+f.name+" has a line break or a tab in it.", "Copy it again, in one piece.")
		}
	}
	if len([]rune(d.Name)) > 80 {
		return wrong("The name is longer than 80 letters.", "Choose a shorter one.")
	}
	for _, f := range []struct{ value, name string }{
		{d.PhoneNumberID, "phone number ID"}, {d.WABAID, "business account ID"}, {d.AppID, "app ID"},
	} {
		if app.Digits(f.value) != f.value || len(f.value) > 25 {
			return wrong("The "+f.name+" “"+f.value+"” is not one of Meta's ids: they are digits only.", "Copy it again from WhatsApp › API Setup. The phone number ID is not the phone number itself.")
		}
	}
	if d.PhoneNumberID == d.WABAID {
		return wrong("The phone number ID and the business account ID are the same.", "They stand next to each other in API Setup; copy each one.")
	}
	if strings.ContainsRune(c.AccessToken, ' ') {
		return wrong("The access token has a space in it.", "Copy it again, in one piece.")
	}
	return nil
}

func (s *Service) putCredentials(ctx context.Context, key string, c app.Credentials) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err = s.c.Secrets.Set(ctx, key, string(raw)); err != nil {
		if app.ErrorCode(err) != "" {
			return err
		}
		return &app.Error{
			Code: app.CodeSecrets, Cause: err,
			Message: "The secrets could not be put into the keyring.",
			Mend:    "Unlock the keyring of this computer and try again. Nothing was saved.",
		}
	}
	return nil
}

// secretKey names an account's secrets in the keyring: by the number's id, which is the same on every desk.
func secretKey(phoneNumberID string) string { return "account/" + phoneNumberID }
