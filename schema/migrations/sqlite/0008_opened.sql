-- Fetched is not opened (protocol §3). The mark of a report says from now on that an officer of its first desk opened
-- it; marks that were set before stay, but where its fallback desk still waits: then no first desk has read it.

DROP INDEX meldingen_ongelezen;
ALTER TABLE meldingen RENAME COLUMN gelezen TO geopend;
CREATE INDEX meldingen_ongeopend ON meldingen (dag) WHERE NOT geopend;
UPDATE meldingen SET geopend = 0
    WHERE geopend AND EXISTS (SELECT 1 FROM ontvangers o WHERE o.melding = meldingen.rij AND o.vrij_uur IS NOT NULL);

CREATE TABLE inzagen (                 -- what officers said of a report
    loket     TEXT NOT NULL,
    id        BLOB NOT NULL,           -- made by their program; of a change of status by the server
    melding   BLOB NOT NULL,           -- the report's id
    lid       TEXT NOT NULL,           -- uuid
    rol       TEXT NOT NULL,           -- of the member, then
    handeling TEXT NOT NULL,           -- geopend, geexporteerd, niet-te-openen; status: a change of it, which opens too
    verzoek   BLOB,                    -- SHA-256 of the HTTP body: "the same bytes again"
    geldt     INTEGER NOT NULL,        -- of niet-te-openen: nobody opened it, or sealed it anew for the desk, since
    PRIMARY KEY (loket, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inzagen_melding ON inzagen (melding);

CREATE TABLE onopenbaar (              -- reports that no desk that has them can open (protocol §11)
    melding BLOB PRIMARY KEY,
    dag     INTEGER NOT NULL           -- since when
) STRICT, WITHOUT ROWID;
