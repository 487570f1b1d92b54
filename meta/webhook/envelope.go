package webhook

import (
	"encoding/json"
	"errors"
	"time"

	"shopbell/meta"
)

// envelope is the outside of a body. The handler and Decode read it with the same code, so that what was checked is what is
// applied.
type envelope struct {
	object  string
	entries []json.RawMessage
}

// Why a body is no webhook.
var (
	ErrNotJSON    = errors.New("webhook: body is not JSON")
	ErrNotWebhook = errors.New("webhook: body is JSON, but not a webhook")
)

func openEnvelope(raw []byte) (envelope, error) {
	if !json.Valid(raw) {
		return envelope{}, ErrNotJSON
	}
	o, err := objectOf(raw)
	if err != nil {
		return envelope{}, ErrNotWebhook
	}
	list := o.get("entry")
	if len(list) == 0 || list[0] != '[' {
		return envelope{}, ErrNotWebhook
	}
	entries, err := array(list)
	return envelope{o.str("object"), entries}, err
}

// entryIDs lists the ids of all entries; a body that is no envelope has none.
func entryIDs(raw []byte) []string {
	env, err := openEnvelope(raw)
	if err != nil {
		return nil
	}
	var ids []string
	for _, r := range env.entries {
		if e, err := objectOf(r); err == nil {
			ids = append(ids, e.str("id"))
		}
	}
	return ids
}

// unix reads seconds; milliseconds are recognised by their size. Zero and nonsense give the zero time.
func unix(n meta.Int) time.Time {
	switch {
	case n <= 0 || n > 1e17:
		return time.Time{}
	case n > 1e11:
		return time.UnixMilli(int64(n)).UTC()
	}
	return time.Unix(int64(n), 0).UTC()
}
