package sandbox

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkMessages sends texts over real HTTP, with their statuses delivered to a callback, and prints messages a second and their
// share of what the same machine does with a handler that only answers.
func BenchmarkMessages(b *testing.B) {
	d := open(b, func(c *Config) { c.Now = nil })
	sink := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	defer sink.Close()
	if err := d.s.SetCallback(sink.URL, ""); err != nil {
		b.Fatal(err)
	}
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, `{"messaging_product":"whatsapp"}`)
	}))
	defer bare.Close()
	for i := range 100 {
		d.writes(fmt.Sprintf("8490123%04d", i), "hi")
	}
	send := func(url string, i int) {
		body := strings.Replace(message(`"type":"text","text":{"body":"Your order is ready."}`), customer1, fmt.Sprintf("8490123%04d", i%100), 1)
		if a := d.do(http.MethodPost, url, d.cred.AccessToken, "application/json", []byte(body)); a.code != http.StatusOK {
			b.Fatalf("%d %s %v", a.code, a.raw, a.err)
		}
	}
	var rate float64
	b.Run("bare", func(b *testing.B) {
		for i := range b.N {
			send(bare.URL, i)
		}
		rate = float64(b.N) / b.Elapsed().Seconds()
		b.ReportMetric(rate, "requests/s")
	})
	b.Run("sandbox", func(b *testing.B) {
		u := d.path("PHONE/messages")
		b.ResetTimer()
		for i := range b.N {
			send(u, i)
		}
		mine := float64(b.N) / b.Elapsed().Seconds()
		b.ReportMetric(mine, "messages/s")
		if rate > 0 {
			b.ReportMetric(mine/rate, "of-bare")
		}
	})
}
