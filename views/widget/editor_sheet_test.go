package widget

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

const quotationBody = "Hello {{1}},\nhere is your quotation for *{{2}}*.\n\nPrices include delivery to {{3}}. Just answer here if you have a question."

// inline is the Async and the After of a picker in tests: work is done at once, clocks fire when told to.
type inline struct {
	later []func()
	hold  bool
	work  []func()
}

func (i *inline) async(ctx context.Context, work func(ctx context.Context) (func(), error)) {
	run := func() {
		if done, err := work(ctx); err == nil && done != nil && ctx.Err() == nil {
			done()
		}
	}
	if i.hold {
		i.work = append(i.work, run)
		return
	}
	run()
}

func (i *inline) after(_ time.Duration, f func()) func() {
	on := true
	i.later = append(i.later, func() {
		if on {
			f()
		}
	})
	return func() { on = false }
}

type fieldTree map[string][]FieldRow

func (t fieldTree) Level(_ context.Context, path []string) ([]FieldRow, error) {
	if rows, ok := t[pathKey(path)]; ok {
		return rows, nil
	}
	return nil, context.DeadlineExceeded
}

var quotationFields = fieldTree{
	"": {
		{Name: "number", Label: "Number", Value: "S00022"},
		{Name: "customer", Label: "Customer", Value: "Nguyễn Thị Mai", More: true, Stands: "Name"},
		{Name: "total", Label: "Total", Value: "29,640.00 €"},
	},
	"customer": {
		{Name: "name", Label: "Name", Value: "Nguyễn Thị Mai"},
		{Name: "city", Label: "City", Value: "Đà Nẵng"},
		{Name: "company", Label: "Company", Value: "Mai Interiors", More: true},
		{Name: "country", Label: "Country", Value: "Vietnam", More: true, Stands: "Name"},
	},
	"customer\x00country": {{Name: "name", Label: "Name", Value: "Vietnam"}, {Name: "code", Label: "Code", Value: "VN"}},
}

func quotationSetup(i *inline) FieldPickerSetup {
	return FieldPickerSetup{Root: "Quotation", Record: "S00022", Levels: quotationFields, Async: i.async, After: i.after}
}

func TestEditorSheet(t *testing.T) {
	for name, choice := range map[string]theme.Choice{"light": theme.Light, "dark": theme.Dark} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(theme.New(choice))
		draw(t, "editor-"+name, editorParts())
		drawOver(t, "picker-"+name, func() fyne.CanvasObject {
			c := NewChoice("", []Option{{Key: "a", Label: "Customer › Country", Icon: "link"}}, nil)
			c.SetChosen("a")
			return absolute(at{580, 419, 216, 0, c})
		}, func(o fyne.CanvasObject) {
			f := ShowFieldPicker(o.(*fyne.Container).Objects[1].(*Choice).face.anchor, quotationSetup(&inline{}), []string{"customer", "country"}, nil)
			f.search.SetText("c")
			f.list.moveTo(2)
			f.Refresh()
		})
		drawOver(t, "choices-"+name, func() fyne.CanvasObject {
			var langs []Option
			for _, l := range []string{"Afrikaans", "Albanian", "Arabic", "Azerbaijani", "Bengali", "Bulgarian", "Catalan", "Chinese (Hong Kong)", "Croatian", "Czech", "English", "Spanish", "Vietnamese"} {
				langs = append(langs, Option{Key: l, Label: l, Detail: l[:2]})
			}
			a := NewChoice("Language", langs, nil)
			a.SetChosen("Arabic")
			return absolute(at{40, 40, 200, 0, a})
		}, func(o fyne.CanvasObject) { o.(*fyne.Container).Objects[1].(*Choice).Open() })
		drawOver(t, "staff-"+name, func() fyne.CanvasObject {
			m := NewMultiChoice("Who may send it", "Everybody", []Option{{Key: "1", Label: "Ana Ruiz"}, {Key: "2", Label: "Luis Ortega"}, {Key: "3", Label: "Maximiliana Konstantinopoulou-Bartholomew"}}, nil)
			m.SetChosen([]string{"2", "3"})
			return absolute(at{40, 700, 240, 0, m})
		}, func(o fyne.CanvasObject) { o.(*fyne.Container).Objects[1].(*MultiChoice).Open() })
		drawOver(t, "emoji-"+name, func() fyne.CanvasObject {
			return absolute(at{40, 40, 0, 0, NewIconButton("emoji", "", nil)})
		}, func(o fyne.CanvasObject) { ShowEmoji(o.(*fyne.Container).Objects[1], nil) })
	}
}

