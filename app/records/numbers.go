package records

import (
	"strings"

	"github.com/bojanz/currency"
)

// writeNumber writes a plain decimal in a language; what is no decimal stays as it is.
func writeNumber(decimal, language, format string) string {
	a, err := currency.NewAmount(decimal, "USD") // numbers have no currency: the sign is not shown
	if err != nil {
		return decimal
	}
	f := formatter(language)
	f.CurrencyDisplay = currency.DisplayNone
	f.MinDigits, f.MaxDigits = 0, 6
	switch format {
	case FormatNumberRound:
		f.MaxDigits = 0
	case FormatNumberPlain:
		f.NoGrouping = true
	}
	return strings.TrimSpace(f.Format(a))
}

// writeAmount writes a plain decimal of a currency (ISO 4217) in a language; a currency that is not known stays beside its number.
func writeAmount(decimal, code, language, format string) string {
	a, err := currency.NewAmount(decimal, code)
	if err != nil {
		return strings.TrimSpace(writeNumber(decimal, language, FormatNumber) + "\u00a0" + code)
	}
	f := formatter(language)
	switch format {
	case FormatAmountCode:
		f.CurrencyDisplay = currency.DisplayCode
	case FormatAmountRound:
		f.MinDigits, f.MaxDigits = 0, 0
	case FormatAmountNumber:
		f.CurrencyDisplay = currency.DisplayNone
	case FormatAmountSymbol:
		symbol, _ := currency.GetSymbol(code, currency.NewLocale(findLocale(language).tag))
		return symbol
	}
	return strings.TrimSpace(f.Format(a))
}

func formatter(language string) *currency.Formatter {
	return currency.NewFormatter(currency.NewLocale(findLocale(language).tag))
}

// digitsOf gives the ten digits that a language writes numbers with.
func digitsOf(language string) []rune {
	digits := writeNumber("1234567890", language, FormatNumberPlain)
	var out []rune
	for _, r := range digits {
		if r >= '0' && r <= '9' || r > 0x600 && r < 0x2000 { // no marks of direction among them
			out = append(out, r)
		}
	}
	if len(out) != 10 {
		return []rune("0123456789")
	}
	return append(out[9:10:10], out[:9]...)
}
