// Package redact keeps tokens, secrets and customers' phone numbers out of what the program writes about itself.
// A text goes through String, a log through Handler; both know the shapes of secrets and every secret given to Add.
package redact

import (
	"regexp"
	"strings"
)

// mask stands where a secret stood. It says nothing about the secret's length.
const mask = "•••••"

// String gives s with everything secret masked: secrets given to Add, access tokens by their shape, bearer headers,
// values of parameters and JSON fields that carry secrets, passwords in URLs, and phone numbers but for their country
// prefix and last two digits. What comes back never contains a secret given to Add.
func String(s string) string { return masked(s, maskPhones) }

// Secrets masks secrets and leaves phone numbers, for the one person who typed them.
func Secrets(s string) string { return masked(s, func(s string) string { return s }) }

func masked(s string, phones func(string) string) string {
	if s == "" {
		return s
	}
	known := registered.Load()
	out := phones(maskShapes(known.replace(s)))
	if known.contains(out) {
		// The masks themselves, or two neighbours of a masked piece, happen to spell a secret.
		return known.blank()
	}
	return out
}

// IsSecretName tells whether a field, parameter or log key of this name holds a secret, whatever its value looks like.
func IsSecretName(name string) bool {
	return secretNames[strings.Map(foldName, name)]
}

// secretNames are the names, folded, under which Meta, PostgreSQL and this program pass secrets around.
var secretNames = map[string]bool{
	"accesstoken": true, "appsecret": true, "appsecretproof": true, "authorization": true, "clientsecret": true,
	"fbexchangetoken": true, "inputtoken": true, "passphrase": true, "password": true, "passwd": true, "pgpassword": true,
	"pin": true, "secret": true, "token": true, "verifytoken": true, "hubverifytoken": true, "xhubsignature256": true,
}

// foldName drops case and the signs that separate words in a name.
func foldName(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == '_' || r == '-' || r == '.' || r == ' ':
		return -1
	}
	return r
}

var (
	graphToken = regexp.MustCompile(`EAA[A-Za-z0-9]{20,}`)
	bearer     = regexp.MustCompile(`(?i)\b(bearer[\s:]+)[^\s"',;]+`)
	parameter  = regexp.MustCompile(`(?i)\b((?:fb_exchange_|access_|input_|hub\.verify_|verify_)token|(?:app|client)_secret|appsecret_proof|passphrase|password)` +
		`(\\?["']?\s*[=:]\s*)(\\?"[^"]*"|'[^']*'|[^\s&"'#,;}\])]+)`)
	urlPassword = regexp.MustCompile(`([A-Za-z][A-Za-z0-9+.-]*://[^\s/?#@:]*):[^\s/?#]*@`)
)

// maskShapes masks what looks like a secret by itself or by the name before it.
func maskShapes(s string) string {
	s = graphToken.ReplaceAllString(s, "EAA"+mask)
	s = bearer.ReplaceAllString(s, "${1}"+mask)
	s = parameter.ReplaceAllString(s, "${1}${2}"+mask)
	return urlPassword.ReplaceAllString(s, "${1}:"+mask+"@")
}
