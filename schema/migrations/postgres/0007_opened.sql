-- Fetched is not opened (protocol §3). The mark of a report says from now on that an officer of its first desk opened
-- it; marks that were set before stay, but where its fallback desk still waits: then no first desk has read it. As
-- sqlite/0008.

ALTER TABLE meldingen RENAME COLUMN gelezen TO geopend;  -- with the table of the running day
ALTER INDEX meldingen_ongelezen RENAME TO meldingen_ongeopend;
ALTER INDEX meldingen_dag_ongelezen RENAME TO meldingen_dag_ongeopend;
UPDATE meldingen m SET geopend = false
    WHERE geopend AND EXISTS (SELECT 1 FROM ontvangers o WHERE o.melding = m.rij AND o.vrij_uur IS NOT NULL);

CREATE TABLE inzagen (                 -- what officers said of a report
    loket     TEXT COLLATE "C" NOT NULL,
    id        BYTEA NOT NULL,          -- made by their program; of a change of status by the server
    melding   BYTEA NOT NULL,          -- the report's id
    lid       TEXT COLLATE "C" NOT NULL,  -- uuid
    rol       TEXT COLLATE "C" NOT NULL,  -- of the member, then
    handeling TEXT COLLATE "C" NOT NULL,  -- geopend, geexporteerd, niet-te-openen; status: a change of it, which opens too
    verzoek   BYTEA,                   -- SHA-256 of the HTTP body: "the same bytes again"
    geldt     BOOLEAN NOT NULL,        -- of niet-te-openen: nobody opened it, or sealed it anew for the desk, since
    PRIMARY KEY (loket, id)
);
CREATE INDEX inzagen_melding ON inzagen (melding);

CREATE TABLE onopenbaar (              -- reports that no desk that has them can open (protocol §11)
    melding BYTEA PRIMARY KEY,
    dag     BIGINT NOT NULL            -- since when
);
