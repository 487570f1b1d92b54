package records

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"testing"

	"shopbell/app"
)

// shelf keeps files in memory.
type shelf map[string][]byte

func (s shelf) Put(_ context.Context, r io.Reader, limit int64) (string, int64, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return "", 0, err
	}
	if int64(len(data)) > limit {
		return "", 0, io.ErrShortBuffer
	}
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	s[sha] = data
	return sha, int64(len(data)), nil
}

func TestAFileIsKeptWithItsContent(t *testing.T) {
	files := shelf{}
	k := &Kept{Files: files}
	pdf := "%PDF-1.7 paper"
	v, err := k.Attach(t.Context(), `C:\papers\S00022`+"\t.pdf", strings.NewReader(pdf))
	if err != nil || v.Text != "S00022 .pdf" || v.MIME != "application/pdf" || v.Size != int64(len(pdf)) || string(files[v.SHA256]) != pdf {
		t.Fatalf("%+v %v", v, err)
	}
	typ, _ := Builtin().Type(TypeQuotation)
	row := encode(typ, app.RecordRow{ID: 7}, Record{Fields: map[string]Value{"number": Text("S1"), "document": v}})
	back := decode(typ, row, nil).Fields["document"]
	if back.Attachment != v.Attachment || back.Text != v.Text || !Same(back, v) {
		t.Errorf("kept as %+v", back)
	}
	if Plain(v) != v.Text {
		t.Errorf("written as %q", Plain(v))
	}
	other := v
	other.SHA256 = strings.Repeat("0", 64)
	if Same(v, other) || Same(v, File(v.Text)) {
		t.Error("another content is the same")
	}
	if got, ok := typ.FileOf(map[string]Value{"document": v}, false); !ok || got.SHA256 != v.SHA256 {
		t.Errorf("its document: %+v %v", got, ok)
	}
	if _, ok := typ.FileOf(map[string]Value{"document": v}, true); ok {
		t.Error("a PDF is a picture")
	}
}

func TestFilesThatCannotBeSentAreRefused(t *testing.T) {
	k := &Kept{Files: shelf{}}
	png := "\x89PNG\r\n\x1a\n"
	for name, r := range map[string]io.Reader{
		"empty.pdf": strings.NewReader(""),
		"large.png": io.MultiReader(strings.NewReader(png), bytes.NewReader(make([]byte, 5<<20))),
	} {
		if _, err := k.Attach(t.Context(), name, r); app.ErrorCode(err) != app.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	v, err := k.Attach(t.Context(), "not a picture.png", strings.NewReader("plain words"))
	if err != nil || v.MIME != "text/plain" {
		t.Errorf("words called a picture: %+v %v", v, err)
	}
	if _, err := (&Kept{}).Attach(t.Context(), "a.pdf", strings.NewReader("%PDF-")); app.ErrorCode(err) != app.CodeUnavailable {
		t.Errorf("without a folder: %v", err)
	}
}
