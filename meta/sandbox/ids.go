package sandbox

import (
	crand "crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"
)

// dice makes the server's random choices and its identifiers; safe for several goroutines.
type dice struct {
	mu  sync.Mutex
	rnd *rand.Rand
	seq uint64
}

func newDice(r *rand.Rand) *dice {
	if r == nil {
		var seed [32]byte
		_, _ = crand.Read(seed[:]) // never fails since Go 1.24
		r = rand.New(rand.NewChaCha8(seed))
	}
	return &dice{rnd: r}
}

// below returns a number in [0, n).
func (d *dice) below(n int) int {
	if n <= 1 {
		return 0
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rnd.IntN(n)
}

// chance is true with probability p.
func (d *dice) chance(p float64) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rnd.Float64() < p
}

// around returns t stretched or shortened by up to the share j.
func (d *dice) around(t time.Duration, j float64) time.Duration {
	if t <= 0 || j <= 0 {
		return max(t, 0)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return time.Duration(float64(t) * (1 + min(j, 1)*(2*d.rnd.Float64()-1)))
}

func (d *dice) shuffle(n int, swap func(i, j int)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rnd.Shuffle(n, swap)
}

const (
	decimals = "0123456789"
	hexLow   = "0123456789abcdef"
	hexUp    = "0123456789ABCDEF"
	base62   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	base32   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

func (d *dice) str(alphabet string, n int) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[d.rnd.IntN(len(alphabet))]
	}
	return string(b)
}

// id is an object id: sixteen digits, the last seven counted (and scattered) so that no two are alike.
func (d *dice) id() string {
	d.mu.Lock()
	d.seq++
	seq := d.seq
	d.mu.Unlock()
	return string('1'+byte(d.below(9))) + d.str(decimals, 8) + fmt.Sprintf("%07d", (seq*7_368_787+1_904_413)%10_000_000)
}

func (d *dice) token() string { return "EAA" + d.str(base62, 180) }

// wamid builds a message id the way Meta's decode: a small binary record with the other party's number, the direction and a random
// upper-case hex string (18 digits for messages of the business, 20 for those of customers).
func (d *dice) wamid(party string, incoming bool) string {
	d.mu.Lock()
	d.seq++
	seq := d.seq
	rnd := d.rnd.Uint64()
	d.mu.Unlock()
	var raw [10]byte
	binary.BigEndian.PutUint64(raw[:8], rnd)
	binary.BigEndian.PutUint16(raw[8:], uint16(seq))
	binary.BigEndian.PutUint32(raw[4:8], uint32(seq>>16)^binary.BigEndian.Uint32(raw[4:8]))
	hex := fmt.Sprintf("%X", raw[:])
	dir := byte(0x12)
	if !incoming {
		hex, dir = fmt.Sprintf("%X", raw[1:]), 0x11
	}
	if len(party) > 40 {
		party = party[:40]
	}
	b := make([]byte, 0, 48)
	b = append(b, 0x1c, 0x18, byte(len(party)))
	b = append(b, party...)
	b = append(b, 0x15, 0x02, 0x00, dir, 0x18, byte(len(hex)))
	b = append(b, hex...)
	b = append(b, 0x00)
	return "wamid." + base64.StdEncoding.EncodeToString(b)
}

func (d *dice) trace() string { return "A" + d.str(base62, 22) }

// userID is the business-scoped user id of a number: the country's two letters and digits. It is the same whenever the same business account
// asks, and another for every other one, as with Meta.
func userID(wabaID, waID string) string {
	sum := sha256.Sum256([]byte(wabaID + "/" + waID))
	digits := make([]byte, 20)
	for i := range digits {
		digits[i] = decimals[int(sum[i])%len(decimals)]
	}
	return regionOf(waID) + "." + string(digits)
}

// regions maps calling codes to a country; the longest match wins. Only what the id's two letters need.
var regions = map[string]string{
	"1": "US", "20": "EG", "27": "ZA", "30": "GR", "31": "NL", "32": "BE", "33": "FR", "34": "ES", "36": "HU", "39": "IT", "40": "RO",
	"41": "CH", "43": "AT", "44": "GB", "45": "DK", "46": "SE", "47": "NO", "48": "PL", "49": "DE", "51": "PE", "52": "MX", "54": "AR",
	"55": "BR", "56": "CL", "57": "CO", "58": "VE", "60": "MY", "61": "AU", "62": "ID", "63": "PH", "64": "NZ", "65": "SG", "66": "TH",
	"7": "RU", "81": "JP", "82": "KR", "84": "VN", "86": "CN", "90": "TR", "91": "IN", "92": "PK", "94": "LK", "95": "MM", "98": "IR",
	"212": "MA", "213": "DZ", "216": "TN", "234": "NG", "254": "KE", "255": "TZ", "351": "PT", "353": "IE", "358": "FI", "380": "UA",
	"420": "CZ", "591": "BO", "593": "EC", "595": "PY", "598": "UY", "852": "HK", "855": "KH", "880": "BD", "886": "TW", "961": "LB",
	"962": "JO", "964": "IQ", "965": "KW", "966": "SA", "968": "OM", "971": "AE", "972": "IL", "974": "QA", "977": "NP",
}

func regionOf(waID string) string {
	for n := 3; n >= 1; n-- {
		if len(waID) > n {
			if r, ok := regions[waID[:n]]; ok {
				return r
			}
		}
	}
	return "US"
}

// dialCodeOf returns the calling code of a number in digits.
func dialCodeOf(digits string) string {
	for n := 3; n >= 1; n-- {
		if len(digits) > n {
			if _, ok := regions[digits[:n]]; ok {
				return digits[:n]
			}
		}
	}
	return "1"
}

// onlyDigits keeps the decimal digits of s.
func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
