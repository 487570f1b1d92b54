package sandbox

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

// tries sends n templates to a number and returns how many are taken, with the code of the first refusal.
func (d *desk) tries(to string, n int) (taken, code int) {
	d.Helper()
	for range n {
		a := d.post("PHONE/messages", fmt.Sprintf(`{"messaging_product":"whatsapp","to":%q,"type":"template","template":{"name":"hello_world","language":{"code":"en_US"}}}`, to))
		switch {
		case a.code == http.StatusOK:
			taken++
		case code == 0:
			code = a.num("error.code")
		}
	}
	return taken, code
}

// TestPairRate: a burst of 45, a silence until it is repaid, and one message each six seconds in the long run.
func TestPairRate(t *testing.T) {
	d := open(t, func(c *Config) { c.Limits = DefaultLimits(); c.Limits.PerSecond = -1 })
	if n, code := d.tries(customer1, 50); n != 45 || code != 131056 {
		t.Errorf("burst: %d, then %d", n, code)
	}
	if n, _ := d.tries("447700900111", 1); n != 1 {
		t.Error("another customer must not wait")
	}
	d.clock.add(45*6*time.Second - time.Second)
	if n, _ := d.tries(customer1, 1); n != 0 {
		t.Error("the burst is not repaid yet")
	}
	d.clock.add(time.Second)
	if n, _ := d.tries(customer1, 1); n != 1 {
		t.Error("the burst is repaid")
	}
	for range 100 { // the pace that Meta promises
		d.clock.add(6 * time.Second)
		if n, _ := d.tries(customer1, 1); n != 1 {
			t.Fatal("one message in six seconds is always allowed")
		}
	}
	d.clock.add(time.Hour)
	for i := range 10 { // a person who types fast
		d.clock.add(2 * time.Second)
		if n, _ := d.tries(customer1, 1); n != 1 {
			t.Fatalf("message %d of a quick writer is refused", i)
		}
	}
	d.clock.add(time.Hour)
	taken := 0
	for range 60 {
		d.clock.add(time.Second)
		n, _ := d.tries(customer1, 1)
		taken += n
	}
	if taken > 30 {
		t.Errorf("%d in a minute", taken)
	}
}

// TestThroughput: 80 a second and number.
func TestThroughput(t *testing.T) {
	d := open(t, func(c *Config) { c.Limits = DefaultLimits() })
	taken, refused := 0, 0
	for i := range 100 {
		n, code := d.tries(fmt.Sprintf("4477009%05d", i), 1)
		taken += n
		if code == 130429 {
			refused++
		}
	}
	if taken != 80 || refused != 20 {
		t.Errorf("%d taken, %d refused", taken, refused)
	}
	d.clock.add(500 * time.Millisecond)
	taken = 0
	for i := range 100 {
		n, _ := d.tries(fmt.Sprintf("4477008%05d", i), 1)
		taken += n
	}
	if taken != 40 {
		t.Errorf("%d after half a second", taken)
	}
}

// TestManagementLimit: the hour's quota, its headers, and the next hour.
func TestManagementLimit(t *testing.T) {
	d := open(t, func(c *Config) { c.Limits.Hourly = 4 })
	for range 4 {
		if a := d.get("WABA"); a.code != 200 || a.header.Get("X-App-Usage") == "" || a.header.Get("X-Business-Use-Case-Usage") == "" {
			t.Errorf("%d %s", a.code, a.raw)
		}
	}
	if a := d.get("WABA"); a.num("error.code") != 80007 {
		t.Errorf("%s", a.raw)
	}
	if a := d.get("PHONE"); a.code != 200 {
		t.Errorf("numbers do not count: %s", a.raw)
	}
	d.clock.add(time.Hour)
	if a := d.get("WABA"); a.code != 200 {
		t.Errorf("%s", a.raw)
	}
}
