package media

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
)

// unknownExtension is what a file gets whose kind is unknown or that a desktop might run when it is opened.
const unknownExtension = ".bin"

// ExtensionFor gives the extension, with its dot, under which to save a file that begins with head (512 bytes are enough)
// and that the sender calls declared. What the bytes show wins; the declared type decides only where the bytes leave it
// open, as with office documents. It never gives the extension of a program, script or page: those are ".bin".
func ExtensionFor(head []byte, declared string) string {
	wanted := extensions[essence(declared)]
	if ext := byMagic(head, wanted); ext != "" {
		return ext
	}
	sniffed, _, _ := strings.Cut(http.DetectContentType(head), ";")
	switch sniffed {
	case "application/zip":
		return either(zipped, wanted, ".zip")
	case "text/plain":
		return either(textual, wanted, ".txt")
	case "application/octet-stream":
		return either(opaque, wanted, unknownExtension)
	}
	if ext, ok := extensions[sniffed]; ok {
		return ext
	}
	return unknownExtension
}

// extensions gives one extension for each type that Meta takes or sends (Meta: Cloud API, supported media types) and for
// what people commonly send as documents.
var extensions = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif", "image/bmp": ".bmp",
	"video/mp4": ".mp4", "video/3gpp": ".3gp", "video/webm": ".webm",
	"audio/aac": ".aac", "audio/amr": ".amr", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg",
	"application/ogg": ".ogg", "audio/wave": ".wav", "audio/wav": ".wav", "audio/midi": ".mid",
	"application/pdf": ".pdf", "text/plain": ".txt", "text/csv": ".csv", "text/vcard": ".vcf", "text/x-vcard": ".vcf",
	"application/json": ".json", "application/zip": ".zip", "application/x-gzip": ".gz", "application/rtf": ".rtf",
	"application/msword": ".doc", "application/vnd.ms-excel": ".xls", "application/vnd.ms-powerpoint": ".ppt",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         ".xlsx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
	"application/vnd.oasis.opendocument.text":                                   ".odt",
	"application/vnd.oasis.opendocument.spreadsheet":                            ".ods",
	"application/vnd.oasis.opendocument.presentation":                           ".odp",
}

var (
	zipped  = set(".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
	textual = set(".csv", ".vcf", ".json", ".rtf")
	// opaque are the kinds whose files need not begin with anything known: raw AAC, MP3 without a tag.
	opaque = set(".aac", ".mp3")
	// compound are the office documents from before 2007, which share one container.
	compound = set(".doc", ".xls", ".ppt")
)

// byMagic knows the beginnings that http.DetectContentType doesn't, or reads differently; "" if it knows none.
func byMagic(head []byte, wanted string) string {
	switch {
	case bytes.HasPrefix(head, []byte("#!AMR")):
		return ".amr"
	case bytes.HasPrefix(head, []byte("MZ")), bytes.HasPrefix(head, []byte("\x7fELF")), bytes.HasPrefix(head, []byte("#!")):
		return unknownExtension
	case bytes.HasPrefix(head, []byte("{\\rtf")):
		return ".rtf"
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return either(compound, wanted, unknownExtension)
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		switch brand := string(head[8:12]); {
		case strings.HasPrefix(brand, "3g"):
			return ".3gp"
		case strings.HasPrefix(brand, "M4A"), strings.HasPrefix(brand, "M4B"):
			return ".m4a"
		}
		return either(set(".m4a", ".3gp"), wanted, ".mp4")
	case len(head) >= 2 && head[0] == 0xff && head[1]&0xf6 == 0xf0:
		return ".aac" // ADTS
	case len(head) >= 2 && head[0] == 0xff && head[1]&0xe6 == 0xe2:
		return ".mp3" // MPEG layer III
	}
	return ""
}

// essence is the type of a Content-Type without its parameters, in small letters; "" if it can't be read.
func essence(contentType string) string {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return kind
}

// either gives what the sender declared if the bytes allow it, else what they suggest.
func either(allowed map[string]bool, wanted, otherwise string) string {
	if allowed[wanted] {
		return wanted
	}
	return otherwise
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
