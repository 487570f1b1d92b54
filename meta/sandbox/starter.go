package sandbox

import "time"

// starterTemplates are what a practice account begins with: the sample every account has, and one of each usual kind.
func (w *world) starterTemplates(d *dice, now time.Time) []*template {
	file := func(kind string) map[string]any {
		id := d.id()
		w.samples[id] = &headerSample{samples[kind].mime, samples[kind].bytes()}
		return map[string]any{"header_handle": []any{sampleScheme + id}}
	}
	text := func(typ, s string, extra ...any) map[string]any {
		m := map[string]any{"type": typ, "text": s}
		if typ == "HEADER" {
			m["format"] = "TEXT"
		}
		for i := 0; i+1 < len(extra); i += 2 {
			m[extra[i].(string)] = extra[i+1]
		}
		return m
	}
	example := func(vals ...any) map[string]any { return map[string]any{"body_text": []any{vals}} }
	buttons := func(bs ...any) map[string]any { return map[string]any{"type": "BUTTONS", "buttons": bs} }
	reply := func(s string) map[string]any { return map[string]any{"type": "QUICK_REPLY", "text": s} }
	list := []*template{
		{name: "hello_world", language: "en_US", category: "UTILITY", sample: true, components: []any{
			text("HEADER", "Hello World"),
			text("BODY", "Welcome and congratulations! This message shows that the practice account can send."),
			text("FOOTER", "Practice sample"),
		}},
		{name: "order_confirmation", language: "en_US", category: "UTILITY", components: []any{
			text("BODY", "Hi {{1}}, we have your order {{2}} and will tell you when it leaves the shop.", "example", example("Ann", "S00022")),
			text("FOOTER", "Corner Shop"),
			buttons(reply("Change order"), reply("Talk to us")),
		}},
		{name: "order_confirmation", language: "vi", category: "UTILITY", components: []any{
			text("BODY", "Chào {{1}}, cửa hàng đã nhận đơn {{2}} và sẽ báo khi hàng được gửi đi nhé.", "example", example("Mai", "S00022")),
		}},
		{name: "order_confirmation", language: "es", category: "UTILITY", components: []any{
			text("BODY", "Hola {{1}}, recibimos tu pedido {{2}} y te avisaremos cuando salga de la tienda.", "example", example("José", "S00022")),
		}},
		{name: "parcel_on_its_way", language: "en_US", category: "UTILITY", components: []any{
			text("HEADER", "Order {{1}}", "example", map[string]any{"header_text": []any{"S00022"}}),
			text("BODY", "Good news, {{1}}: your parcel left us today and should reach you by {{2}} at the latest.", "example", example("Ann", "Friday")),
			buttons(
				map[string]any{"type": "URL", "text": "Track parcel", "url": "https://shop.example/track/{{1}}", "example": []any{"PX1"}},
				map[string]any{"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+15550142368"},
			),
		}},
		{name: "appointment_reminder", language: "en_US", category: "UTILITY", format: "NAMED", components: []any{
			text("BODY", "Dear {{first_name}}, we expect you on {{day}} at our shop. Tell us if it does not suit you.", "example",
				map[string]any{"body_text_named_params": []any{
					map[string]any{"param_name": "first_name", "example": "Ann"}, map[string]any{"param_name": "day", "example": "Monday"},
				}}),
		}},
		{name: "invoice_ready", language: "en_US", category: "UTILITY", components: []any{
			map[string]any{"type": "HEADER", "format": "DOCUMENT", "example": file("document")},
			text("BODY", "Hello {{1}}, here is the invoice for your last order. Thank you for shopping with us!", "example", example("Ann")),
		}},
		{name: "spring_sale", language: "en_US", category: "MARKETING", components: []any{
			map[string]any{"type": "HEADER", "format": "IMAGE", "example": file("image")},
			text("BODY", "Spring is here, {{1}}! Take a fifth off everything in the shop until the end of the month.", "example", example("Ann")),
			text("FOOTER", "Reply STOP to hear less from us"),
			buttons(map[string]any{"type": "COPY_CODE", "example": "SPRING20"}, reply("Stop")),
		}},
		{name: "come_back", language: "en_US", category: "MARKETING", components: []any{
			text("BODY", "We have not seen you for a while, {{1}}. Come by and have a coffee on us!", "example", example("Ann")),
		}},
		{name: "login_code", language: "en_US", category: "AUTHENTICATION", components: []any{
			map[string]any{"type": "BODY", "text": "*{{1}}* is your verification code.", "add_security_recommendation": true, "example": example("123456")},
			map[string]any{"type": "FOOTER", "text": "This code expires in 10 minutes.", "code_expiration_minutes": 10},
			buttons(map[string]any{
				"type": "URL", "text": "Copy code", "url": "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp{{1}}",
				"example": []any{"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp123456"},
			}),
		}},
		{name: "old_newsletter", language: "en_US", category: "MARKETING", status: "PAUSED", components: []any{
			text("BODY", "This is what happened in our shop this month. See you soon!"),
		}},
		{name: "lucky_draw", language: "en_US", category: "MARKETING", status: "DISABLED", components: []any{
			text("BODY", "Everybody wins in our draw this week. Do not miss it!"),
		}},
		{name: "feedback_request", language: "en_US", category: "UTILITY", status: "PENDING", components: []any{
			text("BODY", "Hi {{1}}, how was your last visit to our shop?", "example", example("Ann")),
		}},
		{name: "vip_offer", language: "en_US", category: "MARKETING", status: "REJECTED", reason: "INVALID_FORMAT", components: []any{
			text("BODY", "Only for you and only today: a surprise waits in our shop."),
		}},
	}
	for i, t := range list {
		t.id = d.id()
		t.updated = now.Add(-time.Duration(len(list)-i) * 36 * time.Hour)
		if t.status == "" {
			t.status = "APPROVED"
		}
		if t.format == "" {
			t.format = "POSITIONAL"
		}
	}
	return list
}
