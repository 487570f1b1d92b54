package sandbox

import (
	"log/slog"
	"math/rand/v2"
	"time"
)

// Config describes one practice account. The zero value is a complete one: what is empty is made up realistically.
type Config struct {
	AppID              string // digits
	WABAID             string // digits
	PhoneNumberID      string // digits
	DisplayPhoneNumber string // as people write it, e.g. "+1 555-014-2368"
	BusinessName       string // verified name and name of the account
	AccessToken        string // a system user's token with every WhatsApp permission
	AppSecret          string // 32 hex digits; signs webhooks

	Now  func() time.Time // the clock of windows, rates and expiry; time.Now when nil
	Rand *rand.Rand       // every random choice; seeded from the system when nil. The server alone may use it.
	Log  *slog.Logger     // discards when nil; tokens, secrets and texts are never logged

	Pace   Pace   // delays of statuses, replies and retries; zero means DefaultPace
	Limits Limits // rate limits; zero means DefaultLimits
	Lively bool   // the cast writes first and answers

	Shape        Shape    // generation of the webhook payloads; Shape2026 when empty
	Batch        int      // most updates in one webhook body; 0 means 8, 1 never batches
	InFlight     int      // webhook requests at once to one callback; 0 means 8
	RequireProof bool     // appsecret_proof is demanded, like the app setting "require app secret"
	HoldReview   bool     // templates stay in review until the control interface decides
	Unverified   bool     // the business is not verified: 250 templates at most
	SyncWindow   bool     // a closed customer-service window is refused in the answer (131047) instead of by a failed status
	AllowList    []string // when not empty, the only recipients of this test number (131030 for others)
	FetchLinks   bool     // fetch media links on every host; otherwise only on loopback hosts, others are believed
}

// Shape is a generation of webhook payloads (Meta: webhook versions; business-scoped user ids).
type Shape string

// The generations that can be had.
const (
	Shape2026 Shape = "2026" // business-scoped user ids, contacts in statuses
	Shape24   Shape = "v24"  // no user ids, no conversation object
	Shape23   Shape = "v23"  // as v24, with the conversation object in statuses
)

// Pace says how long things take. Each delay is stretched or shortened at random by up to Jitter (0.3 = 30 %).
type Pace struct {
	Sent      time.Duration // from acceptance to the sent status
	Delivered time.Duration // from sent to delivered
	Read      time.Duration // from delivered to read
	Reply     time.Duration // from read to the answer of a lively customer
	First     time.Duration // between the first messages of the cast
	Retry     time.Duration // before the first retry of a refused webhook; doubles each time
	RetryMax  time.Duration // the longest wait between two retries
	Hold      time.Duration // how long shuffled webhooks wait for companions
	Review    time.Duration // of a template; zero means as long as Read
	Jitter    float64       // 0 to 1
}

// DefaultPace is the pace of a friendly afternoon.
func DefaultPace() Pace {
	return Pace{
		Sent: 300 * time.Millisecond, Delivered: 700 * time.Millisecond, Read: 3 * time.Second, Reply: 5 * time.Second,
		First: 6 * time.Second, Review: 4 * time.Second, Retry: time.Second, RetryMax: time.Minute, Hold: 3 * time.Second, Jitter: 0.4,
	}
}

// QuickPace is for tests: everything follows at once, retries after a few milliseconds.
func QuickPace() Pace {
	return Pace{
		Sent: 1, Delivered: 1, Read: 1, Reply: 1, First: 1,
		Retry: 2 * time.Millisecond, RetryMax: 20 * time.Millisecond, Hold: 200 * time.Millisecond,
	}
}

// Limits are Meta's rate limits. A negative number turns a limit off.
type Limits struct {
	PerSecond  int           // messages sent a second and number (130429); Meta counts inbound ones too, which nobody here can slow down
	PairEvery  time.Duration // one message to one customer each PairEvery in the long run (131056)
	PairBurst  int           // most messages to one customer within one PairEvery
	PairSlack  int           // messages that may be borrowed outside a burst before a silence is due
	Hourly     int           // management calls an hour and business account (80007)
	Register   int           // register and deregister calls a number in 72 hours (133016)
	CreateHour int           // templates created an hour (2388019)
	Templates  int           // templates in all (2388019); 0 means 6,000, or 250 for a business that is not verified
}

// DefaultLimits are the published numbers (Meta: Cloud API throughput, pair rate limits, registration; spring 2026). PairSlack is
// this server's: Meta says only that a burst is borrowed from the future and that after twenty messages about two minutes are due.
func DefaultLimits() Limits {
	return Limits{PerSecond: 80, PairEvery: 6 * time.Second, PairBurst: 45, PairSlack: 20, Hourly: 5000, Register: 10, CreateHour: 100}
}

// NoLimits turns every rate limit off.
func NoLimits() Limits {
	return Limits{PerSecond: -1, PairEvery: -1, PairBurst: -1, PairSlack: -1, Hourly: -1, Register: -1, CreateHour: -1, Templates: -1}
}

// Credentials are what a client needs to connect; the JSON form is what cmd/sandbox prints.
type Credentials struct {
	URL                string `json:"url"`
	AppID              string `json:"app_id"`
	WABAID             string `json:"waba_id"`
	PhoneNumberID      string `json:"phone_number_id"`
	DisplayPhoneNumber string `json:"display_phone_number"`
	AccessToken        string `json:"access_token"`
	AppSecret          string `json:"app_secret"`
}
