package main

import (
	"reflect"
	"strings"
	"testing"

	"shopbell/app/records"
	"shopbell/app/records/importer"
)

func TestPreviewShowsRowsOfEachOutcome(t *testing.T) {
	keptOnBoth(t, func(t *testing.T, k *records.Kept) {
		taken(t, k, importer.Options{Type: "contact", Country: "VN"}, "Name,Phone,City\nMai,0903123456,Huế\nHuy,0912345678,\n")
		text := "Name,Phone,City\nMai,0903 123 456,Hà Nội\nHuy,0912345678,\nLan,0987654321/0987654322,\nSai,12,\nLan 2,+84987654321,\nAn,0987654329,\nBa,0987654328,\n"
		f, err := importer.Open(strings.NewReader(text), int64(len(text)), "VN")
		if err != nil {
			t.Fatal(err)
		}
		plan, err := importer.NewPlan(t.Context(), k, f, importer.Options{Type: "contact", Country: "VN", Show: 2})
		if err != nil {
			t.Fatal(err)
		}
		out, err := plan.Preview(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range out.Shown {
			line := string(s.Outcome) + " " + strings.Join(s.Cells, "|")
			for _, c := range s.Changes {
				line += " " + c.Field + ":" + c.From + ">" + c.To
			}
			if s.Message != "" {
				line += " (" + s.Column + ")"
			}
			got = append(got, line)
		}
		want := []string{
			"changed Mai|0903 123 456|Hà Nội city:Huế>Hà Nội", "same Huy|0912345678|", "new Lan|0987654321/0987654322|", "refused Sai|12| (Phone)",
			"refused Lan 2|+84987654321| (Phone)", "new An|0987654329|",
		}
		if !reflect.DeepEqual(got, want) || out.New != 3 || len(out.Shown[2].Notes) != 1 || out.Shown[0].Row != 2 {
			t.Errorf("%+v: %q", out, got)
		}
		if out, err = plan.Run(t.Context(), nil); err != nil || len(out.Shown) != 0 || out.New != 3 {
			t.Errorf("an import shows %d rows: %+v %v", len(out.Shown), counts(out), err)
		}
	})
}

func TestWhatAPersonSaysOfAFileHolds(t *testing.T) {
	text := "Name,City;Phone\nMai,Huế;0903123456\n"
	f, err := importer.OpenAs(strings.NewReader(text), int64(len(text)), "VN", importer.Way{Encoding: "windows-1252", Separator: ","})
	if err != nil || f.Encoding != "windows-1252" || f.Separator != "," {
		t.Fatalf("%+v %v", f, err)
	}
	rows, err := f.Rows()
	if err != nil {
		t.Fatal(err)
	}
	head, err := rows.Next()
	if err != nil || len(head.Cells) != 2 || head.Cells[1].Text != "City;Phone" {
		t.Errorf("%+v %v", head, err)
	}
	row, err := rows.Next()
	if err != nil || !strings.HasPrefix(row.Cells[1].Text, "Huáº¿") {
		t.Errorf("%+v %v", row, err)
	}
}
