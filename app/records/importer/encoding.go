package importer

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// The names of the encodings.
const (
	utf8Name    = "utf-8"
	utf16LEName = "utf-16le"
	utf16BEName = "utf-16be"
	cp1252Name  = "windows-1252"
	cp1258Name  = "windows-1258"
	latin1Name  = "iso-8859-1"
)

// detect finds the encoding of a text. A file is UTF-8 if all of it reads so, but for a stray byte among many that do.
func detect(r io.ReaderAt, size int64, country string) (string, error) {
	head := make([]byte, min(size, 64<<10))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		return utf8Name, nil
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return utf16LEName, nil
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return utf16BEName, nil
	}
	if name := wide(head); name != "" {
		return name, nil
	}
	good, bad, err := countUTF8(io.NewSectionReader(r, 0, size))
	if err != nil || bad == 0 || good > 10*bad {
		return utf8Name, err
	}
	return narrow(head, r, size, country)
}

// wide recognises UTF-16 without its mark: digits, separators and line ends have a zero byte, always on the same side.
func wide(head []byte) string {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch n := len(head) / 20; {
	case zeros[1] > n && zeros[0]*10 < zeros[1]:
		return utf16LEName
	case zeros[0] > n && zeros[1]*10 < zeros[0]:
		return utf16BEName
	}
	return ""
}

// countUTF8 counts the letters of several bytes that read as UTF-8, and the bytes that don't.
func countUTF8(r io.Reader) (good, bad int, err error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		data := buf[:kept+n]
		for len(data) > 0 {
			if data[0] < utf8.RuneSelf {
				data = data[1:]
				continue
			}
			if !utf8.FullRune(data) && err == nil {
				break
			}
			c, size := utf8.DecodeRune(data)
			if c == utf8.RuneError && size == 1 {
				bad++
			} else {
				good++
			}
			data = data[size:]
		}
		kept = copy(buf, data)
		if err == io.EOF {
			return good, bad, nil
		}
		if err != nil {
			return good, bad, err
		}
	}
}

// narrow tells the encodings of one byte a letter apart. In Windows-1258 the marks of Vietnamese are bytes of their own, which follow vowels; in
// Western texts the same bytes are letters that seldom do.
func narrow(head []byte, r io.ReaderAt, size int64, country string) (string, error) {
	marks, letters, high := 0, 0, false
	count := func(b []byte) {
		for i, c := range b {
			high = high || c >= 0x80 && c < 0xa0
			switch c {
			case 0xcc, 0xd2, 0xde, 0xec, 0xf2:
				if i > 0 && vowels1258[b[i-1]] {
					marks++
				} else {
					letters++
				}
			}
		}
	}
	count(head)
	for at := int64(len(head)); at < min(size, 1<<20); at += int64(len(head)) {
		n, err := r.ReadAt(head, at)
		if err != nil && err != io.EOF {
			return "", err
		}
		count(head[:n])
	}
	enough := 3 * letters
	if country == "VN" {
		enough = letters / 3
	}
	switch {
	case marks > enough:
		return cp1258Name, nil
	case high:
		return cp1252Name, nil
	}
	return latin1Name, nil
}

// vowels1258 are the bytes that a mark of Vietnamese may follow: a ă â e ê i o ô ơ u ư y, small and large.
var vowels1258 = func() (set [256]bool) {
	for _, c := range []byte("aeiouyAEIOUY\xe3\xc3\xe2\xc2\xea\xca\xf4\xd4\xf5\xd5\xfd\xdd") {
		set[c] = true
	}
	return set
}()

// decoded gives a text as UTF-8 without its mark.
func decoded(r io.Reader, name string) io.Reader {
	var e encoding.Encoding
	switch name {
	case utf16LEName:
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf16BEName:
		e = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case cp1252Name, latin1Name: // which have the same letters
		e = charmap.Windows1252
	case cp1258Name:
		return transform.NewReader(r, transform.Chain(charmap.Windows1258.NewDecoder(), norm.NFC))
	default:
		return transform.NewReader(r, unicode.BOMOverride(encoding.Nop.NewDecoder()))
	}
	return transform.NewReader(r, e.NewDecoder())
}
