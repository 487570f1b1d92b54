package template

import "strings"

// Category is what a template is for; it decides what a message costs.
type Category string

// The categories that a new template may have (Meta: Templates › Create). Old templates may carry others.
const (
	Authentication Category = "AUTHENTICATION"
	Marketing      Category = "MARKETING"
	Utility        Category = "UTILITY"
)

// ParameterFormat is how a template's placeholders are written; empty means positional.
type ParameterFormat string

// The two ways to write placeholders: {{1}} and {{first_name}}.
const (
	Positional ParameterFormat = "POSITIONAL"
	Named      ParameterFormat = "NAMED"
)

// ComponentType says what part of the message a component is.
type ComponentType string

// The components that this program knows (Meta: Templates › Components).
const (
	Header                ComponentType = "HEADER"
	Body                  ComponentType = "BODY"
	Footer                ComponentType = "FOOTER"
	Buttons               ComponentType = "BUTTONS"
	Carousel              ComponentType = "CAROUSEL"
	LimitedTimeOffer      ComponentType = "LIMITED_TIME_OFFER"
	CallPermissionRequest ComponentType = "CALL_PERMISSION_REQUEST"
)

// Known tells whether the program can edit such a component; others are kept and shown only.
func (t ComponentType) Known() bool {
	switch t {
	case Header, Body, Footer, Buttons, Carousel, LimitedTimeOffer, CallPermissionRequest:
		return true
	}
	return false
}

// HeaderFormat is what a header shows; empty when there is none.
type HeaderFormat string

// The header formats that this program knows (Meta: Templates › Components › Header).
const (
	HeaderText     HeaderFormat = "TEXT"
	HeaderImage    HeaderFormat = "IMAGE"
	HeaderVideo    HeaderFormat = "VIDEO"
	HeaderDocument HeaderFormat = "DOCUMENT"
	HeaderGIF      HeaderFormat = "GIF"
	HeaderLocation HeaderFormat = "LOCATION"
	HeaderProduct  HeaderFormat = "PRODUCT"
)

// Media tells whether the header shows a file, which needs an uploaded sample.
func (f HeaderFormat) Media() bool {
	return f == HeaderImage || f == HeaderVideo || f == HeaderDocument || f == HeaderGIF
}

// Known tells whether the program can edit such a header.
func (f HeaderFormat) Known() bool {
	return f.Media() || f == HeaderText || f == HeaderLocation || f == HeaderProduct
}

// ButtonType is what a button does.
type ButtonType string

// The buttons that this program knows (Meta: Templates › Components › Buttons).
const (
	QuickReply         ButtonType = "QUICK_REPLY"
	URLButton          ButtonType = "URL"
	PhoneNumber        ButtonType = "PHONE_NUMBER"
	CopyCode           ButtonType = "COPY_CODE"
	OTP                ButtonType = "OTP"
	Flow               ButtonType = "FLOW"
	Catalog            ButtonType = "CATALOG"
	MultiProduct       ButtonType = "MPM"
	SingleProduct      ButtonType = "SPM"
	VoiceCall          ButtonType = "VOICE_CALL"
	RequestContactInfo ButtonType = "REQUEST_CONTACT_INFO"
	AppButton          ButtonType = "APP"
	OrderDetails       ButtonType = "ORDER_DETAILS"
)

// ButtonTypes lists the known buttons in the order in which a menu offers them.
var ButtonTypes = []ButtonType{
	QuickReply, URLButton, PhoneNumber, CopyCode, Flow, Catalog, MultiProduct, SingleProduct, VoiceCall,
	RequestContactInfo, OrderDetails, AppButton, OTP,
}

// Known tells whether the program can edit such a button; others are kept and shown only.
func (t ButtonType) Known() bool {
	for _, k := range ButtonTypes {
		if t == k {
			return true
		}
	}
	return false
}

// FixedLabel is the text that WhatsApp itself puts on such a button, or "" where the business writes it.
func (t ButtonType) FixedLabel() string {
	switch t {
	case CopyCode:
		return "Copy offer code"
	case RequestContactInfo:
		return "Share contact info"
	}
	return ""
}

// StandardLabel is the text that Meta's own examples give such a button, or "".
func (t ButtonType) StandardLabel() string {
	switch t {
	case Catalog:
		return "View catalog"
	case MultiProduct:
		return "View items"
	case SingleProduct:
		return "View"
	}
	return t.FixedLabel()
}

// OTPType is how a one-time password reaches the customer's app.
type OTPType string

// The ways of a one-time password (Meta: Authentication templates).
const (
	OTPCopyCode OTPType = "COPY_CODE"
	OTPOneTap   OTPType = "ONE_TAP"
	OTPZeroTap  OTPType = "ZERO_TAP"
)

// upper is how enumerations are compared: Meta takes them in any case.
func upper[T ~string](s string) T { return T(strings.ToUpper(s)) }
