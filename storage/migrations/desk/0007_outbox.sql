-- What the Outbox tells of a broadcast while it runs and after: pace, slow-downs, answers, cost. And how much Meta lets a number send.

ALTER TABLE accounts ADD COLUMN throughput TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN on_phone_app {{INT}} NOT NULL DEFAULT 0;

ALTER TABLE outbox ADD COLUMN cost {{INT}} NOT NULL DEFAULT 0;      -- millionths of a unit of the currency, if it is delivered
ALTER TABLE outbox ADD COLUMN settled_by {{INT}} NOT NULL DEFAULT 0; -- 1: a person said that nothing more is to be done about it
CREATE INDEX outbox_single ON outbox (id) WHERE broadcast_id = 0;
CREATE INDEX outbox_single_open ON outbox (id) WHERE broadcast_id = 0 AND replaced_by = 0 AND settled_by = 0 AND state IN ('queued', 'claimed', 'sending', 'held', 'failed', 'unknown');
CREATE INDEX outbox_look ON outbox (id) WHERE replaced_by = 0 AND settled_by = 0 AND state IN ('failed', 'unknown');
CREATE INDEX outbox_broadcast_look ON outbox (broadcast_id, id) WHERE broadcast_id <> 0 AND replaced_by = 0 AND settled_by = 0 AND state IN ('failed', 'unknown');
CREATE INDEX outbox_person ON outbox (conversation_id, id);

ALTER TABLE broadcast_rows ADD COLUMN answers {{INT}} NOT NULL DEFAULT 0;
ALTER TABLE broadcast_rows ADD COLUMN presses {{INT}} NOT NULL DEFAULT 0;
ALTER TABLE broadcast_rows ADD COLUMN opted_out {{INT}} NOT NULL DEFAULT 0;
CREATE INDEX broadcast_rows_message ON broadcast_rows (message_id) WHERE message_id <> 0;
CREATE INDEX broadcast_rows_skipped ON broadcast_rows (broadcast_id, seq) WHERE state = 'skipped';
INSERT INTO counters (name, value) SELECT 'b' || id || '.of.spent', 0 FROM broadcasts;
INSERT INTO counters (name, value) SELECT 'b' || id || '.of.planned', 0 FROM broadcasts;
INSERT INTO counters (name, value) SELECT 'b' || id || '.of.answered', 0 FROM broadcasts;
INSERT INTO counters (name, value) SELECT 'b' || id || '.of.pressed', 0 FROM broadcasts;
INSERT INTO counters (name, value) SELECT 'b' || id || '.of.opted_out', 0 FROM broadcasts;
INSERT INTO counters (name, value) SELECT 'b' || id || '.of.settled', 0 FROM broadcasts;

-- How many messages of a broadcast Meta took in each ten seconds.
CREATE TABLE broadcast_pace (
  broadcast_id {{INT}} NOT NULL,
  at {{INT}} NOT NULL, -- begin of the ten seconds
  messages {{INT}} NOT NULL,
  PRIMARY KEY (broadcast_id, at)
) {{CLUSTERED}};

-- When Meta asked a number to slow down.
CREATE TABLE slow_downs (
  account_id {{INT}} NOT NULL,
  at {{INT}} NOT NULL,
  code {{INT}} NOT NULL,
  PRIMARY KEY (account_id, at)
) {{CLUSTERED}};
