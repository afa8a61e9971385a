-- Sealed attachments (protocol §5), in chunks: one thing to back up, and no file with a date.

CREATE TABLE bijlagen (
    rij     INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    melding BLOB,                      -- the report's id; NULL: nobody claimed it yet
    bericht BLOB,                      -- and the message's, where it came with one
    nummer  INTEGER,                   -- its index there
    dag     INTEGER,                   -- on which it was claimed
    totaal  INTEGER NOT NULL,          -- bytes that are to come
    grootte INTEGER NOT NULL,          -- bytes that are there
    ronde   INTEGER NOT NULL,          -- of the hourly sweep in which it was last added to: no clock time
    vers    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX bijlagen_melding ON bijlagen (melding) WHERE melding IS NOT NULL;
CREATE INDEX bijlagen_los ON bijlagen (ronde) WHERE melding IS NULL;
CREATE INDEX bijlagen_vers ON bijlagen (dag) WHERE vers AND melding IS NOT NULL;

CREATE TABLE brokken (
    rij     INTEGER PRIMARY KEY,
    bijlage BLOB NOT NULL,             -- its id
    van     INTEGER NOT NULL,          -- bytes before it
    bytes   BLOB NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of them
    vers    INTEGER NOT NULL DEFAULT 1,
    UNIQUE (bijlage, van)
) STRICT;
CREATE INDEX brokken_vers ON brokken (bijlage) WHERE vers;

ALTER TABLE tellers ADD COLUMN ronde INTEGER NOT NULL DEFAULT 0;  -- of the hourly sweep
