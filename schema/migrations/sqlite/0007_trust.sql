-- What the trail of a desk and the life of its reports still need: the hour at which a fallback desk may read what the
-- first one left unread (protocol §§3, 8), and the signed heads of each day.

ALTER TABLE ontvangers ADD COLUMN vrij_uur INTEGER;  -- of an achtervang: hours since 1970-01-01; NULL once read or released
CREATE INDEX ontvangers_vrij_uur ON ontvangers (vrij_uur) WHERE vrij_uur IS NOT NULL;

CREATE TABLE hoofden (                 -- the daily heads of the trails, signed with the log key
    loket TEXT NOT NULL,
    dag   INTEGER NOT NULL,
    regel INTEGER NOT NULL,
    token TEXT NOT NULL,               -- JWS
    PRIMARY KEY (loket, dag)
) STRICT;

-- Since the last night sealed keys or secrets were taken away or replaced: where they lay is to be overwritten.
ALTER TABLE tellers ADD COLUMN resten INTEGER NOT NULL DEFAULT 0;

-- A hash beside each wrap too: a byte that a disk changed in one makes every report of that week unreadable to a member.
ALTER TABLE wraps RENAME TO wraps_oud;
CREATE TABLE wraps (                   -- an epoch's secret, sealed to one member
    loket  TEXT NOT NULL,
    epoch  TEXT NOT NULL,
    sleutel TEXT NOT NULL,             -- hash of the epoch key's JWS
    lid    TEXT NOT NULL,
    sealed BLOB NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of sealed
    PRIMARY KEY (loket, epoch, sleutel, lid)
) STRICT;
INSERT INTO wraps (loket, epoch, sleutel, lid, sealed, hash)
    SELECT loket, epoch, sleutel, lid, sealed, sha256(sealed) FROM wraps_oud;
DROP TABLE wraps_oud;
