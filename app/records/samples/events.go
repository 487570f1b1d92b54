package samples

import (
	"time"

	"shopbell/app/records"
)

func events() []records.Record {
	text := records.Text
	evening := to(records.TypeEvent, "lanterns", "Lantern-making evening")
	ticket := func(number, attendee, phone, email, seat, state string, who records.Value) records.Record {
		return example(records.TypeTicket, number, number, attendee, fields{
			"number": text(number), "attendee": text(attendee), "phone": text(phone), "email": text(email), "customer": who, "event": evening,
			"kind": text("Standard"), "seat": text(seat), "price": euros("35.00"), "state": records.Choice(state), "code": text("7GK2-" + number[2:]),
			"link": records.Address(website + "events/lantern-evening/" + number), "document": records.File(number + ".pdf"),
		})
	}
	return []records.Record{
		example(records.TypeEvent, "lanterns", "Lantern-making evening", "Taller Lavapiés", fields{
			"name": text("Lantern-making evening"), "organiser": shop, "responsible": ana,
			"dates": records.Days(on(time.November, 28), on(time.November, 29)), "start": records.DateTime(at(28, 18, 30)),
			"end": records.DateTime(at(28, 21, 0)), "doors": records.TimeOfDay(time.Date(0, 1, 1, 18, 0, 0, 0, time.UTC)), "venue": madrid,
			"link": records.Address(website + "events/lantern-evening"), "seats": records.Number("24"), "note": text("Bring an apron"),
		}),
		example(records.TypeVenue, "madrid", "Taller Lavapiés", "Madrid", fields{
			"name": text("Taller Lavapiés"), "address": text("Calle de Argumosa 3"), "city": text("Madrid"), "country": in("ES"),
			"latitude": records.Number("40.4089"), "longitude": records.Number("-3.6985"), "phone": text("+34 919 01 00 23"),
			"map_link": records.Address("https://maps.example/?q=40.4089,-3.6985"),
		}),
		ticket("T-0311", "Lucía Fernández", "+34 600 00 01 52", "lucia@example.com", "B4", "confirmed", to(records.TypeContact, "lucia", "Lucía Fernández")),
		ticket("T-0312", "José Carvajal", "+34 600 00 01 15", "jose@example.com", "B5", "reserved", jose),
	}
}
