package widget

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func openPicker(t *testing.T, setup FieldPickerSetup, start []string, use func(FieldChoice)) (*FieldPicker, fyne.Canvas) {
	t.Helper()
	newApp(t)
	anchor := NewButton(Plain, "Field", "", nil)
	c := shown(t, container.NewWithoutLayout(anchor), fyne.NewSize(700, 600))
	place(anchor, 40, 40, 216, 36)
	return ShowFieldPicker(anchor, setup, start, use), c
}

func rowLabels(f *FieldPicker) string {
	var out []string
	for _, r := range f.shown {
		out = append(out, r.Label)
	}
	return strings.Join(out, "|")
}

func TestFieldPickerIsWalkedByKeys(t *testing.T) {
	var used []FieldChoice
	f, c := openPicker(t, quotationSetup(&inline{}), []string{"customer", "country"}, func(u FieldChoice) { used = append(used, u) })
	e := f.search.entry
	if c.Focused() != e || rowLabels(f) != "Name|City|Company|Country" || f.shown[f.list.cursor].Name != "country" {
		t.Fatalf("opened on %s at %d, focus on %T", rowLabels(f), f.list.cursor, c.Focused())
	}
	if path, value := f.foot(); path != "Customer › Country › Name, for S00022" || value != "Vietnam" {
		t.Errorf("the foot says %q, %q", path, value)
	}
	if words := strings.Join(texts(f.crumbs), "|"); words != "Quotation|›|Customer" {
		t.Errorf("the way is %q", words)
	}
	press(e, fyne.KeyRight)
	if rowLabels(f) != "Name|Code" {
		t.Fatalf("Right shows %s", rowLabels(f))
	}
	press(e, fyne.KeyLeft)
	if f.shown[f.list.cursor].Name != "country" {
		t.Error("Left does not come back to where it was")
	}
	test.Type(e, "c")
	if rowLabels(f) != "City|Company|Country" {
		t.Errorf("c finds %s", rowLabels(f))
	}
	press(e, fyne.KeyLeft)
	if e.CursorColumn != 0 || len(f.walk.path) != 1 {
		t.Error("Left in a search that has letters leaves the level")
	}
	press(e, fyne.KeyEnd, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if len(used) != 1 || !slices.Equal(used[0].Path, []string{"customer", "country"}) || used[0].Words() != "Customer › Country" || c.Overlays().Top() != nil {
		t.Errorf("used %+v", used)
	}
}

func TestFieldPickerByMouse(t *testing.T) {
	f, c := openPicker(t, quotationSetup(&inline{}), nil, func(FieldChoice) {})
	if rowLabels(f) != "Number|Customer|Total" {
		t.Fatalf("the first level is %s", rowLabels(f))
	}
	row := func(label string) *pickRow {
		for _, r := range f.list.body.rows {
			if r.Visible() && r.item.label == label {
				return r
			}
		}
		t.Fatalf("no row %s", label)
		return nil
	}
	test.Tap(row("Customer"))
	if f.shown[f.list.cursor].Label != "Customer" || len(f.walk.path) != 0 {
		t.Error("a click puts the cursor on a row")
	}
	c.Unfocus() // as the window does on a click
	f.list.tapped(f.list.cursor)
	if c.Focused() != f.search.entry {
		t.Errorf("after a click the keyboard is at %T", c.Focused())
	}
	f.back()
	test.Tap(row("Customer"))
	if rowLabels(f) != "Name|City|Company|Country" {
		t.Errorf("another click goes in: %s", rowLabels(f))
	}
	f.crumbs.Tapped(&fyne.PointEvent{Position: fyne.NewPos(f.crumbs.steps[0].x+4, 18)})
	if len(f.walk.path) != 0 || f.shown[f.list.cursor].Label != "Customer" {
		t.Error("a click on the way goes back")
	}
	press(f.search.entry, fyne.KeyEscape)
	if c.Overlays().Top() != nil {
		t.Error("Esc does not close the picker")
	}
}

type failing struct {
	FieldLevels
	fail bool
}

func (l *failing) Level(ctx context.Context, path []string) ([]FieldRow, error) {
	if l.fail {
		return nil, errors.New("cut")
	}
	return l.FieldLevels.Level(ctx, path)
}

func TestFieldPickerWaitsAndFails(t *testing.T) {
	in := &inline{hold: true}
	levels := &failing{FieldLevels: quotationFields, fail: true}
	setup := quotationSetup(in)
	setup.Levels = levels
	f, _ := openPicker(t, setup, nil, nil)
	bars := func() int {
		n := 0
		for _, o := range test.WidgetRenderer(f).Objects() {
			if p, s := o.Position(), o.Size(); o.Visible() && s.Height == 10 && p.Y > pickerHead {
				n++
			}
		}
		return n
	}
	if bars() != 0 || !f.button.Disabled() {
		t.Errorf("%d bars at once, button enabled %v", bars(), !f.button.Disabled())
	}
	in.later[0]()
	if bars() == 0 {
		t.Error("no bars while it takes long")
	}
	in.work[0]()
	if bars() != 0 || !strings.Contains(strings.Join(texts(f), "|"), "could not be read") {
		t.Errorf("an error shows %q", texts(f))
	}
	levels.fail = false
	test.Tap(f.retry)
	in.work[1]()
	if rowLabels(f) != "Number|Customer|Total" {
		t.Errorf("after another try: %s", rowLabels(f))
	}
	press(f.search.entry, fyne.KeyDown, fyne.KeyRight)
	press(f.search.entry, fyne.KeyLeft) // gone before the answer
	in.work[2]()
	if rowLabels(f) != "Number|Customer|Total" {
		t.Errorf("a late answer shows %s", rowLabels(f))
	}
	f.Close()
}

func TestFieldPickerStopsAtItsDepth(t *testing.T) {
	setup := quotationSetup(&inline{})
	setup.Depth = 2
	f, _ := openPicker(t, setup, []string{"customer", "country"}, nil)
	press(f.search.entry, fyne.KeyRight)
	if len(f.walk.path) != 1 || f.list.items[f.list.cursor].more {
		t.Errorf("it went to %v", f.walk.path)
	}
}
