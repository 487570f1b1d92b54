package files

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

const (
	sheetWidth  float32 = 800
	sheetHeight float32 = 560
	placesWidth float32 = 156
	typingPause         = 100 * time.Millisecond // how long a person may pause before the list follows what is typed
)

// sheet asks for a file over the window, where no desktop does. All of it is used on the UI goroutine.
type sheet struct {
	sh     *shell.Shell
	q      question
	layer  *shell.Sheet
	ctx    context.Context //nolint:containedctx // the life of the sheet
	cancel context.CancelFunc
	read   func(ctx context.Context, dir string) ([]entry, error)

	path   *widget.Field
	name   *widget.Field // of a new file; nil while opening
	places *rowList
	goTo   []place
	list   *rowList
	folder *folder
	ahead  typeAhead
	kind   int

	dir        string // where the person is, and what names are seen from
	placeAt    int
	moved      bool // the cursor was moved since something was typed: it says what is meant
	writing    bool // the fields change by the program
	stopTyping func()
	clicked    int // row of the last click, and when it was
	clickedAt  time.Time
}

// show asks in a sheet.
func show(sh *shell.Shell, q question) { showWith(sh, q, readFolder) }

func showWith(sh *shell.Shell, q question, read func(context.Context, string) ([]entry, error)) *sheet {
	s := &sheet{sh: sh, q: q, read: read, clicked: -1}
	s.ctx, s.cancel = context.WithCancel(sh.Base)
	s.folder = newFolder(s)
	s.build()
	s.layer = sh.Layers.Show(s.content(), sheetWidth, 0, func() {
		s.stopFollowing()
		s.cancel()
	})
	s.layer.Up = s.up
	if q.save {
		s.name.Focus()
		s.name.SelectAll()
	} else {
		s.path.Focus()
	}
	s.begin()
	return s
}

func (s *sheet) build() {
	s.path = widget.NewField("", lang.X("files.path", "Type or paste a path"))
	s.path.OnChanged = s.typed
	s.path.OnSubmitted = func(string) { s.submit() }
	s.path.OnKey = s.fieldKey
	if s.q.save {
		s.name = widget.NewField(lang.X("files.name", "Name"), "")
		s.name.SetText(s.q.Name)
		s.name.OnChanged = func(string) { s.name.SetWrong("") }
		s.name.OnSubmitted = func(string) { s.save() }
	}
	s.list = newRowList(func() int { return len(s.folder.shown) }, s.paint, s.listKey, s.letter)
	s.places = newRowList(func() int { return len(s.goTo) }, s.paintPlace, s.placeKey, nil)
}

func (s *sheet) content() fyne.CanvasObject {
	away := widget.NewIconButton("x", lang.X("button.close", "Close"), func() { s.layer.Close() })
	up := widget.NewIconButton("up", lang.X("files.up", "To the folder above (Alt+Up)"), s.up)
	body := layout.TallRow(theme.Space3,
		layout.Exactly(placesWidth, 0, shell.Tight(s.places)), widget.NewLine(),
		layout.Grow(layout.Over(shell.Tight(s.list), s.folder.empty, s.folder.wait.Object)))
	all := layout.Column(theme.Space3,
		layout.Row(theme.Space2, layout.Grow(widget.NewBold(s.q.title(), theme.TypePage, theme.Text).Shrinking()), away),
		layout.Row(theme.Space2, up, layout.Grow(s.path)), widget.NewLine(), layout.Grow(body), widget.NewLine())
	if s.name != nil {
		all.Add(s.name)
	}
	all.Add(layout.Row(theme.Space2, layout.Grow(s.kinds()),
		widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { s.layer.Close() }),
		widget.NewButton(widget.Main, s.q.yes(), "", s.yes)))
	return layout.Exactly(0, sheetHeight, all)
}

// kinds says which files are listed, and lets the person choose where there are several kinds.
func (s *sheet) kinds() fyne.CanvasObject {
	switch len(s.q.Kinds) {
	case 0:
		return layout.Gap()
	case 1:
		return widget.NewText(s.q.Kinds[0].words(), theme.TypeSmall, theme.Text2).Shrinking()
	}
	var options []widget.Option
	for i, k := range s.q.Kinds {
		options = append(options, widget.Option{Key: strconv.Itoa(i), Label: k.words()})
	}
	c := widget.NewChoice("", options, func(key string) {
		s.kind, _ = strconv.Atoi(key)
		s.folder.filter()
	})
	c.SetChosen("0")
	return c
}

