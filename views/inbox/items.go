package inbox

import (
	"image"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/widget"
)

// tickOf is the tick of a message of ours; None for those of others.
func tickOf(d app.Direction, s app.Status) widget.Delivery {
	if d != app.Out {
		return widget.None
	}
	switch s {
	case app.StatusQueued:
		return widget.Queued
	case app.StatusSending:
		return widget.Sending
	case app.StatusUnknown:
		return widget.Unknown
	case app.StatusAccepted, app.StatusSent:
		return widget.Sent
	case app.StatusDelivered:
		return widget.Delivered
	case app.StatusRead, app.StatusPlayed:
		return widget.Read
	case app.StatusFailed, app.StatusCancelled:
		return widget.Failed
	}
	return widget.None
}

// kind is how a type of Meta's is shown: its icon and its name in plain words.
func kind(t string) (icon, name string) {
	switch t {
	case "image":
		return "image", lang.X("type.image", "Photo")
	case "video":
		return "play", lang.X("type.video", "Video")
	case "audio":
		return "play", lang.X("type.audio", "Audio")
	case "voice":
		return "play", lang.X("type.voice", "Voice note")
	case "document":
		return "file", lang.X("type.document", "Document")
	case "sticker":
		return "emoji", lang.X("type.sticker", "Sticker")
	case "location":
		return "globe", lang.X("type.location", "Location")
	case "contacts":
		return "user", lang.X("type.contacts", "Contact card")
	case "template":
		return "templates", lang.X("type.template", "Template")
	case "interactive", "button":
		return "reply", lang.X("type.interactive", "Buttons or a list")
	case "order":
		return "list", lang.X("type.order", "Order")
	case "reaction":
		return "emoji", lang.X("type.reaction", "Reaction")
	case "system":
		return "info", lang.X("type.system", "Notice of WhatsApp")
	case "unsupported", "unknown":
		return "file", lang.X("type.unsupported", "A kind of message that WhatsApp does not pass on")
	}
	return "file", lang.X("type.other", "A message of the kind “{{.Type}}”", map[string]any{"Type": t})
}

// people is who is who in a thread.
type people struct {
	contact app.Contact
	staff   func(app.ID) string
	// quotes are the quoted messages by their wamid, as far as they are known.
	quotes map[string]app.Message
	// answers are the templates that messages answer without quoting them, as far as they are known.
	answers map[app.ID]app.Message
	// place is where the person sits, for the times.
	place *time.Location
	// words puts a failure into plain words.
	words func(*app.Failure) (plain, mend string)
	// picture is the picture of a message, as far as it is known; nil for none.
	picture func(app.Message) image.Image
}

// item is a message as the timeline draws it.
func (p people) item(m app.Message) widget.Message {
	it := widget.Message{ID: m.ID, Revision: 2 * m.Rev, Out: m.Direction == app.Out, At: m.At, Text: m.Text, Tick: tickOf(m.Direction, m.Status)}
	if p.place != nil {
		it.At = m.At.In(p.place)
	}
	switch m.Direction {
	case app.Note:
		it.Kind, it.Name = widget.KindNote, p.name(m.StaffID)
		return it
	case app.Out:
		it.Sender = "out" + strconv.FormatInt(m.StaffID, 10)
	default:
		it.Sender = "in"
	}
	p.body(&it, m)
	p.quote(&it, m)
	p.failure(&it, m)
	for _, r := range m.Reactions {
		if r.Emoji != "" {
			it.Reactions = append(it.Reactions, widget.Reaction{Emoji: r.Emoji, Name: p.actor(r.Actor)})
		}
	}
	return it
}

// body chooses how the content is drawn.
func (p people) body(it *widget.Message, m app.Message) {
	icon, name := kind(m.Type)
	sent, isTemplate := m.SentTemplate()
	switch {
	case isTemplate:
		it.Kind, it.Card = widget.KindText, p.card(m, sent)
		if header, _ := p.cardPicture(m); header != nil {
			it.Revision++
		}
	case m.Revoked:
		it.Kind, it.Icon, it.Title, it.Text = widget.KindMedia, "trash", lang.X("message.revoked", "This message was deleted"), ""
	case m.Media != nil:
		it.Kind, it.Icon, it.Title = widget.KindMedia, icon, mediaTitle(name, m.Media)
		if m.Media.Voice {
			_, name = kind("voice")
			it.Title = mediaTitle(name, m.Media)
		}
		it.Text = m.Media.Caption
		if p.picture != nil {
			it.Image = p.picture(m)
		}
		it.Sticker = m.Type == "sticker"
		if it.Image != nil {
			it.Revision++ // its height is another one
		}
	case m.Text != "":
		it.Kind = widget.KindText
	default:
		it.Kind, it.Icon, it.Title = widget.KindUnknown, icon, name
	}
}

