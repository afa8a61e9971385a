-- Reports and recipients anew. A hash beside every sealed body and key, so that what a disk changed by itself is seen:
-- SHA-256 of the bytes as they came (sha256 is this program's own function). What 0004 needs to know of a report's life.
-- And the body last: SQLite walks through it to whatever lies behind.

ALTER TABLE meldingen RENAME TO meldingen_oud;
ALTER TABLE ontvangers RENAME TO ontvangers_oud;
DROP TRIGGER meldingen_status;
DROP INDEX ontvangers_lijst;
DROP INDEX ontvangers_status;

CREATE TABLE meldingen (               -- reports: what the server knows of them, and the sealed body
    rij       INTEGER PRIMARY KEY,
    id        BLOB NOT NULL UNIQUE,    -- 16 bytes
    verzoek   BLOB NOT NULL,           -- SHA-256 of the HTTP body: "the same bytes again"
    dag       INTEGER NOT NULL,        -- of receipt, days since 1970-01-01
    spoed     INTEGER NOT NULL,
    status    TEXT NOT NULL,
    revisie   INTEGER NOT NULL,
    postbus   BLOB UNIQUE,             -- the mailbox's sign key; NULL in one-shot mode
    toegewezen TEXT,
    labels    TEXT NOT NULL DEFAULT '[]',
    termijn   INTEGER,
    vers      INTEGER NOT NULL DEFAULT 1,  -- lies where it arrived, until the nightly compaction
    gelezen   INTEGER NOT NULL DEFAULT 0,  -- a desk fetched it
    status_dag INTEGER,                -- since when it has its status; NULL: since it came
    bewaren_tot INTEGER,               -- on hold until then, by a decision
    bewaren_reden TEXT,                -- a code
    hash      BLOB NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of body
    body      BLOB NOT NULL
) STRICT;
INSERT INTO meldingen (rij, id, verzoek, dag, spoed, status, revisie, postbus, toegewezen, labels, termijn, hash, body)
    SELECT rij, id, verzoek, dag, spoed, status, revisie, postbus, toegewezen, labels, termijn, sha256(body), body
    FROM meldingen_oud;

CREATE TABLE ontvangers (              -- who may open it: one sealed key a desk
    plaats    INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of a desk's list, what its cursor counts
    melding   INTEGER NOT NULL REFERENCES meldingen(rij) ON DELETE CASCADE,
    loket     TEXT NOT NULL,
    rol       TEXT NOT NULL,           -- eerste, mede, achtervang
    epoch     TEXT NOT NULL,
    sleutel   BLOB NOT NULL,           -- mark of the key sealed to, 8 bytes
    sealed    BLOB NOT NULL,           -- 96 bytes
    vrij      INTEGER NOT NULL,        -- 0: an achtervang whose key is not released
    status    TEXT NOT NULL DEFAULT 'nieuw',  -- that of the report, for the list by status
    hash      BLOB NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of sealed
    UNIQUE (melding, loket)
) STRICT;
INSERT INTO ontvangers (plaats, melding, loket, rol, epoch, sleutel, sealed, vrij, status, hash)
    SELECT plaats, melding, loket, rol, epoch, sleutel, sealed, vrij, status, sha256(sealed) FROM ontvangers_oud;
-- Places go on where they were, also where the last ones are gone.
DELETE FROM sqlite_sequence WHERE name = 'ontvangers';
UPDATE sqlite_sequence SET name = 'ontvangers' WHERE name = 'ontvangers_oud';

DROP TABLE ontvangers_oud;
DROP TABLE meldingen_oud;
CREATE INDEX ontvangers_lijst ON ontvangers (loket, plaats) WHERE vrij;
CREATE INDEX ontvangers_status ON ontvangers (loket, status, plaats) WHERE vrij;
CREATE TRIGGER meldingen_status AFTER UPDATE OF status ON meldingen BEGIN
    UPDATE ontvangers SET status = NEW.status WHERE melding = NEW.rij;
END;
