-- What the trail of a desk and the life of its reports still need: the hour at which a fallback desk may read what the
-- first one left unread (protocol §§3, 8), and the signed heads of each day. As sqlite/0007.

ALTER TABLE ontvangers ADD COLUMN vrij_uur BIGINT;  -- of an achtervang: hours since 1970-01-01; NULL once read or released
CREATE INDEX ontvangers_vrij_uur ON ontvangers (vrij_uur) WHERE vrij_uur IS NOT NULL;
CREATE INDEX ontvangers_dag_vrij_uur ON ontvangers_dag (vrij_uur) WHERE vrij_uur IS NOT NULL;

CREATE TABLE hoofden (                 -- the daily heads of the trails, signed with the log key
    loket TEXT COLLATE "C" NOT NULL,
    dag   BIGINT NOT NULL,
    regel BIGINT NOT NULL,
    token TEXT NOT NULL,               -- JWS
    PRIMARY KEY (loket, dag)
);

-- Since the last night sealed keys or secrets were taken away or replaced: where they lay is to be overwritten.
ALTER TABLE tellers ADD COLUMN resten BIGINT NOT NULL DEFAULT 0;

-- A hash beside each wrap too: a byte that a disk changed in one makes every report of that week unreadable to a member.
ALTER TABLE wraps ADD COLUMN hash BYTEA;  -- SHA-256 of sealed
UPDATE wraps SET hash = sha256(sealed);
ALTER TABLE wraps ALTER COLUMN hash SET NOT NULL;
ALTER TABLE wraps ADD CONSTRAINT wraps_hash CHECK (length(hash) = 32);
