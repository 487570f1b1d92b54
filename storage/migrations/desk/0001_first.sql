-- The first schema of the desk. Tokens in double braces and the blocks "-- only" are filled in for each engine.

CREATE TABLE accounts (
  id {{INT}} PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  app_id TEXT NOT NULL,
  waba_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL UNIQUE,
  display_phone TEXT NOT NULL,
  verified_name TEXT NOT NULL,
  quality TEXT NOT NULL,
  messaging_limit TEXT NOT NULL,
  practice {{BOOL}} NOT NULL,
  archived {{BOOL}} NOT NULL,
  last_webhook {{INT}} NOT NULL DEFAULT 0,
  last_test TEXT NOT NULL DEFAULT '',
  last_test_at {{INT}} NOT NULL DEFAULT 0,
  created_at {{INT}} NOT NULL
) {{STRICT}};
CREATE INDEX accounts_waba ON accounts (waba_id);

CREATE TABLE contacts (
  id {{INT}} PRIMARY KEY,
  staff_name TEXT NOT NULL DEFAULT '',
  profile_name TEXT NOT NULL DEFAULT '',
  opt_out {{BOOL}} NOT NULL,
  created_at {{INT}} NOT NULL
) {{STRICT}};

-- What Meta said of a person hangs on the identity by which it said it, so that a contact can be put together anew at any time.
CREATE TABLE contact_identities (
  id {{INT}} PRIMARY KEY,
  contact_id {{INT}} NOT NULL REFERENCES contacts (id),
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  seen_at {{INT}} NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  name_at {{INT}} NOT NULL DEFAULT 0,
  opt_out {{INT}} NOT NULL DEFAULT 0, -- 0 not said, 1 no, 2 yes
  opt_out_at {{INT}} NOT NULL DEFAULT 0,
  UNIQUE (key, kind, scope)
) {{STRICT}};
CREATE INDEX contact_identities_contact ON contact_identities (contact_id);

-- a was seen together with b: of each kin the newest holds.
CREATE TABLE identity_links (
  a {{INT}} NOT NULL,
  kin TEXT NOT NULL,
  b {{INT}} NOT NULL,
  at {{INT}} NOT NULL,
  PRIMARY KEY (a, kin, b)
) {{CLUSTERED}};
CREATE INDEX identity_links_b ON identity_links (b);

-- Beginnings by which a contact is found: words of the name, the username, ends of the phone number.
CREATE TABLE contact_terms (
  term TEXT {{BYTES}} NOT NULL,
  contact_id {{INT}} NOT NULL,
  PRIMARY KEY (term, contact_id)
) {{CLUSTERED}};
CREATE INDEX contact_terms_contact ON contact_terms (contact_id);

CREATE TABLE conversations (
  id {{INT}} PRIMARY KEY,
  account_id {{INT}} NOT NULL REFERENCES accounts (id),
  contact_id {{INT}} NOT NULL REFERENCES contacts (id),
  person TEXT NOT NULL DEFAULT '', -- the contact, packed for the list
  last_at {{INT}} NOT NULL DEFAULT 0,
  last_id {{INT}} NOT NULL DEFAULT 0,
  last_tie TEXT NOT NULL DEFAULT '',
  last_direction TEXT NOT NULL DEFAULT '',
  last_type TEXT NOT NULL DEFAULT '',
  last_text TEXT NOT NULL DEFAULT '',
  last_status TEXT NOT NULL DEFAULT '',
  last_inbound {{INT}} NOT NULL DEFAULT 0,
  referral_at {{INT}} NOT NULL DEFAULT 0,
  free_entry {{INT}} NOT NULL DEFAULT 0,
  unread {{INT}} NOT NULL DEFAULT 0,
  read_at {{INT}} NOT NULL DEFAULT 0,
  assignee_id {{INT}} NOT NULL DEFAULT 0,
  closed {{BOOL}} NOT NULL,
  draft TEXT NOT NULL DEFAULT '',
  draft_at {{INT}} NOT NULL DEFAULT 0,
  rev {{INT}} NOT NULL DEFAULT 1,
  UNIQUE (contact_id, account_id)
) {{STRICT}};
CREATE INDEX conversations_list ON conversations (closed, last_at, id);
CREATE INDEX conversations_account ON conversations (account_id, closed, last_at, id);
CREATE INDEX conversations_assignee ON conversations (assignee_id, closed, last_at, id) WHERE assignee_id <> 0;
CREATE INDEX conversations_unread ON conversations (closed, last_at, id) WHERE unread > 0;

CREATE TABLE conversation_members (
  conversation_id {{INT}} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  staff_id {{INT}} NOT NULL,
  PRIMARY KEY (conversation_id, staff_id)
) {{CLUSTERED}};

-- Kept in the order in which it is read: a conversation's messages lie side by side.
CREATE TABLE messages (
  conversation_id {{INT}} NOT NULL REFERENCES conversations (id),
  at {{INT}} NOT NULL,
  id {{INT}} NOT NULL UNIQUE,
  account_id {{INT}} NOT NULL,
  contact_id {{INT}} NOT NULL,
  identity_id {{INT}} NOT NULL,
  wamid TEXT,
  direction TEXT NOT NULL,
  type TEXT NOT NULL,
  text TEXT NOT NULL,
  status TEXT NOT NULL,
  error TEXT NOT NULL DEFAULT '',
  context_id TEXT NOT NULL DEFAULT '',
  staff_id {{INT}} NOT NULL DEFAULT 0,
  ours {{BOOL}} NOT NULL,       -- written here, not told by Meta
  quiet {{BOOL}} NOT NULL,
  free_entry {{BOOL}} NOT NULL,
  edited {{BOOL}} NOT NULL,
  revoked {{BOOL}} NOT NULL,
  has_media {{BOOL}} NOT NULL,
  reactions TEXT NOT NULL DEFAULT '',
  rev {{INT}} NOT NULL DEFAULT 1,
  raw TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (conversation_id, at, id)
) {{CLUSTERED}};
CREATE UNIQUE INDEX messages_wamid ON messages (wamid, account_id);

