package media

import (
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSafeName(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"invoice.pdf", "invoice.pdf"},
		{"Hóa đơn tháng 11.pdf", "Hóa đơn tháng 11.pdf"},
		{"فاتورة.pdf", "فاتورة.pdf"},
		{"👩‍🍳 menu.png", "👩‍🍳 menu.png"},
		{"", "file"},
		{"...", "file"},
		{" . ", "file"},
		{"\u200d", "file"},
		{"../../etc/passwd", "_.._etc_passwd"},
		{`..\..\windows\system32\cmd.exe`, "_.._windows_system32_cmd.exe"},
		{"/etc/passwd", "_etc_passwd"},
		{"C:evil.txt", "C_evil.txt"},
		{"a\x00b.pdf", "ab.pdf"},
		{"a\r\nb\tc.pdf", "a b c.pdf"},
		{"photo\u202egnp.exe", "photognp.exe"},
		{"\u2066a\u2069\u200f.pdf\ufeff", "a.pdf"},
		{"a\u3164\u2800.pdf", "a .pdf"},
		{".bashrc", "bashrc"},
		{"report.pdf. . .", "report.pdf"},
		{"CON", "_CON"},
		{"nul.txt", "_nul.txt"},
		{"com1.tar.gz", "_com1.tar.gz"},
		{"LPT².doc", "_LPT².doc"},
		{"aux .txt", "_aux .txt"},
		{"console.txt", "console.txt"},
		{"com10.txt", "com10.txt"},
		{"bad\xff\xfeutf8.txt", "badutf8.txt"},
		{`a<b>c:"d"|e?f*g.txt`, "a_b_c__d__e_f_g.txt"},
		{strings.Repeat("x", 300) + ".jpeg", strings.Repeat("x", 115) + ".jpeg"},
		{strings.Repeat("界", 300) + ".docx", strings.Repeat("界", 78) + ".docx"},
		{strings.Repeat("x", 119) + " .pdf" + strings.Repeat("y", 40), strings.Repeat("x", 119)},
	} {
		if got := SafeName(c.in); got != c.want {
			t.Errorf("SafeName(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{
		"invoice.pdf", "../../x", "CON.txt", "a\u202eb", strings.Repeat("é", 200) + ".tar.gz", " . ", "\x00", "com¹", "NUL ", "_.x",
		strings.Repeat("a", 118) + "..pdf", "\u200d.\u200d",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, display string) {
		name := SafeName(display)
		switch {
		case name == "", name != path.Base(name), name != filepath.Base(name), !filepath.IsLocal(name):
			t.Fatalf("SafeName(%q) = %q is not one path element", display, name)
		case !utf8.ValidString(name), utf8.RuneCountInString(name) > maxNameRunes, len(name) > maxNameBytes:
			t.Fatalf("SafeName(%q) = %q is too long or not UTF-8", display, name)
		case strings.ContainsAny(name, "/\\:*?\"<>|\x00\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"):
			t.Fatalf("SafeName(%q) = %q has a forbidden character", display, name)
		case strings.ContainsFunc(name, unicode.IsControl):
			t.Fatalf("SafeName(%q) = %q has a control character", display, name)
		case strings.Trim(name, ". ") != name:
			t.Fatalf("SafeName(%q) = %q begins or ends with a dot or space", display, name)
		case isDevice(name):
			t.Fatalf("SafeName(%q) = %q is a device on Windows", display, name)
		case SafeName(name) != name:
			t.Fatalf("SafeName(%q) = %q, of that %q", display, name, SafeName(name))
		}
	})
}

func TestExtensionFor(t *testing.T) {
	const (
		ole  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
		zip  = "PK\x03\x04"
		docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	)
	for _, c := range []struct{ head, declared, want string }{
		{"\xff\xd8\xff\xe0", "image/jpeg", ".jpg"},
		{"\xff\xd8\xff\xe0", "image/png", ".jpg"},
		{"\x89PNG\r\n\x1a\n", "", ".png"},
		{"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", ".webp"},
		{"GIF89a", "image/gif", ".gif"},
		{"%PDF-1.7", "application/pdf", ".pdf"},
		{"\x00\x00\x00\x18ftypmp42", "video/mp4", ".mp4"},
		{"\x00\x00\x00\x18ftypisom", "audio/mp4; codecs=mp4a", ".m4a"},
		{"\x00\x00\x00\x18ftypM4A ", "video/mp4", ".m4a"},
		{"\x00\x00\x00\x18ftyp3gp4", "video/3gpp", ".3gp"},
		{"OggS\x00", "audio/ogg; codecs=opus", ".ogg"},
		{"#!AMR\n", "audio/amr", ".amr"},
		{"\xff\xf1\x50\x80", "audio/aac", ".aac"},
		{"\xff\xfb\x90\x64", "audio/mpeg", ".mp3"},
		{"ID3\x04", "audio/mpeg", ".mp3"},
		{zip, docx, ".docx"},
		{zip, "application/pdf", ".zip"},
		{zip, "application/x-msdownload", ".zip"},
		{ole, "application/vnd.ms-excel", ".xls"},
		{ole, "image/png", ".bin"},
		{"a,b\n1,2\n", "text/csv", ".csv"},
		{"hello", "text/plain", ".txt"},
		{"hello", "application/x-sh", ".txt"},
		{"MZ\x90\x00", "image/png", ".bin"},
		{"\x7fELF", "application/pdf", ".bin"},
		{"#!/bin/sh\n", "text/plain", ".bin"},
		{"<html><script>", "text/plain", ".bin"},
		{"<?xml version=\"1.0\"?><svg onload=", "image/svg+xml", ".bin"},
		{"\x00\x01\x02\x03", "application/pdf", ".bin"},
		{"\x00\x01\x02\x03", "", ".bin"},
		{"", "image/png", ".txt"},
	} {
		if got := ExtensionFor([]byte(c.head), c.declared); got != c.want {
			t.Errorf("ExtensionFor(%q, %q) = %q, want %q", c.head, c.declared, got, c.want)
		}
	}
}