// begin goes to the folder of the last time, or to the first that can be read.
func (s *sheet) begin() {
	last := remembered(s.sh, s.q.Key)
	s.sh.Async(s.ctx, func(ctx context.Context) (func(), error) {
		goTo, dirs := places(), beginnings(last)
		i := slices.IndexFunc(dirs, func(d string) bool { return look(d) == aFolder })
		return func() {
			s.goTo = goTo
			s.places.Refresh()
			if s.path.Text() == "" { // nothing was typed in the meantime
				s.enter(dirs[max(i, 0)], "")
			} else {
				s.dir = dirs[max(i, 0)]
				s.follow()
			}
		}, nil
	}, nil)
}

// enter goes into a folder. The cursor comes to stand on a name in it, or on the first.
func (s *sheet) enter(dir, on string) {
	s.stopFollowing()
	s.dir, s.moved = dir, false
	s.ahead = typeAhead{}
	s.setPath(dir)
	s.folder.open(dir, "", on, nil)
	s.placeAt = slices.IndexFunc(s.goTo, func(p place) bool { return p.path == dir })
	s.places.Refresh()
}

// setPath writes a path into its field, selected so that typing replaces it.
func (s *sheet) setPath(dir string) {
	s.writing = true
	s.path.SetText(dir)
	s.path.SelectAll()
	s.writing = false
	s.path.SetWrong("")
}

// up goes to the folder above.
func (s *sheet) up() {
	if above := filepath.Dir(s.dir); s.dir != "" && above != s.dir {
		s.enter(above, filepath.Base(s.dir))
	}
}

// take goes into the folder of a row, or answers with its file.
func (s *sheet) take(i int) {
	e := s.folder.at(i)
	if e == nil {
		return
	}
	path := filepath.Join(s.folder.dir, e.name)
	switch {
	case e.dir:
		s.enter(path, "")
	case s.q.save:
		s.dir = s.folder.dir
		s.setPath(s.dir)
		s.name.SetText(e.name)
		s.save()
	default:
		s.done(path)
	}
}

// done ends the sheet with an answer.
func (s *sheet) done(path string) {
	s.layer.Close()
	answer(s.sh, s.q, path)
}

// yes is what the main button does: what Return would.
func (s *sheet) yes() {
	if s.q.save {
		s.save()
		return
	}
	s.submit()
}

// save makes sure of the name and the place of a new file: a path in the name leads there, a folder is gone into, and a file is asked about.
func (s *sheet) save() {
	typed := strings.TrimSpace(s.name.Text())
	if typed == "" {
		s.name.SetWrong(lang.X("files.nameless", "Give the file a name"))
		return
	}
	plain := resolve(s.dir, typed)
	named := s.q.kind(s.kind).named(plain)
	s.sh.Async(s.ctx, func(context.Context) (func(), error) {
		there := look(plain)
		if there != aFolder {
			there = look(named)
		}
		return func() {
			switch there {
			case nothing:
				s.done(named)
			case aFile:
				askToReplace(s.sh, named, func() { s.done(named) })
			case aFolder:
				s.name.SetText("")
				s.enter(plain, "")
			default:
				s.name.SetWrong(there.words())
			}
		}, nil
	}, nil)
}

// choose puts the cursor on a row by a click. A second click soon after takes it.
func (s *sheet) choose(i int) {
	now := s.sh.Now()
	twice := s.clicked == i && now.Sub(s.clickedAt) <= twoClicks
	s.clicked, s.clickedAt = i, now
	if twice {
		s.clicked = -1
		s.take(i)
		return
	}
	s.move(i)
	if e := s.folder.at(i); s.name != nil && e != nil && !e.dir {
		s.name.SetText(e.name)
	}
}

// move puts the cursor on a row.
func (s *sheet) move(i int) {
	s.folder.cursor, s.moved = i, true
	s.list.ScrollTo(i)
	s.list.Refresh()
}
