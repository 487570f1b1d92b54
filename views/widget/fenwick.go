package widget

// fenwick adds up the heights of rows: the offset of a row and the row at an offset each take a logarithm of the
// number of rows, and so does a change of one height. Sums are kept in float64, so that no pixel is lost far down.
type fenwick struct {
	tree  []float64
	value []float64
}

// reset replaces all heights.
func (f *fenwick) reset(heights []float64) {
	f.value = append(f.value[:0], heights...)
	if cap(f.tree) < len(heights)+1 {
		f.tree = make([]float64, len(heights)+1)
	}
	f.tree = f.tree[:len(heights)+1]
	clear(f.tree)
	for i, h := range heights {
		n := i + 1
		f.tree[n] += h
		if up := n + n&-n; up < len(f.tree) {
			f.tree[up] += f.tree[n]
		}
	}
}

func (f *fenwick) len() int { return len(f.value) }

// set changes the height of row i.
func (f *fenwick) set(i int, h float64) {
	delta := h - f.value[i]
	f.value[i] = h
	if delta == 0 {
		return
	}
	for n := i + 1; n < len(f.tree); n += n & -n {
		f.tree[n] += delta
	}
}

// offset is the sum of the heights of the rows before i.
func (f *fenwick) offset(i int) float64 {
	var sum float64
	for ; i > 0; i -= i & -i {
		sum += f.tree[i]
	}
	return sum
}

// total is the sum of all heights.
func (f *fenwick) total() float64 { return f.offset(len(f.value)) }

// at is the row that holds the offset y: the last one that begins at or before it, within the rows there are.
func (f *fenwick) at(y float64) int {
	pos, sum := 0, float64(0)
	step := 1
	for step*2 < len(f.tree) {
		step *= 2
	}
	for ; step > 0; step /= 2 {
		if next := pos + step; next < len(f.tree) && sum+f.tree[next] <= y {
			pos = next
			sum += f.tree[next]
		}
	}
	return min(pos, max(len(f.value)-1, 0))
}
