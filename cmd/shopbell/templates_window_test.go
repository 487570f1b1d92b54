package main

import (
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

// click clicks into the window, in pixels from its upper left corner.
func (s *screen) click(x, y int) {
	s.w.t.Helper()
	s.xdo("mousemove", "--window", s.id, strconv.Itoa(x), strconv.Itoa(y), "click", "1")
	time.Sleep(200 * time.Millisecond)
}

// command runs a command of the palette, found by its words.
func (s *screen) command(words string) {
	s.w.t.Helper()
	s.key("ctrl+k")
	time.Sleep(300 * time.Millisecond)
	s.write(words)
	time.Sleep(500 * time.Millisecond)
	s.key("Return")
	time.Sleep(500 * time.Millisecond)
}

// freePort is an address that nothing listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// A template's whole life in a real window: a starter is edited and submitted, Meta rejects it, it is mended and submitted again, a webhook
// approves it, and a sync brings what else Meta has.
func TestATemplatesLifeInARealWindow(t *testing.T) {
	needScreen(t)
	w := newWorld(t)
	w.addAccount("Shop")
	w.listen = freePort(t)
	w.path = "http://" + w.listen + "/webhook"
	s := w.openWindow("SHOPBELL_LISTEN=" + w.listen)
	w.subscribe("messages", "message_template_status_update", "message_template_quality_update", "template_category_update")

	s.command("new template")
	s.picture("template-gallery")
	s.key("shift+Tab", "Return") // from the first field back to the last button: begin with the quotation
	time.Sleep(700 * time.Millisecond)
	s.picture("template-new")
	s.click(650, 520) // into the body
	s.key("ctrl+End")
	const folly = " You have won the lottery."
	s.write(folly)
	eventually(t, "the draft is saved", func() bool {
		for _, l := range w.templates() {
			for _, c := range l.Components {
				if l.Status == "draft" && strings.Contains(string(c), "lottery") {
					return true
				}
			}
		}
		return false
	})
	s.picture("template-edited")
	submit := func() {
		t.Helper()
		s.key("ctrl+shift+Return")
		time.Sleep(500 * time.Millisecond)
		s.key("Return")
	}
	status := func() string { return w.templates()["quotation/en"].Status }
	submit()
	eventually(t, "it is rejected", func() bool { return status() == "rejected" })
	if got := w.templates()["quotation/en"].Reason; got != "SCAM" {
		t.Errorf("rejected for %q", got)
	}
	s.picture("template-rejected")

	s.command("edit the template")
	time.Sleep(500 * time.Millisecond)
	s.command("body of the template")
	s.key("ctrl+End")
	for range folly {
		s.xdo("key", "--clearmodifiers", "BackSpace")
	}
	eventually(t, "the mended draft is saved", func() bool {
		l := w.templates()["quotation/en"]
		for _, c := range l.Components {
			if strings.Contains(string(c), "won") {
				return false
			}
		}
		return l.Status == "draft"
	})
	submit()
	eventually(t, "a webhook approves it", func() bool { return status() == "approved" })
	s.picture("template-approved")

	s.command("sync all templates")
	eventually(t, "all of Meta's templates are here", func() bool { return len(w.templates()) == 15 })
	s.picture("template-synced")
	if n := w.syncTemplates(); n["unchanged"] != 15 {
		t.Errorf("a sync after all that: %v", n)
	}
	s.quiet()
}
