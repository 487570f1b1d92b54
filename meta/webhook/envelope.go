package webhook

import (
	"encoding/json"
	"errors"
	"time"

	"shopbell/meta"
)

// envelope is the outside of a body.
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
