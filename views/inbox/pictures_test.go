package inbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/views/widget"
)

// shelf is a folder of files that may be slow.
type shelf struct {
	files map[string][]byte
	gate  chan struct{} // nil: it answers at once
	asked chan string
}

func (s *shelf) open(ctx context.Context, sha string) (io.ReadCloser, error) {
	s.asked <- sha
	if s.gate != nil {
		select {
		case <-s.gate:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	f, ok := s.files[sha]
	if !ok {
		return nil, errors.New("it is gone")
	}
	return io.NopCloser(bytes.NewReader(f)), nil
}

func photo(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sends has a customer send a picture that is stored under a hash.
func (w *world) sends(phone, sha string, at time.Time) {
	w.T.Helper()
	w.number++
	errs, err := w.store.ApplyFacts(w.Ctx, []app.Fact{{PhoneNumberID: "3", WABAID: "2", Message: &app.MessageFact{
		Wamid: fmt.Sprintf("wamid.%d", w.number), From: app.Person{Phone: phone}, Direction: app.In, Type: "image", At: at,
		Media: &app.Media{MediaID: "m", MIME: "image/png", SHA256: sha, State: "stored", Size: 2048},
	}}})
	if err = errors.Join(append(errs, err)...); err != nil {
		w.T.Fatal(err)
	}
}

func sha(c string) string { return strings.Repeat(c, 64) }

func TestPicturesStandInTheThread(t *testing.T) {
	s := &shelf{files: map[string][]byte{sha("a"): photo(t, 800, 400), sha("b"): []byte("no picture")}, asked: make(chan string, 100)}
	w := newWorldWith(t, s.open)
	mai, _ := w.begin()
	w.sends("84905550122", sha("a"), w.Now.Add(-50*time.Minute))
	w.sends("84905550122", sha("b"), w.Now.Add(-49*time.Minute))
	w.sends("84905550122", sha("c"), w.Now.Add(-48*time.Minute))
	w.Choose(mai)
	item := func(i int) widget.Message { return w.window()[i] }
	w.Until("the picture is there", func() bool { return w.thread.loaded && len(w.window()) == 4 && item(1).Image != nil })
	if b := item(1).Image.Bounds(); b.Dx() != 472 || b.Dy() != 236 {
		t.Errorf("the thumbnail is %v", b)
	}
	w.Until("the others cannot be shown", func() bool { return len(w.thread.pictures.broken) == 2 })
	if item(2).Image != nil || item(3).Image != nil || item(2).Title != "Photo · 2 KB" {
		t.Errorf("%+v, %+v", item(2), item(3))
	}
	w.thread.timeline.OnOpen(item(1).ID)
	w.Until("it is shown large", w.sh.Layers.Any)
	w.Press("Close")
	if n := len(s.asked); n != 4 {
		t.Errorf("%d files were opened for three thumbnails and a large one", n)
	}
}

func TestPicturesOfAnotherConversationAreLetGo(t *testing.T) {
	s := &shelf{files: map[string][]byte{sha("a"): photo(t, 80, 40)}, asked: make(chan string, 100), gate: make(chan struct{})}
	w := newWorldWith(t, s.open)
	mai, jose := w.begin()
	w.sends("84905550122", sha("a"), w.Now.Add(-50*time.Minute))
	w.Choose(mai)
	w.Until("the picture is asked for", func() bool { return w.thread.pictures.now != "" })
	w.Choose(jose)
	w.Until("another one is open", func() bool { return w.thread.loaded && w.thread.conv.ID == jose })
	if w.thread.pictures.now != "" || len(w.thread.pictures.wanted) != 0 {
		t.Errorf("%q, %v", w.thread.pictures.now, w.thread.pictures.wanted)
	}
	close(s.gate)
	w.Choose(mai)
	w.Until("it comes when one is back", func() bool { l := w.window(); return len(l) == 2 && l[1].Image != nil })
}

func TestOnlyFewThumbnailsAreKept(t *testing.T) {
	s := &shelf{files: map[string][]byte{}, asked: make(chan string, 1000)}
	w := newWorldWith(t, s.open)
	mai, _ := w.begin()
	const many = picturesKept + 5
	for i := range many {
		name := fmt.Sprintf("%064x", i+1)
		s.files[name] = photo(t, 80, 60+i)
		w.sends("84905550122", name, w.Now.Add(time.Duration(i-100)*time.Second))
	}
	w.Choose(mai)
	w.Until("all are there", func() bool { return w.thread.loaded && len(w.window()) == many+1 })
	for _, m := range w.window() { // as if each had been scrolled by
		w.thread.visible([]int64{m.ID})
		w.Until("it is made", func() bool { return w.thread.pictures.now == "" && len(w.thread.pictures.wanted) == 0 })
	}
	held, blanks := 0, 0
	for _, m := range w.window() {
		switch m.Image.(type) {
		case blank:
			blanks++
		case nil:
		default:
			held++
		}
	}
	if held != picturesKept || blanks != many-picturesKept {
		t.Errorf("%d thumbnails are held, %d blanks", held, blanks)
	}
	first := w.window()[1]
	if first.Image.Bounds().Dy() != 60 {
		t.Errorf("a picture that was let go has another shape: %v", first.Image.Bounds())
	}
}
