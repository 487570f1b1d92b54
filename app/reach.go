package app

import "time"

// Reach is what counts of a contact when something is to be sent to it from an account.
type Reach struct {
	ContactID   ID
	Phone       string    // digits; "" when Meta has not told it
	UserID      string    // business-scoped user id of the account's portfolio; "" if none
	OptOut      string    // "", OptOutMarketing or OptOutAll
	LastInbound time.Time // zero if the customer never wrote to the account
	FreeEntry   time.Time // when the free entry point ends; zero if there is none
	CappedUntil time.Time // marketing is held back by Meta for this person's sake (131049) until then; zero if not
}

// HoldsBack tells whether the opt-out of a contact holds back templates of a category.
func (r Reach) HoldsBack(category string) bool {
	return r.OptOut == OptOutAll || r.OptOut == OptOutMarketing && category == "MARKETING"
}
