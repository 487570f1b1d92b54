package inbox

import (
	"time"

	"shopbell/app"
)

// draftDelay is how long typing must rest before the draft is kept.
const draftDelay = 400 * time.Millisecond

// drafts keeps what is being written: replies in the store, notes as long as the window is open.
type drafts struct {
	after func(time.Duration, func()) (stop func())
	write func(conversation app.ID, text string)

	notes map[app.ID]string
	waits app.ID // whose reply waits to be kept
	text  string
	stop  func()
}

// reply is told of every change of a reply.
func (d *drafts) reply(conversation app.ID, text string) {
	if d.waits != 0 && d.waits != conversation {
		d.flush()
	}
	if d.stop != nil {
		d.stop()
	}
	d.waits, d.text = conversation, text
	d.stop = d.after(draftDelay, func() {
		d.stop = nil
		d.flush()
	})
}

// flush keeps at once what waits.
func (d *drafts) flush() {
	if d.stop != nil {
		d.stop()
		d.stop = nil
	}
	if d.waits != 0 {
		id, text := d.waits, d.text
		d.waits, d.text = 0, ""
		d.write(id, text)
	}
}

// forget drops what waits: the text was sent.
func (d *drafts) forget(conversation app.ID) {
	if d.waits == conversation {
		if d.stop != nil {
			d.stop()
			d.stop = nil
		}
		d.waits, d.text = 0, ""
	}
}

// note remembers an unsent note; "" forgets it.
func (d *drafts) note(conversation app.ID, text string) {
	if text == "" {
		delete(d.notes, conversation)
		return
	}
	d.notes[conversation] = text
}
