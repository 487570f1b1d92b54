package samples

import (
	"time"

	"shopbell/app/records"
)

func people() []records.Record {
	text := records.Text
	person := func(key, name, phone, city, country, language string, more fields) records.Record {
		f := fields{
			"name": text(name), "phone": text(phone), "city": text(city), "country": in(country), "language": text(language),
			"opt_out": records.Bool(false),
		}
		for k, v := range more {
			f[k] = v
		}
		return example(records.TypeContact, key, name, phone, f)
	}
	return []records.Record{
		person("mai", "Nguyễn Thị Mai", "+84 90 555 0122", "Đà Nẵng", "VN", "vi", fields{
			"username": text("mai.interiors"), "user_id": text("VN.13491208655302741918"), "email": text("mai@mai-interiors.example"),
			"company": to(records.TypeCompany, "mai-interiors", "Mai Interiors"), "address": text("12 Bạch Đằng"), "tags": text("Trade, Lamps"),
			"birthday": records.Date(time.Date(1990, time.March, 8, 0, 0, 0, 0, time.UTC)), "reference": text("C0142"),
			"note": text("Prefers to be called in the morning"),
		}),
		person("huy", "Trần Quốc Huy", "+84 90 555 0188", "Hà Nội", "VN", "vi", fields{
			"email": text("huy@example.com"), "company": to(records.TypeCompany, "mai-interiors", "Mai Interiors"),
			"address": text("5 Hàng Bông"), "tags": text("Trade"), "reference": text("C0143"),
		}),
		person("jose", "José Carvajal", "+34 600 00 01 15", "Madrid", "ES", "es", fields{
			"email": text("jose@example.com"), "address": text("Calle del Olmo 4"), "tags": text("Regular"), "reference": text("C0097"),
		}),
		person("oliver", "Oliver Bennett", "+44 7700 900118", "Leeds", "GB", "en", fields{"email": text("oliver@example.com")}),
		person("lucia", "Lucía Fernández", "+34 600 00 01 52", "Sevilla", "ES", "es", fields{"email": text("lucia@example.com")}),
		example(records.TypeStaff, "ana", "Ana Ruiz", "", fields{
			"name": text("Ana Ruiz"), "phone": text("+34 600 00 01 01"), "email": text("ana@lantern-and-oak.example"),
		}),
	}
}

func companies() []records.Record {
	text := records.Text
	return []records.Record{
		example(records.TypeCompany, "mai-interiors", "Mai Interiors", "Đà Nẵng", fields{
			"name": text("Mai Interiors"), "phone": text("+84 236 555 0100"), "email": text("hello@mai-interiors.example"),
			"website": records.Address("https://mai-interiors.example"), "address": text("12 Bạch Đằng"), "city": text("Đà Nẵng"),
			"country": in("VN"), "tax_id": text("0400000000"), "contact": mai,
		}),
		example(records.TypeCompany, "shop", "Lantern & Oak", "Madrid", fields{
			"name": text("Lantern & Oak"), "phone": text("+34 919 01 00 22"), "email": text("hello@lantern-and-oak.example"),
			"website": records.Address(website), "address": text("Calle del Mesón 18"), "city": text("Madrid"), "country": in("ES"),
			"tax_id": text("B00000000"), "contact": jose,
		}),
	}
}
