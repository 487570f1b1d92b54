package inbox

import (
	"cmp"
	"strconv"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// rowOf is a conversation as the list draws it.
func rowOf(c app.Conversation, now time.Time) widget.Conversation {
	_, left := app.Window(c.LastInbound, now)
	r := widget.Conversation{
		Name: c.Contact.Title(), Key: avatarKey(c), Time: when.Row(c.LastAt, now), Preview: preview(c), Unread: c.Unread, Draft: c.Draft,
		Tick: tickOf(c.LastDirection, c.LastStatus), Left: left, All: app.ServiceWindow, OptedOut: c.Contact.OptOut,
	}
	if r.Tick == widget.Failed {
		r.Failed = true
		r.Preview = lang.X("row.failed", "Not delivered · {{.Text}}", map[string]any{"Text": r.Preview})
	}
	return r
}

// avatarKey chooses the colours of somebody's avatar: by what the outbox knows of them too, so that they are the same there.
func avatarKey(c app.Conversation) string {
	return cmp.Or(app.PhoneKey(c.Contact.Phone()), c.Contact.UserID(), strconv.FormatInt(c.Contact.ID, 10))
}

// preview is the second line of a row: the text of the newest message, with what it is when it is more than text.
func preview(c app.Conversation) string {
	text := c.LastText
	switch {
	case c.LastType == "" || c.LastType == "text":
	case text == "":
		_, text = kind(c.LastType)
	case c.LastType == "image" || c.LastType == "video" || c.LastType == "audio" || c.LastType == "document" || c.LastType == "sticker":
		if _, name := kind(c.LastType); name != text {
			text = name + " · " + text
		}
	}
	if c.LastDirection == app.Note {
		return lang.X("row.note", "Note: {{.Text}}", map[string]any{"Text": text})
	}
	return text
}
