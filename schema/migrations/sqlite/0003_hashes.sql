-- What a disk changed by itself is seen: SHA-256 of every sealed body and every sealed key, of the bytes as they came.
-- sha256 is this program's own function. Who leaves the column out stores zeros, which is no hash of anything.

ALTER TABLE meldingen ADD COLUMN hash BLOB NOT NULL
    DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000' CHECK (length(hash) = 32);
UPDATE meldingen SET hash = sha256(body);

ALTER TABLE ontvangers ADD COLUMN hash BLOB NOT NULL
    DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000' CHECK (length(hash) = 32);
UPDATE ontvangers SET hash = sha256(sealed);
