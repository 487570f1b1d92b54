// Command sandbox runs the practice Meta server by itself, for trying clients and for tests. Its first line of output is one JSON
// object with the address and the credentials; it stops cleanly on SIGINT and SIGTERM.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"syscall"
	"time"

	"shopbell/meta/sandbox"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

const usage = `sandbox runs a practice WhatsApp Cloud API server.

usage: sandbox [flags]

The first line on standard output is one JSON object: url, app_id, waba_id, phone_number_id,
display_phone_number, access_token, app_secret. Give url to a client as its Graph address.
Control addresses: POST /sandbox/customers/{phone}/messages, GET /sandbox/sent,
POST /sandbox/faults, POST /sandbox/callback, GET /sandbox/webhooks, POST /sandbox/reset,
GET and POST /sandbox/templates[/{id or name}] (review, pause, quality, category of a template).

flags:
`

// run is the program; it returns the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var cfg sandbox.Config
	fs := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	fs.SetOutput(errs)
	fs.Usage = func() {
		_, _ = fmt.Fprint(fs.Output(), usage)
		fs.PrintDefaults()
	}
	listen := fs.String("listen", "127.0.0.1:0", "`address` to listen on; port 0 picks a free one")
	callback := fs.String("callback", "", "`URL` that gets the webhooks; tried until its handshake passes")
	verify := fs.String("verify-token", "", "verify `token` of the callback")
	quick := fs.Bool("quick", false, "statuses, answers and retries follow at once")
	calm := fs.Bool("no-limits", false, "no rate limits (throughput, pair rate, management calls)")
	verbose := fs.Bool("verbose", false, "log to standard error")
	shape := fs.String("shape", string(sandbox.Shape2026), "generation of the webhook payloads: 2026, v24 or v23")
	fs.BoolVar(&cfg.Lively, "lively", false, "customers write first and answer")
	fs.BoolVar(&cfg.RequireProof, "require-proof", false, "demand appsecret_proof on every call")
	fs.BoolVar(&cfg.HoldReview, "hold-review", false, "templates stay in review until POST /sandbox/templates decides")
	fs.BoolVar(&cfg.Unverified, "unverified", false, "the business is not verified: 250 templates at most")
	fs.StringVar(&cfg.AppID, "app-id", "", "app `id` (made up when empty, like the five that follow)")
	fs.StringVar(&cfg.WABAID, "waba-id", "", "business account `id`")
	fs.StringVar(&cfg.PhoneNumberID, "phone-number-id", "", "phone number `id`")
	fs.StringVar(&cfg.DisplayPhoneNumber, "display-phone-number", "", "business `number` as people write it")
	fs.StringVar(&cfg.AccessToken, "access-token", "", "access `token` (or SANDBOX_ACCESS_TOKEN)")
	fs.StringVar(&cfg.AppSecret, "app-secret", "", "app `secret` (or SANDBOX_APP_SECRET)")
	fs.StringVar(&cfg.BusinessName, "name", "", "`name` of the business")
	switch err := fs.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case fs.NArg() > 0:
		_, _ = fmt.Fprintf(errs, "sandbox: unexpected argument %q\n", fs.Arg(0))
		return 2
	}
	if cfg.AccessToken == "" {
		cfg.AccessToken = os.Getenv("SANDBOX_ACCESS_TOKEN")
	}
	if cfg.AppSecret == "" {
		cfg.AppSecret = os.Getenv("SANDBOX_APP_SECRET")
	}
	switch cfg.Shape = sandbox.Shape(*shape); cfg.Shape {
	case sandbox.Shape2026, sandbox.Shape24, sandbox.Shape23:
	default:
		_, _ = fmt.Fprintln(errs, "sandbox: --shape must be 2026, v24 or v23")
		return 2
	}
	if *quick {
		cfg.Pace = sandbox.QuickPace()
	}
	if *calm {
		cfg.Limits = sandbox.NoLimits()
	}
	if u, err := url.Parse(*callback); err != nil || *callback != "" && (u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		_, _ = fmt.Fprintln(errs, "sandbox: --callback must be an http or https address")
		return 2
	}
	level := slog.LevelWarn
	if *verbose {
		level = slog.LevelDebug
	}
	cfg.Log = slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: level}))
	return serve(ctx, cfg, *listen, *callback, *verify, out, errs)
}

func serve(ctx context.Context, cfg sandbox.Config, listen, callback, verify string, out, errs io.Writer) int {
	s := sandbox.New(cfg)
	if err := s.Start(ctx, listen); err != nil {
		_ = s.Close()
		_, _ = fmt.Fprintln(errs, "sandbox:", err)
		return 1
	}
	line, err := json.Marshal(s.Credentials())
	if err == nil {
		_, err = fmt.Fprintf(out, "%s\n", line)
	}
	if err != nil {
		_ = s.Close()
		_, _ = fmt.Fprintln(errs, "sandbox:", err)
		return 1
	}
	if callback != "" {
		subscribe(ctx, s, cfg.Log, callback, verify)
	}
	<-ctx.Done()
	if err := s.Close(); err != nil {
		_, _ = fmt.Fprintln(errs, "sandbox:", err)
		return 1
	}
	return 0
}

// subscribe tries the callback until its handshake passes or the program ends.
func subscribe(ctx context.Context, s *sandbox.Server, log *slog.Logger, callback, verify string) {
	for wait := time.Second; ; wait = min(2*wait, 15*time.Second) {
		err := s.Subscribe(ctx, callback, verify)
		if err == nil || ctx.Err() != nil {
			return
		}
		log.Warn("the callback does not answer the handshake yet", "err", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}
