package records

import (
	"strings"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/af"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/ar_AE"
	"github.com/go-playground/locales/ar_EG"
	"github.com/go-playground/locales/ar_LB"
	"github.com/go-playground/locales/ar_QA"
	"github.com/go-playground/locales/ar_SA"
	"github.com/go-playground/locales/az"
	"github.com/go-playground/locales/be"
	"github.com/go-playground/locales/bg"
	"github.com/go-playground/locales/bn"
	"github.com/go-playground/locales/bn_IN"
	"github.com/go-playground/locales/ca"
	"github.com/go-playground/locales/cs"
	"github.com/go-playground/locales/da"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/de_AT"
	"github.com/go-playground/locales/de_CH"
	"github.com/go-playground/locales/el"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/en_AE"
	"github.com/go-playground/locales/en_AU"
	"github.com/go-playground/locales/en_CA"
	"github.com/go-playground/locales/en_GB"
	"github.com/go-playground/locales/en_GH"
	"github.com/go-playground/locales/en_IE"
	"github.com/go-playground/locales/en_IN"
	"github.com/go-playground/locales/en_JM"
	"github.com/go-playground/locales/en_MY"
	"github.com/go-playground/locales/en_NZ"
	"github.com/go-playground/locales/en_SG"
	"github.com/go-playground/locales/en_UG"
	"github.com/go-playground/locales/en_ZA"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/es_AR"
	"github.com/go-playground/locales/es_CL"
	"github.com/go-playground/locales/es_CO"
	"github.com/go-playground/locales/es_CR"
	"github.com/go-playground/locales/es_DO"
	"github.com/go-playground/locales/es_EC"
	"github.com/go-playground/locales/es_HN"
	"github.com/go-playground/locales/es_MX"
	"github.com/go-playground/locales/es_PA"
	"github.com/go-playground/locales/es_PE"
	"github.com/go-playground/locales/es_UY"
	"github.com/go-playground/locales/es_VE"
	"github.com/go-playground/locales/et"
	"github.com/go-playground/locales/fa"
	"github.com/go-playground/locales/fa_AF"
	"github.com/go-playground/locales/fi"
	"github.com/go-playground/locales/fil"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/fr_BE"
	"github.com/go-playground/locales/fr_CA"
	"github.com/go-playground/locales/fr_CH"
	"github.com/go-playground/locales/fr_CI"
	"github.com/go-playground/locales/fr_MA"
	"github.com/go-playground/locales/ga"
	"github.com/go-playground/locales/gu"
	"github.com/go-playground/locales/ha"
	"github.com/go-playground/locales/he"
	"github.com/go-playground/locales/hi"
	"github.com/go-playground/locales/hr"
	"github.com/go-playground/locales/hu"
	"github.com/go-playground/locales/id"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/ja"
	"github.com/go-playground/locales/ka"
	"github.com/go-playground/locales/kk"
	"github.com/go-playground/locales/kn"
	"github.com/go-playground/locales/ko"
	"github.com/go-playground/locales/ky"
	"github.com/go-playground/locales/lo"
	"github.com/go-playground/locales/lt"
	"github.com/go-playground/locales/lv"
	"github.com/go-playground/locales/mk"
	"github.com/go-playground/locales/ml"
	"github.com/go-playground/locales/mr"
	"github.com/go-playground/locales/ms"
	"github.com/go-playground/locales/nb"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/nl_BE"
	"github.com/go-playground/locales/pa"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/ps"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/pt_PT"
	"github.com/go-playground/locales/ro"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/rw"
	"github.com/go-playground/locales/si"
	"github.com/go-playground/locales/sk"
	"github.com/go-playground/locales/sl"
	"github.com/go-playground/locales/sq"
	"github.com/go-playground/locales/sr"
	"github.com/go-playground/locales/sv"
	"github.com/go-playground/locales/sw"
	"github.com/go-playground/locales/ta"
	"github.com/go-playground/locales/te"
	"github.com/go-playground/locales/th"
	"github.com/go-playground/locales/tr"
	"github.com/go-playground/locales/uk"
	"github.com/go-playground/locales/ur"
	"github.com/go-playground/locales/uz"
	"github.com/go-playground/locales/vi"
	"github.com/go-playground/locales/zh"
	"github.com/go-playground/locales/zh_Hant"
	"github.com/go-playground/locales/zh_Hant_HK"
	"github.com/go-playground/locales/zu"
)

// locale is how one of Meta's languages writes dates, times and numbers.
type locale struct {
	tag   string // BCP 47
	dates func() locales.Translator
}

