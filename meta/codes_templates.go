package meta

// templateCodes are about templates at sending, registration, and the rest (Meta: Cloud API error codes).
var templateCodes = []CodeInfo{
	{132000, "Wrong number of variables", "The template has more or fewer variables than were filled in.", "Sync the template, check its variables, and send again.", ClassPermanent, false, true},
	{132001, "Template not found", "No approved template has this name in this language.", "Sync templates; submit it for approval if it is still a draft.", ClassPermanent, true, false},
	{132005, "Text too long", "With the variables filled in, the text is too long.", "Shorten the values or the template.", ClassPermanent, false, true},
	{132007, "Template breaks a policy", "Meta finds that the template's content is not allowed.", "Change the template and submit it again.", ClassPermanent, true, false},
	{132008, "A variable is not valid", "A value for the template is not allowed.", "Correct the value and send again.", ClassPermanent, false, true},
	{132012, "A variable has the wrong kind", "A value does not fit its place, such as text where a picture belongs.", "Sync the template, check header and variables, and send again.", ClassPermanent, false, true},
	{132015, "Template paused", "Meta has paused this template because people did not like it.", "Wait until it is active again, or improve and resubmit it.", ClassWait, true, false},
	{132016, "Template disabled", "Meta has turned this template off for good because of its quality.", "Make a new template with other content.", ClassPermanent, true, false},
	{132018, "A variable is not allowed", "A value for the template has line breaks, tabs, too many spaces, or something else that Meta refuses.", "The details name it; correct the value and send again.", ClassPermanent, false, true},
	{132068, "Flow blocked", "The flow behind the template is blocked.", "Open the flow in WhatsApp Manager and correct it.", ClassPermanent, true, false},
	{132069, "Flow held back", "The flow had trouble, so it may be sent ten times an hour only.", "Correct the flow; the program goes on slowly meanwhile.", ClassRetry, false, false},
	{133000, "Earlier removal not finished", "The number was not fully deregistered before.", "Deregister it again, then register.", ClassRetry, false, false},
	{133004, "Registration is briefly down", "Meta's servers cannot do this at the moment.", "Nothing to do: the program tries again.", ClassRetry, false, false},
	{133005, "Wrong PIN", "The six-digit PIN is not the number's.", "Enter the right PIN, or reset it in WhatsApp Manager.", ClassPermanent, false, false},
	{133006, "Number must be verified", "The number has to be confirmed again before it can be registered.", "Request a code and enter it.", ClassPermanent, false, false},
	{133008, "Too many wrong PINs", "The PIN was wrong too often.", "Wait as long as the details say.", ClassWait, false, false},
	{133009, "PIN tried too fast", "The PIN was tried too often in a short time.", "Wait as long as the details say.", ClassWait, false, false},
	{133010, "Number not registered", "The number was never registered with the Cloud API.", "Register it on the Accounts page.", ClassPermanent, true, false},
	{133015, "Number just removed", "The number was removed a moment ago and is not free yet.", "Wait five minutes and try again.", ClassWait, false, false},
	{133016, "Registered too often", "The number was registered and deregistered too often.", "Wait 72 hours.", ClassWait, true, false},
	{134011, "Payment terms not accepted", "The terms for payments have not been accepted.", "Accept them in WhatsApp Manager.", ClassPermanent, true, false},
	{134100, "Marketing templates only", "This way of sending takes marketing templates only.", "Send the template as an ordinary message.", ClassPermanent, true, false},
	{134101, "Template not ready yet", "Meta is still preparing the template, which takes up to ten minutes.", "Nothing to do: the program sends again.", ClassRetry, false, false},
	{134102, "Template cannot be used", "The template is not available for this way of sending.", "Send it as an ordinary message, or choose another.", ClassPermanent, true, false},
	{136024, "Already verified", "The number is verified already.", "Go on with registering it.", ClassPermanent, false, false},
	{136025, "Code not accepted", "The verification code is wrong or too old.", "Request a new code and enter it.", ClassPermanent, false, false},
	{138000, "Calls turned off", "Calling is not turned on for this number.", "Turn it on in WhatsApp Manager if you want calls.", ClassPermanent, false, true},
	{138001, "Cannot be called", "This customer cannot be called.", "Write to the customer instead.", ClassPermanent, false, true},
	{138005, "Too many calls", "Too many calls in a short time.", "Wait a little and try again.", ClassPermanent, false, true},
	{138006, "No permission to call", "The customer has not allowed calls.", "Ask for permission first.", ClassPermanent, false, true},
	{138009, "Asked too often", "The customer was asked for permission to call too often.", "Wait before asking again.", ClassPermanent, false, true},
	{138012, "Enough calls today", "The daily limit of calls to this customer is reached.", "Try tomorrow, or write.", ClassPermanent, false, true},
	{139100, "Not all could be blocked", "Some of the customers could not be blocked or unblocked.", "The details say which; try those again.", ClassPermanent, false, false},
	{139101, "Block list full", "The block list has as many people as it may.", "Unblock somebody first.", ClassPermanent, false, false},
	{139102, "Block list is being changed", "Somebody else changes the block list at this moment.", "Nothing to do: the program tries again.", ClassRetry, false, false},
	{139103, "Block list not changed", "Meta had trouble with the block list.", "Nothing to do: the program tries again.", ClassRetry, false, false},
	{139200, "Direct sending blocked", "This business may not use direct sending.", "Send an approved template instead.", ClassPermanent, true, false},
	{141002, "Template not approved", "The template is not approved.", "Wait for its approval or choose another.", ClassWait, true, false},
	{141006, "Payment needs attention", "The payment method has a problem.", "Add or repair the payment method in WhatsApp Manager.", ClassWait, true, false},
}

