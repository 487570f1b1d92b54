package meta

// generalCodes are about the token, permissions and the Graph API itself (Meta: Graph API error handling, WhatsApp error codes).
var generalCodes = []CodeInfo{
	{0, "Token not usable", "Meta cannot use the access token.", "Create a new token in Meta's Business settings and put it into the account.", ClassPermanent, true, false},
	{102, "Session ended", "The session behind the access token is over.", "Create a new token and put it into the account.", ClassPermanent, true, false},
	{190, "Token expired or revoked", "The access token is no longer valid, so nothing can be sent or read.", "If it was the temporary token of the app's start page, replace it: make a system-user token that never expires and put it into the account.", ClassPermanent, true, false},
	{104, "Token missing", "The call carried no access token.", "Enter the account's access token.", ClassPermanent, true, false},
	{2500, "Token missing", "The call carried no usable access token.", "Enter the account's access token.", ClassPermanent, true, false},
	{3, "Not allowed for this app", "The app may not use this part of the API.", "Give the app and its token the WhatsApp permissions, then make a new token.", ClassPermanent, true, false},
	{10, "Permission missing", "The token lacks a permission, or it was taken away.", "Make the system user an Admin, give it full control of the app and the account, and make a new token with whatsapp_business_messaging and whatsapp_business_management.", ClassPermanent, true, false},
	{2200, "Callback address did not answer", "Meta asked the listener to prove itself and did not get the right reply.", "Check that the listener runs, that its address is reachable from outside, and that both sides have the same verify token.", ClassPermanent, false, false},
	{33, "Number not found", "The phone number or object is gone, the id is wrong, or the token may not see it.", "Compare the ids with WhatsApp Manager and check that the account is assigned to the system user.", ClassPermanent, false, false},
	{803, "Not found", "There is nothing under this id.", "Compare the id with WhatsApp Manager.", ClassPermanent, false, false},
	{1, "Unknown trouble at Meta", "Meta had an error it does not explain; the message may have gone out all the same.", "Wait for a status, then try once more; if it persists, look at Meta's status page.", ClassAmbiguous, false, false},
	{2, "Meta is briefly down", "The service is not available for the moment; the message may have gone out all the same.", "Wait for a status, then send again.", ClassAmbiguous, false, false},
	{4, "Too many calls by the app", "The app has used up its calls for now.", "Nothing to do: the program slows down and goes on.", ClassRetry, false, false},
	{17, "Too many calls", "The user behind the token has used up its calls for now.", "Nothing to do: the program slows down and goes on.", ClassRetry, false, false},
	{32, "Too many calls", "The page has used up its calls for now.", "Nothing to do: the program slows down and goes on.", ClassRetry, false, false},
	{341, "Limit reached", "A limit of the app is reached for the moment.", "Nothing to do: the program slows down and goes on.", ClassRetry, false, false},
	{613, "Too many of these calls", "This kind of call is used up for now.", "Nothing to do: the program slows down and goes on.", ClassRetry, false, false},
	{368, "Blocked for a policy violation", "Meta has blocked the account for a time because of its policies.", "Open Account quality in WhatsApp Manager, see what it names, and ask for a review if it is wrong.", ClassWait, true, false},
	{100, "Something in the request is wrong", "A value is missing, unknown or not allowed.", "The details say which one; correct it and try again. If every call to the account is answered so, the system user is an Employee: make an Admin system user and a new token with it.", ClassPermanent, false, false},
	{80007, "Account's calls used up", "The WhatsApp Business Account has used up its calls for this hour.", "Nothing to do: the program goes on within the hour.", ClassRetry, false, false},
	{135000, "Request not understood", "Meta found something wrong and does not say what.", "Check the message; if it looks right, report it with the details.", ClassPermanent, false, false},
}

// tokenSubcodes say why a token is invalid.
var tokenSubcodes = map[int]CodeInfo{
	458: {190, "App no longer connected", "The user removed the app, and the token with it.", "Connect the app again and make a new token.", ClassPermanent, true, false},
	459: {190, "Login must be confirmed", "Meta wants the user behind the token to confirm who they are.", "Log in at business.facebook.com, follow what it asks, then make a new token.", ClassPermanent, true, false},
	460: {190, "Password changed", "The password changed, which ended the token.", "Make a new token, best for a system user, whose tokens do not end this way.", ClassPermanent, true, false},
	463: {190, "Token expired", "The access token has run out; temporary ones last a day.", "Make a system-user token that never expires and put it into the account.", ClassPermanent, true, false},
	464: {190, "User not confirmed", "The user behind the token has not been confirmed.", "Log in at business.facebook.com and confirm, then make a new token.", ClassPermanent, true, false},
	467: {190, "Token revoked", "The access token was made invalid.", "Make a new token and put it into the account.", ClassPermanent, true, false},
	492: {190, "Role lost", "The user behind the token no longer has a role in the business.", "Give the role back, or make a token with another system user.", ClassPermanent, true, false},
}

// codeRanges are looked at after the single codes.
var codeRanges = []codeRange{
	{200, 299, CodeInfo{0, "No access to this account", "The token may not use this WhatsApp Business Account or number.", "Make the system user an Admin, assign the app and the account to it with full control in Business settings, and make a new token with both WhatsApp permissions.", ClassPermanent, true, false}},
	{131201, 131215, CodeInfo{0, "Group request refused", "Meta refused something about a group.", "Read the details; the group may be full, suspended or unknown.", ClassPermanent, false, true}},
	{138000, 138099, CodeInfo{0, "Call request refused", "Meta refused something about a call.", "Calls are not made from this program; check calling in WhatsApp Manager.", ClassPermanent, false, true}},
	{139000, 139099, CodeInfo{0, "Flow cannot be used", "Meta refused something about a flow.", "Open the flow in WhatsApp Manager and see its state.", ClassPermanent, false, false}},
	{141000, 141099, CodeInfo{0, "Sending is limited", "Something between app and number keeps messages from being sent.", "Open the account's health in Test Connection; it names the part and Meta's advice.", ClassWait, true, false}},
	{147000, 147099, CodeInfo{0, "Username refused", "The username is not valid, taken, or not open to this business.", "Choose another username, or try later.", ClassPermanent, false, false}},
}