// drawOver draws what floats over something.
func drawOver(t *testing.T, name string, below func() fyne.CanvasObject, open func(o fyne.CanvasObject)) {
	t.Helper()
	o := below()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1280, 960))
	open(o)
	keepSheet(t, name, w)
}

func editorParts() fyne.CanvasObject {
	body := NewBodyEditor(1024)
	body.SetText(quotationBody)
	body.SetBindings(map[string]string{"1": "Customer › Name", "2": "Total", "3": "Customer › Country"})
	body.focused, body.area.page.focused = true, true
	found := NewFindings("Before you submit", "checked as you type", 4)
	found.Set([]FindingRow{
		{Tone: Bad, Place: "Body {{2}}", Text: "has no sample, and the reviewer needs one", Mend: "Use 29,640.00 €"},
		{Tone: Warn, Place: "Body", Text: "3 placeholders for 23 words: the reviewer may ask for more text", Mend: "Show"},
	})
	open := NewBodyEditor(60)
	open.SetText("Hola {{1}}, *tu* _mesa_ ~está~ ```lista``` y {{10}} {{2}} te espera en la tienda de siempre.")
	open.SetBindings(map[string]string{"1": "Customer › Name"})
	open.SetMarks([]TextMark{{12, 16, Warn}, {44, 56, Bad}})
	open.area.model.moveTo(13, false)
	open.area.model.moveTo(42, true)
	rtl := NewBodyEditor(1024)
	rtl.SetText("السلام عليكم {{1}}، عرض السعر S00029 بقيمة {{2}} جاهز.\nשלום (Lantern & Oak) עולם")
	rtl.SetBindings(map[string]string{"1": "Customer › Name", "2": "Total"})
	progress, none, bad := NewProgressRow("Reading templates of Madrid shop", func() {}), NewProgressRow("Asking Meta", func() {}), NewProgressRow("", nil)
	progress.Set("Reading templates of Madrid shop", 412, 1200)
	bad.SetFailed("The network was cut at 4 of 12 MB; nothing is lost.")
	empty, file, wrong := NewFileRow("Drop a picture here, or paste one", "JPEG or PNG, at most 5 MB", nil, nil), NewFileRow("", "", nil, nil), NewFileRow("", "", nil, nil)
	file.SetFile(&File{Name: "autumn-lamps.jpg", MIME: "image/jpeg", Size: 1_240_000, Detail: "1200 × 628", Thumb: phonePicture()})
	file.SetProgress(0.4)
	wrong.SetFile(&File{Name: "tour.mp4", MIME: "video/mp4", Size: 212_000_000})
	wrong.SetWrong("212.0 MB: Meta takes videos up to 16 MB", "Choose another", nil)
	row := func(s string) fyne.CanvasObject { f := NewField("", ""); f.SetText(s); return f }
	statuses := container.NewHBox()
	for _, s := range []string{"DRAFT", "PENDING", "APPROVED", "PAUSED", "REJECTED", "DISABLED", "IN_APPEAL", "LIMIT_EXCEEDED", "PENDING_DELETION", "WHAT_IS_THIS"} {
		statuses.Add(NewStatusChip(s, ""))
	}
	dots := container.NewHBox(NewQualityDot("GREEN"), NewQualityDot("YELLOW"), NewQualityDot("RED"), NewQualityDot(""))
	return absolute(
		at{20, 10, 0, 0, statuses}, at{1180, 14, 0, 0, dots},
		at{20, 50, 596, 0, body}, at{0, 290, 636, 0, found},
		at{20, 430, 420, 0, open}, at{20, 680, 596, 0, rtl},
		at{660, 50, 600, 0, NewDiff("Here", "Hello {{1}},\nhere is your *quotation* for {{2}}.\nJust answer here.", "At Meta", "Hello {{1}},\nhere is the offer for {{2}}.\nJust answer here if you have a question.")},
		at{660, 220, 380, 0, progress}, at{660, 260, 380, 0, none}, at{660, 300, 380, 0, bad},
		at{660, 360, 460, 0, empty}, at{660, 430, 460, 0, file}, at{660, 500, 460, 0, wrong},
		at{660, 610, 400, 0, NewReorder(8, nil, row("View quotation"), row("I have a question"), row("Stop"))},
	)
}
