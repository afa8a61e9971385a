-- A restore or a copy into this database that is under way, or was broken off: while its row is here, no server starts
-- on it.

CREATE TABLE onvoltooid (
    een  BIGINT PRIMARY KEY CHECK (een = 1),
    werk TEXT NOT NULL,                -- restore, copy
    bron TEXT NOT NULL,                -- what it is filled from: a backup's id, the hash of a directory's first version
    stand TEXT NOT NULL                -- of a copy: what its source held when it began
);
