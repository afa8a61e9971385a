-- What a disk changed by itself is seen: SHA-256 of every sealed body and every sealed key, of the bytes as they came.
-- Columns and their constraints go on to the tables of the running day, and so do the updates.

ALTER TABLE meldingen ADD COLUMN hash BYTEA;
UPDATE meldingen SET hash = sha256(body);
ALTER TABLE meldingen ALTER COLUMN hash SET NOT NULL;
ALTER TABLE meldingen ADD CONSTRAINT meldingen_hash CHECK (length(hash) = 32);

ALTER TABLE ontvangers ADD COLUMN hash BYTEA;
UPDATE ontvangers SET hash = sha256(sealed);
ALTER TABLE ontvangers ALTER COLUMN hash SET NOT NULL;
ALTER TABLE ontvangers ADD CONSTRAINT ontvangers_hash CHECK (length(hash) = 32);
