package storage

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/app"
)

// self prepares the test binary to be run as another program.
func self(role, home string, more ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "SHOPBELL_TEST_CHILD="+role, "SHOPBELL_TEST_HOME="+home)
	cmd.Env = append(cmd.Env, more...)
	return cmd
}

// TestKilledTwoHundredTimes kills a program that receives and applies webhooks, at random moments, two hundred times over on one data folder.
// Whatever it acknowledged must be there once, and applied once.
func TestKilledTwoHundredTimes(t *testing.T) {
	home := t.TempDir()
	s, err := Open(bg, Options{Home: home})
	if err != nil {
		t.Fatal(err)
	}
	shop(t, s)
	must(t, s.Close())
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	acked := map[string]bool{}
	for cycle := range 200 {
		cmd := self("receive", home, fmt.Sprint("SHOPBELL_TEST_CYCLE=", cycle))
		cmd.Stderr = os.Stderr
		pipe, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		// Not after a time but after a number of acknowledgements, so that a slow machine tests as much as a fast one.
		last := 1 + rng.IntN(120)
		lines := bufio.NewReader(pipe)
		for n := 1; ; n++ {
			line, err := lines.ReadString('\n')
			if err != nil {
				break
			}
			acked[strings.TrimSpace(line)] = true
			if n == last {
				must(t, cmd.Process.Kill())
			}
		}
		_ = cmd.Wait()
	}
	if len(acked) < 1000 {
		t.Fatalf("only %d were acknowledged: nothing is proved", len(acked))
	}

	s = open(t, Options{Home: home})
	stored := map[string]int{}
	must(t, s.EachJournal(bg, func(e app.JournalEntry) error {
		stored[string(e.Body)]++
		return nil
	}))
	waiting := ok[map[app.JournalState]int](t)(s.JournalCounts(bg))[app.JournalPending]
	must(t, project(bg, s))
	applied := map[string]int{}
	must(t, s.EachMessage(bg, func(_ app.Account, _ app.Conversation, m app.Message) error {
		applied[m.Wamid]++
		return nil
	}))
	for id := range acked {
		if applied[id] != 1 {
			t.Errorf("%s was acknowledged and is there %d times", id, applied[id])
		}
	}
	if len(stored) != len(applied) {
		t.Errorf("%d webhooks, %d messages", len(stored), len(applied))
	}
	unread := 0
	for _, c := range conversations(t, s) {
		unread += c.Unread
	}
	if n := ok[app.Counts](t)(s.Counts(bg)); n.Unread != unread || unread != len(applied) {
		t.Errorf("the counter says %d, the list %d, messages are %d", n.Unread, unread, len(applied))
	}
	for _, name := range []string{deskFile, journalFile} {
		if got := integrity(t, filepath.Join(home, name)); got != "ok" {
			t.Errorf("%s: %s", name, got)
		}
	}
	t.Logf("%d acknowledged, %d stored, %d of them waited at the end", len(acked), len(stored), waiting)
}

// TestDiskFull: a webhook that can't be stored is refused, nothing crashes, and it goes on when there is space again.
func TestDiskFull(t *testing.T) {
	cmd := self("full", t.TempDir())
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err, string(out))
	}
	var acked, rows, counted int
	if _, err := fmt.Sscan(string(out), &acked, &rows, &counted); err != nil {
		t.Fatal(err)
	}
	if acked < 2 || acked != rows || rows != counted {
		t.Errorf("%d acknowledged, %d stored, counter says %d", acked, rows, counted)
	}
	if !strings.Contains(string(out), "disk") {
		t.Errorf("it was said so: %s", out)
	}
}
