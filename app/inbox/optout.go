package inbox

import (
	"context"
	"encoding/json"
	"slices"
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

// OptWords are the words by which customers opt out and in again, by language.
type OptWords struct {
	Stop    map[string][]string `json:"stop"`     // no marketing any more
	StopAll map[string][]string `json:"stop_all"` // nothing at all but answers
	Start   map[string][]string `json:"start"`    // both again
}

// ShippedOptWords are the words that come with the program.
func ShippedOptWords() OptWords {
	return OptWords{Stop: copied(stopWords), StopAll: copied(stopAllWords), Start: copied(startWords)}
}

// Clone gives a copy that can be changed alone.
func (w OptWords) Clone() OptWords {
	return OptWords{Stop: copied(w.Stop), StopAll: copied(w.StopAll), Start: copied(w.Start)}
}

func copied(m map[string][]string) map[string][]string {
	out := make(map[string][]string, len(m))
	for language, words := range m {
		out[language] = slices.Clone(words)
	}
	return out
}

// wish is what a word means.
type wish struct {
	out   bool
	scope string
}

// wishes are words by their key.
type wishes map[string]wish

// shipped are those of ShippedOptWords.
var shipped = ShippedOptWords().wishes()

// wishes makes words quick to find. A word in two lists means the one that holds back more.
func (w OptWords) wishes() wishes {
	out := wishes{}
	for _, list := range []struct {
		words map[string][]string
		wish  wish
	}{{w.Start, wish{false, ""}}, {w.Stop, wish{true, app.OptOutMarketing}}, {w.StopAll, wish{true, app.OptOutAll}}} {
		for _, words := range list.words {
			for _, word := range words {
				if key := wordKey(word); key != "" {
					out[key] = list.wish
				}
			}
		}
	}
	return out
}

// Check tells what is wrong with words that somebody wrote: a word that means two things, or one that is as long as a message.
func (w OptWords) Check() error {
	meant := map[string]string{}
	for _, list := range []struct {
		name  string
		words map[string][]string
	}{{"stop", w.Stop}, {"stop all", w.StopAll}, {"start", w.Start}} {
		for _, words := range list.words {
			for _, word := range words {
				key := wordKey(word)
				if len(key) > wordMost {
					return &app.Error{Code: app.CodeInvalid, Message: "“" + word + "” is too long for a word that somebody writes alone.", Mend: "Shorten it."}
				}
				if was := meant[key]; was != "" && was != list.name {
					return &app.Error{Code: app.CodeInvalid, Message: "“" + word + "” stands in two lists: " + was + " and " + list.name + ".", Mend: "Take it out of one of them."}
				}
				meant[key] = list.name
			}
		}
	}
	return nil
}

// wordMost is how long a word may be, in bytes.
const wordMost = 200

// wordKey makes two spellings of a word the same: case and the way marks are written do not count, and blanks around it do not.
func wordKey(s string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(strings.TrimSpace(s))))
}

// OptOutWord tells what a message means when it is one of the words that come with the program: opting out (of marketing or of all) or in. False
// means that it is an ordinary message.
func OptOutWord(text string) (optOut bool, scope string, ok bool) { return shipped.of(text) }

func (w wishes) of(text string) (optOut bool, scope string, ok bool) {
	if len(text) > wordMost {
		return false, "", false
	}
	found, ok := w[wordKey(text)]
	return found.out, found.scope, ok
}

// fact is what a customer's message says of their wish to be written to; nil when it says nothing. A button's label counts as its words.
func (w wishes) fact(m *app.MessageFact) *app.PersonFact {
	if m.Direction != app.In || m.From.Group != "" || m.Type != "text" && m.Type != "button" {
		return nil
	}
	out, scope, ok := w.of(m.Text)
	if !ok {
		return nil
	}
	return &app.PersonFact{Person: m.From, OptOut: &out, Scope: scope, How: "wrote “" + strings.TrimSpace(m.Text) + "”", At: m.At}
}

// settingOptWords is where the shop's own words are kept; they stand in the place of the shipped ones.
const settingOptWords = "opt_out_words"

// Settings keep what the shop chose for itself.
type Settings interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// OptWords gives the words that count here, and whether the shop changed them.
func (s *Service) OptWords(ctx context.Context) (words OptWords, own bool, err error) {
	if s.c.Settings == nil {
		return ShippedOptWords(), false, nil
	}
	raw, err := s.c.Settings.Setting(ctx, settingOptWords)
	if err != nil || raw == "" {
		return ShippedOptWords(), false, err
	}
	if err := json.Unmarshal([]byte(raw), &words); err != nil {
		s.c.Log.Error("the shop's own opt-out words can't be read; those of the program count", "err", err)
		return ShippedOptWords(), false, nil
	}
	return words, true, nil
}

// SetOptWords keeps the shop's own words; nil goes back to those of the program. They count from the next message on.
func (s *Service) SetOptWords(ctx context.Context, words *OptWords) error {
	if words == nil {
		return s.c.Settings.SetSetting(ctx, settingOptWords, "")
	}
	if err := words.Check(); err != nil {
		return err
	}
	raw, err := json.Marshal(words)
	if err != nil {
		return err
	}
	return s.c.Settings.SetSetting(ctx, settingOptWords, string(raw))
}

// wishesNow are the words that count for what is applied now: they are read for every batch, so that a change is heard at once, whoever made it.
func (s *Service) wishesNow(ctx context.Context) (wishes, error) {
	words, own, err := s.OptWords(ctx)
	if err != nil || !own {
		return shipped, err
	}
	return words.wishes(), nil
}
