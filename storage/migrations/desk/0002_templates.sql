-- Templates: what the list shows is in one narrow table, what only the editor needs in another.

CREATE TABLE templates (
  id {{INT}} PRIMARY KEY,
  account_id {{INT}} NOT NULL REFERENCES accounts (id),
  meta_id TEXT NOT NULL,          -- '' while Meta does not have it
  name TEXT NOT NULL,
  technical TEXT NOT NULL,
  language TEXT NOT NULL,
  category TEXT NOT NULL,
  header_format TEXT NOT NULL,
  preview TEXT NOT NULL,
  search TEXT NOT NULL,           -- folded
  record_type TEXT NOT NULL,
  phone_field TEXT NOT NULL,
  staff TEXT NOT NULL,            -- ids with commas; '' is everybody
  draft {{BOOL}} NOT NULL,
  archived {{BOOL}} NOT NULL,
  edited {{BOOL}} NOT NULL,
  gone {{BOOL}} NOT NULL,
  unread {{BOOL}} NOT NULL,       -- what Meta has was sent from here and not read back yet
  conflict TEXT NOT NULL,
  submit_state TEXT NOT NULL,
  submit_beat {{INT}} NOT NULL,
  meta_status TEXT NOT NULL,
  status_at {{INT}} NOT NULL,     -- of the newest word on it that counts
  status_skip TEXT NOT NULL,      -- the word of a webhook that was overtaken by a reading or a submission
  reason TEXT NOT NULL,
  notice TEXT NOT NULL,
  quality TEXT NOT NULL,
  quality_at {{INT}} NOT NULL,
  quality_skip TEXT NOT NULL,
  previous_category TEXT NOT NULL,
  correct_category TEXT NOT NULL,
  category_at {{INT}} NOT NULL,
  category_skip TEXT NOT NULL,
  plan_at {{INT}} NOT NULL,
  plan_skip TEXT NOT NULL,
  components_at {{INT}} NOT NULL,
  submitted_at {{INT}} NOT NULL,
  synced_at {{INT}} NOT NULL,
  poll_at {{INT}} NOT NULL,       -- 0: never
  polls {{INT}} NOT NULL,
  revision {{INT}} NOT NULL,
  created_at {{INT}} NOT NULL,
  updated_at {{INT}} NOT NULL
) {{STRICT}};
CREATE UNIQUE INDEX templates_meta ON templates (account_id, meta_id) WHERE meta_id <> '';
CREATE INDEX templates_technical ON templates (account_id, technical, language);
CREATE INDEX templates_poll ON templates (poll_at) WHERE poll_at > 0;
CREATE INDEX templates_submit ON templates (submit_beat) WHERE submit_state <> '';

CREATE TABLE template_contents (
  template_id {{INT}} PRIMARY KEY REFERENCES templates (id) ON DELETE CASCADE,
  document TEXT NOT NULL,
  base TEXT NOT NULL,
  remote TEXT NOT NULL,
  bindings TEXT NOT NULL,
  parked TEXT NOT NULL,
  files TEXT NOT NULL,
  submission TEXT NOT NULL,
  conflict TEXT NOT NULL
) {{STRICT}};

CREATE TABLE template_versions (
  id {{INT}} PRIMARY KEY,
  template_id {{INT}} NOT NULL REFERENCES templates (id) ON DELETE CASCADE,
  number {{INT}} NOT NULL,
  at {{INT}} NOT NULL,
  staff_id {{INT}} NOT NULL,
  why TEXT NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  bindings TEXT NOT NULL,
  UNIQUE (template_id, number)
) {{STRICT}};

CREATE TABLE template_events (
  id {{INT}} PRIMARY KEY,
  template_id {{INT}} NOT NULL REFERENCES templates (id) ON DELETE CASCADE,
  at {{INT}} NOT NULL,
  staff_id {{INT}} NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  digest TEXT NOT NULL,
  UNIQUE (template_id, digest)
) {{STRICT}};
CREATE INDEX template_events_newest ON template_events (template_id, at, id);

-- The newest that webhooks said of each aspect of a template, also of one that is not here (yet).
CREATE TABLE template_evidence (
  waba_id TEXT NOT NULL,
  meta_id TEXT NOT NULL,
  aspect TEXT NOT NULL,
  at {{INT}} NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (waba_id, meta_id, aspect)
) {{CLUSTERED}};

-- Samples on their way to Meta, so that an upload that was cut goes on where it stopped.
CREATE TABLE template_uploads (
  account_id {{INT}} NOT NULL,
  sha256 TEXT NOT NULL,
  session TEXT NOT NULL,
  done {{INT}} NOT NULL,
  handle TEXT NOT NULL,
  updated_at {{INT}} NOT NULL,
  PRIMARY KEY (account_id, sha256)
) {{CLUSTERED}};

-- Where a template is used is counted from the index alone. A send's payload begins with its type.
-- only sqlite
CREATE INDEX outbox_template ON outbox (account_id, json_extract(payload, '$.template.name'), json_extract(payload, '$.template.language.code'))
  WHERE substr(payload, 1, 18) = '{"type":"template"';
-- end
-- only postgres
CREATE INDEX outbox_template ON outbox (account_id, ((payload::json #>> '{template,name}')), ((payload::json #>> '{template,language,code}')))
  WHERE substr(payload, 1, 18) = '{"type":"template"';
-- end
