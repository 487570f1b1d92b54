-- People are found in the order in which they were active. A place is a moment at which the conversation was active, not long before the last one, and
-- a number that tells conversations of one moment apart: 42 bits of milliseconds, 21 bits. 0: not in the search yet.

ALTER TABLE conversations ADD COLUMN place {{INT}} NOT NULL DEFAULT 0;
UPDATE conversations SET place = p.place FROM (
  SELECT conversation_id, at * 2097152 + row_number() OVER (PARTITION BY at ORDER BY conversation_id) % 2097152 AS place FROM (
    SELECT id AS conversation_id, CASE WHEN last_at < 0 THEN 0 WHEN last_at > 4398046511103 THEN 4398046511103 ELSE last_at END AS at FROM conversations
  ) AS c) AS p
  WHERE p.conversation_id = conversations.id;

-- only sqlite
CREATE INDEX conversations_place ON conversations (place);
-- The words of the contact, by the place. They are folded already: this tokenizer leaves them as they are.
CREATE VIRTUAL TABLE people_words USING fts5(words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6 8', tokenize='ascii');
-- Read much more often than written: the fewer parts it lies in, the faster it is read.
INSERT INTO people_words (people_words, rank) VALUES ('automerge', 2);
INSERT INTO people_words (rowid, words) SELECT c.place, group_concat(t.term, ' ') FROM conversations AS c JOIN contact_terms AS t ON t.contact_id = c.contact_id
  GROUP BY c.place ORDER BY c.place;
INSERT INTO people_words (people_words) VALUES ('optimize');
-- end
-- only postgres
-- The first letters of the contact's words, one to four of them; of numbers the first three digits.
CREATE TABLE people_words (
  token TEXT {{BYTES}} NOT NULL,
  place BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL
);
INSERT INTO people_words (token, place, conversation_id, contact_id) SELECT DISTINCT left(t.term, n), c.place, c.id, c.contact_id
  FROM conversations AS c JOIN contact_terms AS t ON t.contact_id = c.contact_id CROSS JOIN generate_series(1, 4) AS n
  WHERE n <= length(t.term) AND (n = 3 OR t.term !~ '^[0-9]+$');
ALTER TABLE people_words ADD PRIMARY KEY (token, place, conversation_id);
CREATE INDEX people_words_conversation ON people_words (conversation_id);
-- end
