package storage

import (
	"testing"

	"shopbell/app"
)

// What was sent from a record is found by the record, and what was sent to a contact from a template by the contact too.
func TestSendsAreFoundByTheirRecord(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		account := shop(t, s)
		id := s.NewRecordID()
		write(t, s, 0, app.RecordWrite{New: true, Row: invoice(id, "INV1", 5)})
		m := ok[app.Message](t)(s.Queue(bg, app.Outgoing{
			AccountID: account.ID, To: "34600000001", Type: "text", Text: "your invoice", Payload: `{"type":"text","text":{"body":"your invoice"}}`,
			TemplateID: 7, Category: "UTILITY", Record: app.RecordRef{Type: "invoice", ID: itoa(int(id))},
		}))
		list := ok[[]app.RecordSend](t)(s.RecordSends(bg, "invoice", id, 5))
		if len(list) != 1 || list[0].Message != m.ID || list[0].State != app.SendQueued || list[0].Status != app.StatusQueued || list[0].Conversation != m.ConversationID {
			t.Fatalf("of the invoice: %+v", list)
		}
		if other := ok[[]app.RecordSend](t)(s.RecordSends(bg, "invoice", id+1, 5)); len(other) != 0 {
			t.Errorf("of another: %+v", other)
		}
		if who := ok[[]app.RecordSend](t)(s.RecordSends(bg, app.RecordContact, m.ContactID, 5)); len(who) != 1 {
			t.Errorf("of the contact: %+v", who)
		}
		talks := ok[[]app.Conversation](t)(s.ContactConversations(bg, m.ContactID))
		if len(talks) != 1 || talks[0].ID != m.ConversationID {
			t.Errorf("conversations: %+v", talks)
		}
	})
}
