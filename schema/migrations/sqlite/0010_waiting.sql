-- What no stand lists yet waits, counted from this day: at most so many documents a desk, and not for ever. NULL: some stand
-- listed it once. What lay here before counts as listed, because the tokens of stands cannot be read from here.

ALTER TABLE leden ADD COLUMN wacht INTEGER;     -- day of handing in, days since 1970-01-01
ALTER TABLE sleutels ADD COLUMN wacht INTEGER;  -- likewise
CREATE INDEX leden_wacht ON leden (loket, wacht) WHERE wacht IS NOT NULL;
CREATE INDEX sleutels_wacht ON sleutels (loket, wacht) WHERE wacht IS NOT NULL;
