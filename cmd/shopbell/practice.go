package main

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/meta"
	"shopbell/meta/sandbox"
)

// practice runs the practice account: a small Meta in this process, with customers who answer, reached by HTTP like the real one.
type practice struct {
	desk *desk

	mu      sync.Mutex
	server  *sandbox.Server
	account app.Account // of the server

	fresh chan app.ID // accounts that wait for their templates
}

// open makes the practice account, or brings it back, and starts its server. It is what the first start offers.
func (p *practice) open(ctx context.Context) (app.Account, error) {
	list, err := p.desk.accounts.List(ctx)
	if err != nil {
		return app.Account{}, err
	}
	for _, a := range list {
		if a.Practice {
			if a.Archived {
				if err := p.desk.accounts.Archive(ctx, a.ID, false); err != nil {
					return a, err
				}
			}
			return a, errors.Join(p.furnish(ctx), p.run(ctx, a))
		}
	}
	made := sandbox.New(sandbox.Config{})
	fresh := made.Credentials()
	_ = made.Close()
	a, _, err := p.desk.accounts.Save(ctx, accounts.Draft{
		Name: "Practice", Practice: true, AppID: fresh.AppID, WABAID: fresh.WABAID, PhoneNumberID: fresh.PhoneNumberID,
		AccessToken: fresh.AccessToken, AppSecret: fresh.AppSecret,
	})
	if err != nil {
		return a, err
	}
	return a, errors.Join(p.furnish(ctx), p.run(ctx, a))
}

// resume starts the server again when the desk has a practice account.
func (p *practice) resume(ctx context.Context) error {
	list, err := p.desk.accounts.List(ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.Practice && !a.Archived {
			return p.run(ctx, a)
		}
	}
	return nil
}

// run starts the server with the account's own ids and secrets, and subscribes the desk to it as one does at Meta.
func (p *practice) run(ctx context.Context, a app.Account) error {
	started, err := p.launch(ctx, a)
	if err != nil || !started {
		return err
	}
	_, err = p.desk.accounts.Test(ctx, a.ID, nil) // learns the number's name and state
	return err
}

// launch tells whether the server had to be started.
func (p *practice) launch(ctx context.Context, a app.Account) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.server != nil {
		return false, nil
	}
	if _, listening, err := p.desk.listener.state(); !listening {
		return false, errors.Join(errors.New("the practice account needs the listener"), err)
	}
	cred, err := p.desk.accounts.Credentials(ctx, a)
	if err != nil {
		return false, err
	}
	server := sandbox.New(sandbox.Config{
		AppID: a.AppID, WABAID: a.WABAID, PhoneNumberID: a.PhoneNumberID, DisplayPhoneNumber: a.DisplayPhone, BusinessName: "Practice shop",
		AccessToken: cred.AccessToken, AppSecret: cred.AppSecret, Log: p.desk.log, Lively: true,
	})
	if err := p.remind(ctx, server, a); err != nil {
		_ = server.Close()
		return false, err
	}
	if err := server.Start(context.WithoutCancel(ctx), "127.0.0.1:0"); err != nil {
		_ = server.Close()
		return false, err
	}
	p.server, p.account = server, a
	p.desk.accounts.Forget() // clients made before have no address
	return true, p.subscribe(ctx)
}

// moved tells the practice server, as one would tell Meta, that the listener has another address.
func (p *practice) moved(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.server == nil {
		return nil
	}
	return p.subscribe(ctx)
}

// subscribe gives the practice server the desk's callback address, with Meta's handshake, and turns messages on. Callers hold mu.
func (p *practice) subscribe(ctx context.Context) error {
	cred, err := p.desk.accounts.Credentials(ctx, p.account)
	if err != nil {
		return err
	}
	client := meta.NewClient(meta.Config{
		BaseURL: p.server.URL(), AccessToken: cred.AccessToken, AppID: p.account.AppID, AppSecret: cred.AppSecret, Now: time.Now, Log: p.desk.log,
	})
	if err := client.SubscribeApp(ctx, p.desk.listener.url(), cred.VerifyToken, accounts.Fields); err != nil {
		return err
	}
	return client.Subscribe(ctx, p.account.WABAID, nil)
}

// remind tells a new server of the talks of earlier days: it keeps nothing itself.
func (p *practice) remind(ctx context.Context, server *sandbox.Server, a app.Account) error {
	convs, err := p.desk.store.Conversations(ctx, app.ConversationFilter{AccountID: a.ID}, nil, 200)
	for _, c := range convs {
		server.Remember(c.Contact.Phone(), c.Contact.Name, c.LastInbound)
	}
	return errors.Join(err, p.remindTemplates(ctx, server, a))
}

// remindTemplates tells a new server of the templates that an earlier one had.
func (p *practice) remindTemplates(ctx context.Context, server *sandbox.Server, a app.Account) error {
	rows, err := p.desk.store.Templates(ctx, app.TemplateFilter{AccountID: a.ID, Everything: true, For: operator()})
	if err != nil {
		return err
	}
	for _, r := range rows {
		t, err := p.desk.store.Template(ctx, r.ID)
		if err != nil {
			return err
		}
		if !t.Linked() || t.Remote == nil {
			continue
		}
		comps, err := json.Marshal(t.Remote.Components)
		if err != nil {
			return err
		}
		if err := server.RememberTemplate(sandbox.KnownTemplate{
			ID: t.MetaID, Name: t.Remote.Name, Language: t.Remote.Language, Category: string(t.Remote.Category), Status: string(t.MetaStatus),
			Reason: t.Reason, Quality: t.Quality, ParameterFormat: string(t.Remote.ParameterFormat), Components: comps, Updated: t.SyncedAt,
		}); err != nil {
			return err
		}
	}
	return nil
}

// url is the practice server's API; while it does not run, an address where nothing answers.
func (p *practice) url() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.server == nil {
		return "http://127.0.0.1:1/v26.0"
	}
	return p.server.URL()
}

func (p *practice) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.server != nil {
		_ = p.server.Close()
		p.server = nil
	}
}
