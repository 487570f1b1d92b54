package sandbox

// role is the script of one cast member: what they open with, how they go on, and how they end. Every list offers variants.
type role struct {
	name, phone, username string
	first                 []string   // the first message
	talk                  [][]string // the turns after it
	asked                 []string   // answers to a question of the staff
	files                 []string   // answers to a picture or paper
	last                  []string   // the goodbye
	smiles                []string   // reactions
}

// roles is the cast. Their numbers are of ranges that nobody has.
var roles = []role{
	{
		name: "Nguyễn Thị Mai", phone: "84900555011",
		first: []string{"Shop ơi, đơn S00022 của mình giao chưa ạ?", "Chào shop, cho mình hỏi đơn S00022 tới đâu rồi ạ?"},
		talk: [][]string{
			{"Dạ vâng, vậy chiều nay mình ghé lấy được không ạ?", "Ok shop, mình ở nhà buổi chiều nhé."},
			{"Mình cảm ơn shop nhiều nha 🥰", "Dạ, shop nhớ gọi mình trước khi giao nhé."},
		},
		asked:  []string{"Dạ đúng rồi ạ.", "Mình ở 12 Hàng Bạc, quận Hoàn Kiếm ạ.", "Buổi chiều sau 3 giờ là được ạ."},
		files:  []string{"Dạ mình thấy rồi, đẹp quá!", "Đúng mẫu này rồi shop ơi."},
		last:   []string{"Cảm ơn shop, lần sau mình mua tiếp!", "Vâng ạ, chúc shop bán đắt hàng!"},
		smiles: []string{"❤️", "👍", "🥰"},
	},
	{
		name: "José Carvajal", phone: "525500550134",
		first: []string{"Buenas tardes, ¿todavía tienen la lámpara azul?", "Hola, vi la lámpara azul en su página. ¿La hay en tienda?"},
		talk: [][]string{
			{"Perfecto. ¿Cuánto sería con el envío a Puebla?", "Muy bien, ¿y el envío cuánto tarda?"},
			{"Entonces me quedo con dos, por favor.", "De acuerdo, apárteme una."},
		},
		asked:  []string{"Sí, por favor.", "El código postal es 72000.", "Con tarjeta, si se puede."},
		files:  []string{"¡Esa misma es!", "Gracias por la foto, se ve muy bien."},
		last:   []string{"¡Muchas gracias por todo!", "Listo, quedo pendiente. Saludos."},
		smiles: []string{"👍", "🙏", "😀"},
	},
	{
		name: "سارة الحداد", phone: "962790055512",
		first: []string{"مرحبا، متى تفتحون يوم الجمعة؟", "السلام عليكم، هل المحل مفتوح يوم الجمعة؟"},
		talk: [][]string{
			{"تمام، سأمر عليكم بعد الظهر لاستلام طلبي.", "شكراً، وهل طلبي رقم S00031 جاهز؟"},
			{"ممتاز، هل يمكن الدفع عند الاستلام؟", "رائع، أحتاج أيضاً كيس هدية صغير."},
		},
		asked:  []string{"نعم صحيح.", "الرقم هو S00031.", "بعد الساعة الرابعة لو سمحتم."},
		files:  []string{"وصلت الصورة، شكراً.", "نعم هذا هو المطلوب."},
		last:   []string{"شكراً جزيلاً لكم 🌷", "ممتاز، نراكم قريباً."},
		smiles: []string{"🌷", "👍", "❤️"},
	},
	{
		name: "Oliver Bennett", phone: "447700900412", username: "ollie.bennett",
		first: []string{"Hi, the mug in order S00040 arrived with a crack. Can you help?", "Hello! One of my mugs came broken, order S00040."},
		talk: [][]string{
			{"Thanks for the quick answer. A replacement would be great.", "Great, no need to send the whole set again."},
			{"Brilliant. Do I have to return the broken one?", "Lovely, will it come by the weekend?"},
		},
		asked:  []string{"Yes, that's right.", "It's 14 Mill Lane, same as before.", "The blue one."},
		files:  []string{"Got it, thanks.", "Perfect, that's the one."},
		last:   []string{"Cheers, really appreciate it!", "All good then. Have a nice day!"},
		smiles: []string{"👍", "🎉", "😂"},
	},
	{
		name: "Trần Quốc Huy", phone: "84900555027",
		first: []string{"Cho mình đặt 20 hộp trà sen làm quà được không shop?", "Shop còn trà sen hộp thiếc không ạ? Mình cần 20 hộp."},
		talk: [][]string{
			{"Có xuất hoá đơn công ty không shop?", "Số lượng vậy có giảm giá không ạ?"},
			{"Ok chốt 20 hộp nhé, mình chuyển khoản luôn.", "Vậy giao thứ Sáu giúp mình."},
		},
		asked:  []string{"Đúng rồi shop.", "Giao về văn phòng ở quận 3 nhé.", "Công ty An Phú, mình gửi mã số thuế sau."},
		files:  []string{"Mình nhận được rồi, để mình xem.", "Báo giá ổn đó shop."},
		last:   []string{"Cảm ơn shop, hợp tác lâu dài nhé!", "Ok shop, có gì mình nhắn thêm."},
		smiles: []string{"👌", "👍", "🙏"},
	},
	{
		name: "Lucía Fernández", phone: "34600555078", username: "lucia.fdz",
		first: []string{"¡Hola! ¿Puedo cambiar la talla del pedido S00045?", "Hola, pedí una M y necesito una L, pedido S00045. ¿Se puede?"},
		talk: [][]string{
			{"Genial, entonces espero el cambio. ¿Hay que pagar algo?", "Estupendo, ¿la recojo en la tienda o me la mandáis?"},
			{"Vale, paso el sábado por la mañana.", "Perfecto, muchas gracias 😊"},
		},
		asked:  []string{"Sí, la L en verde.", "Claro, el sábado me va bien.", "Sin prisa, cuando podáis."},
		files:  []string{"¡Qué bonita! Esa quiero.", "Vista, gracias."},
		last:   []string{"¡Mil gracias, sois un encanto!", "Nos vemos el sábado."},
		smiles: []string{"😊", "❤️", "👏"},
	},
}
