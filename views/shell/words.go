package shell

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
)

// Words is a failure as a person reads it.
type Words struct {
	Message string // what happened and why
	Mend    string // what to do; may be ""
	Raw     string // for support people; may be ""
}

// WordsOf puts an error into words. The raw answer is never the first line.
func WordsOf(err error) Words {
	var e *app.Error
	if errors.As(err, &e) {
		w := Words{Message: e.Message, Mend: e.Mend}
		if e.Cause != nil {
			w.Raw = e.Cause.Error()
		}
		return w
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return Words{
			Message: lang.X("error.slow", "It took too long and was given up."),
			Mend:    lang.X("error.slow_mend", "Try again."),
			Raw:     err.Error(),
		}
	}
	return Words{
		Message: lang.X("error.unknown", "Something went wrong that Shopbell did not expect."),
		Mend:    lang.X("error.unknown_mend", "Try again. If it happens again, send the log to whoever looks after Shopbell."),
		Raw:     err.Error(),
	}
}

// Failure puts into words why a message was not delivered, and what helps.
func (s *Shell) Failure(f *app.Failure) (plain, mend string) {
	if f == nil {
		return lang.X("failure.unknown", "WhatsApp gave no reason."), ""
	}
	if s.Explain != nil {
		plain, mend = s.Explain(*f)
	}
	if plain == "" {
		plain = f.Title
	}
	if plain == "" {
		plain = f.Details
	}
	if plain == "" {
		plain = lang.X("failure.unknown", "WhatsApp gave no reason.")
	}
	return plain, mend
}
