package records

// The values of the built-in choices, with the words a customer reads in the languages of the starter templates.
var (
	quotationStates = []Option{
		option("draft", "Draft", "Nháp", "Borrador", "Rascunho", "Brouillon"),
		option("sent", "Sent", "Đã gửi", "Enviado", "Enviado", "Envoyé"),
		option("order", "Order", "Đã đặt hàng", "Pedido", "Pedido", "Commandé"),
		option("cancelled", "Cancelled", "Đã hủy", "Cancelado", "Cancelado", "Annulé"),
	}
	invoiceStates = []Option{
		option("draft", "Draft", "Nháp", "Borrador", "Rascunho", "Brouillon"),
		option("open", "Open", "Chưa thanh toán", "Pendiente", "Em aberto", "À régler"),
		option("paid", "Paid", "Đã thanh toán", "Pagada", "Paga", "Payée"),
		option("overdue", "Overdue", "Quá hạn", "Vencida", "Vencida", "En retard"),
		option("cancelled", "Cancelled", "Đã hủy", "Anulada", "Cancelada", "Annulée"),
	}
	deliveryStates = []Option{
		option("preparing", "Being prepared", "Đang chuẩn bị", "En preparación", "Em preparação", "En préparation"),
		option("on_its_way", "On its way", "Đang giao", "En camino", "A caminho", "En route"),
		option("delivered", "Delivered", "Đã giao", "Entregado", "Entregue", "Livré"),
		option("cancelled", "Cancelled", "Đã hủy", "Cancelado", "Cancelado", "Annulé"),
	}
	ticketStates = []Option{
		option("reserved", "Reserved", "Đã giữ chỗ", "Reservada", "Reservado", "Réservé"),
		option("confirmed", "Confirmed", "Đã xác nhận", "Confirmada", "Confirmado", "Confirmé"),
		option("attended", "Attended", "Đã tham dự", "Utilizada", "Utilizado", "Utilisé"),
		option("cancelled", "Cancelled", "Đã hủy", "Cancelada", "Cancelado", "Annulé"),
	}
	paymentMethods = []Option{
		option("cash", "Cash", "Tiền mặt", "Efectivo", "Dinheiro", "Espèces"),
		option("card", "Card", "Thẻ", "Tarjeta", "Cartão", "Carte"),
		option("transfer", "Bank transfer", "Chuyển khoản", "Transferencia", "Transferência", "Virement"),
		option("online", "Online", "Trực tuyến", "En línea", "Online", "En ligne"),
	}
)

func option(value, en, vi, es, pt, fr string) Option {
	return Option{Value: value, Label: en, Words: map[string]string{"vi": vi, "es": es, "pt": pt, "fr": fr}}
}
