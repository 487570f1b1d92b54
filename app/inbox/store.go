package inbox

import (
	"context"
	"time"

	"shopbell/app"
)

// Journal is where webhooks wait, as they came, until they are applied.
type Journal interface {
	// Pending gives entries that wait, oldest first.
	Pending(ctx context.Context, limit int) ([]app.JournalEntry, error)
	// Mark records what became of entries. Marking twice does no harm.
	Mark(ctx context.Context, marks []app.JournalMark) error
	// Arrivals gets a value (never blocks, may be merged) after entries were added by this process.
	Arrivals() <-chan struct{}
	// Replay makes entries in the given states pending again and tells how many.
	Replay(ctx context.Context, states ...app.JournalState) (int, error)
}

// Store keeps what the inbox shows. Each method is whole: it happens or it does not.
type Store interface {
	// ApplyFacts applies facts in one transaction, idempotently. The answer has one error a fact: nil when applied (now or before),
	// an app.Error of CodeNotFound when its account is not here. An error of the call itself means that nothing was applied.
	ApplyFacts(ctx context.Context, facts []app.Fact) ([]error, error)
	// Queue writes the message row and the outbox row in one transaction and gives the message.
	Queue(ctx context.Context, out app.Outgoing) (app.Message, error)
	// AddNote writes a note for the team.
	AddNote(ctx context.Context, conversation app.ID, staff app.ID, text string) (app.Message, error)

	// Conversations lists, newest first, after the key (nil: from the top).
	Conversations(ctx context.Context, f app.ConversationFilter, after *app.ConversationKey, limit int) ([]app.Conversation, error)
	Conversation(ctx context.Context, id app.ID) (app.Conversation, error)
	// ConversationsByID gives those that exist, in no order.
	ConversationsByID(ctx context.Context, ids []app.ID) ([]app.Conversation, error)
	// MessagesBefore gives up to limit messages below the key (nil: the newest), in ascending order; MessagesAfter those above it.
	MessagesBefore(ctx context.Context, conversation app.ID, before *app.MessageKey, limit int) ([]app.Message, error)
	MessagesAfter(ctx context.Context, conversation app.ID, after app.MessageKey, limit int) ([]app.Message, error)
	Message(ctx context.Context, id app.ID) (app.Message, error)
	MessageByWamid(ctx context.Context, wamid string) (app.Message, error)
	// TemplateBefore gives the newest template message that went out after since and not after at, unless it failed or was taken back.
	TemplateBefore(ctx context.Context, conversation app.ID, at, since time.Time) (app.Message, error)
	// SearchMessages finds messages whose text has all words of the query, each as the beginning of a word, without marks and case, newest first, below the id (0: the newest).
	SearchMessages(ctx context.Context, query string, before app.ID, limit int) ([]app.Message, error)
	// SearchConversations finds conversations by name, phone or username.
	SearchConversations(ctx context.Context, query string, limit int) ([]app.Conversation, error)
	Counts(ctx context.Context) (app.Counts, error)

	MarkRead(ctx context.Context, conversation app.ID, upTo time.Time) error
	MarkUnread(ctx context.Context, conversation app.ID) error
	SetDraft(ctx context.Context, conversation app.ID, text string) error
	SetClosed(ctx context.Context, conversation app.ID, closed bool) error

	// SetOptOut notes what somebody at the desk says of a contact's wish to be written to; Consents tells who said what, newest first.
	SetOptOut(ctx context.Context, contact app.ID, c app.Consent) error
	Consents(ctx context.Context, contact app.ID) ([]app.Consent, error)

	// MediaToFetch gives messages whose file is not here yet and whose next try is due.
	MediaToFetch(ctx context.Context, now time.Time, limit int) ([]app.Message, error)
	// MediaFetched records the file of a message; MediaFailed the reason and the time of the next try (zero: never).
	MediaFetched(ctx context.Context, message app.ID, sha256 string, mime string, size int64) error
	MediaFailed(ctx context.Context, message app.ID, reason string, next time.Time) error
}