// Subcodes that the program acts on (Meta: Business Management API error codes).
const (
	SubcodeTemplateLimit    = 2388019
	SubcodeNameLocked       = 2388023
	SubcodeTemplateExists   = 2388024
	SubcodeTemplateState    = 2388039
	SubcodeTooLong          = 2388040
	SubcodeExample          = 2388043
	SubcodeTemplateName     = 2388046
	SubcodeHeader           = 2388047
	SubcodeBody             = 2388072
	SubcodeFooter           = 2388073
	SubcodeSampleTemplate   = 2388094
	SubcodeTooManyVariables = 2388293
	SubcodeVariableAtEdge   = 2388299
	SubcodeTemplateGone     = 2593002

	subcodeGone = 33
)

// subcodes tell more than the code 100 that they come with (Meta: Business Management API error codes).
var subcodes = map[int]CodeInfo{
	33:      {0, "Not found", "The object does not exist, or the token may not see it.", "Compare the id with WhatsApp Manager and check that the account is assigned to the system user.", ClassPermanent, false, false},
	2388001: {0, "Ownership to confirm", "The number's two-step PIN must be turned off, or its ownership confirmed.", "Turn the PIN off where the number is used now, then try again.", ClassPermanent, false, false},
	2388004: {0, "Code could not be sent", "Meta could not send the verification code.", "Wait a little, or choose a call instead of a text message.", ClassPermanent, false, false},
	2388012: {0, "Number already there", "This number is in your list already.", "Use the number that is there.", ClassPermanent, false, false},
	2388019: {0, "Too many templates", "The account has as many templates as it may.", "Delete templates that nobody uses, or verify the business for more.", ClassPermanent, false, false},
	2388023: {0, "Name still being deleted", "A template of this name and language was deleted and its name is locked.", "Wait about four weeks, or choose another name.", ClassPermanent, false, false},
	2388024: {0, "Already exists", "This template exists in this language already.", "Edit that one, or choose another name.", ClassPermanent, false, false},
	2388039: {0, "Cannot be edited now", "A template can be edited only when it is approved, rejected or paused, and approved ones once a day.", "Wait for the review, or try tomorrow.", ClassPermanent, false, false},
	2388040: {0, "Too long", "A part of the template has too many characters.", "Shorten the part that the details name.", ClassPermanent, false, false},
	2388043: {0, "Example missing", "Each variable and media header needs an example.", "Fill in the samples and submit again.", ClassPermanent, false, false},
	2388046: {0, "Name not allowed", "A template's name has only small letters, digits and underscores.", "Change the name.", ClassPermanent, false, false},
	2388047: {0, "Header not allowed", "The header's form is wrong.", "One variable at most, no line breaks, emoji or formatting.", ClassPermanent, false, false},
	2388072: {0, "Body not allowed", "The body's form is wrong.", "Check its variables: numbered from 1 without gaps, or all named, and braces closed.", ClassPermanent, false, false},
	2388073: {0, "Footer not allowed", "The footer's form is wrong.", "No variables, and at most 60 characters.", ClassPermanent, false, false},
	2388091: {0, "Not eligible for a code", "This number cannot get a verification code.", "Check that it is in the right account and not used elsewhere.", ClassPermanent, false, false},
	2388093: {0, "Not eligible to verify", "This number cannot be verified now.", "Request a new code first.", ClassPermanent, false, false},
	2388094: {0, "Sample template", "Meta's sample templates cannot be deleted.", "Leave it, or hide it in the program.", ClassPermanent, false, false},
	2388103: {0, "Number cannot be moved", "Meta refused to move the number.", "The details give the reason.", ClassPermanent, false, false},
	2388293: {0, "Too many variables", "The text is too short for so many variables.", "Add words, or take variables out: about three words for each.", ClassPermanent, false, false},
	2388299: {0, "Variable at the edge", "The text begins or ends with a variable, or two variables stand next to each other.", "Put words before the first, after the last and between the variables.", ClassPermanent, false, false},
	2388318: {0, "Cannot be changed", "A template of direct sending cannot be changed.", "Make a template of your own.", ClassPermanent, false, false},
	2388330: {0, "Cannot be deleted", "A template of direct sending cannot be deleted.", "Leave it.", ClassPermanent, false, false},
	2593002: {0, "Template not found", "No template of the account has this id or name.", "Sync templates; it may have been deleted in WhatsApp Manager.", ClassPermanent, false, false},
	2494055: {0, "Sending too fast", "The number has sent as many messages a second as it may.", "Nothing to do: the program slows down and sends again.", ClassRetry, false, false},
	2494100: {0, "Account in maintenance", "Meta is working on the account.", "Wait a few minutes; the program tries again.", ClassRetry, false, false},
	1752041: {0, "Already requested", "This was requested before.", "Nothing to do.", ClassPermanent, false, false},
	200005:  {0, "No insights", "Insights about templates are not available for this account.", "Nothing to do.", ClassPermanent, false, false},
	200006:  {0, "Insights stay on", "Insights cannot be turned off again.", "Nothing to do.", ClassPermanent, false, false},
	200007:  {0, "Insights not turned on", "Insights about templates are not turned on.", "Turn them on for the account first.", ClassPermanent, false, false},
	2593079: {0, "Move refused", "The account cannot be moved to another owner this way.", "The details give the reason.", ClassPermanent, false, false},
	2593085: {0, "Move refused", "The account cannot be moved to another owner this way.", "The details give the reason.", ClassPermanent, false, false},
	2593107: {0, "Already synced", "The phone's history or contacts were requested before, which works once.", "Nothing to do.", ClassPermanent, false, false},
	2593108: {0, "Too late to sync", "History and contacts can be fetched only within a day of connecting the phone.", "Disconnect the phone app's link and connect it again.", ClassPermanent, false, false},
	2593109: {0, "History not shared", "The owner chose not to share the phone's history.", "Connect again and allow it, if you want the history.", ClassPermanent, false, false},
}

// connectFailed is Embedded Signup and sharing, 2494164 to 2494179: one meaning for the whole family.
var connectFailed = CodeInfo{0, "Connecting failed", "Meta could not connect or share the account.", "Start again in Meta's Business settings; the details give the reason.", ClassPermanent, false, false}
