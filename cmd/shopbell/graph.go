package main

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"shopbell/app"
	"shopbell/meta"
)

// settingGraphVersion is where the person's own choice of Meta's API version is kept. A flag or the environment stands above it.
const settingGraphVersion = "graph_version"

// versionForm is how Meta writes a version of the Graph API (Meta: Graph API, Versioning).
var versionForm = regexp.MustCompile(`^v[1-9][0-9]{0,2}\.[0-9]$`)

// graphAddress is where Meta's API is: as the flag says, else with the version of the settings.
type graphAddress struct {
	flag    string
	version atomic.Pointer[string]
}

// url is the address with its version.
func (g *graphAddress) url() string {
	v := g.version.Load()
	if g.flag != meta.DefaultBaseURL || v == nil || *v == "" {
		return g.flag
	}
	return g.flag[:strings.LastIndexByte(g.flag, '/')+1] + *v
}

// load reads the setting anew, and tells whether the address is another one now.
func (d *desk) loadGraph(ctx context.Context) (changed bool, err error) {
	before := d.graphAt.url()
	v, err := d.store.Setting(ctx, settingGraphVersion)
	if err != nil {
		return false, err
	}
	if v != "" && !versionForm.MatchString(v) {
		v = ""
	}
	d.graphAt.version.Store(&v)
	return d.graphAt.url() != before, nil
}

// setGraphVersion keeps another version of Meta's API, such as v27.0, and uses it from the next request on. "" is the one that this program knows best.
func (d *desk) setGraphVersion(ctx context.Context, v string) error {
	v = strings.ToLower(strings.TrimSpace(v))
	if v != "" && v[0] != 'v' {
		v = "v" + v
	}
	if v != "" && !versionForm.MatchString(v) {
		return &app.Error{
			Code: app.CodeInvalid, Message: "“" + v + "” is not a version of Meta's API.",
			Mend: "Write it as Meta does, such as " + defaultGraphVersion() + ", or leave it empty.",
		}
	}
	if err := d.store.SetSetting(ctx, settingGraphVersion, v); err != nil {
		return err
	}
	return d.applyGraph(ctx)
}

// graphVersion tells which version was chosen ("" for none), which one stands without a choice, and whether a flag stands above both.
func (d *desk) graphVersion() (now, byDefault string, fixed bool) {
	if v := d.graphAt.version.Load(); v != nil {
		now = *v
	}
	return now, defaultGraphVersion(), d.graphAt.flag != meta.DefaultBaseURL
}

func (d *desk) applyGraph(ctx context.Context) error {
	changed, err := d.loadGraph(ctx)
	if changed {
		d.accounts.Forget() // their clients speak to the old address
	}
	return err
}

func defaultGraphVersion() string {
	return meta.DefaultBaseURL[strings.LastIndexByte(meta.DefaultBaseURL, '/')+1:]
}

// follow drops what is remembered of accounts and of the API's version when somebody, here or in another process, changes them.
func (d *desk) follow(ctx context.Context) error {
	changes, cancel := d.store.Subscribe(app.TopicAccounts, app.TopicSettings)
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			return nil
		case c, ok := <-changes:
			if !ok {
				return errors.New("the change feed ended")
			}
			if c.Has(app.TopicAccounts) {
				d.accounts.Forget()
			}
			if c.Has(app.TopicSettings) {
				if err := d.applyGraph(ctx); err != nil && ctx.Err() == nil {
					d.log.Warn("the version of Meta's API could not be read", "err", err)
				}
			}
		}
	}
}

// tidy removes what a killed run left half written.
func (d *desk) tidy(context.Context) error {
	if n, err := d.files.Sweep(time.Now().Add(-24 * time.Hour)); err != nil {
		d.log.Warn("half-written files could not be removed", "err", err)
	} else if n > 0 {
		d.log.Info("half-written files were removed", "files", n)
	}
	return nil
}
