package accounts

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/accounts"
)

// The fields of the form, by the ids that name them in problems.
const (
	fieldName   = "name"
	fieldPhone  = "phone"
	fieldToken  = "token"
	fieldApp    = "app"
	fieldWABA   = "waba"
	fieldSecret = "secret"
)

// fieldOf says at which field a check of the connection test belongs; "" for none.
func fieldOf(check string) string {
	switch check {
	case "app":
		return fieldSecret
	case "token", "scopes", "upload":
		return fieldToken
	case "waba":
		return fieldWABA
	case "number", "status":
		return fieldPhone
	}
	return ""
}

// trimmed is a draft without what copying from a web page adds.
func trimmed(d accounts.Draft) accounts.Draft {
	for _, f := range []*string{&d.Name, &d.AppID, &d.WABAID, &d.PhoneNumberID, &d.AccessToken, &d.AppSecret} {
		*f = strings.TrimSpace(*f)
	}
	return d
}

// wrong says what of a draft can't be right, by field, before anybody else is asked. The domain checks again; this is so that each reason stands at its field.
func wrong(d accounts.Draft) map[string]string {
	out := map[string]string{}
	if d.Name == "" {
		out[fieldName] = lang.X("form.name_missing", "Give it a name of your own, such as “Madrid shop”")
	}
	for _, f := range []struct{ id, value string }{{fieldPhone, d.PhoneNumberID}, {fieldWABA, d.WABAID}, {fieldApp, d.AppID}} {
		switch {
		case f.value == "":
			out[f.id] = lang.X("form.id_missing", "Copy it from your app at Meta")
		case app.Digits(f.value) != f.value:
			out[f.id] = lang.X("form.id_digits", "An ID of Meta's has digits only")
		}
	}
	if out[fieldPhone] == "" && out[fieldWABA] == "" && d.PhoneNumberID == d.WABAID {
		out[fieldPhone] = lang.X("form.ids_same", "This is the same as the Account ID")
	}
	for _, f := range []struct{ id, value string }{{fieldToken, d.AccessToken}, {fieldSecret, d.AppSecret}} {
		switch {
		case f.value == "" && d.ID == 0:
			out[f.id] = lang.X("form.secret_missing", "Copy it from your app at Meta")
		case strings.ContainsAny(f.value, " \t\r\n"):
			out[f.id] = lang.X("form.secret_space", "There is a space or a line break in it: copy it in one piece")
		}
	}
	return out
}

// same tells whether two drafts say the same, so that nothing is lost by leaving.
func same(a, b accounts.Draft) bool { return trimmed(a) == trimmed(b) }

// draftOf is what the form begins with.
func draftOf(a app.Account) accounts.Draft {
	return accounts.Draft{ID: a.ID, Name: a.Name, AppID: a.AppID, WABAID: a.WABAID, PhoneNumberID: a.PhoneNumberID, Practice: a.Practice}
}
