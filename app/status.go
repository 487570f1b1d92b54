package app

// Status is how far a message has come. It only rises: see Merge.
type Status string

// The statuses of a message. Inbound messages are StatusReceived, notes StatusNoted, for good.
const (
	StatusQueued    Status = "queued"    // written here, waits its turn
	StatusSending   Status = "sending"   // the request is under way
	StatusUnknown   Status = "unknown"   // the request went out and its answer never came; the status webhook or a person settles it
	StatusAccepted  Status = "accepted"  // Meta answered with an id
	StatusSent      Status = "sent"      // Meta handed it to WhatsApp
	StatusDelivered Status = "delivered" // it reached a device
	StatusRead      Status = "read"      // it was seen
	StatusPlayed    Status = "played"    // a voice note was heard
	StatusFailed    Status = "failed"
	StatusCancelled Status = "cancelled" // taken back before it was sent
	StatusReceived  Status = "received"
	StatusNoted     Status = "noted"
)

var statusRank = map[Status]int{
	StatusQueued: 1, StatusSending: 2, StatusUnknown: 3, StatusAccepted: 4, StatusSent: 5,
	StatusFailed: 6, StatusCancelled: 6,
	StatusDelivered: 7, StatusRead: 8, StatusPlayed: 9,
	StatusReceived: 10, StatusNoted: 10,
}

// Rank orders the statuses; 0 is one that we do not know. Failed ranks above sent and below delivered: a message that reached
// a device is delivered, whatever else is reported of it (Meta: several devices may report differently).
func (s Status) Rank() int { return statusRank[s] }

// Merge gives the status of a message of which both are reported, whichever came first. It is commutative, associative and idempotent,
// so events may come twice, late and in any order.
func (s Status) Merge(other Status) Status {
	if other.Rank() > s.Rank() || (other.Rank() == s.Rank() && other > s) {
		return other
	}
	return s
}

// Final tells whether nothing more is expected that a waiting person would care about.
func (s Status) Final() bool {
	return s.Rank() >= StatusFailed.Rank()
}
