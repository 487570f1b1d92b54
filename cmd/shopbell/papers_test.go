package main

import (
	"encoding/json"
	"image/png"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/app"
	"shopbell/app/papers"
	"shopbell/app/records"
	"shopbell/app/shop"
)

// pdfText is what a person reads in a PDF.
func pdfText(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext, which make test brings: %v", err)
	}
	return string(out)
}

// invoices imports two, with their customers.
func (w *world) invoices() {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), "invoices.csv")
	text := "Số hóa đơn;Khách hàng;Điện thoại;Ngày;Tổng tiền\nHD001;Nguyễn Thị Mai;0903 123 456;05/11/2026;1.250.000 ₫\nHD002;Trần Quốc Huy;0912 345 678;06/11/2026;990.000 ₫\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.must("import", "invoice", path, "--country", "VN")
}

func (w *world) setShop(set shop.Settings) {
	w.t.Helper()
	d := w.openHere()
	defer d.close()
	if err := d.shop.Save(w.t.Context(), set); err != nil {
		w.t.Fatal(err)
	}
}

func TestPapersFromTheCommandLine(t *testing.T) {
	w := newWorld(t)
	w.invoices()
	w.setShop(shop.Settings{Name: "Hoa Mai", Country: "VN", Texts: map[string]papers.Texts{"vi": {Terms: "Hàng đổi trong 7 ngày"}, "en": {Terms: "Exchange within 7 days"}}})
	dir := t.TempDir()
	pdf := filepath.Join(dir, "a.pdf")
	var line paperLine
	if err := json.Unmarshal([]byte(w.must("export", "paper", "invoice", "HD001", "--out", pdf, "--language", "vi")), &line); err != nil {
		t.Fatal(err)
	}
	text := pdfText(t, pdf)
	for _, want := range []string{"Hoa Mai", "Hóa đơn HD001", "Nguyễn Thị Mai", "1.250.000", "Hàng đổi trong 7 ngày"} {
		if !strings.Contains(text, want) {
			t.Errorf("“%s” is not in\n%s", want, text)
		}
	}
	if line.Title != "HD001" || line.Pages != 1 || line.Language != "vi" || line.Missing != "" {
		t.Errorf("%+v", line)
	}
	picture := filepath.Join(dir, "a.png")
	w.must("export", "paper", "invoice", line.ID, "--out", picture)
	f, err := os.Open(picture)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if img, err := png.Decode(f); err != nil || img.Bounds().Dx() != 1240 {
		t.Errorf("%v", err)
	}
	for args, want := range map[string]string{
		"invoice HD009 --out " + pdf: "no record", "invoice HD001 --out x.doc": "FILE.pdf", "contact 1 --out " + pdf: "no record", "thing 1 --out " + pdf: "no kind of record",
	} {
		if _, errOut, code := w.run(append([]string{"export", "paper"}, strings.Fields(args)...)...); code == exitOK || !strings.Contains(errOut, want) {
			t.Errorf("%s: %d %s", args, code, errOut)
		}
	}
	// The shop's country is that of imports, too.
	path := filepath.Join(dir, "c.csv")
	if err := os.WriteFile(path, []byte("Name,Phone\nLan,0987654321\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := w.must("import", "contact", path, "--dry-run"); !strings.Contains(out, `"new":1`) {
		t.Error(out)
	}
}

// Each customer gets the document of their own invoice, with the words that the invoice has when it is sent.
func TestAMessageCarriesItsOwnInvoice(t *testing.T) {
	w := templateWorld(t)
	w.invoices()
	w.setShop(shop.Settings{Name: "Hoa Mai"})
	w.applyTo("invoice_ready", records.TypeInvoice)
	w.broadcast("--template", "invoice_ready", "--type", "invoice", "--value", "1=Mai")
	eventually(t, "the messages", func() bool { return len(w.sent()) == 2 })
	for _, s := range w.sent() {
		var body struct {
			Template struct {
				Components []struct {
					Type       string
					Parameters []struct {
						Document struct{ ID, Filename string }
					}
				}
			}
		}
		if err := json.Unmarshal(s.Body, &body); err != nil || len(body.Template.Components) == 0 {
			t.Fatalf("%s %v", s.Body, err)
		}
		doc := body.Template.Components[0].Parameters[0].Document
		number, name, other := "HD001", "Nguyễn Thị Mai", "Trần Quốc Huy"
		if strings.Contains(s.To, "912345678") {
			number, name, other = "HD002", other, name
		}
		text := pdfText(t, w.mediaOf(doc.ID))
		if doc.Filename != number+".pdf" || !strings.Contains(text, number) || !strings.Contains(text, name) || strings.Contains(text, other) || !strings.Contains(text, "Hoa Mai") {
			t.Errorf("%s got %s:\n%s", s.To, doc.Filename, text)
		}
	}
}

// applyTo has a template be filled in from records of a type.
func (w *world) applyTo(technical, typ string) {
	w.t.Helper()
	d := w.openHere()
	defer d.close()
	rows, err := d.store.Templates(w.t.Context(), app.TemplateFilter{Technical: technical})
	if err != nil || len(rows) == 0 {
		w.t.Fatalf("%s: %v", technical, err)
	}
	_, err = d.store.ChangeTemplate(w.t.Context(), rows[0].ID, func(t *app.Template) (app.TemplateTrace, error) {
		t.RecordType = typ
		return app.TemplateTrace{}, nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// mediaOf fetches a file that went up to Meta.
func (w *world) mediaOf(id string) string {
	w.t.Helper()
	get := func(url string) []byte {
		req, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			w.t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+w.cred.AccessToken)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			w.t.Fatal(err)
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			w.t.Fatalf("%s: %d %s %v", url, resp.StatusCode, data, err)
		}
		return data
	}
	var at struct{ URL string }
	if err := json.Unmarshal(get(w.sandbox.URL()+"/"+id), &at); err != nil {
		w.t.Fatal(err)
	}
	path := filepath.Join(w.t.TempDir(), "media.pdf")
	if err := os.WriteFile(path, get(at.URL), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}
