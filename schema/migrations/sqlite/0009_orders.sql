-- No officer destroys a report alone (protocol §11): what is kept of an order, and how many a member gave today. And
-- labels are no more: what a desk says of a report lies sealed in its notes (protocol §10).

ALTER TABLE meldingen DROP COLUMN labels;

CREATE TABLE opdrachten (              -- orders to destroy a report, while they stand
    melding   BLOB PRIMARY KEY,        -- the report's id
    loket     TEXT NOT NULL,           -- its first desk
    lid       TEXT NOT NULL,           -- who ordered: uuid
    sleutel   BLOB NOT NULL,           -- their sign key
    beheerder INTEGER NOT NULL,        -- whether they were one then
    stand     INTEGER NOT NULL,        -- versie of the desk's standing then: who is in it may confirm
    dag       INTEGER NOT NULL,
    reden     TEXT NOT NULL,           -- a code
    status    TEXT NOT NULL            -- of the report before; since when it has that does not change
) STRICT, WITHOUT ROWID;
CREATE INDEX opdrachten_dag ON opdrachten (dag);

CREATE TABLE opdrachtdagen (           -- how many orders a member gave on their last day of it, taken back ones too
    loket  TEXT NOT NULL,
    lid    TEXT NOT NULL,
    dag    INTEGER NOT NULL,
    aantal INTEGER NOT NULL,
    PRIMARY KEY (loket, lid)
) STRICT, WITHOUT ROWID;
