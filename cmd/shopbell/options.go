package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"shopbell/app/redact"
	"shopbell/meta"
)

// options are the flags that every subcommand takes.
type options struct {
	home   string // where everything is kept
	graph  string // Meta's API, with the version
	listen string // the listener's address
	dsn    string // postgres:// URL; "" is SQLite in the home folder
}

const defaultListen = "127.0.0.1:8787"

var errHelp = errors.New("help")

// register puts the flags, with their environment twins as defaults, into a set.
func (o *options) register(fs *flag.FlagSet) {
	fs.StringVar(&o.home, "home", o.home, "")
	fs.StringVar(&o.graph, "graph", o.graph, "")
	fs.StringVar(&o.listen, "listen", o.listen, "")
	fs.StringVar(&o.dsn, "dsn", o.dsn, "")
}

// parseOptions reads the flags before the subcommand; those after it are read by the subcommand, through flags.
func parseOptions(args []string) (options, []string, error) {
	o := options{
		home:   env("SHOPBELL_HOME", defaultHome()),
		graph:  env("SHOPBELL_GRAPH_URL", meta.DefaultBaseURL),
		listen: env("SHOPBELL_LISTEN", defaultListen),
		dsn:    os.Getenv("SHOPBELL_DSN"),
	}
	fs := newFlagSet()
	o.register(fs)
	if err := fs.Parse(args); err != nil {
		return o, nil, flagError(err)
	}
	return o, fs.Args(), nil
}

// flags reads a subcommand's arguments: the common flags, its own ones, and positionals, in any order.
func (c *call) flags(own func(fs *flag.FlagSet), positionals int) ([]string, error) {
	fs := newFlagSet()
	c.opt.register(fs)
	if own != nil {
		own(fs)
	}
	var rest []string
	for args := c.args; ; {
		if err := fs.Parse(args); err != nil {
			return nil, flagError(err)
		}
		if fs.NArg() == 0 {
			break
		}
		rest = append(rest, fs.Arg(0))
		args = fs.Args()[1:]
	}
	if len(rest) > positionals {
		return nil, &usageError{"“" + rest[positionals] + "” is one argument too many. shopbell --help shows the form."}
	}
	if len(rest) < positionals {
		return nil, &usageError{"An argument is missing. shopbell --help shows the form."}
	}
	return rest, c.opt.check()
}

func (o *options) check() error {
	abs, err := filepath.Abs(o.home)
	if err != nil || o.home == "" {
		return &usageError{"The home folder “" + o.home + "” can't be used. Give another one with --home."}
	}
	o.home = abs
	o.graph = strings.TrimRight(o.graph, "/")
	if !strings.HasPrefix(o.graph, "https://") && !strings.HasPrefix(o.graph, "http://") {
		return &usageError{"--graph wants a URL with its version, such as " + meta.DefaultBaseURL + "."}
	}
	if !strings.Contains(o.listen, ":") {
		return &usageError{"--listen wants an address with a port, such as " + defaultListen + "."}
	}
	if o.dsn != "" && !strings.HasPrefix(o.dsn, "postgres://") && !strings.HasPrefix(o.dsn, "postgresql://") {
		return &usageError{"--dsn wants a URL that begins with postgres://."}
	}
	return nil
}

func newFlagSet() *flag.FlagSet {
	fs := flag.NewFlagSet("shopbell", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	return fs
}

func flagError(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return errHelp
	}
	return &usageError{redact.String(err.Error()) + ". shopbell --help lists the flags."}
}

func env(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

// defaultHome is where programs of this system keep a person's data.
func defaultHome() string {
	if runtime.GOOS == "linux" {
		if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
			return filepath.Join(dir, "shopbell")
		}
		if dir, err := os.UserHomeDir(); err == nil {
			return filepath.Join(dir, ".local", "share", "shopbell")
		}
	}
	if dir, err := os.UserConfigDir(); err == nil {
		return filepath.Join(dir, "Shopbell")
	}
	return ""
}

func splitWords(s string) []string { return strings.Fields(s) }

func joinWords(w []string) string { return strings.Join(w, " ") }

// asksHelp tells whether a command line asks for help and for nothing else: "help", or a flag for it behind words that may name a command.
func asksHelp(rest []string) bool {
	if len(rest) == 0 {
		return false
	}
	switch rest[len(rest)-1] {
	case "-h", "-help", "--help":
		return len(helpFor(rest)) > 0
	}
	return rest[0] == "help"
}

// helpFor gives the commands that words name, or begin to name; "help" before them changes nothing.
func helpFor(words []string) (out []command) {
	if len(words) > 0 && words[0] == "help" {
		words = words[1:]
	}
	if i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "-") }); i >= 0 {
		words = words[:i]
	}
	for _, cmd := range commands() {
		name := splitWords(cmd.name)
		if n := min(len(words), len(name)); n > 0 && joinWords(words[:n]) == joinWords(name[:n]) {
			out = append(out, cmd)
		}
	}
	return out
}

// printHelp prints the help of the commands that a command line is about, or all of it.
func printHelp(w io.Writer, about []string) {
	list := helpFor(about)
	if len(list) == 0 {
		fmt.Fprint(w, "Shopbell, the front desk of a small shop on WhatsApp.\n\nCommands:\n")
		list = commands()
		defer printFlags(w)
	} else {
		defer fmt.Fprintln(w, "\nshopbell --help lists all commands and the flags that go before them.")
	}
	for _, cmd := range list {
		fmt.Fprintf(w, "  %s\n      %s\n", strings.TrimSpace("shopbell "+strings.TrimSpace(cmd.name+" "+cmd.args)), cmd.short)
	}
}

func printFlags(w io.Writer) {
	fmt.Fprintf(w, `
Flags, each with its environment twin:
  --home DIR      where everything is kept     SHOPBELL_HOME       %s
  --graph URL     Meta's API, with version     SHOPBELL_GRAPH_URL  %s
  --listen ADDR   the webhook listener         SHOPBELL_LISTEN     %s
  --dsn URL       postgres:// database         SHOPBELL_DSN        SQLite in the home folder

Further environment:
  SHOPBELL_PASSPHRASE   opens the encrypted secrets file where there is no keyring
  SHOPBELL_KEYRING=file uses that file although there is a keyring

The listener serves GET and POST /webhook and GET /healthz.
Exit codes: 0 done, 1 something is wrong, 2 the command line was not understood.
`, defaultHome(), meta.DefaultBaseURL, defaultListen)
}
