package app

// Topic names a kind of row that changed.
type Topic string

// The topics of the change feed.
const (
	TopicAccounts      Topic = "accounts"
	TopicContacts      Topic = "contacts"
	TopicConversations Topic = "conversations" // ids of conversations: list row, counters, draft …
	TopicMessages      Topic = "messages"      // ids of conversations whose messages changed
	TopicOutbox        Topic = "outbox"        // ids of outbox rows
	TopicTemplates     Topic = "templates"     // ids of templates
	TopicRecords       Topic = "records"       // ids of records; none after an import
	TopicBroadcasts    Topic = "broadcasts"    // ids of broadcasts: state or counts
	TopicJournal       Topic = "journal"       // no ids
	TopicSettings      Topic = "settings"      // no ids
)

// Changes are the ids that changed under each topic since the last time, merged. Missed is true when the reader fell behind
// and should read everything again.
type Changes struct {
	IDs    map[Topic][]ID
	Missed bool
}

// Has tells whether anything under the topic changed.
func (c Changes) Has(t Topic) bool {
	_, ok := c.IDs[t]
	return ok || c.Missed
}

// Feed tells its readers what changed, in this process or another one on the same database. Nobody pushes data: a reader reads again.
// Changes within 50 ms are merged. The channel closes after cancel.
type Feed interface {
	Subscribe(topics ...Topic) (changes <-chan Changes, cancel func())
}
