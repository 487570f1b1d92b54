package template

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // so that DecodeConfig reads its size
	_ "image/png"  // so that DecodeConfig reads its size
	"io"
	"path/filepath"
	"strings"
)

// Sizes in bytes up to which Meta takes a header's sample, and pixels above which a picture is not opened at all,
// here or on a customer's phone.
const (
	MaxImageBytes    = 5 << 20
	MaxVideoBytes    = 16 << 20
	MaxDocumentBytes = 100 << 20
	MaxGIFBytes      = 3.5 * (1 << 20)
	maxPixels        = 50_000_000
	headBytes        = 1024
	configBytes      = 1 << 20 // a picture's size is told within this much, or it is not believed
)

// CheckHeaderFile looks at a file that a person chose for the header at s: what it really is, by its first bytes, its
// size, and a picture's dimensions without unpacking it. It reads little, however large the file is. MIME is what the
// file is, "" when that is none of Meta's kinds. The error is the reader's.
func CheckHeaderFile(s Slot, format HeaderFormat, name string, file io.ReaderAt, size int64) (mime string, found []Finding, err error) {
	where := Place{Part: s.Part, Card: s.Card, Button: s.Button, Field: "file"}
	add := func(r Rule, message string) {
		found = append(found, Finding{Code: r.Code, Level: r.Level, Where: where, Message: message, Source: r.Source, Subcode: r.Subcode})
	}
	if size <= 0 {
		add(ruleFileEmpty, "the file is empty")
		return "", found, nil
	}
	head := make([]byte, headBytes)
	n, err := file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", nil, fmt.Errorf("reading %s: %w", filepath.Base(name), err)
	}
	mime, what := sniff(head[:n])
	want := takes(format)
	if !strings.Contains(want.mimes, mime) || mime == "" {
		add(ruleFileType, fmt.Sprintf("the file is %s; this header takes %s", what, want.words))
		return mime, found, nil
	}
	if size > want.bytes {
		add(ruleFileSize, fmt.Sprintf("the file has %s; Meta takes %s", megabytes(size), megabytes(want.bytes)))
	}
	if !strings.Contains(endings[mime], strings.ToLower(filepath.Ext(name))+" ") || filepath.Ext(name) == "" {
		add(ruleFileName, fmt.Sprintf("the file is %s, but its name %s says otherwise; it is sent under the right ending", what, shorten(filepath.Base(name))))
	}
	if strings.HasPrefix(mime, "image/") {
		checkPicture(file, size, head[:n], add)
	}
	return mime, found, nil
}

func checkPicture(file io.ReaderAt, size int64, head []byte, add func(Rule, string)) {
	c, kind, err := image.DecodeConfig(io.NewSectionReader(file, 0, min(size, configBytes)))
	switch {
	case err != nil:
		add(ruleFileType, "the picture is damaged: its size cannot be read")
		return
	case c.Width*c.Height > maxPixels || c.Width > 1<<15 || c.Height > 1<<15:
		add(ruleFileDimensions, fmt.Sprintf("the picture is %d × %d points; phones cannot open that. Make it smaller, 1600 points wide is plenty", c.Width, c.Height))
	}
	// IHDR: eight bytes of signature, eight of chunk head, width, height, depth, colour type.
	if kind == "png" && len(head) > 25 && (head[24] != 8 || head[25] != 2 && head[25] != 6) {
		found := ruleFileType
		found.Level = Advice
		add(found, "the picture has a palette, is grey, or has 16 bits a colour; Meta promises to take 8-bit RGB and RGBA only")
	}
}

type taken struct {
	mimes, words string
	bytes        int64
}

func takes(format HeaderFormat) taken {
	switch format {
	case HeaderImage:
		return taken{"image/jpeg image/png", "a JPEG or PNG picture", MaxImageBytes}
	case HeaderVideo:
		return taken{"video/mp4", "an MP4 video", MaxVideoBytes}
	case HeaderGIF:
		return taken{"video/mp4", "an animation saved as MP4 video", MaxGIFBytes}
	case HeaderDocument:
		return taken{"application/pdf", "a PDF document", MaxDocumentBytes}
	}
	return taken{"", "no file", 0}
}

var endings = map[string]string{
	"image/jpeg": ".jpg .jpeg .jpe .jfif ", "image/png": ".png ", "video/mp4": ".mp4 .m4v ", "application/pdf": ".pdf ",
}

// sniff tells what a file is: its MIME type when Meta takes it, and in words.
func sniff(head []byte) (mime, what string) {
	has := func(at int, magic string) bool { return len(head) >= at && bytes.HasPrefix(head[at:], []byte(magic)) }
	switch {
	case has(0, "\xFF\xD8\xFF"):
		return "image/jpeg", "a JPEG picture"
	case has(0, "\x89PNG\r\n\x1a\n"):
		return "image/png", "a PNG picture"
	case has(4, "ftypqt"):
		return "", "a QuickTime video"
	case has(4, "ftyp3g"):
		return "", "a 3GP video"
	case has(4, "ftyphei"), has(4, "ftypmif1"), has(4, "ftypheic"):
		return "", "a HEIC picture"
	case has(4, "ftypavif"):
		return "", "an AVIF picture"
	case has(4, "ftypM4A"):
		return "", "an audio file"
	case has(4, "ftyp"):
		return "video/mp4", "an MP4 video"
	case bytes.Contains(head, []byte("%PDF-")):
		return "application/pdf", "a PDF document"
	case has(0, "GIF8"):
		return "", "a GIF picture"
	case has(0, "RIFF") && has(8, "WEBP"):
		return "", "a WebP picture"
	case has(0, "\x1A\x45\xDF\xA3"):
		return "", "a WebM or Matroska video"
	case has(0, "PK\x03\x04"):
		return "", "an Office document or a ZIP archive"
	case has(0, "\xD0\xCF\x11\xE0"):
		return "", "an old Office document"
	case has(0, "BM"):
		return "", "a BMP picture"
	case has(0, "<svg"), has(0, "<?xml"), has(0, "<!DOC"), has(0, "<html"):
		return "", "a web page or drawing"
	}
	return "", "of a kind that Meta does not take"
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", (n+1023)/1024)
	}
	if n%(1<<20) == 0 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
