package template

// Rule is one thing that the lint looks for.
type Rule struct {
	Code    string
	Level   Level
	Subcode int // Meta's error subcode beside code 100, where it is known; else 0
	Source  string
	Title   string
}

// Where the rules come from.
const (
	fromCreate     = "Meta: Templates › Create"
	fromComponents = "Meta: Templates › Components"
	fromVariables  = "Meta: Templates › Variables"
	fromAuth       = "Meta: Authentication templates"
	fromCarousel   = "Meta: Carousel templates"
	fromOffer      = "Meta: Limited-time offer templates"
	fromReview     = "Meta: Template review, common causes of rejection"
	fromCategory   = "Meta: Template categorisation"
	fromMedia      = "Meta: Media, supported types"
	fromMeasured   = "measured by vendors, not published by Meta"
	fromObserved   = "observed, not published by Meta"
	fromHouse      = "good practice"
)

// Rules are all that the lint looks for. What is Refused is refused when the template is created or edited, or surely
// at its review.
var Rules = []Rule{
	ruleName, ruleNameLength, ruleNameMissing, ruleNameTaken, ruleLanguage, ruleCategory, ruleFormat, ruleTTL, ruleUnknown, ruleKind, ruleSubCategory, ruleDisplay,
	ruleTwice, ruleNoBody, ruleOdd, ruleLibrary,
	ruleHeaderEmpty, ruleHeaderLength, ruleHeaderVariables, ruleHeaderNumber, ruleHeaderLines, ruleHeaderEmoji, ruleHeaderMarkup,
	ruleHeaderFormat, ruleHeaderFile, ruleHeaderEdge, ruleHeaderGIF, ruleHeaderProduct,
	ruleBodyEmpty, ruleBodyLength, ruleBodyLines, ruleBodyBlanks, ruleBodyEmoji,
	ruleEdge, ruleEdgePunctuation, ruleAdjacent, ruleRatio, ruleBraces, ruleSingleBraces, ruleGap, ruleMixed, ruleParameterName, ruleRepeated,
	ruleRepeatedNumber, ruleFormatMismatch, ruleSample, ruleSampleExtra,
	ruleFooterEmpty, ruleFooterLength, ruleFooterVariable, ruleFooterLooks,
	ruleButtonsNone, ruleButtonsCount, ruleButtonsKind, ruleButtonsOrder, ruleButtonsTwin, ruleButtonsDesktop,
	ruleLabelEmpty, ruleLabelLength, ruleLabelVariable, ruleLabelLines, ruleLabelEmoji, ruleLabelMarkup, ruleLabelFixed,
	ruleURLEmpty, ruleURLLength, ruleURLForm, ruleURLWhatsApp, ruleURLVariable, ruleURLExample, ruleURLShort, ruleURLPlain, ruleURLSample,
	rulePhone, ruleCodeMissing, ruleCodeLength, ruleFlow, ruleFlowAction, ruleFlowIcon, ruleCallMinutes, ruleSPM, ruleButtonCategory,
	ruleAuthHeader, ruleAuthButton, ruleAuthOnly, ruleAuthText, ruleAuthWords, ruleAuthMinutes, ruleOTPType, ruleOTPApps, ruleOTPTerms, ruleAuthComponent,
	ruleOfferCategory, ruleOfferText, ruleOfferHeader, ruleOfferFooter, ruleOfferButtons,
	ruleCards, ruleCardsAlike, ruleCardHeader, ruleCardButtons, ruleCardComponent, ruleCarouselBeside,
	ruleNear, ruleInvisible, ruleCapitals, rulePromotion, ruleVague, ruleGreeting, ruleSensitive, ruleWords, ruleTwin,
	ruleFileType, ruleFileSize, ruleFileDimensions, ruleFileName, ruleFileEmpty,
}

