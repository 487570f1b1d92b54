package app

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// PhoneKey reduces a phone number to the form by which two spellings of one WhatsApp user are the same: digits with country code,
// with Brazil's ninth digit, without Mexico's 1 after 52 and without Argentina's 9 after 54. Landlines are left as they are.
// It is "" when s has no digits. Meta itself answers any of the variants as wa_id (Meta: Messages API, contacts[].wa_id).
func PhoneKey(s string) string {
	d := Digits(s)
	switch {
	case strings.HasPrefix(d, "55") && len(d) == 12 && d[4] >= '6':
		return d[:4] + "9" + d[4:]
	case strings.HasPrefix(d, "521") && len(d) == 13:
		return "52" + d[3:]
	case strings.HasPrefix(d, "549") && len(d) == 13:
		return "54" + d[3:]
	}
	return d
}

// Digits keeps the ASCII digits of s.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// ParsePhone reads a phone number as a person types it and gives its digits with country code, as Meta wants them.
// region is the ISO country (such as "ES") assumed when s has no country code; "" demands one.
func ParsePhone(s, region string) (string, error) {
	s = strings.TrimSpace(s)
	typed, bare := s, Digits(s)
	if region == "" && !strings.HasPrefix(s, "+") && !strings.HasPrefix(s, "00") {
		s = "+" + bare
	}
	if rest, ok := strings.CutPrefix(s, "00"); ok {
		s = "+" + rest
	}
	n, err := phonenumbers.Parse(s, region)
	if err != nil || len(bare) < 7 || len(bare) > 17 || !phonenumbers.IsPossibleNumber(n) {
		return "", &Error{
			Code: CodeInvalid, Cause: err,
			Message: "“" + typed + "” is not a phone number that WhatsApp can reach.",
			Mend:    "Write it with the country code, for example +34 612 345 678.",
		}
	}
	return Digits(phonenumbers.Format(n, phonenumbers.E164)), nil
}

// FormatPhone writes a number of digits with country code for people, such as "+34 612 34 56 78"; what it can't read it gives back with a plus.
func FormatPhone(digits string) string {
	if digits == "" {
		return ""
	}
	n, err := phonenumbers.Parse("+"+Digits(digits), "")
	if err != nil {
		return "+" + Digits(digits)
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}
