-- Sealed attachments (protocol §5), in chunks, as sqlite/0005.

CREATE SEQUENCE bijlagen_rij;
CREATE TABLE bijlagen (
    rij     BIGINT PRIMARY KEY DEFAULT nextval('bijlagen_rij'),
    id      BYTEA NOT NULL UNIQUE,
    melding BYTEA,                     -- the report's id; NULL: nobody claimed it yet
    bericht BYTEA,                     -- and the message's, where it came with one
    nummer  BIGINT,                    -- its index there
    dag     BIGINT,                    -- on which it was claimed
    totaal  BIGINT NOT NULL,           -- bytes that are to come
    grootte BIGINT NOT NULL,           -- bytes that are there
    ronde   BIGINT NOT NULL            -- of the hourly sweep in which it was last added to: no clock time
);
CREATE INDEX bijlagen_melding ON bijlagen (melding) WHERE melding IS NOT NULL;
CREATE INDEX bijlagen_los ON bijlagen (ronde) WHERE melding IS NULL;
CREATE TABLE bijlagen_dag (LIKE bijlagen INCLUDING ALL) INHERITS (bijlagen);

CREATE SEQUENCE brokken_rij;
CREATE TABLE brokken (
    rij     BIGINT PRIMARY KEY DEFAULT nextval('brokken_rij'),
    bijlage BYTEA NOT NULL,            -- its id
    van     BIGINT NOT NULL,           -- bytes before it
    bytes   BYTEA NOT NULL,
    hash    BYTEA NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of them
    UNIQUE (bijlage, van)
);
ALTER TABLE brokken ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE brokken_dag (LIKE brokken INCLUDING ALL) INHERITS (brokken);

ALTER TABLE tellers ADD COLUMN ronde BIGINT NOT NULL DEFAULT 0;  -- of the hourly sweep