func mediaTitle(name string, f *app.Media) string {
	if f.Filename != "" {
		name = f.Filename
	}
	if f.Size > 0 {
		name += " · " + size(f.Size)
	}
	if f.State == "failed" {
		name += " · " + lang.X("media.failed", "could not be fetched")
	}
	return name
}

// size writes a number of bytes, such as 8.2 MB.
func size(n int64) string {
	switch {
	case n >= 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
	case n >= 1<<10:
		return strconv.FormatInt(n>>10, 10) + " KB"
	}
	return strconv.FormatInt(n, 10) + " B"
}

func (p people) quote(it *widget.Message, m app.Message) {
	if m.ContextID == "" {
		p.answer(it, m)
		return
	}
	q, ok := p.quotes[m.ContextID]
	if !ok {
		it.Quote = &widget.Quote{Text: lang.X("quote.gone", "A message that is not here")}
		return
	}
	name := p.contact.Title()
	if q.Direction == app.Out {
		name = lang.X("quote.you", "You")
	}
	if sent, ok := q.SentTemplate(); ok && m.Direction == app.In {
		it.Quote = answerTo(q, sent)
		return
	}
	text := q.Text
	if text == "" {
		_, text = kind(q.Type)
	}
	it.Quote = &widget.Quote{ID: q.ID, Name: name, Text: strings.Join(strings.Fields(text), " ")}
}

// answer says what a message answers that quotes nothing.
func (p people) answer(it *widget.Message, m app.Message) {
	q, ok := p.answers[m.ID]
	if !ok {
		return
	}
	if sent, ok := q.SentTemplate(); ok && sent.Record != nil && sent.Record.ID != "" && sent.Record.Type != app.RecordContact {
		it.Quote = answerTo(q, sent)
	}
}

// answerTo is a template that was answered: its record, and what it said.
func answerTo(q app.Message, sent app.SentTemplate) *widget.Quote {
	head := lang.X("quote.answer", "In answer to the template")
	if sent.Record != nil && sent.Record.ID != "" && sent.Record.Type != app.RecordContact {
		head = lang.X("quote.answer_for", "In answer to the template for {{.Record}}", map[string]any{"Record": recordName(sent.Record)})
	}
	return &widget.Quote{ID: q.ID, Name: head, Text: strings.Join(strings.Fields(sent.Text()), " ")}
}

// failure says below a message of ours what went wrong, and names the button that mends it.
func (p people) failure(it *widget.Message, m app.Message) {
	if m.Direction != app.Out {
		return
	}
	switch m.Status {
	case app.StatusQueued:
		if m.Error != nil {
			plain, _ := p.words(m.Error)
			it.Failure = lang.X("message.waits", "Not sent yet: {{.Why}} It is tried again by itself.", map[string]any{"Why": sentence(plain)})
			it.Mend, it.MendIcon, it.Waits = lang.X("outbox.cancel", "Take back"), "x", true
		}
	case app.StatusFailed:
		plain, mend := p.words(m.Error)
		it.Failure = lang.X("message.failed", "Not delivered: {{.Why}}", map[string]any{"Why": strings.TrimSpace(plain + " " + mend)})
		it.Mend, it.MendIcon = lang.X("message.retry", "Send again"), "retry"
	case app.StatusUnknown:
		it.Failure = lang.X("message.unknown", "Meta's answer never came, so it may have arrived.")
		it.Mend, it.MendIcon = lang.X("message.decide", "Decide…"), "warn"
	case app.StatusCancelled:
		it.Failure = lang.X("message.cancelled", "Taken back before it was sent.")
		it.Mend, it.MendIcon = lang.X("message.retry", "Send again"), "retry"
	}
}

// sentence ends words with a full stop.
func sentence(s string) string {
	if s = strings.TrimSpace(s); s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func (p people) name(staff app.ID) string {
	if p.staff != nil && staff != 0 {
		if n := p.staff(staff); n != "" {
			return n
		}
	}
	return lang.X("note.team", "the team")
}

func (p people) actor(key string) string {
	if key == "" {
		return lang.X("quote.you", "You")
	}
	first, _, _ := strings.Cut(p.contact.Title(), " ")
	return first
}
