package template

import "strconv"

// Meta writes the words of authentication templates itself, in the template's language, and gives them back when the
// template is read. Until then the preview shows these, which say the same in English.

func authenticationText(body Component) string {
	text := "*{{1}}* is your verification code."
	if body.SecurityRecommendation {
		text += " For your security, do not share this code."
	}
	return text
}

func expiryText(minutes int) string {
	if minutes == 1 {
		return "This code expires in 1 minute."
	}
	return "This code expires in " + strconv.Itoa(minutes) + " minutes."
}
