-- The life of a report: read or not, kept on purpose or not, what is said before it is destroyed, and what is left of it
-- then. Every date is a day. As sqlite/0004; what came today lies in tables of its own and so needs no mark.

ALTER TABLE meldingen ADD COLUMN gelezen BOOLEAN NOT NULL DEFAULT false; -- a desk fetched it
ALTER TABLE meldingen ADD COLUMN status_dag BIGINT;                 -- since when it has its status; NULL: since it came
ALTER TABLE meldingen ADD COLUMN bewaren_tot BIGINT;                -- on hold until then, by a decision
ALTER TABLE meldingen ADD COLUMN bewaren_reden TEXT COLLATE "C";      -- a code
CREATE INDEX meldingen_status_dag ON meldingen (status_dag) WHERE status_dag IS NOT NULL;
CREATE INDEX meldingen_ongelezen ON meldingen (dag) WHERE NOT gelezen;
CREATE INDEX meldingen_dag_status_dag ON meldingen_dag (status_dag) WHERE status_dag IS NOT NULL;
CREATE INDEX meldingen_dag_ongelezen ON meldingen_dag (dag) WHERE NOT gelezen;

CREATE SEQUENCE berichten_rij;
CREATE TABLE berichten (               -- envelopes of a report's thread, kinds 2 to 5 (protocol §3)
    rij        BIGINT PRIMARY KEY DEFAULT nextval('berichten_rij'),
    id         BYTEA NOT NULL UNIQUE,
    melding    BYTEA NOT NULL,          -- the report's id, which does not change when its row moves
    soort      BIGINT NOT NULL,
    dag        BIGINT NOT NULL,
    gelezen    BOOLEAN NOT NULL,       -- of kind 2: a desk fetched it; of kind 3: the reporter did
    ontvangers TEXT COLLATE "C" NOT NULL, -- JSON, as in the envelope
    body       BYTEA NOT NULL
);
ALTER TABLE berichten ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX berichten_melding ON berichten (melding);
CREATE TABLE berichten_dag (LIKE berichten INCLUDING ALL) INHERITS (berichten) WITH (toast_tuple_target = 8160);

CREATE TABLE waarschuwingen (          -- what was said about a report's end; delivered by others
    melding BYTEA NOT NULL,
    soort   TEXT COLLATE "C" NOT NULL,             -- 14, 3: so many days ahead; ongelezen, bericht, vastgehouden: why it is not destroyed
    dag     BIGINT NOT NULL,
    PRIMARY KEY (melding, soort)
);

CREATE TABLE vernietigd (              -- ids of destroyed reports: neither a repeat nor a restore brings one back
    id  BYTEA PRIMARY KEY,
    dag BIGINT NOT NULL
);

CREATE TABLE schillen (                -- what outlives a report: nothing that leads to it
    loket    TEXT COLLATE "C" NOT NULL,
    kwartaal TEXT COLLATE "C" NOT NULL,            -- of receipt: 2026-Q4
    status   TEXT COLLATE "C" NOT NULL,
    uitkomst TEXT COLLATE "C",                     -- a code, where a desk said one
    tot      BIGINT NOT NULL          -- gone itself after this day
);

CREATE TABLE tellingen (               -- counters for statistics
    loket    TEXT COLLATE "C" NOT NULL,
    kwartaal TEXT COLLATE "C" NOT NULL,
    kenmerk  TEXT COLLATE "C" NOT NULL,            -- vernietigd; later vorm, sector, leeftijd, uitkomst
    waarde   TEXT COLLATE "C" NOT NULL,
    aantal   BIGINT NOT NULL,
    PRIMARY KEY (loket, kwartaal, kenmerk, waarde)
);
