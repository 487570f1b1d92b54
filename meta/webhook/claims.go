package webhook

import "bytes"

// claims lists the ids of whatever Decode will attribute something to: of entries, of numbers, of WABAs that an account update names. It reads the
// body in one pass and copies nothing but the ids, for it stands in the way of every acknowledgement. Of doubled keys all count.
// What it tells of a body that is not valid JSON means nothing.
func claims(raw []byte) []string {
	c := claimant{raw: raw}
	members(raw, 0, c.root)
	return c.ids
}

// claimant gathers ids. Each of its methods gets a key and the place of its value, and gives the place where the value ends.
type claimant struct {
	raw []byte
	ids []string
}

func (c *claimant) root(key []byte, i int) int {
	if named(key, "entry") {
		return items(c.raw, i, func(i int) int { return members(c.raw, i, c.entry) })
	}
	return skip(c.raw, i)
}

func (c *claimant) entry(key []byte, i int) int {
	switch {
	case named(key, "id"):
		return c.claim(i)
	case named(key, "changes"):
		return items(c.raw, i, func(i int) int { return members(c.raw, i, c.change) })
	}
	return skip(c.raw, i)
}

func (c *claimant) change(key []byte, i int) int {
	if named(key, "value") {
		return members(c.raw, i, c.value)
	}
	return skip(c.raw, i)
}

func (c *claimant) value(key []byte, i int) int {
	if named(key, "metadata") || named(key, "waba_info") {
		return members(c.raw, i, func(key []byte, i int) int {
			if named(key, "phone_number_id") || named(key, "waba_id") {
				return c.claim(i)
			}
			return skip(c.raw, i)
		})
	}
	return skip(c.raw, i)
}

func (c *claimant) claim(i int) int {
	end := skip(c.raw, i)
	if id := str(c.raw[i:end]); id != "" {
		c.ids = append(c.ids, id)
	}
	return end
}

// members calls at for each member of the object at i, with its key as it stands and the place of its value; at gives where that ends. It gives
// where the object ends; anything else than an object is passed over.
func members(b []byte, i int, at func(key []byte, i int) int) int {
	if i >= len(b) || b[i] != '{' {
		return skip(b, i)
	}
	for i = space(b, i+1); i < len(b) && b[i] == '"'; i = space(b, i) {
		end := skip(b, i)
		key := b[i:end]
		i = space(b, end)
		i = space(b, i+1) // the colon
		i = space(b, at(key, i))
		if i >= len(b) || b[i] != ',' {
			break
		}
		i++
	}
	return min(i+1, len(b))
}

// items does the same with the items of a list.
func items(b []byte, i int, at func(i int) int) int {
	if i >= len(b) || b[i] != '[' {
		return skip(b, i)
	}
	for i = space(b, i+1); i < len(b) && b[i] != ']'; i = space(b, i) {
		i = space(b, at(i))
		if i >= len(b) || b[i] != ',' {
			break
		}
		i++
	}
	return min(i+1, len(b))
}

// named compares a key, quotes and escapes included, with a name of ASCII letters.
func named(key []byte, name string) bool {
	if bytes.IndexByte(key, '\\') >= 0 {
		return text(key) == name
	}
	return len(key) == len(name)+2 && string(key[1:len(key)-1]) == name
}