// localeOf has them by Meta's language codes (Meta: Templates, supported languages). The tables of Morocco's Arabic
// lack months, so it is written as Arabic is elsewhere.
var localeOf = map[string]locale{
	"af":     {"af", af.New},
	"sq":     {"sq", sq.New},
	"ar":     {"ar", ar.New},
	"ar_AE":  {"ar-AE", ar_AE.New},
	"ar_EG":  {"ar-EG", ar_EG.New},
	"ar_LB":  {"ar-LB", ar_LB.New},
	"ar_MA":  {"ar-MA", ar.New},
	"ar_QA":  {"ar-QA", ar_QA.New},
	"ar_SA":  {"ar-SA", ar_SA.New},
	"az":     {"az", az.New},
	"be":     {"be", be.New},
	"be_BY":  {"be-BY", be.New},
	"bg":     {"bg", bg.New},
	"bn":     {"bn", bn.New},
	"bn_IN":  {"bn-IN", bn_IN.New},
	"ca":     {"ca", ca.New},
	"cs":     {"cs", cs.New},
	"da":     {"da", da.New},
	"de":     {"de", de.New},
	"de_AT":  {"de-AT", de_AT.New},
	"de_CH":  {"de-CH", de_CH.New},
	"el":     {"el", el.New},
	"en":     {"en", en.New},
	"en_AE":  {"en-AE", en_AE.New},
	"en_AU":  {"en-AU", en_AU.New},
	"en_CA":  {"en-CA", en_CA.New},
	"en_GB":  {"en-GB", en_GB.New},
	"en_GH":  {"en-GH", en_GH.New},
	"en_IE":  {"en-IE", en_IE.New},
	"en_IN":  {"en-IN", en_IN.New},
	"en_JM":  {"en-JM", en_JM.New},
	"en_MY":  {"en-MY", en_MY.New},
	"en_NZ":  {"en-NZ", en_NZ.New},
	"en_QA":  {"en-QA", en_AE.New},
	"en_SG":  {"en-SG", en_SG.New},
	"en_UG":  {"en-UG", en_UG.New},
	"en_US":  {"en-US", en.New},
	"en_ZA":  {"en-ZA", en_ZA.New},
	"es":     {"es", es.New},
	"es_AR":  {"es-AR", es_AR.New},
	"es_CL":  {"es-CL", es_CL.New},
	"es_CO":  {"es-CO", es_CO.New},
	"es_CR":  {"es-CR", es_CR.New},
	"es_DO":  {"es-DO", es_DO.New},
	"es_EC":  {"es-EC", es_EC.New},
	"es_ES":  {"es-ES", es.New},
	"es_HN":  {"es-HN", es_HN.New},
	"es_MX":  {"es-MX", es_MX.New},
	"es_PA":  {"es-PA", es_PA.New},
	"es_PE":  {"es-PE", es_PE.New},
	"es_UY":  {"es-UY", es_UY.New},
	"es_VE":  {"es-VE", es_VE.New},
	"et":     {"et", et.New},
	"fa":     {"fa", fa.New},
	"fi":     {"fi", fi.New},
	"fil":    {"fil", fil.New},
	"fr":     {"fr", fr.New},
	"fr_BE":  {"fr-BE", fr_BE.New},
	"fr_CA":  {"fr-CA", fr_CA.New},
	"fr_CH":  {"fr-CH", fr_CH.New},
	"fr_CI":  {"fr-CI", fr_CI.New},
	"fr_MA":  {"fr-MA", fr_MA.New},
	"ga":     {"ga", ga.New},
	"gu":     {"gu", gu.New},
	"ha":     {"ha", ha.New},
	"he":     {"he", he.New},
	"hi":     {"hi", hi.New},
	"hr":     {"hr", hr.New},
	"hu":     {"hu", hu.New},
	"id":     {"id", id.New},
	"it":     {"it", it.New},
	"ja":     {"ja", ja.New},
	"ka":     {"ka", ka.New},
	"kk":     {"kk", kk.New},
	"kn":     {"kn", kn.New},
	"ko":     {"ko", ko.New},
	"ky":     {"ky", ky.New},
	"ky_KG":  {"ky-KG", ky.New},
	"lo":     {"lo", lo.New},
	"lt":     {"lt", lt.New},
	"lv":     {"lv", lv.New},
	"mk":     {"mk", mk.New},
	"ml":     {"ml", ml.New},
	"mr":     {"mr", mr.New},
	"ms":     {"ms", ms.New},
	"nb":     {"nb", nb.New},
	"nl":     {"nl", nl.New},
	"nl_BE":  {"nl-BE", nl_BE.New},
	"pa":     {"pa", pa.New},
	"pl":     {"pl", pl.New},
	"prs_AF": {"fa-AF", fa_AF.New},
	"ps":     {"ps", ps.New},
	"ps_AF":  {"ps-AF", ps.New},
	"pt":     {"pt", pt.New},
	"pt_BR":  {"pt-BR", pt.New},
	"pt_PT":  {"pt-PT", pt_PT.New},
	"ro":     {"ro", ro.New},
	"ru":     {"ru", ru.New},
	"rw":     {"rw", rw.New},
	"rw_RW":  {"rw-RW", rw.New},
	"si":     {"si", si.New},
	"si_LK":  {"si-LK", si.New},
	"sk":     {"sk", sk.New},
	"sl":     {"sl", sl.New},
	"sr":     {"sr", sr.New},
	"sv":     {"sv", sv.New},
	"sw":     {"sw", sw.New},
	"ta":     {"ta", ta.New},
	"te":     {"te", te.New},
	"th":     {"th", th.New},
	"tr":     {"tr", tr.New},
	"uk":     {"uk", uk.New},
	"ur":     {"ur", ur.New},
	"uz":     {"uz", uz.New},
	"vi":     {"vi", vi.New},
	"zh":     {"zh", zh.New},
	"zh_CN":  {"zh-Hans", zh.New},
	"zh_HK":  {"zh-Hant-HK", zh_Hant_HK.New},
	"zh_TW":  {"zh-Hant-TW", zh_Hant.New},
	"zu":     {"zu", zu.New},
}

// findLocale gives the locale of one of Meta's codes, of its language alone when the region is not known, and English for the rest.
func findLocale(code string) locale {
	code = strings.ReplaceAll(code, "-", "_")
	if l, ok := localeOf[code]; ok {
		return l
	}
	base, _, _ := strings.Cut(code, "_")
	if l, ok := localeOf[base]; ok {
		return l
	}
	return localeOf["en"]
}
