package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"

	"shopbell/app"
)

// child is what the test binary does when a test starts it as another program, to be killed, traced or starved.
func child(role string) {
	if mode := os.Getenv("SHOPBELL_TEST_SYNC"); mode != "" {
		synchronous = mode
	}
	var err error
	switch role {
	case "receive":
		err = childReceive(os.Getenv("SHOPBELL_TEST_HOME"), os.Getenv("SHOPBELL_TEST_CYCLE"))
	case "write":
		err = childWrite(os.Getenv("SHOPBELL_TEST_HOME"))
	case "full":
		err = childFull(os.Getenv("SHOPBELL_TEST_HOME"))
	case "open":
		_, err = Open(context.Background(), Options{Home: os.Getenv("SHOPBELL_TEST_HOME"), BusyTimeout: 100 * time.Millisecond})
		var told *app.Error
		if errors.As(err, &told) {
			fmt.Println(told.Message)
			err = nil
		}
	default:
		err = errors.New("no such role: " + role)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// hook is the webhook of the crash tests.
type hook struct {
	ID   string `json:"id"`
	From string `json:"from"`
}

// childReceive takes webhooks in and says on standard output which it acknowledged, while it applies them, until it is killed.
func childReceive(home, cycle string) error {
	ctx := context.Background()
	s, err := Open(ctx, Options{Home: home})
	if err != nil {
		return err
	}
	var wait sync.WaitGroup
	for g := range 8 {
		wait.Go(func() {
			for n := 0; ; n++ {
				h := hook{ID: fmt.Sprintf("%s-%d-%d", cycle, g, n), From: fmt.Sprintf("346%08d", n%7)}
				body, _ := json.Marshal(h)
				if err := s.Receive(ctx, body, time.Now()); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				// One write a line, so that the parent reads whole lines.
				_, _ = os.Stdout.WriteString(h.ID + "\n")
			}
		})
	}
	wait.Go(func() {
		for {
			<-s.Journal().Arrivals()
			if err := project(ctx, s); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	})
	wait.Wait()
	return nil
}

// project applies what waits in the journal.
func project(ctx context.Context, s *Store) error {
	for {
		list, err := s.Journal().Pending(ctx, 64)
		if err != nil || len(list) == 0 {
			return err
		}
		var facts []app.Fact
		var marks []app.JournalMark
		for _, e := range list {
			var h hook
			if err := json.Unmarshal(e.Body, &h); err != nil {
				return err
			}
			facts = append(facts, app.Fact{PhoneNumberID: "number", Message: &app.MessageFact{
				Wamid: h.ID, From: app.Person{Phone: h.From}, Direction: app.In, Type: "text", Text: h.ID, At: e.ReceivedAt,
			}})
			marks = append(marks, app.JournalMark{ID: e.ID, State: app.JournalApplied})
		}
		if _, err := s.ApplyFacts(ctx, facts); err != nil {
			return err
		}
		if err := s.Journal().Mark(ctx, marks); err != nil {
			return err
		}
	}
}

// childWrite acknowledges a number of webhooks, for the power-cut replay to watch, and closes nothing.
func childWrite(home string) error {
	ctx := context.Background()
	s, err := Open(ctx, Options{Home: home})
	if err != nil {
		return err
	}
	var wait sync.WaitGroup
	for g := range 4 {
		wait.Go(func() {
			for n := range 150 {
				body := fmt.Sprintf(`{"id":"%d-%d","fill":"%0800d"}`, g, n, n)
				if err := s.Receive(ctx, []byte(body), time.Now()); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				_, _ = os.Stdout.WriteString(fmt.Sprintf("ack %d-%d\n", g, n))
			}
		})
	}
	wait.Wait()
	return nil
}

// childFull meets a full disk: no file may grow beyond a limit, until the limit is lifted.
func childFull(home string) error {
	ctx := context.Background()
	s, err := Open(ctx, Options{Home: home})
	if err != nil {
		return err
	}
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	now := was
	now.Cur = 1 << 20
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &now); err != nil {
		return err
	}
	acked := 0
	var refused error
	for n := range 10_000 {
		if refused = s.Receive(ctx, fmt.Appendf(nil, `{"n":%d,"fill":"%02000d"}`, n, n), time.Now()); refused != nil {
			break
		}
		acked++
	}
	if app.ErrorCode(refused) != app.CodeDatabase {
		return fmt.Errorf("a full disk gave: %w", refused)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	if err := s.Receive(ctx, []byte("after"), time.Now()); err != nil {
		return fmt.Errorf("it does not go on: %w", err)
	}
	counts, err := s.JournalCounts(ctx)
	if err != nil {
		return err
	}
	rows := 0
	if err := s.EachJournal(ctx, func(app.JournalEntry) error { rows++; return nil }); err != nil {
		return err
	}
	var told *app.Error
	if !errors.As(refused, &told) {
		return fmt.Errorf("a full disk is told without words for a person: %w", refused)
	}
	fmt.Printf("%d %d %d %s\n", acked+1, rows, counts[app.JournalPending], told.Message)
	return s.Close()
}
