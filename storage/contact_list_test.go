package storage

import (
	"fmt"
	"testing"
	"time"

	"shopbell/app"
)

func TestContactsAreFoundByNameAndNumber(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		var facts []app.Fact
		for i, name := range []string{"Nguyễn Thị Mai", "Mai Đặng", "José Pérez", "", "李小龍", "Maike Müller"} {
			p := phone(fmt.Sprintf("8490312345%d", i))
			p.Name = name
			facts = append(facts, said(fmt.Sprint("w", i), p, "hello", noon.Add(time.Duration(i)*time.Second)))
		}
		apply(t, s, facts...)
		for query, want := range map[string]int{
			"": 6, "mai": 3, "nguyen mai": 1, "dang": 1, "PEREZ": 1, "龍": 1, "+84 90 312": 6, "3453": 1, "nobody": 0, "?!": 0, "mai perez": 0,
		} {
			got := ok[[]app.Contact](t)(s.FindContacts(bg, query, 10))
			if len(got) != want {
				t.Errorf("%q finds %d contacts, want %d", query, len(got), want)
			}
			for i := 1; i < len(got); i++ {
				if got[i].ID >= got[i-1].ID {
					t.Errorf("%q: the newest are not first", query)
				}
			}
		}
		two := ok[[]app.Contact](t)(s.FindContacts(bg, "", 2))
		if len(two) != 2 || two[0].Phone() != "84903123455" || two[0].Name != "Maike Müller" {
			t.Fatalf("the newest two: %+v", two)
		}
		same := ok[[]app.Contact](t)(s.ContactsByID(bg, []app.ID{two[1].ID, 42, two[0].ID}))
		if len(same) != 2 || same[0].Phone() != two[0].Phone() || same[1].Phone() != two[1].Phone() {
			t.Errorf("by id: %+v", same)
		}
		if none := ok[[]app.Contact](t)(s.ContactsByID(bg, nil)); len(none) != 0 {
			t.Errorf("no ids: %+v", none)
		}
	})
}
