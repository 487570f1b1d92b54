-- Records: what lists show and sort by is in narrow tables, the values in another. A contact has the same id here and among the people.

CREATE TABLE records (
  type TEXT {{BYTES}} NOT NULL,
  id {{INT}} NOT NULL,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  search TEXT NOT NULL,           -- folded words, a space before each
  keys TEXT NOT NULL,             -- all sort keys, packed, for conditions
  revision {{INT}} NOT NULL,
  batch {{INT}} NOT NULL,         -- the import that made it
  created_at {{INT}} NOT NULL,
  updated_at {{INT}} NOT NULL,
  PRIMARY KEY (type, id)
) {{CLUSTERED}};
CREATE INDEX records_batch ON records (batch, type, id) WHERE batch <> 0;

CREATE TABLE record_values (
  id {{INT}} PRIMARY KEY,
  body TEXT NOT NULL,
  links TEXT NOT NULL
) {{STRICT}};

-- One row a field that holds something, in the order in which a column is sorted.
CREATE TABLE record_keys (
  type TEXT {{BYTES}} NOT NULL,
  field TEXT {{BYTES}} NOT NULL,
  key TEXT {{BYTES}} NOT NULL,
  id {{INT}} NOT NULL,
  PRIMARY KEY (type, field, key, id)
) {{CLUSTERED}};

-- Which records lead to one.
CREATE TABLE record_links (
  to_id {{INT}} NOT NULL,
  type TEXT {{BYTES}} NOT NULL,
  id {{INT}} NOT NULL,
  field TEXT {{BYTES}} NOT NULL,
  PRIMARY KEY (to_id, type, id, field)
) {{CLUSTERED}};

CREATE TABLE record_batches (
  id {{INT}} PRIMARY KEY,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  label TEXT NOT NULL,
  staff_id {{INT}} NOT NULL,
  at {{INT}} NOT NULL,
  made {{INT}} NOT NULL,
  changed {{INT}} NOT NULL,
  removed {{INT}} NOT NULL,
  undone {{BOOL}} NOT NULL
) {{STRICT}};

-- What a record was before a batch changed it; '' when there was none.
CREATE TABLE record_undo (
  batch {{INT}} NOT NULL,
  type TEXT {{BYTES}} NOT NULL,
  id {{INT}} NOT NULL,
  revision {{INT}} NOT NULL,      -- after the change; 0 when it was removed
  before TEXT NOT NULL,
  PRIMARY KEY (batch, type, id)
) {{CLUSTERED}};

CREATE TABLE contact_consents (
  id {{INT}} PRIMARY KEY,
  contact_id {{INT}} NOT NULL,
  at {{INT}} NOT NULL,
  opt_out {{BOOL}} NOT NULL,
  scope TEXT NOT NULL,
  staff_id {{INT}} NOT NULL,
  how TEXT NOT NULL
) {{STRICT}};
CREATE INDEX contact_consents_contact ON contact_consents (contact_id, id);

-- Contacts that changed since their record was indexed.
CREATE TABLE record_stale (
  contact_id {{INT}} PRIMARY KEY
) {{STRICT}};
INSERT INTO record_stale (contact_id) SELECT id FROM contacts;

-- Contacts that became part of another, until the values of the record are taken over.
CREATE TABLE record_moves (
  from_id {{INT}} PRIMARY KEY,
  to_id {{INT}} NOT NULL
) {{STRICT}};
CREATE INDEX record_moves_to ON record_moves (to_id);
