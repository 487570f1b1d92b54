package sandbox

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// mediaLink is a file that Meta would fetch before it sends the message.
type mediaLink struct{ kind, url string }

// fetchLinks fetches what a message links to and then lets its statuses come; a failure becomes 131053. Callers hold Server.mu.
func (s *Server) fetchLinks(o *outgoing, links []mediaLink) {
	var todo []mediaLink
	for _, l := range links {
		if s.cfg.FetchLinks || loopback(l.url) {
			todo = append(todo, l)
		}
	}
	if len(todo) == 0 {
		s.follow(o, 0, "")
		return
	}
	w := s.w
	s.spawn(func() {
		code, why := 0, ""
		for _, l := range todo {
			if why = s.tryLink(l); why != "" {
				code = 131053
				break
			}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.w == w && s.ctx.Err() == nil {
			s.follow(o, code, why)
		}
	})
}

func loopback(link string) bool {
	u, err := url.Parse(link)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// tryLink says what is wrong with a link; "" when nothing is.
func (s *Server) tryLink(l mediaLink) string {
	ctx, cancel := context.WithTimeout(s.ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.url, nil)
	if err != nil {
		return "Downloading media from weblink failed: the link is not valid"
	}
	resp, err := s.postman.client.Do(req)
	if err != nil {
		return "Downloading media from weblink failed: no connection"
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Sprintf("Downloading media from weblink failed with http code %d, status message %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	}
	ctype := resp.Header.Get("Content-Type")
	kind, limit := mediaKind(ctype)
	if l.kind == "document" {
		limit = 100 << 20
	} else if kind != l.kind {
		return fmt.Sprintf("Unsupported %s mime type %s.", l.kind, ctype)
	}
	n, err := io.Copy(io.Discard, io.LimitReader(resp.Body, int64(limit)+1))
	switch {
	case err != nil:
		return "Downloading media from weblink failed: the connection broke"
	case n > int64(limit):
		return fmt.Sprintf("The %s is larger than %d bytes.", l.kind, limit)
	}
	return ""
}
