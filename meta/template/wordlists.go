package template

import "strings"

// phraseList has phrases by their first word.
type phraseList map[string][][]string

func phrasesOf(list ...string) phraseList {
	out := phraseList{}
	for _, p := range list {
		words := strings.Fields(p)
		out[words[0]] = append(out[words[0]], words)
	}
	return out
}

// promotions are words that make a message advertising, whatever it is about (English, Vietnamese, Spanish,
// Portuguese, French).
var promotions = phrasesOf(
	"discount", "discounts", "promo", "promotion", "promotions", "coupon", "voucher", "special offer", "special offers",
	"limited offer", "exclusive offer", "best offer", "sale ends", "on sale", "flash sale", "free gift", "buy now", "shop now", "order now",
	"don t miss", "hurry", "best price", "lowest price", "save up", "% off", "new arrivals", "new collection", "black friday",
	"win a", "giveaway", "cashback", "buy one", "deal of", "hot deal",
	"khuyến mãi", "khuyến mại", "giảm giá", "ưu đãi", "mua ngay", "quà tặng", "miễn phí vận chuyển", "giá sốc", "đặt ngay", "siêu sale",
	"đừng bỏ lỡ", "hàng mới về", "trúng thưởng",
	"descuento", "descuentos", "promoción", "promociones", "oferta", "ofertas", "cupón", "compra ahora", "compre ahora", "aprovecha",
	"aproveche", "rebaja", "rebajas", "no te pierdas", "no se pierda", "gratis", "regalo", "sorteo", "mejor precio",
	"desconto", "descontos", "promoção", "promoções", "ofertas especiais", "cupom", "compre agora", "compra agora", "não perca", "grátis",
	"brinde", "sorteio", "melhor preço", "liquidação", "queima de estoque",
	"réduction", "réductions", "promotion spéciale", "offre spéciale", "offres spéciales", "offre exclusive", "soldes",
	"bon d achat", "achetez maintenant", "profitez", "ne manquez pas", "gratuit", "cadeau", "meilleur prix", "code promo",
)

// vague are phrases that tell a customer nothing.
var vague = phrasesOf(
	"we have news for you", "we have an update for you", "important information for you", "please contact us as soon", "you have a message",
	"we have a message for you", "something important",
	"chúng tôi có tin", "có thông tin quan trọng dành cho bạn",
	"tenemos novedades para ti", "tenemos noticias para usted", "tienes un mensaje", "información importante para ti",
	"temos novidades para você", "temos uma novidade", "você tem uma mensagem", "informação importante para você",
	"nous avons des nouvelles pour vous", "vous avez un message", "information importante pour vous",
)

// greetings are the words of a message that says hello and nothing else.
var greetings = wordsOf(
	"hi hello hey dear there good morning afternoon evening day welcome how are you today to from our we you everyone",
	"xin chào chào bạn buổi sáng chiều tối tốt lành mừng đến với anh chị quý khách",
	"hola buenos buenas días tardes noches bienvenido bienvenida estimado estimada cómo estás está qué tal",
	"olá oi bom boa dia tarde noite bem vindo vinda prezado prezada tudo como vai você",
	"bonjour salut bonsoir bienvenue cher chère comment allez vous ça va bonne journée soirée",
)

// sensitive are data that no business may ask for in a message (WhatsApp Business Messaging Policy).
var sensitive = phrasesOf(
	"card number", "credit card number", "debit card number", "full card details", "cvv", "cvc", "your pin", "pin code of your card",
	"your password", "social security number", "passport number", "bank account number", "national id number", "id card number",
	"số thẻ", "mã pin", "mật khẩu của bạn", "số cccd", "số cmnd", "số hộ chiếu",
	"número de tarjeta", "número de su tarjeta", "número de tu tarjeta", "tu contraseña", "su contraseña", "número de pasaporte", "clave de tu tarjeta",
	"número do cartão", "número do seu cartão", "sua senha", "número do passaporte", "seu cpf",
	"numéro de carte", "numéro de votre carte", "votre mot de passe", "numéro de passeport", "numéro de sécurité sociale",
)

func wordsOf(lists ...string) map[string]bool {
	out := map[string]bool{}
	for _, list := range lists {
		for _, w := range strings.Fields(list) {
			out[w] = true
		}
	}
	return out
}

// isShortener knows the services that shorten addresses.
func isShortener(host string) bool { return shorteners[strings.TrimPrefix(host, "www.")] }

var shorteners = wordsOf("bit.ly tinyurl.com t.co goo.gl is.gd ow.ly cutt.ly rb.gy shorturl.at tiny.cc rebrand.ly buff.ly s.id t.ly v.gd bl.ink lnkd.in shorte.st bitly.ws")
