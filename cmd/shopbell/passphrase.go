package main

import (
	"context"
	"fmt"
	"os"

	"golang.org/x/term"

	"shopbell/app"
)

// askPassphrase gives the passphrase of the secrets file: from the environment, else from the person at the terminal.
func (c *call) askPassphrase(context.Context) (string, error) {
	if p := os.Getenv("SHOPBELL_PASSPHRASE"); p != "" {
		return p, nil
	}
	f, ok := c.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", &app.Error{
			Code: app.CodeSecrets, Message: "There is no keyring here, and the secrets file needs its passphrase.",
			Mend: "Give it in SHOPBELL_PASSPHRASE, or start from a terminal.",
		}
	}
	fmt.Fprint(c.stderr, "Passphrase of the secrets file: ")
	p, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(c.stderr)
	return string(p), err
}
