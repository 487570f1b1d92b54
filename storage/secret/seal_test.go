package secret

import (
	"bytes"
	"testing"

	"filippo.io/age"
)

// sealJSON encrypts any text with the passphrase of the tests, as another version of this program might.
func sealJSON(t *testing.T, text string) []byte {
	t.Helper()
	recipient, err := age.NewScryptRecipient("correct horse")
	check(t, err)
	recipient.SetWorkFactor(cheap)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recipient)
	check(t, err)
	_, err = w.Write([]byte(text))
	check(t, err)
	check(t, w.Close())
	return sealed.Bytes()
}

func TestTheUsualWorkFactor(t *testing.T) {
	sealed, err := seal(map[string][]byte{"k": []byte("v")}, "p", 0)
	check(t, err)
	if !bytes.Contains(sealed[:100], []byte(" 18\n")) {
		t.Errorf("a file made without a work factor begins with %q", sealed[:100])
	}
}

func FuzzUnseal(f *testing.F) {
	sealed, err := seal(map[string][]byte{"k": []byte("v")}, "p", cheap)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add([]byte("age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if i := bytes.Index(b, []byte("scrypt ")); i >= 0 && !bytes.Contains(b, []byte(" 1\n")) {
			return // a dear work factor only makes the run slow
		}
		if secrets, err := unseal(b, "p"); err == nil && string(secrets["k"]) != "v" {
			t.Fatalf("%q was opened as %v", b, secrets)
		}
	})
}
