package records

import (
	"maps"

	"shopbell/app"
)

// selection is which records are ticked: some, or all but some. It keeps what is the exception, so that all of a million cost nothing.
type selection struct {
	all bool
	set map[app.ID]bool // ticked; when all are, those that are not
	rev int             // rises with each change
}

func (s *selection) has(id app.ID) bool { return s.set[id] != s.all }

func (s *selection) put(id app.ID, on bool) {
	if s.has(id) == on {
		return
	}
	s.rev++
	if s.set == nil {
		s.set = map[app.ID]bool{}
	}
	if s.set[id] {
		delete(s.set, id)
	} else {
		s.set[id] = true
	}
}

// count is how many of n are ticked.
func (s *selection) count(n int) int {
	if s.all {
		return max(n-len(s.set), 0)
	}
	return len(s.set)
}

func (s *selection) clear()     { s.all, s.set, s.rev = false, nil, s.rev+1 }
func (s *selection) selectAll() { s.all, s.set, s.rev = true, nil, s.rev+1 }

// clone is a copy that another goroutine may read.
func (s *selection) clone() selection { return selection{s.all, maps.Clone(s.set), s.rev} }

// among leaves only those that are listed.
func (s *selection) among(ids []app.ID) selection {
	if len(s.set) == 0 {
		return *s
	}
	out := selection{all: s.all, rev: s.rev, set: make(map[app.ID]bool, len(s.set))}
	for _, id := range ids {
		if s.set[id] {
			out.set[id] = true
		}
	}
	return out
}

// list gives those that are ticked, in the order of ids.
func (s *selection) list(ids []app.ID) []app.ID {
	out := make([]app.ID, 0, s.count(len(ids)))
	for _, id := range ids {
		if s.has(id) {
			out = append(out, id)
		}
	}
	return out
}

// texts are those that are ticked as the sending names them.
func (s *selection) texts(ids []app.ID) []string {
	list := s.list(ids)
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = idText(id)
	}
	return out
}

// with is the selection with more of them ticked. It takes the place of the one it is made of.
func (s *selection) with(ids []app.ID) selection {
	out := selection{all: s.all, set: s.set, rev: s.rev + 1}
	if out.set == nil {
		out.set = make(map[app.ID]bool, len(ids))
	}
	for _, id := range ids {
		if out.all {
			delete(out.set, id)
		} else {
			out.set[id] = true
		}
	}
	return out
}
