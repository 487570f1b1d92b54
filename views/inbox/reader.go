package inbox

import "time"

// readAfter is how long messages must have been before the person's eyes to count as read.
const readAfter = time.Second

// reader decides when what is on the screen was read: the window in front, the thread at its newest message, for a second without a break.
type reader struct {
	after func(time.Duration, func()) (stop func())
	read  func()
	stop  func()
}

// see is told each time something changes. seen says whether unread messages are before the person's eyes now.
func (r *reader) see(seen bool) {
	switch {
	case !seen:
		r.forget()
	case r.stop == nil:
		r.stop = r.after(readAfter, func() {
			r.stop = nil
			r.read()
		})
	}
}

// forget begins the second anew.
func (r *reader) forget() {
	if r.stop != nil {
		r.stop()
		r.stop = nil
	}
}
