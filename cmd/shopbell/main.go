// Command shopbell is the front desk of a small shop on WhatsApp: a window, or with station the same program without one,
// and a few subcommands for scripts and support people. Here everything meets; nothing is decided here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"shopbell/app"
	"shopbell/app/redact"
	"shopbell/assets"
)

// Exit codes.
const (
	exitOK    = 0
	exitWrong = 1 // something is wrong, or did not work
	exitUsage = 2 // the command line was not understood
)

func main() {
	keepPrivate()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// command is one subcommand.
type command struct {
	name  string
	args  string
	short string
	run   func(ctx context.Context, c *call) error
}

// call is one invocation of a subcommand.
type call struct {
	opt    options
	about  []string // the command line less the flags before the subcommand
	args   []string // after the subcommand's name, flags included
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// errQuiet makes the program exit with 1 without a further word: everything was said.
var errQuiet = errors.New("already said")

// usageError is a command line that was not understood.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func commands() []command {
	return []command{
		{"", "", "open the window", runWindow},
		{"station", "", "run without a window: listener and outbox, until SIGTERM", runStation},
		{"account add", "FILE.json", "connect an account; its secrets go to the keyring", runAccountAdd},
		{"account test", "NAME", "test an account against Meta, check by check", runAccountTest},
		{"account list", "", "list the accounts", runAccountList},
		{"send", "--account NAME --to PHONE (--text TEXT | --template NAME [--language CODE] [--value 1=TEXT …]) [--wait]", "queue a message and print its id", runSend},
		{"broadcast", "--template NAME --type TYPE [--filter FIELD=VALUE …] [--search WORDS] [--account NAME] [--language CODE] [--value 1=TEXT …] [--at TIME] [--country CC] [--skip-days N] [--dry-run]", "send a template to many, or say what would happen", runBroadcast},
		{"export sends", "[--format jsonl]", "print every row of the outbox, one JSON object a line", runExportSends},
		{"export messages", "[--format jsonl]", "print every message, one JSON object a line", runExportMessages},
		{"export journal", "[--format jsonl]", "print every webhook as it came", runExportJournal},
		{"export contacts", "[--format jsonl]", "print every contact, one JSON object a line", runExportContacts},
		{"export records", "TYPE [--format jsonl|csv|xlsx]", "print every record of a type", runExportRecords},
		{"export paper", "TYPE ID|NUMBER --out FILE.pdf|FILE.png [--language CODE]", "draw the document of a record", runExportPaper},
		{"export templates", "[--format jsonl]", "print every message template, one JSON object a line", runExportTemplates},
		{"template lint", "FILE.json [--json]", "say what Meta would refuse of a template; exit 1 if anything", runTemplateLint},
		{"template sync", "--account NAME", "compare an account's templates with Meta's and print the counts", runTemplateSync},
		{
			"import", `TYPE FILE.csv|.xlsx [--map "Column=field" …] [--country CC] [--dry-run]`,
			"take records in from a file and print the counts and reasons", runImport,
		},
		{"import undo", "BATCH", "take an import back", runImportUndo},
		{"journal replay", "", "apply failed and ignored webhooks again", runJournalReplay},
		{"doctor", "[--json]", "check the whole program; exit 1 if something is wrong", runDoctor},
		{"version", "", "print the version", runVersion},
	}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	opt, rest, err := parseOptions(args)
	c := &call{opt: opt, about: rest, stdin: stdin, stdout: stdout, stderr: stderr}
	if err == nil {
		var cmd command
		if cmd, c.args, err = find(rest); err == nil {
			err = cmd.run(ctx, c)
		}
	}
	return c.exit(err)
}

// find chooses the subcommand by the first one or two words.
func find(rest []string) (command, []string, error) {
	var best *command
	n := 0
	for _, cmd := range commands() {
		words := len(splitWords(cmd.name))
		if words <= len(rest) && joinWords(rest[:words]) == cmd.name && (best == nil || words > n) {
			best, n = &cmd, words
		}
	}
	if asksHelp(rest) {
		return command{}, nil, errHelp
	}
	if best == nil || (n == 0 && len(rest) > 0) {
		return command{}, nil, &usageError{"There is no command “" + joinWords(rest) + "”. shopbell --help lists them."}
	}
	return *best, rest[n:], nil
}

func (c *call) exit(err error) int {
	var usage *usageError
	var e *app.Error
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errHelp):
		printHelp(c.stdout, c.about)
		return exitOK
	case errors.Is(err, errQuiet):
		return exitWrong
	case errors.As(err, &usage):
		fmt.Fprintln(c.stderr, "shopbell: "+usage.message)
		return exitUsage
	case errors.As(err, &e):
		fmt.Fprintln(c.stderr, "shopbell: "+redact.Secrets(e.Message))
		if e.Mend != "" {
			fmt.Fprintln(c.stderr, redact.Secrets(e.Mend))
		}
		if e.Cause != nil {
			fmt.Fprintln(c.stderr, "("+redact.String(e.Cause.Error())+")")
		}
	default:
		fmt.Fprintln(c.stderr, "shopbell: "+redact.String(err.Error()))
	}
	return exitWrong
}

func runVersion(_ context.Context, c *call) error {
	_, err := fmt.Fprintln(c.stdout, assets.Name+" "+assets.Version)
	return err
}
