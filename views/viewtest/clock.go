package viewtest

import "time"

// Clock has alarms that go off when the test says so. The zero value is ready.
type Clock struct{ due []*alarm }

type alarm struct {
	d   time.Duration
	f   func()
	off bool
}

// After sets an alarm, as a shell does.
func (c *Clock) After(d time.Duration, f func()) (stop func()) {
	a := &alarm{d: d, f: f}
	c.due = append(c.due, a)
	return func() { a.off = true }
}

// Ring sets off every alarm that is set now, however far away, and tells how many there were.
func (c *Clock) Ring() (n int) {
	due := c.due
	c.due = nil
	for _, a := range due {
		n += a.ring()
	}
	return n
}

// Pass lets a time go by.
func (c *Clock) Pass(d time.Duration) {
	due := c.due
	c.due = nil
	for _, a := range due {
		if a.d -= d; a.d > 0 {
			c.due = append(c.due, a)
		} else {
			a.ring()
		}
	}
}

func (a *alarm) ring() int {
	if a.off {
		return 0
	}
	a.off = true
	a.f()
	return 1
}

// Set gives how long each alarm still has, in the order in which they were set.
func (c *Clock) Set() (out []time.Duration) {
	for _, a := range c.due {
		if !a.off {
			out = append(out, a.d)
		}
	}
	return out
}

// Forget takes every alarm off.
func (c *Clock) Forget() { c.due = nil }
