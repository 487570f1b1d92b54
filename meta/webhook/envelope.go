package webhook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"shopbell/meta"
)

// envelope is the outside of a body. The handler and Decode read it with the same code, so that what was checked is what is
// applied.
type envelope struct {
	Object meta.String       `json:"object"`
	Entry  []json.RawMessage `json:"entry"`
}

type entry struct {
	ID      meta.String     `json:"id"`
	Time    meta.Int        `json:"time"`
	Changes json.RawMessage `json:"changes"`
}

// errNotObject is a body that is JSON but not an envelope.
var errNotObject = errors.New("webhook: body is not a webhook")

func openEnvelope(raw []byte) (envelope, error) {
	var env envelope
	if err := json.Unmarshal(raw, &env); err != nil {
		return envelope{}, fmt.Errorf("webhook: %w", err)
	}
	if env.Entry == nil {
		return env, errNotObject
	}
	return env, nil
}

func openEntry(raw json.RawMessage) (entry, error) {
	var e entry
	err := tolerate(json.Unmarshal(raw, &e))
	return e, err
}

// entryIDs lists the ids of all entries; a body that is no envelope has none.
func entryIDs(raw []byte) []string {
	env, err := openEnvelope(raw)
	if err != nil {
		return nil
	}
	var ids []string
	for _, r := range env.Entry {
		if e, err := openEntry(r); err == nil && e.ID != "" {
			ids = append(ids, string(e.ID))
		}
	}
	return ids
}

// tolerate forgives a value of an unexpected type: encoding/json has then decoded everything else.
func tolerate(err error) error {
	var typ *json.UnmarshalTypeError
	if errors.As(err, &typ) && typ.Field != "" {
		return nil
	}
	return err
}

// array splits a JSON array into its items; absent and null are empty.
func array(raw json.RawMessage) ([]json.RawMessage, error) {
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return nil, nil
	}
	var items []json.RawMessage
	err := json.Unmarshal(raw, &items)
	return items, err
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
