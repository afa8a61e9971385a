-- No officer destroys a report alone (protocol §11): what is kept of an order, and how many a member gave today. And
-- labels are no more: what a desk says of a report lies sealed in its notes (protocol §10). As sqlite/0009.

ALTER TABLE meldingen DROP COLUMN labels;
ALTER TABLE meldingen_dag DROP COLUMN labels;  -- its own, of before it inherited

CREATE TABLE opdrachten (              -- orders to destroy a report, while they stand
    melding   BYTEA PRIMARY KEY,       -- the report's id
    loket     TEXT COLLATE "C" NOT NULL,  -- its first desk
    lid       TEXT COLLATE "C" NOT NULL,  -- who ordered: uuid
    sleutel   BYTEA NOT NULL,          -- their sign key
    beheerder BOOLEAN NOT NULL,        -- whether they were one then
    stand     BIGINT NOT NULL,         -- versie of the desk's standing then: who is in it may confirm
    dag       BIGINT NOT NULL,
    reden     TEXT COLLATE "C" NOT NULL,  -- a code
    status    TEXT COLLATE "C" NOT NULL   -- of the report before; since when it has that does not change
);
CREATE INDEX opdrachten_dag ON opdrachten (dag);

CREATE TABLE opdrachtdagen (           -- how many orders a member gave on their last day of it, taken back ones too
    loket  TEXT COLLATE "C" NOT NULL,
    lid    TEXT COLLATE "C" NOT NULL,
    dag    BIGINT NOT NULL,
    aantal BIGINT NOT NULL,
    PRIMARY KEY (loket, lid)
);
