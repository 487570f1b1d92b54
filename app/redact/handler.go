package redact

import (
	"context"
	"encoding"
	"encoding/json"
	"fmt"
	"log/slog"
)

// Handler gives a slog.Handler that masks the message, the keys and the values of each record and passes it to next.
// Errors, Stringers, byte slices and nested groups are masked too. A value bound with Logger.With is masked when it is
// bound, so a secret has to be given to Add before a logger carries it.
func Handler(next slog.Handler) slog.Handler { return handler{next} }

type handler struct{ next slog.Handler }

func (h handler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

func (h handler) Handle(ctx context.Context, r slog.Record) error {
	masked := slog.NewRecord(r.Time, r.Level, String(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		masked.AddAttrs(maskAttr(a))
		return true
	})
	return h.next.Handle(ctx, masked)
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	masked := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		masked[i] = maskAttr(a)
	}
	return handler{h.next.WithAttrs(masked)}
}

func (h handler) WithGroup(name string) slog.Handler { return handler{h.next.WithGroup(String(name))} }

func maskAttr(a slog.Attr) slog.Attr {
	value := a.Value.Resolve()
	if IsSecretName(a.Key) && value.Kind() != slog.KindGroup {
		return slog.String(String(a.Key), mask)
	}
	return slog.Attr{Key: String(a.Key), Value: maskValue(value)}
}

// maskValue masks a resolved value. Numbers, times and durations carry no secret: a token or a phone is text here.
func maskValue(v slog.Value) slog.Value {
	switch v.Kind() {
	case slog.KindString:
		return slog.StringValue(String(v.String()))
	case slog.KindGroup:
		group := v.Group()
		masked := make([]slog.Attr, len(group))
		for i, a := range group {
			masked[i] = maskAttr(a)
		}
		return slog.GroupValue(masked...)
	case slog.KindAny:
		return maskAny(v.Any())
	default:
		return v
	}
}

func maskAny(x any) (v slog.Value) {
	defer func() {
		if p := recover(); p != nil { // a method of the value itself panics, as on a nil pointer
			v = slog.StringValue(String(fmt.Sprintf("%T: panic while it was logged: %v", x, p)))
		}
	}()
	switch x := x.(type) {
	case nil:
		return slog.AnyValue(nil)
	case *slog.Source:
		return slog.AnyValue(x)
	case error:
		return slog.StringValue(String(x.Error()))
	case fmt.Stringer:
		return slog.StringValue(String(x.String()))
	case []byte:
		return slog.StringValue(String(string(x)))
	case encoding.TextMarshaler:
		text, err := x.MarshalText()
		if err != nil {
			return slog.StringValue(String(err.Error()))
		}
		return slog.StringValue(String(string(text)))
	}
	return maskComposite(x)
}

// maskComposite looks at a struct, map or slice in both ways in which handlers write it. If either would show something
// secret, the masked text takes the value's place.
func maskComposite(x any) slog.Value {
	text := fmt.Sprintf("%+v", x)
	clean := String(text)
	inJSON, err := json.Marshal(x)
	if err != nil || String(string(inJSON)) == string(inJSON) && clean == text {
		if err != nil {
			return slog.StringValue(clean)
		}
		return slog.AnyValue(x)
	}
	if clean != text {
		return slog.StringValue(clean)
	}
	return slog.StringValue(String(string(inJSON)))
}