// The document.
var (
	ruleNameMissing = Rule{"name.missing", Refused, 2388046, fromCreate, "A template needs a name."}
	ruleName        = Rule{"name.characters", Refused, 2388046, fromCreate, "Names are small letters a to z, digits and underscores."}
	ruleNameLength  = Rule{"name.length", Refused, 2388046, fromCreate, "A name has at most 512 characters."}
	ruleNameTaken   = Rule{"name.taken", Refused, 2388024, fromCreate, "Name and language together are unique in an account."}
	ruleLanguage    = Rule{"language", Refused, 0, "Meta: Templates › Supported languages", "The language is one of Meta's."}
	ruleCategory    = Rule{"category", Refused, 0, fromCreate, "The category is MARKETING, UTILITY or AUTHENTICATION."}
	ruleFormat      = Rule{"parameter_format", Refused, 0, fromCreate, "Placeholders are POSITIONAL or NAMED."}
	ruleTTL         = Rule{"ttl", Refused, 0, fromCreate, "How long Meta tries to deliver has limits by category."}
	ruleUnknown     = Rule{"component.unknown", Advice, 0, fromHouse, "A component or button that this program does not know is kept as it is."}
	ruleOdd         = Rule{"component.shape", Refused, 0, fromCreate, "Components, buttons and cards are JSON objects with a type."}
	ruleKind        = Rule{"component.kind", Refused, 0, fromComponents, "Components, headers and buttons are of Meta's kinds."}
	ruleSubCategory = Rule{"sub_category", Refused, 0, fromCreate, "A sub-category is one of Meta's."}
	ruleDisplay     = Rule{"display_format", Refused, 0, fromCreate, "The only display format is ORDER_DETAILS."}
	ruleTwice       = Rule{"component.twice", Refused, 0, fromComponents, "Each kind of component is there once at most."}
	ruleNoBody      = Rule{"body.missing", Refused, 0, fromComponents, "A template needs a body."}
	ruleLibrary     = Rule{"library.components", Advice, 0, "Meta: Template library", "A template of the library brings its own components."}
)

// The header.
var (
	ruleHeaderEmpty     = Rule{"header.empty", Refused, 2388047, fromComponents, "A text header has a text."}
	ruleHeaderLength    = Rule{"header.length", Refused, 2388040, fromComponents, "A header has at most 60 characters."}
	ruleHeaderVariables = Rule{"header.variables", Refused, 2388047, fromComponents, "A header has one placeholder at most."}
	ruleHeaderNumber    = Rule{"header.number", Refused, 2388047, fromComponents, "A header's placeholder is {{1}}."}
	ruleHeaderLines     = Rule{"header.lines", Refused, 2388047, fromComponents, "A header is one line."}
	ruleHeaderEmoji     = Rule{"header.emoji", Refused, 2388047, fromComponents, "A header has no emoji."}
	ruleHeaderMarkup    = Rule{"header.markup", Refused, 2388047, fromComponents, "A header has no formatting marks."}
	ruleHeaderFormat    = Rule{"header.format", Refused, 2388047, fromComponents, "A header says what it shows."}
	ruleHeaderFile      = Rule{"header.file", Refused, 2388043, fromComponents, "A header with a file needs a sample."}
	ruleHeaderEdge      = Rule{"header.edge", Advice, 0, fromReview, "A header that begins or ends with a placeholder may be rejected."}
	ruleHeaderGIF       = Rule{"header.gif", Advice, 0, fromComponents, "Animated headers are for the Marketing Messages API."}
	ruleHeaderProduct   = Rule{"header.product", Advice, 0, fromComponents, "A product header goes with a product button."}
)

