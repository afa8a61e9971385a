-- The first schema, as sqlite/0001 and 0002 make it. What may lie here is protocol §8: no address, no clock time of a
-- reporter, no content. Text compares by its bytes, as it does in SQLite.
--
-- Reports of the running day lie in tables of their own, in order of arrival; whoever reads meldingen or ontvangers
-- reads those too (inheritance). The nightly compaction moves them over in random order and throws the day's files away.

CREATE TABLE gids (                    -- the national directory, every version (protocol §2)
    versie    BIGINT PRIMARY KEY,
    hash      TEXT COLLATE "C" NOT NULL UNIQUE,
    token     TEXT NOT NULL,           -- JWS
    routering TEXT NOT NULL            -- the routing table's exact bytes
);

CREATE TABLE standen (                 -- a desk's standing, every version
    loket  TEXT COLLATE "C" NOT NULL,
    versie BIGINT NOT NULL,
    hash   TEXT COLLATE "C" NOT NULL,
    token  TEXT NOT NULL,
    PRIMARY KEY (loket, versie)
);

CREATE TABLE leden (                   -- memberships handed in; in force only where the newest stand lists their hash
    hash  TEXT COLLATE "C" PRIMARY KEY,
    loket TEXT COLLATE "C" NOT NULL,
    lid   TEXT COLLATE "C" NOT NULL,   -- uuid
    token TEXT NOT NULL
);

CREATE TABLE sleutels (                -- epoch keys handed in; likewise
    hash  TEXT COLLATE "C" PRIMARY KEY,
    loket TEXT COLLATE "C" NOT NULL,
    epoch TEXT COLLATE "C" NOT NULL,
    token TEXT NOT NULL
);

CREATE TABLE wraps (                   -- an epoch's secret, sealed to one member
    loket   TEXT COLLATE "C" NOT NULL,
    epoch   TEXT COLLATE "C" NOT NULL,
    sleutel TEXT COLLATE "C" NOT NULL, -- hash of the epoch key's JWS
    lid     TEXT COLLATE "C" NOT NULL,
    sealed  BYTEA NOT NULL,
    PRIMARY KEY (loket, epoch, sleutel, lid)
);

CREATE SEQUENCE meldingen_rij;
CREATE TABLE meldingen (               -- reports: what the server knows of them, and the sealed body
    rij       BIGINT PRIMARY KEY DEFAULT nextval('meldingen_rij'),
    id        BYTEA NOT NULL UNIQUE,   -- 16 bytes
    verzoek   BYTEA NOT NULL,          -- SHA-256 of the HTTP body: "the same bytes again"
    dag       BIGINT NOT NULL,         -- of receipt, days since 1970-01-01
    spoed     BOOLEAN NOT NULL,
    status    TEXT COLLATE "C" NOT NULL,
    revisie   BIGINT NOT NULL,
    postbus   BYTEA UNIQUE,            -- the mailbox's sign key; NULL in one-shot mode
    toegewezen TEXT COLLATE "C",
    labels    TEXT NOT NULL DEFAULT '[]',
    termijn   BIGINT,
    body      BYTEA NOT NULL
);
ALTER TABLE meldingen ALTER COLUMN body SET STORAGE EXTERNAL;  -- ciphertext does not compress

CREATE SEQUENCE ontvangers_plaats;
CREATE TABLE ontvangers (              -- who may open it: one sealed key a desk
    plaats    BIGINT PRIMARY KEY DEFAULT nextval('ontvangers_plaats'),  -- the order of a desk's list, what its cursor counts
    melding   BIGINT NOT NULL REFERENCES meldingen (rij) ON DELETE CASCADE,
    loket     TEXT COLLATE "C" NOT NULL,
    rol       TEXT COLLATE "C" NOT NULL,  -- eerste, mede, achtervang
    epoch     TEXT COLLATE "C" NOT NULL,
    sleutel   BYTEA NOT NULL,          -- mark of the key sealed to, 8 bytes
    sealed    BYTEA NOT NULL,          -- 96 bytes
    vrij      BOOLEAN NOT NULL,        -- false: an achtervang whose key is not released
    status    TEXT COLLATE "C" NOT NULL DEFAULT 'nieuw',  -- that of the report, repeated for the list by status
    UNIQUE (melding, loket)
);
CREATE INDEX ontvangers_lijst ON ontvangers (loket, plaats) WHERE vrij;
CREATE INDEX ontvangers_status ON ontvangers (loket, status, plaats) WHERE vrij;

-- Of the running day. A body of the first class lies in its row: half the writing of one that lies apart.
CREATE TABLE meldingen_dag (LIKE meldingen INCLUDING ALL) INHERITS (meldingen) WITH (toast_tuple_target = 8160);
CREATE TABLE ontvangers_dag (LIKE ontvangers INCLUDING ALL) INHERITS (ontvangers);
ALTER TABLE ontvangers_dag ADD FOREIGN KEY (melding) REFERENCES meldingen_dag (rij) ON DELETE CASCADE;

CREATE FUNCTION meldingen_status() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ontvangers SET status = NEW.status WHERE melding = NEW.rij;
    RETURN NULL;
END $$;
CREATE TRIGGER meldingen_status AFTER UPDATE OF status ON meldingen FOR EACH ROW EXECUTE FUNCTION meldingen_status();
CREATE TRIGGER meldingen_status AFTER UPDATE OF status ON meldingen_dag FOR EACH ROW EXECUTE FUNCTION meldingen_status();

CREATE TABLE logboek (                 -- each desk's audit trail, chained by hash
    loket TEXT COLLATE "C" NOT NULL,
    regel BIGINT NOT NULL,
    hash  TEXT COLLATE "C" NOT NULL,
    bytes TEXT NOT NULL,
    PRIMARY KEY (loket, regel)
);

CREATE TABLE nonces (                  -- of signed requests, until their created is too old (protocol §7)
    merk BYTEA PRIMARY KEY,            -- BLAKE2b-128(keyid ‖ nonce)
    tot  BIGINT NOT NULL               -- created + 300, seconds: an officer's clock
);
CREATE INDEX nonces_tot ON nonces (tot);

CREATE TABLE tellers (                 -- one row: how often the documents of trust changed
    een        BIGINT PRIMARY KEY CHECK (een = 1),
    vertrouwen BIGINT NOT NULL
);
INSERT INTO tellers VALUES (1, 0);

-- Every server hears at once that another took a document of trust; of reports the server that took them tells.
CREATE FUNCTION tellers_vertrouwen() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('baken', 'vertrouwen');
    RETURN NULL;
END $$;
CREATE TRIGGER tellers_vertrouwen AFTER UPDATE OF vertrouwen ON tellers
    FOR EACH STATEMENT EXECUTE FUNCTION tellers_vertrouwen();
