-- The first schema. What may lie here is protocol §8: no address, no clock time of a reporter, no content.
-- Rows of the running day lie in order of arrival.

CREATE TABLE gids (                    -- the national directory, every version (protocol §2)
    versie    INTEGER PRIMARY KEY,
    hash      TEXT NOT NULL UNIQUE,
    token     TEXT NOT NULL,           -- JWS
    routering TEXT NOT NULL            -- the routing table's exact bytes
) STRICT;

CREATE TABLE standen (                 -- a desk's standing, every version
    loket  TEXT NOT NULL,
    versie INTEGER NOT NULL,
    hash   TEXT NOT NULL,
    token  TEXT NOT NULL,
    PRIMARY KEY (loket, versie)
) STRICT;

CREATE TABLE leden (                   -- memberships handed in; in force only where the newest stand lists their hash
    hash  TEXT PRIMARY KEY,
    loket TEXT NOT NULL,
    lid   TEXT NOT NULL,               -- uuid
    token TEXT NOT NULL
) STRICT;

CREATE TABLE sleutels (                -- epoch keys handed in; likewise
    hash  TEXT PRIMARY KEY,
    loket TEXT NOT NULL,
    epoch TEXT NOT NULL,
    token TEXT NOT NULL
) STRICT;

CREATE TABLE wraps (                   -- an epoch's secret, sealed to one member
    loket  TEXT NOT NULL,
    epoch  TEXT NOT NULL,
    sleutel TEXT NOT NULL,             -- hash of the epoch key's JWS
    lid    TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (loket, epoch, sleutel, lid)
) STRICT;

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
    body      BLOB NOT NULL
) STRICT;

CREATE TABLE ontvangers (              -- who may open it: one sealed key a desk
    plaats    INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of a desk's list, what its cursor counts
    melding   INTEGER NOT NULL REFERENCES meldingen(rij) ON DELETE CASCADE,
    loket     TEXT NOT NULL,
    rol       TEXT NOT NULL,           -- eerste, mede, achtervang
    epoch     TEXT NOT NULL,
    sleutel   BLOB NOT NULL,           -- mark of the key sealed to, 8 bytes
    sealed    BLOB NOT NULL,           -- 96 bytes
    vrij      INTEGER NOT NULL,        -- 0: an achtervang whose key is not released
    UNIQUE (melding, loket)
) STRICT;
CREATE INDEX ontvangers_loket ON ontvangers (loket, plaats);

CREATE TABLE logboek (                 -- each desk's audit trail, chained by hash
    loket TEXT NOT NULL,
    regel INTEGER NOT NULL,
    hash  TEXT NOT NULL,
    bytes TEXT NOT NULL,
    PRIMARY KEY (loket, regel)
) STRICT;

CREATE TABLE nonces (                  -- of signed requests whose `created` lay ahead of the clock (protocol §7)
    merk BLOB PRIMARY KEY,             -- BLAKE2b-128(keyid ‖ nonce)
    tot  INTEGER NOT NULL              -- created + 300, seconds: an officer's clock
) STRICT;

CREATE TABLE tellers (                 -- one row: how often the documents of trust changed
    een       INTEGER PRIMARY KEY CHECK (een = 1),
    vertrouwen INTEGER NOT NULL
) STRICT;
INSERT INTO tellers VALUES (1, 0);
