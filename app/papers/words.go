package papers

import (
	"slices"
	"strings"
)

// languages are those the words of a paper are in, in the order of the lists below.
var languages = []string{"en", "vi", "es", "pt", "fr", "ar"}

// Languages lists those that papers have words in, English first.
func Languages() []string { return slices.Clone(languages) }

// word names something that is printed.
type word int

const (
	wQuotation word = iota
	wOrder
	wInvoice
	wPayment
	wDelivery
	wReceipt
	wTicket
	wFor
	wDeliverTo
	wDate
	wValidUntil
	wDueDate
	wReference
	wSalesperson
	wState
	wOrderNumber
	wInvoiceNumber
	wMethod
	wExpected
	wShipped
	wCarrier
	wTracking
	wTrack
	wCashier
	wProduct
	wQuantity
	wPrice
	wDiscount
	wAmount
	wSubtotal
	wTax
	wTotal
	wDue
	wNote
	wPay
	wSee
	wBank
	wTerms
	wTaxNumber
	wStarts
	wDoors
	wVenue
	wAttendee
	wKind
	wSeat
	wFee
)

var dictionary = map[word][6]string{
	wQuotation:     {"Quotation", "Báo giá", "Presupuesto", "Orçamento", "Devis", "عرض سعر"},
	wOrder:         {"Order", "Đơn hàng", "Pedido", "Pedido", "Commande", "طلب"},
	wInvoice:       {"Invoice", "Hóa đơn", "Factura", "Fatura", "Facture", "فاتورة"},
	wPayment:       {"Payment receipt", "Biên nhận thanh toán", "Recibo de pago", "Recibo de pagamento", "Reçu de paiement", "إيصال دفع"},
	wDelivery:      {"Delivery slip", "Phiếu giao hàng", "Albarán de entrega", "Guia de entrega", "Bon de livraison", "إشعار تسليم"},
	wReceipt:       {"Receipt", "Biên lai", "Recibo", "Recibo", "Ticket de caisse", "إيصال"},
	wTicket:        {"Ticket", "Vé", "Entrada", "Ingresso", "Billet", "تذكرة"},
	wFor:           {"For", "Khách hàng", "Para", "Para", "Pour", "إلى"},
	wDeliverTo:     {"Deliver to", "Giao đến", "Entregar a", "Entregar a", "Livrer à", "التسليم إلى"},
	wDate:          {"Date", "Ngày", "Fecha", "Data", "Date", "التاريخ"},
	wValidUntil:    {"Valid until", "Có hiệu lực đến", "Válido hasta", "Válido até", "Valable jusqu’au", "صالح حتى"},
	wDueDate:       {"Due date", "Hạn thanh toán", "Vencimiento", "Vencimento", "Échéance", "تاريخ الاستحقاق"},
	wReference:     {"Reference", "Tham chiếu", "Referencia", "Referência", "Référence", "المرجع"},
	wSalesperson:   {"Your contact", "Người phụ trách", "Su contacto", "Seu contato", "Votre contact", "جهة الاتصال"},
	wState:         {"State", "Tình trạng", "Estado", "Situação", "État", "الحالة"},
	wOrderNumber:   {"Order", "Đơn hàng", "Pedido", "Pedido", "Commande", "الطلب"},
	wInvoiceNumber: {"Invoice", "Hóa đơn", "Factura", "Fatura", "Facture", "الفاتورة"},
	wMethod:        {"Paid by", "Thanh toán bằng", "Forma de pago", "Forma de pagamento", "Payé par", "طريقة الدفع"},
	wExpected:      {"Expected on", "Dự kiến giao", "Entrega prevista", "Entrega prevista", "Livraison prévue", "موعد التسليم المتوقع"},
	wShipped:       {"Sent on", "Gửi lúc", "Enviado el", "Enviado em", "Expédié le", "تاريخ الإرسال"},
	wCarrier:       {"Carrier", "Đơn vị vận chuyển", "Transportista", "Transportadora", "Transporteur", "شركة الشحن"},
	wTracking:      {"Tracking number", "Mã vận đơn", "Número de seguimiento", "Código de rastreio", "Numéro de suivi", "رقم التتبع"},
	wTrack:         {"Track the parcel", "Theo dõi đơn hàng", "Seguir el envío", "Rastrear a entrega", "Suivre le colis", "تتبع الشحنة"},
	wCashier:       {"Served by", "Thu ngân", "Le atendió", "Atendido por", "Servi par", "أمين الصندوق"},
	wProduct:       {"Description", "Mô tả", "Descripción", "Descrição", "Description", "الوصف"},
	wQuantity:      {"Quantity", "Số lượng", "Cantidad", "Quantidade", "Quantité", "الكمية"},
	wPrice:         {"Unit price", "Đơn giá", "Precio", "Preço", "Prix unitaire", "سعر الوحدة"},
	wDiscount:      {"Disc. %", "Giảm %", "Dto. %", "Desc. %", "Rem. %", "خصم %"},
	wAmount:        {"Amount", "Thành tiền", "Importe", "Valor", "Montant", "المبلغ"},
	wSubtotal:      {"Total before tax", "Tổng trước thuế", "Base imponible", "Total sem impostos", "Total hors taxes", "الإجمالي قبل الضريبة"},
	wTax:           {"Tax", "Thuế", "Impuestos", "Impostos", "Taxes", "الضريبة"},
	wTotal:         {"Total", "Tổng cộng", "Total", "Total", "Total", "الإجمالي"},
	wDue:           {"Amount due", "Còn phải trả", "Importe pendiente", "Valor em aberto", "Reste à payer", "المبلغ المستحق"},
	wNote:          {"Note", "Ghi chú", "Nota", "Observação", "Remarque", "ملاحظة"},
	wPay:           {"Pay online", "Thanh toán trực tuyến", "Pagar en línea", "Pagar online", "Payer en ligne", "ادفع عبر الإنترنت"},
	wSee:           {"See it online", "Xem trực tuyến", "Ver en línea", "Ver online", "Voir en ligne", "عرض عبر الإنترنت"},
	wBank:          {"Bank details", "Thông tin chuyển khoản", "Datos bancarios", "Dados bancários", "Coordonnées bancaires", "البيانات المصرفية"},
	wTerms:         {"Terms", "Điều khoản", "Condiciones", "Condições", "Conditions", "الشروط"},
	wTaxNumber:     {"Tax number", "Mã số thuế", "NIF", "Inscrição fiscal", "N° fiscal", "الرقم الضريبي"},
	wStarts:        {"Date and time", "Thời gian", "Fecha y hora", "Data e hora", "Date et heure", "التاريخ والوقت"},
	wDoors:         {"Doors open", "Mở cửa", "Apertura de puertas", "Abertura das portas", "Ouverture des portes", "فتح الأبواب"},
	wVenue:         {"Place", "Địa điểm", "Lugar", "Local", "Lieu", "المكان"},
	wAttendee:      {"Name", "Người tham dự", "Nombre", "Nome", "Nom", "الاسم"},
	wKind:          {"Kind of ticket", "Loại vé", "Tipo de entrada", "Tipo de ingresso", "Type de billet", "نوع التذكرة"},
	wSeat:          {"Seat", "Chỗ ngồi", "Asiento", "Assento", "Place", "المقعد"},
	wFee:           {"Price", "Giá vé", "Precio", "Preço", "Prix", "السعر"},
}

// in gives a word in a language, English where it is not one of ours.
func (w word) in(lang string) string {
	for i, l := range languages {
		if l == base(lang) {
			return dictionary[w][i]
		}
	}
	return dictionary[w][0]
}

// speaks tells whether papers have words in a language.
func speaks(lang string) bool {
	for _, l := range languages {
		if l == base(lang) {
			return true
		}
	}
	return false
}

// base is a language code without its region: pt for pt_BR.
func base(code string) string {
	b, _, _ := strings.Cut(strings.ReplaceAll(code, "-", "_"), "_")
	return strings.ToLower(b)
}
