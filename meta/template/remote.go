package template

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Remote is an item of Meta's template lists: a document and what Meta says about it.
type Remote struct {
	ID             string
	Status         string // upper case; unknown ones are kept
	RejectedReason string // upper case; NONE when there is none
	Quality        string // GREEN, YELLOW, RED or UNKNOWN; "" when it was not asked for

	CorrectCategory  Category // what Meta is going to make of it, or ""
	PreviousCategory Category // what it was before Meta changed it, or ""
	LastUpdated      int64    // unix seconds; 0 when it was not asked for

	Document // without the keys above; other keys of the answer are in its Extra
}

// DecodeRemote reads an item of GET message_templates, or the answer of GET on one template.
func DecodeRemote(b []byte) (Remote, error) {
	var r Remote
	if err := json.Unmarshal(b, &r); err != nil {
		return Remote{}, fmt.Errorf("reading a template of Meta's list: %w", err)
	}
	return r, nil
}

// UnmarshalJSON keeps everything, see Decode.
func (r *Remote) UnmarshalJSON(b []byte) error {
	if err := r.Document.UnmarshalJSON(b); err != nil {
		return err
	}
	o := object(r.Extra)
	r.ID = o.id("id")
	r.Status = enumOf[string](o, "status")
	r.RejectedReason = enumOf[string](o, "rejected_reason")
	r.CorrectCategory = enumOf[Category](o, "correct_category")
	r.PreviousCategory = enumOf[Category](o, "previous_category")
	n, _ := intOf(o["last_updated_time"])
	if n != 0 {
		delete(o, "last_updated_time")
	}
	r.LastUpdated = int64(n)
	r.Quality = qualityOf(o["quality_score"])
	r.Extra = o.rest()
	return nil
}

// MarshalJSON writes what UnmarshalJSON read.
func (r Remote) MarshalJSON() ([]byte, error) { return r.appendJSON(nil) }

func (r Remote) appendJSON(b []byte) ([]byte, error) {
	w := writer{extra: r.Extra, out: b}
	w.id("id", r.ID)
	writeEnum(&w, "status", r.Status)
	writeEnum(&w, "rejected_reason", r.RejectedReason)
	writeEnum(&w, "correct_category", r.CorrectCategory)
	writeEnum(&w, "previous_category", r.PreviousCategory)
	w.int("last_updated_time", int(r.LastUpdated))
	w.value("quality_score", map[string]string{"score": r.Quality}, r.Quality == "", func(raw json.RawMessage) bool {
		return qualityOf(raw) == r.Quality
	})
	r.write(&w)
	return w.done()
}

// qualityOf reads {"score":"GREEN",…}, or the plain word of older answers.
func qualityOf(raw json.RawMessage) string {
	if o, err := readObject(raw); err == nil {
		raw = o["score"]
	}
	s, _ := stringOf(raw)
	return upper[string](s)
}

// Draft is the document to edit and submit again: the keys of Meta's answers are gone, one-time-password buttons are
// what they were before Meta made addresses of them, and addresses that stand in place of upload handles are taken
// out, for Meta does not take them back (Meta: Templates › Edit).
func (r Remote) Draft() Document {
	d := r.Clone()
	for k := range d.Extra {
		if !writable[k] {
			delete(d.Extra, k)
		}
	}
	if len(d.Extra) == 0 {
		d.Extra = nil
	}
	// Meta writes the words of a template that hands a code over.
	fixed, minutes := false, 0
	if b := d.Component(Buttons); b != nil && len(b.Buttons) > 0 && d.Category == Authentication {
		_, fixed = b.Buttons[0].AsOTP()
		minutes = b.Buttons[0].otpMinutes()
	}
	for i := range d.Components {
		c := &d.Components[i]
		if fixed && c.Type == Footer && c.CodeExpirationMinutes == 0 {
			c.CodeExpirationMinutes = minutes // an answer may tell it in the button's address only
		}
		draftComponent(c, fixed)
		for j := range c.Cards {
			for k := range c.Cards[j].Components {
				draftComponent(&c.Cards[j].Components[k], false)
			}
		}
	}
	return d
}

// writable are the keys of a create body that the document has no field for.
var writable = map[string]bool{
	"allow_category_change": true, "cta_url_link_tracking_opted_out": true, "library_template_button_inputs": true,
	"library_template_body_inputs": true, "is_primary_device_delivery_only": true, "send_type": true,
	"degrees_of_freedom_spec": true, "creative_sourcing_spec": true,
}

func draftComponent(c *Component, fixed bool) {
	kept := c.Handles[:0]
	for _, h := range c.Handles {
		if !isAddress(h) {
			kept = append(kept, h)
		}
	}
	if len(kept) < len(c.Handles) && c.Type == Header {
		delete(c.Extra, "example")
	}
	c.Handles = kept
	for i, b := range c.Buttons {
		if o, ok := b.AsOTP(); ok && b.Type != OTP {
			c.Buttons[i] = o
		}
	}
	if fixed && c.Type == Body {
		c.Text, c.Samples = "", nil
		delete(c.Extra, "example")
	}
	if fixed && c.Type == Footer && c.CodeExpirationMinutes > 0 {
		c.Text = ""
	}
}

func isAddress(handle string) bool {
	return strings.HasPrefix(handle, "https://") || strings.HasPrefix(handle, "http://")
}
