-- The number of a person at the desk, which templates may show to customers.

ALTER TABLE staff ADD COLUMN phone TEXT NOT NULL DEFAULT '';
