package main

import (
	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/broadcasts"
	"shopbell/app/inbox"
	"shopbell/app/outbox"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/app/templates"
	"shopbell/meta"
	"shopbell/meta/webhook"
	"shopbell/storage"
	"shopbell/storage/media"
	"shopbell/storage/secret"
)

// The plugs that fit into the sockets of the domain. Neither side knows the other, so the compiler compares them here.
var (
	_ accounts.Store   = (*storage.Store)(nil)
	_ accounts.Secrets = (*secret.Store)(nil)
	_ inbox.Store      = (*storage.Store)(nil)
	_ inbox.Journal    = (*storage.Journal)(nil)
	_ inbox.Fetcher    = (*fetcher)(nil)
	_ outbox.Store     = (*storage.Store)(nil)
	_ outbox.Sender    = (*meta.Client)(nil)
	_ sending.Store    = (*storage.Store)(nil)
	_ broadcasts.Store = (*storage.Store)(nil)

	_ templates.Store  = (*storage.Store)(nil)
	_ templates.Files  = (*media.Store)(nil)
	_ templates.Remote = (*meta.Client)(nil)
	_ records.Contacts = (*storage.Store)(nil)
	_ records.Keeper   = (*storage.Store)(nil)

	_ app.Feed     = (*storage.Store)(nil)
	_ webhook.Sink = (*storage.Journal)(nil)
	_ webhook.Keys = accounts.Keys{}
)
