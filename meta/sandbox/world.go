package sandbox

import (
	"strings"
	"time"
)

// world is everything the practice account knows; Server.mu guards it. A reset replaces it.
type world struct {
	wabaID     string
	waba       wabaState
	phones     []*phone
	customers  map[string]*customer // by wa_id
	byUser     map[string]*customer // by business-scoped user id
	cast       []*castMember
	sent       []*outgoing
	sentByID   map[string]*outgoing
	inbound    map[string]*incoming
	templates  []*template
	deleted    map[string]time.Time // name and language of deleted approved templates
	media      map[string]*mediaFile
	uploads    map[string]*uploadSession
	samples    map[string]*headerSample
	plans      []planned // what is to happen to templates
	handles    map[string]*uploadSession
	faults     []*fault
	pairs      map[string]*pairState
	hour       hourCount
	creations  []time.Time
	holdReview bool // new and edited templates stay in review
	silent     bool // a control call wants no webhooks
	expired    int  // calls that still meet an expired token; -1 without end
}

type wabaState struct {
	name              string
	timezone          string
	namespace         string
	insights          bool
	marketingDisabled bool
}

// phone is one business number.
type phone struct {
	id            string
	display       string
	name          string
	newName       string
	newNameStatus string
	verified      bool
	codeAsked     bool
	registered    bool
	pin           string
	pinGuesses    int
	movesAt       []time.Time // register and deregister calls
	onboarded     time.Time
	override      *override
	profile       map[string]any
	automation    map[string]any
	commerce      map[string]any
	settings      map[string]any
	username      string
	qr            []*qrCode
	blocked       []string // wa_ids in the order they were blocked
	bucket        bucket
}

func (p *phone) digits() string { return onlyDigits(p.display) }

type override struct{ url, token string }

type qrCode struct{ code, text, image string }

// customer is one person with WhatsApp.
type customer struct {
	waID       string
	userID     string
	name       string
	username   string
	hideNumber bool                 // username adopters: webhooks carry no number
	lastIn     map[string]time.Time // by phone number id: when they last wrote
	optedOut   bool
	lastMsg    map[string]string // their last message's id, by phone number id
}

func newWorld(cfg Config, cred Credentials, d *dice, now time.Time) *world {
	w := &world{
		wabaID:    cred.WABAID,
		waba:      wabaState{name: cfg.BusinessName, timezone: "1", namespace: strings.ReplaceAll(d.str(hexLow, 8)+"_"+d.str(hexLow, 4)+"_"+d.str(hexLow, 4)+"_"+d.str(hexLow, 12), " ", "")},
		customers: map[string]*customer{}, byUser: map[string]*customer{}, sentByID: map[string]*outgoing{}, inbound: map[string]*incoming{},
		deleted: map[string]time.Time{}, media: map[string]*mediaFile{}, uploads: map[string]*uploadSession{}, handles: map[string]*uploadSession{}, samples: map[string]*headerSample{},
		pairs: map[string]*pairState{},
	}
	w.phones = []*phone{{
		id: cred.PhoneNumberID, display: cred.DisplayPhoneNumber, name: cfg.BusinessName, verified: true, registered: true,
		onboarded: now.Add(-40 * 24 * time.Hour),
	}}
	w.holdReview = cfg.HoldReview
	w.templates = w.starterTemplates(d, now)
	return w
}

func (w *world) phone(id string) *phone {
	for _, p := range w.phones {
		if p.id == id {
			return p
		}
	}
	return nil
}

// person returns the customer with this wa_id and makes one when it is new.
func (w *world) person(waID string, d *dice) *customer {
	if c := w.customers[waID]; c != nil {
		return c
	}
	c := &customer{waID: waID, userID: userID(w.wabaID, waID), lastIn: map[string]time.Time{}, lastMsg: map[string]string{}}
	c.name = strangers[d.below(len(strangers))]
	w.customers[waID], w.byUser[c.userID] = c, c
	return c
}

// strangers are profile names of recipients of whom nothing is known.
var strangers = []string{"Anna", "Bình", "Chiara", "Dmitri", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jun", "Kofi", "Léa", "Marta", "Noor", "Olga", "Phúc"}
