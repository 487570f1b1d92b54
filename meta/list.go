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

// page is one page of a list edge, its items as they came.
type page struct {
	Data   []json.RawMessage `json:"data"`
	Paging struct {
		Next    String `json:"next"`
		Cursors struct {
			After String `json:"after"`
		} `json:"cursors"`
	} `json:"paging"`
	Summary json.RawMessage `json:"summary"`
}

// pages walks the pages of an edge. The cursor is followed by hand and paging.next never: its address holds the token, and
// an answer must not choose where the token goes next. A cursor that was followed before ends the walk. It ends after the
// first error too, which it yields with an empty page.
func (c *Client) pages(ctx context.Context, q call, limit int) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		query := cloneValues(q.query)
		if limit > 0 {
			query.Set("limit", strconv.Itoa(limit))
		}
		q.method, q.again = http.MethodGet, true
		followed := map[string]bool{"": true}
		for range maxPages {
			q.query = cloneValues(query)
			var p page
			if err := c.retry(ctx, q, &p); err != nil {
				yield(page{}, err)
				return
			}
			if !yield(p, nil) {
				return
			}
			after := string(p.Paging.Cursors.After)
			if p.Paging.Next == "" || followed[after] {
				return
			}
			followed[after] = true
			query.Set("after", after)
		}
	}
}

// list walks the items of an edge over all its pages; see pages.
func list[T any](ctx context.Context, c *Client, q call, limit int) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		for p, err := range c.pages(ctx, q, limit) {
			if err != nil {
				yield(zero, err)
				return
			}
			for _, raw := range p.Data {
				var item T
				if lenient(raw, &item) != nil {
					continue // one odd item must not hide the others
				}
				if !yield(item, nil) {
					return
				}
			}
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
