package shell

import (
	"context"
	"encoding/json"
	"time"

	"shopbell/app"
)

// State is what the window remembers from one day to the next.
type State struct {
	Width          float32 `json:"width,omitempty"`
	Height         float32 `json:"height,omitempty"`
	Tab            Tab     `json:"tab,omitempty"`
	Conversation   app.ID  `json:"conversation,omitempty,string"`
	List           float32 `json:"list,omitempty"`          // width of the list pane
	Panel          float32 `json:"panel,omitempty"`         // width of the contact panel
	PanelHidden    bool    `json:"panel_hidden,omitempty"`  // the person closed the contact panel
	Theme          string  `json:"theme,omitempty"`         // "", "light" or "dark"
	Scale          float32 `json:"scale,omitempty"`         // 0 is 1
	ReturnBreaks   bool    `json:"return_breaks,omitempty"` // Return makes a new line, Ctrl+Return sends
	Template       app.ID  `json:"template,omitempty,string"`
	TemplateTab    int     `json:"template_tab,omitempty"`
	TemplateList   float32 `json:"template_list,omitempty"`   // width of the list of templates
	TemplateFilter string  `json:"template_filter,omitempty"` // what the list shows, as the Templates tab writes it
	TemplateRecord string  `json:"template_record,omitempty"` // what the phone shows the template with
	// What was chosen last when a template was sent: by the type of the records, and from where and in what language.
	Sending      map[string]SendChoice `json:"sending,omitempty"`
	SendAccount  app.ID                `json:"send_account,omitempty,string"`
	SendLanguage string                `json:"send_language,omitempty"`

	RecordType  string            `json:"record_type,omitempty"`
	RecordLooks map[string]string `json:"record_looks,omitempty"` // by type: columns, order and filter, as the Records tab writes them
	RecordPanel float32           `json:"record_panel,omitempty"` // width of the record beside the table
	// RecordCurrency is what amounts were in last, ISO 4217.
	RecordCurrency string `json:"record_currency,omitempty"`

	// Folders are those in which files were chosen last, by what the files were for.
	Folders map[string]string `json:"folders,omitempty"`

	Welcomed bool `json:"welcomed,omitempty"` // the first page was left
}

// SendChoice is what was chosen last for records of a type.
type SendChoice struct {
	Template app.ID `json:"template,omitempty,string"`
	Phone    string `json:"phone,omitempty"` // the field with the number, when it was chosen by a person
}

// Store keeps settings by key.
type Store interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// stateKey is where State is kept.
const stateKey = "window"

// keepDelay is how long changes are gathered before they are written.
const keepDelay = 500 * time.Millisecond

// Keep holds the State and writes it a moment after it changed.
type Keep struct {
	State

	sh     *Shell
	store  Store
	wait   func()
	failed func(error)
}

// LoadState reads the State. What cannot be read is as if it had never been set.
func LoadState(ctx context.Context, store Store) (State, error) {
	var s State
	raw, err := store.Setting(ctx, stateKey)
	if err != nil || raw == "" {
		return s, err
	}
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		return State{}, err
	}
	return s, nil
}

// NewKeep makes the keeper of a state. failed hears of what could not be written.
func NewKeep(sh *Shell, store Store, s State, failed func(error)) *Keep {
	return &Keep{State: s, sh: sh, store: store, failed: failed}
}

// Changed has the state written soon.
func (k *Keep) Changed() {
	if k.wait != nil {
		return
	}
	k.wait = k.sh.After(keepDelay, func() {
		k.wait = nil
		k.write(k.sh.Base)
	})
}

// Flush writes at once what still waits, and returns what must be awaited before the store closes.
func (k *Keep) Flush(ctx context.Context) error {
	if k.wait == nil {
		return nil
	}
	k.wait()
	k.wait = nil
	raw, err := json.Marshal(k.State)
	if err != nil {
		return err
	}
	return k.store.SetSetting(ctx, stateKey, string(raw))
}

func (k *Keep) write(ctx context.Context) {
	raw, err := json.Marshal(k.State)
	if err != nil {
		k.failed(err)
		return
	}
	k.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		return nil, k.store.SetSetting(ctx, stateKey, string(raw))
	}, k.failed)
}
