package records

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/records"
)

func TestPictures(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	w.Picture("list")
	for i := range 11 {
		if i != 8 {
			w.mark(i)
		}
	}
	w.Queue.Run()
	w.Picture("picked")
	w.openRow(0)
	w.Settle()
	w.Picture("form")
	w.Window.Resize(fyne.NewSize(824, 568))
	w.Picture("narrow-form")
	w.CloseForm()
	w.Settle()
	w.Picture("narrow")
	w.Window.Resize(fyne.NewSize(1204, 768))
	w.list.openFilter()
	w.Settle()
	w.Picture("filter")
	w.Press("Done")
	w.list.openColumns()
	w.Settle()
	w.Picture("columns")
}

func TestAQuotationIsListedAsTheDesignHasIt(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	if got := w.cells(0); !slices.Equal(got, []string{"S00033", "Daniel Kipkemboi", "+254 700 000131", "21 Nov", "€8,460.00", "Cancelled"}) {
		t.Errorf("the newest first: %q", got)
	}
	if got := w.cells(6); got[2] != "no number" {
		t.Errorf("without a number: %q", got)
	}
	w.list.sortBy(4)
	w.Settle()
	if got := w.column(4); got[0] != "€150.00" || got[len(got)-1] != "€29,640.00" {
		t.Errorf("by total: %q", got)
	}
	w.list.sortBy(4)
	w.Settle()
	if got := w.column(4); got[0] != "€29,640.00" {
		t.Errorf("the other way round: %q", got)
	}
}

func TestSearchFindsByWordsAndFields(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	for search, want := range map[string]int{
		"":                      12,
		"mai":                   1,
		"since:20-nov":          9,
		"until:19-nov":          3,
		"status:none":           12, // no field is called so
		"state:sent":            9,
		"-state:sent":           3,
		"customer:tran":         1,
		"total:>5000":           4,
		"total:<=640 state:ord": 1,
		"date:18/11/2026":       1,
		"note:any":              0,
		"S0002 since:20-nov":    5,
	} {
		w.list.search.SetText(search)
		w.Settle()
		if got := len(w.rows.ids); got != want {
			t.Errorf("%q finds %d, want %d", search, got, want)
		}
	}
	w.list.search.SetText("colour:red")
	w.Settle()
	if !w.list.hint.Visible() || !strings.Contains(w.list.hint.Text(), "colour") {
		t.Errorf("a field that is none is not said: %q", w.list.hint.Text())
	}
}
