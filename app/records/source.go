package records

import (
	"context"

	"shopbell/app"
)

// Want asks for some fields of some records of one type.
type Want struct {
	Type   string
	IDs    []string
	Fields []string
}

// Reader reads records. One call serves everything that is wanted at one level of paths; what isn't there is left out of the answer.
type Reader interface {
	Read(ctx context.Context, wants []Want) (map[Ref]Record, error)
}

// Source is where records come from: the shop's own, or another system's.
type Source interface {
	Reader
	// Catalog gives the types and their fields.
	Catalog(ctx context.Context) (Catalog, error)
	// Search finds at most limit records of a type by words of their title, detail or phone number, newest first; "" finds the newest.
	Search(ctx context.Context, typ, query string, limit int) ([]Record, error)
	// Document gives the record's own paper, such as the PDF of an invoice; ErrNoDocument when it has none.
	Document(ctx context.Context, ref Ref) (Document, error)
	// PortalLinks gives for each id the page on which the customer sees the record; nothing where there is none.
	PortalLinks(ctx context.Context, typ string, ids []string) (map[string]string, error)
	// Note writes into the record's history that something was sent; sources that keep none do nothing.
	Note(ctx context.Context, ref Ref, text string) error
}

// Document is a record as a file.
type Document struct {
	Name string
	MIME string
	Data []byte
}

// ErrNoDocument is answered by sources for records that have no paper of their own.
var ErrNoDocument error = &app.Error{
	Code: app.CodeNotFound, Message: "This record has no document.", Mend: "Attach a file to the template or choose another header.",
}
