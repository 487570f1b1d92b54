package records

import (
	"context"
	"strconv"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/widget"
)

// chunkRows is how many records one read fetches; keptRows how many are remembered at least.
const (
	chunkRows = 64
	keptRows  = 4096
)

// rows are the records that the table shows: the ids of all, and those around what is seen, as the table draws them. One read is under way at a
// time, and it is of what is wanted when it begins, so that a long scroll reads only where it comes to rest.
type rows struct {
	v       *View
	ids     []app.ID
	have    map[app.ID][]widget.TableCell
	from    int
	to      int // wanted
	reading bool
	life    int // rises when what was read no longer counts
}

// reset takes other ids. What was read of them may stay when the columns are the same.
func (r *rows) reset(ids []app.ID, keep bool) {
	r.ids = ids
	r.life++
	r.reading = false
	if !keep || r.have == nil {
		r.have = map[app.ID][]widget.TableCell{}
	}
}

// stale has everything read again, while what is there still shows.
func (r *rows) stale() {
	r.life++
	r.reading = false
	seen := map[app.ID][]widget.TableCell{}
	for i := r.from; i < r.to && i < len(r.ids) && i < r.from+chunkRows; i++ { // no more than the next read fetches
		if c, ok := r.have[r.ids[i]]; ok {
			seen[r.ids[i]] = c
		}
	}
	r.have = seen
	r.read(true)
}

// row gives what the table draws.
func (r *rows) row(i int) (widget.TableRow, bool) {
	if i < 0 || i >= len(r.ids) {
		return widget.TableRow{}, false
	}
	id := r.ids[i]
	cells, ok := r.have[id]
	return widget.TableRow{Cells: cells, Marked: r.v.picked.has(id), Open: r.v.opened(id)}, ok
}

// near is told what is seen.
func (r *rows) near(from, to int) {
	r.from, r.to = from, to
	r.read(false)
}

// read fetches what is wanted and not there; again fetches it all.
func (r *rows) read(again bool) {
	if r.reading {
		return
	}
	var want []app.ID
	for i := r.from; i < r.to && i < len(r.ids) && len(want) < chunkRows; i++ {
		if _, ok := r.have[r.ids[i]]; !ok || again {
			want = append(want, r.ids[i])
		}
	}
	if len(want) == 0 {
		return
	}
	if len(r.have) > keptRows {
		r.forget()
	}
	r.reading = true
	life, v := r.life, r.v
	typ, cols, c, st := v.typ, v.columns, v.catalog, v.style()
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		got, err := readRows(ctx, v.p.Kept, c, typ, cols, st, want)
		return func() {
			if life != r.life {
				return
			}
			r.reading = false
			for _, id := range want {
				if cells, ok := got[id]; ok {
					r.have[id] = cells
				} else { // gone meanwhile: the feed tells of it
					r.have[id] = make([]widget.TableCell, len(cols))
				}
			}
			v.list.table.Changed()
			r.read(false)
		}, err
	}, func(err error) {
		if life == r.life {
			r.reading = false
			v.list.failed(err)
		}
	})
}

// forget lets go of what is far from what is seen.
func (r *rows) forget() {
	near := make(map[app.ID][]widget.TableCell, 4*chunkRows)
	for i := max(0, r.from-chunkRows); i < min(len(r.ids), r.to+chunkRows); i++ {
		if c, ok := r.have[r.ids[i]]; ok {
			near[r.ids[i]] = c
		}
	}
	r.have = near
}

// readRows reads records and writes their cells. Columns of other records are one read a level for all.
func readRows(ctx context.Context, kept *records.Kept, c records.Catalog, t records.Type, cols []column, st style, ids []app.ID) (map[app.ID][]widget.TableCell, error) {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = strconv.FormatInt(id, 10)
	}
	own := []string{t.Title}
	var paths []records.Path
	for _, col := range cols {
		if len(col.path) == 1 {
			own = append(own, col.name)
		} else {
			paths = append(paths, col.path)
		}
	}
	found, err := kept.Read(ctx, []records.Want{{Type: t.Name, IDs: names, Fields: own}})
	if err != nil {
		return nil, err
	}
	var far map[string][][]records.Value
	if len(paths) > 0 {
		if far, err = records.Walk(ctx, kept, c, t.Name, names, paths); err != nil {
			return nil, err
		}
	}
	out := make(map[app.ID][]widget.TableCell, len(ids))
	for i, id := range ids {
		r, ok := found[records.Ref{Type: t.Name, ID: names[i]}]
		if !ok {
			continue
		}
		cells := make([]widget.TableCell, len(cols))
		at := 0
		for k, col := range cols {
			var values []records.Value
			if len(col.path) == 1 {
				if v, ok := r.Fields[col.name]; ok {
					values = []records.Value{v}
				}
			} else {
				if far[names[i]] != nil {
					values = far[names[i]][at]
				}
				at++
			}
			cells[k] = st.cell(col, values)
			if col.name == t.Title && cells[k].Text == "" {
				cells[k].Text = r.Title
			}
		}
		out[id] = cells
	}
	return out, nil
}
