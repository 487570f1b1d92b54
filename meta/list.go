package meta

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

// maxPages bounds a list, should cursors ever run in a circle.
const maxPages = 1000

// list walks the pages of an edge. The cursor is followed by hand and paging.next never: its address holds the token, and
// an answer must not choose where the token goes next. It ends after the first error, which it yields with a zero item.
func list[T any](ctx context.Context, c *Client, q call, limit int) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		query := url.Values{}
		for k, v := range q.query {
			query[k] = v
		}
		if limit > 0 {
			query.Set("limit", strconv.Itoa(limit))
		}
		q.method, q.again = http.MethodGet, true
		for range maxPages {
			q.query = cloneValues(query)
			var page struct {
				Data   []json.RawMessage `json:"data"`
				Paging struct {
					Next    String `json:"next"`
					Cursors struct {
						After String `json:"after"`
					} `json:"cursors"`
				} `json:"paging"`
			}
			if err := c.retry(ctx, q, &page); err != nil {
				yield(zero, err)
				return
			}
			for _, raw := range page.Data {
				var item T
				if lenient(raw, &item) != nil {
					continue // one odd item must not hide the others
				}
				if !yield(item, nil) {
					return
				}
			}
			after := string(page.Paging.Cursors.After)
			if page.Paging.Next == "" || after == "" || after == query.Get("after") {
				return
			}
			query.Set("after", after)
		}
	}
}

// all collects a list; what came before an error is returned with it.
func all[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range seq {
		if err != nil {
			return out, err
		}
		out = append(out, v)
	}
	return out, nil
}

func cloneValues(v url.Values) url.Values {
	out := make(url.Values, len(v)+1)
	for k, s := range v {
		out[k] = append([]string(nil), s...)
	}
	return out
}
