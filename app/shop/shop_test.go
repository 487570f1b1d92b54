package shop

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"shopbell/app"
	"shopbell/app/papers"
	"shopbell/app/records"
	"shopbell/app/records/samples"
)

// kept keeps settings and files in memory.
type kept struct {
	mu       sync.Mutex
	settings map[string]string
	files    map[string][]byte
	puts     int
}

func (k *kept) Setting(_ context.Context, key string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.settings[key], nil
}

func (k *kept) SetSetting(_ context.Context, key, value string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.settings[key] = value
	return nil
}

func (k *kept) Put(_ context.Context, r io.Reader, limit int64) (string, int64, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit))
	if err != nil {
		return "", 0, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	sha := string(rune('a' + len(k.files)))
	for name, old := range k.files {
		if bytes.Equal(old, data) {
			sha = name
		}
	}
	k.puts++
	k.files[sha] = data
	return sha, int64(len(data)), nil
}

func (k *kept) Open(sha string) (io.ReadCloser, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	data, ok := k.files[sha]
	if !ok {
		return nil, os.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

var fonts = sync.OnceValues(func() (*papers.Fonts, error) {
	const noto = "/usr/share/fonts/truetype/noto/NotoSans"
	var list []papers.Font
	for _, script := range []string{"", "Arabic"} {
		regular, err := os.ReadFile(noto + script + "-Regular.ttf")
		if err != nil {
			return nil, err
		}
		list = append(list, papers.Font{Regular: regular})
	}
	return papers.NewFonts(list...)
})

func newShop(t *testing.T) (*Service, *kept) {
	t.Helper()
	k := &kept{settings: map[string]string{}, files: map[string][]byte{}}
	return New(Config{
		Store: k, Files: k, Fonts: fonts, Records: &records.Shop{Types: records.Builtin(), Examples: samples.Store()},
		Guess: func(context.Context) (string, error) { return "ES", nil },
	}), k
}

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(i % 251)
	}
	img.Set(0, 0, color.White)
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// manyPixels is a small file that says it is a picture of 25 million pixels.
func manyPixels(t *testing.T) []byte {
	t.Helper()
	data := picture(t, 4, 4)
	binary.BigEndian.PutUint32(data[16:], 5000)
	binary.BigEndian.PutUint32(data[20:], 5000)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

func TestWhatTheShopSaysIsKept(t *testing.T) {
	s, k := newShop(t)
	if got, err := s.Settings(t.Context()); err != nil || got.Name != "" {
		t.Fatalf("a new shop says %+v %v", got, err)
	}
	if c, err := s.Country(t.Context()); err != nil || c != "ES" {
		t.Errorf("the guess is %q %v", c, err)
	}
	set := Settings{Name: " Hoa Mai ", Main: "#7F2450", Country: "VN", Paper: papers.Letter, Texts: map[string]papers.Texts{"vi": {Greeting: "Xin chào"}, "en": {}}}
	if err := s.Save(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	got, err := s.Settings(t.Context())
	if err != nil || got.Name != "Hoa Mai" || len(got.Texts) != 1 || got.Texts["vi"].Greeting != "Xin chào" || got.Paper != papers.Letter {
		t.Errorf("%+v %v", got, err)
	}
	if err := s.SetCountry(t.Context(), "BR"); err != nil {
		t.Fatal(err)
	}
	if got, _ = s.Settings(t.Context()); got.Country != "BR" || got.Name != "Hoa Mai" {
		t.Errorf("%+v", got)
	}
	for what, bad := range map[string]Settings{
		"a colour": {Main: "red"}, "a country": {Country: "XX"}, "a size": {Paper: "a0"}, "a novel": {Texts: map[string]papers.Texts{"en": {Terms: strings.Repeat("x", maxText+1)}}},
	} {
		var e *app.Error
		if err := s.Save(t.Context(), bad); !errors.As(err, &e) || e.Mend == "" {
			t.Errorf("%s is kept: %v", what, err)
		}
	}
	k.settings[setting] = "{"
	if got, err := s.Settings(t.Context()); err != nil || got.Name != "" {
		t.Errorf("what can't be read: %+v %v", got, err)
	}
}

// endless is a file that would never end; it counts what was read of it.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	return len(p), nil
}

func TestALogoThatIsTooLargeIsRefusedPlainly(t *testing.T) {
	s, k := newShop(t)
	big := &endless{}
	var e *app.Error
	if _, err := s.SetLogo(t.Context(), "big.png", big); !errors.As(err, &e) || !strings.Contains(e.Message, "5 MB") || big.read > 2*papers.MaxLogoBytes {
		t.Errorf("%v after %d bytes", err, big.read)
	}
	fifty := bytes.NewReader(make([]byte, 50<<20))
	if _, err := s.SetLogo(t.Context(), "big.png", fifty); !errors.As(err, &e) || !strings.Contains(e.Message, "50.0 MB") {
		t.Errorf("%v", err)
	}
	for name, data := range map[string][]byte{"words": []byte("no picture"), "many pixels": manyPixels(t), "a torn one": picture(t, 300, 300)[:400]} {
		if _, err := s.SetLogo(t.Context(), name, bytes.NewReader(data)); !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if k.puts != 0 {
		t.Errorf("%d files are kept", k.puts)
	}
}

func TestPapersCarryTheShop(t *testing.T) {
	s, k := newShop(t)
	logo, err := s.SetLogo(t.Context(), "logo.png", bytes.NewReader(picture(t, 200, 100)))
	if err != nil || logo.Name != "logo.png" || logo.MIME != "image/png" || logo.Size == 0 {
		t.Fatalf("%+v %v", logo, err)
	}
	ref, example, err := s.Sample(t.Context(), records.TypeInvoice)
	if err != nil || !example {
		t.Fatalf("%+v %t %v", ref, example, err)
	}
	plain, err := s.Document(t.Context(), ref)
	if err != nil || plain.MIME != "application/pdf" {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), Settings{Name: "Hoa Mai", Logo: &logo}); err != nil {
		t.Fatal(err)
	}
	with, err := s.Document(t.Context(), ref)
	if err != nil || len(with.Data) <= len(plain.Data) || bytes.Equal(with.Data, plain.Data) {
		t.Errorf("the logo is not on it: %d and %d bytes, %v", len(with.Data), len(plain.Data), err)
	}
	puts, files := k.puts, len(k.files)
	one, err := s.File(t.Context(), ref, "vi", PDF)
	if err != nil || one.SHA256 == "" || !strings.HasSuffix(one.Name, ".pdf") {
		t.Fatalf("%+v %v", one, err)
	}
	two, err := s.File(t.Context(), ref, "vi", PDF)
	if err != nil || two != one || k.puts != puts+2 || len(k.files) != files+1 {
		t.Errorf("the same paper twice: %+v %+v %v", one, two, err)
	}
	receipt, _, err := s.Sample(t.Context(), records.TypeReceipt)
	if err != nil {
		t.Fatal(err)
	}
	pic, err := s.File(t.Context(), receipt, "en", Picture)
	if err != nil || pic.MIME != "image/png" || pic.Size > 5<<20 {
		t.Errorf("%+v %v", pic, err)
	}
	if img, err := png.Decode(bytes.NewReader(k.files[pic.SHA256])); err != nil || img.Bounds().Dx() != 720 || img.Bounds().Dy() < 500 {
		t.Errorf("%v", err)
	}
	delete(k.files, logo.SHA256) // the paper goes without it
	s.sha = ""
	if _, err := s.Document(t.Context(), ref); err != nil {
		t.Error(err)
	}
	if _, err := s.Document(t.Context(), records.Ref{Type: records.TypeContact, ID: "1"}); !errors.Is(err, records.ErrNoDocument) {
		t.Errorf("a contact's paper: %v", err)
	}
}

func TestPapersAreDrawnByManyAtOnce(t *testing.T) {
	s, _ := newShop(t)
	ref, _, err := s.Sample(t.Context(), records.TypeTicket)
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.Document(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			d, err := s.Document(t.Context(), ref)
			if err != nil || !bytes.Equal(d.Data, first.Data) {
				t.Errorf("%d bytes, %v", len(d.Data), err)
			}
		})
	}
	wg.Wait()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range atOnce {
		s.drawing <- struct{}{}
	}
	if _, err := s.Document(ctx, ref); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