// The body and its placeholders.
var (
	ruleBodyEmpty  = Rule{"body.empty", Refused, 2388072, fromComponents, "A body has a text."}
	ruleBodyLength = Rule{"body.length", Refused, 2388040, fromComponents, "A body has at most 1024 characters, with an offer 600, on a card 160."}
	ruleBodyLines  = Rule{"body.lines", Refused, 2388072, fromComponents, "A body has at most two line breaks in a row."}
	ruleBodyBlanks = Rule{"body.blanks", Advice, 0, fromObserved, "More than four blanks in a row may be refused."}
	ruleBodyEmoji  = Rule{"body.emoji", Advice, 0, fromObserved, "More than ten emoji may be refused."}

	ruleEdge            = Rule{"variable.edge", Refused, 2388299, fromVariables, "A body does not begin or end with a placeholder."}
	ruleEdgePunctuation = Rule{"variable.edge_punctuation", Advice, 2388299, fromObserved, "Punctuation alone around a placeholder at the edge may not count as text."}
	ruleAdjacent        = Rule{"variable.adjacent", Refused, 2388299, fromVariables, "Placeholders have text between them."}
	ruleRatio           = Rule{"variable.ratio", Refused, 2388293, fromMeasured, "A body has more than twice as many words as placeholders."}
	ruleBraces          = Rule{"variable.braces", Refused, 2388072, fromVariables, "Placeholders are two braces, a number or name, two braces."}
	ruleSingleBraces    = Rule{"variable.single_braces", Advice, 0, fromVariables, "One brace makes no placeholder: customers would read it."}
	ruleGap             = Rule{"variable.gap", Refused, 2388072, fromVariables, "Numbers run from 1 without gaps."}
	ruleMixed           = Rule{"variable.mixed", Refused, 2388072, fromVariables, "Numbers and names are not mixed."}
	ruleFormatMismatch  = Rule{"variable.format", Refused, 2388072, fromVariables, "Placeholders are written as the template's parameter format says."}
	ruleParameterName   = Rule{"variable.name", Refused, 2388072, fromVariables, "Names begin with a small letter and have small letters, digits and underscores."}
	ruleRepeated        = Rule{"variable.repeated", Refused, 2388072, fromVariables, "A named placeholder is there once."}
	ruleRepeatedNumber  = Rule{"variable.repeated_number", Advice, 0, fromHouse, "A number that stands twice gets the same value twice."}
	ruleSample          = Rule{"sample.missing", Refused, 2388043, fromVariables, "Each placeholder has a sample value."}
	ruleSampleExtra     = Rule{"sample.extra", Refused, 2388043, fromVariables, "There is a sample for each placeholder and no other."}
)

// The footer.
var (
	ruleFooterEmpty    = Rule{"footer.empty", Refused, 2388073, fromComponents, "A footer has a text."}
	ruleFooterLength   = Rule{"footer.length", Refused, 2388040, fromComponents, "A footer has at most 60 characters."}
	ruleFooterVariable = Rule{"footer.variable", Refused, 2388073, fromComponents, "A footer has no placeholders."}
	ruleFooterLooks    = Rule{"footer.looks", Advice, 0, fromHouse, "A footer is one plain line."}
)

