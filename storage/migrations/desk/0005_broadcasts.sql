-- One template to many. The totals of a broadcast are counters, named b<id>.<state>.

CREATE TABLE broadcasts (
  id {{INT}} PRIMARY KEY,
  account_id {{INT}} NOT NULL,
  template_id {{INT}} NOT NULL,
  name TEXT NOT NULL,
  job TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  staff_id {{INT}} NOT NULL,
  total {{INT}} NOT NULL,
  due {{INT}} NOT NULL,
  created_at {{INT}} NOT NULL,
  started_at {{INT}} NOT NULL,
  ended_at {{INT}} NOT NULL,
  updated_at {{INT}} NOT NULL
) {{STRICT}};
CREATE INDEX broadcasts_open ON broadcasts (due, id) WHERE state IN ('scheduled', 'running');

CREATE TABLE broadcast_rows (
  broadcast_id {{INT}} NOT NULL,
  seq {{INT}} NOT NULL,
  record_id TEXT NOT NULL,
  title TEXT NOT NULL,
  phone TEXT NOT NULL,
  customer TEXT,                  -- whom it goes to; a customer gets a broadcast once
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  words TEXT NOT NULL,
  message_id {{INT}} NOT NULL,
  PRIMARY KEY (broadcast_id, seq)
) {{CLUSTERED}};
CREATE UNIQUE INDEX broadcast_rows_customer ON broadcast_rows (broadcast_id, customer);
CREATE INDEX broadcast_rows_waiting ON broadcast_rows (broadcast_id, seq) WHERE state = 'waiting';
CREATE INDEX outbox_reached ON outbox (account_id, updated_at) WHERE category <> '';
