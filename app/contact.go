package app

import "time"

// IdentityKind says what sort of name for a person an Identity is.
type IdentityKind string

// The kinds of identity.
const (
	IdentityPhone    IdentityKind = "phone"    // digits with country code, as Meta's wa_id
	IdentityUser     IdentityKind = "user_id"  // business-scoped user id (BSUID); valid in one business portfolio only
	IdentityUsername IdentityKind = "username" // WhatsApp username, changeable
	IdentityGroup    IdentityKind = "group"    // a group's id
)

// Identity is one way by which Meta names a contact.
type Identity struct {
	Kind   IdentityKind
	Scope  string    // for IdentityUser and IdentityUsername the portfolio (the WABA id stands in for it); "" otherwise
	Value  string    // as Meta last wrote it
	Key    string    // by which two spellings are the same: PhoneKey for phones, Value otherwise
	SeenAt time.Time // Meta's time of the newest event that proved it
}

// NewIdentity fills in the key of an identity.
func NewIdentity(kind IdentityKind, scope, value string, seen time.Time) Identity {
	key := value
	if kind == IdentityPhone {
		key, scope = PhoneKey(value), ""
	}
	return Identity{Kind: kind, Scope: scope, Value: value, Key: key, SeenAt: seen}
}

// Contact is a person (or a group) who writes to the shop: a set of identities, a name, what the shop knows of them.
type Contact struct {
	ID         ID
	Name       string // the profile name or what staff called them; may be ""
	Identities []Identity
	OptOut     bool // asked for no more marketing (Meta: user_preferences)
	CreatedAt  time.Time
}

// Phone gives the contact's phone number (digits with country code) or "" if Meta has not told it.
func (c Contact) Phone() string { return c.identity(IdentityPhone) }

// UserID gives the contact's business-scoped user id or "".
func (c Contact) UserID() string { return c.identity(IdentityUser) }

// Username gives the contact's WhatsApp username or "".
func (c Contact) Username() string { return c.identity(IdentityUsername) }

// Group gives the group's id or "".
func (c Contact) Group() string { return c.identity(IdentityGroup) }

// Title is what a list calls the contact: name, else formatted phone, else username, else user id.
func (c Contact) Title() string {
	switch {
	case c.Name != "":
		return c.Name
	case c.Phone() != "":
		return FormatPhone(c.Phone())
	case c.Username() != "":
		return "@" + c.Username()
	case c.UserID() != "":
		return c.UserID()
	}
	return c.Group()
}

// identity gives the newest identity of a kind.
func (c Contact) identity(kind IdentityKind) string {
	var best Identity
	for _, i := range c.Identities {
		if i.Kind == kind && (best.Value == "" || i.SeenAt.After(best.SeenAt)) {
			best = i
		}
	}
	return best.Value
}
