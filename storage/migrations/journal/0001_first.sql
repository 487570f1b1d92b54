-- Webhooks as they came.
CREATE TABLE journal (
  id {{INT}} PRIMARY KEY,
  received_at {{INT}} NOT NULL,
  state TEXT NOT NULL,
  error TEXT NOT NULL DEFAULT '',
  digest {{BLOB}} NOT NULL UNIQUE, -- SHA-256 of the body: the same body again is the same webhook
  body {{BLOB}} NOT NULL
) {{STRICT}};
CREATE INDEX journal_open ON journal (state, id) WHERE state <> 'applied';

CREATE TABLE journal_counts (
  state TEXT PRIMARY KEY,
  n {{INT}} NOT NULL
) {{STRICT}};
INSERT INTO journal_counts (state, n) VALUES ('pending', 0), ('applied', 0), ('failed', 0), ('ignored', 0);
