-- Templates in the outbox.

ALTER TABLE outbox ADD COLUMN files TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN template_id {{INT}} NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN record_type TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN record_id TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN record_title TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN staff_id {{INT}} NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN broadcast_id {{INT}} NOT NULL DEFAULT 0;
CREATE INDEX outbox_record ON outbox (record_type, record_id, id) WHERE record_id <> '';
CREATE INDEX outbox_broadcast ON outbox (broadcast_id, state, id) WHERE broadcast_id <> 0;

-- Files that Meta has, by number. Meta keeps them for 30 days.
CREATE TABLE media_ids (
  phone_number_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  media_id TEXT NOT NULL,
  uploaded_at {{INT}} NOT NULL,
  PRIMARY KEY (phone_number_id, sha256)
) {{CLUSTERED}};
CREATE INDEX outbox_capped ON outbox (conversation_id, updated_at) WHERE state = 'failed' AND category = 'MARKETING';
