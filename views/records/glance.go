package records

import (
	"context"

	"shopbell/app"
)

// glance shows the first records of a list while the rest of it is still looked for.
func (v *View) glance(mine int, f app.RecordFilter) {
	if len(f.Via) > 0 { // the beginning of such an order takes as long as the whole
		return
	}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		p, err := v.p.Kept.List(ctx, f, nil, glanceRows)
		return func() {
			if mine != v.asked || v.arrived == mine || len(p.Records) == 0 {
				return
			}
			ids := make([]app.ID, len(p.Records))
			for i, r := range p.Records {
				ids[i] = readID(r.ID)
			}
			v.glanced = mine
			v.rows.reset(ids, false)
			v.list.peek()
		}, err
	}, func(error) {}) // the whole list says what is wrong
}

// glanceRows are about a screenful.
const glanceRows = 40
