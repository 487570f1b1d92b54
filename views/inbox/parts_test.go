package inbox

import (
	"slices"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/views/viewtest"
	"shopbell/views/widget"
)

func TestReaderWaitsASecondWithoutABreak(t *testing.T) {
	c, read := &viewtest.Clock{}, 0
	r := reader{after: c.After, read: func() { read++ }}
	r.see(true)
	r.see(true)
	if set := c.Set(); len(set) != 1 || set[0] != time.Second {
		t.Fatalf("alarms %v", set)
	}
	r.see(false) // another window came to the front
	if c.Ring(); read != 0 {
		t.Fatal("read although the person looked away")
	}
	r.see(true)
	c.Ring()
	if read != 1 {
		t.Fatalf("read %d times", read)
	}
	r.see(true)
	c.Ring()
	if read != 2 {
		t.Error("what came later is not read")
	}
}

func TestDrafts(t *testing.T) {
	c := &viewtest.Clock{}
	var kept []string
	d := drafts{after: c.After, notes: map[app.ID]string{}, write: func(id app.ID, text string) { kept = append(kept, text) }}
	d.reply(1, "a")
	d.reply(1, "ab")
	if n := c.Ring(); n != 1 || !slices.Equal(kept, []string{"ab"}) {
		t.Fatalf("%d alarms, kept %q", n, kept)
	}
	d.reply(1, "abc")
	d.reply(2, "x") // the other conversation's text is not lost
	d.flush()
	if !slices.Equal(kept, []string{"ab", "abc", "x"}) {
		t.Fatalf("kept %q", kept)
	}
	d.reply(2, "xy")
	d.forget(2)
	d.flush()
	if c.Ring(); len(kept) != 3 {
		t.Errorf("a sent text is kept as a draft: %q", kept)
	}
	d.note(1, "n")
	d.note(2, "")
	if d.notes[1] != "n" || len(d.notes) != 1 {
		t.Errorf("notes %v", d.notes)
	}
}

func TestItems(t *testing.T) {
	p := people{
		contact: app.Contact{Name: "Mai Nguyen"}, staff: func(app.ID) string { return "Luis" }, quotes: map[string]app.Message{"w1": {ID: 7, Text: "one\ntwo", Direction: app.In}},
		words: func(*app.Failure) (string, string) { return "The number is not on WhatsApp.", "Check it." },
	}
	m := app.Message{ID: 1, Rev: 3, Direction: app.Out, Type: "text", Text: "hello", Status: app.StatusRead, ContextID: "w1", Reactions: []app.Reaction{{Actor: "349", Emoji: "❤"}, {Actor: "", Emoji: ""}}}
	it := p.item(m)
	if it.Kind != widget.KindText || !it.Out || it.Tick != widget.Read || it.Revision != 6 || it.Failure != "" {
		t.Errorf("%+v", it)
	}
	if it.Quote == nil || it.Quote.ID != 7 || it.Quote.Name != "Mai Nguyen" || it.Quote.Text != "one two" {
		t.Errorf("quote %+v", it.Quote)
	}
	if len(it.Reactions) != 1 || it.Reactions[0].Name != "Mai" {
		t.Errorf("reactions %+v", it.Reactions)
	}
	m.Status, m.ContextID = app.StatusFailed, "elsewhere"
	if it = p.item(m); it.Failure != "Not delivered: The number is not on WhatsApp. Check it." || it.Mend == "" || it.Quote.Text == "" {
		t.Errorf("%+v", it)
	}
	m.Status, m.Error = app.StatusQueued, &app.Failure{}
	if it = p.item(m); it.Tick != widget.Queued || it.Failure != "Not sent yet: The number is not on WhatsApp. It is tried again by itself." || it.Mend != "Take back" || !it.Waits {
		t.Errorf("%+v", it)
	}
	if m.Error = nil; p.item(m).Failure != "" {
		t.Error("what only waits its turn excuses itself")
	}
	m.Status = app.StatusUnknown
	if it = p.item(m); it.Tick != widget.Unknown || it.Mend != "Decide…" {
		t.Errorf("%+v", it)
	}
	if it = p.item(app.Message{Direction: app.Note, Type: "text", Text: "n", StaffID: 4}); it.Kind != widget.KindNote || it.Name != "Luis" {
		t.Errorf("%+v", it)
	}
	if it = p.item(app.Message{Direction: app.In, Type: "hologram"}); it.Kind != widget.KindUnknown || it.Title != "A message of the kind “hologram”" {
		t.Errorf("%+v", it)
	}
	if it = p.item(app.Message{Direction: app.In, Type: "document", Media: &app.Media{Filename: "a.pdf", Size: 8_598_323, Caption: "c"}}); it.Title != "a.pdf · 8.2 MB" || it.Text != "c" {
		t.Errorf("%+v", it)
	}
	if it = p.item(app.Message{Direction: app.In, Type: "audio", Media: &app.Media{Voice: true}}); it.Title != "Voice note" {
		t.Errorf("%+v", it)
	}
	if it = p.item(app.Message{Direction: app.In, Type: "text", Text: "secret", Revoked: true}); it.Text != "" || it.Title != "This message was deleted" {
		t.Errorf("%+v", it)
	}
}

