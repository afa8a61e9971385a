-- The life of a report: read or not, kept on purpose or not, what is said before it is destroyed, and what is left of it
-- then. Every date is a day. The columns of meldingen came with 0003.

CREATE INDEX meldingen_vers ON meldingen (dag) WHERE vers;
CREATE INDEX meldingen_status_dag ON meldingen (status_dag) WHERE status_dag IS NOT NULL;
CREATE INDEX meldingen_ongelezen ON meldingen (dag) WHERE NOT gelezen;

CREATE TABLE berichten (               -- envelopes of a report's thread, kinds 2 to 5 (protocol §3)
    rij        INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE,
    melding    BLOB NOT NULL,          -- the report's id, which does not change when its row moves
    soort      INTEGER NOT NULL,
    dag        INTEGER NOT NULL,
    gelezen    INTEGER NOT NULL,       -- of kind 2: a desk fetched it; of kind 3: the reporter did
    ontvangers TEXT NOT NULL,          -- JSON, as in the envelope
    body       BLOB NOT NULL,
    vers       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX berichten_melding ON berichten (melding);
CREATE INDEX berichten_vers ON berichten (dag) WHERE vers;

CREATE TABLE waarschuwingen (          -- what was said about a report's end; delivered by others
    melding BLOB NOT NULL,
    soort   TEXT NOT NULL,             -- 14, 3: so many days ahead; ongelezen, bericht, vastgehouden: why it is not destroyed
    dag     INTEGER NOT NULL,
    PRIMARY KEY (melding, soort)
) STRICT;

CREATE TABLE vernietigd (              -- ids of destroyed reports: neither a repeat nor a restore brings one back
    id  BLOB PRIMARY KEY,
    dag INTEGER NOT NULL
) STRICT;

CREATE TABLE schillen (                -- what outlives a report: nothing that leads to it
    loket    TEXT NOT NULL,
    kwartaal TEXT NOT NULL,            -- of receipt: 2026-Q4
    status   TEXT NOT NULL,
    uitkomst TEXT,                     -- a code, where a desk said one
    tot      INTEGER NOT NULL          -- gone itself after this day
) STRICT;

CREATE TABLE tellingen (               -- counters for statistics
    loket    TEXT NOT NULL,
    kwartaal TEXT NOT NULL,
    kenmerk  TEXT NOT NULL,            -- vernietigd; later vorm, sector, leeftijd, uitkomst
    waarde   TEXT NOT NULL,
    aantal   INTEGER NOT NULL,
    PRIMARY KEY (loket, kwartaal, kenmerk, waarde)
) STRICT;