-- only sqlite
CREATE VIRTUAL TABLE message_words USING fts5(words, content='', contentless_delete=1, detail=full, prefix='2 3', tokenize='unicode61 remove_diacritics 2');
-- end
-- only postgres
CREATE TABLE message_words (id BIGINT PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX message_words_words ON message_words USING gin (words);
-- end

-- What Meta said of a message, also of one that is not here (yet).
CREATE TABLE message_statuses (
  wamid TEXT NOT NULL,
  account_id {{INT}} NOT NULL,
  status TEXT NOT NULL,
  at {{INT}} NOT NULL,
  error TEXT NOT NULL DEFAULT '',
  raw TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (wamid, account_id, status)
) {{CLUSTERED}};

CREATE TABLE reactions (
  wamid TEXT NOT NULL,
  account_id {{INT}} NOT NULL,
  identity_id {{INT}} NOT NULL, -- 0: the shop
  emoji TEXT NOT NULL,
  at {{INT}} NOT NULL,
  PRIMARY KEY (wamid, account_id, identity_id)
) {{CLUSTERED}};
CREATE INDEX reactions_identity ON reactions (identity_id);

CREATE TABLE amendments (
  wamid TEXT NOT NULL,
  account_id {{INT}} NOT NULL,
  kind TEXT NOT NULL, -- edit, revoke
  text TEXT NOT NULL,
  at {{INT}} NOT NULL,
  raw TEXT NOT NULL,
  PRIMARY KEY (wamid, account_id, kind)
) {{CLUSTERED}};

CREATE TABLE media (
  message_id {{INT}} PRIMARY KEY,
  media_id TEXT NOT NULL,
  mime TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  filename TEXT NOT NULL,
  caption TEXT NOT NULL,
  size {{INT}} NOT NULL,
  voice {{BOOL}} NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  next_at {{INT}} NOT NULL DEFAULT 0
) {{STRICT}};
CREATE INDEX media_remote ON media (next_at, message_id) WHERE state = 'remote';

CREATE TABLE account_events (
  id {{INT}} PRIMARY KEY,
  account_id {{INT}} NOT NULL,
  field TEXT NOT NULL,
  kind TEXT NOT NULL,
  at {{INT}} NOT NULL,
  raw TEXT NOT NULL,
  digest TEXT NOT NULL,
  UNIQUE (account_id, digest)
) {{STRICT}};
CREATE INDEX account_events_newest ON account_events (account_id, at, id);

CREATE TABLE outbox (
  id {{INT}} PRIMARY KEY,
  account_id {{INT}} NOT NULL,
  phone_number_id TEXT NOT NULL,
  conversation_id {{INT}} NOT NULL,
  message_id {{INT}} NOT NULL,
  recipient_to TEXT NOT NULL,
  recipient TEXT NOT NULL,
  payload TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  due {{INT}} NOT NULL,
  attempts {{INT}} NOT NULL DEFAULT 0,
  failure TEXT NOT NULL DEFAULT '',
  lease {{INT}} NOT NULL DEFAULT 0,
  owner TEXT NOT NULL DEFAULT '',
  wamid TEXT,
  client_key TEXT UNIQUE,
  replaced_by {{INT}} NOT NULL DEFAULT 0,
  created_at {{INT}} NOT NULL,
  updated_at {{INT}} NOT NULL
) {{STRICT}};
CREATE INDEX outbox_due ON outbox (due, id) WHERE state = 'queued';
CREATE INDEX outbox_waiting ON outbox (conversation_id, id) WHERE state IN ('queued', 'claimed', 'sending');
CREATE INDEX outbox_held ON outbox (state, lease) WHERE state IN ('claimed', 'sending');
CREATE INDEX outbox_message ON outbox (message_id, id);
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_wamid ON outbox (wamid) WHERE wamid IS NOT NULL;

CREATE TABLE staff (
  id {{INT}} PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  created_at {{INT}} NOT NULL
) {{STRICT}};

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) {{STRICT}};

CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value {{INT}} NOT NULL
) {{STRICT}};
INSERT INTO counters (name, value) VALUES ('unread', 0), ('unread_threads', 0), ('queued', 0), ('failed', 0);

CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  until {{INT}} NOT NULL
) {{STRICT}};

-- One bucket a number, and one a number and recipient, shared by every desk that sends.
CREATE TABLE pacing (
  bucket TEXT PRIMARY KEY,
  tokens {{REAL}} NOT NULL,
  updated_at {{INT}} NOT NULL
) {{STRICT}};

-- What each transaction changed, for the other programs on this database. Trimmed.
-- only sqlite
CREATE TABLE changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, origin INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
-- end
-- only postgres
CREATE TABLE changes (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  origin BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX changes_txid ON changes (txid, seq);
-- end
