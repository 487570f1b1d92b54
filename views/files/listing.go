package files

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// folder is what the list of a sheet shows: one folder, and of it what fits.
type folder struct {
	s     *sheet
	wait  *shell.Waiting
	empty *widget.EmptyState

	dir    string
	ready  bool // it was read
	begins string
	all    []entry
	shown  []int // of all, in their order
	cursor int
	end    context.CancelFunc // of the reading
	asked  map[string]bool    // names whose facts are being read, or could not be
	want   []string           // names whose facts are wanted
	again  func()
}

func newFolder(s *sheet) *folder {
	f := &folder{s: s}
	f.empty = widget.NewEmptyState("folder", "", "")
	f.empty.Hide()
	f.wait = shell.NewWaiting(s.sh, widget.NewSkeleton(5, 72), func() { f.stop() }, func() { f.again() })
	f.wait.OnBars = f.clear
	return f
}

// open reads a folder and shows the names in it that begin so; the cursor stands on a name, or on the first. then (may be nil) hears of success.
func (f *folder) open(dir, begins, on string, then func()) {
	f.stop()
	var ctx context.Context
	ctx, f.end = context.WithCancel(f.s.ctx) // stop ends it, and so does the sheet
	f.dir, f.begins, f.ready = dir, begins, false
	f.again = func() { f.open(dir, begins, on, then) }
	f.empty.Hide()
	f.wait.Begin()
	f.s.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		all, err := f.s.read(ctx, dir)
		return func() {
			f.wait.End()
			f.all, f.ready, f.asked, f.want = all, true, map[string]bool{}, nil
			f.filter()
			f.point(on)
			if then != nil {
				then()
			}
		}, err
	}, func(err error) {
		f.clear()
		f.wait.Fail(err)
	})
}

// stop ends the reading.
func (f *folder) stop() {
	if f.end != nil {
		f.end()
		f.end = nil
	}
}

// clear empties the list, for what stands over it.
func (f *folder) clear() {
	f.all, f.shown, f.cursor = nil, nil, 0
	f.empty.Hide()
	f.s.list.Refresh()
}

// search shows the names that begin so.
func (f *folder) search(begins string) {
	if f.begins != begins {
		f.begins = begins
		f.filter()
	}
}

// filter shows what fits: by its kind, and by what is typed. Hidden files are for who types the dot. Names that begin so come before those that
// hold it.
func (f *folder) filter() {
	kind, folded := f.s.q.kind(f.s.kind), strings.ToLower(f.begins)
	f.shown, f.cursor = f.shown[:0], 0
	var holding []int
	for i := range f.all {
		e := &f.all[i]
		switch {
		case e.hidden() && !strings.HasPrefix(folded, "."), !e.dir && !kind.fits(e.name):
		case strings.HasPrefix(e.folded, folded):
			f.shown = append(f.shown, i)
		case strings.Contains(e.folded, folded):
			holding = append(holding, i)
		}
	}
	f.shown = append(f.shown, holding...)
	f.say()
	f.s.list.ScrollToTop()
	f.s.list.Refresh()
}

// say says why nothing is listed.
func (f *folder) say() {
	if len(f.shown) > 0 || !f.ready {
		f.empty.Hide()
		return
	}
	kind := f.s.q.kind(f.s.kind)
	switch {
	case f.begins != "" && f.s.q.save:
		f.empty.SetText(lang.X("files.no_match", "Nothing here is called that"), "")
	case f.begins != "":
		f.empty.SetText(lang.X("files.no_match", "Nothing here is called that"), lang.X("files.no_match_text", "Type another name, or the whole path of the file."))
	case len(kind.Extensions) > 0 && len(f.all) > 0:
		f.empty.SetText(lang.X("files.none_fits", "No such files here"), lang.X("files.none_fits_text", "Only files of this kind are listed: {{.Kind}}", map[string]any{"Kind": kind.words()}))
	default:
		f.empty.SetText(lang.X("files.empty", "This folder is empty"), "")
	}
	f.empty.Show()
}

// point puts the cursor on a name.
func (f *folder) point(on string) {
	if on == "" {
		return
	}
	for i := range f.shown {
		if f.at(i).name == on {
			f.cursor = i
			f.s.list.ScrollTo(i)
			f.s.list.Refresh()
			return
		}
	}
}

// pointed tells whether the cursor is shown: it says what Return takes.
func (f *folder) pointed() bool {
	return f.s.moved || f.begins != "" || f.s.list.Focused()
}

// at is what a row shows; nil where there is none.
func (f *folder) at(i int) *entry {
	if i < 0 || i >= len(f.shown) {
		return nil
	}
	return &f.all[f.shown[i]]
}

// learn reads size and time of the rows that are seen, all that were asked for at once.
func (f *folder) learn(name string) {
	if f.asked[name] || f.asked == nil {
		return
	}
	f.asked[name] = true
	f.want = append(f.want, name)
	if len(f.want) > 1 {
		return
	}
	dir := f.dir
	f.s.sh.Later(func() {
		names := f.want
		f.want = nil
		if dir != f.dir || len(names) == 0 {
			return
		}
		f.s.sh.Async(f.s.ctx, func(ctx context.Context) (func(), error) {
			found := readFacts(ctx, dir, names)
			return func() {
				if dir != f.dir {
					return
				}
				for i := range f.all {
					if x, ok := found[f.all[i].name]; ok {
						f.all[i].known, f.all[i].size, f.all[i].at = true, x.size, x.at
					}
				}
				f.s.list.Refresh()
			}, nil
		}, nil)
	})
}

// paint shows one row of the folder.
func (s *sheet) paint(i int, r *row) {
	f := s.folder
	e := f.at(i)
	if e == nil {
		return
	}
	icon, colour, size, date := "file", theme.Text2, "", ""
	switch {
	case e.dir:
		icon, colour = "folder", theme.Accent
	case e.known:
		size, date = widget.FileSize(e.size), when.Row(e.at, s.sh.Now())
	default:
		f.learn(e.name)
	}
	r.set(icon, colour, e.name, size, date, true)
	r.tapped = func() { s.choose(i) }
	r.mark(i == f.cursor && f.pointed(), i == f.cursor && s.list.Focused())
}

// paintPlace shows one place.
func (s *sheet) paintPlace(i int, r *row) {
	p := s.goTo[i]
	r.set(p.icon, theme.Text2, p.label, "", "", false)
	r.tapped = func() { s.enter(p.path, "") }
	r.mark(i == s.placeAt, i == s.placeAt && s.places.Focused())
}
