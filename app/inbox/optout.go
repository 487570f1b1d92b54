package inbox

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"shopbell/app"
)

// The words by which customers opt out and in again, by language. A message counts when it is the word and nothing else; a sentence that
// contains it changes nothing. Ordinary words of trade, such as “cancel”, are left out: they are about an order.
var (
	stopWords = map[string][]string{
		"en": {"stop", "unsubscribe", "opt out", "opt-out"},
		"vi": {"dừng", "dừng lại", "hủy đăng ký", "huỷ đăng ký", "ngừng nhận tin"},
		"es": {"baja", "darme de baja", "no más mensajes", "parar"},
		"pt": {"sair", "descadastrar", "parar mensagens"},
		"fr": {"stop pub", "désabonner", "se désabonner", "arrêt"},
		"de": {"stopp", "abmelden", "abbestellen"},
		"it": {"disiscrivimi", "annulla iscrizione"},
		"nl": {"afmelden", "uitschrijven"},
		"id": {"berhenti", "berhenti langganan"},
		"tr": {"dur", "abonelikten çık"},
		"ar": {"إيقاف", "توقف", "إلغاء الاشتراك"},
		"he": {"הסר", "הסרה"},
		"hi": {"रोकें", "बंद करें"},
		"ru": {"стоп", "отписаться"},
		"zh": {"退订", "退訂", "停止"},
		"ja": {"停止", "配信停止"},
		"ko": {"수신거부", "중지"},
		"th": {"หยุด", "ยกเลิกรับข่าวสาร"},
	}
	stopAllWords = map[string][]string{
		"en": {"stop all", "unsubscribe all", "opt out of all"},
		"vi": {"dừng tất cả", "hủy tất cả tin nhắn"},
		"es": {"baja total", "parar todo"},
		"pt": {"parar tudo"},
		"fr": {"tout arrêter"},
		"de": {"alles abbestellen"},
	}
	startWords = map[string][]string{
		"en": {"start", "unstop", "subscribe", "opt in", "opt-in"},
		"vi": {"bắt đầu", "đăng ký lại", "nhận tin"},
		"es": {"alta", "darme de alta"},
		"pt": {"voltar", "quero receber"},
		"fr": {"reprendre", "réabonner"},
		"de": {"anmelden", "weiter abonnieren"},
		"it": {"iscrivimi"},
		"nl": {"aanmelden"},
		"id": {"mulai", "langganan"},
		"tr": {"başla", "abone ol"},
		"ar": {"ابدأ", "اشتراك"},
		"he": {"הצטרף"},
		"hi": {"शुरू करें"},
		"ru": {"старт", "подписаться"},
		"zh": {"订阅", "訂閱", "开始"},
		"ja": {"再開"},
		"ko": {"수신동의"},
		"th": {"เริ่ม"},
	}
)

// wish is what a word means.
type wish struct {
	out   bool
	scope string
}

var wishes = func() map[string]wish {
	out := map[string]wish{}
	for _, list := range []struct {
		words map[string][]string
		wish  wish
	}{{startWords, wish{false, ""}}, {stopWords, wish{true, app.OptOutMarketing}}, {stopAllWords, wish{true, app.OptOutAll}}} {
		for _, words := range list.words {
			for _, w := range words {
				out[wordKey(w)] = list.wish
			}
		}
	}
	return out
}()

// wordKey makes two spellings of a word the same: case and the way marks are written do not count, and blanks around it do not.
func wordKey(s string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(strings.TrimSpace(s))))
}

// OptOutWord tells what a message means when it is one of the words: opting out (of marketing or of all) or in. False means that it is
// an ordinary message.
func OptOutWord(text string) (optOut bool, scope string, ok bool) {
	if len(text) > 200 {
		return false, "", false
	}
	w, ok := wishes[wordKey(text)]
	return w.out, w.scope, ok
}

// optOutFact is what a customer's message says of their wish to be written to; nil when it says nothing. A button's label counts as its words.
func optOutFact(m *app.MessageFact) *app.PersonFact {
	if m.Direction != app.In || m.From.Group != "" || m.Type != "text" && m.Type != "button" {
		return nil
	}
	out, scope, ok := OptOutWord(m.Text)
	if !ok {
		return nil
	}
	return &app.PersonFact{Person: m.From, OptOut: &out, Scope: scope, How: "wrote “" + strings.TrimSpace(m.Text) + "”", At: m.At}
}
