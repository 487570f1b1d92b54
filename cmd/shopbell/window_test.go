package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

// emptyWindow is the least that a Fyne program can be; it says when it is up. Benchmarks measure the window against it.
func emptyWindow() {
	a := fyneapp.NewWithID("app.shopbell.empty")
	w := a.NewWindow("empty")
	w.SetContent(widget.NewLabel("empty"))
	w.Resize(fyne.NewSize(1280, 800))
	w.Show()
	go func() {
		framesDrawn()
		_, _ = os.Stdout.WriteString("up\n")
	}()
	a.Run()
}

// screen is the real window of a real process, used by keyboard.
type screen struct {
	w      *world
	cmd    *exec.Cmd
	stderr *lockedBuffer
	done   chan struct{}
	id     string // of the window, for xdotool
}

// needScreen ends a test where there is no screen; make test brings one.
func needScreen(t testing.TB) {
	t.Helper()
	_, err := exec.LookPath("xdotool")
	if os.Getenv("DISPLAY") != "" && err == nil {
		return
	}
	if os.Getenv("SHOPBELL_TEST_ALLOW_SKIP") == "1" {
		t.Skip("there is no screen here, or no xdotool")
	}
	t.Fatal("there is no screen here, or no xdotool; make test brings both")
}

// openWindow starts the program and waits until its desk is open.
func (w *world) openWindow(env ...string) *screen {
	w.t.Helper()
	s := w.startWindow(env...)
	eventually(w.t, "the window is up", func() bool { return strings.Contains(w.logFile(), "the window is up") })
	s.xdo("windowactivate", "--sync", s.id)
	return s
}

// startWindow starts the program and waits for a window, whatever it says.
func (w *world) startWindow(env ...string) *screen {
	w.t.Helper()
	s := &screen{w: w, stderr: &lockedBuffer{}, done: make(chan struct{})}
	s.cmd = exec.Command(os.Args[0])
	s.cmd.Env = append(append([]string{}, w.env...), env...)
	s.cmd.Stderr = s.stderr
	if err := s.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	go func() {
		defer close(s.done)
		_ = s.cmd.Wait()
	}()
	w.t.Cleanup(func() { _ = s.cmd.Process.Kill(); <-s.done })
	eventually(w.t, "a window", func() bool {
		select {
		case <-s.done:
			w.t.Fatalf("the program ended: %s", s.stderr)
		default:
		}
		out, _ := exec.Command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(s.cmd.Process.Pid)).Output()
		s.id = strings.TrimSpace(string(out))
		return s.id != "" && !strings.Contains(s.id, "\n")
	})
	return s
}

func (w *world) logFile() string {
	raw, _ := os.ReadFile(filepath.Join(w.home, "logs", "shopbell.log"))
	return string(raw)
}

func (s *screen) xdo(args ...string) {
	s.w.t.Helper()
	if out, err := exec.Command("xdotool", args...).CombinedOutput(); err != nil {
		s.w.t.Fatalf("xdotool %v: %v %s\n%s", args, err, out, s.stderr)
	}
}

func (s *screen) key(keys ...string) {
	s.w.t.Helper()
	for _, k := range keys {
		s.xdo("key", "--clearmodifiers", k)
		time.Sleep(100 * time.Millisecond) // as a person's fingers
	}
}

func (s *screen) write(text string) {
	s.w.t.Helper()
	s.xdo("type", "--delay", "20", "--", text)
}

// picture keeps what is on the screen when SHOPBELL_TEST_PICTURES names a folder.
func (s *screen) picture(name string) {
	if dir := os.Getenv("SHOPBELL_TEST_PICTURES"); dir != "" {
		time.Sleep(400 * time.Millisecond)
		_ = exec.Command("import", "-window", s.id, filepath.Join(dir, name+".png")).Run()
	}
}

// quiet fails when Fyne or the race detector complained.
func (s *screen) quiet() {
	s.w.t.Helper()
	for _, bad := range []string{"Error in Fyne call thread", "DATA RACE", "panic", "Missing UpdateItem"} {
		if strings.Contains(s.stderr.String(), bad) {
			s.w.t.Errorf("the program said:\n%s", s.stderr)
			return
		}
	}
}

// The whole way in a real window with the real keyring: first start, practice account, a message comes, an answer goes, its ticks turn.
func TestTheWholeWayInARealWindow(t *testing.T) {
	needScreen(t)
	w := newWorld(t)
	s := w.openWindow()
	s.picture("first-start")
	s.key("Tab", "Return") // Start practising
	eventually(t, "a practice customer writes", func() bool {
		for _, m := range w.messages() {
			if m.Direction == "in" {
				return true
			}
		}
		return false
	})
	s.key("ctrl+j") // the next unread
	time.Sleep(700 * time.Millisecond)
	s.write("Con mucho gusto, hoy mismo")
	s.picture("answer-written")
	s.key("Return")
	eventually(t, "the answer is read", func() bool {
		for _, m := range w.messages() {
			if m.Direction == "out" && m.Text == "Con mucho gusto, hoy mismo" && m.Status == "read" {
				return true
			}
		}
		return false
	})
	s.picture("answer-read")
	for _, m := range w.messages() {
		if m.Status == "failed" {
			t.Errorf("%+v", m)
		}
	}

	// A second start brings this window to the front and ends.
	if _, errOut, code := w.run(); code != 0 {
		t.Errorf("the second start: exit %d %s", code, errOut)
	}
	// What is on the screen is remembered; closing it ends the program cleanly.
	s.key("ctrl+q")
	select {
	case <-s.done:
	case <-time.After(30 * time.Second):
		t.Fatal("the window does not close")
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("it ended with %d: %s", code, s.stderr)
	}
	s.quiet()
}

// A database that can't be used is a clear window, not a crash.
func TestADatabaseThatCannotBeUsedIsAWindow(t *testing.T) {
	needScreen(t)
	w := newWorld(t)
	if err := os.WriteFile(filepath.Join(w.home, "desk.db"), bytes.Repeat([]byte("this is no database "), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	s := w.startWindow()
	s.picture("corrupt-database")
	s.quiet()
	if _, errOut, code := w.run("export", "messages"); code != 1 || errOut == "" {
		t.Errorf("export from it: exit %d %q", code, errOut)
	}
}

// Without a screen the program says so and names the station.
func TestWithoutAScreenTheStationIsNamed(t *testing.T) {
	w := newWorld(t)
	w.env = append(w.env, "DISPLAY=", "WAYLAND_DISPLAY=")
	_, errOut, code := w.run()
	if code != 1 || !strings.Contains(errOut, "shopbell station") {
		t.Errorf("exit %d: %s", code, errOut)
	}
}
