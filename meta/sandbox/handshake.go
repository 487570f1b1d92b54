package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

const callbackTimeout = 10 * time.Second

// handshake asks a callback for the challenge before anything is sent there (Meta: Webhooks, verification requests).
func (s *Server) handshake(ctx context.Context, callback, token string) *graphErr {
	refuse := func(format string, args ...any) *graphErr {
		return &graphErr{http: http.StatusBadRequest, code: 2200, msg: "(#2200) Callback verification failed with the following errors: " + fmt.Sprintf(format, args...)}
	}
	u, err := url.Parse(callback)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return param100("Param callback_url must be a valid URL.")
	}
	challenge := "1" + s.dice.str(decimals, 9)
	q := u.Query()
	q.Set("hub.mode", "subscribe")
	q.Set("hub.challenge", challenge)
	q.Set("hub.verify_token", token)
	u.RawQuery = q.Encode()
	ctx, cancel := context.WithTimeout(ctx, callbackTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return param100("Param callback_url must be a valid URL.")
	}
	req.Header.Set("User-Agent", "facebookplatform/1.0 (+http://developers.facebook.com)")
	req.Header.Set("Accept", "*/*")
	resp, err := s.postman.client.Do(req)
	if err != nil {
		var ne net.Error
		if errors.As(err, &ne) && ne.Timeout() {
			return refuse("curl_errno = 28; curl_error = Operation timed out; HTTP Status Code = 0")
		}
		return refuse("curl_errno = 7; curl_error = Failed to connect to %s; HTTP Status Code = 0", u.Host)
	}
	defer resp.Body.Close()
	got, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
	if resp.StatusCode != http.StatusOK {
		return refuse("HTTP Status Code = %d; HTTP Message = %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	}
	if string(got) != challenge {
		if len(got) > 100 {
			got = got[:100]
		}
		e := refuse("")
		e.msg = fmt.Sprintf("(#2200) The URL couldn't be validated. Response does not match challenge, expected value=\"%s\", received=\"%s\"", challenge, got)
		return e
	}
	return nil
}
