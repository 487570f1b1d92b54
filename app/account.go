package app

import "time"

// Account is one WhatsApp Business number connected to the desk. Its secrets are not here: see Credentials.
type Account struct {
	ID            ID
	Name          string // as the shop calls it; unique among the accounts
	AppID         string
	WABAID        string // WhatsApp Business Account
	PhoneNumberID string // Meta's id of the number; unique among the accounts
	DisplayPhone  string // as Meta writes it, such as "+34 919 01 00 22"; "" until the first test
	VerifiedName  string // the display name that customers see; "" until the first test
	Quality       string // GREEN YELLOW RED UNKNOWN, or "" (Meta: phone number, quality_rating)
	Limit         string // TIER_250 … TIER_UNLIMITED, or "" (Meta: whatsapp_business_manager_messaging_limit)
	Throughput    string // STANDARD HIGH NOT_APPLICABLE, or "" (Meta: phone number, throughput)
	OnPhoneApp    bool   // the number is also used with the phone app, which slows it down (Meta: is_on_biz_app)
	Practice      bool   // the sandbox in this process, not Meta
	Archived      bool
	LastWebhook   time.Time // when the last webhook for this number was applied; zero if none
	LastTest      []Check   // what the last connection test found; nil if there was none
	LastTestAt    time.Time
	CreatedAt     time.Time
}

// CallbackPath is where Meta must deliver an account's webhooks, under the public address of the listener.
const CallbackPath = "/webhook"

// Credentials are an account's secrets. They live in the keyring only.
type Credentials struct {
	AccessToken string `json:"access_token"`
	AppSecret   string `json:"app_secret"`
	VerifyToken string `json:"verify_token"`
}

// Check is one line of a connection test or of the doctor.
type Check struct {
	Account string `json:"account"` // the account's name; "" for the program's own checks
	ID      string `json:"id"`      // stable name, such as "token" or "listener"
	OK      bool   `json:"ok"`
	Warning bool   `json:"warning,omitempty"` // true when it works but needs somebody's eye soon
	What    string `json:"what"`              // what was checked, such as "Access token"
	Why     string `json:"why"`               // what was found, in plain words
	Mend    string `json:"mend"`              // what to do; "" when OK
	Code    string `json:"code"`              // Meta's error code or a word of ours; "" when OK
}

// Failed tells whether any check failed.
func Failed(checks []Check) bool {
	for _, c := range checks {
		if !c.OK {
			return true
		}
	}
	return false
}