// Buttons.
var (
	ruleButtonsNone    = Rule{"buttons.none", Refused, 0, fromComponents, "A buttons component has buttons."}
	ruleButtonsCount   = Rule{"buttons.count", Refused, 0, fromComponents, "At most ten buttons."}
	ruleButtonsKind    = Rule{"buttons.kind", Refused, 0, fromComponents, "At most two addresses, and one of every other kind but quick replies."}
	ruleButtonsOrder   = Rule{"buttons.order", Refused, 0, fromComponents, "Quick replies stand together, before or after the others."}
	ruleButtonsTwin    = Rule{"buttons.twin", Refused, 0, fromComponents, "Labels differ."}
	ruleButtonsDesktop = Rule{"buttons.desktop", Advice, 0, fromComponents, "Four buttons or more, and quick replies beside others, are not shown by WhatsApp on a computer."}

	ruleLabelEmpty    = Rule{"label.empty", Refused, 0, fromComponents, "A button has a label."}
	ruleLabelLength   = Rule{"label.length", Refused, 2388040, fromComponents, "A label has at most 25 characters."}
	ruleLabelVariable = Rule{"label.variable", Refused, 0, fromComponents, "A label has no placeholders."}
	ruleLabelLines    = Rule{"label.lines", Refused, 0, fromComponents, "A label is one line."}
	ruleLabelEmoji    = Rule{"label.emoji", Refused, 0, fromComponents, "A label has no emoji."}
	ruleLabelMarkup   = Rule{"label.markup", Refused, 0, fromComponents, "A label has no formatting marks."}
	ruleLabelFixed    = Rule{"label.fixed", Advice, 0, fromComponents, "WhatsApp writes this label itself."}

	ruleURLEmpty    = Rule{"url.missing", Refused, 0, fromComponents, "An address button has an address."}
	ruleURLLength   = Rule{"url.length", Refused, 2388040, fromComponents, "An address has at most 2000 characters."}
	ruleURLForm     = Rule{"url.form", Refused, 0, fromComponents, "An address begins with https:// or http:// and names a site."}
	ruleURLWhatsApp = Rule{"url.whatsapp", Refused, 0, fromObserved, "Addresses of wa.me are refused."}
	ruleURLVariable = Rule{"url.variable", Refused, 0, fromComponents, "An address has one placeholder at most, {{1}}, at its end."}
	ruleURLExample  = Rule{"url.example", Refused, 2388043, fromComponents, "A dynamic address has an example."}
	ruleURLSample   = Rule{"url.sample", Advice, 0, fromHouse, "The example is the address with its end filled in."}
	ruleURLShort    = Rule{"url.shortener", Advice, 0, fromReview, "Shortened addresses hide where they lead and are rejected often."}
	ruleURLPlain    = Rule{"url.http", Advice, 0, fromHouse, "An address without encryption makes customers' browsers warn."}

	rulePhone          = Rule{"phone", Refused, 0, fromComponents, "A number is + and digits, 20 characters at most."}
	ruleCodeMissing    = Rule{"code.example", Refused, 2388043, fromComponents, "A copy-code button has an example."}
	ruleCodeLength     = Rule{"code.length", Refused, 2388040, fromComponents, "A code has at most 20 characters, with an offer 15."}
	ruleFlow           = Rule{"flow", Refused, 0, fromComponents, "A flow button names one flow, by id, name or content."}
	ruleFlowAction     = Rule{"flow.action", Refused, 0, fromComponents, "A flow's action is navigate or data_exchange."}
	ruleFlowIcon       = Rule{"flow.icon", Refused, 0, fromComponents, "A flow's icon is DOCUMENT, PROMOTION or REVIEW."}
	ruleCallMinutes    = Rule{"call.minutes", Refused, 0, fromComponents, "A call button lasts a whole number of minutes."}
	ruleSPM            = Rule{"spm.header", Refused, 0, fromComponents, "A product button needs a product header."}
	ruleButtonCategory = Rule{"button.category", Refused, 0, fromComponents, "One-time passwords are for authentication templates only."}
)

// Authentication templates.
var (
	ruleAuthHeader    = Rule{"auth.header", Refused, 2388047, fromAuth, "Authentication templates have no header."}
	ruleAuthComponent = Rule{"auth.component", Refused, 0, fromAuth, "Authentication templates have a body, a footer and a button only: no offer, cards or call permission."}
	ruleAuthButton    = Rule{"auth.button", Refused, 0, fromAuth, "An authentication template has one one-time-password button."}
	ruleAuthOnly      = Rule{"auth.only", Refused, 0, fromAuth, "An authentication template has no other button."}
	ruleAuthText      = Rule{"auth.text", Advice, 0, fromAuth, "Meta writes the words of authentication templates."}
	ruleAuthWords     = Rule{"auth.words", Refused, 2388072, fromAuth, "Only authentication templates have Meta's own words."}
	ruleAuthMinutes   = Rule{"auth.minutes", Refused, 2388073, fromAuth, "A code lasts 1 to 90 minutes."}
	ruleOTPType       = Rule{"otp.type", Refused, 0, fromAuth, "A code is copied, or filled in with one tap or none."}
	ruleOTPApps       = Rule{"otp.apps", Refused, 0, fromAuth, "One-tap and zero-tap need one to five apps."}
	ruleOTPTerms      = Rule{"otp.terms", Refused, 0, fromAuth, "Zero-tap needs its terms accepted."}
)

