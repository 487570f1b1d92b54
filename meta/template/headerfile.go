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
	add := func(r Rule, says Phrase) {
		found = append(found, Finding{Code: r.Code, Level: r.Level, Where: where, Says: says, Message: says.String(), Source: r.Source, Subcode: r.Subcode})
	}
	if size <= 0 {
		add(ruleFileEmpty, say("file.empty", "the file is empty"))
		return "", found, nil
	}
	head := make([]byte, headBytes)
	n, err := file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", nil, fmt.Errorf("reading %s: %w", filepath.Base(name), err)
	}
	mime, kind := sniff(head[:n])
	want, what := takes(format), kind.says()
	if !strings.Contains(want.mimes, mime) || mime == "" {
		add(ruleFileType, say("file.type", "the file is {{.What}}; this header takes {{.Want}}", "What", what, "Want", want.says))
		return mime, found, nil
	}
	if size > want.bytes {
		add(ruleFileSize, say("file.size", "the file has {{.Size}}; Meta takes {{.Most}}", "Size", megabytes(size), "Most", megabytes(want.bytes)))
	}
	if !strings.Contains(endings[mime], strings.ToLower(filepath.Ext(name))+" ") || filepath.Ext(name) == "" {
		add(ruleFileName, say("file.name", "the file is {{.What}}, but its name {{.Name}} says otherwise; it is sent under the right ending", "What", what, "Name", shorten(filepath.Base(name))))
	}
	if strings.HasPrefix(mime, "image/") {
		checkPicture(file, size, head[:n], add)
	}
	return mime, found, nil
}

func checkPicture(file io.ReaderAt, size int64, head []byte, add func(Rule, Phrase)) {
	c, kind, err := image.DecodeConfig(io.NewSectionReader(file, 0, min(size, configBytes)))
	switch {
	case err != nil:
		add(ruleFileType, say("file.damaged", "the picture is damaged: its size cannot be read"))
		return
	case c.Width*c.Height > maxPixels || c.Width > 1<<15 || c.Height > 1<<15:
		add(ruleFileDimensions, say("file.dimensions", "the picture is {{.Width}} × {{.Height}} points; phones cannot open that. Make it smaller, 1600 points wide is plenty", "Width", c.Width, "Height", c.Height))
	}
	// IHDR: eight bytes of signature, eight of chunk head, width, height, depth, colour type.
	if kind == "png" && len(head) > 25 && (head[24] != 8 || head[25] != 2 && head[25] != 6) {
		found := ruleFileType
		found.Level = Advice
		add(found, say("file.colours", "the picture has a palette, is grey, or has 16 bits a colour; Meta promises to take 8-bit RGB and RGBA only"))
	}
}

type taken struct {
	mimes string
	says  Phrase
	bytes int64
}

func takes(format HeaderFormat) taken {
	switch format {
	case HeaderImage:
		return taken{"image/jpeg image/png", say("file.takes.image", "a JPEG or PNG picture"), MaxImageBytes}
	case HeaderVideo:
		return taken{"video/mp4", say("file.takes.video", "an MP4 video"), MaxVideoBytes}
	case HeaderGIF:
		return taken{"video/mp4", say("file.takes.gif", "an animation saved as MP4 video"), MaxGIFBytes}
	case HeaderDocument:
		return taken{"application/pdf", say("file.takes.document", "a PDF document"), MaxDocumentBytes}
	}
	return taken{"", say("file.takes.nothing", "no file"), 0}
}

var endings = map[string]string{
	"image/jpeg": ".jpg .jpeg .jpe .jfif ", "image/png": ".png ", "video/mp4": ".mp4 .m4v ", "application/pdf": ".pdf ",
}

// kind is what a file is, by its first bytes.
type kind string

func (k kind) says() Phrase {
	switch k {
	case "jpeg":
		return say("file.kind.jpeg", "a JPEG picture")
	case "png":
		return say("file.kind.png", "a PNG picture")
	case "mp4":
		return say("file.kind.mp4", "an MP4 video")
	case "pdf":
		return say("file.kind.pdf", "a PDF document")
	case "audio":
		return say("file.kind.audio", "an audio file")
	case "office":
		return say("file.kind.office", "an Office document or a ZIP archive")
	case "web":
		return say("file.kind.web", "a web page or drawing")
	case "":
		return say("file.kind.other", "of a kind that Meta does not take")
	}
	format, what, _ := strings.Cut(string(k), " ") // names of formats are the same in every language
	if what == "video" {
		return say("file.kind.video", "a {{.Format}} video", "Format", format)
	}
	return say("file.kind.picture", "a {{.Format}} picture", "Format", format)
}

// sniff tells what a file is: its MIME type when Meta takes it, and its kind.
func sniff(head []byte) (mime string, is kind) {
	for _, m := range magics {
		if len(head) >= m.at && bytes.HasPrefix(head[m.at:], []byte(m.bytes)) {
			return m.mime, m.is
		}
	}
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return "application/pdf", "pdf"
	case len(head) >= 12 && bytes.HasPrefix(head, []byte("RIFF")) && bytes.HasPrefix(head[8:], []byte("WEBP")):
		return "", "WebP picture"
	}
	return "", ""
}

// magics are the first bytes of files; the more exact ones come first.
var magics = []struct {
	at          int
	bytes, mime string
	is          kind
}{
	{0, "\xFF\xD8\xFF", "image/jpeg", "jpeg"},
	{0, "\x89PNG\r\n\x1a\n", "image/png", "png"},
	{4, "ftypqt", "", "QuickTime video"},
	{4, "ftyp3g", "", "3GP video"},
	{4, "ftyphei", "", "HEIC picture"},
	{4, "ftypmif1", "", "HEIC picture"},
	{4, "ftypavif", "", "AVIF picture"},
	{4, "ftypM4A", "", "audio"},
	{4, "ftyp", "video/mp4", "mp4"},
	{0, "GIF8", "", "GIF picture"},
	{0, "\x1A\x45\xDF\xA3", "", "WebM video"},
	{0, "PK\x03\x04", "", "office"},
	{0, "\xD0\xCF\x11\xE0", "", "office"},
	{0, "BM", "", "BMP picture"},
	{0, "<svg", "", "web"},
	{0, "<?xml", "", "web"},
	{0, "<!DOC", "", "web"},
	{0, "<html", "", "web"},
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