func TestRow(t *testing.T) {
	c := conv(1, 60)
	c.Contact = app.Contact{ID: 5, Name: "Mai"}
	c.LastType, c.LastText, c.LastDirection, c.LastStatus, c.LastInbound = "text", "hi", app.Out, app.StatusDelivered, noon.Add(-time.Hour)
	r := rowOf(c, noon)
	if r.Name != "Mai" || r.Preview != "hi" || r.Tick != widget.Delivered || r.Left != 23*time.Hour || r.Time != "11:00" {
		t.Errorf("%+v", r)
	}
	c.LastStatus = app.StatusFailed
	if r = rowOf(c, noon); !r.Failed || r.Preview != "Not delivered · hi" {
		t.Errorf("%+v", r)
	}
	c.LastType, c.LastText, c.LastDirection = "image", "", app.In
	if r = rowOf(c, noon); r.Preview != "Photo" || r.Tick != widget.None {
		t.Errorf("%+v", r)
	}
	c.LastText = "look"
	if r = rowOf(c, noon); r.Preview != "Photo · look" {
		t.Errorf("%+v", r)
	}
	c.LastType, c.LastDirection = "text", app.Note
	if r = rowOf(c, noon); r.Preview != "Note: look" {
		t.Errorf("%+v", r)
	}
}

func TestEnded(t *testing.T) {
	said := func(id int64, ago time.Duration) widget.Message { return widget.Message{ID: id, At: noon.Add(-ago)} }
	const h = time.Hour
	talk := []widget.Message{said(1, 90*h), said(2, 80*h), said(3, 10*h)}
	for _, c := range []struct {
		name     string
		messages []widget.Message
		inbound  time.Duration
		newer    bool
		shown    bool
		above    int64
		text     string
	}{
		{"between two messages", talk, 80 * h, false, true, 3, "The 24 hours ended on Friday at 04:00"},
		{"below all", talk[:2], 80 * h, false, true, 0, "The 24 hours ended on Friday at 04:00"},
		{"below what is loaded", talk[:2], 80 * h, true, false, 0, ""},
		{"above what is loaded", talk[2:], 80 * h, false, false, 0, ""},
		{"still open", talk, 23 * h, false, false, 0, ""},
		{"ended just now", talk, 24 * h, false, true, 0, "The 24 hours ended today at 12:00"},
		{"nothing is loaded", nil, 80 * h, false, false, 0, ""},
	} {
		pill, above, shown := ended(c.messages, noon.Add(-c.inbound), noon, c.newer)
		if shown != c.shown || above != c.above || pill.Text != c.text {
			t.Errorf("%s: %v above %d, %q", c.name, shown, above, pill.Text)
		}
	}
	if _, _, shown := ended(talk, time.Time{}, noon, false); shown {
		t.Error("of somebody who never wrote")
	}
}