// Offers, carousels, call permission.
var (
	ruleOfferCategory = Rule{"offer.category", Refused, 0, fromOffer, "Offers are for MARKETING."}
	ruleOfferText     = Rule{"offer.text", Refused, 2388040, fromOffer, "An offer's text has 1 to 16 characters."}
	ruleOfferHeader   = Rule{"offer.header", Refused, 2388047, fromOffer, "An offer's header is an image or a video."}
	ruleOfferFooter   = Rule{"offer.footer", Refused, 2388073, fromOffer, "An offer has no footer."}
	ruleOfferButtons  = Rule{"offer.buttons", Refused, 0, fromOffer, "An offer has an address button, and one that expires a copy-code button before it."}

	ruleCards          = Rule{"cards.count", Refused, 0, fromCarousel, "A carousel has 2 to 10 cards."}
	ruleCardsAlike     = Rule{"cards.alike", Refused, 0, fromCarousel, "All cards have the same parts."}
	ruleCardHeader     = Rule{"card.header", Refused, 2388047, fromCarousel, "A card begins with an image, a video or a product."}
	ruleCardButtons    = Rule{"card.buttons", Refused, 0, fromCarousel, "A card has one or two buttons: quick replies, addresses, numbers."}
	ruleCardComponent  = Rule{"card.component", Refused, 0, fromCarousel, "A card has a header, a body and buttons only, each once."}
	ruleCarouselBeside = Rule{"carousel.beside", Advice, 0, fromCarousel, "Beside a carousel there is a body only."}
)

// What reviewers look at, and what costs more.
var (
	ruleNear      = Rule{"length.near", Advice, 0, fromObserved, "Meta counts some emoji twice, so a text that just fits may not."}
	ruleInvisible = Rule{"text.invisible", Advice, 0, fromReview, "Invisible characters make a text look like another one."}
	ruleCapitals  = Rule{"text.capitals", Advice, 0, fromReview, "Texts in capitals look like spam."}
	rulePromotion = Rule{"text.promotion", Advice, 0, fromCategory, "Words of advertising make a utility template a marketing one, which costs more."}
	ruleVague     = Rule{"text.vague", Advice, 0, fromCategory, "A utility template says what it is about."}
	ruleGreeting  = Rule{"text.greeting", Advice, 0, fromCategory, "A greeting alone is no utility template."}
	ruleSensitive = Rule{"text.sensitive", Advice, 0, "WhatsApp Business Messaging Policy", "Asking for card numbers, passwords or identity documents is forbidden."}
	ruleWords     = Rule{"text.short_link", Advice, 0, fromReview, "Shortened and wa.me links in the text are rejected often."}
	ruleTwin      = Rule{"text.twin", Refused, 0, fromReview, "Body and footer differ from every other template's in the language."}
)

// Files of headers.
var (
	ruleFileType       = Rule{"file.type", Refused, 0, fromMedia, "Images are JPEG or PNG, videos MP4, documents PDF."}
	ruleFileSize       = Rule{"file.size", Refused, 0, fromMedia, "Images up to 5 MB, videos 16 MB, documents 100 MB, animations 3.5 MB."}
	ruleFileDimensions = Rule{"file.dimensions", Refused, 0, fromHouse, "Pictures of more than fifty million points are not opened."}
	ruleFileName       = Rule{"file.name", Advice, 0, fromObserved, "A file's name ends as its content says."}
	ruleFileEmpty      = Rule{"file.empty", Refused, 0, fromMedia, "A file has content."}
)
