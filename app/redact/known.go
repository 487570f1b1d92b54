package redact

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// MinSecret is the length in bytes from which Add takes a secret. A shorter one would be found inside ordinary words,
// and masking it there would give it away.
const MinSecret = 6

// Add makes secrets known: from now on they are masked wherever they appear, also as JSON, in a URL, quoted, or in
// base64. It gives how many were long enough to be taken. Add a secret as soon as it is read, before anything can log it.
func Add(secrets ...string) int {
	adding.Lock()
	defer adding.Unlock()
	before := registered.Load()
	words := slices.Clone(before.words)
	taken := 0
	for _, s := range secrets {
		if len(s) < MinSecret {
			continue
		}
		taken++
		for _, form := range forms(s) {
			if len(form) >= MinSecret && !slices.Contains(words, form) {
				words = append(words, form)
			}
		}
	}
	if len(words) != len(before.words) {
		registered.Store(newKnown(words))
	}
	return taken
}

var (
	adding     sync.Mutex
	registered atomic.Pointer[known]
)

func init() { registered.Store(newKnown(nil)) }

// known is a set of secrets that is never changed: logging reads it without a lock.
type known struct {
	words    []string // longest first, so that a secret inside another one does not leave the rest of it to be read
	replacer *strings.Replacer
}

func newKnown(words []string) *known {
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	pairs := make([]string, 0, 2*len(words))
	for _, w := range words {
		pairs = append(pairs, w, mask)
	}
	return &known{words: words, replacer: strings.NewReplacer(pairs...)}
}

func (k *known) replace(s string) string {
	if len(k.words) == 0 {
		return s
	}
	return k.replacer.Replace(s)
}

func (k *known) contains(s string) bool {
	return slices.ContainsFunc(k.words, func(w string) bool { return strings.Contains(s, w) })
}

// blank is what is left of a text that cannot be masked piece by piece.
func (k *known) blank() string {
	if k.contains(mask) {
		return ""
	}
	return mask
}

// forms are the ways in which a secret is commonly written into a text.
func forms(s string) []string {
	quoted := strconv.Quote(s)
	inJSON, _ := json.Marshal(s) // a string always marshals
	return []string{
		s, quoted[1 : len(quoted)-1], string(inJSON[1 : len(inJSON)-1]), url.QueryEscape(s), url.PathEscape(s),
		base64.StdEncoding.EncodeToString([]byte(s)), base64.RawURLEncoding.EncodeToString([]byte(s)),
	}
}
