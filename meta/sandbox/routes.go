package sandbox

import "net/http"

type route struct {
	kind   nodeKind
	edge   string
	method string
}

// caller says whose token an edge wants.
type caller int

const (
	anyToken    caller = iota
	systemToken        // a system user's token
	appToken           // APP_ID|APP_SECRET
	noToken
)

type target struct {
	do      handler
	who     caller
	fault   string // the name by which POST /sandbox/faults means this edge
	managed bool   // counts for the business management rate limit
}

const (
	get  = http.MethodGet
	post = http.MethodPost
	del  = http.MethodDelete
)

// routes is every edge that exists; whatever is not here is refused with 100/33.
var routes = map[route]target{
	{rootNode, "me", get}:                       {do: (*call).getMe, fault: "me"},
	{rootNode, "debug_token", get}:              {do: (*call).debugToken, fault: "debug_token"},
	{rootNode, "oauth/access_token", get}:       {do: (*call).oauthToken, who: noToken, fault: "oauth"},
	{rootNode, "oauth/access_token", post}:      {do: (*call).oauthToken, who: noToken, fault: "oauth"},
	{rootNode, "message_template_library", get}: {do: (*call).templateLibrary, who: systemToken, fault: "templates"},

	{appNode, "", get}:               {do: (*call).getApp, fault: "app"},
	{appNode, "subscriptions", get}:  {do: (*call).getSubscriptions, who: appToken, fault: "subscriptions"},
	{appNode, "subscriptions", post}: {do: (*call).postSubscriptions, who: appToken, fault: "subscriptions"},
	{appNode, "subscriptions", del}:  {do: (*call).deleteSubscriptions, who: appToken, fault: "subscriptions"},
	{appNode, "uploads", post}:       {do: (*call).startUpload, who: systemToken, fault: "uploads"},
	{uploadNode, "", post}:           {do: (*call).continueUpload, who: systemToken, fault: "uploads"},
	{uploadNode, "", get}:            {do: (*call).getUpload, who: systemToken, fault: "uploads"},

	{businessNode, "", get}:                                  {do: (*call).getBusiness, who: systemToken, fault: "business"},
	{businessNode, "owned_whatsapp_business_accounts", get}:  {do: (*call).ownedAccounts, who: systemToken, fault: "business"},
	{businessNode, "client_whatsapp_business_accounts", get}: {do: (*call).clientAccounts, who: systemToken, fault: "business"},

	{wabaNode, "", get}:                             {do: (*call).getWABA, who: systemToken, fault: "waba", managed: true},
	{wabaNode, "", post}:                            {do: (*call).postWABA, who: systemToken, fault: "waba", managed: true},
	{wabaNode, "phone_numbers", get}:                {do: (*call).listPhones, who: systemToken, fault: "phone_numbers", managed: true},
	{wabaNode, "phone_numbers", post}:               {do: (*call).addPhone, who: systemToken, fault: "phone_numbers", managed: true},
	{wabaNode, "subscribed_apps", get}:              {do: (*call).getSubscribedApps, who: systemToken, fault: "subscribed_apps", managed: true},
	{wabaNode, "subscribed_apps", post}:             {do: (*call).postSubscribedApps, who: systemToken, fault: "subscribed_apps", managed: true},
	{wabaNode, "subscribed_apps", del}:              {do: (*call).deleteSubscribedApps, who: systemToken, fault: "subscribed_apps", managed: true},
	{wabaNode, "message_templates", get}:            {do: (*call).listTemplates, who: systemToken, fault: "templates", managed: true},
	{wabaNode, "message_templates", post}:           {do: (*call).createTemplate, who: systemToken, fault: "templates", managed: true},
	{wabaNode, "message_templates", del}:            {do: (*call).deleteTemplates, who: systemToken, fault: "templates", managed: true},
	{templateNode, "", get}:                         {do: (*call).getTemplate, who: systemToken, fault: "templates", managed: true},
	{templateNode, "", post}:                        {do: (*call).editTemplate, who: systemToken, fault: "templates", managed: true},
	{templateNode, "compare", get}:                  {do: (*call).compareTemplates, who: systemToken, fault: "templates", managed: true},
	{wabaNode, "upsert_message_templates", post}:    {do: (*call).upsertTemplates, who: systemToken, fault: "templates", managed: true},
	{wabaNode, "migrate_message_templates", post}:   {do: (*call).migrateTemplates, who: systemToken, fault: "templates", managed: true},
	{wabaNode, "message_template_previews", get}:    {do: (*call).previewTemplates, who: systemToken, fault: "templates", managed: true},
	{wabaNode, "message_templates/archive", post}:   {do: (*call).archiveTemplates, who: systemToken, fault: "templates", managed: true},
	{wabaNode, "message_templates/unarchive", post}: {do: (*call).unarchiveTemplates, who: systemToken, fault: "templates", managed: true},
	{templateNode, "unpause", post}:                 {do: (*call).unpauseTemplate, who: systemToken, fault: "templates", managed: true},

	{phoneNode, "", get}:                            {do: (*call).getPhone, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "", post}:                           {do: (*call).postPhone, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "request_code", post}:               {do: (*call).requestCode, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "verify_code", post}:                {do: (*call).verifyCode, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "register", post}:                   {do: (*call).register, who: systemToken, fault: "register"},
	{phoneNode, "deregister", post}:                 {do: (*call).deregister, who: systemToken, fault: "register"},
	{phoneNode, "messages", post}:                   {do: (*call).postMessage, who: systemToken, fault: "messages"},
	{phoneNode, "marketing_messages", post}:         {do: (*call).postMarketing, who: systemToken, fault: "messages"},
	{phoneNode, "media", post}:                      {do: (*call).postMedia, who: systemToken, fault: "media"},
	{mediaNode, "", get}:                            {do: (*call).getMedia, who: systemToken, fault: "media"},
	{mediaNode, "", del}:                            {do: (*call).deleteMedia, who: systemToken, fault: "media"},
	{phoneNode, "whatsapp_business_profile", get}:   {do: (*call).getProfile, who: systemToken, fault: "profile"},
	{phoneNode, "whatsapp_business_profile", post}:  {do: (*call).postProfile, who: systemToken, fault: "profile"},
	{phoneNode, "block_users", get}:                 {do: (*call).listBlocked, who: systemToken, fault: "block_users"},
	{phoneNode, "block_users", post}:                {do: (*call).blockUsers, who: systemToken, fault: "block_users"},
	{phoneNode, "block_users", del}:                 {do: (*call).unblockUsers, who: systemToken, fault: "block_users"},
	{phoneNode, "message_qrdls", get}:               {do: (*call).getQR, who: systemToken, fault: "qr"},
	{phoneNode, "message_qrdls", post}:              {do: (*call).postQR, who: systemToken, fault: "qr"},
	{phoneNode, "message_qrdls", del}:               {do: (*call).deleteQR, who: systemToken, fault: "qr"},
	{phoneNode, "conversational_automation", post}:  {do: (*call).postAutomation, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "whatsapp_commerce_settings", get}:  {do: (*call).getCommerce, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "whatsapp_commerce_settings", post}: {do: (*call).postCommerce, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "settings", get}:                    {do: (*call).getSettings, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "settings", post}:                   {do: (*call).postSettings, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "username", get}:                    {do: (*call).getUsername, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "username", post}:                   {do: (*call).postUsername, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "username", del}:                    {do: (*call).deleteUsername, who: systemToken, fault: "phone_numbers"},
	{phoneNode, "message_history", get}:             {do: (*call).messageHistory, who: systemToken, fault: "messages"},
}
