package templates

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"shopbell/app"
)

func names(rows []row, at []int) (out []string) {
	for _, i := range at {
		out = append(out, rows[i].name)
	}
	return out
}

func someRows() []row {
	rows := []row{
		{id: 1, name: "Báo giá", status: app.TemplateApproved, speaks: "Vietnamese", language: "vi", kind: "UTILITY", category: "Utility", account: 1, shop: "Madrid shop", quality: "GREEN"},
		{id: 2, name: "Đơn hàng", status: app.TemplateDraft, speaks: "Vietnamese", language: "vi", kind: "MARKETING", category: "Marketing", account: 2, shop: "Huế"},
		{id: 3, name: "Autumn lamps", status: app.TemplatePaused, speaks: "Spanish", language: "es", kind: "MARKETING", category: "Marketing", account: 1, shop: "Madrid shop", used: 7},
		{id: 4, name: "Old", status: app.TemplateRejected, archived: true, speaks: "English", language: "en", account: 1},
		{id: 5, name: "عرض سعر", status: app.TemplateApproved, conflict: true, speaks: "Arabic", language: "ar", account: 1},
	}
	for i := range rows {
		rows[i].updated = noon.Add(-time.Duration(i) * time.Hour)
		rows[i].found = fold(rows[i].name + " " + rows[i].speaks)
	}
	return rows
}

func TestPick(t *testing.T) {
	rows := someRows()
	for _, c := range []struct {
		q    query
		want []string
	}{
		{query{}, []string{"Báo giá", "Đơn hàng", "Autumn lamps", "عرض سعر"}},
		{query{Text: "bao"}, []string{"Báo giá"}},
		{query{Text: "don HANG"}, []string{"Đơn hàng"}},
		{query{Text: "viet gia"}, []string{"Báo giá"}},
		{query{Text: "عرض"}, []string{"عرض سعر"}},
		{query{Text: "nothing"}, nil},
		{query{Chip: chipMend}, []string{"Autumn lamps", "عرض سعر"}},
		{query{Chip: chipDrafts}, []string{"Đơn hàng"}},
		{query{Archived: true}, []string{"Old"}},
		{query{Account: 2}, []string{"Đơn hàng"}},
		{query{Status: app.TemplateApproved}, []string{"Báo giá", "عرض سعر"}},
		{query{Language: "es"}, []string{"Autumn lamps"}},
		{query{Category: "MARKETING", Account: 1}, []string{"Autumn lamps"}},
		{query{Quality: "GREEN"}, []string{"Báo giá"}},
		{query{Order: byName}, []string{"Autumn lamps", "Báo giá", "Đơn hàng", "عرض سعر"}},
		{query{Order: byUse}, []string{"Autumn lamps", "Báo giá", "Đơn hàng", "عرض سعر"}},
		{query{Order: byStatus}, []string{"Autumn lamps", "Đơn hàng", "Báo giá", "عرض سعر"}},
	} {
		if got := names(rows, pick(rows, c.q)); !slices.Equal(got, c.want) {
			t.Errorf("%+v shows %q, want %q", c.q, got, c.want)
		}
	}
	if c := count(rows); c != (counts{4, 2, 1}) {
		t.Errorf("%+v", c)
	}
	if s := rows[0].second(); s != "Vietnamese · Utility · Madrid shop" {
		t.Errorf("%q", s)
	}
}

func manyRows(n int) []row {
	rows := make([]row, n)
	for i := range rows {
		rows[i] = row{id: app.ID(i + 1), name: fmt.Sprintf("Báo giá số %d", i), status: app.TemplateApproved, speaks: "Vietnamese", category: "Utility", shop: "Madrid shop", updated: noon.Add(time.Duration(i*7919%n) * time.Minute)}
		rows[i].found = fold(rows[i].name + " Vietnamese bao_gia_" + fmt.Sprint(i))
	}
	return rows
}

// The whole of Meta's cap of 6,000 templates is filtered and sorted; the ratio is of the 50 ms that it may take.
func BenchmarkPick(b *testing.B) {
	rows := manyRows(6000)
	for b.Loop() {
		if len(pick(rows, query{Text: "bao gia"})) != 6000 {
			b.Fatal("not all were found")
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(50*time.Millisecond), "of-50ms")
}
